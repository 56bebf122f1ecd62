"""The words of coaches and villages in the demo's talk; days count from the first start.

Remarks of one coach about one village on one evening stand together and leave together.
"""

from __future__ import annotations

from typing import NamedTuple

HANDLED, DECLINED = "handled", "declined"


class Reply(NamedTuple):
    """The village answers, says what became of it, or both."""

    days: int
    who: str
    body: str = ""
    outcome: str = ""
    reason: str = ""


class Remark(NamedTuple):
    """A coach about `words` in an answer, or about the whole answer where there are none."""

    days: int
    coach: str
    village: str
    section: str
    key: str
    words: str
    kind: str
    body: str
    replies: tuple[Reply, ...] = ()
    is_draft: bool = False


class Rewrite(NamedTuple):
    days: int
    village: str
    who: str
    section: str
    key: str
    old: str
    new: str


class Visit(NamedTuple):
    """A coach reads and says nothing."""

    days: int
    coach: str
    village: str


VISITS = (
    Visit(-60, "coach", "molendonk"),
    Visit(-40, "coach", "ten_berke"),
    Visit(-20, "coach", "wulverkerke"),
    Visit(-47, "coach_social", "hoekskapelle"),
)

REMARKS = (
    Remark(
        *(-83, "coach", "molendonk", "ons-dorp", "schets"),
        "De bus stopt nog vier keer per dag",
        "tip",
        "Zet er de uren bij. Dan zie je meteen of iemand met de eerste bus bij een bakker raakt.",
        (Reply(-81, "editor", "Gedaan, ze staan nu bij de cijfers.", HANDLED),),
    ),
    Remark(
        *(-83, "coach", "molendonk", "ons-dorp", "schets"),
        "De bakker stopte zes jaar geleden.",
        "vraag",
        "Weten jullie waarom? Het maakt een verschil of er geen klanten waren of geen opvolger.",
        (Reply(-81, "lead", "Geen opvolger. Klanten genoeg, zegt Lieve.", HANDLED),),
    ),
    Remark(
        *(-70, "coach_social", "kruishoeve", "ons-dorp", "schets"),
        "staat in de regen",
        "aandacht",
        "Meld het bushokje alvast bij de gemeente. Zo’n herstelling is vaak sneller rond dan een "
        "plan, en het dorp ziet dat er iets beweegt.",
    ),
    Remark(
        *(-52, "coach_social", "molendonk", "noden", "geleerd"),
        "bijna de helft wil zelf een halve dag per maand meehelpen",
        "compliment",
        "Dat zie ik zelden. Hou die lijst met namen goed bij!",
        (Reply(-51, "lead", "Ze hangt al aan de koelkast."),),
    ),
    Remark(
        *(-52, "coach_social", "molendonk", "droom", "droom"),
        "kent er na een maand vijf mensen bij naam",
        "tip",
        "Mooie zin, en je kan hem nog meten ook. Neem hem mee naar ‘Hoe weten we dat het werkt?’.",
        (Reply(-48, "lead", outcome=HANDLED),),
    ),
    Remark(
        *(-40, "former_coach", "hoekskapelle", "ons-dorp", "schets"),
        "twee fietsroutes",
        "tip",
        "Een pomp en een kraantje aan de gevel kosten weinig. Fietsers stoppen waar er water is.",
        (Reply(-38, "other_lead", "De gemeente had er nog een liggen.", HANDLED),),
    ),
    Remark(
        *(-40, "former_coach", "hoekskapelle", "ons-dorp", "schets"),
        "Het parochiezaaltje staat de hele week leeg, behalve op dinsdag.",
        "vraag",
        "Wie zit er op dinsdag? Die mensen willen jullie mee aan de kar.",
    ),
    Remark(
        *(-18, "coach_social", "hoekskapelle", "droom", "voor-wie"),
        "voor elk papier naar Zonderwijk moet rijden",
        "vraag",
        "En wie geen papier nodig heeft? Wat doet die hier op een regenachtige woensdag?",
    ),
    Remark(
        *(-18, "coach_social", "hoekskapelle", "plek-en-pand", "inrichting"),
        "een toog op rolstoelhoogte",
        "compliment",
        "Daar denken weinig dorpen vanzelf aan. Chapeau!",
    ),
    Remark(
        *(-18, "coach_social", "hoekskapelle", "plek-en-pand", "inrichting"),
        "De stoelen blijven",
        "aandacht",
        "Kan iemand met een stramme rug er ook in recht? Twee stoelen met leuningen volstaan al.",
        (
            Reply(
                *(-15, "other_lead", "", DECLINED),
                "Leuningen passen niet onder onze tafels. We zoeken wel een zetel voor aan het "
                "raam.",
            ),
        ),
    ),
    Remark(
        *(-10, "coach", "molendonk", "functies", "gewone-dag"),
        "drie boeren",
        "vraag",
        "Drie boeren is een mooi begin. Weten jullie al wie er levert als een van hen met "
        "vakantie is?",
        (
            Reply(
                *(-8, "lead"),
                "Goede vraag! Jef kent nog een teler in Ten Berke. We bellen hem zondag.",
            ),
        ),
    ),
    Remark(
        *(-10, "coach", "molendonk", "functies", "gewone-dag"),
        "elke voormiddag van 8 tot 12 uur",
        "aandacht",
        "Zes voormiddagen met vrijwilligers is veel. Begin gerust met drie, en groei daarna.",
        (Reply(-3, "lead", "Drie is inderdaad wijzer.", HANDLED),),
    ),
    Remark(
        *(-10, "coach", "wulverkerke", "korte-keten", "leveranciers"),
        "",
        "tip",
        "Vraag elke leverancier naar zijn vaste dag. Dan is het rek ook op vrijdag gevuld.",
    ),
    Remark(
        *(-10, "coach", "wulverkerke", "functies", "gewone-dag"),
        "een doos aan huis met de bakfiets",
        "compliment",
        "Hier word ik blij van. Vertel dit zeker op werksessie 2.",
    ),
    Remark(
        *(-10, "coach", "wulverkerke", "elke-dag", "ziekte"),
        "Dan springt de begeleider van de boerderij in.",
        "aandacht",
        "Spreek dit ook af met de boerderij zelf, en zet het in jullie overeenkomst.",
        (Reply(-9, "wulverkerke", "Staat op de agenda van hun team.", HANDLED),),
    ),
    Remark(
        *(-9, "coach_social", "molendonk", "functies", "gewone-dag"),
        "een tafel waar je je fiets kan laten herstellen",
        "vraag",
        "Wie herstelt er? En wie doet het als die een week weg is?",
    ),
    Remark(
        *(-2, "coach", "ten_berke", "droom", "droom"),
        "honderd inwoners die elk een deel van de muren bezitten",
        "vraag",
        "Hoeveel kost zo’n deel? Reken eens uit wat honderd keer 250 euro geeft, en wat 500.",
        is_draft=True,
    ),
    Remark(
        *(-2, "coach", "ten_berke", "rechtsvorm", "waarom-rechtsvorm"),
        "Of vrijwilligers dan nog achter de toog mogen",
        "aandacht",
        "Vrijwilligers mogen alleen aan de slag bij een organisatie zonder winstoogmerk. "
        "Misschien hebben jullie naast de cv nog een vzw nodig. Dit leg ik voor aan een jurist.",
        is_draft=True,
    ),
)

REWRITES = (
    Rewrite(
        *(-35, "hoekskapelle", "other_lead", "ons-dorp", "schets"),
        " Het parochiezaaltje staat de hele week leeg, behalve op dinsdag.",
        "",
    ),
    Rewrite(
        *(-3, "molendonk", "lead", "functies", "gewone-dag"),
        "elke voormiddag van 8 tot 12 uur",
        "op dinsdag, donderdag en zaterdag van 8 tot 12 uur",
    ),
)
