"""Who decides, who advises, and whom people can ask."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from noaber.deals.rules import ContactPoint
from noaber.monitor.governance import BoardView, SeatLine, lines
from noaber.monitor.views import DealView
from noaber.web.language import dutch, later, text
from noaber.web.notation import listed

KINDS = {
    "steering_group": later("Stuurgroepen"),
    "consultation": later("Overleggen van partijen"),
    "pillar_board": later("Vakbestuurlijke overleggen"),
    "development_team": later("Ontwikkelteams"),
    "coordination_team": later("Coördinatieteams"),
    "programme_team": later("Programmateams"),
    "board": later("Andere overleggen"),
}
"""How several boards of a kind are called together."""


@dataclass(frozen=True)
class Board:
    """A board with who sits in it; `also` says of which seats only the role is known, `withheld`
    that there are some of which nothing may be told (covenant, article 10).
    """

    code: str
    name: str
    task: str
    lines: tuple[SeatLine, ...]
    also: str
    withheld: bool


@dataclass(frozen=True)
class Kind:
    """The boards of one kind; `heading` is empty when there is one, which says its own name."""

    code: str
    heading: str
    boards: tuple[Board, ...]


@dataclass(frozen=True)
class BoardsPage:
    """What the page of the boards shows."""

    kinds: tuple[Kind, ...]
    contacts: tuple[ContactPoint, ...]


def present(seen: DealView, withheld: Collection[str]) -> BoardsPage:
    """The boards from a deal at a moment; `withheld` are codes of boards with a withheld seat."""
    return BoardsPage(
        tuple(
            _kind(code, tuple(of_kind), withheld)
            for code, of_kind in groupby(seen.boards, key=lambda view: view.board.kind)
        ),
        seen.contacts,
    )


def _kind(code: str, boards: Sequence[BoardView], withheld: Collection[str]) -> Kind:
    return Kind(
        boards[0].board.code,
        text(KINDS[code]) if len(boards) > 1 else "",
        tuple(
            Board(
                view.board.code,
                view.board.name,
                view.board.task,
                *_seated(lines(view.seats)),
                view.board.code in withheld,
            )
            for view in boards
        ),
    )


def _seated(found: tuple[SeatLine, ...]) -> tuple[tuple[SeatLine, ...], str]:
    """The lines, and the bare ones among them as a sentence when of others more is known."""
    known = tuple(line for line in found if not line.bare)
    bare = [dutch(line.role) for line in found if line.bare]
    if not known or not bare:
        return found, ""
    said = text("Verder aan tafel: {roles}. Wie dat zijn, is niet vastgelegd.", roles=listed(bare))
    return known, said
