"""The words of the demo's archive: programme, slides, captions. All people are fictional."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from buurtpunt.demo.pictures import Shot, Slide


@dataclass(frozen=True)
class Picture:
    shot: Shot
    alt: str
    caption: str


@dataclass(frozen=True)
class Talk:
    """A part of the programme. voices: (name, organisation, role, bio) each."""

    title: str
    kind: str
    begin: tuple[int, int]
    end: tuple[int, int]
    about: str = ""
    room: str = ""
    voices: tuple[tuple[str, str, str, str], ...] = ()
    slides: Sequence[Slide] = ()
    is_odp: bool = False


DRAWINGS = [
    Picture(
        Shot("foto-lezing", width=640),
        "Tekening: een spreker toont een dorp op een scherm aan een volle zaal",
        "Zo kan de zaal eruitgezien hebben (tekening)",
    ),
    Picture(
        Shot("foto-tafel", width=640, orientation=6),
        "Tekening: vijf mensen zitten aan een tafel vol papieren",
        "Een workshop, getekend",
    ),
    Picture(
        Shot("foto-kaart", width=640),
        "Tekening: drie mensen bij een grote kaart met vlaggetjes",
        "Waar woont wie? Getekend, niet gefotografeerd",
    ),
    Picture(
        Shot("foto-halte", width=640, orientation=3),
        "Tekening: een bushalte waar iemand wacht en een fietser voorbijrijdt",
        "De halte, getekend",
    ),
]

ALBUM = [
    Picture(
        Shot("foto-lezing"),
        "Een spreker toont een dorp op een scherm aan een volle zaal",
        "De volle zaal bij het eerste verhaal",
    ),
    Picture(
        Shot("foto-tafel", orientation=6),
        "Vijf mensen rond een tafel met tekenpapier",
        "Dromen op papier",
    ),
    Picture(
        Shot("foto-winkel"),
        "De toog van een dorpswinkel met brood en bloemkolen",
        "Wat ligt er op de toog?",
    ),
    Picture(
        Shot("foto-halte", orientation=3),
        "Iemand wacht in een bushokje, een fietser rijdt voorbij",
        "De halte als voordeur",
    ),
    Picture(
        Shot("foto-markt"), "Een marktkraam met groenten en een klant", "Korte keten op het plein"
    ),
    Picture(
        Shot("foto-fiets", orientation=8),
        "Een rode fiets voor een grote gele zon",
        "Herstellen doe je samen",
    ),
    Picture(Shot("foto-dorp"), "Een dorp met een kerk tussen de velden", "Het dorp van morgen"),
    Picture(
        Shot("foto-feest"), "Een lange tafel met mensen onder lampjes", "Eten verbindt, altijd"
    ),
    Picture(
        Shot("foto-kaart"),
        "Drie mensen bij een grote kaart met vlaggetjes",
        "Waar woont wie?",
    ),
    Picture(
        Shot("foto-winkel", (0.42, 0.3, 1, 0.98), width=1000),
        "Een vrouw met een tas krijgt iets over de toog aangereikt, van ver gezien",
        "Eerst een babbel, dan de boodschappen",
    ),
    Picture(
        Shot("foto-halte", (0, 0.25, 0.62, 1), orientation=6, width=900),
        "Een bushokje langs een groene weg",
        "Om het uur een bus, en elke dag een praatje",
    ),
    Picture(
        Shot("foto-feest", (0, 0.05, 0.55, 0.95), width=800),
        "Lampjes boven een gedekte tafel",
        "De lichtjes gingen pas laat uit",
    ),
    Picture(
        Shot("foto-dorp", (0.2, 0.1, 0.95, 0.8)),
        "De kerktoren en de huizen van het dorp",
        "Vanop de dijk",
    ),
    Picture(
        Shot("foto-tafel", (0, 0.25, 1, 1), width=640),
        "Papieren en potloden op een houten tafel",
        "Wat er bleef liggen",
    ),
]

SHOP = [
    Slide("Een winkel van iedereen", ("Samen eigenaar van de dorpswinkel",), "foto-winkel"),
    Slide(
        "Waarom de winkel dichtging",
        (
            "De bakker stopte in het voorjaar",
            "De dichtste supermarkt ligt op negen kilometer",
            "Wie geen auto heeft, vraagt het aan de buren",
        ),
    ),
    Slide(
        "Aandelen van 25 euro",
        (
            "212 dorpsgenoten zijn mede-eigenaar",
            "Eén mens is één stem, hoeveel aandelen je ook hebt",
            "Wie niet kon betalen, bracht twintig uren mee",
        ),
    ),
    Slide(
        "De toog is de plek",
        (
            "Koffie kost één euro en mag lang duren",
            "Pakjes, brood, geneesmiddelen van de apotheker",
            "Op donderdag komt de kapster",
        ),
    ),
    Slide(
        "Dertig vrijwilligers",
        (
            "Een ploeg per dag, met een vaste trekker",
            "Wie uitvalt, belt zelf een vervanger",
            "Twee keer per jaar eten we samen",
        ),
    ),
    Slide(
        "Wat we anders zouden doen",
        (
            "Vroeger met de gemeente praten",
            "De verzekering eerst, de verf daarna",
            "Minder soorten kaas",
        ),
    ),
    Slide("En de cijfers?", ("Omzet per week: 3.400 euro", "Winst: een dorp dat elkaar kent")),
]

STOP = [
    Slide("De halte als voordeur", ("Wat een bushalte voor een plein kan doen",), "foto-halte"),
    Slide(
        "Begin bij wie wacht",
        ("Zit je droog?", "Zie je de bus komen?", "Is er iemand om tegen te praten?"),
    ),
    Slide(
        "Van paal tot plek",
        (
            "Een bank met een leuning, uit de eigen boomgaard",
            "Een fietspomp en zes overdekte fietsen",
            "Een deelwagen van het dorp, op afspraak",
        ),
    ),
    Slide(
        "Vervoer op maat",
        ("De flexbus komt op bestelling", "De vrijwilliger belt mee voor wie geen gsm heeft"),
    ),
    Slide(
        "Wat het opleverde",
        ("Elke dag elf opstappers in plaats van vier", "Een buurtcafé dat weer opengaat"),
    ),
]

SURVEY = [
    Slide("Wie klopt er aan?", ("Een bevraging tot in de stille straten",), "foto-kaart"),
    Slide(
        "Van deur tot deur",
        ("Met twee, nooit alleen", "Eén vraag: wat mis je hier?", "Luisteren, niet verkopen"),
    ),
    Slide(
        "Wie hoorden we eerst niet?",
        ("Jongeren aan de bushalte", "Nieuwkomers achter de kerk", "Mantelzorgers zonder avond"),
    ),
    Slide(
        "Van antwoord naar plan",
        ("Drie noden kwamen overal terug", "Elke nood kreeg een trekker"),
    ),
]

REPAIR = [
    Slide("Een repaircafé in één weekend", ("Wat je nodig hebt, en wat niet",)),
    Slide("De gereedschapskist", ("Vijf tafels, tien stopcontacten, koffie",)),
]

PROGRAMME = [
    Talk("Onthaal met koffie", "welcome", (9, 30), (10, 0), room="Foyer"),
    Talk(
        "Een winkel van iedereen",
        "talk",
        (10, 0),
        (10, 45),
        "Samen eigenaar van de dorpswinkel: aandelen, toog en vrijwilligers.",
        "Grote zaal",
        (
            (
                "Lieve Dhondt",
                "De Toog, coöperatie in wording",
                "speaker",
                "Lieve stond veertig jaar achter een toog en begon na haar pensioen opnieuw.",
            ),
        ),
        SHOP,
    ),
    Talk(
        "De halte als voordeur",
        "testimony",
        (11, 0),
        (11, 45),
        "Wat een bushalte voor een plein kan doen.",
        "Grote zaal",
        (
            (
                "Karim Haddou",
                "Dorpsraad Kruishoeve",
                "speaker",
                "Karim neemt elke ochtend de bus van 6.52 uur en kent iedereen die instapt.",
            ),
        ),
        STOP,
    ),
    Talk(
        "Wie klopt er aan?",
        "talk",
        (11, 45),
        (12, 30),
        "Een bevraging waar ook de stille straten op antwoorden.",
        "Grote zaal",
        (
            (
                "Hilde Vermeersch",
                "zelfstandig procesbegeleider",
                "speaker",
                "Hilde begeleidt dorpen die willen weten wat er leeft, ook bij wie nooit komt.",
            ),
        ),
        SURVEY,
    ),
    Talk("Broodjes van de winkel", "break", (12, 30), (13, 30), room="Foyer"),
    Talk(
        "Een repaircafé in één weekend",
        "workshop",
        (13, 30),
        (15, 0),
        "Aan tafel met schroevendraaiers: wat je nodig hebt om te beginnen.",
        "Werkplaats",
        (
            (
                "Joris Baert",
                "Repair Molendonk",
                "guide",
                "Joris herstelt radio’s, en soms ook vergaderingen.",
            ),
        ),
        REPAIR,
        is_odp=True,
    ),
    Talk(
        "Wat durven jullie morgen?",
        "panel",
        (15, 15),
        (16, 30),
        "Vier dorpen zeggen hardop wat hun volgende stap is.",
        "Grote zaal",
        (
            ("Greet Lambrecht", "", "moderator", ""),
            ("Mehmet Aydin", "Dorpshuis Hoekskapelle", "panel", ""),
        ),
    ),
]

UNFINISHED = [
    Slide("Een pleintje voor de kerk", ("Wat er nu staat: elf auto’s",), "foto-dorp"),
    Slide("Wat de kinderen tekenden", ("Een boom, een bank en een fontein",)),
    Slide("Wie doet mee?", ("Eerste avond: dinsdag om 20 uur in de school",)),
]
