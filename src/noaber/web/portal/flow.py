"""The flow of money on a page: from parties, through the deal and its pillars, to projects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from noaber.documents.drawing.colours import NEUTRAL, Tone
from noaber.documents.drawing.flow import AWARDED, FREE, GIVEN, RESERVED, Branch, Stream, flow
from noaber.documents.drawing.svg import Svg
from noaber.monitor.rules import ContributionView, Figure, PillarView, ProjectView
from noaber.monitor.views import DealView
from noaber.web.language import DUTCH, english, text
from noaber.web.notation import capital, count, euro, million
from noaber.web.portal import wording
from noaber.web.portal.links import Links
from noaber.web.portal.page import tone

LONGEST_NAME = 18
"""Letters that fit above a band on a phone."""

_ROWS = 24
_OTHER_ROWS = 3
"""Of the rows of a pillar: the other projects, what is reserved, and what is free."""


@dataclass(frozen=True)
class Taking:
    """A pillar with the projects that got money, those with most first."""

    view: PillarView
    projects: tuple[ProjectView, ...]


def takings(seen: DealView) -> tuple[Taking, ...]:
    """Where the money went, per pillar: awarded, reserved and free are what was allocated."""
    return tuple(
        Taking(
            view,
            tuple(
                sorted(
                    (p for p in seen.projects if p.pillar == view.pillar and p.awarded.value),
                    key=lambda p: (-(p.awarded.value or 0), p.project.name),
                )
            ),
        )
        for view in seen.overview.pillars
    )


def draw(seen: DealView, links: Links) -> Svg:
    """The flow; of each pillar the largest projects by name, fewer as there are more pillars."""
    overview = seen.overview
    named = max(_ROWS // max(len(overview.pillars), 1) - _OTHER_ROWS, 0)
    branches = [_branch(each, links, named) for each in takings(seen)]
    overhead = _stream(text("Overheadkosten"), overview.overhead, links)
    return flow(
        sorted(_with_money(_parties(seen, links)), key=lambda s: -s.amount),
        _with_money(_stream(_group(view), view.promised, links) for view in seen.contributions),
        [b for b in (*branches, Branch(overhead, "line")) if b.whole.amount > 0],
        text("De deal {amount}", amount=million(overview.promised.value or 0)),
        text("Van partijen naar projecten"),
    )


def _parties(seen: DealView, links: Links) -> list[Stream]:
    names = seen.organisations
    return [
        _stream(names[s.party.organisation].short_name or s.party.name, s.promised, links)
        for view in seen.contributions
        for s in view.shares
    ]


def _group(view: ContributionView) -> str:
    if len(view.shares) == 1:
        return text("Rijk") if view.shares[0].party.side == "state" else view.shares[0].party.name
    name = view.contribution.name
    if len(name) <= LONGEST_NAME:
        return name
    return capital(wording.things(len(view.shares), "partij", "partijen"))


def _branch(taking: Taking, links: Links, named: int) -> Branch:
    """A pillar with its largest projects, the others together, what is reserved and what is free."""
    view, given = taking.view, taking.projects
    drawn, name = tone(view.pillar), view.pillar.name
    # One project alone is named rather than counted.
    shown = len(given) if len(given) <= named + 1 else named
    parts = [_project(p, links, drawn) for p in given[:shown]]
    if given[shown:]:
        parts.append(_others(given[shown:], links, drawn, after=bool(shown)))
    parts += [
        _stream(text("gereserveerd"), view.reserved_open, links, drawn, RESERVED, of=name),
        _stream(text("nog vrij"), view.room, links, drawn, FREE, of=name),
    ]
    whole = _stream(name, view.allocated, links, drawn)
    return Branch(whole, view.pillar.mark, tuple(_with_money(parts)))


def _project(view: ProjectView, links: Links, drawn: Tone) -> Stream:
    amount, name = view.awarded.value or 0, view.project.name
    says = text("{name}: {amount} toegekend", name=name, amount=euro(amount))
    link, lang = links.project(view.project.code), DUTCH if english() else ""
    return Stream(name, amount, million(amount), link, says, drawn, AWARDED, lang)


def _others(projects: Sequence[ProjectView], links: Links, drawn: Tone, *, after: bool) -> Stream:
    """The projects that are not named, as one; their amounts stand in the table."""
    amount = sum(p.awarded.value or 0 for p in projects)
    number, pillar = count(len(projects)), projects[0].pillar
    name = text("{number} projecten", number=number)
    if after:
        name = text("nog {number} projecten", number=number)
    says = text("{name}: {amount} toegekend", name=f"{pillar.name}, {name}", amount=euro(amount))
    link = links.chosen([("pijler", pillar.code)])
    return Stream(name, amount, million(amount), link, says, drawn, AWARDED)


def _stream(
    name: str,
    figure: Figure,
    links: Links,
    drawn: Tone = NEUTRAL,
    kind: str = GIVEN,
    *,
    of: str = "",
) -> Stream:
    amount = figure.value or 0
    says = f"{of + ', ' if of else ''}{name}: {euro(amount)}"
    return Stream(name, amount, million(amount), links.origin(figure.address), says, drawn, kind)


def _with_money(streams: Iterable[Stream]) -> list[Stream]:
    return [stream for stream in streams if stream.amount > 0]
