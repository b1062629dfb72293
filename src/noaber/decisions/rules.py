"""Boards, seats, meetings, decisions and forewords as values."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from noaber.core.dates import PartialDate
from noaber.record.rules import Evidence

BOARD_KINDS = (
    "steering_group", "consultation", "pillar_board", "development_team", "coordination_team",
    "programme_team", "board",
)  # fmt: skip
"""What a board is: the steering group decides, the consultation (article 6) has no powers."""

MEETING_STATES = ("planned", "held", "closed")
"""A meeting is planned, then held; once closed its decision list is final."""

AGENDA_KINDS = ("decision", "advice", "information")

PROJECT_KINDS = ("award", "reserve", "reallocate", "release", "stop")
"""Decisions that move money of a project."""

MONEY_KINDS = (*PROJECT_KINDS, "revise_allocation")
"""Decisions that move money: those of a steering group only."""

DECISION_KINDS = (*PROJECT_KINDS, "hold", "reject", "revise_allocation", "advise", "other")

ADVICE_FROM = 1000
"""Above this number stands advice on proposals. It is not public, and has numbers of its own so that
those of the decisions that are leave no gap."""


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

    @property
    def called(self) -> str:
        """What people call the seat: role and office, never the name of who holds it."""
        return f"{self.role}, {self.office} ({self.place})" if self.office else self.role


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


@dataclass(frozen=True)
class Meeting:
    """A meeting of a board on a day.

    `tranche` is the number of the tranche that its awards make up; "" when it awards nothing.
    """

    code: str
    board: str
    on: PartialDate
    title: str
    place: str = ""
    tranche: str = ""
    state: str = "planned"
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class AgendaItem:
    """What a meeting talks about: a proposal, a project, or something else (both empty)."""

    meeting: str
    position: int
    title: str
    kind: str = "decision"
    proposal: str = ""
    project: str = ""
    note: str = ""
    readers: str = "board"
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the item: meeting and position."""
        return f"{self.meeting}-{self.position}"


@dataclass(frozen=True)
class Interest:
    """A seat whose holder has an interest in an item, and so does not take part in deciding it."""

    item: str
    seat: str
    reason: str
    readers: str = "board"
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the interest: item and seat."""
        return f"{self.item}-{self.seat}"


@dataclass(frozen=True)
class Decision:
    """What a board decided in a meeting. It is never edited, only superseded by a later one.

    What it comes to in euros stands with the awards, reservations and releases that name it.
    `opinion` is that of an advice on a proposal; see `proposals.rules.OPINIONS`. `absent` are the seats that took no part for an interest, `taking_part` those that did.
    """

    meeting: str
    number: int
    kind: str
    title: str
    text: str
    opinion: str = ""
    item: str = ""
    proposal: str = ""
    project: str = ""
    conditions: str = ""
    reason: str = ""
    supersedes: str = ""
    taking_part: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    readers: str = "public"
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the decision: meeting and number."""
        return f"{self.meeting}-{self.number}"

    @property
    def is_advice(self) -> bool:
        """Whether it is advice on a proposal, which only its readers and those of its item read."""
        return advises(self.kind, self.proposal)


def advises(kind: str, proposal: str) -> bool:
    """Whether what a board says is advice on a proposal; other advice is a decision as any other."""
    return kind == "advise" and bool(proposal)


def next_number(numbers: Iterable[int], *, advice: bool) -> int:
    """The number of the next decision of a meeting, or of its next advice on a proposal."""
    first = ADVICE_FROM if advice else 0
    return max((n for n in numbers if (n > ADVICE_FROM) == advice), default=first) + 1


class DecisionStands(Exception):
    """A decision that was recorded is not changed; a later one can supersede it."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"Besluit {code} is vastgelegd en verandert niet meer. Leg een nieuw besluit vast dat het vervangt."
        )


class MeetingClosed(Exception):
    """The decision list of a closed meeting is final."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"De besluitenlijst van “{title}” is vastgesteld. Neem het besluit op in een volgende vergadering."
        )
