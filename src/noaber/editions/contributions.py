"""Contributions: who promises what, and the shares of those who promise together."""

from collections.abc import Sequence

from noaber.core.notation import partial
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
    Plain,
    Row,
    Table,
    Words,
)
from noaber.editions.edition import Edition
from noaber.monitor.rules import ContributionView, ShareView

FORMS = {
    "cash": "geld",
    "existing_budget": "geld uit een bestaande begroting",
    "in_kind": "in natura",
    "unknown": "niet bekend",
}
STANDINGS = {
    "proposed": "voorgesteld",
    "published": "gepubliceerd",
    "decided": "besloten",
    "received": "ontvangen",
}


def contributions(edition: Edition) -> list[Block]:
    """Who promises what, in which form and how firmly; the shares of those who promise together."""
    views = edition.view.contributions
    if not views:
        return []
    rows = tuple(
        Row(
            (
                Cell((v.contribution.name,)),
                Cell((FORMS.get(v.contribution.form, v.contribution.form),)),
                Cell((STANDINGS.get(v.contribution.standing, v.contribution.standing),)),
                Cell((Number(v.promised),)),
            ),
            (v.contribution.note,) if v.contribution.note else (),
            below_quiet=True,
        )
        for v in views
    )
    total = Row((Cell(("Totaal",), span=3), Cell((Number(edition.view.overview.promised),))))
    columns = (
        Column(("Bijdrage",), share=1),
        Column(("Vorm",), width=44),
        Column(("Stand",), width=26),
        Column(("Bedrag in €",), numeric=True, width=30),
    )
    blocks: list[Block] = [
        Chapter("Bijdragen", "chapter/contributions"),
        Paragraph(("Rijk en regio brengen het geld van de deal samen bij elkaar.",), lead=True),
        Table("Toegezegde bijdragen", columns, (Group(rows),), (total,)),
    ]
    for view in views:
        if len(view.shares) > 1:
            blocks += [Heading(f"Verdeling: {view.contribution.name}"), _shares(view)]
    blocks += _instalments(views)
    return blocks


def _shares(view: ContributionView) -> Table:
    """Computed share of each party beside the published one, with the difference."""
    unit = next((s.key.unit for s in view.shares if s.key), "sleutel")
    stated = [_stated(share) for share in view.shares]
    with_stated = any(value is not None for value in stated)
    rows = tuple(
        _share(s, value, with_stated=with_stated)
        for s, value in zip(view.shares, stated, strict=True)
    )
    keys = sum(s.key.key for s in view.shares if s.key)
    cells = [Cell(("Totaal",)), Cell((Plain(keys, Form.COUNT),)), Cell((Number(view.promised),))]
    if with_stated:
        said = sum(value or 0 for value in stated)
        cells += [
            Cell((Plain(said),)),
            Cell((Plain(said - (view.promised.value or 0), Form.DIFFERENCE),)),
        ]
    columns = [
        Column(("Partij",), share=1),
        Column((unit.capitalize(),), numeric=True, width=24),
        Column(("Berekend in €",), numeric=True, width=31),
    ]
    notes: list[Words] = []
    if with_stated:
        columns.append(Column(("Gepubliceerd in €",), numeric=True, width=31))
        columns.append(Column(("Verschil in €",), numeric=True, width=26))
        notes = [(c.note,) for c in view.stated if c.note and not c.agrees]
    measured = next((s.key.measured for s in view.shares if s.key), None)
    caption = "Berekend: het bedrag verdeeld naar " + unit
    caption += f" op {partial(measured)}, op de cent." if measured else ", op de cent."
    return Table(caption, tuple(columns), (Group(rows),), (Row(tuple(cells)),), tuple(notes))


def _stated(share: ShareView) -> int | None:
    """What a source states of a share: the computed amount and the difference together."""
    if share.stated is None or share.stated.difference is None or share.promised.value is None:
        return None
    return share.promised.value + share.stated.difference


def _share(share: ShareView, stated: int | None, *, with_stated: bool) -> Row:
    cells = [
        Cell((share.party.name,)),
        Cell((Plain(share.key.key if share.key else None, Form.COUNT),)),
        Cell((Number(share.promised),)),
    ]
    if with_stated:
        difference = None if stated is None else stated - (share.promised.value or 0)
        cells += [Cell((Plain(stated),)), Cell((Plain(difference, Form.DIFFERENCE),))]
    return Row(tuple(cells))


def _instalments(views: Sequence[ContributionView]) -> list[Block]:
    rows = tuple(
        Row(
            (
                Cell((view.contribution.name,)),
                Cell((partial(part.due) if part.due else "nog af te spreken",)),
                Cell(("nog af te spreken",) if part.amount is None else (Plain(part.amount),)),
            ),
            (part.note,) if part.note else (),
            below_quiet=True,
        )
        for view in views
        for part in view.instalments
    )
    if not rows:
        return []
    columns = (
        Column(("Bijdrage",), share=1),
        Column(("Wanneer",), width=40),
        Column(("Bedrag in €",), numeric=True, width=36),
    )
    return [Heading("Termijnen"), Table("Delen waarin een bijdrage komt", columns, (Group(rows),))]
