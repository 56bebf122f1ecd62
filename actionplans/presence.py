"""Who writes in a section now. It warns and never blocks; the cache forgets it within a minute."""

from __future__ import annotations

from django.core.cache import cache

from actionplans.models import PlanSection
from network import clock, formats
from network.models import Person

KEEP_SECONDS = 45  # longer than two saves of one who writes on


def write_down(section: PlanSection, person: Person) -> None:
    """Two who save at the same moment may miss each other once; the next save mends it."""
    now = clock.now().timestamp()
    writing = {**_writing(section), person.pk: (person.first_name, now)}
    cache.set(_key(section), writing, KEEP_SECONDS)


def sentence(section: PlanSection, reader: Person) -> str:
    """Jef schrijft nu ook in dit stuk; "" when nobody else does."""
    names = [name for pk, (name, _) in _writing(section).items() if pk != reader.pk]
    verb = "schrijft" if len(names) == 1 else "schrijven"
    return f"{formats.join_names(names)} {verb} nu ook in dit stuk." if names else ""


def _writing(section: PlanSection) -> dict[int, tuple[str, float]]:
    since = clock.now().timestamp() - KEEP_SECONDS
    found = cache.get(_key(section), {})
    return {pk: (name, at) for pk, (name, at) in found.items() if at > since}


def _key(section: PlanSection) -> str:
    return f"presence:{section.pk}"
