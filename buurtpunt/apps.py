from django.apps import AppConfig

from buurtpunt import checks, masking


class BuurtpuntConfig(AppConfig):
    """The roof: pages that mix apps, commands, checks. It has no models."""

    name = "buurtpunt"

    def ready(self) -> None:
        # Models, and so these modules, exist only once the apps are loaded.
        from buurtpunt.search import NEWS, VILLAGES  # noqa: PLC0415
        from network import search  # noqa: PLC0415

        search.register(VILLAGES)
        search.register(NEWS)
        checks.register_checks()
        masking.install()
