"""A project of which the last cents are awarded by a decision, and who commits them."""

from typing import Any

from noaber.core.dates import PartialDate
from noaber.decisions import deciding
from noaber.decisions.effects import Order
from noaber.treasury.rules import Commitment
from tests.decisions_deal import NOW, SEATS
from tests.integration.ledger.small_deal import ANNA, DEAL, LEAD

__all__ = ["DEAL", "PROJECT", "decide", "of_treasurer", "who"]

PROJECT = "werken-9"
MEETING = "m8"
"""On 1 March 2024, the last one that gives money."""


def who() -> dict[str, Any]:
    return {"by": ANNA, "at": NOW}


def decide(cents: int, *, supersedes: str = "") -> str:
    """Award the project an amount; gives the code of the decision."""
    order = Order(
        MEETING,
        "award",
        "Punt",
        "Akkoord.",
        project=PROJECT,
        amount=cents,
        supersedes=supersedes,
        taking_part=SEATS["steering"],
    )
    return deciding.decide(order, deal=DEAL, **who()).code


def of_treasurer(code: str, cents: int = 1) -> Commitment:
    """A commitment from the award."""
    return Commitment(code, LEAD.code, cents, PartialDate(2024, 6, 1), "grant_decision", PROJECT)
