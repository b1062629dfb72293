"""Meetings of boards: their agenda, who has an interest, what was decided, and the final list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.access.rules import Audience
from noaber.core.finding import Finding, Refused
from noaber.decisions import papers
from noaber.decisions.papers import Papers
from noaber.decisions.rules import AgendaItem, Board, Interest, Meeting, Seat
from noaber.documents.formats import WRITERS
from noaber.editions import closing, dossier
from noaber.editions import queries as edition_queries
from noaber.files.rules import File
from noaber.monitor import queries as monitor
from noaber.monitor.decided import DecisionView, seat_names
from noaber.monitor.titles import AGENDA
from noaber.monitor.views import DealView
from noaber.proposals import queries as proposals
from noaber.web.access import SEND, Desk, office
from noaber.web.office.page import done, office_page, seen
from noaber.web.office.withheld_file_views import withheld_at


@dataclass(frozen=True)
class Listed:
    """A meeting in the list, with how many points and decisions it has."""

    meeting: Meeting
    board: str
    items: int
    decisions: int


@dataclass(frozen=True)
class Item:
    """A point of the agenda with what it is about, its papers, interests and what was decided;
    `to_advise` says that this person can record advice on its proposal.
    """

    item: AgendaItem
    project: str
    papers: tuple[File, ...]
    interests: tuple[tuple[Interest, str], ...]
    decisions: tuple[DecisionView, ...]
    to_advise: bool

    @property
    def kind(self) -> str:
        """What the item is there for, in words."""
        return AGENDA[self.item.kind]

    @property
    def record(self) -> str:
        """How the form of the item is addressed."""
        return f"{self.item.meeting}~{self.item.position}"


def view_of(desk: Desk) -> DealView:
    """The deal as this person sees it.

    :raises Http404: when it is not there.
    """
    view = seen(desk)
    if view is None:
        raise Http404(desk.deal)
    return view


def meeting_of(view: DealView, code: str) -> Meeting:
    """A meeting of the deal.

    :raises Http404: when there is none.
    """
    for meeting in view.snapshot.meetings:
        if meeting.code == code:
            return meeting
    raise Http404(code)


def members_of(view: DealView, meeting: Meeting) -> tuple[Seat, ...]:
    """The seats of the board of a meeting whose term covers its day."""
    on = meeting.on.counts_from
    return tuple(
        seat
        for seat in view.snapshot.seats
        if seat.board == meeting.board
        and (seat.since is None or seat.since.first_day <= on)
        and (seat.until is None or seat.until.last_day >= on)
    )


def seat_choices(
    view: DealView, seats: Sequence[Seat], chosen: Collection[str], interested: Collection[str]
) -> list[tuple[Seat, str, bool, bool]]:
    """Seats with what people call them, whether they take part, and whether they have an interest."""
    names = seat_names(view)
    return [(s, names[s.code], s.code in chosen, s.code in interested) for s in seats]


def interested_in(view: DealView) -> Mapping[str, frozenset[str]]:
    """Codes of the seats with an interest, by the code of the item."""
    found: dict[str, frozenset[str]] = {}
    for interest in view.snapshot.interests:
        found[interest.item] = found.get(interest.item, frozenset()) | {interest.seat}
    return found


@office("register.read")
def meetings(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All meetings, the latest first."""
    view = view_of(desk)
    boards = {b.code: b.name for b in view.snapshot.boards}
    lines = [
        Listed(
            meeting,
            boards.get(meeting.board, meeting.board),
            sum(i.meeting == meeting.code for i in view.snapshot.agenda),
            sum(d.meeting == meeting.code for d in view.snapshot.decisions),
        )
        for meeting in reversed(view.snapshot.meetings)
    ]
    return office_page(
        request,
        desk,
        "office/meetings.html",
        deal=view.overview.deal,
        lines=lines,
        add=reverse("new_record", args=[desk.deal, "vergaderingen"])
        if desk.may("meeting.prepare")
        else "",
    )


@office("register.read")
def meeting(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """One meeting: its agenda, the decisions taken, and what can be done."""
    return shown(request, desk, code)


def shown(
    request: HttpRequest,
    desk: Desk,
    code: str,
    findings: Sequence[Finding] = (),
    *,
    paper_findings: Sequence[Finding] = (),
    point: str = "",
) -> HttpResponse:
    """The page of a meeting; `paper_findings` are wrong with a paper at the item `point`."""
    view = view_of(desk)
    held = meeting_of(view, code)
    reader = desk.audience
    taken = _taken(view, code, reader)
    board = next(b for b in view.snapshot.boards if b.code == held.board)
    items = _items(
        view,
        items_of(view, code),
        taken,
        _papers(desk, view, code, reader),
        _advised_on(desk, held, board, reader),
    )
    is_open = held.state != "closed"
    prepares, records = (
        desk.may("meeting.prepare") and is_open,
        desk.may("decision.record") and is_open,
    )
    tranche = held.tranche if held.tranche in view.snapshot.tranche_by_number else ""
    following = max((i.item.position for i in items), default=0) + 1
    wanted = urlencode({"vergadering": code, "nummer": following})
    return office_page(
        request,
        desk,
        "office/meeting.html",
        status=422 if findings or paper_findings else 200,
        deal=view.overview.deal,
        here=reverse("meetings", args=[desk.deal]),
        meeting=held,
        board=board,
        items=items,
        loose=[d for d in taken if not d.decision.item],
        edit=reverse("record", args=[desk.deal, "vergaderingen", code]) if prepares else "",
        add=f"{reverse('new_record', args=[desk.deal, 'agendapunten'])}?{wanted}"
        if prepares
        else "",
        prepares=prepares,
        records=records,
        interest=reverse("new_record", args=[desk.deal, "belangen"]),
        withheld=withheld_at(desk, "agenda_item", reader),
        may_withhold=desk.may("confidentiality.mark"),
        findings=findings,
        paper_findings=paper_findings,
        point=point if any(i.item.code == point for i in items) else "",
        closes=desk.may("decision.record")
        and bool(taken)
        and (is_open or _lacks_edition(desk, tranche)),
    )


def _lacks_edition(desk: Desk, tranche: str) -> bool:
    """Whether the programme of a tranche that was awarded in was not adopted yet."""
    return bool(tranche) and not edition_queries.editions_of(desk.deal, tranche)


def items_of(view: DealView, code: str) -> list[AgendaItem]:
    """The points of the agenda of a meeting that this person reads."""
    return [item for item in view.snapshot.agenda if item.meeting == code]


def _taken(view: DealView, code: str, reader: Audience) -> list[DecisionView]:
    """What was decided in a meeting."""
    return [d for d in monitor.decisions(view, reader) if d.decision.meeting == code]


def _papers(desk: Desk, view: DealView, code: str, reader: Audience) -> Papers:
    return papers.papers(desk.deal, items_of(view, code), view.snapshot.moment, reader)


def may_advise(desk: Desk, board: Board) -> bool:
    """Whether this person records what a board advises on proposals for its pillar."""
    return board.kind == "pillar_board" and desk.may("advice.record", pillar=board.pillar)


def _advised_on(desk: Desk, meeting: Meeting, board: Board, reader: Audience) -> frozenset[str]:
    """Codes of the proposals on which this person can record advice in a meeting now."""
    if meeting.state == "closed" or not may_advise(desk, board):
        return frozenset()
    found = proposals.proposals(desk.deal, monitor.moment(desk.today), reader)
    return frozenset(p.code for p in found if p.can("advise"))


def _items(
    view: DealView,
    items: Sequence[AgendaItem],
    taken: Sequence[DecisionView],
    filed: Papers,
    advised_on: frozenset[str],
) -> list[Item]:
    seats = seat_names(view)
    projects = view.snapshot.project_by_code
    return [
        Item(
            item,
            f"{p.number} {p.name}" if (p := projects.get(item.project)) else item.project,
            filed.get(item.code, ()),
            tuple(
                (i, seats.get(i.seat, i.seat))
                for i in view.snapshot.interests
                if i.item == item.code
            ),
            tuple(d for d in taken if d.decision.item == item.code),
            item.proposal in advised_on,
        )
        for item in items
    ]


@office("decision.record", SEND)
def close_meeting(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Make the decision list final and adopt the programme of the tranche it awarded in."""
    held = meeting_of(view_of(desk), code)
    before = "was al" if held.state == "closed" else "is"
    said = f"De besluitenlijst {before} vastgesteld."
    try:
        number = closing.close_meeting(code, deal=desk.deal, by=desk.actor, at=timezone.now())
        if number is not None:
            said = (
                f"De besluitenlijst {before} vastgesteld; uitgave {number} van uitvoeringsprogramma "
                f"{held.tranche} is gemaakt en bewaard."
            )
    except Refused as refused:
        return shown(request, desk, code, refused.findings)
    return done(request, said, reverse("meeting", args=[desk.deal, code]))


@office("register.read")
def meeting_dossier(_request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """All papers of a meeting as one PDF, for who may read them."""
    view, reader = view_of(desk), desk.audience
    found = proposals.proposals(desk.deal, monitor.moment(desk.today), reader)
    document = dossier.compose(
        view,
        meeting_of(view, code),
        {p.code: p for p in found},
        _papers(desk, view, code, reader),
        _taken(view, code, reader),
        withheld=withheld_at(desk, "agenda_item", reader),
    )
    content = WRITERS["pdf"].write(document)
    answer = HttpResponse(content, content_type=WRITERS["pdf"].media_type)
    answer["Content-Disposition"] = f'inline; filename="dossier-{code}.pdf"'
    return answer
