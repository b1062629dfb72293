"""Revisions, append-only rows, versions of facts, and personal values kept apart."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Concat

from noaber.record import writing
from noaber.record.rules import Evidence, Moment, Readers

M = TypeVar("M", bound="AppendOnly")
V = TypeVar("V", bound="Version")


class AppendOnlyQuerySet(models.QuerySet[M]):
    """Query set of append-only rows; bulk inserts are noted for the revision's digest."""

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        writing.note(self.model)
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """A row that is inserted under a revision and never changed; the database refuses it too."""

    CHAINED_AS: ClassVar[Mapping[str, str]] = {}
    """Chained columns that the table no longer has, with the column that holds their hash."""

    revision = models.ForeignKey("record.Revision", models.PROTECT, related_name="+")

    objects: ClassVar[AppendOnlyQuerySet[Any]] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("force_insert", True)
        # First, so that outside a revision nothing is inserted.
        writing.note(type(self))
        super().save(*args, **kwargs)


def readable(labels: Iterable[str]) -> Q:
    """Rows that may be read with labels; one that ends in ``*`` stands for all that begin so."""
    named = {label for label in labels if not label.endswith("*")}
    found = Q(readers__in=named)
    for label in sorted(set(labels) - named):
        found |= Q(readers__startswith=label.removesuffix("*"))
    return found


class VersionQuerySet(AppendOnlyQuerySet[V]):
    """Query set that knows which version of each fact holds at a moment."""

    def at(self, moment: Moment, audience: Readers) -> Self:
        """The versions that hold at `moment`, of what `audience` may read."""
        key = self.model.KEY
        known = self.model._base_manager.filter(revision_id__lte=moment.revision)
        covering = Q(valid_from__lte=moment.as_of) & (
            Q(valid_until=None) | Q(valid_until__gt=moment.as_of)
        )
        same = {name: OuterRef(name) for name in key}
        corrected = Exists(
            known.filter(**same, valid_from=OuterRef("valid_from"), id__gt=OuterRef("id"))
        )
        followed = Exists(
            known.filter(
                covering, **same, retracted=False, valid_from__gt=OuterRef("valid_from")
            ).filter(~corrected)
        )
        standing = self.filter(
            ~corrected,
            revision_id__lte=moment.revision,
            retracted=False,
        ).filter(readable(audience.labels))
        standing = standing._without_withheld(audience)
        return standing if moment.is_ever else standing.filter(covering, ~followed)

    def withheld_from(self, audience: Readers) -> Self:
        """What is withheld from an audience: every version of it, at any moment."""
        codes = self._withheld_codes(audience)
        return self._identified().filter(identity__in=codes) if codes else self.none()

    def _without_withheld(self, audience: Readers) -> Self:
        codes = self._withheld_codes(audience)
        return self._identified().exclude(identity__in=codes) if codes else self

    def _withheld_codes(self, audience: Readers) -> list[str]:
        return [ref.code for ref in audience.withheld if ref.kind == self.model.WITHHOLDABLE]

    def _identified(self) -> Self:
        named = Concat(*self.model.IDENTITY, output_field=models.CharField())
        return self.alias(identity=named)


class Version(AppendOnly):
    """One recorded version of a fact: its values, the period they hold in, and their evidence.

    `KEY` names the columns that say which fact it is. `PERIODS` tells whether one fact has
    several starts (each superseding the former from its date), or one that can be corrected.
    `ADDED` names the columns that came after the first release: the chain leaves them out while
    they hold their default, which must never change.
    """

    KEY: ClassVar[tuple[str, ...]] = ()
    PERIODS: ClassVar[bool] = False
    ADDED: ClassVar[frozenset[str]] = frozenset()
    WITHHOLDABLE: ClassVar[str] = ""
    """Kind by which a single fact can be withheld; "" when it never is."""
    IDENTITY: ClassVar[tuple[Any, ...]] = ()
    """What makes up the code of a withheld fact, such as ``deal/project/kind``."""
    FOLLOWS: ClassVar[bool] = False
    """Whether it is withheld by itself from whoever may read nothing that names it but what is
    withheld: the name of a company that takes part in secret."""

    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    retracted = models.BooleanField(default=False)
    readers = models.CharField(max_length=60, default="public")
    source = models.CharField(max_length=60, default="")
    locator = models.CharField(max_length=200, default="")
    origin = models.CharField(max_length=200, default="")

    objects: ClassVar[VersionQuerySet[Any]] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="%(class)s_period_ends_after_it_starts",
            ),
        ]

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.source, self.locator, self.origin, self.revision_id)


class Revision(models.Model):
    """One business event: its place in the order, its audit entry and its link in the chain."""

    number = models.PositiveBigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    author = models.CharField(max_length=60)
    author_name = models.ForeignKey(
        "record.PersonalReference", models.PROTECT, null=True, related_name="+"
    )
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    details = models.TextField(default="{}")
    idempotency_key = models.CharField(max_length=120, null=True, unique=True)
    digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_numbers_from_one"),
        ]

    APPEND_ONLY: ClassVar[bool] = True


class PersonalReference(AppendOnly):
    """Stands for a personal value in append-only rows: a salted hash, never the value."""

    token = models.CharField(max_length=32, primary_key=True)
    subject = models.CharField(max_length=200)
    commitment = models.CharField(max_length=64)


class PersonalValue(models.Model):
    """The personal value itself, apart from the record so that it can be erased."""

    reference = models.OneToOneField(
        PersonalReference, models.PROTECT, primary_key=True, related_name="value"
    )
    salt = models.CharField(max_length=32)
    text = models.TextField()

    # Columns of which the database keeps no samples, and whether only its owner may erase rows.
    PERSONAL: ClassVar[tuple[str, ...]] = ("text", "salt")
    KEPT_APART: ClassVar[bool] = True


class Erasure(AppendOnly):
    """Something that was erased: what it was without saying so, and what was left of it.

    `item` is a Ref: `value:` with a token, `file:` with a hash, `person:` with a code. `left` is the
    SHA-256 of what came in its place; "" for nothing.
    """

    item = models.CharField(max_length=120)
    left = models.CharField(max_length=64)
