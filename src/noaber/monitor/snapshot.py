"""Everything known of one deal at a moment, read in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from noaber.access.rules import Audience
from noaber.awards import queries as award_queries
from noaber.awards.rules import Award, Reservation, Tranche, marks
from noaber.core.numbering import number_key
from noaber.deals import queries as deal_queries
from noaber.deals.rules import (
    Allocation,
    Article,
    Contribution,
    ContributionKey,
    Deal,
    Goal,
    Instalment,
    IntendedResult,
    Party,
    Pillar,
    StatedFact,
    Theme,
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
from noaber.projects.rules import CrossOver, Partner, Place, Project
from noaber.record import queries as record_queries
from noaber.record.rules import Moment

AWARD_KINDS = frozenset({Kind.AWARD, Kind.RELEASE, Kind.REALLOCATION})
"""Transfers that make up what is awarded; what becomes of it after that does not change it."""


@dataclass(frozen=True)
class Snapshot:
    """A deal at a moment, as facts. `pledges` are the transfers that contributions came to."""

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
    stated: tuple[StatedFact, ...]
    projects: tuple[Project, ...]
    partners: tuple[Partner, ...]
    places: tuple[Place, ...]
    cross_overs: tuple[CrossOver, ...]
    descriptions: Mapping[str, str]
    tranches: tuple[Tranche, ...]
    awards: tuple[Award, ...]
    reservations: tuple[Reservation, ...]
    reports: tuple[ProgressReport, ...]
    measurements: tuple[Measurement, ...]
    organisations: Mapping[str, Organisation]
    outlines: tuple[Outline, ...]
    flows: tuple[Flow, ...]
    pledges: tuple[Transfer, ...]

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
    def municipalities_of(self) -> Mapping[str, frozenset[str]]:
        """Codes of the municipalities where each project happens."""
        found: dict[str, set[str]] = {}
        for place in self.places:
            found.setdefault(place.project, set()).add(place.municipality)
        return {project: frozenset(codes) for project, codes in found.items()}

    def cite(self, code: str) -> str:
        """Title of a source."""
        return self.sources.cite(code)


def take(code: str, moment: Moment, audience: Audience) -> Snapshot | None:
    """The deal at the moment, for the audience; None when there was no such deal then."""
    deal = deal_queries.deal(code, moment, audience)
    if deal is None:
        return None
    asked = (code, moment, audience)
    pillars = deal_queries.pillars(*asked)
    order = {p.code: p.position for p in pillars}
    projects = project_queries.projects(*asked)
    organisations = organisation_queries.organisations(moment, audience)
    tranches = award_queries.tranches(*asked)
    known = {t.number for t in tranches}
    parties = deal_queries.parties(*asked)
    members = [p.organisation for p in parties]
    return Snapshot(
        deal=deal,
        moment=moment,
        recorded_at=record_queries.recorded_at(moment.revision),
        sources=Sources({s.code: s for s in deal_queries.sources(*asked)}),
        parties=parties,
        pillars=pillars,
        themes=deal_queries.themes(*asked),
        goals=deal_queries.goals(*asked),
        articles=deal_queries.articles(*asked),
        results=deal_queries.intended_results(*asked),
        allocations=deal_queries.allocations(*asked),
        contributions=deal_queries.contributions(*asked),
        contribution_keys=deal_queries.contribution_keys(*asked),
        instalments=deal_queries.instalments(*asked),
        stated=deal_queries.stated_facts(*asked),
        projects=tuple(
            sorted(projects, key=lambda p: (order.get(p.pillar, 0), number_key(p.number)))
        ),
        partners=project_queries.partners(*asked),
        places=project_queries.places(*asked),
        cross_overs=project_queries.cross_overs(*asked),
        descriptions={
            t.project: t.text for t in project_queries.texts(*asked) if t.kind == "description"
        },
        tranches=tranches,
        awards=tuple(a for a in award_queries.awards(*asked) if a.tranche in known),
        reservations=award_queries.reservations(*asked),
        reports=progress_queries.reports(*asked),
        measurements=indicator_queries.measurements(*asked),
        organisations=organisations,
        outlines=organisation_queries.outlines(moment, audience, members),
        flows=ledger_queries.flows(code, moment),
        pledges=ledger_queries.transfers(code, moment, kinds=[Kind.PLEDGE]),
    )
