"""Events and their programme."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from inspiration import indexing
from inspiration.actions.gate import expose_files, hold, next_position
from inspiration.models import Album, Appearance, Event, ProgrammeItem, Speaker
from inspiration.voices import Voice
from network import audit, clock, pagecache
from network.models import Edition, Person
from network.slugs import save_with_slug


def add_event(
    *, edition: Edition, by: Person, title: str, starts_at: datetime, **facts: Any
) -> Event:
    """A draft with one empty album, so that photos have a place at once."""
    with transaction.atomic():
        event = Event(edition=edition, title=title, starts_at=starts_at, **facts)
        name = f"{title} {clock.local(starts_at).year}"
        save_with_slug(event, name, Event.objects.all(), otherwise="archief")
        Album.objects.create(event=event, title="Foto’s", slug="fotos")
        audit.record(by=by, verb="event.added", obj=event)
    return event


def change_event(*, event: Event, by: Person, **facts: Any) -> None:
    with transaction.atomic():
        hold(event)
        for name, value in facts.items():
            setattr(event, name, value)
        event.save(update_fields=list(facts))
        _event_changed(event)
        if "edition" in facts:
            expose_files(event)
        audit.record(by=by, verb="event.changed", obj=event, fields=sorted(facts))


def publish_event(*, event: Event, by: Person) -> None:
    """Everything of the event that is past its own gate becomes public with it."""
    with transaction.atomic():
        hold(event)
        event.published_at = clock.now()
        event.save(update_fields=["published_at"])
        _event_changed(event)
        expose_files(event)
        audit.record(by=by, verb="event.published", obj=event)


def add_item(
    *, event: Event, by: Person, title: str, voices: Iterable[Voice] = (), **facts: Any
) -> ProgrammeItem:
    with transaction.atomic():
        hold(event)
        item = ProgrammeItem(event=event, title=title, **facts)
        item.position = next_position(event.items)
        item.save()
        for position, voice in enumerate(voices):
            Appearance.objects.create(
                item=item,
                speaker=voice.speaker or _new_speaker(voice),
                role=voice.role,
                organisation=voice.organisation,
                position=position,
            )
        _event_changed(event)
        audit.record(by=by, verb="programme.item_added", obj=item)
    return item


def remove_item(*, item: ProgrammeItem, by: Person) -> None:
    """Its presentations stay with the event."""
    with transaction.atomic():
        hold(item.event)
        audit.record(by=by, verb="programme.item_removed", obj=item, title=item.title)
        item.delete()
        _event_changed(item.event)


def _new_speaker(voice: Voice) -> Speaker:
    """People never merge by name: a typed name is a new person."""
    person = Person.named(voice.name)
    person.save()
    speaker = Speaker(person=person, bio=voice.bio)
    save_with_slug(speaker, person.name, Speaker.objects.all(), otherwise="spreker")
    return speaker


def _event_changed(event: Event) -> None:
    indexing.index_event(event)
    pagecache.bump()
