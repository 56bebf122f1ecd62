from django.apps import AppConfig


class ActionPlansConfig(AppConfig):
    name = "actionplans"
    verbose_name = "actieplannen"
    default_auto_field = "django.db.models.BigAutoField"
