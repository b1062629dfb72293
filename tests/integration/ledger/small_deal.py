"""A small deal in the register: two pillars, three projects, six tranches, money to award."""

from datetime import UTC, date, datetime

from noaber.access.rules import Actor
from noaber.awards import rules as awards
from noaber.awards.actions import open_tranche
from noaber.core.dates import PartialDate
from noaber.deals import rules as deals
from noaber.deals.actions import record_deal, record_pillar
from noaber.ledger.actions import allocate
from noaber.ledger.rules import Account, Kind, Posting, Stage
from noaber.organisations.actions import record_organisation
from noaber.organisations.rules import Organisation
from noaber.projects.actions import record_project
from noaber.projects.rules import Project
from noaber.record.rules import Evidence

ANNA = Actor("anna", "Anna van het programmabureau")
AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
NO_EVIDENCE = Evidence()
DEAL = "noordenveld"
START = date(2020, 1, 1)
END = PartialDate(2024, 12, 31)
PILLARS = ("werken", "wonen")
PROJECTS = ("werken-1", "werken-9", "wonen-1")
LEAD = Organisation("GM1", "Gemeente Noordwolde", "Noordwolde", "municipality")
TRANCHES = tuple(
    awards.Tranche(str(n), n, PartialDate(2020 + n // 3, 1 + 4 * (n % 3)), "printed")
    for n in range(1, 7)
)


def found(deal: str = DEAL, *, allocated: int = 1_000_000_00) -> None:
    """Record the deal; each pillar gets `allocated` cents from its start."""
    record_organisation(LEAD, since=START, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    record_deal(
        deals.Deal(
            deal, "Regio Deal Noordenveld", "Noordenveld", "", PartialDate(2020, 1, 1), END,
            "decentralised_grant", LEAD.code, "pijler", "pijlers", "#00607a",
        ),
        since=START, evidence=NO_EVIDENCE, by=ANNA, at=AT,
    )  # fmt: skip
    for position, code in enumerate(PILLARS, start=1):
        pillar = deals.Pillar(code, code.capitalize(), position, "#1d5c8a", "square")
        record_pillar(pillar, deal=deal, since=START, evidence=NO_EVIDENCE, by=ANNA, at=AT)
        if allocated:
            share(code, allocated, deal=deal)
    for code in PROJECTS:
        pillar_code, number = code.split("-")
        project = Project(pillar_code, number, f"Project {number}", LEAD.code, PartialDate(2020, 1))
        record_project(project, deal=deal, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    for tranche in TRANCHES:
        open_tranche(tranche, deal=deal, evidence=NO_EVIDENCE, by=ANNA, at=AT)


def share(line: str, amount: int, *, deal: str = DEAL, since: PartialDate | None = None) -> bool:
    """Allocate an amount in cents to a pillar or to overhead."""
    allocation = deals.Allocation(line, amount, since or PartialDate(2020, 1, 1))
    return allocate(allocation, deal=deal, evidence=NO_EVIDENCE, by=ANNA, at=AT)


def awarded(project: str) -> Account:
    return Account(Stage.AWARDED, project, project.split("-", maxsplit=1)[0])


def committed(project: str) -> Account:
    return Account(Stage.COMMITTED, project, project.split("-", maxsplit=1)[0])


def reserved(project: str) -> Account:
    return Account(Stage.RESERVED, project, project.split("-", maxsplit=1)[0])


def share_of(pillar: str) -> Account:
    return Account(Stage.PILLAR, pillar, pillar)


def commitment(
    cause: str, amount: int, *, project: str = "werken-9", on: date = date(2023, 1, 1)
) -> Posting:
    """The treasurer's legal act of `amount` cents for a project."""
    return Posting(
        Kind.COMMITMENT, awarded(project), committed(project), amount, on, f"commitment:{cause}"
    )
