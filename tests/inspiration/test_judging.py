"""Which files are taken for a presentation, and what the others are told."""

import os
import subprocess
import sys
from io import BytesIO

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile

from inspiration import judging
from network.refusal import Refused
from tests import manifest
from tests.inspiration import decks


def judge(data):
    return judging.judge(BytesIO(data))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (decks.pptx(), "pptx"),
        (decks.pptx(kind="slideshow"), "pptx"),
        (decks.odp(), "odp"),
        (decks.bare_pdf(), "pdf"),
    ],
)
def test_judge_goes_by_content(data, kind):
    assert judge(data) == kind


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "leeg"),
        (b"<html></html>", "geen presentatie"),
        (decks.archive({"word/document.xml": "<w/>"}), "beschadigd"),
        (
            decks.pptx(kind="template"),
            r"sjabloon \(\.potx\).*gewone presentatie \(\.pptx\) of als pdf",
        ),
        (
            decks.odp(mimetype=decks.ODP_TYPE + "-template"),
            r"sjabloon \(\.otp\).*\(\.odp\) of als pdf",
        ),
        (decks.word(), r"tekstdocument \(Word\), geen presentatie.*als pdf"),
        (decks.archive({"Index/Slide-1.iwa": "x"}), "Keynote.*pdf of PowerPoint"),
        (decks.pptx(**{"ppt/vbaProject.bin": "Sub AutoOpen"}), r"PowerPoint, kies .*\(\.pptx\)"),
        (decks.archive({"[Content_Types].xml": "macroEnabled"}), "macro"),
        (decks.pptx(**{"ppt/media/nul.bin": b"\0" * (251 * 1024**2)}), "uitgepakt te groot"),
        (decks.pptx(**{f"leeg/{number}": "" for number in range(5001)}), "uitgepakt te groot"),
        (decks.pptx()[:-30], "beschadigd"),
        (decks.odp(mimetype="application/vnd.oasis.opendocument.text"), r"\(\.odt\).*als pdf"),
        (decks.odp(mimetype="application/epub+zip"), "geen presentatie die we kennen"),
        (decks.odp(**{"META-INF/manifest.xml": "<encryption-data/>"}), "wachtwoord"),
        (
            decks.odp(**{"Basic/Standard/Module1.xml": "Sub Main"}),
            "LibreOffice.*Exporteren als pdf",
        ),
        (decks.odp(**{"Scripts/python/kwaad.py": "import os"}), "macro"),
        (decks.protected_office(), "wachtwoord"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"\.ppt"),
    ],
)
def test_judge_refuses_with_a_sentence(data, sentence):
    with pytest.raises(Refused, match=sentence):
        judge(data)


def test_large_upload_is_judged_where_django_put_it():
    """A file of more than 2 MB lies on disk already."""
    upload = TemporaryUploadedFile("groot.pptx", "", 0, None)
    upload.write(decks.pptx())
    upload.flush()
    assert judging.judge(upload) == "pptx"
    assert upload.tell() == 0


def test_no_process_of_the_site_loads_pdfium():
    """Its code runs on strangers' files, so it is for the child alone."""
    order = (
        "import sys, django; django.setup(); import buurtpunt.urls, network.tasks\n"
        "print(sorted({'pypdfium2', 'inspiration.slide_drawing'} & set(sys.modules)))"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    told = subprocess.run(
        [sys.executable, "-c", order], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_password_is_seen_across_blocks(monkeypatch):
    monkeypatch.setattr(judging, "BLOCK", 601)
    with pytest.raises(Refused, match="wachtwoord"):
        judge(decks.protected_office())


def test_directory_with_a_million_names_is_refused_in_the_child():
    with pytest.raises(Refused, match="uitgepakt te groot"):
        judge(decks.crowded_zip(1_000_000))


@pytest.mark.shared
@pytest.mark.parametrize("path", manifest.rows("presentaties/office", "DOC"))
def test_real_office_presentation_is_known(path):
    assert judge(path.read_bytes()) == path.suffix.removeprefix(".")
