"""Everything pages and documents show of a deal, put together from a snapshot.

Pure, but for the transfers, which only explanations need and which are read when first asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from noaber.core.address import Address
from noaber.deals.rules import Article, ContactPoint, Goal, IntendedResult, Theme
from noaber.decisions import queries as decision_queries
from noaber.indicators.rules import Measurement
from noaber.ledger import queries as ledger_queries
from noaber.ledger.rules import Transfer
from noaber.monitor import comparing, governance, income, results, spending
from noaber.monitor.figures import figure
from noaber.monitor.rules import (
    AwardView,
    CommitmentView,
    Comparison,
    ContributionView,
    DrawdownPoint,
    Figure,
    LeadView,
    Location,
    MunicipalityView,
    Overview,
    PillarView,
    ProjectView,
    ResultView,
    ShareView,
    Sources,
    Spending,
    TrancheView,
)
from noaber.monitor.snapshot import Snapshot
from noaber.organisations.rules import Organisation
from noaber.projects.rules import Place, Project

T = TypeVar("T")


@dataclass(frozen=True)
class DealView:
    """A deal at a moment as pages and documents show it; each part is made when it is asked."""

    snapshot: Snapshot

    def figure(self, name: str, **filters: str) -> Figure:
        """A figure of this deal by name and filters.

        :raises UnknownFigure: when there is none.
        """
        address = Address(self.snapshot.deal.code, name, tuple(filters.items()))
        return figure(self.snapshot, address)

    @cached_property
    def transfers(self) -> tuple[Transfer, ...]:
        """Transfers of the deal at the moment, for explanations: read when first asked."""
        return ledger_queries.transfers(self.snapshot.deal.code, self.snapshot.moment)

    @cached_property
    def overview(self) -> Overview:
        """Pillars by tranches, with the totals."""
        s = self.snapshot
        return Overview(
            deal=s.deal,
            moment=s.moment,
            recorded_at=s.recorded_at,
            parties=s.parties,
            pillars=tuple(self._pillar(p.code) for p in s.pillars),
            tranches=tuple(
                TrancheView(
                    t,
                    self.figure("awarded", tranche=t.number),
                    self.figure("projects", tranche=t.number),
                    self.figure("new", tranche=t.number),
                    self.figure("follow_up", tranche=t.number),
                )
                for t in s.tranches
            ),
            overhead=self.figure("allocated", pillar="overhead"),
            allocated=self.figure("allocated"),
            awarded=self.figure("awarded"),
            reserved_open=self.figure("reserved_open"),
            room=self.figure("room"),
            promised=self.figure("promised"),
            projects=self.figure("projects"),
            results=self.figure("results"),
            treasurer=s.organisations.get(s.deal.treasurer),
            spending=self.spending,
        )

    def _pillar(self, code: str) -> PillarView:
        s = self.snapshot
        return PillarView(
            pillar=next(p for p in s.pillars if p.code == code),
            allocated=self.figure("allocated", pillar=code),
            awarded=self.figure("awarded", pillar=code),
            reserved_open=self.figure("reserved_open", pillar=code),
            room=self.figure("room", pillar=code),
            projects=self.figure("projects", pillar=code),
            per_tranche=tuple(
                self.figure("awarded", pillar=code, tranche=t.number) for t in s.tranches
            ),
        )

    @cached_property
    def projects(self) -> tuple[ProjectView, ...]:
        """All projects, by pillar and number as printed."""
        s = self.snapshot
        pillars = {p.code: p for p in s.pillars}
        descriptions = s.descriptions
        reservations = {r.project: r for r in s.reservations}
        reports = {r.project: r for r in s.reports}  # oldest first: the latest stays
        partners = _grouped((p.project, s.organisations[p.organisation]) for p in s.partners)
        cross_overs = _grouped((c.project, c) for c in s.cross_overs)
        influences = _grouped((i.project, i) for i in s.influences)
        places = _grouped((p.project, p) for p in s.places)
        comparisons = _grouped((c.address.get("project") or "", c) for c in self.comparisons)
        themes = {t.code: t for t in s.themes}
        return tuple(
            ProjectView(
                project=p,
                pillar=pillars[p.pillar],
                lead=s.organisations[p.lead],
                awarded=self.figure("awarded", project=p.code),
                reserved_open=self.figure("reserved_open", project=p.code),
                awards=self._awards(p),
                description=descriptions.get(p.code, ""),
                paid_from=s.project_by_code.get(p.paid_from),
                merged_into=s.project_by_code.get(p.merged_into),
                themes=tuple(themes[code] for code in p.themes if code in themes),
                partners=tuple(partners.get(p.code, ())),
                locations=self._locations(places.get(p.code, [])),
                cross_overs=tuple(cross_overs.get(p.code, ())),
                influences=tuple(influences.get(p.code, ())),
                progress=reports.get(p.code),
                reservation=reservations.get(p.code),
                comparisons=tuple(comparisons.get(p.code, ())),
            )
            for p in s.projects
        )

    def _awards(self, project: Project) -> tuple[AwardView, ...]:
        s = self.snapshot
        return tuple(
            AwardView(
                s.tranche_by_number[a.tranche],
                self.figure("awarded", project=project.code, tranche=a.tranche),
                s.marks[a.code],
                a.basis,
            )
            for a in s.awards_of.get(project.code, ())
        )

    def _locations(self, places: Sequence[Place]) -> tuple[Location, ...]:
        named: dict[str, list[str]] = {}
        for place in places:
            named.setdefault(place.municipality, []).extend([place.name] if place.name else [])
        towns = ((self.snapshot.organisations[code], names) for code, names in named.items())
        # A place called as its municipality says no more than that.
        return tuple(
            Location(town, () if names == [town.short_name] else tuple(names))
            for town, names in towns
        )

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """All stated facts beside the computed figures, differing ones first."""
        return comparing.compare(self.snapshot)

    @cached_property
    def contributions(self) -> tuple[ContributionView, ...]:
        """Contributions with the share of each party and their instalments."""
        s = self.snapshot
        parties = {p.code: p for p in s.parties}
        stated = _grouped(
            (c.address.get("party") or "", c)
            for c in self.comparisons
            if c.address.figure == "promised"
        )
        whole = _grouped(
            (c.address.get("contribution") or "", c)
            for c in self.comparisons
            if c.address.figure == "promised"
        )
        keys = {(k.contribution, k.party): k for k in s.contribution_keys}
        found = []
        for contribution in s.contributions:
            cause = f"contribution:{contribution.code}"
            members = dict.fromkeys(
                t.posting.giver.holder for t in s.pledges if t.posting.cause == cause
            )
            shares = tuple(
                ShareView(
                    parties[code],
                    self.figure("promised", party=code),
                    keys.get((contribution.code, code)),
                    next(iter(stated.get(code, ())), None),
                )
                for code in members
                if code in parties
            )
            found.append(
                ContributionView(
                    contribution,
                    self.figure("promised", contribution=contribution.code),
                    shares,
                    tuple(i for i in s.instalments if i.contribution == contribution.code),
                    tuple(whole.get(contribution.code, ())),
                    s.cite(contribution.evidence.source),
                    *spending.backing(s, contribution, self.figure),
                )
            )
        return tuple(found)

    @cached_property
    def spending(self) -> Spending | None:
        """What became of the money after it was awarded; None when there is nothing of it yet."""
        return spending.spending(self.snapshot, self.figure)

    @cached_property
    def commitments(self) -> tuple[CommitmentView, ...]:
        """Commitments with their figures, by date."""
        return tuple(spending.commitments(self.snapshot, self.figure))

    @cached_property
    def variances(self) -> tuple[income.Variance, ...]:
        """Every forecast beside what was paid."""
        return income.variances(self.snapshot)

    @cached_property
    def leads(self) -> tuple[LeadView, ...]:
        """Lead partners with their projects by pillar, most awarded first."""
        by_lead = _grouped((p.project.lead, p) for p in self.projects)
        views = []
        for code, projects in by_lead.items():
            by_pillar = _grouped((p.pillar.code, p) for p in projects)
            views.append(
                LeadView(
                    self.snapshot.organisations[code],
                    {pillar: tuple(items) for pillar, items in by_pillar.items()},
                    self.figure("projects", lead=code),
                    self.figure("awarded", lead=code),
                )
            )
        return tuple(sorted(views, key=lambda v: (-(v.awarded.value or 0), v.organisation.name)))

    @cached_property
    def municipalities(self) -> tuple[MunicipalityView, ...]:
        """The municipalities among the parties, by name, with their outlines for a map."""
        s = self.snapshot
        rings = {o.organisation: o.rings for o in s.outlines}
        found = [
            MunicipalityView(
                organisation,
                self.figure("projects", lead=organisation.code),
                self.figure("projects", municipality=organisation.code),
                self.figure("awarded", municipality=organisation.code),
                self.figure("promised", party=party.code),
                rings.get(organisation.code, ()),
            )
            for party in s.parties
            if (organisation := s.organisations[party.organisation]).kind == "municipality"
        ]
        return tuple(sorted(found, key=lambda m: m.organisation.name))

    @cached_property
    def drawdown(self) -> tuple[DrawdownPoint, ...]:
        """Awarded so far from the day of each tranche on, per pillar and in total."""
        points = []
        so_far = [0] * len(self.overview.pillars)
        for index, view in enumerate(self.overview.tranches):
            for place, pillar in enumerate(self.overview.pillars):
                so_far[place] += pillar.per_tranche[index].value or 0
            points.append(DrawdownPoint(view.tranche, tuple(so_far), sum(so_far)))
        return tuple(points)

    @property
    def boards(self) -> tuple[governance.BoardView, ...]:
        """The boards of the deal, with who sits in them: names are read anew each time."""
        return governance.boards(self.snapshot, decision_queries.named(self.snapshot.seats))

    def foreword(self, tranche: str) -> governance.ForewordView | None:
        """The foreword of a tranche's edition; None when it has none."""
        return governance.foreword(self.snapshot, tranche)

    @property
    def contacts(self) -> tuple[ContactPoint, ...]:
        """Where people can turn to, in order."""
        return self.snapshot.contacts

    @property
    def sources(self) -> Sources:
        """Sources by code."""
        return self.snapshot.sources

    @cached_property
    def result_views(self) -> tuple[ResultView, ...]:
        """Intended results in their order, with what is reached of each."""
        s = self.snapshot
        differing = _grouped(
            (c.address.get("result") or "", c)
            for c in self.comparisons
            if c.address.figure == "result_until" and not c.agrees
        )
        views = []
        for result in s.results:
            counted = results.counted(s, result)
            views.append(
                ResultView(
                    result,
                    results.target(result),
                    self.figure(results.REACHED, result=result.code),
                    results.standing(s, result),
                    results.sign(s, result),
                    counted,
                    tuple(m for m in s.measurements_of.get(result.code, ()) if m not in counted),
                    tuple(differing.get(result.code, ())),
                )
            )
        return tuple(views)

    def differing_until(self, goal: str) -> tuple[Comparison, ...]:
        """What sources state otherwise of the date of a goal."""
        return tuple(
            c
            for c in self.comparisons
            if c.address.figure == "goal_until" and c.address.get("goal") == goal and not c.agrees
        )

    @property
    def results(self) -> tuple[IntendedResult, ...]:
        """Intended results in their order."""
        return self.snapshot.results

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        """Figures the projects report."""
        return self.snapshot.measurements

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Themes in their order."""
        return self.snapshot.themes

    @property
    def goals(self) -> tuple[Goal, ...]:
        """Goals of the covenant."""
        return self.snapshot.goals

    @property
    def articles(self) -> tuple[Article, ...]:
        """Articles of the covenant."""
        return self.snapshot.articles

    @property
    def organisations(self) -> dict[str, Organisation]:
        """Organisations by code."""
        return dict(self.snapshot.organisations)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return found
