"""Tables of commitments and what became of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from noaber.deals.models import DealFact, Party, one_of
from noaber.organisations.models import Organisation
from noaber.projects.models import Project
from noaber.record.fields import CentsField, PartialDateField
from noaber.record.models import Version
from noaber.treasury import rules

Constraints = list[models.BaseConstraint]


def above_zero(name: str) -> models.CheckConstraint:
    """A named constraint that an amount is more than nothing."""
    return models.CheckConstraint(condition=Q(amount__gt=0), name=name)


class CommitmentVersion(DealFact):
    """A commitment; its code is its number as printed."""

    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    amount = CentsField()
    effective = PartialDateField()
    form = models.CharField(max_length=20)
    line = models.CharField(max_length=60)
    tranche = models.CharField(max_length=20)
    decision = models.CharField(max_length=60)
    ends = PartialDateField()
    accounts_due = PartialDateField()

    class Meta(DealFact.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            above_zero("commitment_above_zero"),
            one_of("form", rules.FORMS, "commitment_form_is_known"),
        ]


class ConditionVersion(DealFact):
    """A condition of a commitment; its code is commitment/number."""

    commitment = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    text = models.TextField()


class PaymentVersion(DealFact):
    """A payment on a commitment."""

    commitment = models.CharField(max_length=60)
    amount = CentsField()
    effective = PartialDateField()
    kind = models.CharField(max_length=20)

    class Meta(DealFact.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            above_zero("payment_above_zero"),
            one_of("kind", rules.PAYMENT_KINDS, "payment_kind_is_known"),
        ]


class SettlementVersion(DealFact):
    """A settlement; its code is that of its commitment."""

    amount = CentsField()
    effective = PartialDateField()
    document = models.CharField(max_length=200)

    class Meta(DealFact.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="settlement_not_negative"),
        ]


class RecoveryVersion(DealFact):
    """Money of a commitment that came back."""

    commitment = models.CharField(max_length=60)
    amount = CentsField()
    effective = PartialDateField()

    class Meta(DealFact.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            above_zero("recovery_above_zero"),
        ]


class ReceiptVersion(DealFact):
    """Money of a contribution that came in."""

    contribution = models.CharField(max_length=60)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    instalment = models.CharField(max_length=80)
    amount = CentsField()
    effective = PartialDateField()

    class Meta(DealFact.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            above_zero("receipt_above_zero"),
        ]


class BudgetLineVersion(DealFact):
    """What is budgeted of overhead for something in a year."""

    year = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    amount = CentsField()


class ForecastVersion(DealFact):
    """What a project expects to be paid in a year, as given; its code is project/year/day."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    given = PartialDateField()
    amount = CentsField()
    note = models.TextField()

    class Meta(DealFact.Meta):
        constraints: ClassVar[Constraints] = [
            *Version.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="forecast_not_negative"),
        ]
