"""What sources state beside what the register yields."""

from noaber.core.notation import count
from noaber.documents.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Form,
    Group,
    Heading,
    Paragraph,
    Plain,
    Row,
    Strong,
    Table,
    Words,
)
from noaber.editions.edition import Edition
from noaber.editions.rules import concerns
from noaber.monitor.rules import CENTS, COUNT, Comparison


def stated(edition: Edition) -> list[Block]:
    """Where sources and the register differ on what this edition shows."""
    found = _concerning(edition)
    if not found:
        return []
    differing = [c for c in found if not c.agrees]
    names = [c for c in differing if c.address.figure == "name"]
    others = [c for c in differing if c.address.figure != "name"]
    agree = len(found) - len(differing)
    told = (
        f"Van {count(len(found))} getallen, namen en kenmerken die bronnen noemen, komen er "
        f"{count(agree)} overeen met het register. "
    )
    told += (
        f"{count(len(differing))} wijken af. Zij staan hieronder, met de bron."
        if differing
        else "Niets wijkt af."
    )
    blocks: list[Block] = [
        Chapter("Gesteld en berekend", "chapter/stated"),
        Paragraph((told,), lead=True),
    ]
    if others:
        columns = (
            Column(("Wat",), share=1),
            Column(("De bron zegt",), width=40),
            Column(("Het register geeft",), width=44),
            Column(("Verschil",), numeric=True, width=20),
        )
        blocks.append(
            Table(
                "Getallen en kenmerken die afwijken",
                columns,
                (Group(tuple(map(_differs, others))),),
            )
        )
    if names:
        spellings = (
            Column(("De bron schrijft",), share=1),
            Column(("In dit programma",), share=2),
        )
        sources = {c.source for c in names}
        one = f"Al deze namen staan in één bron: {names[0].source}." if len(sources) == 1 else ""
        blocks += [
            Heading("Namen"),
            *([Paragraph((one,), quiet=True)] if one else []),
            Table(
                "Namen die bronnen anders schrijven",
                spellings,
                (Group(tuple(_name(c, cited=not one) for c in names)),),
                small=True,
            ),
        ]
    return blocks


def _concerning(edition: Edition) -> list[Comparison]:
    seen = edition.view
    facts = {fact.code: fact for fact in seen.snapshot.stated}
    tranches = [t.tranche.number for t in edition.tranches]
    return [
        c
        for c in seen.comparisons
        if (fact := facts.get(c.code))
        and concerns(
            fact,
            seen.sources.by_code.get(fact.evidence.source),
            tranches,
            seen.overview.moment.as_of,
        )
    ]


def _differs(comparison: Comparison) -> Row:
    difference: Words = ("–",)
    if comparison.difference is not None and comparison.unit in (CENTS, COUNT):
        if comparison.unit == CENTS:
            difference = (Plain(comparison.difference, Form.DIFFERENCE),)
        else:
            difference = (
                f"{'+' if comparison.difference > 0 else ''}{count(comparison.difference)}",
            )
    cells = (comparison.stated, comparison.computed)
    return Row(
        (Cell((Strong(comparison.label),)), *(Cell((t,)) for t in cells), Cell(difference)),
        _why(comparison),
        below_quiet=True,
    )


def _name(comparison: Comparison, *, cited: bool) -> Row:
    number = comparison.label.partition(", ")[2].partition(" ")[0]
    cells = (Cell((comparison.stated,)), Cell((f"{number} {comparison.computed}",)))
    return Row(cells, _why(comparison, cited=cited), below_quiet=True)


def _why(comparison: Comparison, *, cited: bool = True) -> Words:
    """The note, and the source with the place in it; the place only when it is cited before."""
    source = ", ".join(part for part in (comparison.source, comparison.locator) if part)
    place = f"({comparison.locator})" if comparison.locator else ""
    where = f"Bron: {source}." if cited else place
    return (" ".join(part for part in (comparison.note, where) if part),)
