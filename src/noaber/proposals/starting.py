"""A project that a proposal becomes: with its lead, partners, places, texts and results."""

from datetime import date, datetime

from noaber.access.rules import Actor
from noaber.core.dates import PartialDate
from noaber.core.finding import Field, Finding, Refused
from noaber.indicators.actions import record_measurement
from noaber.indicators.rules import Measurement
from noaber.projects.actions import record_fact, record_project
from noaber.projects.rules import CrossOver, Fact, Influence, Partner, Place, Project, ProjectText
from noaber.proposals.rules import Content, Known, Named, ResultClaim
from noaber.record.rules import Evidence


def project_of(content: Content, number: str, since: PartialDate) -> Project:
    """The project that a proposal becomes."""
    paid = f" Daarna betaalt: {content.continuation_payer}." if content.continuation_payer else ""
    return Project(
        content.pillar,
        number,
        content.title,
        content.lead,
        since,
        status="planned",
        starts=content.starts,
        ends=content.ends,
        continuation=f"{content.continuation}{paid}".strip(),
        themes=content.themes,
    )


def facts_of(content: Content, project: str) -> tuple[Fact, ...]:
    """What is known of the project beside itself; partners that the register knows."""
    return (
        *(Partner(project, p.organisation, p.role) for p in content.partners if p.organisation),
        *(Place(project, s.municipality, s.name) for s in content.places if s.municipality),
        *(CrossOver(project, c.pillar, c.note) for c in content.cross_overs if c.pillar),
        ProjectText(project, "description", content.summary),
    )


def measurement_of(claim: ResultClaim, named: Named, project: str) -> Measurement | None:
    """What a project plans for an intended result; None when that is no number of something."""
    if claim.target is None or not named.unit or claim.target != int(claim.target):
        return None
    return Measurement(
        code=f"{project}-{claim.result}",
        pillar=named.pillar,
        what=claim.influence or named.name,
        unit=named.unit,
        status="planned",
        value=claim.target,
        project=project,
        result=claim.result,
    )


def influences_of(content: Content, project: str, decision: str) -> tuple[Influence, ...]:
    """What the project claims to do for intended results, once that was awarded."""
    return tuple(
        Influence(project, claim.result, claim.influence, claim.strength, decision)
        for claim in content.results
        if claim.result and claim.strength
    )


def record_influences(
    content: Content,
    project: str,
    decision: str,
    *,
    deal: str,
    since: date,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> None:
    """Record with the project what its proposal claims it does for intended results."""
    for claim in influences_of(content, project, decision):
        record_fact(claim, deal=deal, since=since, evidence=evidence, by=by, at=at)


def record(
    content: Content,
    number: str,
    known: Known,
    *,
    deal: str,
    since: PartialDate,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> str:
    """Record the project that a proposal becomes; returns its code.

    :raises Refused: when there is a project with this number, or a partner the register lacks.
    """
    project = project_of(content, number, since)
    _check(project, content, known)
    record_project(project, deal=deal, evidence=evidence, by=by, at=at)
    begins = since.counts_from
    for fact in facts_of(content, project.code):
        record_fact(fact, deal=deal, since=begins, evidence=evidence, by=by, at=at)
    for claim in content.results:
        if planned := measurement_of(claim, known.results[claim.result], project.code):
            record_measurement(planned, deal=deal, since=begins, evidence=evidence, by=by, at=at)
    return project.code


def _check(project: Project, content: Content, known: Known) -> None:
    findings = []
    if not project.number.strip():
        findings.append(Finding("V-50", "Het nummer van het project ontbreekt", Field("nummer"),
                                "Geef het project een nummer."))  # fmt: skip
    if project.code in known.projects:
        findings.append(Finding("V-51", f"Er is al een project {known.projects[project.code].name}",
                                Field("nummer"), "Kies een ander nummer."))  # fmt: skip
    findings += [
        Finding("V-52", f"{p.name} staat niet in het register", Field("partners"),
                "Voeg de organisatie eerst toe bij Organisaties.")
        for p in content.partners if p.name and not p.organisation
    ]  # fmt: skip
    if findings:
        raise Refused(findings)
