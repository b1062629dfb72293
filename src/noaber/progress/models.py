"""Tables of progress."""

from django.db import models

from noaber.deals.models import DealFact, OfDeal
from noaber.projects.models import OfProject
from noaber.record.fields import PartialDateField
from noaber.record.models import Version


class ReportingRound(OfDeal):
    """A reporting round of a deal."""


class ReportingRoundVersion(Version):
    """What is recorded of a reporting round."""

    KEY = ("round",)

    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="versions")
    as_of = PartialDateField()


class ProgressReportVersion(OfProject):
    """What a project reported in a round; its code is project/round."""

    WITHHOLDABLE = "progress"

    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta(DealFact.Meta):
        pass
