"""Inviting by mailed link: to a village, as coach, as coordinator; again, and withdrawn."""

from datetime import timedelta

import pytest
from django.urls import reverse

from network import actions, clock, delivery, emails, tokens
from network.actions import inviting
from network.addresses import Guest
from network.models import AuditEntry, Invitation, OutgoingMail, Person, User
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both]

KOBE = {"name": "Kobe Maes", "email": "Kobe@buurtpunt.example", "phone": "0471 00 11 22"}


def village_page(world, name="network:village-invite"):
    return reverse(name, args=[world.edition.slug, world.village.slug])


def edition_page(world, name):
    return reverse(name, args=[world.edition.slug])


def mails():
    return OutgoingMail.objects.filter(kind="invitation").order_by("pk")


def test_a_lead_invites_somebody_for_the_own_village(world, sign_in, mailoutbox):
    before = User.objects.count()
    response = sign_in("lead").post(village_page(world), {**KOBE, "role": "editor"})
    assert response.status_code == 303
    row = Invitation.objects.get()
    assert (row.kind, row.village, row.role) == ("member", world.village, "editor")
    assert (row.person.name, row.person.phone) == ("Kobe Maes", "0471 00 11 22")
    assert row.invited_by == world.person("lead")
    assert row.expires_at - row.sent_at == timedelta(days=30)
    assert User.objects.count() == before
    assert AuditEntry.objects.get(verb="invitation.sent").details["role"] == "editor"
    delivery.drain()
    (sent,) = mailoutbox
    assert sent.to == ["kobe@buurtpunt.example"]
    assert "Molendonk" in sent.subject
    assert "Marie Devos nodigt je uit als meewerker in Molendonk" in sent.body
    assert emails.invitation_link(row) in sent.body
    assert emails.invitation_link(row) in sent.alternatives[0].content


def test_the_first_one_of_a_village_is_proposed_as_lead(world, sign_in):
    empty = factories.village(edition=world.edition, name="Ten Berke", slug="ten-berke")
    url = reverse("network:village-invite", args=[world.edition.slug, empty.slug])
    assert sign_in("coordinator").get(url).context["form"]["role"].value() == "lead"
    assert sign_in("coordinator").get(village_page(world)).context["form"]["role"].value() == (
        "editor"
    )


def test_somebody_who_takes_part_without_account_is_invited_as_the_same_person(world, sign_in):
    member = actions.add_person(
        village=world.village,
        name="Kobe Maes",
        email="kobe@buurtpunt.example",
        phone="",
        role="reader",
        by=world.person("lead"),
    )
    sign_in("lead").post(village_page(world), {**KOBE, "role": "editor"})
    assert Invitation.objects.get().person == member.person


def test_an_invitation_writes_no_phone_number_of_somebody_who_is_known(world, sign_in):
    elsewhere = factories.person(name="Kobe Maes", email="kobe@buurtpunt.example", phone="")
    sign_in("lead").post(village_page(world), {**KOBE, "role": "editor"})
    assert Invitation.objects.get().person == elsewhere
    elsewhere.refresh_from_db()
    assert elsewhere.phone == ""


def test_a_couple_shares_an_address(world, sign_in):
    factories.person(name="Lies Maes", email="kobe@buurtpunt.example")
    sign_in("lead").post(village_page(world), {**KOBE, "role": "editor"})
    assert Person.objects.filter(email="kobe@buurtpunt.example").count() == 2


def test_a_coordinator_invites_a_coach_for_a_village_and_a_lens(world, sign_in):
    response = sign_in("coordinator").post(
        edition_page(world, "network:coach-invite"),
        {**KOBE, "village": world.village.pk, "lens": world.lens.pk},
    )
    assert response.status_code == 303
    row = Invitation.objects.get()
    assert (row.kind, row.village, row.lens) == ("coach", world.village, world.lens)


def test_a_coordinator_invites_the_next_coordinator(world, sign_in):
    sign_in("coordinator").post(edition_page(world, "network:coordinator-invite"), KOBE)
    row = Invitation.objects.get()
    assert (row.kind, row.edition, row.village) == ("coordinator", world.edition, None)


def test_sending_again_kills_the_old_link(world, sign_in, client, mailoutbox):
    sign_in("lead").post(village_page(world), {**KOBE, "role": "editor"})
    row = Invitation.objects.get()
    old = tokens.make("invitation", row.pk, row.nonce)
    response = sign_in("lead").post(
        reverse("network:invitation-resend", args=[row.pk]), {"terug": "dorp"}
    )
    assert response.url == village_page(world, "network:people")
    row.refresh_from_db()
    assert client.get(reverse("network:invitation", args=[old])).status_code == 404
    new = tokens.make("invitation", row.pk, row.nonce)
    assert client.get(reverse("network:invitation", args=[new])).status_code == 200
    delivery.drain()
    assert list(mails().values_list("state", flat=True)) == ["skipped", "sent"]
    assert len(mailoutbox) == 1


def test_an_expired_invitation_is_good_again_after_sending_again(world):
    long_ago = clock.now() - timedelta(days=60)
    row = factories.invitation(
        village=world.village,
        role="editor",
        sent_at=long_ago,
        expires_at=long_ago + timedelta(days=30),
    )
    assert (row.is_open, row.standing) == (False, "verlopen")
    actions.resend(invitation=row, by=world.person("lead"))
    row.refresh_from_db()
    assert row.is_open


def test_a_withdrawn_invitation_sends_no_mail_any_more(world, sign_in, mailoutbox):
    sign_in("coordinator").post(village_page(world), {**KOBE, "role": "editor"})
    row = Invitation.objects.get()
    sign_in("coordinator").post(reverse("network:invitation-revoke", args=[row.pk]))
    delivery.drain()
    assert (mailoutbox, mails().get().reason) == ([], "de uitnodiging is niet meer open")
    with pytest.raises(actions.Refused, match="ingetrokken"):
        actions.resend(invitation=row, by=world.person("lead"))


@pytest.mark.parametrize(("rows", "queries"), [(1, 6), (3, 6)])
def test_the_list_takes_the_same_queries_for_one_and_three(
    world, sign_in, django_assert_num_queries, rows, queries
):
    for number in range(rows):
        guest = Guest(f"Gast {number}", f"gast{number}@buurtpunt.example")
        actions.invite_member(
            guest=guest, village=world.village, role="reader", by=world.person("lead")
        )
    client = sign_in("coordinator")
    with django_assert_num_queries(queries):
        response = client.get(edition_page(world, "network:invitations"))
    assert len(response.context["invitations"]) == rows


def test_the_list_says_what_became_of_each(world, sign_in, time_machine):
    row = actions.invite_member(
        guest=Guest("Kobe Maes", "kobe@buurtpunt.example"),
        village=world.village,
        role="reader",
        by=world.person("lead"),
    )
    page = edition_page(world, "network:invitations")
    assert "Verstuurd" in sign_in("coordinator").get(page).content.decode()
    mails().update(state="failed")
    assert "De mail kwam niet aan" in sign_in("coordinator").get(page).content.decode()
    with time_machine.travel(row.expires_at + timedelta(minutes=1)):
        assert "Verlopen" in sign_in("coordinator").get(page).content.decode()


def test_a_lead_cannot_touch_the_invitation_of_a_coach(world, sign_in):
    row = factories.invitation(edition=world.edition, village=world.village, lens=world.lens)
    url = reverse("network:invitation-revoke", args=[row.pk])
    assert sign_in("lead").post(url).status_code == 404


def test_a_member_with_an_account_is_not_invited_again(world, sign_in):
    editor = world.person("editor")
    response = sign_in("lead").post(
        village_page(world), {"name": editor.name, "email": editor.email, "role": "reader"}
    )
    assert response.status_code == 422
    assert "Jef Wouters doet al mee als meewerker." in response.content.decode()


def test_the_same_invitation_is_sent_once(world, sign_in):
    sign_in("lead").post(village_page(world), {**KOBE, "role": "editor"})
    response = sign_in("lead").post(village_page(world), {**KOBE, "role": "editor"})
    assert response.status_code == 422
    assert (Invitation.objects.count(), mails().count()) == (1, 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Naam: Dit veld is verplicht."),
        ({"email": "kobe@"}, "Voer een geldig e-mailadres in."),
        ({"phone": "bel Marie"}, "Dit lijkt geen telefoonnummer."),
        ({"role": "koning"}, "Als: "),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(world, sign_in, change, sentence):
    typed = {**KOBE, "role": "editor", **change}
    response = sign_in("lead").post(village_page(world), typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert response.context["form"]["name"].value() == typed["name"]
    assert not Invitation.objects.exists()


def test_a_coach_of_a_village_needs_a_lens(world, sign_in):
    response = sign_in("coordinator").post(
        edition_page(world, "network:coach-invite"), {**KOBE, "village": world.village.pk}
    )
    assert response.status_code == 422
    assert response.context["form"].errors["lens"]


def test_a_person_of_that_name_at_that_address_is_one_person(world):
    found = inviting.person_for(Guest("marie devos", "LEAD@buurtpunt.example"))
    assert found == world.person("lead")
