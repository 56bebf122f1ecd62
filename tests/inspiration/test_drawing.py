"""A deck in the worker: page by page, with progress, and on from where a dead worker was."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from inspiration import actions, uploads
from inspiration.forms import PresentationForm
from inspiration.models import Presentation, Slide
from network import files
from network.confined import ChildDied
from network.models import StoredFile
from tests.inspiration import archives, decks
from tests.inspiration.found import found

pytestmark = pytest.mark.both


@pytest.fixture
def by(world):
    return world.person("coordinator")


@pytest.fixture
def day(world):
    return archives.event(edition=world.edition, slug="dag")


def sent(day, by, data, name="De toog.pdf"):
    """A presentation that no worker has seen yet."""
    return actions.add_file(event=day, upload=SimpleUploadedFile(name, data), by=by)


def drawn(talk):
    return [(slide.number, slide.is_drawn) for slide in talk.slides.all()]


class Killed(BaseException):
    """As SIGKILL: nothing of the worker's own code runs any more."""


def killed_after(count):
    """uploads._keep_slide in a worker that ends right after it kept this many slides."""
    keep = uploads._keep_slide

    def kept_and_killed(file, page):
        kept = keep(file, page)
        if Slide.objects.count() == count:
            raise Killed
        return kept

    return kept_and_killed


def test_progress_is_told_page_by_page(day, by, monkeypatch):
    talk = sent(day, by, decks.plain_pdf("Een", "Twee", "Drie"))
    told = []
    progress = files.progress

    def listening(row, *, done, total):
        progress(row, done=done, total=total)
        seen = StoredFile.objects.values_list("done", "total").get()
        told.append((*seen, talk.slides.count()))

    monkeypatch.setattr(files, "progress", listening)
    files.process(str(talk.file.pk))
    assert told == [(0, 3, 0), (1, 3, 1), (2, 3, 2), (3, 3, 3)]
    talk.refresh_from_db()
    assert talk.slide_count == 3 and talk.file.renditions.count() == 3 * 6


def test_next_worker_goes_on_at_the_page_where_a_killed_one_was(day, by, monkeypatch):
    talk = sent(day, by, decks.plain_pdf("Een", "Twee", None, "Vier"))
    with monkeypatch.context() as fault:
        fault.setattr(uploads, "_keep_slide", killed_after(2))
        with pytest.raises(Killed):
            uploads.process(talk.file)
    assert drawn(talk) == [(1, True), (2, True)]
    slides_before = list(talk.slides.values_list("pk", flat=True))
    pictures_before = set(talk.file.renditions.values_list("pk", "path"))
    files.public().delete(talk.file.renditions.filter(page=1).first().path)
    files.process(str(talk.file.pk))
    assert drawn(talk) == [(1, True), (2, True), (3, False), (4, True)]
    assert list(talk.slides.values_list("pk", flat=True))[:2] == slides_before
    assert pictures_before < set(talk.file.renditions.values_list("pk", "path"))
    # Not drawn a second time: what somebody took away from page 1 is still away.
    assert not files.public().exists(talk.file.renditions.filter(page=1).first().path)
    talk.file.refresh_from_db()
    assert (talk.file.state, talk.file.done, talk.file.total) == ("ready", 4, 4)


def test_fault_of_ours_loses_no_page_and_no_file(day, by, monkeypatch):
    talk = sent(day, by, decks.plain_pdf("Een", "Twee"))
    with monkeypatch.context() as broken:
        broken.setattr("sys.executable", "/nergens/python")
        with pytest.raises(ChildDied, match="nergens"):
            uploads.process(talk.file)
    assert files.private().exists(talk.file.path)
    uploads.process(talk.file)
    assert drawn(talk) == [(1, True), (2, True)]


def test_file_without_a_single_good_page_is_refused(day, by):
    talk = sent(day, by, decks.plain_pdf(None, None))
    files.process(str(talk.file.pk))
    talk.file.refresh_from_db()
    assert (talk.file.state, talk.slides.count()) == ("refused", 0)
    assert "beschadigd" in talk.file.reason


def test_presentation_thrown_away_meanwhile_ends_the_work(day, by):
    talk = sent(day, by, decks.plain_pdf("Een", "Twee"))
    file = talk.file
    Presentation.objects.all().delete()
    uploads.process(file)
    assert Slide.objects.count() == 0


def shown(talk, by):
    actions.describe_presentation(presentation=talk, by=by, has_permission=True, credit="An")
    actions.publish_presentation(presentation=talk, by=by)


@pytest.mark.parametrize("box", ["0 0 400 1600", "0 0 30 1600", "0 0 720 405"])
def test_picture_of_a_found_slide_is_there_however_narrow_the_page(client, day, by, box):
    data = decks.plain_pdf([(2, 300, "kilometers")], [(2, 200, "kilometers")], box=box)
    talk = archives.upload(event=day, by=by, data=data, name="lang.pdf")
    shown(talk, by)
    addresses = found_pictures(client, "kilometers")
    assert len(addresses) == 2
    assert {client.get(address).status_code for address in addresses} == {200}


@pytest.mark.shared
def test_found_infographic_has_its_picture_in_the_results(client, day, by):
    data = found("d05-infografiek-lang.pdf")
    shown(archives.upload(event=day, by=by, data=data, name="lang.pdf"), by)
    (address,) = found_pictures(client, "infografiek")
    assert client.get(address).status_code == 200


def found_pictures(client, word):
    page = client.get(reverse("search"), {"q": word}).content.decode()
    start = reverse("network:picture", args=["NAAM", 0, 1, "jpg"]).split("NAAM")[0]
    return [start + part.split('"')[0] for part in page.split(f'src="{start}')[1:]]


def test_visitor_reads_which_slide_could_not_be_drawn(client, day, by):
    talk = archives.upload(event=day, by=by, data=decks.plain_pdf("Een", None), name="De toog.pdf")
    shown(talk, by)
    page = client.get(reverse("inspiration:presentation", args=["dag", talk.slug]))
    assert 'alt="Dia 2: deze bladzijde konden we niet tekenen"' in page.content.decode()


def at_work(talk, done):
    """As a worker leaves the rows while it draws."""
    StoredFile.objects.filter(pk=talk.file.pk).update(
        state="checking", done=done, total=talk.slides.count()
    )


def test_coordinator_sees_slides_appear_while_they_are_drawn(sign_in, day, by):
    client = sign_in("coordinator")
    talk = archives.talk(event=day, by=by, slides=4, state="draft", slug="toog")
    fourth = talk.slides.get(number=4)
    talk.slides.filter(number__gt=2).delete()
    StoredFile.objects.update(state="checking", done=2, total=4)
    page = client.get(reverse("inspiration:presentation-edit", args=["dag", "toog"]))
    address = reverse("inspiration:presentation-drawn", args=["dag", "toog"])
    html = page.content.decode()
    assert "dia 2 van 4" in html and f'hx-get="{address}?na=2"' in html
    assert html.count('src="/coordinatie/archief/beeld/') == 2
    fourth.number = 3
    fourth.save(force_insert=True)
    StoredFile.objects.update(done=3)
    html = client.get(f"{address}?na=2").content.decode()
    assert "dia 3 van 4" in html and f'hx-get="{address}?na=3"' in html
    assert html.count('src="/coordinatie/archief/beeld/') == 1 and 'hx-swap-oob="beforeend"' in html
    StoredFile.objects.update(state="ready")
    html = client.get(f"{address}?na=3").content.decode()
    assert "hx-get" not in html and "Alle 4 dia’s zijn getekend." in html


@pytest.mark.parametrize("asked", ["", "?na=", "?na=x", "?na=-1", "?na=²", "?na=9999999"])
def test_any_question_for_what_was_drawn_is_answered(sign_in, day, by, asked):
    archives.talk(event=day, by=by, slides=2, slug="toog")
    address = reverse("inspiration:presentation-drawn", args=["dag", "toog"])
    assert sign_in("coordinator").get(address + asked).status_code == 200


@pytest.mark.parametrize("slides", [1, 3])
def test_what_was_drawn_costs_the_same_whatever_the_number(
    sign_in, day, by, slides, django_assert_num_queries
):
    client = sign_in("coordinator")
    archives.talk(event=day, by=by, slides=slides, slug="toog")
    address = reverse("inspiration:presentation-drawn", args=["dag", "toog"])
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ([2], "Dia 2 konden we niet tekenen."),
        ([1, 2, 4], "De dia’s 1, 2 en 4 konden we niet tekenen."),
    ],
)
def test_coordinator_reads_which_slides_could_not_be_drawn(sign_in, day, by, numbers, sentence):
    talk = archives.talk(event=day, by=by, slides=4, slug="toog")
    talk.slides.filter(number__in=numbers).update(is_drawn=False)
    client = sign_in("coordinator")
    page = client.get(reverse("inspiration:presentation-edit", args=["dag", "toog"]))
    assert sentence in page.content.decode()


def test_list_of_files_tells_how_far_a_deck_is(sign_in, day, by):
    talk = sent(day, by, decks.plain_pdf("Een"))
    StoredFile.objects.update(state="checking", done=12, total=300)
    client = sign_in("coordinator")
    state = client.get(reverse("network:file-state", args=[talk.file.pk])).content.decode()
    assert "Dia 12 van 300" in state


def test_coordinator_reads_that_the_work_stopped_and_where(sign_in, day, by):
    talk = sent(day, by, decks.plain_pdf("Een"))
    StoredFile.objects.update(state="failed", done=12, total=300, reason="Dat kan aan ons liggen.")
    client = sign_in("coordinator")
    page = client.get(reverse("inspiration:presentation-edit", args=["dag", talk.slug]))
    assert "Dat kan aan ons liggen. Dia 1 tot 12 zijn getekend." in page.content.decode()


@pytest.mark.parametrize("name", ["title", "summary", "credit"])
def test_form_says_how_long_a_text_may_be(day, by, name):
    talk = archives.talk(event=day, by=by, state="draft", slug="toog")
    longest = Presentation._meta.get_field(name).max_length
    form = PresentationForm(presentation=talk)
    assert f"oogstens {longest} tekens" in form.fields[name].help_text
