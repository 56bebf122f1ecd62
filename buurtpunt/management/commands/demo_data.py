"""Fill an empty database with the demo: manage.py demo_data [--villages 300]."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction

from buurtpunt.demo import archive, comments, news, plans, sessions
from buurtpunt.demo.cast import EDITION_BEGAN, cast_of
from buurtpunt.demo.story import Story
from network import access, clock


class Command(BaseCommand):
    help = "Fill an empty database with fictional demo data, through the same actions as the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--villages", type=int, default=0, help="so many villages in the running edition"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.verbosity = options["verbosity"]
        if access.public_editions().exists():
            raise CommandError("There is data already: the demo needs an empty database.")
        today = clock.today()
        with transaction.atomic():
            cast = cast_of(today=today, extra_villages=max(0, options["villages"] - 6))
        self.say("People and villages are there.")
        story = Story(today)
        by = cast.coordinator
        sessions.record_2019(by=by, edition=cast.first_edition)
        sessions.add_running_edition(story, by=by, edition=cast.edition)
        plans.build(story, cast)
        comments.build(story, cast)
        news.build(story, cast)
        story.sweep_daily(first_day=EDITION_BEGAN)
        story.tell()
        sessions.let_some_mails_fail(cast.edition)
        self.say("Sessions, plans and the talk about them are there.")
        archive.build(cast.first_edition, cast.edition, by)
        self.say("Photos and presentations are there.")

    def say(self, text: str) -> None:
        if self.verbosity:
            self.stdout.write(f"  {text}")
            self.stdout.flush()
