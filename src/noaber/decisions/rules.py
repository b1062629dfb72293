"""Boards, seats and forewords as values."""

from dataclasses import dataclass, field

from noaber.core.dates import PartialDate
from noaber.record.rules import Evidence

BOARD_KINDS = (
    "steering_group", "consultation", "pillar_board", "development_team", "coordination_team",
    "programme_team", "board",
)  # fmt: skip
"""What a board is: the steering group decides, the consultation (article 6) has no powers."""


@dataclass(frozen=True)
class Board:
    """A board of a deal and what it does; `pillar` is empty when it is about all of them."""

    code: str
    kind: str
    name: str
    position: int
    task: str
    pillar: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Seat:
    """A place in a board for one term: role in the board, office, organisation and who holds it.

    The name of the `holder` is a personal value that stands apart, behind a `token`: it is empty
    when nobody is named, when the name was `erased`, and until it is asked for.
    `replaces` is the code of the seat whose term ended before this one began.
    """

    board: str
    place: str
    position: int
    role: str
    office: str = ""
    organisation: str = ""
    holder: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    replaces: str = ""
    readers: str = "public"
    token: str = ""
    erased: bool = False
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the seat: board and place."""
        return seat_code(self.board, self.place)


def seat_code(board: str, place: str) -> str:
    """How sheets and other facts name a seat."""
    return f"{board}-{place}"


def personal_subject(deal: str, seat: str) -> str:
    """Under which the name of who holds a seat is kept, and can be erased."""
    return f"seat:{deal}/{seat}"


@dataclass(frozen=True)
class Foreword:
    """What opens the edition of a tranche; paragraphs of `text` are lines.

    It is signed by a board (`signed_by`, its code), in the words `signed_as`, or by both.
    """

    tranche: str
    title: str
    text: str
    signed_by: str = ""
    signed_as: str = ""
    readers: str = "public"
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the foreword: the number of its tranche."""
        return self.tranche
