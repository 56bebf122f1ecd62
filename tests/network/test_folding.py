"""One mail a person a day, two a calendar week, quiet at night (network/folding.py)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.db import DatabaseError, OperationalError

from network import clock, delivery, folding, mail, tasks
from network.mail import Kind, Message
from network.models import Notice, OutgoingMail
from tests import factories

MONDAY_NOON = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)  # 12.00 uur in Brussels
pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.at(MONDAY_NOON)]


def wanted(row):
    return row.refs.get("unwanted", "")


def told(row):
    return Message(row.refs.get("subject", "Iets nieuws"), "tekst", "<p>tekst</p>")


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(mail, "_kinds", dict(mail._kinds))
    mail.register(Kind("test-session", mail.SESSION, wanted, told, at_most_once=True))
    mail.register(Kind("test-plan", mail.PLAN, wanted, told))


@pytest.fixture
def marie():
    return factories.person(name="Marie Devos")


def notify(person, key, *, kind="test-plan", not_before=None, **refs):
    mail.notify(kind=kind, key=key, person=person, refs=refs, not_before=not_before)


def mails_of(person):
    return OutgoingMail.objects.filter(person=person)


def test_two_matters_of_one_day_are_one_mail(marie):
    notify(marie, "a")
    notify(marie, "b", kind="test-session")
    assert folding.fold(clock.now()) == 1
    (row,) = mails_of(marie)
    assert set(row.notices.values_list("key", flat=True)) == {"a", "b"}
    assert set(Notice.objects.values_list("state", flat=True)) == {"folded"}


def test_folding_twice_makes_nothing_twice(marie):
    notify(marie, "a")
    assert [folding.fold(clock.now()), folding.fold(clock.now())] == [1, 0]
    assert mails_of(marie).count() == 1


def test_the_same_key_is_told_once(marie):
    notify(marie, "a")
    notify(marie, "a")
    assert Notice.objects.count() == 1


def test_a_second_matter_of_the_day_waits_for_tomorrow(marie, time_machine):
    notify(marie, "a")
    folding.fold(clock.now())
    notify(marie, "b")
    assert folding.fold(clock.now()) == 0
    time_machine.shift(timedelta(days=1))
    assert folding.fold(clock.now()) == 1
    assert mails_of(marie).count() == 2


def test_nobody_gets_three_mails_in_a_week(marie, time_machine):
    for day in range(7):
        notify(marie, f"news-{day}")
        folding.fold(clock.now())
        time_machine.shift(timedelta(days=1))
    assert mails_of(marie).count() == 2
    assert folding.fold(clock.now()) == 1  # the next Monday: all that waited, in one mail
    assert mails_of(marie).latest("pk").notices.count() == 5


def test_news_of_a_plan_leaves_room_for_the_reminders_of_the_week(marie, time_machine):
    for days in (1, 3):
        later = clock.now() + timedelta(days=days)
        notify(marie, f"reminder-{days}", kind="test-session", not_before=later)
    notify(marie, "comment")
    assert folding.fold(clock.now()) == 0
    time_machine.shift(timedelta(days=1))
    assert folding.fold(clock.now()) == 1
    assert mails_of(marie).get().notices.count() == 2


def test_news_waits_for_a_reminder_later_today(marie):
    in_an_hour = clock.now() + timedelta(hours=1)
    notify(marie, "reminder", kind="test-session", not_before=in_an_hour)
    notify(marie, "comment")
    assert folding.fold(clock.now()) == 0


@pytest.mark.parametrize(
    ("hour", "leaves"), [(6, False), (7, True), (21, True), (22, False), (23, False), (2, False)]
)
def test_the_night_is_quiet(marie, hour, leaves, time_machine):
    time_machine.move_to(clock.at(MONDAY_NOON.date() + timedelta(days=1), hour))
    notify(marie, "a")
    assert folding.fold(clock.now()) == int(leaves)


def test_what_is_no_longer_wanted_is_skipped_with_its_reason(marie):
    notify(marie, "a", unwanted="de werksessie is afgelast")
    assert folding.fold(clock.now()) == 0
    assert Notice.objects.values_list("state", "reason").get() == (
        "skipped",
        "de werksessie is afgelast",
    )


@pytest.fixture
def stumbling():
    """Two kinds that go wrong: one that fails when asked, one that nobody registered."""

    def fails(row):
        raise ValueError("a rule that is gone")

    mail.register(Kind("test-bad", mail.PLAN, fails, told))
    mail.register(Kind("test-gone", mail.PLAN, wanted, told))
    yield "test-bad", "test-gone"


@pytest.mark.parametrize(("which", "error"), [(0, "ValueError"), (1, "KeyError")])
def test_one_matter_that_stumbles_is_skipped_alone(marie, stumbling, which, error):
    other = factories.person()
    for person in (marie, other):
        notify(person, f"good-{person.pk}")
    notify(marie, "bad", kind=stumbling[which])
    mail._kinds.pop("test-gone")
    assert folding.fold(clock.now()) == 2
    assert Notice.objects.filter(key="bad").values_list("state", "reason").get() == (
        "skipped",
        f"kan niet gemaakt worden: {error}",
    )


def test_a_matter_that_cannot_be_made_leaves_the_others_in_the_mail(marie):
    def breaks(row):
        raise ValueError("a template that does not render")

    mail.register(Kind("test-torn", mail.SESSION, wanted, breaks))
    notify(marie, "torn", kind="test-torn")
    notify(marie, "good", subject="Een opmerking")
    folding.fold(clock.now())
    assert delivery.drain() == 1
    assert [message.subject for message in django_mail.outbox] == ["Een opmerking"]
    assert Notice.objects.get(key="torn").reason == "kan niet gemaakt worden: ValueError"


@pytest.mark.parametrize("error", [OperationalError("database is locked"), OSError(28, "full")])
@pytest.mark.parametrize("when", ["folding", "asking", "making"])
def test_trouble_on_our_side_skips_no_matter(marie, monkeypatch, time_machine, when, error):
    def breaks(row):
        raise error

    kind = mail._kinds["test-plan"]
    torn = Kind(kind.name, kind.category, wanted if when == "making" else breaks, breaks)
    notify(marie, "a")
    if when != "folding":
        assert folding.fold(clock.now()) == 1
    with monkeypatch.context() as broken:
        broken.setitem(mail._kinds, "test-plan", torn)
        folding.fold(clock.now())
        assert delivery.drain() == 0
    assert Notice.objects.get().state == ("waiting" if when == "folding" else "folded")
    time_machine.shift(timedelta(minutes=2))
    folding.fold(clock.now())
    assert delivery.drain() == 1
    assert [message.subject for message in django_mail.outbox] == ["Iets nieuws"]


def test_one_person_who_stumbles_holds_up_nobody(marie, monkeypatch):
    other = factories.person()
    notify(marie, "a")
    notify(other, "b")
    whole = folding._put_in_mail

    def breaks_for_marie(person, *rest):
        if person == marie:
            raise DatabaseError
        return whole(person, *rest)

    monkeypatch.setattr(folding, "_put_in_mail", breaks_for_marie)
    assert folding.fold(clock.now()) == 1


def test_a_sign_in_code_leaves_whatever_the_notices_do(marie, monkeypatch):
    def breaks(now, **_):
        raise DatabaseError

    monkeypatch.setattr(folding, "fold", breaks)
    mail.register(Kind("test-must", mail.MUST, wanted, told))
    mail.post("test-must", "code", person=marie)
    with pytest.raises(DatabaseError):
        tasks.drain_mail()
    assert len(django_mail.outbox) == 1


def test_what_may_wait_travels_with_what_cannot(marie, time_machine):
    """A week with a practical mail, an invitation that may wait three days, and a thank-you."""
    last = MONDAY_NOON + timedelta(days=4)
    mail.register(Kind("test-patient", mail.SESSION, wanted, told, useful_until=lambda row: last))
    tuesday, wednesday = (MONDAY_NOON + timedelta(days=days) for days in (1, 2))
    notify(marie, "practical", kind="test-session", not_before=MONDAY_NOON)
    notify(marie, "invitation", kind="test-patient", not_before=tuesday)
    notify(marie, "thanks", kind="test-session", not_before=wednesday)
    for _ in range(4):
        folding.fold(clock.now())
        time_machine.shift(timedelta(days=1))
    told_together = [set(row.notices.values_list("key", flat=True)) for row in mails_of(marie)]
    assert told_together == [{"practical"}, {"invitation", "thanks"}]


def test_what_found_no_room_knows_why(marie, time_machine):
    for day in range(3):
        notify(marie, f"day-{day}", kind="test-session")
        folding.fold(clock.now())
        notify(marie, f"later-{day}", kind="test-session")
        folding.fold(clock.now())
        if day == 0:
            assert Notice.objects.get(key="later-0").reason == folding.DAY_IS_FULL
        time_machine.shift(timedelta(days=1))
    assert Notice.objects.get(key="day-2").reason == folding.WEEK_IS_FULL
    assert set(Notice.objects.filter(state="folded").values_list("reason", flat=True)) == {""}


def test_a_person_without_address_is_skipped_with_the_reason():
    nobody = factories.person(email="")
    notify(nobody, "a")
    folding.fold(clock.now())
    assert Notice.objects.get().reason == "geen e-mailadres"


def test_folding_asks_the_same_number_of_questions_for_more_matters(
    marie, django_assert_max_num_queries
):
    for number in range(20):
        notify(marie, f"n{number}")
    with django_assert_max_num_queries(16):
        folding.fold(clock.now())


def test_news_for_many_lets_other_mail_go_in_between(marie):
    """A sign-in code that is asked while a thousand people hear of a session."""
    for number in range(2 * folding.PEOPLE_AT_A_TIME + 1):
        notify(factories.person(), f"k{number}")
    seen = []
    folding.fold(clock.now(), between=lambda: seen.append(OutgoingMail.objects.count()))
    assert seen == [folding.PEOPLE_AT_A_TIME, 2 * folding.PEOPLE_AT_A_TIME]
    for number in range(folding.PEOPLE_AT_A_TIME):
        notify(factories.person(), f"n{number}")
    tasks.drain_mail()
    assert len(django_mail.outbox) == 3 * folding.PEOPLE_AT_A_TIME + 1
