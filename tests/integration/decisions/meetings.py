"""Meetings of the steering group of the reference deal, and orders to decide in them."""

from datetime import UTC, datetime
from typing import Any

from noaber.access.rules import OFFICE
from noaber.core.dates import PartialDate
from noaber.deals import queries as deals
from noaber.decisions import actions, deciding, queries, rules
from noaber.decisions.effects import Order
from noaber.decisions.standing import Standing, Weighing, standing
from noaber.ledger import queries as ledger
from noaber.record.queries import latest
from noaber.record.rules import Evidence, Moment
from tests.factories.people import ANNA

DEAL = "zuid-en-oost-drenthe"
AT = datetime(2022, 3, 15, 10, tzinfo=UTC)
MEETING = "stuurgroep-2022-1"
ON = PartialDate(2022, 3, 14)
NO_EVIDENCE = Evidence()


def meet(
    code: str = MEETING, *, on: PartialDate = ON, tranche: str = "7", board: str = "stuurgroep"
) -> str:
    """A planned meeting."""
    meeting = rules.Meeting(code, board, on, f"Stuurgroep {code}", tranche=tranche)
    actions.record_meeting(meeting, deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    return code


def members(board: str = "stuurgroep") -> tuple[str, ...]:
    """Codes of the seats of a board."""
    facts = queries.facts(DEAL, Moment.ever(latest()), OFFICE)
    return tuple(seat.code for seat in facts.seats if seat.board == board)


def order(kind: str = "award", euros: int | None = None, **given: Any) -> Order:
    """An order to decide, with all that it must have."""
    given = {"meeting": MEETING, "title": "Punt", "text": "Akkoord.", **given}
    given.setdefault("taking_part", members())
    return Order(kind=kind, amount=None if euros is None else euros * 100, **given)


def decide(asked: Order, **given: Any) -> rules.Decision:
    """Take a decision."""
    return deciding.decide(asked, deal=DEAL, by=ANNA, at=given.pop("at", AT), **given)


def weigh(asked: Order) -> Weighing:
    """Look at what a decision would do."""
    return deciding.weigh(asked, deal=DEAL, by=ANNA, at=AT)


def stands() -> Standing:
    """What stands now, over all decisions so far."""
    moment = Moment.ever(latest())
    pillars = [pillar.code for pillar in deals.pillars(DEAL, moment, OFFICE)]
    return standing(ledger.flows(DEAL, moment), pillars)
