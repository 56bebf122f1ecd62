from django.apps import AppConfig


class ActionPlansConfig(AppConfig):
    name = "actionplans"
    verbose_name = "actieplannen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models, and so these modules, exist only once the apps are loaded.
        from actionplans import access, emails, exports  # noqa: PLC0415
        from network import jobs, search  # noqa: PLC0415

        jobs.register(exports.PLAN_PDF)
        search.register(access.plan_source())
        emails.register_kinds()
