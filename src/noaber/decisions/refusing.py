"""What the rules of money refuse, said as findings on a decision."""

from collections.abc import Iterator
from contextlib import contextmanager

from noaber.awards.rules import (
    AwardAfterEnd,
    ReleaseExceeded,
    ReservationExceeded,
    ReservationTooLow,
)
from noaber.core.finding import Field, Finding, Refused
from noaber.core.notation import day, euro
from noaber.ledger.rules import Overdrawn, Stage


@contextmanager
def as_findings() -> Iterator[None]:
    """What money rules refuse, as findings at the amount."""
    try:
        yield
    except AwardAfterEnd as wrong:
        raise _at_amount(
            "B-23", str(wrong), "Vaststellen, laten vrijvallen en terugvorderen kan nog wel."
        ) from wrong
    except ReservationTooLow as wrong:
        raise _at_amount("B-24", str(wrong), f"Reserveer {euro(wrong.least)} of meer.") from wrong
    except ReservationExceeded as wrong:
        raise _at_amount(
            "B-24", str(wrong), "Ken hoogstens toe wat er over is, of verhoog eerst de reservering."
        ) from wrong
    except ReleaseExceeded as wrong:
        raise _at_amount("B-25", str(wrong), "Kies een lager bedrag.") from wrong
    except Overdrawn as wrong:
        raise _at_amount(*_overdrawn(wrong)) from wrong


def _overdrawn(wrong: Overdrawn) -> tuple[str, str, str]:
    holder, short = wrong.account.holder, euro(wrong.short)
    if wrong.account.stage == Stage.AWARDED:
        return (
            "B-26",
            f"Van {holder} is op {day(wrong.on)} al zoveel verplicht of betaald dat {short} te weinig over is",
            "Laat de kassier eerst de verplichting vaststellen of geld terugvorderen; daarna kan het vrijvallen.",
        )
    return "B-27", str(wrong), "Kies een lager bedrag of een latere datum."


def _at_amount(rule: str, message: str, remedy: str) -> Refused:
    return Refused([Finding(rule, message, Field("bedrag"), remedy)])
