"""Every statement of the network's own page has its place: on home or one click away.

The statements are told in our own words; what is tested is that a reader finds the matter.
"""

import pytest

from tests.buurtpunt.pages import Page

HOME = "/"
ABOUT = "/buurtpunt/"
NETWORK = "/lerend-netwerk/"
JOIN = "/doe-mee/"
BEVEREN = "/voorbeelden/beveren/"
NEWS = "/nieuws/"
CONTACT = "/contact/"

STATEMENTS = {
    "the shops under the church tower are going": (
        HOME,
        ["bakker", "slager", "café", "kerktoren", "auto"],
    ),
    "a buurtpunt brings things together, close by": (
        HOME,
        ["voorzieningen", "diensten", "ontmoeting", "vlak bij de mensen"],
    ),
    "three partners help local people": (
        HOME,
        [
            "Netwerk Duurzame Mobiliteit",
            "Cera",
            "Innovatiesteunpunt voor Landbouw en Platteland",
            "op maat van hun dorp",
            "samen met iedereen",
        ],
    ),
    "solutions that are new and pay for themselves": (HOME, ["vernieuwt én rendabel"]),
    "the church tower is in the picture": (HOME, ["dorpsplein onder de kerktoren"]),
    "waarom, wat, hoe": (HOME, ["Waarom?", "Wat?", "Hoe?"]),
    "waarom: shops, cafés, services and buses disappear": (
        HOME,
        ["Winkels en cafés sluiten", "de bus komt minder vaak", "diensten trekken weg"],
    ),
    "waarom: services are centralised, meeting places go": (
        ABOUT,
        ["gecentraliseerd", "openbaar vervoer", "ontmoetingsplaats", "auto"],
    ),
    "wat: a meeting place with services and transport": (
        ABOUT,
        ["ontmoeting, diensten en vervoer", "nodig heeft", "wenst", "wat er kan"],
    ),
    "wat: market, mobipunt, café, or your own idea": (
        HOME,
        ["lokale markt", "mobipunt", "buurtcafé", "jouw idee"],
    ),
    "wat: the example of Beveren": (
        BEVEREN,
        ["Dorpspunt Beveren", "februari 2017", "brood", "De Lovie", "deur tot deur"],
    ),
    "hoe: proximity": (ABOUT, ["Nabijheid"]),
    "hoe: functions together": (
        ABOUT,
        ["Mobiliteit, sociale, maatschappelijke en commerciële functies"],
    ),
    "hoe: fewer and shorter trips": (ABOUT, ["Minder en kortere ritten", "verre verplaatsing"]),
    "hoe: sustainable transport": (ABOUT, ["duurzaam vervoer", "fiets", "deelwagen"]),
    "hoe: socially sound and viable": (
        NETWORK,
        ["sociaal werkt", "lokaal levensvatbaar", "maken het bekend", "starten", "sterker"],
    ),
    "hoe: knowledge and experience, made to measure": (
        NETWORK,
        ["kennis en ervaring", "op maat van jullie dorp", "experts"],
    ),
    "hoe: the lenses": (
        NETWORK,
        ["Sociaal", "Korte keten", "Mobiliteit", "Participatie", "Ondernemen en coöperaties"],
    ),
    "hoe: moments of inspiration and a practice book": (
        NETWORK,
        ["inspiratiemomenten", "praktijkboek"],
    ),
    "goal: an own action plan that gets done": (
        NETWORK,
        ["actieplan", "echt gerealiseerd"],
    ),
    "goal: coaching by experts": (NETWORK, ["coaching door experts"]),
    "goal: free thanks to Cera": (
        NETWORK,
        ["gratis voor de deelnemers", "dankzij de steun van Cera"],
    ),
    "goal: said on home too": (HOME, ["gratis coaching dankzij Cera"]),
    "programme: four interactive work sessions": (
        NETWORK,
        [
            "Vier interactieve werksessies",
            "eigen buurtpunt",
            "Participatie en communicatie",
            "Invulling en opstart",
            "Juridisch en financieel kader",
            "Kansen",
        ],
    ),
    "handvat 1: steps and aspects": (NETWORK, ["stappen", "aspecten", "oprichting", "invulling"]),
    "handvat 2: know-how": (NETWORK, ["Knowhow", "juridische", "participatieve methodieken"]),
    "handvat 3: barriers and successes from practice": (
        NETWORK,
        ["drempels", "succesfactoren", "Praktijkgetuigenissen"],
    ),
    "zelf aan de slag": (HOME, ["Zelf aan de slag?", "wijk of gemeente"]),
    "zelf aan de slag: by phone or mail": (
        JOIN,
        ["wijk of gemeente", "09 331 59 10", "bernard@duurzame-mobiliteit.be"],
    ),
    "follow the network": (HOME, ["Volg het netwerk"]),
    "follow the network: the news": (NEWS, ["Volg het netwerk"]),
    "the Inspiratiedag": (HOME, ["Inspiratiedag", "21 maart 2019", "foto’s", "presentaties"]),
    "questions: the coordinator": (
        HOME,
        ["Bernard Govaert", "coördinator", "09 331 59 10", "bernard@duurzame-mobiliteit.be"],
    ),
    "questions: a page of their own": (CONTACT, ["Bernard Govaert", "09 331 59 10"]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS)
def test_statement_of_the_network_has_its_place(client, statement):
    path, expected = STATEMENTS[statement]
    text = Page(client, path).text.casefold()
    assert [words for words in expected if words.casefold() not in text] == []


@pytest.mark.django_db
def test_every_page_with_a_statement_is_home_or_one_click_away(client):
    wanted = {path for path, _ in STATEMENTS.values()} - {HOME}
    assert wanted - Page(client, HOME).paths() == set()


@pytest.mark.django_db
def test_the_phone_can_be_tapped_and_the_mail_opened(client):
    links = Page(client, HOME).links
    assert "tel:+3293315910" in links
    assert "mailto:bernard@duurzame-mobiliteit.be" in links
