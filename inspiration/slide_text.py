"""The words of a page as people read them: what is shown and nothing else, whole words, real
hyphens, no control characters. No Django: the child that reads a PDF imports this module.
"""

import re
import unicodedata

import pypdfium2
import pypdfium2.raw as pdfium

MAX_TEXT = 20_000  # characters kept of one page
MAX_TITLE = 120

# A hyphen at the end of a line: pdfium writes it so and takes the line end away, or both are
# still there. It belongs to the word, or to the line alone.
LINE_END = re.compile(
    r"(?:[\ufffe\x02]\s*|(?:\u00ad|(?<=\w)[-\u2010])[^\S\r\n]*[\r\n]+\s*)"
    r"(?P<rest>(?:en|of|tot|als|noch)\b)?"  # "zon- en feestdagen": the rest of the word follows
)
# Two vowels that would become one sound: the hyphen belongs to the word ("auto-ongeluk").
ONE_SOUND = re.compile(r"a[aeiu]|e[eiu]|i[ei]|o[eiou]|u[iu]", re.IGNORECASE)


def clean_text(text: str) -> str:
    """Readable lines of at most MAX_TEXT characters in all."""
    text = unicodedata.normalize("NFC", text[: 2 * MAX_TEXT])
    text = LINE_END.sub(_joined, text).replace("\u00ad", "")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = "".join(
        c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"}
    )
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:MAX_TEXT]


def _joined(cut: re.Match[str]) -> str:
    """What stands between the two halves: nothing, or the hyphen (and the space) of the word."""
    if cut["rest"]:
        return f"- {cut['rest']}"
    before = cut.string[max(0, cut.start() - 2) : cut.start()]
    return "-" if _keeps_hyphen(before, cut.string[cut.end() : cut.end() + 2]) else ""


def _keeps_hyphen(before: str, after: str) -> bool:
    """By the two characters on each side. Dutch never cuts after one letter ("e-mail"), at a
    figure ("2019-2020", "50-plus"), before a capital ("West-Vlaanderen") or inside one sound
    ("auto-ongeluk")."""
    if not before[-1:].isalnum() or not after[:1].isalnum():
        return False
    return (
        not before[0].isalnum()
        or len(before) == 1
        or before[-1].isdigit()
        or after[0].isdigit()
        or (after[0].isupper() and not (before.isupper() and after.isupper()))
        or bool(ONE_SOUND.fullmatch(before[-1] + after[0]))
    )


def shorten(title: str) -> str:
    return title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1].rsplit(" ", 1)[0] + "…"


def read(document: pypdfium2.PdfDocument, index: int) -> tuple[str, str]:
    """The title and the text of what a page shows: filled-in fields and notes too, but nothing
    outside its visible part. The page is not to be drawn afterwards."""
    page = document[index]
    if pdfium.FPDFPage_GetAnnotCount(page) > 0:
        # A field is drawn over the page; flattened it is part of the page and of its text.
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    textpage = page.get_textpage()
    title = _title(textpage, page.get_bbox())
    text = clean_text(textpage.get_text_bounded())
    textpage.close()
    page.close()
    return title, text


Box = tuple[float, float, float, float]  # left, bottom, right, top in points


def _title(textpage: pypdfium2.PdfTextPage, shown: Box) -> str:
    """The first lines in the largest letters of the page: what a reader takes for its title."""
    lines = _lines_with_size(textpage, shown)
    sizes = [size for _, size in lines]
    if not lines or min(sizes) == max(sizes):  # running text: its first line says most
        return shorten(lines[0][0]) if lines else ""
    start = sizes.index(max(sizes))
    words = [text for text, size in lines[start : start + 3] if size == max(sizes)]
    return shorten(" ".join(words))


def _lines_with_size(textpage: pypdfium2.PdfTextPage, shown: Box) -> list[tuple[str, float]]:
    """Visible lines of at least two letters with the size of their largest letter, rounded."""
    count = min(textpage.count_chars(), 2_000)
    text = textpage.get_text_range(count=count)
    lines, at = [], 0
    for line in re.split(r"(\r?\n)", text):
        if sum(letter.isalpha() for letter in line) > 1 and _is_shown(textpage, at, line, shown):
            sizes = [pdfium.FPDFText_GetFontSize(textpage, at + i) for i in range(len(line))]
            lines.append((clean_text(line), round(max(sizes), 1)))
        at += len(line)
    return lines


def _is_shown(textpage: pypdfium2.PdfTextPage, at: int, line: str, shown: Box) -> bool:
    """Whether the middle of a line's first letter lies on the visible part of the page."""
    first = at + len(line) - len(line.lstrip())
    left, bottom, right, top = textpage.get_charbox(first)
    across, up = (left + right) / 2, (bottom + top) / 2
    return shown[0] <= across <= shown[2] and shown[1] <= up <= shown[3]
