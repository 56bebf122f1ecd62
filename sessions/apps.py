from django.apps import AppConfig


class WorkSessionsConfig(AppConfig):
    """The four work sessions: planning, answers, reminders, calendars."""

    name = "sessions"
    # Django's own login sessions already have the label "sessions".
    label = "worksessions"
    verbose_name = "werksessies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models, and so these modules, exist only once the apps are loaded.
        from sessions import tasks  # noqa: PLC0415

        tasks.register()
