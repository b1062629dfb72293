"""Tables of proposals."""

from typing import ClassVar

from django.db import models

from noaber.deals.models import OfDeal, one_of
from noaber.proposals import rules
from noaber.record.models import AppendOnly, Version


class Proposal(OfDeal):
    """A proposal of a deal."""


class ProposalVersion(Version):
    """What a proposal says and how far it is; `content` is canonical JSON, `lead` stands in it too.

    `readers` is "office", and "board" from the first time that it is sent in; who leads it reads
    it always. See `queries`.
    """

    KEY = ("proposal",)
    PERIODS = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    phase = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    lead = models.CharField(max_length=60)
    content = models.TextField()

    class Meta(Version.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            one_of("phase", rules.PHASES, "proposal_phase_is_known"),
        ]


class ProposalStep(AppendOnly):
    """Something that was done with a proposal; `comments` are pairs of section and text."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    on = models.DateField()
    author = models.CharField(max_length=60)
    text = models.TextField()
    opinion = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)
    decision = models.CharField(max_length=60)
    project = models.CharField(max_length=60)
    comments = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("step", tuple(rules.STEPS), "proposal_step_is_known"),
            one_of("opinion", ("", *rules.OPINIONS), "proposal_opinion_is_known"),
            one_of("outcome", ("", *rules.OUTCOMES), "proposal_outcome_is_known"),
        ]
