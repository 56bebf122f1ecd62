"""A safe backup of one small machine: the SQLite database as it is at one moment, then the
originals. In this order, because a file is there before its row is."""

import re
import sqlite3
import tarfile
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection

from network.storing import PART

DATABASE, ORIGINALS = "buurtpunt.sqlite3", "private.tar"


class Command(BaseCommand):
    help = "Copy the SQLite database and the originals to a new folder, while the site runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that does not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("This database is not SQLite: use pg_dump (docs/operations.md).")
        folder: Path = options["folder"]
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise CommandError(f"{folder} cannot be made: {error.strerror}.") from None
        try:
            copy_database(folder / DATABASE)
            count = pack(Path(settings.PRIVATE_ROOT), folder / ORIGINALS)
        except (OSError, sqlite3.Error) as error:
            raise CommandError(f"The backup in {folder} is not whole: {error}.") from error
        self.stdout.write(f"{folder} holds the database and {count} originals.")


def copy_database(target: Path) -> None:
    """Whole and at one moment, whoever writes meanwhile; a copy of the file would be neither.
    Raises sqlite3.DatabaseError when the copy is not sound."""
    source = str(connection.settings_dict["NAME"])
    with closing(connect(source)) as live, closing(connect(target)) as copy:
        live.backup(copy)
        # Constraints of Django's ask for it, and the check below looks at them.
        copy.create_function("REGEXP", 2, lambda form, text: bool(re.search(form, str(text))))
        [verdict] = copy.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)


def pack(originals: Path, target: Path) -> int:
    """The originals as a tar; how many there are."""
    count = 0
    with tarfile.open(target, "x") as tar:
        for path in sorted(originals.rglob("*")) if originals.is_dir() else []:
            if not path.is_file() or path.name.endswith(PART):
                continue
            try:
                tar.add(path, arcname=Path("private") / path.relative_to(originals))
            except FileNotFoundError:  # removed for good in this moment
                continue
            count += 1
    return count
