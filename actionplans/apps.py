from django.apps import AppConfig


class ActionPlansConfig(AppConfig):
    name = "actionplans"
    verbose_name = "actieplannen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models, and so these modules, exist only once the apps are loaded.
        from actionplans import emails, exports  # noqa: PLC0415
        from network import jobs  # noqa: PLC0415

        jobs.register(exports.PLAN_PDF)
        emails.register_kinds()
