"""The first coordinator and the first edition, on an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from actionplans.actions import install_template
from network import access, actions, clock, emails, formats
from network.addresses import Guest
from network.models import Edition, Person


class Command(BaseCommand):
    help = "Begin a network: vocabulary, the plan's questions, an edition and its coordinator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--edition", required=True, help='its name, like "Voorjaar 2027"')
        parser.add_argument("--name", required=True, help="the coordinator's first and last name")
        parser.add_argument("--email", required=True, help="where her invitation goes")
        parser.add_argument("--phone", default="", help="her number, which pages show for help")

    def handle(self, *args: Any, **options: Any) -> None:
        guest = Guest(options["name"].strip(), options["email"].strip(), options["phone"].strip())
        try:
            validate_email(guest.email)
        except ValidationError:
            raise CommandError(f"{guest.email} is not an e-mail address.") from None
        if not guest.name or not options["edition"].strip():
            raise CommandError("The edition and the coordinator need a name.")
        if guest.phone and not formats.tel_link(guest.phone):
            raise CommandError(f"{guest.phone} is not a phone number.")
        refuse_too_long(options["edition"].strip(), guest)
        waiting = access.first_coordinator_waiting(guest.email)
        if waiting:
            actions.begin_again(invitation=waiting, phone=guest.phone)
            waiting.refresh_from_db()
            self.stdout.write(f"The network had begun; {guest.name} gets a new link:")
        else:
            with transaction.atomic():
                waiting = self.begin(options["edition"].strip(), guest)
            self.stdout.write(f"{waiting.edition} has begun. {guest.name} gets a mail with:")
        self.stdout.write(emails.invitation_link(waiting))

    def begin(self, edition: str, guest: Guest) -> Any:
        install_template()
        try:
            return actions.begin(edition=edition, starts_on=clock.today(), guest=guest)
        except actions.Refused:
            names = ", ".join(str(row) for row in access.all_editions())
            raise CommandError(f"This network has begun already: {names}.") from None


def refuse_too_long(edition: str, guest: Guest) -> None:
    """A sentence before anything is written, where PostgreSQL would stumble over a column."""
    for model, field, typed in (
        (Edition, "name", edition),
        (Person, "name", guest.name),
        (Person, "email", guest.email),
        (Person, "phone", guest.phone),
    ):
        longest: int = getattr(model._meta.get_field(field), "max_length", 0)
        if len(typed) > longest:
            raise CommandError(f"“{typed[:40]}…” is too long: {longest} signs at most.")
