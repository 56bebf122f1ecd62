from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """The ground: people, editions, villages, and the mechanisms all floors lean on."""

    name = "network"
    verbose_name = "netwerk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models, and so these modules, exist only once the apps are loaded.
        from network import emails, jobs, paths, sweeping  # noqa: PLC0415

        paths.register()
        emails.register_kinds()
        sweeping.register("old jobs", jobs.forget_old)
