"""What the deal is to bring, and what is known of it."""

from noaber.core.notation import count, listed, partial
from noaber.documents.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Form,
    Group,
    Heading,
    Number,
    Paragraph,
    Row,
    Strong,
    Table,
    Words,
)
from noaber.editions.edition import Edition, sign
from noaber.monitor.results import SIGN_WORDS
from noaber.monitor.rules import Comparison, PillarView, ResultView, Standing

_DIRECTIONS = {"rises": "moet stijgen", "falls": "moet dalen"}


def results(edition: Edition) -> list[Block]:
    """Goals and intended results per pillar; nothing for a deal that agreed on none."""
    view = edition.view
    if not view.results and not view.goals:
        return []
    blocks: list[Block] = [
        Chapter("Beoogde resultaten", "chapter/results"),
        Paragraph(_told(edition), lead=True),
    ]
    blocks += [Paragraph((goal.text,)) for goal in view.goals if not goal.pillar]
    for pillar in view.overview.pillars:
        blocks += _of_pillar(edition, pillar)
    return blocks


def _told(edition: Edition) -> Words:
    view = edition.view
    targeted = view.figure("results_targeted")
    if not targeted.value:
        return (
            "Dit spraken de partijen af. Geen van deze resultaten heeft een doel in een getal.",
        )
    reached, unknown = view.figure("results_reached"), view.figure("results_unknown")
    return (
        "Van de ",
        Number(targeted, Form.COUNT),
        " resultaten met een doel " if targeted.value != 1 else " resultaat met een doel ",
        "is er " if reached.value == 1 else "zijn er ",
        Number(reached, Form.COUNT),
        " bereikt volgens een bron. Van ",
        Number(unknown, Form.COUNT),
        " is er geen cijfer. Dat is iets anders dan niet bereikt.",
    )


def _of_pillar(edition: Edition, pillar: PillarView) -> list[Block]:
    goals = [g for g in edition.view.goals if g.pillar == pillar.pillar.code]
    views = [v for v in edition.view.result_views if v.result.pillar == pillar.pillar.code]
    if not goals and not views:
        return []
    blocks: list[Block] = [Heading(pillar.pillar.name, sign=sign(pillar.pillar))]
    for goal in goals:
        until = f" Uiterlijk {partial(goal.due)}." if goal.due else ""
        differing = edition.view.differing_until(goal.code)
        blocks.append(Paragraph((f"{goal.text}{until}",)))
        if other := _otherwise(edition, goal.evidence.source, differing):
            blocks.append(Paragraph((other,), quiet=True))
    if views:
        blocks.append(_table(edition, pillar, views))
    return blocks


def _table(edition: Edition, pillar: PillarView, views: list[ResultView]) -> Table:
    columns = (
        Column(("Resultaat",), share=1),
        Column(("Doel",), width=46),
        Column(("Uiterlijk",), width=26),
        Column(("Bereikt",), numeric=True, width=24),
    )
    numbers = _numbered(edition, views)
    rows = tuple(_row(edition, view, numbers) for view in views)
    return Table(
        f"Beoogde resultaten van {pillar.pillar.name}",
        columns,
        (Group(rows),),
        notes=tuple((f"({number}) {said}",) for said, number in numbers.items()),
        sign=sign(pillar.pillar),
    )


def _numbered(edition: Edition, views: list[ResultView]) -> dict[str, int]:
    """What sources state otherwise of the dates: each once, with the number of its note."""
    said = (_of_date(edition, view) for view in views)
    return {words: number for number, words in enumerate(dict.fromkeys(filter(None, said)), 1)}


def _row(edition: Edition, view: ResultView, numbers: dict[str, int]) -> Row:
    result = view.result
    due = partial(result.due) if result.due else "geen datum"
    note = numbers.get(_of_date(edition, view))
    return Row(
        (
            Cell((Strong(result.text),)),
            Cell((_target(view),)),
            Cell((f"{due}\u00a0({note})" if note else due,)),
            Cell(_reached(view)),
        ),
        _below(edition, view),
        below_quiet=True,
    )


def _target(view: ResultView) -> str:
    result = view.result
    if result.kind == "direction":
        return f"{result.unit} {_DIRECTIONS.get(result.direction, '')}".strip()
    if result.kind == "delivery":
        return "moet er zijn"
    return (
        "nog te bepalen" if view.target is None else f"{count(view.target)} {result.unit}".strip()
    )


def _reached(view: ResultView) -> Words:
    if view.reached.value is None:
        return ("geen cijfer",)
    if view.result.kind == "delivery":
        return ("opgeleverd" if view.standing == Standing.REACHED else "nog niet opgeleverd",)
    said = SIGN_WORDS[view.sign]
    number: Words = (Number(view.reached, Form.COUNT),)
    return (said, *number) if said else number


def _below(edition: Edition, view: ResultView) -> Words:
    """Who reports it and on which date."""
    found = []
    for m in view.counted:
        when = f"{partial(m.as_of)}, " if m.as_of else ""
        found.append(f"{m.what} ({when}{edition.view.sources.cite(m.evidence.source)})")
    return (f"Gemeld: {'; '.join(found)}.",) if found else ()


def _of_date(edition: Edition, view: ResultView) -> str:
    return _otherwise(edition, view.result.evidence.source, view.differing)


def _otherwise(edition: Edition, own: str, differing: tuple[Comparison, ...]) -> str:
    """What other sources state of a date; of the own source with the place in it."""
    by_date: dict[str, dict[str, None]] = {}
    for c in differing:
        where = c.locator and c.source == edition.view.sources.cite(own)
        name = f"{c.source} ({c.locator})" if where else c.source
        by_date.setdefault(c.stated, {})[name] = None
    said = [f"{day} volgens {listed(list(names))}" for day, names in by_date.items()]
    return f"Een bron zegt iets anders: {listed(said)}." if said else ""
