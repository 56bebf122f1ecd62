from django.apps import AppConfig


class WorkSessionsConfig(AppConfig):
    name = "sessions"
    # Django's own login sessions already have the label "sessions".
    label = "worksessions"
    verbose_name = "werksessies"
    default_auto_field = "django.db.models.BigAutoField"
