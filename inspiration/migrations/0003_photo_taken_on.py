from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspiration", "0002_slide_is_drawn")]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="taken_on",
            field=models.DateField(blank=True, null=True, verbose_name="genomen op"),
        ),
    ]
