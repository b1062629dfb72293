"""The list of deals."""

from collections.abc import Sequence

from django.utils import timezone

from noaber.access.rules import PUBLIC
from noaber.deals import queries as deal_queries
from noaber.deals.rules import Deal
from noaber.monitor import queries


def listed_deals(codes: Sequence[str]) -> tuple[Deal, ...]:
    """The deals that are there today, by name."""
    moment = queries.moment(timezone.localdate())
    found = [deal_queries.deal(code, moment, PUBLIC) for code in codes]
    return tuple(sorted((deal for deal in found if deal), key=lambda deal: deal.name))
