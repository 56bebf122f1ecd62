from django.apps import AppConfig


class InspirationConfig(AppConfig):
    name = "inspiration"
    verbose_name = "inspiratie"
    default_auto_field = "django.db.models.BigAutoField"
