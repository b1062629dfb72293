"""Tables of the deal and what belongs to it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, Value

from noaber.deals import rules
from noaber.organisations.models import Organisation
from noaber.record.fields import CentsField, PartialDateField
from noaber.record.models import AppendOnly, Version

Constraints = list[models.BaseConstraint]


def one_of(column: str, values: tuple[str, ...], name: str) -> models.CheckConstraint:
    """A named constraint that a column holds one of the values."""
    return models.CheckConstraint(condition=Q(**{f"{column}__in": values}), name=name)


class Deal(AppendOnly):
    """A deal, known by its code."""

    code = models.CharField(max_length=60, unique=True)


class OfDeal(AppendOnly):
    """Something of a deal, known by its code within the deal."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)

    class Meta:
        abstract = True
        constraints: ClassVar[Constraints] = [
            models.UniqueConstraint(fields=["deal", "code"], name="%(class)s_code_once_in_deal"),
        ]


class DealVersion(Version):
    """What is recorded of a deal."""

    KEY = ("deal",)
    ADDED = frozenset({"logo"})

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    region = models.CharField(max_length=200)
    ambition = models.TextField()
    starts = PartialDateField()
    ends = PartialDateField()
    regime = models.CharField(max_length=30)
    treasurer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    pillar_term = models.CharField(max_length=60)
    pillar_terms = models.CharField(max_length=60)
    accent = models.CharField(max_length=7)
    logo = models.TextField(default="")

    class Meta(Version.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            one_of("regime", rules.REGIMES, "deal_regime_is_known"),
        ]


class DealFact(Version):
    """A fact of a deal that has a code of its own."""

    KEY = ("deal", "code")
    IDENTITY = ("deal__code", Value("/"), "code")

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)

    class Meta(Version.Meta):
        abstract = True
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["deal", "code", "valid_from", "id"]),
        ]


class SourceVersion(DealFact):
    """A document or announcement that facts of the deal come from."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    published = PartialDateField()
    publisher = models.CharField(max_length=200)


class Party(OfDeal):
    """A signatory of a deal."""


class PartyVersion(Version):
    """What is recorded of a party."""

    KEY = ("party",)

    party = models.ForeignKey(Party, models.PROTECT, related_name="versions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    office = models.CharField(max_length=200)
    side = models.CharField(max_length=10)
    capacity = models.CharField(max_length=200)
    role = models.TextField()
    since = PartialDateField()
    until = PartialDateField()

    class Meta(Version.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            one_of("side", rules.SIDES, "party_side_is_known"),
        ]


class ArticleVersion(DealFact):
    """An article of the covenant; its code is its number."""

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    part = models.CharField(max_length=200)


class Pillar(OfDeal):
    """A pillar of a deal."""


class PillarVersion(Version):
    """What is recorded of a pillar."""

    KEY = ("pillar",)

    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=100)
    position = models.PositiveIntegerField()
    colour = models.CharField(max_length=7)
    mark = models.CharField(max_length=20)
    introduction = models.TextField()

    class Meta(Version.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            one_of("mark", rules.MARKS, "pillar_mark_is_known"),
        ]


class ThemeVersion(DealFact):
    """A theme in a pillar, or one that connects them (pillar empty)."""

    pillar = models.ForeignKey(Pillar, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    position = models.PositiveIntegerField()


class GoalVersion(DealFact):
    """A goal of the covenant."""

    pillar = models.ForeignKey(Pillar, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    due = PartialDateField()


class IntendedResultVersion(DealFact):
    """An intended result."""

    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=20)
    target = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=100)
    direction = models.CharField(max_length=10)
    due = PartialDateField()

    class Meta(DealFact.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            one_of("kind", rules.RESULT_KINDS, "result_kind_is_known"),
        ]


class AllocationVersion(DealFact):
    """The indicative share of a line (a pillar's code, or overhead) from a date on."""

    PERIODS = True
    ADDED = frozenset({"decision"})

    amount = CentsField()
    effective = PartialDateField()
    decision = models.CharField(max_length=60, default="")

    class Meta(DealFact.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="allocation_not_negative"),
        ]


class ContributionVersion(DealFact):
    """What a party, or several together, promises."""

    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    amount = CentsField()
    form = models.CharField(max_length=20)
    standing = models.CharField(max_length=20)
    effective = PartialDateField()
    note = models.TextField()

    class Meta(DealFact.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="contribution_is_positive"),
            one_of("form", rules.FORMS, "contribution_form_is_known"),
            one_of("standing", rules.STANDINGS, "contribution_standing_is_known"),
        ]


class ContributionKeyVersion(DealFact):
    """Weight of a party in a contribution; its code is contribution/party."""

    contribution = models.CharField(max_length=60)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    key = models.PositiveBigIntegerField()
    unit = models.CharField(max_length=60)
    measured = PartialDateField()


class InstalmentVersion(DealFact):
    """A part in which a contribution comes; its code is contribution/number."""

    contribution = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    due = PartialDateField()
    amount = CentsField(null=True)
    note = models.TextField()


class MandateVersion(DealFact):
    """What a body of a party decided on a contribution; its code is contribution/party."""

    PERIODS = True

    contribution = models.CharField(max_length=60)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    body = models.CharField(max_length=20)
    effective = PartialDateField()
    outcome = models.CharField(max_length=20)
    amount = CentsField()
    document = models.CharField(max_length=200)
    note = models.TextField()

    class Meta(DealFact.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="mandate_not_negative"),
            one_of("body", rules.BODIES, "mandate_body_is_known"),
            one_of("outcome", rules.OUTCOMES, "mandate_outcome_is_known"),
        ]


class ContactPointVersion(DealFact):
    """Where people can turn to with a question."""

    name = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    purpose = models.TextField()
    address = models.TextField()
    website = models.CharField(max_length=300)
    mail = models.CharField(max_length=200)


class StatedFactVersion(DealFact):
    """What a source says of a figure itself."""

    address = models.CharField(max_length=300)
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=300)
    rounded_to = CentsField(default=0)
    note = models.TextField()

    class Meta(DealFact.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            one_of("kind", rules.STATED_KINDS, "stated_kind_is_known"),
        ]
