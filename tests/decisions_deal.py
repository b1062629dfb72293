"""The tiny deal that the state machine of decisions plays on: small amounts, few days."""

from datetime import date, datetime, timedelta
from typing import Any

from noaber.core.dates import PartialDate
from noaber.deals.actions import record_fact
from noaber.deals.rules import OVERHEAD, IntendedResult
from noaber.decisions import actions, rules
from noaber.proposals import actions as proposals
from noaber.proposals.rules import Content, Milestone, ResultClaim, Risk, Spot, YearAmount
from tests.decisions_book import DecisionsBook, Meeting, Paper
from tests.factories.advice import advised
from tests.integration.ledger.small_deal import (
    ANNA,
    AT,
    DEAL,
    LEAD,
    NO_EVIDENCE,
    PILLARS,
    PROJECTS,
    START,
    TRANCHES,
    found,
    share,
)

CENTS = 20
"""What each pillar has to give."""

NOW = datetime(2026, 1, 5, 12, tzinfo=AT.tzinfo)
EARLY = NOW.replace(year=2022, month=3, day=1) - timedelta(days=40)
"""Before every meeting but the first."""

DAYS = (
    date(2022, 2, 1), date(2022, 3, 1), date(2022, 9, 1), date(2023, 6, 1), date(2024, 3, 1),
    date(2025, 2, 1), date(2025, 9, 1),
)  # fmt: skip
MEETINGS = {
    "m0": Meeting(date(2021, 12, 15), "0"),
    "m1": Meeting(date(2022, 3, 1), "7"),
    "m2": Meeting(date(2022, 3, 1), "8"),
    "m3": Meeting(date(2022, 9, 1), "9"),
    "m4": Meeting(date(2022, 9, 1), "10"),
    "m5": Meeting(date(2023, 3, 1), ""),
    "m6": Meeting(date(2023, 6, 1), "11"),
    "m7": Meeting(date(2023, 9, 1), "11"),
    "m8": Meeting(date(2024, 3, 1), "12"),
    "m9": Meeting(date(2025, 2, 1), "13"),
    "mv": Meeting(date(2022, 3, 1), "", "consultation"),
}
BOARDS = {
    "steering": rules.Board("stuurgroep", "steering_group", "Stuurgroep", 1, "Besluit"),
    "consultation": rules.Board("vbo", "pillar_board", "Overleg", 2, "Adviseert"),
}
SEATS = {
    "steering": ("stuurgroep-1", "stuurgroep-2"),
    "consultation": ("vbo-1",),
}
STEPS_TO_READY = 3


def advising(pillar: str) -> str:
    """The code of the board that advises on proposals for a pillar; nobody is named in it."""
    return f"vbo-{pillar}"


def content(pillar: str, complete: int, project: str = "") -> Content:
    """A proposal that is complete up to a step: 1 sending in, 2 advice, 3 nomination."""
    said: dict[str, Any] = {
        "title": "Idee",
        "pillar": pillar,
        "lead": LEAD.code,
        "project": project,
    }
    if complete >= 1:
        said |= {
            "summary": "woord " * 20,
            "reason": "nodig",
            "places": (Spot(LEAD.code),),
            "asked": (YearAmount(2022, 10),),
            "results": (ResultClaim("doel", "helpt", "direct"),),
        }
    if complete >= 2:
        said |= {
            "approach": "zo",
            "starts": PartialDate(2022, 3),
            "ends": PartialDate(2023, 3),
            "milestones": (Milestone(PartialDate(2022, 9, 1), "open"),),
            "risks": (Risk("iets", "niets", "opletten"),),
            "continuation": "blijft",
            "continuation_payer": "gemeente",
        }
    if complete >= STEPS_TO_READY:
        for check in ("procurement", "state_aid", "privacy"):
            said |= {check: "not_needed", f"{check}_note": "onder de grens"}
    return Content(**said)


def found_with_boards() -> DecisionsBook:
    """The deal with boards, meetings, agendas and proposals, and the same on paper."""
    found(allocated=CENTS)
    share(OVERHEAD, CENTS)
    who: dict[str, Any] = {"deal": DEAL, "evidence": NO_EVIDENCE, "by": ANNA, "at": AT}
    for name, board in BOARDS.items():
        actions.record_board(board, since=START, **who)
        for place, code in enumerate(SEATS[name], start=1):
            seat = rules.Seat(board.code, code.rpartition("-")[2], place, "lid")
            actions.record_seat(seat, since=START, until=None, **who)
    for place, pillar in enumerate(PILLARS, start=len(BOARDS) + 1):
        board = rules.Board(advising(pillar), "pillar_board", "Overleg", place, "Adviseert", pillar)
        actions.record_board(board, since=START, **who)
    for code, meeting in MEETINGS.items():
        on = PartialDate(meeting.on.year, meeting.on.month, meeting.on.day)
        held_by = BOARDS[meeting.board].code
        actions.record_meeting(rules.Meeting(code, held_by, on, code, "", meeting.tranche), **who)
        actions.record_agenda_item(rules.AgendaItem(code, 1, "Punt"), **who)
        if meeting.board == "steering":
            actions.record_interest(
                rules.Interest(f"{code}-1", SEATS["steering"][0], "trekt"), **who
            )
    result = IntendedResult("doel", "werken", 1, "Meer werk", "direction", direction="up")
    record_fact(result, since=START, **who)
    book = DecisionsBook(
        shares=dict.fromkeys((*PILLARS, OVERHEAD), CENTS),
        pillars={project: project.split("-")[0] for project in PROJECTS},
        tranches={t.number: t.effective_on for t in TRANCHES},
        meetings=dict(MEETINGS),
    )
    for pillar, project in (("werken", "werken-1"), ("werken", ""), ("wonen", "")):
        _nominated(book, pillar, project)
    return book


def _nominated(book: DecisionsBook, pillar: str, project: str) -> None:
    """A proposal that can be decided on."""
    of: dict[str, Any] = {"deal": DEAL, "by": ANNA, "at": AT}
    said = content(pillar, STEPS_TO_READY, project)
    code = proposals.write(code="", content=said, **of)
    proposals.send_in(code=code, **of)
    advice = advised(code, board=advising(pillar), meeting=f"vbo-{code}", **of)
    proposals.nominate(code=code, **of)
    book.proposals[code] = Paper(
        "nominated", STEPS_TO_READY, pillar, project, 1, AT.date(), advice.code
    )
