"""The page of a project."""

from collections.abc import Sequence
from dataclasses import dataclass

from noaber.awards.rules import Tranche
from noaber.deals.rules import IntendedResult, Pillar
from noaber.documents.drawing.bars import Bar, budget_bar
from noaber.documents.drawing.colours import Tone
from noaber.documents.drawing.marks import amount_dot
from noaber.documents.drawing.svg import NOTHING, Svg
from noaber.indicators.rules import Measurement
from noaber.monitor import spending
from noaber.monitor.rules import (
    AwardView,
    CommitmentView,
    Comparison,
    Figure,
    Overview,
    ProjectView,
    Steps,
)
from noaber.monitor.views import DealView
from noaber.organisations.rules import Organisation
from noaber.projects.rules import Project
from noaber.proposals.rules import Awarded
from noaber.record.rules import Evidence
from noaber.web.language import dutch, later, text
from noaber.web.notation import (
    capital,
    count,
    decimal,
    euro,
    listed,
    number_word,
    partial,
    sentence,
)
from noaber.web.portal import places, wording
from noaber.web.portal.filters import STATUS_WORDS
from noaber.web.portal.links import Links
from noaber.web.portal.page import tone
from noaber.web.portal.themes import Served, served, whose

SIGN_WORDS = {
    "at_least": later("minstens {number}"),
    "more_than": later("meer dan {number}"),
    "a_little_over": later("ruim {number}"),
}
STAND_WORDS = {
    "reported": later("gemeld"),
    "realised": later("gerealiseerd"),
    "planned": later("gepland"),
    "forecast": later("verwacht"),
}
KINDS = {"pilot": later("proeftuin"), "project": later("project")}


@dataclass(frozen=True)
class Stop:
    """A tranche on the timeline: a dot as large as what was awarded, if anything was."""

    tranche: Tranche
    award: AwardView | None
    dot: Svg


@dataclass(frozen=True)
class Companion:
    """A partner with what it does in the project."""

    organisation: Organisation
    role: str


@dataclass(frozen=True)
class Measured:
    """A figure a project reports, in words, with its bar when there is a target to reach.

    `result` is the text of the intended result it measures, if any.
    """

    measurement: Measurement
    number: str
    target: str
    stand: str
    source: str
    bar: Svg
    result: str = ""


@dataclass(frozen=True)
class Crossing:
    """Another pillar the project works for, and how."""

    pillar: Pillar
    note: str


_STRENGTHS = {
    "direct": later("maakt dit zelf"),
    "partial": later("samen met anderen"),
    "indirect": later("schept de voorwaarden"),
}


@dataclass(frozen=True)
class Claim:
    """What a project claims to do for an intended result, as its proposal was awarded."""

    result: IntendedResult
    note: str
    strength: str


@dataclass(frozen=True)
class Proposed:
    """A proposal on which the project was awarded money: what it asked, in words, and what it says
    that the page does not say of the project itself.
    """

    title: str
    asked: str
    decided: str
    link: str
    summary: str
    continuation: str
    payer: str


@dataclass(frozen=True)
class Cited:
    """A source with the places in it that say something of the project."""

    title: str
    locators: tuple[str, ...]


@dataclass(frozen=True)
class ProjectPage:
    """What the page of a project shows."""

    overview: Overview
    view: ProjectView
    kind: str
    mark: str
    latest: str
    made_possible_by: str
    map: Svg
    place: str
    place_note: str
    award_note: str
    status: str
    status_note: str
    stops: tuple[Stop, ...]
    inferred: bool
    reserved: Figure | None
    reserved_in: str
    commitments: tuple[CommitmentView, ...]
    steps: Steps | None
    released: Figure | None
    pays: tuple[Project, ...]
    took_in: tuple[Project, ...]
    turns: tuple[str, ...]
    themes: tuple[Served, ...]
    themes_note: str
    partners: tuple[Companion, ...]
    measured: tuple[Measured, ...]
    crossings: tuple[Crossing, ...]
    claims: tuple[Claim, ...]
    proposed: tuple[Proposed, ...]
    differing: tuple[Comparison, ...]
    progress_source: str
    sources: tuple[Cited, ...]


def present(
    seen: DealView, links: Links, code: str, awarded: Sequence[Awarded] = ()
) -> ProjectPage | None:
    """The page of the project with this code; None when there is no such project.

    `awarded` is what is public of the proposals on which it was awarded money.
    """
    view = next((p for p in seen.projects if p.project.code == code), None)
    if view is None:
        return None
    overview, project = seen.overview, view.project
    latest = overview.tranches[-1].tranche.number if overview.tranches else ""
    here = [location.municipality.code for location in view.locations]
    kept = view.reservation
    made = tuple(c for c in seen.commitments if c.project == project)
    return ProjectPage(
        overview=overview,
        view=view,
        kind=text(KINDS.get(project.kind, "project")),
        mark=view.mark_in(latest),
        latest=latest,
        made_possible_by=wording.who(overview, seen.municipalities),
        map=places.draw(seen, links, here, _map_title(seen, here)) if here else NOTHING,
        place=places.in_words(seen, view.locations),
        place_note=_place_note(seen, here),
        award_note=_award_note(view, overview),
        status=capital(text(STATUS_WORDS[project.status])) if project.status else "",
        status_note=_period(project),
        stops=_stops(view, overview),
        inferred=any(a.basis == "inferred" for a in view.awards),
        reserved=seen.figure("reserved", project=code) if kept else None,
        reserved_in=kept.tranche if kept else "",
        commitments=made,
        steps=spending.steps(seen.figure, project=code) if made else None,
        released=seen.figure("released", project=code) if made else None,
        pays=tuple(p.project for p in seen.projects if p.project.paid_from == code),
        turns=_turns(seen, code),
        took_in=tuple(p.project for p in seen.projects if p.project.merged_into == code),
        themes=served(view, links),
        themes_note=whose(seen, view),
        partners=_partners(seen, code),
        measured=measured(
            seen, [m for m in seen.measurements if m.project == code], tone(view.pillar)
        ),
        crossings=_crossings(seen, view),
        claims=claims(seen, view),
        proposed=_proposed(seen, links, view, awarded),
        differing=tuple(c for c in view.comparisons if not c.agrees),
        progress_source=cite(seen, view.progress.evidence) if view.progress else "",
        sources=_sources(seen, view),
    )


def _proposed(
    seen: DealView, links: Links, view: ProjectView, awarded: Sequence[Awarded]
) -> tuple[Proposed, ...]:
    """The proposals that were decided on in public, with when and by whom."""
    meetings = {m.code: m for m in seen.snapshot.meetings}
    decided = {d.code: meetings[d.meeting] for d in seen.snapshot.decisions}
    return tuple(
        Proposed(
            each.title,
            _asked(each),
            partial(decided[each.decision].on),
            f"{links.decisions}#besluit-{each.decision}",
            each.summary if each.summary != view.description else "",
            "" if said else each.continuation,
            "" if said else each.continuation_payer,
        )
        for each in awarded
        if each.decision in decided
        for said in [bool(each.continuation) and each.continuation in view.project.continuation]
    )


def _asked(proposal: Awarded) -> str:
    """What was asked, and per year when it is more than one."""
    years = [
        text("{amount} in {year}", amount=euro(cents), year=year)
        for year, cents in proposal.asked.items()
        if cents
    ]
    whole = euro(proposal.total)
    return f"{whole}: {listed(years)}" if len(years) > 1 else whole


def measured(
    seen: DealView, measurements: Sequence[Measurement], drawn: Tone
) -> tuple[Measured, ...]:
    """Figures that were reported, each in words and with its source."""
    results = {r.code: r.text for r in seen.results}
    return tuple(
        Measured(
            m,
            "" if m.value is None else signed_number(m.sign, decimal(m.value)),
            "" if m.target is None else decimal(m.target),
            _stand(m),
            cite(seen, m.evidence),
            _bar(m, drawn),
            results.get(m.result, ""),
        )
        for m in measurements
    )


def signed_number(sign: str, number: str) -> str:
    """A written number with its sign in words: "minstens 40"."""
    said = SIGN_WORDS.get(sign)
    return text(said, number=number) if said else number


def _stand(m: Measurement) -> str:
    said = text(STAND_WORDS[m.status]) if m.status in STAND_WORDS else dutch(m.status)
    if m.scope == "wider":
        said = text("{said} over een groter gebied", said=said)
    return text("{said}, {day}", said=said, day=partial(m.as_of)) if m.as_of else said


def _bar(m: Measurement, drawn: Tone) -> Svg:
    """Measured against the target; nothing where one of them is missing."""
    if m.value is None or not m.target or m.value < 0:
        return NOTHING
    value, target = int(m.value), int(m.target)
    says = text(
        "{number}, het doel was {target}",
        number=signed_number(m.sign, count(value)),
        target=count(target),
    )
    return budget_bar(Bar(m.what, drawn, target, value), max(value, target), says)


def _map_title(seen: DealView, here: Sequence[str]) -> str:
    if places.whole_region(seen, here):
        return text("Dit project gebeurt in de hele regio")
    return text("Waar dit project gebeurt")


def _place_note(seen: DealView, here: Sequence[str]) -> str:
    if not here:
        return text("Geen bron noemt een plaats.")
    if places.whole_region(seen, here):
        all_of_them = wording.things(len(here), "gemeente", "gemeenten")
        return text("Voor alle {things}.", things=all_of_them)
    if len(here) == 1:
        return text("De gemeente waar het gebeurt.")
    return text("De gemeenten waar het gebeurt.")


def _award_note(view: ProjectView, overview: Overview) -> str:
    if view.paid_from and not view.awards:
        return text("Betaald uit {project}.", project=dutch(view.paid_from.name))
    if not view.awards:
        return text("De stuurgroep heeft nog niets toegekend.")
    given, every = len(view.awards), len(overview.tranches)
    if given == 1:
        number = view.awards[0].tranche.number
        return text("In één keer, in tranche {number}.", number=number)
    whole = number_word(every)
    if given == every:
        return text("In alle {whole} tranches.", whole=whole)
    return text("In {given} van de {whole} tranches.", given=number_word(given), whole=whole)


def _period(project: Project) -> str:
    said = []
    if project.starts:
        said.append(text("vanaf {day}", day=partial(project.starts)))
    if project.ends:
        said.append(text("tot en met {day}", day=partial(project.ends)))
    return sentence(" ".join(said)) if said else text("Begin en einde zijn niet vastgelegd.")


def _turns(seen: DealView, code: str) -> tuple[str, ...]:
    """What changed the project, from the first on; that it went on elsewhere is said by itself."""
    found = []
    for turn in seen.snapshot.turns:
        if turn.project != code:
            continue
        on = partial(turn.effective)
        if turn.kind == "handover":
            lead = dutch(seen.organisations[turn.lead].name)
            found.append(text("Sinds {day} trekt {who} dit project.", day=on, who=lead))
        elif turn.kind == "extension" and turn.ends:
            until = partial(turn.ends)
            found.append(
                text("Op {day} is de uitvoering verlengd tot en met {until}.", day=on, until=until)
            )
        elif turn.kind == "merger":
            found.append(text("Op {day} ging dit project op in een ander.", day=on))
        else:
            found.append(text("Op {day} is dit project gestopt.", day=on))
    return tuple(found)


def _stops(view: ProjectView, overview: Overview) -> tuple[Stop, ...]:
    given = {award.tranche.number: award for award in view.awards}
    most = max((a.figure.value or 0 for a in view.awards), default=0)
    drawn = tone(view.pillar)
    return tuple(
        Stop(t.tranche, award, amount_dot(award.figure.value or 0 if award else 0, most, drawn))
        for t in overview.tranches
        for award in (given.get(t.tranche.number),)
    )


def _partners(seen: DealView, code: str) -> tuple[Companion, ...]:
    return tuple(
        Companion(seen.organisations[p.organisation], p.role)
        for p in seen.snapshot.partners
        if p.project == code
    )


def _crossings(seen: DealView, view: ProjectView) -> tuple[Crossing, ...]:
    pillars = {v.pillar.code: v.pillar for v in seen.overview.pillars}
    return tuple(
        Crossing(pillars[c.pillar], c.note) for c in view.cross_overs if c.pillar in pillars
    )


def claims(seen: DealView, view: ProjectView) -> tuple[Claim, ...]:
    """What the project claims to do for intended results, in the order of the results."""
    claimed = {i.result: i for i in view.influences}
    return tuple(
        Claim(result, claimed[result.code].note, text(_STRENGTHS[claimed[result.code].strength]))
        for result in seen.snapshot.results
        if result.code in claimed
    )


def cite(seen: DealView, evidence: Evidence) -> str:
    """A source by its title, with the place in it."""
    title = seen.sources.cite(evidence.source)
    return ", ".join(part for part in (title, evidence.locator) if part)


def _sources(seen: DealView, view: ProjectView) -> tuple[Cited, ...]:
    """Every source of a fact on the page once, with the places in it."""
    code, snapshot = view.project.code, seen.snapshot
    evidences = [view.project.evidence]
    evidences += [a.evidence for a in snapshot.awards_of.get(code, ())]
    evidences += [view.project.themes_evidence] if view.project.themes_source else []
    evidences += [view.reservation.evidence] if view.reservation else []
    evidences += [view.progress.evidence] if view.progress else []
    evidences += [t.evidence for t in snapshot.turns if t.project == code]
    evidences += [c.commitment.evidence for c in seen.commitments if c.project == view.project]
    evidences += [p.evidence for p in snapshot.partners if p.project == code]
    evidences += [p.evidence for p in snapshot.places if p.project == code]
    evidences += [c.evidence for c in view.cross_overs]
    evidences += [i.evidence for i in view.influences]
    evidences += [m.evidence for m in seen.measurements if m.project == code]
    found: dict[str, dict[str, None]] = {}
    for evidence in evidences:
        if evidence.source:
            where = found.setdefault(seen.sources.cite(evidence.source), {})
            where.update(dict.fromkeys(part for part in evidence.locator.split("; ") if part))
    return tuple(Cited(title, tuple(where)) for title, where in found.items())
