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
