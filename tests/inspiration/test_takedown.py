"""Anyone may have a photo taken away; it is gone at once, everywhere."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse

from inspiration import actions
from inspiration.models import Photo, TakedownRequest
from network import clock, delivery, files, search
from network.models import AuditEntry
from tests.inspiration import archives
from tests.moments import moment_of


@pytest.fixture
def by(world):
    return world.person("coordinator")


@pytest.fixture
def photo(world, by):
    day = archives.event(edition=world.edition, slug="dag")
    made = archives.describe(archives.upload(event=day, by=by), by, caption="Een rode fiets")
    actions.publish_photos(event=day, by=by)
    return Photo.objects.select_related("file", "album__event").get(pk=made.pk)


def url(name, photo):
    return reverse(f"inspiration:{name}", args=["dag", photo.public_id])


def picture(photo, form="jpg"):
    return reverse("network:picture", args=[photo.file.public_name, 0, 320, form])


def test_visitor_hides_a_photo_at_once(client, photo):
    assert client.get(picture(photo)).status_code == 200
    assert client.get(url("photo", photo)).status_code == 200
    answer = client.post(
        url("photo-takedown", photo),
        {"reason": "Dat ben ik", "name": "An", "email": "an@buurtpunt.example"},
    )
    assert (answer.status_code, answer["Location"]) == (
        303,
        reverse("inspiration:takedown-thanks"),
    )
    assert client.get(url("photo", photo)).status_code == 410
    assert client.get(picture(photo)).status_code == 410
    assert client.get(picture(photo, "avif")).status_code == 410
    album = client.get(reverse("inspiration:album", args=["dag", "fotos"]))
    assert photo.public_id not in album.content.decode()
    assert search.find(AnonymousUser(), "fiets") == []
    request = TakedownRequest.objects.get()
    assert (request.reason, request.email, request.decision) == (
        "Dat ben ik",
        "an@buurtpunt.example",
        "",
    )
    assert AuditEntry.objects.filter(verb="photo.takedown_requested", by=None).count() == 1


def test_visitor_need_not_explain(client, photo):
    assert client.post(url("photo-takedown", photo), {}).status_code == 303
    assert client.get(url("photo", photo)).status_code == 410


def test_wrong_address_keeps_what_was_typed_and_the_photo(client, photo):
    page = client.post(url("photo-takedown", photo), {"reason": "Zo", "email": "geen adres"})
    assert page.status_code == 422
    assert "Zo" in page.content.decode()
    assert client.get(url("photo", photo)).status_code == 200


def test_form_page_is_never_cached(client, photo):
    assert "no-store" in client.get(url("photo-takedown", photo))["Cache-Control"]


def test_second_request_finds_the_photo_gone(client, photo):
    client.post(url("photo-takedown", photo), {})
    assert client.post(url("photo-takedown", photo), {}).status_code == 410
    assert TakedownRequest.objects.count() == 1


def test_coordinator_puts_a_photo_back(sign_in, client, photo):
    actions.request_takedown(photo=photo)
    page = sign_in("coordinator").post(url("takedown", photo), {"decision": "restored"})
    assert page.status_code == 303
    client.logout()
    assert client.get(url("photo", photo)).status_code == 200
    assert client.get(picture(photo)).status_code == 200


def test_coordinator_removes_a_photo_for_good(
    sign_in, client, photo, django_capture_on_commit_callbacks
):
    actions.request_takedown(photo=photo)
    names = [made.path for made in photo.file.renditions.all()] + [photo.file.path]
    with django_capture_on_commit_callbacks(execute=True):
        sign_in("coordinator").post(url("takedown", photo), {"decision": "removed"})
    assert client.get(url("photo", photo)).status_code == 410
    assert client.get(picture(photo)).status_code == 410
    assert not any(files.public().exists(name) or files.private().exists(name) for name in names)
    decided = TakedownRequest.objects.get()
    assert (decided.decision, decided.decided_by.name) == ("removed", "Greet Aerts")
    photo.refresh_from_db()
    with pytest.raises(actions.Refused, match="bestand"):
        actions.restore_photo(photo=photo, by=decided.decided_by)


def test_photo_that_asks_something_first_does_not_go_back(sign_in, photo, by):
    request = actions.request_takedown(photo=photo)
    actions.describe_photo(photo=photo, by=by, alt="", consent="refused")
    page = sign_in("coordinator").post(url("takedown", photo), {"decision": "restored"})
    assert page.status_code == 422
    assert "Nog nodig: wat je ziet, toestemming." in page.content.decode()
    request.refresh_from_db()
    photo.refresh_from_db()
    assert (request.decision, photo.state) == ("", "withdrawn")


def test_request_is_decided_once(photo, by):
    request = actions.request_takedown(photo=photo)
    actions.decide_takedown(request=request, by=by, decision="restored")
    with pytest.raises(actions.Refused, match="al beslist"):
        actions.decide_takedown(request=request, by=by, decision="removed")
    photo.refresh_from_db()
    assert photo.state == "published" and photo.file.path


def test_coordinator_puts_back_what_she_took_off(sign_in, client, photo, by):
    actions.withdraw_photo(photo=photo, by=by)
    gate = reverse("inspiration:photos", args=["dag"])
    coordinator = sign_in("coordinator")
    assert url("photo-restore", photo) in coordinator.get(gate).content.decode()
    coordinator.post(url("photo-restore", photo))
    assert client.get(url("photo", photo)).status_code == 200


def test_photo_that_somebody_had_taken_away_waits_for_a_decision(sign_in, photo):
    actions.request_takedown(photo=photo)
    coordinator = sign_in("coordinator")
    gate = reverse("inspiration:photos", args=["dag"])
    page = coordinator.get(gate).content.decode()
    assert url("takedown", photo) in page and url("photo-restore", photo) not in page
    page = coordinator.post(url("photo-restore", photo), follow=True).content.decode()
    assert "Beslis daar eerst over" in page
    coordinator.post(url("takedown", photo), {"decision": "removed"})
    assert photo.public_id not in coordinator.get(gate).content.decode()


def test_photo_with_an_open_request_is_not_published(photo, by):
    actions.request_takedown(photo=photo)
    with pytest.raises(actions.Refused, match="Iemand vroeg"):
        actions.restore_photo(photo=photo, by=by)
    assert actions.publish_photos(event=photo.album.event, by=by) == 0


@pytest.mark.both
@pytest.mark.parametrize(
    "fields",
    [{"decision": "removed"}, {"decided_at": "now"}],
)
def test_database_refuses_half_a_decision(photo, fields):
    if "decided_at" in fields:
        fields = {"decided_at": clock.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        TakedownRequest.objects.create(photo=photo, requested_at=clock.now(), **fields)


@pytest.mark.both
def test_database_keeps_one_open_request_a_photo(photo):
    TakedownRequest.objects.create(photo=photo, requested_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        TakedownRequest.objects.create(photo=photo, requested_at=clock.now())


def test_coordinator_hears_of_it_at_once(client, photo, mailoutbox):
    client.post(url("photo-takedown", photo), {"reason": "<b>Liever niet</b>", "name": "An"})
    delivery.drain()
    (sent,) = mailoutbox
    assert sent.to == ["coordinator@buurtpunt.example"]
    assert sent.subject == "Beslis over een foto: iemand liet ze weghalen"
    assert url("takedown", photo) in sent.body and "An vroeg" in sent.body
    html = str(sent.alternatives[0][0])
    assert "&lt;b&gt;Liever niet&lt;/b&gt;" in html


def test_decided_request_needs_no_mail_any_more(photo, by, mailoutbox):
    request = actions.request_takedown(photo=photo)
    actions.decide_takedown(request=request, by=by, decision="restored")
    delivery.drain()
    assert mailoutbox == []


@pytest.fixture
def archive(world, by):
    day = archives.event(edition=world.edition, slug="dag")
    return [archives.photo(event=day, by=by) for _ in range(8)]


def ask(client, photos, **from_where):
    """What became of each photo after a visitor pressed the button for all of them."""
    for photo in photos:
        client.post(url("photo-takedown", photo), {}, **from_where)
    return [Photo.objects.get(pk=photo.pk).state for photo in photos]


def test_one_visitor_hides_five_photos_an_hour(client, archive):
    assert ask(client, archive) == ["withdrawn"] * 5 + ["published"] * 3
    assert TakedownRequest.objects.count() == 8
    assert ask(client, archive[5:], REMOTE_ADDR="10.0.0.2") == ["withdrawn"] * 3


def test_all_visitors_together_hide_thirty_photos_an_hour(client, archive):
    states = [
        ask(client, [photo], REMOTE_ADDR=f"10.0.0.{number}")[0]
        for number in range(31)
        for photo in [archives.photo(event=archive[0].album.event, by=archive[0].file.by)]
    ]
    assert states == ["withdrawn"] * 30 + ["published"]


def test_above_the_limit_visitor_reads_that_the_photo_is_still_there(client, archive):
    ask(client, archive[:5])
    answer = client.post(url("photo-takedown", archive[5]), {}, follow=True)
    assert "De foto staat nu nog op de site" in answer.content.decode()
    assert client.get(url("photo", archive[5])).status_code == 200


@pytest.mark.at("2026-11-24 10:20")
def test_above_the_limit_coordinator_gets_one_mail_an_hour(
    client, archive, mailoutbox, time_machine
):
    ask(client, archive)
    delivery.drain()
    assert len(mailoutbox) == 5
    mailoutbox.clear()
    with time_machine.travel(moment_of("2026-11-24 11:00")):
        delivery.drain()
    (sent,) = mailoutbox
    assert sent.subject == "Beslis over 3 foto’s: er kwamen veel vragen tegelijk"
    assert reverse("inspiration:coordination") in sent.body


def test_coordinator_decides_about_a_photo_that_is_still_there(sign_in, client, photo):
    request = actions.request_takedown(photo=photo, hide=False)
    coordinator = sign_in("coordinator")
    gate = coordinator.get(reverse("inspiration:photos", args=["dag"])).content.decode()
    assert url("takedown", photo) in gate and url("photo-withdraw", photo) not in gate
    page = coordinator.get(url("takedown", photo)).content.decode()
    assert "de foto staat nog op de site" in page
    coordinator.post(url("takedown", photo), {"decision": "removed"})
    request.refresh_from_db()
    assert request.decision == "removed"
    assert client.get(url("photo", photo)).status_code == 410


def test_next_visitor_is_heard_too(photo):
    actions.request_takedown(photo=photo, hide=False, reason="Ik vraag alles")
    actions.request_takedown(photo=photo, reason="Dat ben ik", email="an@buurtpunt.example")
    request = TakedownRequest.objects.get()
    assert request.reason == "Ik vraag alles\n\nOok gevraagd: an@buurtpunt.example Dat ben ik"
    photo.refresh_from_db()
    assert photo.state == "withdrawn"
