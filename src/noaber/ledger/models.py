"""Tables of the ledger."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from noaber.deals.models import Deal
from noaber.ledger.rules import Kind, Stage
from noaber.record.fields import CentsField
from noaber.record.models import AppendOnly


class Account(AppendOnly):
    """An account of a deal. Holder and pillar are codes, so the ledger knows no project."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20)
    holder = models.CharField(max_length=80)
    pillar = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["deal", "stage", "holder", "pillar"], name="account_once_in_deal"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[s.value for s in Stage]), name="account_stage_is_known"
            ),
        ]


class Transfer(AppendOnly):
    """Euro cents from one account to another, never changed; corrected by a reversal."""

    id = models.BigAutoField(primary_key=True)
    deal = models.ForeignKey(Deal, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    giver = models.ForeignKey(Account, models.PROTECT, related_name="given")
    taker = models.ForeignKey(Account, models.PROTECT, related_name="taken")
    amount = CentsField()
    effective_on = models.DateField()
    occasion = models.CharField(max_length=20, blank=True)
    cause = models.CharField(max_length=160)
    memo = models.TextField(blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    source = models.CharField(max_length=60, blank=True)
    locator = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_amount_above_zero"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="transfer_goes_elsewhere"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in Kind]), name="transfer_kind_is_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # Covers the sums of one deal at a moment: no look-up per transfer, and no sorting,
            # since what is grouped by comes before what is filtered on.
            models.Index(
                fields=[
                    "deal",
                    "giver",
                    "taker",
                    "kind",
                    "occasion",
                    "effective_on",
                    "revision",
                    "amount",
                ],
                name="transfer_sums_of_deal",
            ),
            models.Index(fields=["deal", "cause"], name="transfer_by_cause"),
        ]


class Balance(models.Model):
    """Net amount per stage, pillar, kind and occasion of a deal over all transfers so far: a
    summary table, as small as what an overview of many deals shows.

    It follows from the transfers (`noaber check` compares) and is the only table here that
    changes.
    """

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="+", db_index=False)
    stage = models.CharField(max_length=20)
    pillar = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20)
    occasion = models.CharField(max_length=20, blank=True)
    amount = CentsField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["deal", "stage", "pillar", "kind", "occasion"], name="balance_once_in_deal"
            ),
        ]
