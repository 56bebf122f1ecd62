"""Files into the archive: one by one or many at once, refused alone, made harmless."""

import errno
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from inspiration import actions, uploads
from inspiration.models import Photo, Presentation
from network import files, images
from network.models import Rendition, StoredFile
from network.refusal import Refused
from tests import manifest, pictures
from tests.inspiration import archives, decks
from tests.network.test_images import TELL_TALES

BY_SCRIPT = {"HTTP_X_REQUESTED_WITH": "fetch"}


@pytest.fixture
def by(world):
    return world.person("coordinator")


@pytest.fixture
def day(world):
    return archives.event(edition=world.edition, slug="dag")


def send(client, *sent, **headers):
    address = reverse("inspiration:upload", args=["dag"])
    named = [SimpleUploadedFile(name, data) for name, data in sent]
    return client.post(address, {"bestand": named}, **headers)


def kept():
    folder = files.private()
    return [row for row in StoredFile.objects.all() if row.path and folder.exists(row.path)]


def test_coordinator_sends_photos_and_a_deck_in_one_go(sign_in, day):
    client = sign_in("coordinator")
    answer = send(
        client,
        ("IMG_1.jpg", pictures.photo()),
        ("IMG_2.png", pictures.encoded(pictures.scene(), "PNG")),
        ("De toog.pdf", decks.pdf(("De toog", "Brood"))),
        ("kapot.jpg", b"geen foto"),
    )
    assert answer.status_code == 303
    assert Photo.objects.count() == 2
    assert [talk.title for talk in Presentation.objects.all()] == ["De toog"]
    page = client.get(answer["Location"]).content.decode()
    assert "3 bestanden binnen." in page
    assert "“kapot.jpg” is geen foto of presentatie die we kennen." in page


def test_script_sends_one_file_and_gets_its_line(sign_in, day):
    client = sign_in("coordinator")
    answer = send(client, ("IMG_1.jpg", pictures.photo()), **BY_SCRIPT)
    assert answer.status_code == 201
    photo = Photo.objects.get()
    state = reverse("network:file-state", args=[photo.file.pk])
    assert f'hx-get="{state}"' in answer.content.decode()
    files.process(str(photo.file.pk))
    assert "Verwerkt" in client.get(state).content.decode()


def test_script_gets_the_sentence_of_a_refusal(sign_in, day):
    answer = send(
        sign_in("coordinator"), ("x.gif", pictures.encoded(pictures.scene(), "GIF")), **BY_SCRIPT
    )
    assert answer.status_code == 422
    assert "Geweigerd." in answer.content.decode() and "x.gif" in answer.content.decode()
    assert send(sign_in("coordinator"), **BY_SCRIPT).status_code == 422
    assert StoredFile.objects.count() == 0


def test_plain_form_takes_120_photos_at_once(sign_in, day):
    """What a form without JavaScript sends; Django itself stops at 100 files."""
    image = pictures.scene(40, 30)
    many = [(f"IMG_{n}.jpg", pictures.photo(image) + b"%d" % n) for n in range(120)]
    client = sign_in("coordinator")
    answer = send(client, *many)
    assert answer.status_code == 303
    assert Photo.objects.count() == 120
    assert "120 bestanden binnen." in client.get(answer["Location"]).content.decode()


def test_machine_that_cannot_judge_now_refuses_nothing(sign_in, day, monkeypatch):
    client = sign_in("coordinator")
    monkeypatch.setattr("sys.executable", "/nergens/python")
    answer = send(client, ("toog.pptx", decks.pptx()), **BY_SCRIPT)
    assert answer.status_code == 503
    assert "“toog.pptx” konden we nu niet nakijken." in answer.content.decode()
    assert "Geweigerd" not in answer.content.decode()
    answer = send(client, ("toog.pptx", decks.pptx()), ("foto.jpg", pictures.photo()))
    page = client.get(answer["Location"]).content.decode()
    assert "1 bestand binnen." in page and "“toog.pptx” konden we nu niet nakijken." in page


def test_full_disk_is_a_sentence_and_no_refusal(sign_in, day, monkeypatch):
    def no_room(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.private(), "save", no_room)
    answer = send(sign_in("coordinator"), ("foto.jpg", pictures.photo()), **BY_SCRIPT)
    assert answer.status_code == 507
    assert "de schijf van de site is vol" in answer.content.decode()
    assert "Geweigerd" not in answer.content.decode()


def test_limits_are_said_beforehand(sign_in, day):
    page = sign_in("coordinator").get(reverse("inspiration:event-keep", args=["dag"]))
    html = page.content.decode()
    most = images.MEGAPIXELS
    assert f"tot 20 MB en {most['jpeg']} megapixel" in html
    assert most["png"] == most["heic"]
    assert f"(PNG en HEIC tot {most['png']}, WebP tot {most['webp']})" in html
    assert "pdf (tot 40 MB en 300 bladzijden)" in html and "odp (tot 80 MB)" in html
    (without_script,) = re.findall("<noscript>(.*?)</noscript>", html)
    assert "hoogstens 300 bestanden per keer, samen hoogstens 500 MB" in without_script


def test_plain_form_without_a_file_says_so(sign_in, day):
    client = sign_in("coordinator")
    page = client.get(send(client)["Location"])
    assert "Kies eerst een of meer bestanden." in page.content.decode()


def test_photo_is_served_upright_and_silent(client, day, by):
    lying = pictures.scene(900, 600).transpose(Image.Transpose.ROTATE_90)
    photo = archives.upload(event=day, by=by, data=pictures.photo(lying, orientation=6))
    archives.describe(photo, by)
    actions.publish_photos(event=day, by=by)
    photo = Photo.objects.select_related("file").get()
    assert (photo.file.width, photo.file.height, photo.widths) == (900, 600, [320, 640, 900])
    assert photo.file.taken_at.isoformat() == "2026-03-21T13:05:09+00:00"
    for made in Rendition.objects.all():
        address = reverse(
            "network:picture", args=[photo.file.public_name, 0, made.width, made.format]
        )
        answer = client.get(address)
        data = b"".join(answer.streaming_content)
        assert [tale for tale in TELL_TALES if tale in data] == []
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "IMG" not in answer["Content-Disposition"]
        with Image.open(BytesIO(data)) as image:
            assert image.size == (made.width, made.height)


def test_draft_picture_is_for_its_coordinator(sign_in, client, day, by):
    photo = archives.upload(event=day, by=by)
    address = reverse("inspiration:draft-picture", args=[photo.file.public_name, 0, 320, "jpg"])
    assert sign_in("coordinator").get(address).status_code == 200
    assert sign_in("other_coordinator").get(address).status_code == 404
    assert sign_in("lead").get(address).status_code == 404
    assert sign_in("anonymous").get(address).status_code == 302
    public = reverse("network:picture", args=[photo.file.public_name, 0, 320, "jpg"])
    assert client.get(public).status_code == 404


def test_same_photo_twice_says_where_it_is(day, by):
    archives.upload(event=day, by=by)
    with pytest.raises(Refused, match="staat al in het album “Foto’s”"):
        archives.upload(event=day, by=by, name="nog eens.jpg")
    assert len(kept()) == StoredFile.objects.count() == 1


def test_same_deck_twice_says_where_it_is(day, by):
    archives.upload(event=day, by=by, data=decks.pptx(), name="toog.pptx")
    with pytest.raises(Refused, match="bij de presentaties als “toog”"):
        archives.upload(event=day, by=by, data=decks.pptx(), name="nog eens.pptx")


def test_worker_refuses_a_broken_photo_alone(sign_in, day, by):
    good = archives.upload(event=day, by=by)
    bad = archives.upload(event=day, by=by, data=pictures.photo()[:2500], name="half.jpg")
    assert (good.file.state, bad.file.state) == ("ready", "refused")
    assert "beschadigd of onvolledig" in bad.file.reason
    assert [row.pk for row in kept()] == [good.file.pk]
    client = sign_in("coordinator")
    address = reverse("inspiration:event-keep", args=["dag"])
    assert "Geweigerd. Deze foto is beschadigd" in client.get(address).content.decode()
    client.post(reverse("inspiration:file-discard", args=["dag", bad.file.pk]))
    assert "Geweigerd" not in client.get(address).content.decode()
    assert Photo.objects.get() == good


def test_deck_gets_slides_with_their_text(day, by):
    talk = archives.deck(
        event=day, by=by, slides=[("De toog", "Wie bakt er brood?"), ("De kaas", "Minder soorten")]
    )
    assert talk.slide_count == 2
    first, second = talk.slides.all()
    assert (first.number, first.title, first.widths) == (1, "De toog", [480, 1024, 1600])
    assert "Minder soorten" in second.text
    assert talk.file.renditions.filter(page=2, width=480, format="avif").count() == 1


def test_worker_may_do_a_deck_twice(day, by):
    talk = archives.deck(event=day, by=by)
    StoredFile.objects.update(state="waiting")
    files.process(str(talk.file.pk))
    assert talk.slides.count() == 1 and talk.file.renditions.count() == 6


def test_locked_deck_is_refused_by_the_worker(day, by):
    talk = archives.upload(event=day, by=by, data=b"%PDF-1.7\nniets meer", name="kapot.pdf")
    assert talk.file.state == "refused" and "beschadigd" in talk.file.reason


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("leeg.jpg", b"", "leeg"),
        ("vloed.png", pictures.png_claiming(64_250, 64_250), "te groot om te verwerken"),
        ("panorama.png", pictures.png_claiming(24_000, 1300), "24.000 beeldpunten breed"),
        ("dozen.heic", pictures.heic_nested(5_000), "beschadigd"),
        ("kwaad.jpg", b"<html><script>alert(1)</script>", "geen foto of presentatie"),
        ("kwaad.svg", b'<svg onload="alert(1)"/>', "geen foto of presentatie"),
        ("macro.pptx", decks.pptx(**{"ppt/vbaProject.bin": "x"}), "macro’s"),
        ("oud.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 90, "oude PowerPoint"),
        ("slot.pptx", decks.protected_office(), "wachtwoord"),
        ("bom.pptx", decks.pptx(**{"ppt/nul.bin": b"\0" * (251 * 1024**2)}), "te groot"),
    ],
)
def test_hostile_upload_is_refused_and_nothing_stays(sign_in, day, name, data, sentence):
    answer = send(sign_in("coordinator"), (name, data), **BY_SCRIPT)
    assert answer.status_code == 422
    assert sentence in answer.content.decode() and name in answer.content.decode()
    assert StoredFile.objects.count() == 0 and Photo.objects.count() == 0


def test_too_large_a_photo_is_refused_by_its_own_limit(sign_in, day, monkeypatch):
    monkeypatch.setitem(uploads.MAX_BYTES, "photo", 1000)
    answer = send(sign_in("coordinator"), ("groot.jpg", pictures.photo()), **BY_SCRIPT)
    assert answer.status_code == 422 and "groter dan 1 kB" in answer.content.decode()


def test_naughty_file_name_is_escaped(sign_in, day):
    answer = send(sign_in("coordinator"), ("<img src=x>.gif", b"GIF89a" + b"x" * 40), **BY_SCRIPT)
    assert "<img" not in answer.content.decode() and "&lt;img src=x&gt;" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "title", "slug"),
    [
        ("Mijn%20presentatie%20%2D%20dorp.pdf", "Mijn presentatie - dorp", "mijn-presentatie-dorp"),
        ("caf%C3%A9.pdf", "café", "cafe"),
        ("op%2Fneer%0Adia.pdf", "op/neer dia", "opneer-dia"),
        ("50%20 procent.pdf", "50%20 procent", "5020-procent"),
        ("half%C3.pdf", "half%C3", "halfc3"),
        ("..pdf", "Presentatie", "presentatie"),
        ("___.PDF", "Presentatie", "presentatie"),
        ("v1.2 verslag 12.03.2019.pdf", "v1.2 verslag 12.03.2019", "v12-verslag-12032019"),
        ("verslag 12.03.2019", "verslag 12.03.2019", "verslag-12032019"),
        ("Œuvre Ørsted.pdf", "Œuvre Ørsted", "oeuvre-orsted"),
        ("Straße_Ærø.pdf", "Straße Ærø", "strasse-aero"),
        ("Привет.pdf", "Привет", "presentatie"),
        (
            "Het begin " + "x" * 250 + ".pdf",
            "Het begin " + "x" * 149 + "…",
            "het-begin-" + "x" * 90,
        ),
    ],
)
def test_title_and_address_are_made_of_the_name(day, by, name, title, slug):
    talk = actions.add_file(
        event=day, upload=SimpleUploadedFile(name, decks.plain_pdf("Een")), by=by
    )
    assert (talk.title, talk.slug) == (title, slug)


def test_download_carries_a_normal_name(client, day, by):
    data = decks.pptx()
    talk = archives.upload(event=day, by=by, data=data, name="MIJN deck (3).pptx")
    actions.describe_presentation(presentation=talk, by=by, has_permission=True, credit="An")
    actions.publish_presentation(presentation=talk, by=by)
    answer = client.get(reverse("inspiration:presentation-file", args=["dag", talk.slug]))
    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''mijn-deck-3.pptx"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("photos/hostile", "REFUSE", "EITHER", "XSS", "OK"))
def test_real_hostile_photo_never_breaks_the_endpoint(sign_in, day, path):
    answer = send(sign_in("coordinator"), (path.name, path.read_bytes()), **BY_SCRIPT)
    assert answer.status_code in {201, 422}
    for row in StoredFile.objects.all():
        files.process(str(row.pk))
        row.refresh_from_db()
        assert row.state in {"ready", "refused"}
        assert (row.state == "refused") == bool(row.reason) == (not row.path)
    for made in Rendition.objects.all():
        data = files.public().open(made.path).read()
        assert [tale for tale in TELL_TALES if tale in data] == []


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("presentaties/", "DOCR", "DOCE", "DOCEITHER"))
def test_real_bad_presentation_never_breaks_the_endpoint(sign_in, day, path):
    answer = send(sign_in("coordinator"), (path.name, path.read_bytes()), **BY_SCRIPT)
    assert answer.status_code in {201, 422}
    for row in StoredFile.objects.all():
        files.process(str(row.pk))
        row.refresh_from_db()
        assert row.state in {"ready", "refused"}
