"""Which speed of the AVIF encoder: CPU seconds, bytes and likeness (SSIM) of five decks and five
photos of the test material beside this repository, at the sizes that the site makes.

`make bench ONLY=avif`; what it gave stands in docs/performance.md.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from math import fsum

import pi_heif
import pypdfium2
from PIL import Image, ImageMath

from network import images
from tests.shared import SHARED_DATA

SPEEDS = (6, 8, 9, 10)
DECKS = (
    "20241119_ThematicWorkshop2_Slides_OSLOiteratieCE.pdf",
    "170929_Reculer-FARO-hoezo-immaterieel.pdf",
    "GeoTopo-komprimiert.pdf",
    "Museaal Object Schilderij Théo Van Rysselberghe.pdf",
    "cmyk-image.pdf",
)
PHOTOS = (
    "gps/Apple iPhone 5.jpg",
    "gps/IMG_2682.heic",
    "gps/Apple iPhone 4.jpg",
    "formats/example.heic",
    "gps/Nikon D5000.jpg",
)
PAGES_A_DECK = 4
DECK_WIDTHS = (480, 1024, 1600)
LOWEST = 0.01  # the share of the blocks that are least alike


@dataclass
class Tally:
    cpu: float = 0
    size: int = 0
    alike: list[float] = field(default_factory=list)
    worst: list[float] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.cpu += other.cpu
        self.size += other.size
        self.alike += other.alike
        self.worst += other.worst


def speeds() -> str:
    """A table of its own, and in the last line the speed that the site uses."""
    if SHARED_DATA is None:
        return "avif: the test material does not lie beside this repository"
    sums = {speed: Tally() for speed in SPEEDS}
    print(f"{'':54} {'speed':>5} {'CPU s':>7} {'kB':>7} {'SSIM':>7} {'worst':>7}")
    for name, sheets in _sources():
        for speed in SPEEDS:
            found = Tally()
            for sheet in sheets:
                found.add(_encode(sheet, speed))
            _print(name, speed, found)
            sums[speed].add(found)
    for speed, total in sums.items():
        _print("all", speed, total)
    used = sums[images.AVIF_SPEED]
    return f"avif speed={images.AVIF_SPEED} cpu={used.cpu:.1f} kB={used.size // 1000}"


def _print(name: str, speed: int, found: Tally) -> None:
    mean, worst = fsum(found.alike) / len(found.alike), fsum(found.worst) / len(found.worst)
    numbers = f"{speed:5} {found.cpu:7.2f} {found.size // 1000:7} {mean:7.4f} {worst:7.4f}"
    print(f"{name[:54]:54} {numbers}", flush=True)


def _sources() -> Iterator[tuple[str, list[Image.Image]]]:
    """Name, and the pictures that would be encoded."""
    assert SHARED_DATA is not None
    for name in DECKS:
        document = pypdfium2.PdfDocument(SHARED_DATA / "presentaties" / "pdf" / name)
        step = max(1, len(document) // PAGES_A_DECK)
        pages = [document[n] for n in range(0, len(document), step)][:PAGES_A_DECK]
        yield name, [sized for page in pages for sized in _sizes(_drawn(page), DECK_WIDTHS)]
    pi_heif.register_heif_opener()
    for name in PHOTOS:
        with Image.open(SHARED_DATA / "photos" / name) as photo:
            yield name, list(_sizes(images.as_srgb(photo), images.WIDTHS))


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    return images.as_srgb(page.render(scale=1600 / max(page.get_size())).to_pil())


def _sizes(picture: Image.Image, widths: tuple[int, ...]) -> Iterator[Image.Image]:
    for width in widths:
        if width <= picture.width:
            height = round(picture.height * width / picture.width)
            yield picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encode(picture: Image.Image, speed: int) -> Tally:
    buffer = BytesIO()
    before = time.process_time()
    picture.save(buffer, "AVIF", quality=images.AVIF_QUALITY, speed=speed, max_threads=1)
    cpu = time.process_time() - before
    with Image.open(buffer) as made:
        blocks = sorted(_alike(picture, made.convert("RGB")))
    lowest = blocks[: max(1, round(len(blocks) * LOWEST))]
    return Tally(cpu, buffer.tell(), [fsum(blocks) / len(blocks)], [fsum(lowest) / len(lowest)])


def _alike(one: Image.Image, other: Image.Image) -> list[float]:
    """SSIM of the brightness per block of 8 by 8 pixels (Wang and others, 2004)."""
    first, second = one.convert("L").convert("F"), other.convert("L").convert("F")

    def mean(formula):
        return ImageMath.lambda_eval(formula, a=first, b=second).reduce(8)

    made = ImageMath.lambda_eval(
        lambda of: (
            (2 * of["a"] * of["b"] + 6.5025)
            * (2 * (of["ab"] - of["a"] * of["b"]) + 58.5225)
            / (of["a"] * of["a"] + of["b"] * of["b"] + 6.5025)
            / (of["aa"] - of["a"] * of["a"] + of["bb"] - of["b"] * of["b"] + 58.5225)
        ),
        a=first.reduce(8),
        b=second.reduce(8),
        aa=mean(lambda of: of["a"] * of["a"]),
        bb=mean(lambda of: of["b"] * of["b"]),
        ab=mean(lambda of: of["a"] * of["b"]),
    )
    return list(made.get_flattened_data())
