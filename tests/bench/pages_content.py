"""Fills an empty database with the pages that are measured, and prints their paths."""

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    print("/")


if __name__ == "__main__":
    main()
