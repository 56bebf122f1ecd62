from datetime import timedelta

from buurtpunt.pages import PAGES
from network import clock
from network.models import NewsItem
from tests.access_table import NO_POST, NO_POST_SIGNED_IN, Row, everyone, only, signed_in

OPEN = everyone(200)
HIDDEN = everyone(404)


def build(world):
    world.things["news"] = NewsItem.objects.create(
        slug="de-oven-brandt", title="De oven brandt", published_at=clock.now()
    )


def _not_yet(world):
    world.things["news"].published_at = clock.now() + timedelta(days=1)
    world.things["news"].save()


def _village(world):
    return {"edition": world.edition.slug, "slug": world.village.slug}


def _hide_village(world):
    world.village.is_public = False
    world.village.save()


def _hide_edition(world):
    world.edition.is_public = False
    world.edition.save()


ROWS = [
    Row("home", get=OPEN, post=NO_POST),
    *(Row(page.name, get=OPEN, post=NO_POST) for page in PAGES),
    Row("news", get=OPEN, post=NO_POST),
    Row("news-item", args=lambda w: {"slug": "de-oven-brandt"}, get=OPEN, post=NO_POST),
    Row(
        "news-item",
        args=lambda w: {"slug": "de-oven-brandt"},
        state="not published yet",
        before=_not_yet,
        get=HIDDEN,
        post=NO_POST,
    ),
    Row("news-keep", get=only("coordinator", "other_coordinator"), post=NO_POST_SIGNED_IN),
    Row(
        "news-add",
        get=only("coordinator", "other_coordinator"),
        post=only("coordinator", "other_coordinator", status=303),
        data=lambda w: {"title": "Brood", "intro": "Er is brood.", "body": ""},
    ),
    Row(
        "news-edit",
        args=lambda w: {"slug": "de-oven-brandt"},
        get=only("coordinator", "other_coordinator"),
        post=only("coordinator", "other_coordinator", status=303),
        data=lambda w: {"title": "Brood", "intro": "Er is brood.", "body": ""},
    ),
    *(
        Row(
            name,
            args=lambda w: {"slug": "de-oven-brandt"},
            get=NO_POST_SIGNED_IN,
            post=only("coordinator", "other_coordinator", status=303),
        )
        for name in ("news-withdraw", "news-restore")
    ),
    Row("villages", get=OPEN, post=NO_POST),
    Row("village", args=_village, get=OPEN, post=NO_POST),
    Row(
        "village",
        args=_village,
        state="kept off the site",
        before=_hide_village,
        get=HIDDEN,
        post=NO_POST,
    ),
    Row(
        "village",
        args=_village,
        state="of a hidden edition",
        before=_hide_edition,
        get=HIDDEN,
        post=NO_POST,
    ),
    Row("start", get=signed_in(200), post=NO_POST_SIGNED_IN),
    Row("search", get=OPEN, post=NO_POST),
    Row("favicon", get=everyone(302), post=NO_POST),
    Row("security-txt", get=OPEN, post=NO_POST),
    Row("change-password", get=everyone(302), post=NO_POST),
    Row("robots", get=OPEN, post=NO_POST),
    Row("sitemap", get=OPEN, post=NO_POST),
    Row(
        "coordinations",
        get=signed_in(200) | {"coordinator": 303, "other_coordinator": 303},
        post=NO_POST_SIGNED_IN,
    ),
    Row(
        "coordination",
        args=lambda world: {"edition": world.edition.slug},
        get=everyone(403, anonymous=302, coordinator=200),
        post=NO_POST_SIGNED_IN,
    ),
]
