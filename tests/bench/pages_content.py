"""Fills an empty database with the pages that are measured, and prints their paths.

Rows only: pages are asked, never pictures, so no file need lie behind a photo.
"""

from datetime import timedelta

import django
from django.core.management import call_command

django.setup()

from django.urls import reverse  # noqa: E402  models exist once Django is set up

from inspiration.models import Event  # noqa: E402
from network import clock  # noqa: E402
from network.models import Edition, NewsItem  # noqa: E402
from tests import factories  # noqa: E402
from tests.inspiration import archives  # noqa: E402
from tests.worksessions.made import work_session  # noqa: E402

PHOTOS = 200
SLIDES = 40
WIDTHS = [320, 640, 1024, 1600, 2400]


def main() -> None:
    call_command("migrate", verbosity=0)
    edition = factories.edition(slug="lente", name="Lente", is_current=True)
    for path in fill(edition):
        print(path)


def fill(edition: Edition) -> list[str]:
    """The paths of home, the album and the presentation."""
    _home(edition)
    return _archive(edition)


def _home(edition: Edition) -> None:
    for number, days in enumerate((-30, 8, 40, 80), start=1):
        starts_at = clock.now() + timedelta(days=days)
        work_session(edition=edition, number=number, starts_at=starts_at)
    NewsItem.objects.create(
        slug="de-oven", title="De oven brandt", intro="Kom proeven.", published_at=clock.now()
    )


def _archive(edition: Edition) -> list[str]:
    by = factories.person()
    day = archives.event(edition=edition, slug="lentedag", kind=Event.Kind.INSPIRATION)
    for _ in range(PHOTOS):
        archives.photo(event=day, by=by, widths=WIDTHS)
    talk = archives.talk(event=day, by=by, slides=SLIDES)
    return [
        reverse("home"),
        reverse("inspiration:album", args=[day.slug, "fotos"]),
        reverse("inspiration:presentation", args=[day.slug, talk.slug]),
    ]


if __name__ == "__main__":
    main()
