"""Closing a meeting: its list becomes final and its tranche an adopted edition, in one event."""

from datetime import datetime

from noaber.access.rules import OFFICE, Actor
from noaber.awards import queries as awards
from noaber.decisions import deciding, rules
from noaber.decisions import queries as decisions
from noaber.editions import actions, queries
from noaber.record.actions import revision
from noaber.record.queries import latest
from noaber.record.rules import Moment


def close_meeting(code: str, *, deal: str, by: Actor, at: datetime) -> int | None:
    """Make the decision list of a meeting final and adopt the programme of its tranche.

    Both or neither: the programme is made within the event, which takes about a second. A meeting
    that was closed without its edition gets it when it is closed again; one that has it stays as it
    is. A second meeting in a tranche gives an edition that replaces the one before. Returns the
    number of the edition, None when none was made.

    :raises Refused: when the meeting is not there or not held, or the programme cannot be adopted.
    """
    with revision(by=by, at=at, action="close_meeting", subject=f"meeting:{code}"):
        closed = deciding.close_meeting(code, deal=deal, by=by, at=at)
        moment = Moment.ever(latest())
        found = decisions.facts(deal, moment, OFFICE).meetings
        meeting = next(m for m in found if m.code == code)
        there = {t.number for t in awards.tranches(deal, moment, OFFICE)}
        before = queries.editions_of(deal, meeting.tranche)
        if meeting.tranche not in there or not (closed or not before):
            return None
        return _adopt(meeting, before, deal=deal, by=by, at=at)


def _adopt(meeting: rules.Meeting, before: int, *, deal: str, by: Actor, at: datetime) -> int:
    return actions.adopt(
        deal=deal,
        tranche=meeting.tranche,
        adopted_on=meeting.on.counts_from,
        decision=meeting.title,
        source=f"besluiten-{meeting.code}",
        replaces=before or None,
        by=by,
        at=at,
    )
