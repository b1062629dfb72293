"""Editions of documents, made from the register at the moment they are of."""

from noaber.access.rules import Audience
from noaber.awards import queries as award_queries
from noaber.core.dates import LAST_YEAR, PartialDate
from noaber.documents.blocks import Document
from noaber.editions.programme import BASE_URL, compose
from noaber.editions.rules import UnknownTranche
from noaber.monitor import queries as monitor_queries
from noaber.record import queries as record_queries
from noaber.record.rules import Moment


def programme(
    deal: str,
    tranche: str,
    known_on: int | None,
    audience: Audience,
    *,
    base_url: str = BASE_URL,
) -> Document:
    """The implementation programme of a tranche, as of the day it counts from.

    `known_on` is a revision: what was recorded later is not in it; None is the latest.

    :raises UnknownTranche: when the deal or the tranche is not known at that revision.
    """
    revision = record_queries.latest() if known_on is None else known_on
    ever = Moment(PartialDate(LAST_YEAR).last_day, revision)
    tranches = {t.number: t for t in award_queries.tranches(deal, ever, audience)}
    if tranche not in tranches:
        raise UnknownTranche(deal, tranche, list(tranches))
    moment = Moment(tranches[tranche].effective_on, revision)
    view = monitor_queries.view(deal, moment, audience)
    if view is None:
        raise UnknownTranche(deal, tranche, list(tranches))
    return compose(view, tranche, base_url=base_url)
