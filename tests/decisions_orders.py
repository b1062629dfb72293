"""What a steering group could think of, drawn for the state machine of decisions.

Mostly what can be, sometimes what cannot.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from noaber.decisions.effects import RESERVATION, Order
from tests.decisions_book import OVERHEAD, DecisionsBook
from tests.decisions_deal import CENTS, SEATS
from tests.decisions_paper import MONEY
from tests.integration.ledger.small_deal import PILLARS

Draw = Callable[[st.SearchStrategy[Any]], Any]

KINDS = ("award",) * 6 + (
    "reserve", "reallocate", "release", "revise_allocation", "stop", "hold", "reject", "other",
)  # fmt: skip
TRANCHES = ("7", "8", "9", "10", "11", "12")
SELDOM = 7
"""Of some numbers that are drawn, not at an end: those are drawn more often."""

amounts = st.integers(1, 12)
shares = st.dictionaries(
    st.sampled_from((*PILLARS, OVERHEAD)), st.integers(CENTS - 4, CENTS + 4), min_size=1
)


def order(draw: Draw, book: DecisionsBook) -> Order:
    """The next decision that somebody asks for."""
    return _too_soon(draw, book) or _forbidden(draw, book) or _likely_one(draw, book)


def _likely_one(draw: Draw, book: DecisionsBook) -> Order:
    kind = draw(st.sampled_from(KINDS))
    said = book.decisions
    of, proposal = "", ""
    project = draw(st.sampled_from(sorted(book.pillars)))
    if said and draw(st.integers(0, 3)) == 0:
        of = draw(st.sampled_from(sorted(said)))
        divided = said[of].kind == "revise_allocation"
        again = ("award", "award", "reserve", "hold", "reject", *["revise_allocation"] * divided)
        kind = draw(st.sampled_from(again))
        if draw(st.integers(0, 4)):
            project, proposal = said[of].project, said[of].proposal
    elif kind not in ("release", "stop", "reallocate", "revise_allocation") and draw(st.booleans()):
        proposal = draw(st.sampled_from(sorted(book.proposals)))
        project = ""
    if not project and not proposal:
        project = "werken-1"
    meeting = draw(st.sampled_from(_likely(book)))
    item = f"{meeting}-1" if draw(st.booleans()) else ""
    seats = SEATS[book.meetings[meeting].board]
    all_take_part = not item or draw(st.integers(0, 9)) == SELDOM
    return Order(
        meeting,
        kind,
        "Punt",
        "Akkoord.",
        item=item,
        proposal=proposal,
        project=project,
        number=draw(st.sampled_from(("20", "21", "22", "9"))),
        amount=_amount(draw, book),
        giver=draw(st.sampled_from(sorted(book.pillars))),
        of=draw(st.sampled_from(("", "", RESERVATION, *TRANCHES))),
        supersedes=of,
        taking_part=seats if all_take_part else seats[1:] or seats,
        shares=draw(shares) if kind == "revise_allocation" else {},
        over_guideline=draw(st.booleans()),
    )


def _amount(draw: Draw, book: DecisionsBook) -> int:
    """Some cents; now and then all that is left, also what only falls free later, or one more."""
    left = sum(book.room().values())
    if left > 0 and draw(st.integers(0, 4)) == 1:
        spent: int = left + draw(st.integers(0, 1))
        return spent
    cents: int = draw(amounts)
    return cents


def _forbidden(draw: Draw, book: DecisionsBook) -> Order | None:
    """Now and then an order with one thing wrong: in a closed meeting, or superseding once more."""
    if draw(st.integers(0, 9)) != SELDOM:
        return None
    closed = [m for m, of in book.meetings.items() if of.closed]
    again = [d.supersedes for d in book.decisions.values() if d.supersedes]
    meeting, of = draw(st.sampled_from(_likely(book))), ""
    if closed and draw(st.booleans()):
        meeting = draw(st.sampled_from(closed))
    elif again:
        of = draw(st.sampled_from(again))
    else:
        return None
    about = book.decisions.get(of)
    return Order(
        meeting,
        "other",
        "Punt",
        "Akkoord.",
        project=about.project if about else "",
        proposal=about.proposal if about else "",
        supersedes=of,
        taking_part=SEATS[book.meetings[meeting].board],
    )


def _too_soon(draw: Draw, book: DecisionsBook) -> Order | None:
    """Now and then all that is left, or one more or less, while some of it falls free later on."""
    meeting = draw(st.sampled_from(_likely(book)))
    on = book.meetings[meeting].on
    later = any(back.on > on for back in book.back())
    # From a reservation less could be given; a proposal would have to be nominated.
    free = [p for p in sorted(book.pillars) if not any(of == p for of, _ in book.reservations)]
    left = sum(book.room().values())
    if not later or not free or left < 1 or draw(st.booleans()):
        return None
    return Order(
        meeting,
        "award",
        "Punt",
        "Akkoord.",
        project=draw(st.sampled_from(free)),
        amount=max(1, left + draw(st.integers(-1, 1))),
        taking_part=SEATS[book.meetings[meeting].board],
        over_guideline=True,
    )


def _likely(book: DecisionsBook) -> list[str]:
    """Meetings: mostly those that come next, of which the last one only when nothing else does."""
    money = [book.meetings[d.meeting].on for d in book.decisions.values() if d.kind in MONEY]
    last = max([*money, *book.tranches.values()])
    coming = [m for m, of in sorted(book.meetings.items()) if of.on >= last and not of.closed]
    # What comes first in a list is drawn more than its share.
    return (coming[:3] or ["m9"]) * 20 + sorted(book.meetings)
