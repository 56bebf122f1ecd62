"""The people of a village (network/views/people.py): who sees, who manages, who leaves."""

import pytest
from django.urls import reverse

from network import actions, clock
from network.models import AuditEntry, Membership, Person, User
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def page(world, name="network:people", *args):
    return reverse(name, args=[world.edition.slug, world.village.slug, *args])


def of(world, who):
    return Membership.objects.get(person=world.person(who))


def test_a_lead_sees_everyone_with_a_phone_number(world, sign_in):
    factories.membership(
        village=world.village, person=factories.person(name="Oma Jeanne", email=""), role="reader"
    )
    factories.invitation(village=world.village, role="reader", name="Kobe Maes")
    response = sign_in("lead").get(page(world))
    names = {row.person.name: row.has_account for row in response.context["memberships"]}
    assert names == {
        "Marie Devos": True,
        "Jef Wouters": True,
        "Rika Claus": True,
        "Oma Jeanne": False,
    }
    text = response.content.decode()
    assert "0470 12 34 56" in text and "zonder account" in text
    assert "Els Verhaeghe" in text and "Nora Van den Berg" not in text
    assert "Kobe Maes" in text and "Nodig iemand uit" in text


@pytest.mark.parametrize("who", ["editor", "reader", "coach"])
def test_who_does_not_manage_sees_no_invitations(world, sign_in, who):
    factories.invitation(village=world.village, role="reader", name="Kobe Maes")
    text = sign_in(who).get(page(world)).content.decode()
    assert "Kobe Maes" not in text and "Nodig iemand uit" not in text


@pytest.mark.parametrize(("more", "queries"), [(1, 9), (3, 9)])
def test_the_list_takes_the_same_queries_for_one_more_and_three(
    world, sign_in, django_assert_num_queries, more, queries
):
    for _ in range(more):
        factories.membership(village=world.village, person=factories.person(), role="reader")
        factories.invitation(village=world.village, role="reader")
        coach = factories.person()
        factories.coach_assignment(village=world.village, person=coach, lens=world.lens)
    client = sign_in("coordinator")
    with django_assert_num_queries(queries):
        response = client.get(page(world))
    assert len(response.context["memberships"]) == 3 + more
    assert len(response.context["invitations"]) == more


def test_a_lead_adds_somebody_without_an_account(world, sign_in, mailoutbox):
    users = User.objects.count()
    data = {"name": "Jeanne  Van Damme", "phone": "051/30.12.34", "role": "reader"}
    response = sign_in("lead").post(page(world, "network:person-new"), data)
    assert (response.status_code, response.url) == (303, page(world))
    person = Person.objects.get(name="Jeanne Van Damme")
    assert (person.phone, person.email, person.sort_name[:9]) == (
        "051/30.12.34",
        "",
        Person.named("Jeanne Van Damme").sort_name[:9],
    )
    assert person.memberships.get().role == "reader"
    assert User.objects.count() == users
    assert {"person.added", "membership.started"} <= set(
        AuditEntry.objects.values_list("verb", flat=True)
    )
    assert "051 30 12 34" in sign_in("lead").get(page(world)).content.decode()


def test_a_lead_hands_over(world, sign_in):
    client = sign_in("lead")
    editor, lead = of(world, "editor"), of(world, "lead")
    client.post(page(world, "network:membership", editor.pk), {"role": "lead"})
    client.post(page(world, "network:membership", lead.pk), {"role": "reader"})
    roles = {row.person.name: row.role for row in Membership.objects.filter(village=world.village)}
    assert roles == {"Jef Wouters": "lead", "Marie Devos": "reader", "Rika Claus": "reader"}
    assert client.post(
        page(world, "network:membership", lead.pk), {"role": "lead"}
    ).status_code == (403)
    changes = AuditEntry.objects.filter(verb="membership.role-changed").order_by("pk")
    assert [row.details["after"] for row in changes] == ["lead", "reader"]


def test_the_last_lead_stays_a_lead(world, sign_in):
    lead = of(world, "lead")
    changed = sign_in("lead").post(page(world, "network:membership", lead.pk), {"role": "editor"})
    left = sign_in("lead").post(page(world, "network:membership-end", lead.pk))
    for response in (changed, left):
        assert response.status_code == 422
        assert "Een dorp heeft altijd een trekker nodig." in response.content.decode()
    lead.refresh_from_db()
    assert (lead.role, lead.until_on) == ("lead", None)


def test_a_lead_who_passed_the_role_on_may_leave(world, sign_in):
    client = sign_in("lead")
    editor, lead = of(world, "editor"), of(world, "lead")
    client.post(page(world, "network:membership", editor.pk), {"role": "lead"})
    response = client.post(page(world, "network:membership-end", lead.pk))
    assert (response.status_code, response.url) == (303, reverse("start"))
    assert client.get(page(world)).status_code == 404


def test_an_editor_leaves_and_reads_nothing_more(world, sign_in):
    client = sign_in("editor")
    row = of(world, "editor")
    text = client.get(page(world, "network:membership", row.pk)).content.decode()
    assert "Stop je ermee?" in text and "Bewaar" not in text
    client.post(page(world, "network:membership-end", row.pk))
    row.refresh_from_db()
    assert row.until_on < clock.today()
    assert client.get(page(world)).status_code == 404


def test_who_came_today_by_mistake_is_gone_without_a_trace_of_days(world):
    row = actions.add_person(
        village=world.village, name="Jan", email="", phone="", role="reader",
        by=world.person("lead"),
    )  # fmt: skip
    actions.end_membership(membership=row, by=world.person("lead"))
    assert not Membership.objects.filter(person__name="Jan").exists()


def test_a_membership_of_the_neighbours_is_not_found(world, sign_in):
    neighbour = of(world, "other_lead")
    client = sign_in("lead")
    assert client.get(page(world, "network:membership", neighbour.pk)).status_code == 404
    assert client.post(page(world, "network:membership-end", neighbour.pk)).status_code == 404


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"email": "oma@"}, {"phone": "geen"}, {"role": "koning"}]
)
def test_bad_input_adds_nobody(world, sign_in, change):
    people = Person.objects.count()
    data = {"name": "Oma", "role": "reader", **change}
    response = sign_in("lead").post(page(world, "network:person-new"), data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(change)
    assert Person.objects.count() == people
