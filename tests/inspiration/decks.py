"""Presentations for tests: PDFs written by hand or by typst, office files as bare ZIPs."""

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
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>",
        *[f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]>>"] * pages,
    ]
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode()
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
