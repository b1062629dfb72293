"""The reference deal some years on: its steering group decided, and the money went its whole way.

To the money of awards (`money_deal`) come two meetings that award, set aside, release and supersede;
and the life of one award from decision to commitment, advance, settlement with release, and recovery.
"""

from datetime import UTC, datetime
from pathlib import Path

from noaber.core.dates import PartialDate
from noaber.deals.rules import OVERHEAD
from noaber.decisions import actions as decisions
from noaber.decisions.rules import AgendaItem
from noaber.record.rules import Evidence
from noaber.treasury.actions import record_steps
from noaber.treasury.rules import Commitment, Payment, Recovery, Settlement
from tests.factories.loading import load_folder
from tests.factories.money_deal import money_folder
from tests.factories.people import ANNA, TOMORROW
from tests.integration.decisions.meetings import AT, DEAL, MEETING, decide, meet, order

LATER = "stuurgroep-2022-2"
COMING = "stuurgroep-2024-1"
PAID = datetime(2024, 3, 1, 12, tzinfo=UTC)
PROJECT = "werken-1.1"
TRANCHES = ("7", "8")


def load_lived_deal(folder: Path) -> None:
    """Load the deal and its money, decide, and do with one award all that can be done."""
    load_folder(money_folder(folder), TOMORROW)
    decided()
    paid()


def decided() -> None:
    """Two meetings that decide on money, and one that is still to come."""
    meet()
    first = decide(order(euros=200_000, project=PROJECT, title="Meer huizen"))
    decide(order(euros=65_000, project="werken-9", title="Uit de reservering"))
    decide(order("reserve", 220_000, project="wonen-1.1", title="Alvast opzij"))
    decide(order("reject", project="wonen-2.2", title="Nu niet", reason="Het plan is nog niet af."))
    meet(LATER, on=PartialDate(2022, 3, 15), tranche="8")
    decide(
        order(
            euros=180_000, project=PROJECT, title="Iets minder", meeting=LATER,
            supersedes=first.code,
        )
    )  # fmt: skip
    decide(order("release", 25_000, project="wonen-1.1", title="Valt vrij", meeting=LATER))
    shares = {"werken": 19_300_000_00, "wonen": 14_250_000_00, OVERHEAD: 1_650_000_00}
    decide(order("revise_allocation", title="Verdeling 2022", meeting=LATER, shares=shares))
    meet(COMING, on=PartialDate(2024, 12, 2), tranche="9")
    item = AgendaItem(COMING, 1, "Hoe verder met de woningen", project=PROJECT)
    decisions.record_agenda_item(item, deal=DEAL, evidence=Evidence(), by=ANNA, at=AT)


def paid() -> None:
    """Commit 150,000 of the award, pay 100,000, settle at 90,000 and take 6,000 back."""
    source = Evidence(f"besluiten-{MEETING}")
    commitment = Commitment(
        "B-7", "GM0109", 150_000_00, PartialDate(2022, 4, 1), "grant_decision", PROJECT,
        tranche="7", evidence=source,
    )  # fmt: skip
    steps = (
        commitment,
        Payment("P-7", "B-7", 100_000_00, PartialDate(2022, 4, 15), "advance", evidence=source),
        Settlement("B-7", 90_000_00, PartialDate(2023, 11, 15), evidence=source),
        Recovery("T-7", "B-7", 6_000_00, PartialDate(2024, 1, 20), evidence=source),
    )
    record_steps(steps, deal=DEAL, by=ANNA, at=PAID)
