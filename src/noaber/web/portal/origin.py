"""Where a figure comes from: the page behind every figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import strip_tags

from noaber.deals.rules import Pillar
from noaber.documents.drawing import bars, scale, steps
from noaber.documents.drawing.colours import ACCENT, Tone
from noaber.documents.drawing.svg import NOTHING, Svg
from noaber.monitor.rules import CENTS, TEXT, Comparison, Explanation, Part, Step
from noaber.monitor.views import DealView
from noaber.web.language import later, text
from noaber.web.notation import capital, count, euro, million, missing
from noaber.web.portal import wording
from noaber.web.portal.links import permanent
from noaber.web.portal.page import moment_words, tone
from noaber.web.register_words import readable, told

MOST_IN_BAR = 12
"""More parts than this cannot be told apart in a bar."""

_PARTS = {
    "awarded": (later("toekenning"), later("toekenningen")),
    "allocated": (later("regel van de verdeling"), later("regels van de verdeling")),
    "promised": (later("toezegging"), later("toezeggingen")),
    "projects": (later("project"), later("projecten")),
    "new": (later("nieuw project"), later("nieuwe projecten")),
    "follow_up": (later("vervolg"), later("vervolgen")),
    "awards": (later("toekenning"), later("toekenningen")),
    "pilots": (later("proeftuin"), later("proeftuinen")),
    "parties": (later("partij"), later("partijen")),
    "results": (later("afgesproken resultaat"), later("afgesproken resultaten")),
    "results_targeted": (later("resultaat met een doel"), later("resultaten met een doel")),
    "results_reached": (later("bereikt resultaat"), later("bereikte resultaten")),
    "results_unknown": (later("resultaat zonder cijfer"), later("resultaten zonder cijfer")),
    "reached": (later("meting"), later("metingen")),
    "reserved": (later("reservering"), later("reserveringen")),
}
_ANY_PART = (later("onderdeel"), later("onderdelen"))

_MEANING = {
    "awarded": later("De stuurgroep gaf dit bedrag aan projecten."),
    "allocated": later(
        "De partijen verdeelden dit bedrag. De verdeling is een richtlijn (artikel 5)."
    ),
    "reserved": later(
        "Dit bedrag is apart gezet voor een heel project, dat het in stappen krijgt."
    ),
    "reserved_open": later("Dit bedrag is apart gezet voor hele projecten en nog niet toegekend."),
    "room": later("Dit is wat is verdeeld, min wat is toegekend en wat is gereserveerd."),
    "promised": later("Partijen hebben dit bedrag toegezegd."),
    "projects": later("Zo veel projecten tellen mee."),
    "new": later("Zo veel projecten kregen voor het eerst geld."),
    "follow_up": later("Zo veel projecten kregen opnieuw geld."),
    "results_targeted": later(
        "Zo veel resultaten hebben een doel: een aantal, of iets dat er moet zijn."
    ),
    "results_reached": later("Van zo veel resultaten meldt een bron dat het doel is gehaald."),
    "results_unknown": later(
        "Van zo veel resultaten met een doel is er geen cijfer. Dat is iets anders dan niet bereikt."
    ),
    "reached": later(
        "Dit meldt een bron van het resultaat. Van meer metingen telt de laatste, of van elk "
        "project de laatste als zij optellen."
    ),
    "results": later(
        "Zo veel resultaten spraken de partijen af. Of ze zijn bereikt, staat hier niet."
    ),
}


@dataclass(frozen=True)
class PartRow:
    """A part of the figure, with its key in the bar, and its pillar where parts differ in that."""

    part: Part
    key: Svg
    pillar: Pillar | None


@dataclass(frozen=True)
class StepRow:
    """How the figure read from a day on; `now` for the row that holds at the moment."""

    step: Step
    now: bool


@dataclass(frozen=True)
class OriginPage:
    """What the page behind a figure shows."""

    explanation: Explanation
    is_text: bool
    text: str
    in_euros: bool
    meaning: str
    summed: str
    pillar: Pillar | None
    bar: Svg
    parts_heading: str
    parts: tuple[PartRow, ...]
    inferred: bool
    agreeing: tuple[Comparison, ...]
    differing: tuple[Comparison, ...]
    chart: Svg
    steps: tuple[StepRow, ...]
    estimated: bool
    outcome: str
    address: str


def present(seen: DealView, explanation: Explanation) -> OriginPage:
    """The page behind a figure, from its explanation."""
    figure, parts = explanation.figure, explanation.parts
    pillar = _pillar(seen, explanation)
    drawn = tone(pillar) if pillar else ACCENT
    meaning = _MEANING.get(figure.address.figure)
    one, many = _PARTS.get(figure.address.figure, _ANY_PART)
    in_bar = (
        1 < len(parts) <= MOST_IN_BAR and figure.unit == CENTS and all(p.value > 0 for p in parts)
    )
    return OriginPage(
        explanation=explanation,
        is_text=figure.unit == TEXT,
        text=readable(explanation.text),
        in_euros=figure.unit == CENTS,
        meaning=text(meaning) if meaning else "",
        summed=_summed(len(parts), one, many),
        pillar=pillar,
        bar=bars.parts_bar([p.value for p in parts], drawn) if in_bar else NOTHING,
        parts_heading=_heading(len(parts), one, many),
        parts=_rows(seen, parts, drawn, keyed=in_bar, of_one=pillar is not None),
        inferred=any(p.basis == "inferred" for p in parts),
        agreeing=tuple(c for c in explanation.stated if c.agrees),
        differing=tuple(c for c in explanation.stated if not c.agrees),
        chart=_chart(explanation, drawn),
        steps=_steps(explanation),
        estimated=any(step.estimated for step in explanation.steps),
        outcome=_outcome(explanation),
        address=permanent(figure.address, explanation.moment),
    )


def _outcome(explanation: Explanation) -> str:
    """The figure and its moment, to stand beside the form that asks for another."""
    figure = explanation.figure
    written = euro if figure.unit == CENTS else count
    said = missing() if figure.value is None else written(figure.value)
    if figure.unit == TEXT:
        said = readable(explanation.text)
    moment = moment_words(explanation.moment, explanation.recorded_at)
    return text("{figure}. {moment}.", figure=said, moment=moment)


def _summed(number: int, one: str, many: str) -> str:
    if not number:
        return ""
    return (
        text("Het is de som van {things}.", things=wording.things(number, one, many))
        if number > 1
        else text("Het is één {thing}.", thing=text(one))
    )


def _heading(number: int, one: str, many: str) -> str:
    if number == 1:
        return capital(text(one))
    return text("De {things}", things=wording.things(number, one, many))


def _pillar(seen: DealView, explanation: Explanation) -> Pillar | None:
    """The pillar the figure is about, itself or through its project."""
    address = explanation.figure.address
    code = address.get("pillar")
    project = address.get("project")
    if project:
        code = next((p.pillar.code for p in seen.projects if p.project.code == project), code)
    return next((v.pillar for v in seen.overview.pillars if v.pillar.code == code), None)


def _rows(
    seen: DealView, parts: Sequence[Part], drawn: Tone, *, keyed: bool, of_one: bool
) -> tuple[PartRow, ...]:
    projects = {p.project.code: p for p in seen.projects}
    found = []
    for index, part in enumerate(parts):
        project = projects.get(part.project)
        found.append(
            PartRow(
                part,
                bars.key(index, len(parts), drawn) if keyed else NOTHING,
                project.pillar if project and not of_one else None,
            )
        )
    return tuple(found)


def _steps(explanation: Explanation) -> tuple[StepRow, ...]:
    past = [s for s in explanation.steps if s.on <= explanation.moment.as_of]
    return tuple(StepRow(step, step is (past[-1] if past else None)) for step in explanation.steps)


def _chart(explanation: Explanation, drawn: Tone) -> Svg:
    changes = explanation.steps
    highest = max((s.value for s in changes), default=0)
    # A line that falls below zero, or one single day, says less than its table.
    if len(changes) < 2 or highest <= 0 or min(s.value for s in changes) < 0:
        return NOTHING
    in_euros = explanation.figure.unit == CENTS
    written = million if in_euros else count
    exact = euro if in_euros else count
    line = steps.Series(
        tuple(steps.Point(s.on, s.value) for s in changes), drawn, written(changes[-1].value)
    )
    grew = text(
        "van {first} naar {last}", first=exact(changes[0].value), last=exact(changes[-1].value)
    )
    return steps.in_both(
        lambda size: steps.step_line(
            line,
            ticks=[(h, written(h)) for h in scale.heights(highest)],
            says=f"{strip_tags(told(explanation.title))}: {grew}",
            size=size,
        )
    )
