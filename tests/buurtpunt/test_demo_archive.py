"""The demo's archive went through the same gate as any other."""

import pytest
from django.urls import reverse

from buurtpunt import demo_archive
from inspiration.models import Event, Photo, Presentation
from network.models import Rendition
from tests import factories

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.django_db(transaction=True)]


def test_demo_archive_is_whole_and_honest(client, world):
    old = factories.edition(slug="2019", name="Editie 2019")
    demo_archive.build(old, world.edition, world.person("coordinator"))
    drawn = Photo.objects.published().filter(album__event__edition=old)
    assert drawn.count() == 4 and all("ekening" in f"{p.alt} {p.credit}" for p in drawn)
    day = Event.objects.get(edition=world.edition)
    shown = Photo.objects.published().filter(album__event=day)
    assert shown.count() == 14
    assert [photo.file.width for photo in shown][:3] == [1024] * 3
    waiting = Photo.objects.filter(album__event=day, state="draft")
    assert {photo.file.state for photo in waiting} == {"refused", "ready"}
    assert waiting.filter(consent="refused").count() == 1
    talks = Presentation.objects.published().order_by("position")
    assert [talk.slide_count for talk in talks] == [7, 5, 4, 0]
    assert Rendition.objects.filter(file__presentation__in=talks, width=480).count() == 32
    page = client.get(reverse("inspiration:event", args=[day.slug])).content.decode()
    assert "Een winkel van iedereen" in page and "Lieve Dhondt" in page
    found = client.get(reverse("search"), {"q": "kapster"}).content.decode()
    assert "#dia-4" in found
