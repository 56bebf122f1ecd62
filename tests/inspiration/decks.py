"""Presentations for tests: PDFs written by hand or by typst, office files as bare ZIPs."""

import struct
import zipfile
from io import BytesIO

import typst

PPTX_TYPES = (
    '<Types><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.presentationml.{}.main+xml"/></Types>'
)
ODP_TYPE = "application/vnd.oasis.opendocument.presentation"


def pdf(*slides):
    """A PDF of one 16:9 page per (title, text)."""
    pages = [
        f'#text(size: 40pt, weight: "bold")[#{quoted(title)}]\n\n#{quoted(text)}'
        for title, text in slides
    ]
    source = '#set page(width: 480pt, height: 270pt)\n#set text(lang: "nl", hyphenate: false)\n'
    return typst.compile((source + "\n#pagebreak()\n".join(pages)).encode())


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def bare_pdf(pages=1, box="0 0 40000 40000"):
    """A PDF without any drawing on its pages, of any claimed size and number."""
    return written_pdf([f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]>>"] * pages)


def plain_pdf(*texts, box="0 0 720 405", crop=""):
    """A PDF of one page per text, whose lines stand below each other; or, for a text that is a
    list, each (x, y, words) at its place. None is a page that no program can read."""
    pages = [
        "[]" if text is None else plain_page(number, box, crop) for number, text in enumerate(texts)
    ]
    contents = [b"" if text is None else _drawn(text) for text in texts]
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    streams = [b"<</Length %d>>stream\n%s\nendstream" % (len(c), c) for c in contents]
    return written_pdf(pages, font, *streams)


def plain_page(number, box, crop):
    """Objects after the pages: the font, then a stream for each page."""
    shown = f"/CropBox[{crop}]" if crop else ""
    return (
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]{shown}/Contents {{stream_{number}}} 0 R"
        "/Resources<</Font<</F1 {font} 0 R>>>>>>"
    )


def _drawn(text):
    if isinstance(text, str):
        text = [(60, 300 - 26 * n, line) for n, line in enumerate(text.split("\n"))]
    words = [f"BT /F1 18 Tf 1 0 0 1 {x} {y} Tm ({line}) Tj ET" for x, y, line in text]
    return "\n".join(words).encode("cp1252")


def burning_pdf(*, before=0, heavy=1, after=0):
    """Pages that draw ten times what draws ten times what …, among pages that weigh nothing."""
    light = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>"
    burning = (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents {font} 0 R"
        "/Resources<</XObject<</X {stream_0} 0 R>>>>>>"
    )
    first = 3 + before + heavy + after
    levels = [_ten_times(first + 2 + level) for level in range(9)]
    drawn = b"0 0 300 300 re f"
    end = b"<</Type/XObject/Subtype/Form/BBox[0 0 300 300]/Length %d>>stream\n%s\nendstream"
    start = b"<</Length 5>>stream\n/X Do\nendstream"
    pages = [light] * before + [burning] * heavy + [light] * after
    return written_pdf(pages, start, *levels, end % (len(drawn), drawn))


def _ten_times(inner):
    drawn = b"/X Do " * 10
    return (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</XObject<</X %d 0 R>>>>"
        b"/Length %d>>stream\n%s\nendstream"
    ) % (inner, len(drawn), drawn)


def form_pdf(value, *, flags=4):
    """A page with one field that was filled in, without a picture of what was filled in."""
    field = (
        f"<</Type/Annot/Subtype/Widget/FT/Tx/T(dorp)/V({value})/F {flags}"
        "/Rect[60 300 360 330]/DA(/Helv 14 Tf 0 g)/P 3 0 R>>"
    )
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 720 405]/Annots[5 0 R]>>"
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    form = "/AcroForm<</Fields[5 0 R]/NeedAppearances true/DR<</Font<</Helv 4 0 R>>>>>>"
    return written_pdf([page], font, field, catalog=form)


def written_pdf(pages, *others, catalog="", count=None):
    """A PDF of these objects: the pages are numbers 3 and up, `others` follow them. `{font}` and
    `{stream_n}` in a page stand for the numbers of the first of the others and what follows."""
    first = 3 + len(pages)
    names = {"font": first} | {f"stream_{n}": first + 1 + n for n in range(len(pages))}
    kids = " ".join(f"{number} 0 R" for number in range(3, first))
    count = len(pages) if count is None else count
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>",
        *[page.format(**names) for page in pages],
        *others,
    ]
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        body = body if isinstance(body, bytes) else body.encode()
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + (end + trailer).encode()


def pptx(kind="presentation", **members):
    """A PPTX as far as its structure goes; members by name (with _ for . and / left out)."""
    return archive(
        {"[Content_Types].xml": PPTX_TYPES.format(kind), "ppt/presentation.xml": "<p/>"} | members
    )


def odp(**members):
    return archive(
        {
            "mimetype": ODP_TYPE,
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": "<office/>",
            "Basic/Standard/script-lb.xml": "<library/>",
        }
        | members
    )


def word():
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return archive({"[Content_Types].xml": kind, "word/document.xml": "<w/>"})


def crowded_zip(names):
    """A ZIP whose directory claims this many members, all of them nothing."""
    entry = b"PK\x01\x02" + b"\x14\0" * 2 + b"\0" * 20 + b"\1\0" + b"\0" * 16 + b"a"
    directory = entry * names
    # More than 65,535 members are counted in a record of their own.
    at, size = 4, len(directory)
    wide = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, names, names, size, at)
    place = struct.pack("<4sIQI", b"PK\6\7", 0, at + size, 1)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    return b"PK\3\4" + directory + wide + place + end


def archive(members):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in members.items():
            file.writestr(name, body)
    return buffer.getvalue()


def protected_office():
    """How Office keeps a presentation with a password: an OLE container."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
