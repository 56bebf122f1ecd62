"""Access to joining, people and villages; tests/network/access_rows.py gathers these rows."""

from datetime import UTC, datetime, timedelta

from network import clock, tokens
from network.models import Invitation, Membership
from tests import factories
from tests.access_table import NO_POST_SIGNED_IN, Row, everyone, only, signed_in

VISIBLE = ("editor", "reader", "coach")
MANAGERS = ("lead", "coordinator")


def coordinator_only(status):
    """A public edition is visible to all: whoever does not coordinate it gets 403."""
    return everyone(403, anonymous=302, coordinator=status)


def managers(status):
    return only(*MANAGERS, status=status, forbidden=VISIBLE)


def build(world):
    world.things["invitation"] = factories.invitation(
        village=world.village, role="editor", name="Kobe Maes", email="kobe@buurtpunt.example"
    )


def edition(world):
    return {"edition": world.edition.slug}


def village(world):
    return {"edition": world.edition.slug, "slug": world.village.slug}


def invitation(world):
    return {"invitation_id": world.things["invitation"].pk}


def token(world):
    row = world.things["invitation"]
    return {"token": tokens.make("invitation", row.pk, row.nonce)}


def membership(who):
    def args(world):
        row = Membership.objects.get(person=world.person(who))
        return {**village(world), "membership_id": row.pk}

    return args


def assignment(world):
    row = world.person("coach").coach_assignments.get()
    return {**edition(world), "assignment_id": row.pk}


def become(**fields):
    return lambda world: Invitation.objects.update(**fields)


LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
FACTS = {"name": "Ten Berke", "municipality": "Zonderwijk", "postcode": "8999"}
GUEST = {"name": "An Peeters", "email": "an@buurtpunt.example"}

ROWS = [
    Row("network:invitation", args=token, get=everyone(200), post=everyone(200)),
    Row(
        "network:invitation",
        state="declining",
        args=token,
        data=lambda world: {"door": "niet"},
        get=everyone(200),
        post=everyone(303),
    ),
    Row(
        "network:invitation",
        state="joining as somebody new",
        args=token,
        data=lambda world: {"door": "nieuw", "name": "Kobe Maes"},
        get=everyone(200),
        post=everyone(303),
    ),
    Row(
        "network:invitation",
        state="with an account that is not signed in",
        args=token,
        data=lambda world: {"door": "account", "account": "iemand@buurtpunt.example"},
        get=everyone(200),
        post=everyone(409),
    ),
    Row(
        "network:invitation",
        state="forged",
        args=lambda world: {"token": "vervalst"},
        get=everyone(404),
        post=everyone(404),
    ),
    Row(
        "network:invitation",
        state="replaced by a newer link",
        args=lambda world: {"token": tokens.make("invitation", world.things["invitation"].pk, "x")},
        get=everyone(404),
        post=everyone(404),
    ),
    *(
        Row(
            "network:invitation",
            state=state,
            args=token,
            before=become(**fields),
            get=everyone(410),
            post=everyone(410),
        )
        for state, fields in (
            ("used", {"state": "accepted", "answered_at": LONG_AGO}),
            ("declined", {"state": "declined"}),
            ("withdrawn", {"state": "revoked"}),
            ("expired", {"sent_at": LONG_AGO, "expires_at": LONG_AGO + timedelta(days=30)}),
        )
    ),
    Row(
        "network:invitation-resend",
        args=invitation,
        get=NO_POST_SIGNED_IN,
        post=only(*MANAGERS, status=303),
    ),
    Row(
        "network:invitation-revoke",
        args=invitation,
        get=NO_POST_SIGNED_IN,
        post=only(*MANAGERS, status=303),
    ),
    Row("network:invitations", args=edition, get=coordinator_only(200), post=NO_POST_SIGNED_IN),
    Row(
        "network:coach-invite",
        args=edition,
        data=lambda world: GUEST,
        get=coordinator_only(200),
        post=coordinator_only(303),
    ),
    Row(
        "network:coordinator-invite",
        args=edition,
        data=lambda world: GUEST,
        get=coordinator_only(200),
        post=coordinator_only(303),
    ),
    Row(
        "network:coaches",
        args=edition,
        data=lambda world: {"person": "0"},
        get=coordinator_only(200),
        post=coordinator_only(422),
    ),
    Row(
        "network:coach-end",
        args=assignment,
        data=lambda world: {"until_on": clock.today().isoformat()},
        get=coordinator_only(200),
        post=coordinator_only(303),
    ),
    Row(
        "network:village-new",
        args=edition,
        data=lambda world: FACTS,
        get=coordinator_only(200),
        post=coordinator_only(303),
    ),
    Row(
        "network:village-edit",
        args=village,
        data=lambda world: FACTS,
        get=only("coordinator", forbidden=("lead", *VISIBLE)),
        post=only("coordinator", status=303, forbidden=("lead", *VISIBLE)),
    ),
    Row("network:people", args=village, get=only(*MANAGERS, *VISIBLE), post=NO_POST_SIGNED_IN),
    Row(
        "network:person-new",
        args=village,
        data=lambda world: {"name": "Oma Jeanne", "role": "reader"},
        get=managers(200),
        post=managers(303),
    ),
    Row(
        "network:village-invite",
        args=village,
        data=lambda world: {**GUEST, "role": "editor"},
        get=managers(200),
        post=managers(303),
    ),
    Row(
        "network:village-invite-many",
        args=village,
        data=lambda world: {"text": "an@buurtpunt.example", "role": "editor"},
        get=managers(200),
        post=managers(303),
    ),
    Row(
        "network:membership",
        args=membership("editor"),
        data=lambda world: {"role": "reader"},
        get=only(*MANAGERS, "editor", forbidden=("reader", "coach")),
        post=only(*MANAGERS, status=303, forbidden=VISIBLE),
    ),
    Row(
        "network:membership",
        state="of another village",
        args=membership("other_lead"),
        data=lambda world: {"role": "reader"},
        get=only(),
        post=only(),
    ),
    Row(
        "network:membership-end",
        args=membership("editor"),
        get=NO_POST_SIGNED_IN,
        post=only(*MANAGERS, "editor", status=303, forbidden=("reader", "coach")),
    ),
    Row(
        "network:membership-end",
        state="of the last lead",
        args=membership("lead"),
        get=NO_POST_SIGNED_IN,
        post=only(*MANAGERS, status=422, forbidden=VISIBLE),
    ),
    Row(
        "network:profile",
        data=lambda world: {"name": "Iemand Anders", "photo_preference": "fine"},
        get=signed_in(200),
        post=signed_in(303),
    ),
]
