"""A proposal as a page: what it says per section, what lacks, what was said of it, and what can be done."""

from collections.abc import Mapping
from dataclasses import dataclass

from noaber.core.finding import Field, Finding
from noaber.decisions.queries import Given
from noaber.monitor import titles
from noaber.proposals.checking import lacking, next_phase
from noaber.proposals.comparing import cells_said, said
from noaber.proposals.definitions import Phase, Question, form
from noaber.proposals.rules import (
    Budget,
    Content,
    Known,
    Proposal,
    Step,
    asked_per_year,
    budget,
)

OUTCOME_NAMES: Mapping[str, str] = {
    "awarded": "toegekend",
    "reserved": "gereserveerd",
    "rejected": "afgewezen",
}
DONE_NAMES: Mapping[str, str] = {
    "send_in": "Ingediend",
    "return": "Teruggegeven",
    "advise": "Geadviseerd",
    "nominate": "Voorgedragen",
    "withdraw": "Ingetrokken",
    "hold": "Aangehouden",
    "conclude": "Besloten",
    "reopen": "Opnieuw voorgelegd",
    "start_project": "Project gemaakt",
}


@dataclass(frozen=True)
class Answer:
    """A question with its answer: lines of text, or rows of cells."""

    question: Question
    lines: tuple[str, ...]
    rows: tuple[tuple[tuple[Question, str], ...], ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is filled in."""
        return not self.lines and not self.rows


@dataclass(frozen=True)
class ShownSection:
    """A section with its answers and what was said of it when the proposal was last returned."""

    code: str
    name: str
    answers: tuple[Answer, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True)
class Lack:
    """Something that must still be there, and the field in which to put it right."""

    section: str
    finding: Finding
    field: str


@dataclass(frozen=True)
class Done:
    """Something that was done with the proposal, as it is told, and the meeting it was done in."""

    step: Step
    what: str
    by: str
    given: Given | None


@dataclass(frozen=True)
class ProposalPage:
    """All that the page of a proposal shows."""

    proposal: Proposal
    phase: Phase
    pillar: str
    lead: str
    sections: tuple[ShownSection, ...]
    asked: Mapping[int, int]
    budget: Budget
    towards: Phase | None
    lacks: tuple[Lack, ...]
    history: tuple[Done, ...]
    advised: Done | None


def page_of(
    found: Proposal, known: Known, names: Mapping[str, str], given: Mapping[str, Given]
) -> ProposalPage:
    """The page of a proposal; `names` are those of who did something with it, by code, and `given`
    the meetings in which something was decided or advised on it, by the code of that.
    """
    history = tuple(
        Done(
            step,
            _told(step),
            names.get(step.author, "iemand die er niet meer is"),
            given.get(step.decision),
        )
        for step in reversed(found.steps)
    )
    phases, towards = form().phases, next_phase(found.phase)
    return ProposalPage(
        found,
        phases[found.phase],
        _named(known.pillars, found.pillar),
        _named(known.organisations, found.lead),
        _sections(found, known),
        asked_per_year(found.content),
        budget(found.content),
        phases.get(towards),
        _lacks(found.content, towards, known),
        history,
        next((done for done in history if done.step == found.advice), None),
    )


def _named(names: Mapping[str, object], code: str) -> str:
    return str(getattr(names.get(code), "name", code))


def _sections(found: Proposal, known: Known) -> tuple[ShownSection, ...]:
    return tuple(
        ShownSection(
            section.code,
            section.name,
            tuple(_answer(part, found.content, known) for part in section.parts),
            tuple(c.text for c in found.comments if c.section == section.code),
        )
        for section in form().sections
    )


def _answer(part: Question, content: Content, known: Known) -> Answer:
    if part.type != "rows":
        return Answer(part, said(part, content, known), ())
    rows = tuple(cells_said(part, row, known) for row in getattr(content, part.field))
    return Answer(part, (), rows)


def _lacks(content: Content, towards: str, known: Known) -> tuple[Lack, ...]:
    if not towards:
        return ()
    found = []
    for finding in lacking(content, towards, known):
        name = finding.where.name if isinstance(finding.where, Field) else ""
        found.append(Lack(_section_at(name), finding, name))
    return tuple(found)


def _section_at(name: str) -> str:
    """The name of the section in which a field stands."""
    for section in form().sections:
        for part in section.parts:
            if name == part.name or (
                part.type in ("rows", "choices") and name.startswith(f"{part.name}-")
            ):
                return section.name
    return ""


def _told(step: Step) -> str:
    what = DONE_NAMES[step.step]
    if step.opinion:
        return f"{what}: {titles.OPINIONS[step.opinion]}"
    if step.outcome:
        return f"{what}: {OUTCOME_NAMES[step.outcome]}"
    return f"{what}: {step.project}" if step.project else what
