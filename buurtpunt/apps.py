from django.apps import AppConfig


class BuurtpuntConfig(AppConfig):
    """The roof: pages that mix apps, commands, checks. It has no models."""

    name = "buurtpunt"
