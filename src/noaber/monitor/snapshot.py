"""Everything known of one deal at a moment, read in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from noaber.access.rules import Audience
from noaber.awards import queries as award_queries
from noaber.awards.rules import Award, Release, Reservation, Tranche, marks
from noaber.core.numbering import number_key
from noaber.deals import queries as deal_queries
from noaber.deals.rules import (
    Allocation,
    Article,
    ContactPoint,
    Contribution,
    ContributionKey,
    Deal,
    Goal,
    Instalment,
    IntendedResult,
    Mandate,
    Party,
    Pillar,
    StatedFact,
    Theme,
)
from noaber.decisions import queries as decision_queries
from noaber.decisions.rules import (
    AgendaItem,
    Board,
    Decision,
    Foreword,
    Interest,
    Meeting,
    Seat,
)
from noaber.indicators import queries as indicator_queries
from noaber.indicators.rules import Measurement
from noaber.ledger import queries as ledger_queries
from noaber.ledger.rules import Flow, Kind, Stage, Transfer
from noaber.monitor.rules import Sources
from noaber.organisations import queries as organisation_queries
from noaber.organisations.rules import Organisation, Outline
from noaber.progress import queries as progress_queries
from noaber.progress.rules import ProgressReport
from noaber.projects import queries as project_queries
from noaber.projects.rules import CrossOver, Influence, Partner, Place, Project, Turn
from noaber.record.reading import read_together
from noaber.record.rules import Moment
from noaber.treasury import queries as treasury_queries
from noaber.treasury.queries import TreasuryFacts
from noaber.treasury.rules import Commitment

AWARD_KINDS = frozenset({Kind.AWARD, Kind.RELEASE, Kind.REALLOCATION})
"""Transfers that make up what is awarded; what becomes of it after that does not change it."""


@dataclass(frozen=True)
class Snapshot:
    """A deal at a moment, as facts. `pledges` are the transfers that contributions came to.

    `reservations` has the one that stands of each project, `decided_reservations` every one.
    """

    deal: Deal
    moment: Moment
    recorded_at: datetime | None
    sources: Sources
    parties: tuple[Party, ...]
    pillars: tuple[Pillar, ...]
    themes: tuple[Theme, ...]
    goals: tuple[Goal, ...]
    articles: tuple[Article, ...]
    results: tuple[IntendedResult, ...]
    allocations: tuple[Allocation, ...]
    contributions: tuple[Contribution, ...]
    contribution_keys: tuple[ContributionKey, ...]
    instalments: tuple[Instalment, ...]
    contacts: tuple[ContactPoint, ...]
    stated: tuple[StatedFact, ...]
    projects: tuple[Project, ...]
    partners: tuple[Partner, ...]
    places: tuple[Place, ...]
    cross_overs: tuple[CrossOver, ...]
    descriptions: Mapping[str, str]
    tranches: tuple[Tranche, ...]
    awards: tuple[Award, ...]
    reservations: tuple[Reservation, ...]
    decided_reservations: tuple[Reservation, ...]
    releases: tuple[Release, ...]
    reports: tuple[ProgressReport, ...]
    measurements: tuple[Measurement, ...]
    boards: tuple[Board, ...]
    seats: tuple[Seat, ...]
    forewords: tuple[Foreword, ...]
    meetings: tuple[Meeting, ...]
    agenda: tuple[AgendaItem, ...]
    interests: tuple[Interest, ...]
    decisions: tuple[Decision, ...]
    organisations: Mapping[str, Organisation]
    outlines: tuple[Outline, ...]
    flows: tuple[Flow, ...]
    pledges: tuple[Transfer, ...]
    mandates: tuple[Mandate, ...] = ()
    turns: tuple[Turn, ...] = ()
    influences: tuple[Influence, ...] = ()
    money: TreasuryFacts = field(default_factory=TreasuryFacts)

    @cached_property
    def commitment_by_code(self) -> Mapping[str, Commitment]:
        """Commitments by number."""
        return {c.code: c for c in self.money.commitments}

    @cached_property
    def settled(self) -> frozenset[str]:
        """Numbers of the commitments that were settled."""
        return frozenset(s.commitment for s in self.money.settlements)

    @cached_property
    def project_by_code(self) -> Mapping[str, Project]:
        """Projects by code."""
        return {p.code: p for p in self.projects}

    @cached_property
    def tranche_by_number(self) -> Mapping[str, Tranche]:
        """Tranches by printed number."""
        return {t.number: t for t in self.tranches}

    @cached_property
    def awards_of(self) -> Mapping[str, tuple[Award, ...]]:
        """Awards per project, in the order of the tranches."""
        found: dict[str, list[Award]] = {}
        for award in sorted(self.awards, key=lambda a: self.tranche_by_number[a.tranche].position):
            found.setdefault(award.project, []).append(award)
        return {project: tuple(awards) for project, awards in found.items()}

    @cached_property
    def awarded(self) -> Mapping[str, Mapping[str, int]]:
        """Cents awarded per project and tranche, as the ledger has it."""
        found: dict[str, dict[str, int]] = {}
        for flow in self.flows:
            if flow.account.stage == Stage.AWARDED and flow.kind in AWARD_KINDS:
                row = found.setdefault(flow.account.holder, {})
                row[flow.occasion] = row.get(flow.occasion, 0) + flow.amount
        return found

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """Mark ("new" or "follow_up") per award code."""
        return marks(self.awards, self.tranches)

    @cached_property
    def measurements_of(self) -> Mapping[str, tuple[Measurement, ...]]:
        """What is measured of each intended result."""
        found: dict[str, list[Measurement]] = {}
        for measurement in self.measurements:
            if measurement.result:
                found.setdefault(measurement.result, []).append(measurement)
        return {result: tuple(measured) for result, measured in found.items()}

    @cached_property
    def municipalities_of(self) -> Mapping[str, frozenset[str]]:
        """Codes of the municipalities where each project happens."""
        found: dict[str, set[str]] = {}
        for place in self.places:
            found.setdefault(place.project, set()).add(place.municipality)
        return {project: frozenset(codes) for project, codes in found.items()}

    def cite(self, code: str) -> str:
        """Title of a source."""
        return self.sources.cite(code)


def take(
    code: str, moment: Moment, audience: Audience, recorded_at: datetime | None
) -> Snapshot | None:
    """The deal at the moment, for the audience; None when there was no such deal then.

    `recorded_at` is when the moment's revision was recorded.
    """
    features = (
        deal_queries.SHELVES,
        project_queries.SHELVES,
        award_queries.SHELVES,
        organisation_queries.SHELVES,
        progress_queries.SHELVES,
        indicator_queries.SHELVES,
        decision_queries.SHELVES,
        treasury_queries.SHELVES,
    )
    (
        of_deal_rows,
        of_project_rows,
        award_rows,
        shared_rows,
        progress_rows,
        measured_rows,
        governing_rows,
        money_rows,
    ) = read_together(features, code, moment, audience)
    of_deal = deal_queries.of_rows(of_deal_rows)
    if of_deal.deal is None:
        return None
    of_projects = project_queries.of_rows(of_project_rows)
    decided = award_queries.of_rows(award_rows)
    shared = organisation_queries.of_rows(shared_rows)
    governing = decision_queries.of_rows(governing_rows)
    order = {p.code: p.position for p in of_deal.pillars}
    members = {p.organisation for p in of_deal.parties}
    return Snapshot(
        deal=of_deal.deal,
        moment=moment,
        recorded_at=recorded_at,
        sources=Sources({s.code: s for s in of_deal.sources}),
        parties=of_deal.parties,
        pillars=of_deal.pillars,
        themes=of_deal.themes,
        goals=of_deal.goals,
        articles=of_deal.articles,
        results=of_deal.results,
        allocations=of_deal.allocations,
        contributions=of_deal.contributions,
        contribution_keys=of_deal.contribution_keys,
        instalments=of_deal.instalments,
        contacts=of_deal.contacts,
        stated=of_deal.stated,
        projects=tuple(
            sorted(
                of_projects.current, key=lambda p: (order.get(p.pillar, 0), number_key(p.number))
            )
        ),
        partners=of_projects.partners,
        places=of_projects.places,
        cross_overs=of_projects.cross_overs,
        influences=of_projects.influences,
        descriptions={t.project: t.text for t in of_projects.texts if t.kind == "description"},
        tranches=decided.tranches,
        awards=decided.awards,
        reservations=decided.standing_reservations,
        decided_reservations=decided.reservations,
        releases=decided.releases,
        reports=progress_queries.of_rows(progress_rows).reports,
        measurements=indicator_queries.of_rows(measured_rows),
        boards=governing.boards,
        seats=governing.seats,
        forewords=governing.forewords,
        meetings=governing.meetings,
        agenda=governing.agenda,
        interests=governing.interests,
        decisions=governing.decisions,
        organisations=shared.organisations,
        outlines=tuple(o for code, o in shared.outlines.items() if code in members),
        flows=ledger_queries.flows(code, moment),
        pledges=ledger_queries.transfers(code, moment, kinds=[Kind.PLEDGE]),
        mandates=of_deal.mandates,
        turns=of_projects.turns,
        money=treasury_queries.of_rows(money_rows),
    )
