from tests.access_table import NO_POST_SIGNED_IN, Row, only
from tests.actionplans import making

TEAM = ("lead", "editor", "reader")
DOSSIER = (*TEAM, "coach", "coordinator")


def build(world) -> None:
    world.things["plan"] = making.plan(village=world.village, by=world.person("lead"))


def plan_args(world) -> dict:
    return {"edition": world.edition.slug, "village": world.village.slug}


def section_args(world) -> dict:
    return {**plan_args(world), "section": "droom"}


ROWS = [
    Row("actionplans:section", get=only(*DOSSIER), post=NO_POST_SIGNED_IN, args=section_args),
]
