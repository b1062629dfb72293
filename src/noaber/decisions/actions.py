"""Recording boards, seats, forewords, meetings and what stands on their agendas.

Deciding is in `decisions.deciding`.
"""

from datetime import date, datetime

from noaber.access.rules import Actor
from noaber.awards.models import Tranche
from noaber.deals.models import Deal, DealVersion, Pillar
from noaber.decisions import models, rules
from noaber.organisations.models import Organisation
from noaber.record.actions import erase, put, remembered, retract, revision
from noaber.record.anchors import ensure, find
from noaber.record.queries import personal_text
from noaber.record.rules import Evidence, columns_of
from noaber.record.writing import Stamp


def record_board(
    board: rules.Board, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a board; returns whether anything changed."""
    owner = find(Deal, code=deal)
    values = columns_of(board)
    code = values.pop("code")
    values["pillar"] = find(Pillar, deal=owner, code=board.pillar) if board.pillar else None
    with revision(by=by, at=at, action="record_board", subject=f"board:{code}") as r:
        anchor = ensure(models.Board, r, deal=owner, code=code)
        return put(
            models.BoardVersion,
            key={"board": anchor},
            values=values,
            since=since,
            evidence=evidence,
            stamp=r,
        )


def record_seat(
    seat: rules.Seat,
    *,
    deal: str,
    since: date,
    until: date | None,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> bool:
    """Record a seat, held from `since` up to `until`; returns whether anything changed.

    The name of its holder is kept apart from the record. A name that was erased stays erased when
    the seat is recorded again without one.
    """
    owner = find(Deal, code=deal)
    values = columns_of(seat)
    for gone in ("token", "erased", "readers"):
        del values[gone]
    values["board"] = find(models.Board, deal=owner, code=seat.board)
    values["organisation"] = (
        find(Organisation, code=seat.organisation) if seat.organisation else None
    )
    values["replaces"] = (
        find(models.Seat, deal=owner, code=seat.replaces) if seat.replaces else None
    )
    # The subject names the seat, never the person: it cannot be erased.
    with revision(by=by, at=at, action="record_seat", subject=f"seat:{seat.code}") as r:
        anchor = ensure(models.Seat, r, deal=owner, code=seat.code)
        del values["holder"]
        values["holder_id"] = _holder(seat, deal, anchor, r)
        return put(
            models.SeatVersion,
            key={"seat": anchor},
            values=values,
            since=since,
            until=until,
            evidence=evidence,
            readers=seat.readers,
            stamp=r,
        )


def _holder(seat: rules.Seat, deal: str, anchor: models.Seat, stamp: Stamp) -> str | None:
    """The token that stands for the name of who holds a seat; None when nobody is named."""
    if seat.holder:
        subject = rules.personal_subject(deal, seat.code)
        return remembered(subject=subject, text=seat.holder, stamp=stamp)
    last = models.SeatVersion.objects.filter(seat=anchor).order_by("-id").first()
    token: str | None = last.holder_id if last else None
    return token if token and personal_text(token) is None else None


def erase_holder(seat: str, *, deal: str, by: Actor, at: datetime) -> int:
    """Erase every name of who held a seat (its code); returns how many. The terms stay."""
    return erase(subject=rules.personal_subject(deal, seat), by=by, at=at)


def record_foreword(
    foreword: rules.Foreword, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record the foreword of a tranche; returns whether anything changed."""
    owner = find(Deal, code=deal)
    board = foreword.signed_by
    values = {
        "title": foreword.title,
        "text": foreword.text,
        "signed_by": find(models.Board, deal=owner, code=board) if board else None,
        "signed_as": foreword.signed_as,
    }
    subject = f"tranche:{foreword.tranche}"
    with revision(by=by, at=at, action="record_foreword", subject=subject) as r:
        return put(
            models.ForewordVersion,
            key={"tranche": find(Tranche, deal=owner, code=foreword.tranche)},
            values=values,
            since=since,
            evidence=evidence,
            readers=foreword.readers,
            stamp=r,
        )


def record_meeting(
    meeting: rules.Meeting, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a meeting, known from the deal's start on; returns whether anything changed."""
    owner = find(Deal, code=deal)
    values = columns_of(meeting)
    code = values.pop("code")
    values["board"] = find(models.Board, deal=owner, code=meeting.board)
    with revision(by=by, at=at, action="record_meeting", subject=f"meeting:{code}") as r:
        anchor = ensure(models.Meeting, r, deal=owner, code=code)
        return put(
            models.MeetingVersion,
            key={"meeting": anchor},
            values=values,
            since=since_of(owner),
            evidence=evidence,
            stamp=r,
        )


def record_agenda_item(
    item: rules.AgendaItem, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record an item on the agenda of a meeting; returns whether anything changed."""
    owner = find(Deal, code=deal)
    values = columns_of(item)
    del values["readers"]
    values["meeting"] = find(models.Meeting, deal=owner, code=item.meeting)
    with revision(by=by, at=at, action="record_agenda_item", subject=f"item:{item.code}") as r:
        return put(
            models.AgendaItemVersion,
            key={"item": ensure(models.AgendaItem, r, deal=owner, code=item.code)},
            values=values,
            since=since_of(owner),
            evidence=evidence,
            readers=item.readers,
            stamp=r,
        )


def record_interest(
    interest: rules.Interest, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record that a seat has an interest in an item; returns whether anything changed."""
    owner = find(Deal, code=deal)
    with revision(by=by, at=at, action="record_interest", subject=f"item:{interest.item}") as r:
        return put(
            models.InterestVersion,
            key={
                "item": find(models.AgendaItem, deal=owner, code=interest.item),
                "seat": find(models.Seat, deal=owner, code=interest.seat),
            },
            values={"reason": interest.reason},
            since=since_of(owner),
            evidence=evidence,
            readers=interest.readers,
            stamp=r,
        )


def record_decision(
    decision: rules.Decision, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record what was decided, from the day of its meeting on; returns whether it was new.

    What it comes to in euros is recorded beside it; see `decisions.deciding.decide`.

    :raises DecisionStands: when it was recorded before and said something else.
    """
    owner = find(Deal, code=deal)
    values = columns_of(decision)
    del values["readers"]
    values["meeting"] = find(models.Meeting, deal=owner, code=decision.meeting)
    values["item"] = (
        find(models.AgendaItem, deal=owner, code=decision.item) if decision.item else None
    )
    other = decision.supersedes
    values["supersedes"] = find(models.Decision, deal=owner, code=other) if other else None
    values["taking_part"], values["absent"] = list(decision.taking_part), list(decision.absent)
    held = models.MeetingVersion.objects.filter(meeting=values["meeting"]).order_by("-id")[0]
    with revision(by=by, at=at, action="decide", subject=f"decision:{decision.code}") as r:
        anchor = ensure(models.Decision, r, deal=owner, code=decision.code)
        before = models.DecisionVersion.objects.filter(decision=anchor).exists()
        changed = put(
            models.DecisionVersion,
            key={"decision": anchor},
            values=values,
            since=held.on.counts_from,
            evidence=evidence,
            readers=decision.readers,
            stamp=r,
        )
        if before and changed:
            raise rules.DecisionStands(decision.code)
    return changed


def since_of(owner: Deal) -> date:
    """From when facts of a deal hold that have no date of their own: the start of the deal."""
    row = DealVersion.objects.filter(deal=owner).order_by("-id")[0]
    starts: date = row.starts.counts_from
    return starts


def retract_board(code: str, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take a board back as if it never was; returns whether there was one."""
    anchor = find(models.Board, deal=find(Deal, code=deal), code=code)
    with revision(by=by, at=at, action="retract_board", subject=f"board:{code}") as r:
        return retract(models.BoardVersion, key={"board": anchor}, stamp=r)


def retract_seat(code: str, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take a seat back; returns whether there was one. The name of its holder stays kept apart."""
    anchor = find(models.Seat, deal=find(Deal, code=deal), code=code)
    with revision(by=by, at=at, action="retract_seat", subject=f"seat:{code}") as r:
        return retract(models.SeatVersion, key={"seat": anchor}, stamp=r)


def retract_foreword(tranche: str, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take the foreword of a tranche back; returns whether there was one."""
    anchor = find(Tranche, deal=find(Deal, code=deal), code=tranche)
    with revision(by=by, at=at, action="retract_foreword", subject=f"tranche:{tranche}") as r:
        return retract(models.ForewordVersion, key={"tranche": anchor}, stamp=r)
