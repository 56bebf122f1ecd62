"""A plan begins, is shared section by section, pauses or stops."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from actionplans.access import FILLED_IN
from actionplans.actions.answers import save_answer
from actionplans.actions.templates import install_template
from actionplans.models import ActionPlan, Answer, PlanSection, Snapshot
from network import audit, clock, pagecache
from network.models import Edition, Person, Village

Course, Visibility = ActionPlan.Course, PlanSection.Visibility


def start_plan(*, village: Village, by: Person) -> ActionPlan:
    """The plan of a village, begun when there is none yet, with what the network knows of it."""
    with transaction.atomic():
        template = install_template()
        plan, is_new = ActionPlan.objects.get_or_create(
            village=village,
            defaults={"template": template, "started_at": clock.now(), "started_by": by},
        )
        if is_new:
            PlanSection.objects.bulk_create(
                PlanSection(plan=plan, section=section) for section in template.sections.all()
            )
            _fill_in(plan, by)
            audit.record(by=by, verb="plan.started", obj=plan)
    return plan


def _fill_in(plan: ActionPlan, by: Person) -> None:
    """The village and its municipality need not be typed again."""
    section = plan.sections.select_related("section").get(section__key="identity")
    known = dict(zip(FILLED_IN, (plan.village.name, plan.village.municipality), strict=True))
    for question in section.section.questions.filter(key__in=known):
        save_answer(
            plan_section=section, question=question, by=by, base=0, text=known[question.key]
        )


def set_visibility(*, plan_section: PlanSection, visibility: str, by: Person) -> None:
    """Who reads this section from now on: pages, search, mails and exports ask it each time."""
    if visibility not in Visibility.values:
        raise ValueError(visibility)
    with transaction.atomic():
        if visibility != Visibility.TEAM:
            kept = PlanSection.objects.filter(pk=plan_section.pk, visibility=Visibility.TEAM)
            kept.update(opened_at=clock.now())
        plan_section.visibility = visibility
        plan_section.save(update_fields=["visibility"])
        audit.record(by=by, verb="section.shared", obj=plan_section, visibility=visibility)
        pagecache.bump()  # the page of the village shows what everyone may read


def set_ready(*, plan_section: PlanSection, is_ready: bool, by: Person) -> None:
    """ "Klaar om te lezen", or not yet; a section that is ready is no longer put off."""
    with transaction.atomic():
        plan_section.ready_at = clock.now() if is_ready else None
        plan_section.ready_by = by if is_ready else None
        plan_section.is_deferred = plan_section.is_deferred and not is_ready
        plan_section.save(update_fields=["ready_at", "ready_by", "is_deferred"])
        verb = "section.ready" if is_ready else "section.reopened"
        audit.record(by=by, verb=verb, obj=plan_section)


def defer_section(*, plan_section: PlanSection, is_deferred: bool, by: Person) -> None:
    """ "Nog niet aan de orde": no session asks for it until the village takes it up again."""
    with transaction.atomic():
        plan_section.is_deferred = is_deferred
        plan_section.save(update_fields=["is_deferred"])
        verb = "section.deferred" if is_deferred else "section.taken-up"
        audit.record(by=by, verb=verb, obj=plan_section)


def pause_plan(*, plan: ActionPlan, reason: str, by: Person) -> None:
    _set_course(plan, Course.PAUSED, reason, by)


def stop_plan(*, plan: ActionPlan, reason: str, by: Person) -> None:
    _set_course(plan, Course.STOPPED, reason, by)


def resume_plan(*, plan: ActionPlan, by: Person) -> None:
    _set_course(plan, Course.RUNNING, "", by)


def _set_course(plan: ActionPlan, course: str, reason: str, by: Person) -> None:
    is_running = course == Course.RUNNING
    with transaction.atomic():
        plan.course, plan.course_reason = course, reason
        plan.course_at = None if is_running else clock.now()
        plan.course_by = None if is_running else by
        plan.save(update_fields=["course", "course_reason", "course_at", "course_by"])
        audit.record(by=by, verb=f"plan.{course}", obj=plan)


def take_snapshots(*, edition: Edition, name: str, by: Person | None) -> None:
    """Remember for every plan of an edition which version of each answer stands now; a constant
    number of queries."""
    answers = Answer.objects.filter(plan_section__plan__village__edition=edition, revision__gt=0)
    revisions: dict[int, dict[str, int]] = defaultdict(dict)
    for plan, pk, number in answers.values_list("plan_section__plan", "pk", "revision"):
        revisions[plan][str(pk)] = number
    with transaction.atomic():
        Snapshot.objects.bulk_create(
            Snapshot(plan_id=plan, name=name, revisions=numbers, at=clock.now(), by=by)
            for plan, numbers in revisions.items()
        )
        audit.record(by=by, verb="edition.snapshots", obj=edition, name=name)
