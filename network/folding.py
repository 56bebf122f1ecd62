"""Folds waiting notices into mails: one a person a day, two a calendar week, quiet at night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from network import clock, mail
from network.models import Notice, OutgoingMail, Person

FOLDED_KIND = "notices"
MAILS_A_WEEK = 2
QUIET_FROM_HOUR, QUIET_UNTIL_HOUR = 22, 7


def is_quiet(moment: datetime) -> bool:
    """Between 22.00 and 7.00 uur in Brussels nothing leaves but musts."""
    hour = clock.local(moment).hour
    return hour >= QUIET_FROM_HOUR or hour < QUIET_UNTIL_HOUR


def fold(now: datetime) -> int:
    """Put due notices into mails; gives how many mails were queued. Safe to run twice at once:
    the mail's key is the person and the day."""
    if is_quiet(now):
        return 0
    made = 0
    for person_id, due in _due_by_person(now).items():
        made += _fold_for(person_id, due, now)
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
        if not wanted or not _has_room(person, wanted, now):
            return 0
        return _put_in_mail(person, wanted, now)


def _without_unwanted(due: Iterable[Notice]) -> list[Notice]:
    wanted = []
    still = Notice.objects.filter(pk__in=[n.pk for n in due], state=Notice.State.WAITING)
    for notice in still.select_related("person"):
        reason = notice.person.why_unreachable or mail.kind_of(notice).still_wanted(notice)
        if reason:
            notice.state, notice.reason = Notice.State.SKIPPED, reason
            notice.save(update_fields=["state", "reason"])
        else:
            wanted.append(notice)
    return wanted


def _has_room(person: Person, wanted: list[Notice], now: datetime) -> bool:
    """One a day, two a week. A plan's news leaves room for the session mails of this week and
    waits for one that leaves later today."""
    today = clock.local(now).date()
    monday = today - timedelta(days=today.weekday())
    week_starts, week_ends = clock.at(monday, 0), clock.at(monday + timedelta(days=7), 0)
    mailed = OutgoingMail.objects.filter(person=person, kind=FOLDED_KIND)
    if mailed.filter(key=_key(person, now)).exists():
        return False
    this_week = mailed.filter(not_before__gte=week_starts, not_before__lt=week_ends)
    left = MAILS_A_WEEK - this_week.exclude(state=OutgoingMail.State.SKIPPED).count()
    if any(notice.category == mail.SESSION for notice in wanted):
        return left > 0
    coming = Notice.objects.filter(
        person=person,
        state=Notice.State.WAITING,
        category=mail.SESSION,
        not_before__gt=now,
        not_before__lt=week_ends,
    )
    days = {clock.local(moment).date() for moment in coming.values_list("not_before", flat=True)}
    return today not in days and left > len(days)


def _key(person: Person, now: datetime) -> str:
    return f"{FOLDED_KIND}:{person.pk}:{clock.local(now).date().isoformat()}"


def _put_in_mail(person: Person, wanted: list[Notice], now: datetime) -> int:
    mail.post(kind=FOLDED_KIND, key=_key(person, now), person=person, not_before=now)
    row = OutgoingMail.objects.get(key=_key(person, now))
    taken = Notice.objects.filter(pk__in=[n.pk for n in wanted], state=Notice.State.WAITING).update(
        state=Notice.State.FOLDED, mail=row
    )
    return 1 if taken else 0
