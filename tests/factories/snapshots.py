"""Deals at a moment, made without a database: what the monitor shows follows by the real rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from noaber.awards.rules import Decided, Tranche, plan
from noaber.core.dates import PartialDate
from noaber.deals.rules import (
    OVERHEAD,
    Allocation,
    Contribution,
    ContributionKey,
    Deal,
    Party,
    Pillar,
    shares,
)
from noaber.ledger.rules import Account, Flow, Kind, Posting, Stage, Transfer
from noaber.monitor.rules import Sources
from noaber.monitor.snapshot import Snapshot
from noaber.organisations.rules import Organisation
from noaber.projects.rules import Project
from noaber.record.rules import Moment

RECORDED_AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
LEAD = Organisation("GM1", "Gemeente Noordwolde", "Noordwolde", "municipality")
PARTNER = Organisation("school", "Het Grote College", "Grote College", "education")


def a_deal(**changes: Any) -> Deal:
    deal = Deal(
        code="noordenveld",
        name="Regio Deal Noordenveld",
        region="Noordenveld",
        ambition="",
        starts=PartialDate(2023, 1, 1),
        ends=PartialDate(2026, 12, 31),
        regime="specific_grant",
        treasurer="GM1",
        pillar_term="thema",
        pillar_terms="thema’s",
        accent="#00607a",
    )
    return replace(deal, **changes)


def a_pillar(code: str, position: int = 1, **changes: Any) -> Pillar:
    return replace(Pillar(code, code.capitalize(), position, "#1d5c8a", "square"), **changes)


def a_tranche(number: str, position: int, year: int = 2023, month: int = 6) -> Tranche:
    return Tranche(number, position, PartialDate(year, month), "printed")


def a_project(pillar: str, number: str, **changes: Any) -> Project:
    project = Project(pillar, number, f"Project {number}", "GM1", PartialDate(2023, 1, 1))
    return replace(project, **changes)


def a_snapshot(**parts: Any) -> Snapshot:
    """A snapshot with these parts; the transfers follow from allocations, awards and reservations.

    Give the parts by their name in `Snapshot`; what is not given is empty.
    """
    deal = parts.setdefault("deal", a_deal())
    parts.setdefault("moment", Moment(date(2025, 12, 31), 7))
    parts.setdefault("recorded_at", RECORDED_AT)
    parts.setdefault("sources", Sources())
    parts.setdefault("organisations", {o.code: o for o in (LEAD, PARTNER)})
    for name in (
        "parties", "pillars", "themes", "goals", "articles", "results", "allocations",
        "contributions", "contribution_keys", "instalments", "stated", "projects", "partners",
        "places", "cross_overs", "tranches", "awards", "reservations", "reports", "measurements",
        "outlines", "contacts", "boards", "seats", "forewords", "releases", "meetings", "decided_reservations",
        "agenda", "interests", "decisions",
    ):  # fmt: skip
        parts.setdefault(name, ())
    parts.setdefault("descriptions", {})
    parts["flows"] = flows(postings(deal, parts))
    parts["pledges"] = pledges(deal, parts)
    return Snapshot(**parts)


def postings(deal: Deal, parts: dict[str, Any]) -> list[Posting]:
    """Everything the ledger would hold of allocations, awards and reservations."""
    found = []
    source = Account(Stage.DEAL, deal.code)
    for line in parts["allocations"]:
        stage = Stage.OVERHEAD if line.line == OVERHEAD else Stage.PILLAR
        pillar = "" if line.line == OVERHEAD else line.line
        found.append(
            Posting(
                Kind.ALLOCATION, source, Account(stage, line.line, pillar), line.amount,
                line.effective.counts_from, f"allocation:{line.line}",
            )
        )  # fmt: skip
    for project in parts["projects"]:
        decided = Decided(
            *(
                [item for item in parts[name] if item.project == project.code]
                for name in ("awards", "reservations", "releases")
            )
        )
        found += plan(project.code, project.pillar, decided, parts["tranches"])
    return found


def flows(found: Sequence[Posting]) -> tuple[Flow, ...]:
    sums: dict[tuple[Account, Kind, str], int] = {}
    for posting in found:
        for account, sign in ((posting.taker, 1), (posting.giver, -1)):
            key = (account, posting.kind, posting.occasion)
            sums[key] = sums.get(key, 0) + sign * posting.amount
    return tuple(Flow(a, k, o, amount) for (a, k, o), amount in sums.items())


def pledges(deal: Deal, parts: dict[str, Any]) -> tuple[Transfer, ...]:
    contributions: Sequence[Contribution] = parts["contributions"]
    keys: Sequence[ContributionKey] = parts["contribution_keys"]
    found: list[Transfer] = []
    for contribution in contributions:
        own = [k for k in keys if k.contribution == contribution.code]
        for share in shares(contribution, own):
            posting = Posting(
                Kind.PLEDGE, Account(Stage.PLEDGE, share.party), Account(Stage.DEAL, deal.code),
                share.amount, contribution.effective.counts_from, f"contribution:{contribution.code}",
            )  # fmt: skip
            found.append(Transfer(len(found) + 1, posting, 1))
    return tuple(found)


def a_party(organisation: Organisation, number: int = 1, side: str = "region") -> Party:
    name = organisation.name
    return Party(organisation.code, number, organisation.code, name, "college", side)


def allocated(pillar: str, euros: int) -> Allocation:
    return Allocation(pillar, euros * 100, PartialDate(2023, 1, 1))
