"""Tables of people, their roles, and what is withheld."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from noaber.record.models import AppendOnly, Version


class User(AbstractBaseUser):
    """A person who can sign in. The register knows only the code; this row can be erased."""

    code = models.CharField(max_length=20, unique=True)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField()

    PERSONAL: ClassVar[tuple[str, ...]] = ("email", "name")
    # Addresses change; what Django asks to be the one fixed name of a person is the code.
    USERNAME_FIELD = "code"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "name"]

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address"),
        ]


class SignInEvent(models.Model):
    """Something around signing in: who, what, with what result, from where, when (BIO2).

    Not of the record, since an address of a person is not kept for ever.
    """

    person = models.CharField(max_length=20, db_index=True)
    what = models.CharField(max_length=30)
    succeeded = models.BooleanField()
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(db_index=True)


class Assignment(AppendOnly):
    """A role given to a person."""

    code = models.CharField(max_length=20, unique=True)


class AssignmentVersion(Version):
    """What is recorded of an assignment; the period it holds in is that of the version.

    `person`, `deal`, `organisation` and `pillar` are codes of what this package does not know.
    """

    KEY = ("assignment",)

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="versions")
    person = models.CharField(max_length=20, db_index=True)
    role = models.CharField(max_length=40)
    deal = models.CharField(max_length=60)
    organisation = models.CharField(max_length=60)
    pillar = models.CharField(max_length=60)
    replaces = models.CharField(max_length=20)


class Withholding(AppendOnly):
    """A fact that a party asked to be kept confidential."""

    code = models.CharField(max_length=20, unique=True)


class WithholdingVersion(Version):
    """What is recorded of a withholding; the period it holds in is that of the version."""

    KEY = ("withholding",)

    withholding = models.ForeignKey(Withholding, models.PROTECT, related_name="versions")
    item = models.CharField(max_length=200)
    parent = models.CharField(max_length=200)
    deal = models.CharField(max_length=60, db_index=True)
    organisation = models.CharField(max_length=60)
    reason = models.TextField()
    ground = models.TextField()
