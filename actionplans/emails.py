"""Mails about the talk: the coach's comments to the village, the village's answers to the coach.

Both are notices: folded with others into at most one mail a day and two a week.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from actionplans import access
from actionplans.models import ActionPlan, Comment, CommentThread, Section
from network import clock, formats, mail, plain_names
from network.emails import link, render
from network.mail import Message, Wish
from network.models import Notice

COMMENTS, ANSWERS = "plan_comments", "plan_answers"
# The coach reads in the morning what the village answered the day before.
MORNING_HOUR = 8


def tell_village(plan: ActionPlan, comments: Iterable[Comment]) -> None:
    """One notice for the lead and for each member who wrote in these sections."""
    comments = list(comments)
    sections = {comment.thread.plan_section_id for comment in comments}
    first = min(comment.pk for comment in comments)
    wishes = []
    for person, concerned in access.readers_to_tell(plan, sections):
        ids = [comment.pk for comment in comments if comment.thread.plan_section_id in concerned]
        refs = {"plan": plan.pk, "comments": ids}
        wishes.append(Wish(COMMENTS, f"{COMMENTS}:{first}:{person.pk}", person, refs=refs))
    mail.notify_many(wishes)


def comments_still_wanted(notice: Notice) -> str:
    waiting = access.comments_for_mail(notice.person, notice.refs["comments"])
    return "" if waiting else "alles is al beantwoord of verwerkt"


def comments(notice: Notice) -> Message:
    plan = access.plan_with_village(notice.refs["plan"])
    found = access.comments_for_mail(notice.person, notice.refs["comments"])
    names = formats.join_names(
        dict.fromkeys(plain_names.neutral(comment.by.name) for comment in found)
    )
    context = {
        "person": notice.person,
        "plan": plan,
        "names": names,
        "count": len(found),
        "groups": [
            (section, section_link(plan, section), list(of_section))
            for section, of_section in groupby(found, lambda c: c.thread.plan_section.section)
        ],
    }
    return render(COMMENTS, context)


def section_link(plan: ActionPlan, section: Section) -> str:
    village = plan.village
    return link("actionplans:section", village.edition.slug, village.slug, section.slug)


def tell_coach(thread: CommentThread) -> None:
    """One notice per plan and day, tomorrow morning, whatever the village still does today."""
    plan, today = thread.plan_section.plan, clock.today()
    mail.notify(
        kind=ANSWERS,
        key=f"{ANSWERS}:{plan.pk}:{thread.by_id}:{today.isoformat()}",
        person=thread.by,
        refs={"plan": plan.pk},
        not_before=clock.at(today + timedelta(days=1), MORNING_HOUR),
    )


def answers_still_wanted(notice: Notice) -> str:
    plan = access.plan_with_village(notice.refs["plan"])
    return "" if access.news_for_coach(notice.person, plan) else "las het al of begeleidt niet meer"


def answers(notice: Notice) -> Message:
    plan = access.plan_with_village(notice.refs["plan"])
    context = {
        "person": notice.person,
        "plan": plan,
        "threads": access.news_for_coach(notice.person, plan),
        "link": link("actionplans:coach-plan", plan.village.edition.slug, plan.village.slug),
    }
    return render(ANSWERS, context)


def register_kinds() -> None:
    mail.register(mail.Kind(COMMENTS, mail.PLAN, comments_still_wanted, comments))
    mail.register(mail.Kind(ANSWERS, mail.PLAN, answers_still_wanted, answers))
