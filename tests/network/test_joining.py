"""The page behind a mailed invitation (network/views/joining.py)."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from network import actions, clock, tokens
from network.models import (
    AuditEntry,
    CoachAssignment,
    CoordinatorAssignment,
    Invitation,
    Membership,
    OutgoingMail,
    Person,
    User,
)
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both]
EMAIL = "kobe@buurtpunt.example"


@pytest.fixture
def invited(world):
    return factories.invitation(
        village=world.village,
        role="editor",
        name="Kobe Maes",
        email=EMAIL,
        invited_by=world.person("lead"),
    )


def page(row):
    return reverse("network:invitation", args=[tokens.make("invitation", row.pk, row.nonce)])


def new(**fields):
    return {"door": "nieuw", "name": "Kobe Maes", **fields}


def existing(user):
    return {"door": "account", "account": user.email}


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_looking_changes_nothing(client, invited):
    response = client.get(page(invited))
    assert "Marie Devos nodigt je uit als meewerker in Molendonk" in response.content.decode()
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    invited.refresh_from_db()
    assert (invited.state, invited.answered_at) == ("sent", None)
    assert not User.objects.filter(email=EMAIL).exists()


def test_somebody_new_gets_an_account_and_joins(client, world, invited):
    response = client.post(page(invited), new(name="Kobe  Maes-Wouters", phone="0471 00 11 22"))
    assert (response.status_code, response.url) == (303, reverse("start"))
    user = get_user(client)
    assert (user.email, user.person) == (EMAIL, invited.person)
    assert not user.has_usable_password()
    assert (user.person.name, user.person.phone) == ("Kobe Maes-Wouters", "0471 00 11 22")
    member = Membership.objects.get(person=user.person)
    assert (member.village, member.role, member.from_on) == (
        world.village,
        "editor",
        clock.today(),
    )
    invited.refresh_from_db()
    assert invited.state == "accepted" and invited.answered_at
    assert verbs() == ["account.made", "invitation.accepted", "membership.started"]


def test_a_coach_gets_the_assignment(client, world):
    row = factories.invitation(
        edition=world.edition, village=world.village, lens=world.lens, email=EMAIL
    )
    client.post(page(row), new())
    assignment = CoachAssignment.objects.get(person=row.person)
    assert (assignment.village, assignment.lens) == (world.village, world.lens)
    assert assignment.from_on == clock.today()
    assert list(row.person.coach_profile.lenses.all()) == [world.lens]


def test_a_coach_without_a_village_waits_for_one(client, world):
    row = factories.invitation(edition=world.edition, email=EMAIL)
    client.post(page(row), new())
    assert row.person.coach_profile
    assert not CoachAssignment.objects.filter(person=row.person).exists()


def test_a_coordinator_starts_today(client, world):
    row = factories.invitation(edition=world.edition, kind="coordinator", email=EMAIL)
    client.post(page(row), new())
    assert CoordinatorAssignment.objects.get(person=row.person).from_on == clock.today()


def test_an_account_joins_without_a_second_one(sign_in, world):
    rita = world.person("other_lead")
    row = factories.invitation(village=world.village, role="reader", person=rita, email=rita.email)
    client = sign_in("other_lead")
    assert "Ik ben nieuw" not in client.get(page(row)).content.decode()
    users = User.objects.count()
    assert client.post(page(row), existing(rita.user)).status_code == 303
    assert User.objects.count() == users
    roles = dict(rita.memberships.values_list("village__slug", "role"))
    assert roles == {"hoekskapelle": "lead", "molendonk": "reader"}


def test_another_address_is_asked_and_both_are_kept(sign_in, world, invited):
    rita = world.person("other_lead")
    typed = invited.person
    mail = OutgoingMail.objects.create(
        key="x", kind="invitation", category="must", person=typed, not_before=clock.now(),
        created_at=clock.now(),
    )  # fmt: skip
    client = sign_in("other_lead")
    text = client.get(page(invited)).content.decode()
    assert EMAIL in text and f"Ja, doe mee met {rita.user.email}" in text
    client.post(page(invited), existing(rita.user))
    invited.refresh_from_db()
    assert (invited.email, invited.person, invited.state) == (EMAIL, rita, "accepted")
    told = AuditEntry.objects.get(verb="invitation.accepted")
    assert told.details == {"invited": typed.pk, "under_other_address": True}
    assert not Person.objects.filter(pk=typed.pk).exists()
    mail.refresh_from_db()
    assert mail.person == rita


def test_who_took_part_by_name_only_keeps_the_membership(sign_in, world):
    member = actions.add_person(
        village=world.village, name="Rita C.", email=EMAIL, phone="", role="reader",
        by=world.person("lead"),
    )  # fmt: skip
    row = factories.invitation(
        village=world.village, role="editor", person=member.person, email=EMAIL
    )
    sign_in("other_lead").post(page(row), existing(world.person("other_lead").user))
    member.refresh_from_db()
    assert (member.person, member.role) == (world.person("other_lead"), "editor")


def test_an_invitation_never_takes_a_role_away(sign_in, world):
    lead = world.person("lead")
    row = factories.invitation(village=world.village, role="reader", person=lead, email=lead.email)
    sign_in("lead").post(page(row), existing(lead.user))
    assert lead.memberships.get().role == "lead"


def test_no_thanks_is_remembered(client, invited):
    response = client.post(page(invited), {"door": "niet"})
    assert (response.status_code, response.url) == (303, page(invited))
    after = client.get(page(invited))
    assert after.status_code == 410
    assert "Goed, we weten het" in after.content.decode()
    invited.refresh_from_db()
    assert invited.state == "declined"
    assert not User.objects.filter(email=EMAIL).exists()


def test_signing_in_leads_back_to_the_invitation(client, invited):
    text = client.get(page(invited)).content.decode()
    assert f"{reverse('account_request_login_code')}?next={page(invited)}" in text


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"state": "accepted"}, "Je zei al ja"),
        ({"state": "revoked"}, "Deze uitnodiging geldt niet meer"),
        ({"state": "declined"}, "Goed, we weten het"),
    ],
)
def test_a_link_that_is_over_says_what_to_do(client, world, invited, change, title):
    Invitation.objects.update(answered_at=clock.now(), **change)
    for response in (client.get(page(invited)), client.post(page(invited), new())):
        text = response.content.decode()
        assert response.status_code == 410
        assert title in text
        assert "Greet Aerts" in text and "0470 12 34 56" in text
    assert not User.objects.filter(email=EMAIL).exists()


def test_an_expired_link_says_so(client, invited, time_machine):
    with time_machine.travel(clock.now() + timedelta(days=31)):
        response = client.post(page(invited), new())
    assert response.status_code == 410
    assert "Deze link is verlopen" in response.content.decode()


@pytest.mark.parametrize("token", ["vervalst", "WyIxIl0:AAAA", "x" * 300])
def test_a_forged_link_says_so(client, world, token):
    response = client.get(reverse("network:invitation", args=[token]))
    assert response.status_code == 404
    assert "Deze link werkt niet" in response.content.decode()
    assert "0470 12 34 56" in response.content.decode()


def test_the_number_of_the_network_helps_where_there_is_no_coordinator(client, db):
    response = client.get(reverse("network:invitation", args=["vervalst"]))
    assert "09 331 59 10" in response.content.decode()


def test_a_token_of_another_kind_opens_nothing(client, invited):
    token = tokens.make("mail-preferences", invited.pk, invited.nonce)
    assert client.get(reverse("network:invitation", args=[token])).status_code == 404


def test_a_used_link_makes_no_second_account(client, invited):
    client.post(page(invited), new())
    client.logout()
    assert client.post(page(invited), new(name="Iemand Anders")).status_code == 410
    assert User.objects.filter(email=EMAIL).count() == 1


def test_two_clicks_at_once_join_once(invited):
    actions.claim(invitation=invited, name="Kobe Maes", phone="")
    with pytest.raises(actions.Refused):
        actions.claim(invitation=invited, name="Kobe Maes", phone="")
    assert Membership.objects.filter(person=invited.person).count() == 1


def test_an_address_with_an_account_must_sign_in(client, world):
    row = factories.invitation(
        village=world.village, role="reader", name="Wim", email=world.person("coach").email
    )
    response = client.post(page(row), new())
    assert response.status_code == 422
    assert not client.session.get("_auth_user_id")


def test_the_account_shown_is_the_account_that_joins(sign_in, world, invited):
    """Somebody else signed in since the page was drawn: nothing happens unasked."""
    response = sign_in("other_lead").post(page(invited), existing(world.person("reader").user))
    assert response.status_code == 409
    assert not world.person("other_lead").memberships.filter(village=world.village).exists()


@pytest.mark.parametrize("change", [{"name": " "}, {"phone": "geen"}])
def test_a_mistake_keeps_what_was_typed(client, invited, change):
    response = client.post(page(invited), new(**change))
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not User.objects.filter(email=EMAIL).exists()
