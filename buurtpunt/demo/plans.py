"""The plans of the demo, written through the actions: six villages, each at another stage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from functools import partial

from actionplans import access, actions
from actionplans.actions import ActionFields
from actionplans.models import ActionPlan, PlanSection
from buurtpunt.demo import plan_texts as texts
from buurtpunt.demo.cast import EDITION_BEGAN, Cast
from buurtpunt.demo.plan_texts import Did, Filled, Wrote
from buurtpunt.demo.story import Story
from network import access as ground
from network import clock
from network.models import Person, Village

BEGAN = EDITION_BEGAN + 5
LEADS = {"molendonk": "lead", "hoekskapelle": "other_lead"}  # others go by their village
CONFLICT_DAY = -4


def build(story: Story, cast: Cast) -> None:
    """Add every plan to the story, and short ones for the villages of a larger network."""
    for number, key in enumerate(cast.villages):
        begin = partial(_begin, cast.villages[key], cast.people[LEADS.get(key, key)])
        # The last village only began after the first session.
        days = -30 if key == "zwaneneest" else BEGAN
        story.step(days, 19, number, begin)
    for minute, line in enumerate(texts.WRITTEN):
        story.step(line.days, line.hour, minute % 60, partial(_write, cast, line))
    for minute, table in enumerate(texts.TABLES):
        story.step(table.days, table.hour, minute % 60, partial(_fill, cast, table))
    for did in texts.ACTIONS:
        story.step(did.days, 21, 0, partial(_note, story, cast, did))
    _switches(story, cast)
    # Between Marie's two versions: Jef had the page open since the first.
    story.step(CONFLICT_DAY, 22, 0, partial(_write_too_late, cast))
    for village in cast.more_villages:
        story.step(BEGAN, 20, 0, partial(_write_shortly, village))


def _switches(story: Story, cast: Cast) -> None:
    for key, days_of in texts.READY.items():
        by = cast.people[LEADS.get(key, key)]
        for slug, days in days_of.items():
            story.step(days, 22, 0, partial(_call_ready, cast.villages[key], slug, by))
    for key, slug, visibility in texts.SHARED:
        by = cast.people[LEADS.get(key, key)]
        share = partial(_share, cast.villages[key], slug, visibility, by)
        story.step(-25, 22, 0, share)


def _begin(village: Village, by: Person) -> None:
    actions.start_plan(village=village, by=by)


def _plan(village: Village) -> ActionPlan:
    plan = access.plan_of(village)
    assert plan is not None, f"{village} has no plan yet"
    return plan


def _section(village: Village, slug: str) -> PlanSection:
    sections = _plan(village).sections.select_related("section", "plan__village__edition")
    return sections.get(section__slug=slug)


def _save(
    village: Village, by: Person, slug: str, key: str, text: str = "", rows: list | None = None
) -> None:
    section = _section(village, slug)
    question = access.question_or_404(section, key)
    answer = access.answer_of(section, question)
    base = answer.revision if answer else 0
    actions.save_answer(
        plan_section=section, question=question, by=by, base=base, text=text, rows=rows
    )


def _write(cast: Cast, line: Wrote) -> None:
    village, by = cast.villages[line.village], cast.people[line.who]
    _save(village, by, line.section, line.key, text=line.text)


def _fill(cast: Cast, table: Filled) -> None:
    village, by = cast.villages[table.village], cast.people[table.who]
    question = access.question_or_404(_section(village, table.section), table.key)
    starter = {row[question.column_keys[0]]: row["id"] for row in question.starter_rows}
    rows = [
        {"id": starter.get(row[0], f"r{number}"), **dict(zip(table.columns, row, strict=True))}
        for number, row in enumerate(table.rows, 1)
    ]
    _save(village, by, table.section, table.key, rows=rows)


def _write_too_late(cast: Cast) -> None:
    """Jef started from Marie's first version; his words wait among the earlier versions."""
    section = _section(cast.villages["molendonk"], "functies")
    with suppress(actions.Stale):
        actions.save_answer(
            plan_section=section,
            question=access.question_or_404(section, "gewone-dag"),
            by=cast.people["editor"],
            base=1,
            text=texts.ORDINARY_DAY_OF_JEF,
        )


def _call_ready(village: Village, slug: str, by: Person) -> None:
    actions.set_ready(plan_section=_section(village, slug), is_ready=True, by=by)


def _share(village: Village, slug: str, visibility: str, by: Person) -> None:
    actions.set_visibility(plan_section=_section(village, slug), visibility=visibility, by=by)


def _note(story: Story, cast: Cast, did: Did) -> None:
    by = cast.people[did.who]
    due = None if did.due is None else story.today + timedelta(days=did.due)
    action = actions.add_action(
        plan=_plan(cast.villages[did.village]),
        fields=ActionFields(
            title=did.title,
            owner=cast.people[did.owner] if did.owner else None,
            due_on=due,
            cost=Decimal(did.cost) if did.cost else None,
        ),
        by=by,
    )
    if did.done is not None:
        with clock.standing_at(story.moment(did.done, 20)):
            actions.complete_action(action=action, is_done=True, by=by)


def _write_shortly(village: Village) -> None:
    """Enough for a list of three hundred villages to look like one."""
    by = next(_writers(village))
    _begin(village, by)
    _save(village, by, "ons-dorp", "schets", text=f"{village.name} ligt tussen de velden.")
    _call_ready(village, "steekkaart", by)


def _writers(village: Village) -> Iterator[Person]:
    return (row.person for row in ground.memberships_of(village))
