"""Static files whose addresses are worked out once a process, not once a tag."""

from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class RememberedUrls(Storage):
    """The address of a static file cannot change while a process runs; working it out costs
    about as much as a query, and a page names twenty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, str] = {}

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        key = name or ""
        if key not in self._known:
            self._known[key] = super().url(name, *args, **kwargs)
        return self._known[key]


class Statics(RememberedUrls, StaticFilesStorage):
    pass


class HashedStatics(RememberedUrls, CompressedManifestStaticFilesStorage):
    pass
