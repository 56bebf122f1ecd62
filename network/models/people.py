"""Person: everybody the network knows. User: the sign-in that a person may claim."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from network import clock, formats, plain_names


class Person(models.Model):
    """Somebody in the network, with or without an account.

    The e-mail address is not unique: a couple or a club may share one.
    """

    class PhotoPreference(models.TextChoices):
        FINE = "fine", "op de foto is prima"
        RATHER_NOT = "rather_not", "liever niet herkenbaar"
        NO = "no", "niet op de foto"

    name = models.CharField("naam", max_length=120)
    sort_name = models.CharField(max_length=120, editable=False)
    email = models.EmailField("e-mailadres", blank=True)
    phone = models.CharField("telefoonnummer", max_length=40, blank=True)
    photo_preference = models.CharField(
        "foto’s", max_length=12, choices=PhotoPreference.choices, default=PhotoPreference.FINE
    )
    # Categories of mail (network/mail.py) this person switched off; musts cannot be.
    muted = models.JSONField("mails die uit staan", default=list, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name = "persoon"
        verbose_name_plural = "personen"

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """For a greeting; see network/plain_names.py."""
        return plain_names.neutral(self.name).split(" ")[0]

    @property
    def why_no_must(self) -> str:
        """Why not even a mail that must arrive can go; empty when it can. That an address does
        not work is a guess, and no reason."""
        return "" if self.email else "geen e-mailadres"

    @property
    def why_unreachable(self) -> str:
        """Why no mail reaches this person; empty when one does."""
        return self.why_no_must or ("het adres werkt niet" if self.bounced_at else "")

    def why_not_mailed(self, category: str) -> str:
        """The same for one category of mail, which this person may have switched off."""
        return self.why_unreachable or ("wil deze mails niet" if category in self.muted else "")

    @classmethod
    def named(cls, name: str, **fields: Any) -> Person:
        """A new, unsaved person; the sort name follows the Belgian rule (formats.sort_key)."""
        name = " ".join(name.split())
        return cls(name=name, sort_name=formats.sort_key(name)[:120], **fields)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        person = Person.named(fields.pop("name", email.split("@")[0]), email=email)
        person.save()
        return self.create_user(
            email, password, person=person, is_staff=True, is_superuser=True, **fields
        )

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A way to sign in; belongs to exactly one person and comes with claiming an invitation."""

    email = models.EmailField("e-mailadres", unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField("actief", default=True)
    is_staff = models.BooleanField("mag in het beheer", default=False)
    # Part of what each session is signed with: raising it ends them all.
    sign_in_round = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    date_joined = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = "account"
        verbose_name_plural = "accounts"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_the_case"),
        ]

    def __str__(self) -> str:
        return self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's own for the first round, so that the release before this one agrees."""
        own: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        if not self.sign_in_round:
            return own
        signed = f"{self.sign_in_round}:{own}"
        return salted_hmac("sign-in-round", signed, secret=secret, algorithm="sha256").hexdigest()
