"""Who may open a plan, a section, a question. The switch of the section alone decides reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from actionplans.models import Action, ActionPlan, PlanSection, Question, Section
from network import access as ground
from network.models import Village

Visibility = PlanSection.Visibility


def readable_sections(user: Any) -> QuerySet[PlanSection]:
    """Sections whose text this person may read; the user may be anonymous."""
    members = Q(plan__village__in=ground.member_villages(user).values("pk"))
    neighbours = [Visibility.NETWORK, Visibility.EVERYONE]
    return PlanSection.objects.filter(
        members
        | _guided(user)
        | _in_network(user) & Q(visibility__in=neighbours)
        | Q(visibility=Visibility.EVERYONE)
    )


def internal_sections(user: Any) -> QuerySet[PlanSection]:
    """Sections whose internal answers this person reads too: who writes them and, where they are
    open to them, the coaches and the coordinator. However far a section is shared: nobody else,
    and no member who only reads along."""
    writers = Q(plan__village__in=ground.writable_villages(user).values("pk"))
    return PlanSection.objects.filter(writers | _guided(user))


def _guided(user: Any) -> Q:
    """Sections that are open to this person as coach or coordinator of their village."""
    guides = Q(plan__village__in=ground.coached_villages(user).values("pk")) | Q(
        plan__village__in=ground.coordinated_villages(user).values("pk")
    )
    return guides & Q(visibility__in=[Visibility.COACHES, Visibility.NETWORK, Visibility.EVERYONE])


def holds_internal(question: str = "") -> Q:
    """Questions that are internal or have internal columns; `question` is the way to them."""
    before = f"{question}__" if question else ""
    return Q(**{f"{before}is_internal": True}) | Q(**{f"{before}has_internal_columns": True})


def reads_internal(user: Any, section: PlanSection) -> bool:
    return internal_sections(user).filter(pk=section.pk).exists()


def _in_network(user: Any) -> Q:
    """True for who takes part in any village or edition today."""
    return (
        Q(Exists(ground.member_villages(user)))
        | Q(Exists(ground.coached_villages(user)))
        | Q(Exists(ground.coordinated_editions(user)))
    )


def visible_plans(user: Any) -> QuerySet[ActionPlan]:
    """Plans of the villages whose dossier this person opens, and plans that share a section."""
    shared = readable_sections(user).filter(plan=OuterRef("pk"))
    dossier = Q(village__in=ground.visible_villages(user).values("pk"))
    plans = ActionPlan.objects.filter(dossier | Q(Exists(shared)))
    return plans.select_related("village__edition", "template")


def writable_plans(user: Any) -> QuerySet[ActionPlan]:
    return ActionPlan.objects.filter(village__in=ground.writable_villages(user).values("pk"))


def can_write(user: Any, plan: ActionPlan) -> bool:
    return writable_plans(user).filter(pk=plan.pk).exists()


def is_member(user: Any, plan: ActionPlan) -> bool:
    return ground.member_villages(user).filter(pk=plan.village_id).exists()


def has_dossier(user: Any, plan: ActionPlan) -> bool:
    """Members, coaches and the coordinator: they see progress even of what they may not read."""
    return ground.visible_villages(user).filter(pk=plan.village_id).exists()


def plans_of(villages: Iterable[Village]) -> QuerySet[ActionPlan]:
    """The plans of villages that the caller already fetched through access."""
    return ActionPlan.objects.filter(village__in=villages).select_related("village__edition")


def plan_of(village: Village) -> ActionPlan | None:
    return plans_of([village]).first()


def plan_or_404(user: Any, edition: str, village: str) -> ActionPlan:
    plans = visible_plans(user)
    return get_object_or_404(plans, village__edition__slug=edition, village__slug=village)


def plan_to_write_or_404(user: Any, edition: str, village: str) -> ActionPlan:
    """A plan this person writes; 403 for a reader, coach or coordinator."""
    plan = plan_or_404(user, edition, village)
    if not can_write(user, plan):
        raise PermissionDenied
    return plan


def find_plan(user: Any, edition: str, village: str) -> ActionPlan | None:
    """The plan at this address that this person may see, or None when there is none (yet)."""
    plans = visible_plans(user)
    return plans.filter(village__edition__slug=edition, village__slug=village).first()


def can_start(user: Any, village: Village) -> bool:
    return ground.writable_villages(user).filter(pk=village.pk).exists()


def village_to_plan_or_404(user: Any, edition: str, village: str) -> Village:
    """A village whose plan this person may begin; 403 for others who see the village."""
    found = ground.village_or_404(user, edition, village)
    if not can_start(user, found):
        raise PermissionDenied
    return found


def plan_section_or_404(user: Any, plan: ActionPlan, slug: str) -> PlanSection:
    """A section to read. Kept to the team: 403 for coach and coordinator, 404 for others."""
    sections = PlanSection.objects.select_related("section", "plan__village__edition")
    section = get_object_or_404(sections, plan=plan, section__slug=slug)
    if not readable_sections(user).filter(pk=section.pk).exists():
        if has_dossier(user, plan):
            raise PermissionDenied
        raise Http404
    return section


def section_to_write_or_404(user: Any, edition: str, village: str, slug: str) -> PlanSection:
    plan = plan_or_404(user, edition, village)
    section = plan_section_or_404(user, plan, slug)
    if not can_write(user, plan):
        raise PermissionDenied
    return section


def question_or_404(section: PlanSection, key: str) -> Question:
    return get_object_or_404(section.section.questions, key=key)


def question_to_write_or_404(
    user: Any, edition: str, village: str, slug: str, key: str
) -> tuple[PlanSection, Question]:
    """A question with an answer of its own; the action table has its rows elsewhere."""
    section = section_to_write_or_404(user, edition, village, slug)
    question = question_or_404(section, key)
    if question.kind == Question.Kind.ACTIONS:
        raise Http404
    return section, question


def question_for_team_or_404(
    user: Any, edition: str, village: str, slug: str, key: str
) -> tuple[PlanSection, Question]:
    """For what only the village sees; 403 for its coaches and coordinator. Who only reads along
    gets the question without what is internal."""
    plan = plan_or_404(user, edition, village)
    section = plan_section_or_404(user, plan, slug)
    if not is_member(user, plan):
        raise PermissionDenied
    question = question_or_404(section, key)
    if question.holds_internal and not reads_internal(user, section):
        if question.is_internal:
            raise Http404
        question = question.without_internal()
    return section, question


def sections_of(plan: ActionPlan) -> QuerySet[Section]:
    return Section.objects.filter(template=plan.template_id)


def reads_actions(user: Any, plan: ActionPlan) -> bool:
    """The action table is read with its section."""
    return readable_sections(user).filter(plan=plan, section__key="actions").exists()


def actions_of(plan: ActionPlan) -> QuerySet[Action]:
    return plan.actions.select_related("owner", "section")


def action_or_404(plan: ActionPlan, number: int) -> Action:
    return get_object_or_404(actions_of(plan), number=number)
