"""What a proposal must be before it moves on, all findings at once: pure.

What the checklist asks is data; what contradicts itself, or names what is not there, is found here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from noaber.core.finding import Field, Finding, Refused
from noaber.core.notation import partial
from noaber.proposals.definitions import Question, Requirement, form
from noaber.proposals.rules import PHASES, STEPS, Content, Known
from noaber.proposals.texts import cell

STEP_NAMES: Mapping[str, str] = {
    "write": "veranderen",
    "send_in": "indienen",
    "return": "teruggeven",
    "advise": "adviseren",
    "nominate": "voordragen",
    "withdraw": "intrekken",
    "hold": "aanhouden",
    "conclude": "besluiten",
    "reopen": "opnieuw voorleggen",
    "start_project": "er een project van maken",
}
"""What is done with a proposal, in a sentence."""

_TOWARDS = ("concept", "in_development", "advised", "nominated")
"""The phases a proposal goes through before it is decided on."""


def phase_after(step: str, phase: str) -> str:
    """The phase that follows when something is done with a proposal in a phase.

    :raises Refused: when that cannot be done in this phase.
    """
    following = STEPS[step].get(phase)
    if following is None:
        names = form().phases
        possible = " of ".join(f"“{names[p].name}”" for p in PHASES if p in STEPS[step])
        message = f"Het voorstel is nu “{names[phase].name}”; {STEP_NAMES[step]} kan dan niet"
        raise Refused(
            [
                Finding(
                    "V-40", message, remedy=f"Dat kan als het {possible} is. Kijk hoe ver het is."
                )
            ]
        )
    return following


def check_written(content: Content, known: Known) -> None:
    """Check what even a concept must be: a name, a pillar and a lead partner, and only what exists.

    :raises Refused: with all that is wrong.
    """
    findings = [*_without_basis(content), *_unknown(content, known)]
    if findings:
        raise Refused(findings)


def check_ready(content: Content, phase: str, known: Known) -> None:
    """:raises Refused: with all that lacks or is wrong before a proposal enters a phase."""
    if findings := lacking(content, phase, known):
        raise Refused(findings)


def lacking(content: Content, phase: str, known: Known) -> tuple[Finding, ...]:
    """All that lacks or contradicts itself before a proposal can enter a phase.

    What an earlier phase asked is still asked.
    """
    asked = _TOWARDS[: _TOWARDS.index(phase) + 1]
    found = [
        finding
        for needed in form().checklist
        if needed.phase in asked
        for finding in _asked(needed, content)
    ]
    found += [*_without_basis(content), *_unknown(content, known), *_contradictions(content, known)]
    order = {part.name: place for place, part in enumerate(form().parts)}
    return tuple(sorted(found, key=lambda f: _place(f, order)))


def next_phase(phase: str) -> str:
    """The phase that a proposal works towards; "" when there is none."""
    towards = {"concept": 1, "returned": 1, "in_development": 2, "advised": 3}
    return _TOWARDS[towards[phase]] if phase in towards else ""


def _place(finding: Finding, order: Mapping[str, int]) -> tuple[int, str]:
    """Where a finding comes in the form; those of one question in the order of its rows."""
    name = finding.where.name if isinstance(finding.where, Field) else ""
    at = next((n for known, n in order.items() if _belongs(name, known)), len(order))
    return at, name


def _belongs(name: str, part: str) -> bool:
    return name == part or (name.startswith(f"{part}-") and name[len(part) + 1 :][:1].isdecimal())


def _asked(needed: Requirement, content: Content) -> Iterator[Finding]:
    part = form().part(needed.field)
    value = getattr(content, needed.field)
    for name in _LACKS[needed.needs](needed, part, value):
        yield Finding(f"V-1{needed.phase[0]}", needed.message, Field(name), needed.remedy)


def _empty(_needed: Requirement, part: Question, value: Any) -> list[str]:
    return [] if value else [part.name]


def _few(needed: Requirement, part: Question, value: Any) -> list[str]:
    return [] if len(value) >= needed.number else [part.name]


def _short(needed: Requirement, part: Question, value: Any) -> list[str]:
    return [] if len(value.split()) >= needed.number else [part.name]


def _unanswered(_needed: Requirement, part: Question, value: Any) -> list[str]:
    return [] if value and value != "unknown" else [part.name]


def _open_cells(needed: Requirement, part: Question, value: Any) -> list[str]:
    column = next(c for c in part.columns if c.field == needed.column)
    return [
        cell(part, place, column)
        for place, row in enumerate(value)
        if all(getattr(row, name) == wanted for name, wanted in needed.when)
        and getattr(row, needed.column) in ("", None)
    ]


_LACKS = {
    "filled": _empty,
    "least": _few,
    "words": _short,
    "known": _unanswered,
    "each": _open_cells,
}


def _without_basis(content: Content) -> Iterator[Finding]:
    for field, remedy in (
        ("title", "Geef het voorstel een naam."),
        ("pillar", "Kies de pijler waaruit het geld komt."),
        ("lead", "Kies welke organisatie het project trekt."),
    ):
        if not getattr(content, field):
            part = form().part(field)
            yield Finding("V-02", f"{part.label} ontbreekt", Field(part.name), remedy)


def _unknown(content: Content, known: Known) -> Iterator[Finding]:
    """What is chosen from the register and is not in it."""
    for name, question, value in _answers(content):
        if question.to and value and value not in getattr(known, question.to):
            yield Finding(
                "V-03",
                f"{question.label}: “{value}” staat niet in het register",
                Field(name),
                "Kies uit de lijst.",
            )


def _answers(content: Content) -> Iterator[tuple[str, Question, Any]]:
    """Every single answer, with the name of its field."""
    for part in form().parts:
        value = getattr(content, part.field)
        if part.type == "rows":
            for place, row in enumerate(value):
                for column in part.columns:
                    yield cell(part, place, column), column, getattr(row, column.field)
        elif part.type == "choices":
            yield from ((f"{part.name}-{code}", part, code) for code in value)
        else:
            yield part.name, part, value


def _contradictions(content: Content, known: Known) -> Iterator[Finding]:
    yield from _wrong_years(content, known)
    yield from _wrong_days(content, known)
    yield from _wrong_names(content, known)
    yield from _twice(content)


def _wrong_years(content: Content, known: Known) -> Iterator[Finding]:
    for place, line in enumerate(content.asked):
        if line.year and not known.starts.year <= line.year <= known.ends.year:
            yield _at(("asked", place, "year"), "V-20", f"In {line.year} is de deal er niet",
                f"Kies een jaar van {known.starts.year} tot en met {known.ends.year}.",
            )  # fmt: skip


def _wrong_days(content: Content, known: Known) -> Iterator[Finding]:
    starts, ends = content.starts, content.ends
    if starts and ends and ends.last_day < starts.first_day:
        message = f"Het eindigt ({partial(ends)}) voordat het begint ({partial(starts)})"
        yield Finding("V-21", message, Field(form().part("ends").name), "Maak het einde later.")
    if starts and starts.first_day > known.ends:
        message = f"Het begint in {partial(starts)}, na het einde van de deal"
        yield Finding(
            "V-22", message, Field(form().part("starts").name), "Laat het eerder beginnen."
        )
    for place, milestone in enumerate(content.milestones):
        outside = milestone.on and (
            (starts and milestone.on.last_day < starts.first_day)
            or (ends and milestone.on.first_day > ends.last_day)
        )
        if outside:
            yield _at(("milestones", place, "on"), "V-23", "Deze mijlpaal valt buiten de planning",
                "Kies een datum tussen begin en einde, of pas die aan.",
            )  # fmt: skip


def _wrong_names(content: Content, known: Known) -> Iterator[Finding]:
    for place, partner in enumerate(content.partners):
        if partner.organisation and partner.organisation == content.lead:
            yield _at(("partners", place, "organisation"), "V-24", "De penvoerder is geen partner",
                "Haal deze rij leeg.",
            )  # fmt: skip
    for place, crossed in enumerate(content.cross_overs):
        if crossed.pillar and crossed.pillar == content.pillar:
            yield _at(("cross_overs", place, "pillar"), "V-25", "Dit is de eigen pijler",
                "Kies een andere pijler, of haal deze rij leeg.",
            )  # fmt: skip
    pillars = {content.pillar, *(c.pillar for c in content.cross_overs)}
    themes = form().part("themes")
    for code in content.themes:
        theme = known.themes.get(code)
        if theme and theme.pillar and theme.pillar not in pillars:
            message = f"Het thema “{theme.name}” hoort bij een andere pijler"
            yield Finding(
                "V-26", message, Field(f"{themes.name}-{code}"),
                "Haal het vinkje weg, of noem het dwarsverband met die pijler.",
            )  # fmt: skip


_ONCE = (
    ("asked", "year"),
    ("partners", "organisation"),
    ("results", "result"),
    ("cross_overs", "pillar"),
)
"""What may stand in one row only."""


def _twice(content: Content) -> Iterator[Finding]:
    for field, column in _ONCE:
        rows = getattr(content, field)
        seen = set()
        for place, row in enumerate(rows):
            value = getattr(row, column)
            if value and value in seen:
                yield _at((field, place, column), "V-27", "Dit staat er al",
                    "Voeg de rijen samen, of kies iets anders.",
                )  # fmt: skip
            seen.add(value)
    for place, spot in enumerate(content.places):
        if spot in content.places[:place]:
            yield _at(
                ("places", place, "name"), "V-27", "Deze plaats staat er al", "Haal haar leeg."
            )


def _at(where: tuple[str, int, str], rule: str, message: str, remedy: str) -> Finding:
    field, place, column = where
    part = form().part(field)
    asked = next(c for c in part.columns if c.field == column)
    said = f"{part.label}, {place + 1}e {part.one}: {message[0].lower()}{message[1:]}"
    return Finding(rule, said, Field(cell(part, place, asked)), remedy)
