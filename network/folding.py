"""Folds waiting notices into mails: one a person a day, two a calendar week, quiet at night.

Who yields when a week is full: news of a plan to every mail around a session, and of those the
one that may wait (an invitation) to those that cannot. What waited travels with the next mail.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from network import clock, emails, mail, quiet, stopping
from network.models import Notice, OutgoingMail, Person

logger = logging.getLogger(__name__)

FOLDED_KIND = "notices"
MAILS_A_WEEK = 2
PEOPLE_AT_A_TIME = 25
DAY_IS_FULL = "te laat: er ging die dag al een mail"
FAR_AWAY = datetime.max.replace(tzinfo=UTC)
WEEK_IS_FULL = "te laat: er gingen die week al twee mails"


def fold(now: datetime, *, between: Callable[[], object] | None = None) -> int:
    """Put due notices into mails; gives how many mails were queued. Safe to run twice at once:
    the mail's key is the person and the day. `between` is called after every few people: news for
    a thousand takes a minute, and a sign-in code cannot wait so long."""
    if quiet.is_quiet(now):
        return 0
    made = 0
    for count, (person_id, due) in enumerate(_due_by_person(now).items(), 1):
        if stopping.is_asked():
            break
        try:
            made += _fold_for(person_id, due, now)
        except Exception:  # one person's trouble must not hold up the mails of the others
            logger.exception("The notices of person %s cannot be folded.", person_id)
        if between and count % PEOPLE_AT_A_TIME == 0:
            between()
    return made


def _due_by_person(now: datetime) -> dict[int, list[Notice]]:
    due: dict[int, list[Notice]] = defaultdict(list)
    waiting = Notice.objects.filter(state=Notice.State.WAITING, not_before__lte=now)
    for notice in waiting.select_related("person"):
        due[notice.person_id].append(notice)
    return due


def _fold_for(person_id: int, due: list[Notice], now: datetime) -> int:
    with transaction.atomic():
        # The lock makes two workers take turns for one person (a no-op on SQLite, where the
        # transaction itself is the lock).
        person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
        wanted = _without_unwanted(due)
        if not wanted:
            return 0
        full = _why_no_room(person, wanted, now)
        if full:
            _of(wanted).exclude(reason=full).update(reason=full)
            return 0
        return _put_in_mail(person, wanted, now)


def _of(notices: Iterable[Notice]) -> QuerySet[Notice]:
    """Those that still wait."""
    keys = [notice.pk for notice in notices]
    return Notice.objects.filter(pk__in=keys, state=Notice.State.WAITING)


def _without_unwanted(due: Iterable[Notice]) -> list[Notice]:
    still = _of(due).select_related("person")
    return [notice for notice in still if not emails.skip_unwanted(notice)]


def _why_no_room(person: Person, wanted: list[Notice], now: datetime) -> str:
    """Why these must wait, "" when there is room. One mail a day, two a week; what may wait
    leaves room for the session mails that come later this week, and later today."""
    today = clock.local(now).date()
    monday = today - timedelta(days=today.weekday())
    week = clock.at(monday, 0), clock.at(monday + timedelta(days=7), 0)
    mailed = OutgoingMail.objects.filter(person=person, kind=FOLDED_KIND)
    if mailed.filter(key=_key(person, now)).exists():
        return DAY_IS_FULL
    this_week = mailed.filter(not_before__gte=week[0], not_before__lt=week[1])
    left = MAILS_A_WEEK - this_week.exclude(state=OutgoingMail.State.SKIPPED).count()
    coming = _session_mails(person, now, week[1])
    if not coming or not _may_wait(wanted, coming[0]):
        return "" if left > 0 else WEEK_IS_FULL
    days = _days(coming)
    return "" if today not in days and left > len(days) else WEEK_IS_FULL


def _session_mails(person: Person, after: datetime, before: datetime) -> list[datetime]:
    """When the session mails of this person that are still to come may leave."""
    waiting = Notice.objects.filter(
        person=person, state=Notice.State.WAITING, category=mail.SESSION
    )
    coming = waiting.filter(not_before__gt=after, not_before__lt=before)
    return list(coming.order_by("not_before").values_list("not_before", flat=True))


def _days(moments: Iterable[datetime]) -> set[date]:
    return {clock.local(moment).date() for moment in moments}


def _may_wait(wanted: Iterable[Notice], until: datetime) -> bool:
    """Whether none of these comes too late when it travels at that moment."""
    return all(_useful_until(notice) >= until for notice in wanted)


def _useful_until(notice: Notice) -> datetime:
    """News of a plan keeps; a mail around a session does as its kind says."""
    last = mail.kind_of(notice).useful_until
    if last is None:
        return notice.not_before if notice.category == mail.SESSION else FAR_AWAY
    return last(notice)


def _key(person: Person, now: datetime) -> str:
    return f"{FOLDED_KIND}:{person.pk}:{clock.local(now).date().isoformat()}"


def _put_in_mail(person: Person, wanted: list[Notice], now: datetime) -> int:
    mail.post(FOLDED_KIND, _key(person, now), person=person, not_before=now)
    row = OutgoingMail.objects.get(key=_key(person, now))
    taken = _of(wanted).update(state=Notice.State.FOLDED, mail=row, reason="")
    return 1 if taken else 0
