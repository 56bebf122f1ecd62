"""Plans with answers, made through the actions; keyword-only and typed."""

from actionplans import actions
from actionplans.models import Action, ActionPlan, Answer, PlanSection, Question
from network.models import Person, Village


def plan(*, village: Village, by: Person) -> ActionPlan:
    return actions.start_plan(village=village, by=by)


def section(plan: ActionPlan, slug: str) -> PlanSection:
    return plan.sections.select_related("section", "plan__village__edition").get(section__slug=slug)


def question(plan: ActionPlan, slug: str, key: str) -> Question:
    return section(plan, slug).section.questions.get(key=key)


def answer(
    *,
    plan: ActionPlan,
    by: Person,
    slug: str = "ons-dorp",
    key: str = "schets",
    text: str = "",
    rows: list | None = None,
    base: int | None = None,
    client: str = "",
) -> Answer:
    """Saves on top of what stands, unless `base` says otherwise."""
    where, what = section(plan, slug), question(plan, slug, key)
    standing = where.answers.filter(question=what).first()
    return actions.save_answer(
        plan_section=where,
        question=what,
        by=by,
        base=(standing.revision if standing else 0) if base is None else base,
        text=text,
        rows=rows,
        client=client,
    ).answer


def action(*, plan: ActionPlan, by: Person, title: str = "Bel de bakker", **fields) -> Action:
    return actions.add_action(plan=plan, by=by, fields=actions.ActionFields(title=title, **fields))
