from django.apps import AppConfig


class InspirationConfig(AppConfig):
    name = "inspiration"
    verbose_name = "inspiratie"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models, and so these modules, exist only once the apps are loaded.
        from inspiration import emails, indexing, uploads  # noqa: PLC0415

        uploads.register()
        indexing.register()
        emails.register()
