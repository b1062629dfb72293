"""Who decides about the deal, who advises, and who sits where."""

from collections.abc import Sequence
from itertools import groupby

from noaber.core.notation import day, listed
from noaber.documents.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Group,
    Heading,
    Paragraph,
    Row,
    Table,
    Terms,
)
from noaber.editions.edition import Edition
from noaber.editions.rules import capitalised
from noaber.monitor.governance import BoardView, lines

KEY = "chapter/governance"
ERASED = "naam gewist"

_MORE = {
    "steering_group": "Stuurgroepen",
    "consultation": "Overleg van partijen",
    "pillar_board": "Vakbestuurlijke overleggen",
    "development_team": "Ontwikkelteams",
    "coordination_team": "Coördinatieteams",
    "programme_team": "Programmateams",
    "board": "Andere overleggen",
}
"""How several boards of a kind are called together."""


def governance(edition: Edition) -> list[Block]:
    """What each board does and who sits in it at the moment of the edition."""
    boards = edition.view.boards
    if not boards:
        return []
    on = day(edition.view.overview.moment.as_of)
    lead = f"Wie over de deal beslist, wie adviseert en wie het werk doet, op {on}."
    blocks: list[Block] = [
        Chapter("Wie beslist en wie u kunt spreken", KEY),
        Paragraph((lead,), lead=True),
    ]
    for _, of_kind in groupby(boards, key=lambda view: view.board.kind):
        blocks += _kind(list(of_kind), on)
    return blocks


def _kind(boards: Sequence[BoardView], on: str) -> list[Block]:
    """The boards of one kind: their tasks, and in one table who sits in them."""
    first = boards[0].board
    if len(boards) == 1:
        name, told = first.name, Paragraph((first.task,))
        found: list[Block] = [Heading(name), told]
    else:
        name = _MORE[first.kind]
        found = [Heading(name), Terms(tuple((v.board.name, (v.board.task,)) for v in boards))]
    return [*found, *_who(name, boards, on)]


_Row = tuple[str, str, str, str, str]

_COLUMNS = (
    ("Overleg", 1.0),
    ("Naam", 0.9),
    ("Rol", 0.8),
    ("Ambt of functie", 1.0),
    ("Organisatie", 1.4),
)


def _who(name: str, boards: Sequence[BoardView], on: str) -> list[Block]:
    """Who sits in the boards, in a table; in a sentence those of whom only the role is known."""
    told = [Paragraph((words,)) for board in boards if (words := _bare(board, len(boards) > 1))]
    rows = _rows(boards)
    used = [place for place in range(len(_COLUMNS)) if any(row[place] for row in rows)]
    if not used:
        return [*told]
    columns = tuple(Column((title,), share=share) for title, share in _COLUMNS)
    return [
        Table(
            f"{name}: wie er zitten op {on}",
            tuple(columns[place] for place in used),
            (Group(tuple(Row(tuple(_cell(row[place]) for place in used)) for row in rows)),),
        ),
        *told,
    ]


def _bare(view: BoardView, among_more: bool) -> str:
    """The seats of which only the role is known, as a sentence; nothing when there are none."""
    found = lines(view.seats)
    roles = listed([line.role for line in found if line.bare])
    if not roles:
        return ""
    where = f" in {view.board.name}" if among_more else ""
    if all(line.bare for line in found):
        return f"Rollen{where}: {roles}."
    return f"Verder aan tafel{where}: {roles}. Wie dat zijn, is niet vastgelegd."


def _cell(text: str) -> Cell:
    return Cell((text,) if text else ())


def _rows(boards: Sequence[BoardView]) -> list[_Row]:
    """A row per line of who sits there; the name of the board only where there are more."""
    return [
        (
            view.board.name if len(boards) > 1 else "",
            ERASED if line.erased else line.holder,
            capitalised(line.role),
            capitalised(line.office),
            listed(line.organisations),
        )
        for view in boards
        for line in lines(view.seats)
        if not line.bare
    ]
