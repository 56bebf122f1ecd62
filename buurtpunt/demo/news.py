"""The news of the demo: what the fictional villages went through, written by the coordinator."""

from __future__ import annotations

from functools import partial

from buurtpunt import actions
from buurtpunt.demo.cast import Cast
from buurtpunt.demo.story import Story

# days from today, title, in short, the rest
MESSAGES = (
    (
        -95,
        "Zes dorpen gaan samen op weg",
        "Molendonk, Hoekskapelle, Wulverkerke, Kruishoeve, Ten Berke en Zwaneneest zitten in de "
        "nieuwe editie. Elk met een eigen droom.",
        "In het ene dorp ging de bakker dicht, in het andere komt de bus nog drie keer per dag. "
        "Wat ze delen: een groepje mensen dat er iets aan wil doen.\n\n"
        "De komende maanden schrijven ze aan hun actieplan. Wat ze willen vertellen, lees je hier.",
    ),
    (
        -33,
        "Veertig deuren, één antwoord",
        "Molendonk trok langs de deuren voor de eerste werksessie. Wat mensen het meest missen? "
        "Een plek om te blijven plakken.",
        "Marie en Jef verwachtten een lijst met winkels. Die kwam er ook, met brood bovenaan. Maar "
        "bijna iedereen zei er hetzelfde bij: we zien elkaar niet meer.\n\nOp de werksessie werd "
        "daar hard om geknikt. De andere dorpen nemen de vragenlijst over.",
    ),
    (
        -6,
        "Ten Berke telt zijn stoelen",
        "Hoeveel mensen kopen mee het laatste café? In Ten Berke hangt sinds zondag een lijst aan "
        "de toog.",
        "De eerste avond stonden er achttien namen op. Genoeg om door te gaan, te weinig om te "
        "kopen.\n\nWie weet hoe je zo’n lijst eerlijk opstelt: op de volgende werksessie zit er "
        "iemand die het al deed.",
    ),
)


def build(story: Story, cast: Cast) -> None:
    for days, title, intro, body in MESSAGES:
        publish = partial(
            actions.publish_news, title=title, intro=intro, body=body, by=cast.coordinator
        )
        story.step(days, 19, 30, publish)
