"""What the six villages of the demo wrote, in their own words; days count from the first start.

Every village, person and figure is invented.
"""

from __future__ import annotations

from typing import NamedTuple


class Wrote(NamedTuple):
    """Somebody wrote an answer on that day, at that hour."""

    days: int
    hour: int
    village: str
    who: str
    section: str
    key: str
    text: str


class Filled(NamedTuple):
    """Somebody filled in a table: its columns, then one tuple per row."""

    days: int
    hour: int
    village: str
    who: str
    section: str
    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


SKETCH = (
    "Molendonk telt 840 inwoners rond één plein met een linde en een kerk.\n\n"
    "De bakker stopte zes jaar geleden. Sindsdien rijden we zes kilometer voor een brood. "
    "De bus stopt nog vier keer per dag, en het café van Lieve is de laatste plek waar je "
    "zomaar binnenstapt."
)
ORDINARY_DAY = (
    "We beginnen klein: brood en verse groenten van drie boeren, elke voormiddag van 8 tot 12 "
    "uur, in de oude pastorie.\n\n"
    "’s Namiddags neemt de vrijwilligersgroep over. Dan is er koffie, een krant en een tafel waar "
    "je je fiets kan laten herstellen. De bus stopt voor de deur, dus wie wacht, zit warm binnen."
)
ORDINARY_DAY_LONGER = (
    ORDINARY_DAY + "\n\nDe derde functie twijfelen we nog over: een afhaalpunt voor pakjes, of een "
    "leestafel met boeken van de bib."
)
# Jef wrote at the same time as Marie, on the same evening.
ORDINARY_DAY_OF_JEF = ORDINARY_DAY.replace(
    "een tafel waar je je fiets kan laten herstellen", "op zaterdag een fietshersteller"
).replace("drie boeren", "twee boeren en een imker")

WRITTEN = (
    Wrote(-96, 20, "molendonk", "lead", "steekkaart", "naam", "Het Lindeplein"),
    Wrote(-96, 20, "molendonk", "lead", "steekkaart", "stand", "opbouw"),
    Wrote(-96, 20, "molendonk", "lead", "steekkaart", "plek", "De oude pastorie, aan de kerk"),
    Wrote(-92, 20, "molendonk", "lead", "ons-dorp", "schets", SKETCH.split("\n\n")[0]),
    Wrote(-90, 21, "molendonk", "editor", "ons-dorp", "schets", SKETCH),
    Wrote(
        *(-60, 20, "molendonk", "lead", "noden", "geleerd"),
        "112 gezinnen vulden de bevraging in. Brood staat met voorsprong bovenaan. Wat ons "
        "verraste: bijna de helft wil zelf een halve dag per maand meehelpen.",
    ),
    Wrote(
        *(-55, 20, "molendonk", "lead", "droom", "droom"),
        "Een plek onder de linde waar je brood haalt, een koffie drinkt en je bus afwacht. "
        "Wie alleen woont, kent er na een maand vijf mensen bij naam.",
    ),
    Wrote(-14, 20, "molendonk", "lead", "functies", "gewone-dag", ORDINARY_DAY),
    Wrote(-4, 20, "molendonk", "lead", "functies", "gewone-dag", ORDINARY_DAY_LONGER),
    Wrote(-94, 19, "hoekskapelle", "other_lead", "steekkaart", "naam", "Dorpshuis De Hoek"),
    Wrote(-94, 19, "hoekskapelle", "other_lead", "steekkaart", "stand", "opbouw"),
    Wrote(
        *(-80, 20, "hoekskapelle", "other_lead", "ons-dorp", "schets"),
        "Hoekskapelle ligt aan het kanaal: 1.150 inwoners, één school, twee fietsroutes en geen "
        "winkel meer. Het parochiezaaltje staat de hele week leeg, behalve op dinsdag.",
    ),
    Wrote(
        *(-58, 20, "hoekskapelle", "other_lead", "droom", "droom"),
        "Een dorpshuis met de gemeente als buur: het loket op woensdag, koffie op alle dagen.",
    ),
    Wrote(
        *(-58, 20, "hoekskapelle", "other_lead", "droom", "voor-wie"),
        "Voor wie nu voor elk papier naar Zonderwijk moet rijden.",
    ),
    Wrote(
        *(-20, 20, "hoekskapelle", "hoekskapelle_2", "plek-en-pand", "inrichting"),
        "Het zaaltje krijgt een toog op rolstoelhoogte en een warme hoek aan het raam. "
        "De stoelen blijven: die heeft iedereen hier ooit zelf gedragen.",
    ),
    Wrote(-95, 20, "wulverkerke", "wulverkerke", "steekkaart", "naam", "De Winkelhaak"),
    Wrote(-95, 20, "wulverkerke", "wulverkerke", "steekkaart", "stand", "open"),
    Wrote(
        *(-85, 20, "wulverkerke", "wulverkerke", "ons-dorp", "schets"),
        "Een lintdorp van 620 inwoners langs de oude steenweg. De zorgboerderij aan de rand "
        "geeft werk aan veertien mensen met een beperking. Zij staan graag midden in het dorp.",
    ),
    Wrote(
        *(-57, 20, "wulverkerke", "wulverkerke", "droom", "droom"),
        "Een buurtwinkel waar iedereen mag meewerken, ook wie traag rekent en hard lacht.",
    ),
    Wrote(
        *(-57, 20, "wulverkerke", "wulverkerke", "droom", "voor-wie"),
        "Voor het dorp dat boodschappen mist, en voor de mensen die werk missen.",
    ),
    Wrote(
        *(-18, 20, "wulverkerke", "wulverkerke_2", "functies", "gewone-dag"),
        "Om negen uur vult Nico de rekken met groenten van het veld achter de hoek. Tegen tien "
        "uur komt het brood. Wie niet uit de deur kan, krijgt een doos aan huis met de bakfiets.",
    ),
    Wrote(
        *(-12, 20, "wulverkerke", "wulverkerke", "elke-dag", "ziekte"),
        "Dan springt de begeleider van de boerderij in. Lukt dat niet, dan gaan we een uur later "
        "open en hangen we het aan de deur.",
    ),
    Wrote(-12, 20, "wulverkerke", "wulverkerke", "elke-dag", "uren-nodig", "46"),
    Wrote(-12, 20, "wulverkerke", "wulverkerke", "elke-dag", "uren-beschikbaar", "52"),
    Wrote(-88, 20, "kruishoeve", "kruishoeve", "steekkaart", "naam", "Halte Kruishoeve"),
    Wrote(-88, 20, "kruishoeve", "kruishoeve", "steekkaart", "stand", "droom"),
    Wrote(
        *(-75, 20, "kruishoeve", "kruishoeve_2", "ons-dorp", "schets"),
        "Drie gehuchten, één kapel en een bushokje waar niemand meer zit. De bus rijdt er nog, "
        "maar wie erop wacht, staat in de regen.",
    ),
    Wrote(-93, 20, "ten_berke", "ten_berke", "steekkaart", "naam", "Café Den Berk"),
    Wrote(-93, 20, "ten_berke", "ten_berke", "steekkaart", "stand", "opbouw"),
    Wrote(
        *(-82, 20, "ten_berke", "ten_berke", "ons-dorp", "schets"),
        "Ten Berke heeft 530 inwoners, vier verenigingen en één café. Als Roger in juni stopt, "
        "is er geen deur meer die opengaat.",
    ),
    Wrote(
        *(-56, 20, "ten_berke", "ten_berke", "droom", "droom"),
        "We kopen het laatste café samen: met honderd inwoners die elk een deel van de muren "
        "bezitten, en een toog waar ook een pakje en een brood over gaan.",
    ),
    Wrote(
        *(-56, 20, "ten_berke", "ten_berke", "droom", "voor-wie"),
        "Voor wie hier geboren is, en voor wie hier pas komt wonen.",
    ),
    Wrote(-9, 20, "ten_berke", "ten_berke_2", "rechtsvorm", "rechtsvorm", "cv"),
    Wrote(-9, 20, "ten_berke", "ten_berke_2", "rechtsvorm", "stand-rechtsvorm", "te-kiezen"),
    Wrote(
        *(-9, 20, "ten_berke", "ten_berke_2", "rechtsvorm", "waarom-rechtsvorm"),
        "Met een cv beslist iedereen mee die een aandeel koopt, en kunnen we geld ophalen in het "
        "dorp. Of vrijwilligers dan nog achter de toog mogen, moeten we aan een coach vragen.",
    ),
    Wrote(-30, 20, "zwaneneest", "zwaneneest", "steekkaart", "naam", "Het Nest (werktitel)"),
    Wrote(-30, 20, "zwaneneest", "zwaneneest", "steekkaart", "stand", "droom"),
)

FACTS = ("feit", "cijfer", "bron", "jaar")
NEEDS = ("nood", "aantal", "voor", "prioriteit")
PEOPLE = ("naam", "soort", "rol", "houding", "invloed", "afspraak")
FUNCTIONS = ("functie", "stand", "waarom", "uitbater")
ASKED = ("wanneer", "methode", "bereikt", "antwoorden", "door")

TABLES = (
    Filled(
        *(-91, 20, "molendonk", "lead", "ons-dorp", "feiten", FACTS),
        (
            ("Aantal inwoners", "840", "gemeente", "2025"),
            ("Aandeel 65-plussers (%)", "24", "gemeente", "2025"),
            ("Afstand tot een bakker (km)", "6", "zelf gemeten", "2026"),
            ("Afstand tot een bushalte (km)", "0,2", "zelf gemeten", "2026"),
            ("Bussen per dag", "4", "dienstregeling", "2026"),
            ("Leegstaande panden in de kern", "3", "schatting", "2026"),
        ),
    ),
    Filled(
        *(-62, 20, "molendonk", "lead", "noden", "bevragingen", ASKED),
        (("mei", "Formulier in de bus", "310", "112", "Marie en de chiro"),),
    ),
    Filled(
        *(-61, 20, "molendonk", "editor", "noden", "noden", NEEDS),
        (
            ("Vers brood in het dorp", "87", "iedereen", "1"),
            ("Een plek om te zitten", "54", "wie alleen woont", "1"),
            ("Pakjes afhalen zonder auto", "31", "jonge gezinnen", "2"),
        ),
    ),
    Filled(
        *(-50, 20, "molendonk", "lead", "mensen-en-partners", "betrokkenen", PEOPLE),
        (
            ("Gemeente Zonderwijk", "lokaal-bestuur", "toelating", "voor", "3", ""),
            ("Kerkfabriek", "kerkfabriek", "toelating", "afwachtend", "3", ""),
            ("Chiro", "vereniging", "partner", "voor", "2", ""),
            ("Drie boeren uit de buurt", "landbouwer", "leverancier", "voor", "2", ""),
            (
                *("Café van Lieve", "handelaar", "partner", "kritisch", "2"),
                "Koffie blijft bij Lieve, wij schenken niet",
            ),
        ),
    ),
    Filled(
        *(-13, 20, "molendonk", "editor", "functies", "functies", FUNCTIONS),
        (
            ("bread", "start", "Geen bakker meer", "Vrijwilligers"),
            ("bikerepair", "later", "", "Jef"),
        ),
    ),
    Filled(
        *(-59, 20, "hoekskapelle", "other_lead", "noden", "noden", NEEDS),
        (
            ("Een loket dichtbij", "40", "ouderen", "1"),
            ("Iets te doen op woensdag", "22", "jonge gezinnen", "2"),
            ("Hulp met de computer", "19", "ouderen", "2"),
        ),
    ),
    Filled(
        *(-17, 20, "hoekskapelle", "other_lead", "functies", "functies", FUNCTIONS),
        (
            ("counter", "start", "Een loket dichtbij", "Gemeente"),
            ("digicafe", "start", "Hulp met de computer", "Vrijwilligers"),
            ("coffee", "start", "Iets te doen op woensdag", "Vrijwilligers"),
        ),
    ),
    Filled(
        *(-18, 20, "wulverkerke", "wulverkerke", "functies", "functies", FUNCTIONS),
        (
            ("shop", "start", "Boodschappen in het dorp", "De zorgboerderij"),
            ("localprod", "start", "Groenten van hier", "De zorgboerderij"),
            ("cargobike", "later", "Wie niet buiten kan", "Vrijwilligers"),
        ),
    ),
    Filled(
        *(-12, 20, "wulverkerke", "wulverkerke", "elke-dag", "openingsuren"),
        ("dag", "van", "tot", "wie"),
        (
            ("Dinsdag", "09:00", "12:00", "Nico en een begeleider"),
            ("Vrijdag", "09:00", "17:00", "Nico, An en een begeleider"),
        ),
    ),
    Filled(
        *(-16, 20, "wulverkerke", "wulverkerke_2", "korte-keten", "leveranciers"),
        ("producent", "dorp", "afstand", "product", "levering"),
        (
            ("Veld achter de hoek", "Wulverkerke", "0.3", "groenten", "halen"),
            ("Bakkerij Verlinden", "Waterdonk", "7", "brood", "brengt"),
            ("Imkerij De Raat", "Lindeveld", "9", "honing", "brengt"),
        ),
    ),
)

# village: sections that it called ready, with the day
READY = {
    "molendonk": {"steekkaart": -88, "ons-dorp": -86, "noden": -40, "mensen-en-partners": -38},
    "hoekskapelle": {"steekkaart": -85, "ons-dorp": -70, "droom": -45},
    "wulverkerke": {
        **{"steekkaart": -90, "ons-dorp": -78, "noden": -50, "droom": -46},
        **{"mensen-en-partners": -44, "functies": -11},
    },
    "ten_berke": {"steekkaart": -84, "ons-dorp": -72, "droom": -44},
}

# village, section, visibility
SHARED = (
    ("molendonk", "geld", "team"),
    ("wulverkerke", "droom", "network"),
    ("wulverkerke", "functies", "network"),
    ("ten_berke", "droom", "everyone"),
)


class Did(NamedTuple):
    """An action: noted on a day, due on a day, and ticked off or not."""

    days: int
    village: str
    who: str
    title: str
    owner: str
    due: int | None
    cost: str = ""
    done: int | None = None


ACTIONS = (
    Did(-48, "molendonk", "lead", "Bezoek de pastorie met de schepen", "lead", -30, done=-31),
    Did(-34, "molendonk", "lead", "Vraag de sleutel van de pastorie aan de gemeente", "lead", -5),
    Did(-34, "molendonk", "editor", "Bel de drie boeren over prijs en levering", "editor", 6),
    Did(-33, "molendonk", "lead", "Praat met Lieve van het café", "", 12),
    Did(-15, "molendonk", "editor", "Hang een ideeënmuur in het café", "editor", 20, "25"),
    Did(-32, "hoekskapelle", "other_lead", "Meet het zaaltje op", "hoekskapelle_2", -12, done=-14),
    Did(-32, "hoekskapelle", "other_lead", "Vraag een offerte voor de toog", "other_lead", 15),
    Did(-31, "wulverkerke", "wulverkerke", "Registreer de winkel bij het FAVV", "wulverkerke", 30),
    Did(
        -31, "wulverkerke", "wulverkerke_2", "Zoek een tweede bakfiets", "wulverkerke_2", 40, "900"
    ),
    Did(-30, "ten_berke", "ten_berke", "Laat het café schatten", "ten_berke", -2, "350"),
)
