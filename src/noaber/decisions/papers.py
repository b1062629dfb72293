"""Papers of a meeting: files at a point of its agenda, for who reads that point and nobody else.

Who asks has found the point among what an audience may read; what is withheld stays so.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from noaber.access.rules import OFFICE, Actor, Audience
from noaber.core.finding import refusal
from noaber.core.ref import Ref
from noaber.decisions.queries import facts
from noaber.decisions.rules import AgendaItem, Meeting
from noaber.files import actions, queries
from noaber.files.rules import File
from noaber.record.actions import revision
from noaber.record.queries import latest
from noaber.record.rules import Moment

READERS = "paper"
"""The label of papers. Nobody holds it: they are read through the agenda only."""

Papers = Mapping[str, tuple[File, ...]]
"""Papers by the code of the item that they are at."""


def papers(deal: str, items: Iterable[AgendaItem], moment: Moment, reader: Audience) -> Papers:
    """The papers at items that `reader` may read: ask for those first. At most two queries."""
    asked = [_ref(item.code) for item in items]
    found: dict[str, tuple[File, ...]] = {}
    for file in (
        queries.files(deal, moment, queries.through(reader, READERS), *asked) if asked else ()
    ):
        found[file.parent.code] = (*found.get(file.parent.code, ()), file)
    return found


def paper(
    deal: str, code: str, items: Iterable[AgendaItem], moment: Moment, reader: Audience
) -> File | None:
    """A paper by its code; None when it is at none of these items."""
    found = queries.file(deal, code, moment, queries.through(reader, READERS))
    return found if found and found.parent in [_ref(item.code) for item in items] else None


def add(
    *,
    deal: str,
    meeting: Meeting,
    item: AgendaItem,
    name: str,
    content: bytes,
    since: date,
    by: Actor,
    at: datetime,
) -> str:
    """Keep a paper at an item of a meeting; returns its code.

    :raises Refused: when the meeting is closed, or it is no file that is taken.
    """
    check_open(meeting)
    return actions.add(
        deal=deal,
        parent=_ref(item.code),
        organisation="",
        name=name,
        content=content,
        readers=READERS,
        since=since,
        permitted=lambda: _check_still_open(deal, meeting),
        by=by,
        at=at,
    )


def remove(*, deal: str, meeting: Meeting, code: str, by: Actor, at: datetime) -> None:
    """Remove a paper of a meeting for good.

    :raises Refused: when the meeting is closed.
    """
    with revision(by=by, at=at, action="remove_paper", subject=f"meeting:{meeting.code}"):
        _check_still_open(deal, meeting)
        actions.remove(deal=deal, code=code, by=by, at=at)


def check_open(meeting: Meeting) -> None:
    """:raises Refused: when the papers of a meeting no longer change."""
    if meeting.state == "closed":
        raise refusal(
            "B-05",
            f"De besluitenlijst van “{meeting.title}” is vastgesteld",
            "bestand",
            "De stukken blijven zoals ze waren.",
        )


def _check_still_open(deal: str, meeting: Meeting) -> None:
    """Within an event: whether the meeting was not closed since it was read.

    :raises Refused: when it was.
    """
    known = facts(deal, Moment.ever(latest()), OFFICE).meetings
    check_open(next((m for m in known if m.code == meeting.code), meeting))


def _ref(item: str) -> Ref:
    return Ref("agenda_item", item)
