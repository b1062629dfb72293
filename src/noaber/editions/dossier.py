"""All papers of a meeting as one document: agenda, what is proposed, and what was decided."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from noaber.core.notation import euro, partial, with_full_stop
from noaber.decisions.papers import Papers
from noaber.decisions.rules import AgendaItem, Meeting
from noaber.documents.blocks import (
    Block,
    Chapter,
    Cover,
    Document,
    Form,
    Heading,
    Number,
    Paragraph,
    Terms,
    Words,
)
from noaber.editions.edition import local_day
from noaber.editions.programme import BASE_URL
from noaber.monitor.decided import DecisionView, NewShare, seat_names
from noaber.monitor.rules import Figure
from noaber.monitor.titles import AGENDA, OPINIONS
from noaber.monitor.views import DealView
from noaber.proposals.rules import Proposal, Step, budget

Proposals = Mapping[str, Proposal]
WITHHELD = (
    "Een bestand staat hier niet bij: een partij heeft om geheimhouding gevraagd (convenant, "
    "artikel 10)."
)


class _Filed(NamedTuple):
    """Papers by the code of their item, and the items of which one is withheld."""

    papers: Papers
    withheld: Collection[str]

    def at(self, item: AgendaItem) -> Iterator[Block]:
        """The papers at an item, by name."""
        there, hidden = self.papers.get(item.code, ()), item.code in self.withheld
        if there or hidden:
            yield Heading("Stukken bij dit punt")
        if there:
            yield Terms(tuple((paper.described, (paper.name,)) for paper in there))
        if hidden:
            yield Paragraph((WITHHELD,), quiet=True)


def compose(
    view: DealView,
    meeting: Meeting,
    proposals: Proposals,
    papers: Papers,
    taken: Sequence[DecisionView],
    *,
    withheld: Collection[str] = (),
    base_url: str = BASE_URL,
) -> Document:
    """The dossier of a meeting, with what the view's audience may read; `proposals` by code,
    `papers` by the code of the item that they are at, and `taken` what was decided in it. At the
    items `withheld` is a paper that the audience may not read.
    """
    overview = view.overview
    board = next(b for b in view.snapshot.boards if b.code == meeting.board)
    items = [i for i in view.snapshot.agenda if i.meeting == meeting.code]
    filed = _Filed(papers, withheld)
    recorded = overview.recorded_at
    lines = (board.name, partial(meeting.on), *([meeting.place] if meeting.place else []))
    return Document(
        title=f"{overview.deal.name}: {meeting.title}",
        subject=f"Stukken van {board.name}, {partial(meeting.on)}",
        author=overview.deal.name,
        keywords=("Regio Deal", "vergadering", board.name),
        running=(overview.deal.name, meeting.title),
        moment=overview.moment,
        as_of=overview.moment.as_of,
        known_on=local_day(recorded) if recorded else None,
        accent=overview.deal.accent,
        base_url=base_url.rstrip("/"),
        blocks=(
            Cover("Stukken voor de vergadering", meeting.title, (), lines),
            *_room(view),
            *_agenda(items),
            *(b for i in items for b in _item(view, i, proposals, filed, taken)),
            *_loose(taken),
        ),
    )


def _room(view: DealView) -> Iterator[Block]:
    """What there is to decide on."""
    yield Chapter("Ruimte", "ruimte")
    yield Paragraph(
        (f"Wat elke {view.overview.deal.pillar_term} nu nog te verdelen heeft.",), lead=True
    )
    yield Terms(
        tuple(
            (
                p.pillar.name,
                (
                    _euros(p.room),
                    " ruimte: ",
                    _euros(p.allocated),
                    " verdeeld, ",
                    _euros(p.awarded),
                    " toegekend, ",
                    _euros(p.reserved_open),
                    " gereserveerd.",
                ),
            )
            for p in view.overview.pillars
        )
    )


def _euros(figure: Figure) -> Number:
    return Number(figure, Form.EURO)


def _agenda(items: list[AgendaItem]) -> Iterator[Block]:
    yield Chapter("Agenda", "agenda", follows=True)
    if not items:
        yield Paragraph(("Er staat nog niets op de agenda.",))
        return
    yield Terms(tuple((f"{i.position}", (f"{i.title} ({AGENDA[i.kind].lower()})",)) for i in items))


def _item(
    view: DealView,
    item: AgendaItem,
    proposals: Proposals,
    filed: _Filed,
    taken: Sequence[DecisionView],
) -> Iterator[Block]:
    yield Chapter(f"{item.position}. {item.title}", f"punt-{item.position}", follows=True)
    yield Paragraph((f"{AGENDA[item.kind]}.",), quiet=True)
    if item.note:
        yield from _text(item.note)
    yield from filed.at(item)
    project = next((p for p in view.projects if p.project.code == item.project), None)
    if project is not None:
        yield Heading(f"{project.project.number} {project.project.name}")
        facts: list[tuple[str, Words]] = [
            ("Penvoerder", (project.lead.name,)),
            ("Toegekend", (_euros(project.awarded),)),
        ]
        if project.reserved_open.value:
            facts.append(("Nog gereserveerd", (_euros(project.reserved_open),)))
        if project.progress:
            facts.append(("Voortgang", (project.progress.text,)))
        yield Terms(tuple(facts))
    if item.proposal in proposals:
        yield from _proposal(view, proposals[item.proposal], taken)
    seats = seat_names(view)
    absent = [i for i in view.snapshot.interests if i.item == item.code]
    if absent:
        yield Heading("Nemen niet deel")
        yield Terms(tuple((seats.get(i.seat, i.seat), (i.reason,)) for i in absent))
    for decision in taken:
        if decision.decision.item == item.code:
            yield from _decided(decision)


def _proposal(view: DealView, proposal: Proposal, taken: Sequence[DecisionView]) -> Iterator[Block]:
    """A proposal with its advice, unless that was given here: then it is among what was decided."""
    content = proposal.content
    names = {code: o.name for code, o in view.snapshot.organisations.items()}
    results = {r.code: r.text for r in view.snapshot.results}
    yield Heading(f"Voorstel: {content.title}")
    money = budget(content)
    facts: list[tuple[str, Words]] = [
        ("Penvoerder", (names.get(content.lead, content.lead),)),
        ("Gevraagd", (f"{euro(money.asked)}: " + _years(proposal),)),
        ("Daarnaast", (f"{euro(money.beside)}, waarvan eigen {euro(money.own)}.",)),
        ("Kosten samen", (euro(money.total),)),
    ]
    facts += [
        (label, (text,))
        for label, text in (
            ("Kort", content.summary),
            ("Aanleiding", content.reason),
            ("Aanpak", content.approach),
            ("Planning", content.planning),
            ("Na de deal", content.continuation),
        )
        if text
    ]
    facts += [
        ("Mijlpaal", (f"{partial(m.on)}: {m.what}" if m.on else m.what,))
        for m in content.milestones
    ]
    facts += [("Risico", (_sentences(r.what, r.effect, r.measure),)) for r in content.risks]
    facts += [
        ("Draagt bij aan", (_sentences(results.get(c.result, c.result), c.influence),))
        for c in content.results
    ]
    given_here = {d.decision.code for d in taken}
    if proposal.advice and proposal.advice.decision not in given_here:
        facts.append(("Advies", (_advised(view, proposal.advice),)))
    yield Terms(tuple(facts))


def _advised(view: DealView, step: Step) -> str:
    """What was advised, by which board and when."""
    s, said = view.snapshot, OPINIONS.get(step.opinion, step.opinion).capitalize()
    codes = {d.meeting for d in s.decisions if d.code == step.decision}
    for meeting in (m for m in s.meetings if m.code in codes):
        board = next(b for b in s.boards if b.code == meeting.board)
        said += f", {board.name}, {partial(meeting.on)}"
    return _sentences(said, step.text)


def _sentences(*texts: str) -> str:
    """Texts one after another, those that say nothing left out."""
    return " ".join(with_full_stop(text) for text in texts if text)


def _years(proposal: Proposal) -> str:
    return ", ".join(f"{euro(amount)} in {year}" for year, amount in proposal.asked.items())


def _decided(view: DecisionView) -> Iterator[Block]:
    decision = view.decision
    advice = f"Advies: {view.opinion}" if view.opinion else ""
    yield Heading(advice or f"Besluit {decision.number}: {decision.title}")
    yield from _text(decision.text)
    facts: list[tuple[str, Words]] = [
        (f"{_DONE[a.kind]} {a.number} {a.name}", (euro(a.cents),)) for a in view.amounts
    ]
    facts += [
        (s.pillar.name if s.pillar else "Overheadkosten", (f"{euro(s.cents)} ({_more(s)})",))
        for s in view.shares
    ]
    for label, text in (("Voorwaarden", decision.conditions), ("Motivering", decision.reason)):
        if text:
            facts.append((label, (text,)))
    if view.superseded_by:
        by = "een later advies" if view.opinion else f"besluit {view.superseded_by}"
        facts.append(("Vervangen door", (by,)))
    if facts:
        yield Terms(tuple(facts))


_DONE = {
    "award": "Toegekend aan",
    "reservation": "Gereserveerd, in totaal, voor",
    "release": "Vrijgevallen van",
}
"""What a decision did with an amount of a project."""


def _more(share: NewShare) -> str:
    """By how much a share became another, in words."""
    if not share.change:
        return "gelijk gebleven"
    return f"{euro(abs(share.change))} {'meer' if share.change > 0 else 'minder'}"


def _loose(taken: Sequence[DecisionView]) -> Iterator[Block]:
    """Decisions on nothing that stood on the agenda."""
    rest = [d for d in taken if not d.decision.item]
    if rest:
        yield Chapter("Andere besluiten", "andere-besluiten")
        for decision in rest:
            yield from _decided(decision)


def _text(text: str) -> Iterator[Block]:
    for line in text.splitlines():
        if line.strip():
            yield Paragraph((line.strip(),))
