"""What pages, documents, exports and the API ask: each figure from one function."""

from collections import OrderedDict
from datetime import date, datetime
from threading import Lock

from noaber.access.rules import Audience
from noaber.core.address import Address
from noaber.deals import queries as deal_queries
from noaber.monitor import figures, snapshot
from noaber.monitor.decided import DecisionView, decision_views
from noaber.monitor.rules import Explanation, UnknownFigure
from noaber.monitor.titles import title
from noaber.monitor.views import DealView
from noaber.record import queries as record_queries
from noaber.record.rules import Moment

KEPT = 48
"""How many views a process keeps; each is a megabyte or two for the reference deal."""

_KEPT: OrderedDict[tuple[str, Moment, str, Audience], DealView | None] = OrderedDict()
_LOCK = Lock()


def deals() -> tuple[str, ...]:
    """Codes of the deals in the register."""
    return deal_queries.codes()


def moment(as_of: date, known_on: datetime | None = None) -> Moment:
    """The moment of a date, as known on a date and time; None means as known now."""
    revision = record_queries.latest() if known_on is None else record_queries.revision_at(known_on)
    return Moment(as_of, revision)


def now(as_of: date) -> tuple[Moment, str]:
    """The moment of a date as known now, and the hash that names all that is known now."""
    number, known = record_queries.head()
    return Moment(as_of, number), known


def view(deal: str, moment: Moment, audience: Audience) -> DealView | None:
    """A deal at a moment, for an audience; None when there was no such deal then.

    Reads everything once, in a number of queries that does not depend on the deal's size. What
    was known at a revision never changes, so a view is kept and shown again.
    """
    recorded_at, known = record_queries.recorded(moment.revision)
    key = (deal, moment, known, audience)
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    taken = snapshot.take(deal, moment, audience, recorded_at)
    seen = DealView(taken) if taken else None
    with _LOCK:
        _KEPT[key] = seen
        while len(_KEPT) > KEPT:
            _KEPT.popitem(last=False)
    return seen


def decisions(seen: DealView, audience: Audience) -> tuple[DecisionView, ...]:
    """The decisions of a deal that is already at hand, by date of their meeting: one query.

    What a revision of the allocation changed is seen beside the shares of before, which no longer
    hold at the moment.
    """
    s = seen.snapshot
    return decision_views(seen, deal_queries.allocations(s.deal.code, s.moment.revision, audience))


def explain(address: Address, moment: Moment, audience: Audience) -> Explanation:
    """A figure taken apart into what it is made of.

    :raises UnknownFigure: when there is no such deal, figure, filter or thing at the moment.
    """
    seen = view(address.deal, moment, audience)
    if seen is None:
        raise UnknownFigure(f"Er is op deze dag geen deal {address.deal}.")
    return explained(seen, address)


def explained(seen: DealView, address: Address) -> Explanation:
    """A figure of a deal that is already at hand, taken apart.

    :raises UnknownFigure: when there is no such figure, filter or thing at the moment.
    """
    s = seen.snapshot
    figure = figures.figure(s, address)
    return Explanation(
        figure=figure,
        title=title(s, address),
        text=figures.text(s, address),
        parts=figures.parts(s, address, seen.transfers),
        stated=tuple(c for c in seen.comparisons if c.address == address),
        steps=figures.steps(s, address, seen.transfers),
        moment=s.moment,
        recorded_at=s.recorded_at,
    )
