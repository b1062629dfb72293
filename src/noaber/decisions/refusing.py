"""What the rules of money refuse, said as findings on a decision."""

from collections.abc import Iterator
from contextlib import contextmanager

from noaber.awards.rules import (
    AwardAfterEnd,
    ReleaseExceeded,
    ReservationExceeded,
    ReservationTooLow,
)
from noaber.core.finding import Refused, refusal
from noaber.core.notation import day, euro
from noaber.ledger.rules import Overdrawn, Stage

AMOUNT = "bedrag"
"""The field at which they are said."""


@contextmanager
def as_findings() -> Iterator[None]:
    """What money rules refuse, as findings at the amount."""
    try:
        yield
    except AwardAfterEnd as wrong:
        raise refusal(
            "B-23",
            str(wrong),
            AMOUNT,
            "Vaststellen, laten vrijvallen en terugvorderen kan nog wel.",
        ) from wrong
    except ReservationTooLow as wrong:
        raise refusal(
            "B-24", str(wrong), AMOUNT, f"Reserveer {euro(wrong.least)} of meer."
        ) from wrong
    except ReservationExceeded as wrong:
        raise refusal(
            "B-24",
            str(wrong),
            AMOUNT,
            "Ken hoogstens toe wat er over is, of verhoog eerst de reservering.",
        ) from wrong
    except ReleaseExceeded as wrong:
        raise refusal("B-25", str(wrong), AMOUNT, "Kies een lager bedrag.") from wrong
    except Overdrawn as wrong:
        raise _overdrawn(wrong) from wrong


def _overdrawn(wrong: Overdrawn) -> Refused:
    holder, short = wrong.account.holder, euro(wrong.short)
    if wrong.account.stage == Stage.AWARDED:
        return refusal(
            "B-26",
            f"Van {holder} is op {day(wrong.on)} al zoveel verplicht of betaald dat {short} te weinig over is",
            AMOUNT,
            "Laat de kassier eerst de verplichting vaststellen of geld terugvorderen; daarna kan het vrijvallen.",
        )
    return refusal("B-27", str(wrong), AMOUNT, "Kies een lager bedrag of een latere datum.")
