"""An edition is one run of the network: its cohort, its four sessions, its partners."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from network.models.people import Person


class DatedQuerySet(models.QuerySet):
    """Rows with a first and a last day: what holds on a day."""

    def on(self, day: date) -> DatedQuerySet:
        """Rows that hold on this day; the last day counts."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name=name
    )


class Edition(models.Model):
    name = models.CharField("naam", max_length=80)
    slug = models.SlugField("adres", max_length=80, unique=True)
    is_current = models.BooleanField("loopt nu", default=False)
    is_public = models.BooleanField("staat op de site", default=True)
    starts_on = models.DateField("eerste dag")
    closed_on = models.DateField("afgesloten op", null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "pk"]
        verbose_name = "editie"
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="one_current_edition"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Lens(models.Model):
    """A perspective from which a plan is looked at; rows, because the list stays open."""

    name = models.CharField("naam", max_length=60)
    slug = models.SlugField("code", max_length=40, unique=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "invalshoek"
        verbose_name_plural = "invalshoeken"

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    name = models.CharField("naam", max_length=120, unique=True)
    website = models.URLField("website", blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "organisatie"

    def __str__(self) -> str:
        return self.name


class EditionPartner(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    contribution = models.CharField("wat ze doen", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="partner_once"),
        ]


class PartnerContact(models.Model):
    """A person of a partner who reads numbers of an edition, never plans."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="partner_contacts")
    partner = models.ForeignKey(EditionPartner, on_delete=models.CASCADE, related_name="contacts")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [ends_after_start("partner_contact_ends_after_start")]


class CoordinatorAssignment(models.Model):
    """Who runs an edition, from when until when: the role changes hands in reality."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="coordinator_assignments"
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="coordinator_assignments"
    )
    from_on = models.DateField("vanaf")
    until_on = models.DateField("tot en met", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [ends_after_start("coordinator_ends_after_start")]
