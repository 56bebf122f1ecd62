"""A village in an edition, who writes its plan and who coaches it."""

from __future__ import annotations

from django.db import models

from network.models.editions import DatedQuerySet, Edition, Lens, ends_after_start
from network.models.people import Person


class Buurtpunt(models.Model):
    """The real place; it outlives the edition and the plan."""

    class Stage(models.TextChoices):
        DREAM = "dream", "droom"
        BUILDING = "building", "in opbouw"
        OPEN = "open", "open"
        PAUSED = "paused", "op pauze"
        STOPPED = "stopped", "gestopt"

    name = models.CharField("naam", max_length=120)
    municipality = models.CharField("gemeente", max_length=80, blank=True)
    stage = models.CharField("stand", max_length=10, choices=Stage.choices, default=Stage.DREAM)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Village(models.Model):
    """The dossier of one village in one edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="villages")
    buurtpunt = models.ForeignKey(
        Buurtpunt, on_delete=models.PROTECT, null=True, blank=True, related_name="villages"
    )
    name = models.CharField("dorp", max_length=80)
    slug = models.SlugField("adres", max_length=80)
    municipality = models.CharField("gemeente", max_length=80)
    postcode = models.CharField("postcode", max_length=4, blank=True)
    is_public = models.BooleanField("staat op de site", default=True)
    summary = models.CharField("in één zin, voor de site", max_length=300, blank=True)
    stopped_on = models.DateField("gestopt op", null=True, blank=True)
    created_at = models.DateTimeField()

    # Who takes part and coaches today: there on the villages of access.villages_of.
    open_memberships: list[Membership]
    open_coaches: list[CoachAssignment]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "dorp"
        verbose_name_plural = "dorpen"
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="village_slug_once"),
            models.CheckConstraint(
                condition=models.Q(postcode="") | models.Q(postcode__regex=r"^[1-9][0-9]{3}$"),
                name="village_postcode_is_belgian",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    class Role(models.TextChoices):
        LEAD = "lead", "trekker"
        EDITOR = "editor", "meewerker"
        READER = "reader", "meelezer"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("rol", max_length=8, choices=Role.choices)
    from_on = models.DateField("vanaf")
    until_on = models.DateField("tot en met", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["village", "role", "pk"]
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        constraints = [
            ends_after_start("membership_ends_after_start"),
            models.UniqueConstraint(
                fields=["person", "village"],
                condition=models.Q(until_on__isnull=True),
                name="one_open_membership",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["lead", "editor", "reader"]), name="membership_role"
            ),
        ]


class CoachProfile(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="coach_profile")
    organisation = models.CharField("organisatie", max_length=120, blank=True)
    lenses = models.ManyToManyField(Lens, blank=True, related_name="coaches")

    class Meta:
        verbose_name = "coachprofiel"


class CoachAssignment(models.Model):
    """A coach reads and comments on one village's plan, for one lens, from a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="coach_assignments")
    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="coach_assignments")
    lens = models.ForeignKey(Lens, on_delete=models.PROTECT, verbose_name="invalshoek")
    from_on = models.DateField("vanaf")
    until_on = models.DateField("tot en met", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["village", "lens", "pk"]
        verbose_name = "toewijzing van een coach"
        verbose_name_plural = "toewijzingen van coaches"
        constraints = [
            ends_after_start("coach_ends_after_start"),
            models.UniqueConstraint(
                fields=["person", "village", "lens"],
                condition=models.Q(until_on__isnull=True),
                name="one_open_coach_assignment",
            ),
        ]
