from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template

from inspiration import actions as inspiration_actions
from network import clock, pagecache
from network.models import NewsItem
from sessions.models import WorkSession
from tests import factories
from tests.buurtpunt.pages import Page
from tests.inspiration import archives
from tests.worksessions.made import work_session

pytestmark = pytest.mark.django_db


def at(days):
    return clock.now() + timedelta(days=days)


def four_sessions(edition, *days):
    """Sessions 1 to 4, so many days from now."""
    return [
        work_session(edition=edition, number=number, starts_at=at(offset), theme=f"Thema {number}")
        for number, offset in enumerate(days, start=1)
    ]


def stops(client):
    html = client.get("/").content.decode()
    road = html.split('<ol class="road">')[1].split("</ol>")[0]
    return road.split("<li")[1:]


def test_the_road_shows_what_is_behind_what_is_next_and_what_comes_later(client):
    four_sessions(factories.edition(is_current=True), -30, 8, 40, 80)
    first, second, third, fourth = stops(client)
    assert "Achter de rug:" in first
    assert 'class="here"' in second
    assert "Volgende:" in second
    assert "Volgende:" not in third + fourth
    assert "Thema 4" in fourth


def test_a_stop_leads_to_its_session(client):
    edition = factories.edition(slug="voorjaar", is_current=True)
    four_sessions(edition, -30, 8, 40, 80)
    links = Page(client, "/").links
    assert [f"/werksessies/voorjaar/{number}/" in links for number in range(1, 5)] == [True] * 4


def test_a_session_that_is_not_announced_stays_without_a_date(client):
    edition = factories.edition(is_current=True)
    work_session(
        edition=edition,
        number=1,
        starts_at=at(8),
        theme="Nog geheim",
        status=WorkSession.Status.DRAFT,
    )
    assert "Nog geheim" not in client.get("/").content.decode()
    assert all("Volgende:" not in stop for stop in stops(client))


def test_a_cancelled_session_is_not_the_next_one(client):
    edition = factories.edition(is_current=True)
    four_sessions(edition, -30, 8, 40, 80)
    edition.work_sessions.filter(number=2).update(status=WorkSession.Status.CANCELLED)
    _, second, third, _ = stops(client)
    assert "Volgende:" not in second
    assert "Volgende:" in third


def test_a_hidden_edition_is_not_on_home(client):
    four_sessions(factories.edition(is_current=True, is_public=False), -30, 8, 40, 80)
    assert "Thema 2" not in client.get("/").content.decode()


def test_between_editions_the_road_of_the_last_one_stays(client):
    edition = factories.edition(is_current=False)
    work_session(
        edition=edition,
        number=1,
        starts_at=datetime(2019, 6, 6, 11, 30, tzinfo=UTC),
        theme="Participatie en communicatie",
    )
    assert "Achter de rug: donderdag 6 juni 2019" in Page(client, "/").text


def test_the_button_on_top_follows_the_season(client):
    assert "Begin er zelf aan" in Page(client, "/").text
    four_sessions(factories.edition(is_current=True), -30, 8, 40, 80)
    pagecache.bump()
    text = Page(client, "/").text
    assert "Volg het traject" in text
    assert "Begin er zelf aan" not in text


def test_the_newest_news_stands_on_home(client):
    for number in (1, 2):
        NewsItem.objects.create(
            slug=f"bericht-{number}",
            title=f"Bericht {number}",
            published_at=clock.now() - timedelta(days=10 - number),
        )
    page = Page(client, "/")
    assert "Bericht 2" in page.text
    assert "Bericht 1" not in page.text


def test_home_shows_the_newest_day_that_has_something(client):
    edition = factories.edition()
    by = factories.person()
    old = archives.event(
        edition=edition, slug="inspiratiedag-2019", starts_at=datetime(2019, 3, 21, 9, tzinfo=UTC)
    )
    new = archives.event(edition=edition, slug="nieuwe-dag", title="Nieuwe dag")
    archives.event(edition=edition, slug="lege-dag", starts_at=clock.now())
    archives.photo(event=old, by=by, caption="Van toen")
    shown = archives.photo(event=new, by=by, caption="Dromen op papier")
    archives.photo(event=new, by=by, caption="Nog geheim", state="draft")
    archives.talk(event=new, by=by, title="Een winkel van iedereen")
    page = Page(client, "/")
    assert "Vers in het archief: Nieuwe dag" in page.text
    assert "Dromen op papier" in page.text
    assert "Een winkel van iedereen" in page.text
    assert not any(words in page.text for words in ("Van toen", "Nog geheim"))
    assert f"/archief/nieuwe-dag/fotos/{shown.public_id}/" in page.links
    assert "/archief/inspiratiedag-2019/" in page.links


def test_a_photo_that_was_taken_away_is_off_home_at_once(client):
    day = archives.event(edition=factories.edition())
    photo = archives.photo(event=day, by=factories.person(), caption="Herkenbaar")
    assert "Herkenbaar" in Page(client, "/").text
    inspiration_actions.request_takedown(photo=photo, name="", email="", reason="")
    assert "Herkenbaar" not in Page(client, "/").text


def test_nothing_of_a_hidden_edition_is_on_home(client):
    day = archives.event(edition=factories.edition(is_public=False), title="Verborgen dag")
    archives.photo(event=day, by=factories.person(), caption="Verborgen foto")
    text = Page(client, "/").text
    assert "Verborgen" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_home_costs_as_many_queries_for_one_row_as_for_three(
    client, rows, django_assert_num_queries
):
    edition = factories.edition(is_current=True)
    for number in range(rows):
        work_session(edition=edition, number=number + 1, starts_at=at(8 + number))
        NewsItem.objects.create(slug=f"n{number}", title="N", published_at=clock.now())
    day = archives.event(edition=edition)
    for _ in range(rows):
        archives.photo(event=day, by=factories.person())
        archives.talk(event=day, by=factories.person())
    # version of the cache, edition, sessions, events, photos, talk, slide, news
    with django_assert_num_queries(8):
        client.get("/")


def test_a_fixed_part_is_rendered_once():
    template = Template("{% fixed %}{{ word }}{% endfixed %} {{ word }}")
    assert template.render(Context({"word": "een"})) == "een een"
    assert template.render(Context({"word": "twee"})) == "een twee"
