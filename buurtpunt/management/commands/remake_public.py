"""The folder `public` again, for a site whose backup held only the database and `private`."""

from typing import Any

from django.core.management import BaseCommand

from network import patrol


class Command(BaseCommand):
    help = "Queue every file whose pictures are gone; the worker of the queue files makes them."

    def handle(self, *args: Any, **options: Any) -> None:
        count = patrol.remake_missing()
        self.stdout.write(f"{count} files wait for the worker: their pictures are made again.")
