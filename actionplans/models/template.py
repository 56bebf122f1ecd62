"""The questions of a plan: versioned, so that a new edition never touches an old plan."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

# One row of a table answer: its id and one text per column (see actionplans/saving/rows.py).
Row = dict[str, str]


class PlanTemplate(models.Model):
    version = models.CharField("versie", max_length=20, unique=True)
    installed_at = models.DateTimeField()

    class Meta:
        ordering = ["-installed_at", "pk"]
        verbose_name = "sjabloon"
        verbose_name_plural = "sjablonen"

    def __str__(self) -> str:
        return self.version


class Section(models.Model):
    class Kind(models.TextChoices):
        CORE = "core", "kern"
        DEEPENING = "deepening", "verdieping"
        STORY = "story", "verhaal"

    template = models.ForeignKey(PlanTemplate, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField("nummer")
    key = models.SlugField(max_length=40)
    slug = models.SlugField("adres", max_length=40)
    part = models.CharField("deel", max_length=1)
    part_title = models.CharField(max_length=40)
    title = models.CharField("titel", max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # The work session (1 to 4) that this section feeds; its date is known on the floor above.
    session = models.PositiveSmallIntegerField("werksessie")
    intro = models.TextField()
    guide = models.JSONField("richtvragen", default=list)
    done_when = models.TextField("klaar als")
    next_step = models.CharField(max_length=80, blank=True)
    lenses = models.JSONField("codes van invalshoeken", default=list)

    class Meta:
        ordering = ["template", "number"]
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="section_number_once"),
            models.UniqueConstraint(fields=["template", "slug"], name="section_slug_once"),
            models.CheckConstraint(
                condition=Q(session__gte=1, session__lte=4), name="section_feeds_a_session"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["core", "deepening", "story"]), name="section_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_core(self) -> bool:
        return self.kind == self.Kind.CORE


class Question(models.Model):
    class Kind(models.TextChoices):
        PROSE = "prose", "tekst"
        SHORT = "short", "korte tekst"
        NUMBER = "number", "getal"
        CHOICE = "choice", "keuze"
        TABLE = "table", "tabel"
        ACTIONS = "actions", "actietabel"

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label = models.CharField("vraag", max_length=160)
    help = models.CharField("uitleg", max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField("minuten", default=5)
    is_required = models.BooleanField("nodig om klaar te zijn", default=False)
    # Names and remarks about people: never on the public site, whatever the switch says.
    is_personal = models.BooleanField("gaat over mensen", default=False)
    # What only those who write it, their coaches and the coordinator read, and what never leaves
    # the site, however far the section is shared. A column says so by its own "internal".
    is_internal = models.BooleanField("intern", default=False, db_default=False)
    has_internal_columns = models.BooleanField(default=False, db_default=False)
    max_length = models.PositiveIntegerField(null=True, blank=True)
    words = models.PositiveIntegerField("richtgetal woorden", null=True, blank=True)
    unit = models.CharField("eenheid", max_length=20, blank=True)
    lowest = models.IntegerField(default=0)
    highest = models.IntegerField(null=True, blank=True)
    row_name = models.CharField("naam van een rij", max_length=40, default="rij")
    options = models.JSONField(default=list, blank=True)
    accepts = models.JSONField(default=list, blank=True)
    columns = models.JSONField(default=list, blank=True)
    rules = models.JSONField(default=list, blank=True)
    starter = models.JSONField(default=list, blank=True)

    # Made by without_internal.
    is_reduced: bool = False

    class Meta:
        ordering = ["section", "position"]
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        constraints = [
            models.UniqueConstraint(fields=["section", "key"], name="question_key_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["prose", "short", "number", "choice", "table", "actions"]),
                name="question_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_table(self) -> bool:
        return self.kind == self.Kind.TABLE

    @property
    def holds_internal(self) -> bool:
        """Whether it, or a column of it, is kept from some of those who read the section."""
        return self.is_internal or self.has_internal_columns

    def without_internal(self) -> Question:
        """The same question without its internal columns; not to be saved."""
        reduced = copy.copy(self)
        reduced.columns = [column for column in self.columns if not column.get("internal")]
        reduced.is_reduced = True
        return reduced

    def rows_to_show(self, rows: Iterable[Row]) -> list[Row]:
        """Of each row the cells of this question's columns; rows without any are left out."""
        keys = self.column_keys
        cut = [{"id": row["id"], **{key: row.get(key, "") for key in keys}} for row in rows]
        return [row for row in cut if any(row[key] for key in keys)]

    @property
    def column_keys(self) -> list[str]:
        return [column["key"] for column in self.columns]

    @property
    def starter_rows(self) -> list[Row]:
        """Rows to start from, with fixed ids: two people who start get the same rows."""
        empty = dict.fromkeys(self.column_keys, "")
        return [{"id": f"s{number}", **empty, **row} for number, row in enumerate(self.starter, 1)]

    def own_rows(self, rows: Iterable[Row]) -> list[Row]:
        """The rows in which somebody wrote something, so without untouched starter rows."""
        starter = {row["id"]: row for row in self.starter_rows}
        return [row for row in rows if starter.get(row["id"]) != row]

    def is_filled_by(self, text: str, rows: list[Row]) -> bool:
        """Whether this is enough for the section's "klaar als"; never asked of an action table."""
        if not self.is_table:
            return text in self.accepts if self.accepts else bool(text)
        own = self.own_rows(rows)
        return bool(own) and all(_meets(own, rule) for rule in self.rules)


def _meets(rows: list[Row], rule: dict[str, Any]) -> bool:
    return sum(_counts(row, rule) for row in rows) >= rule["rows"]


def _counts(row: Row, rule: dict[str, Any]) -> bool:
    value = row.get(rule["column"], "") if "column" in rule else "any"
    fits = value in rule["values"] if "values" in rule else bool(value)
    return fits and ("also" not in rule or bool(row.get(rule["also"])))
