"""Advice of the board of a pillar, given in a meeting made for it."""

from datetime import date, datetime
from typing import Any

from noaber.access.rules import Actor
from noaber.core.dates import PartialDate
from noaber.decisions import actions, deciding
from noaber.decisions.effects import Order
from noaber.decisions.rules import AgendaItem, Decision, Meeting
from noaber.record.rules import Evidence

MEETING = "werken-2022-1"
BOARD = "vakbestuurlijk-werken"


def put_on_agenda(
    proposal: str,
    *,
    deal: str,
    by: Actor,
    at: datetime,
    board: str = BOARD,
    meeting: str = MEETING,
    position: int = 1,
    title: str = "Bouwplaats van hout",
    readers: str = "board",
    on: date | None = None,
) -> AgendaItem:
    """Put a proposal on the agenda of a meeting of a board, on a day or on that of `at`."""
    held = on or at.date()
    day = PartialDate(held.year, held.month, held.day)
    who: dict[str, Any] = {"deal": deal, "evidence": Evidence(), "by": by, "at": at}
    actions.record_meeting(Meeting(meeting, board, day, f"Overleg {meeting}"), **who)
    item = AgendaItem(meeting, position, title, "advice", proposal, readers=readers)
    actions.record_agenda_item(item, **who)
    return item


def advice(item: AgendaItem, /, **given: Any) -> Order:
    """An order to advise on the proposal of an item, with all that it must have."""
    given = {"opinion": "positive", "text": "Goed plan.", "title": item.title, **given}
    given = {"meeting": item.meeting, "item": item.code, "proposal": item.proposal, **given}
    return Order(kind="advise", **given)


def advised(
    proposal: str,
    *,
    deal: str,
    by: Actor,
    at: datetime,
    board: str = BOARD,
    meeting: str = MEETING,
    **given: Any,
) -> Decision:
    """Let a board advise on a proposal, in a meeting on the day of `at`."""
    item = put_on_agenda(proposal, deal=deal, by=by, at=at, board=board, meeting=meeting)
    return deciding.decide(advice(item, **given), deal=deal, by=by, at=at)
