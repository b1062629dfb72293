"""What must be right before a board advises on a proposal: pure, all findings at once."""

from collections.abc import Iterator

from noaber.core.finding import Finding, at_field
from noaber.core.notation import day
from noaber.decisions.effects import Order
from noaber.decisions.known import Known
from noaber.proposals.definitions import form
from noaber.proposals.rules import OPINIONS, PHASES, STEPS, Proposal


def wrong_with_advice(order: Order, known: Known) -> Iterator[Finding]:
    """Find what is wrong with an order as advice on a proposal, or with one that is none."""
    proposal = known.proposal
    if not order.is_advice:
        yield from _opinion_of_no_advice(order)
    elif proposal is not None:
        yield from wrong_opinion(order)
        yield from _board(known, proposal)
        yield from _agenda(order, known)
        yield from _phase(known, proposal)
        yield from _earlier(order, proposal)
        yield from known.lacking
    yield from _replacing(order, known)


def _opinion_of_no_advice(order: Order) -> Iterator[Finding]:
    if order.opinion:
        yield at_field(
            "B-41",
            "Een oordeel hoort bij een advies over een voorstel",
            "oordeel",
            "Kies het voorstel, of laat het oordeel leeg.",
        )


def wrong_opinion(order: Order) -> Iterator[Finding]:
    """Find whether an advice on a proposal says what the board makes of it."""
    if order.opinion not in OPINIONS:
        yield at_field(
            "B-41",
            "Het oordeel over het voorstel ontbreekt",
            "oordeel",
            "Kies positief, onder voorwaarden of negatief.",
        )


def _board(known: Known, proposal: Proposal) -> Iterator[Finding]:
    """A proposal is advised on by the board of its own pillar, or by one that is for all of them."""
    board = known.board
    if board.kind != "pillar_board":
        yield at_field(
            "B-42",
            f"{board.name} geeft geen advies over een voorstel",
            "vergadering",
            "Dat doet het vakbestuurlijk overleg, in zijn eigen vergadering.",
        )
    elif board.pillar not in ("", proposal.pillar):
        yield at_field(
            "B-42",
            f"Het voorstel is voor een andere pijler dan waar {board.name} over gaat",
            "vergadering",
            "Zet het voorstel op de agenda van het vakbestuurlijk overleg van zijn eigen pijler.",
        )


def _agenda(order: Order, known: Known) -> Iterator[Finding]:
    of_meeting = (i for i in known.facts.agenda if i.meeting == known.meeting.code)
    item = next((i for i in of_meeting if i.code == order.item), None)
    if item is None or item.proposal != order.proposal:
        yield not_on_agenda()


def not_on_agenda() -> Finding:
    """That what is advised on is no point of the meeting."""
    return at_field(
        "B-43",
        "Het voorstel staat niet op de agenda van deze vergadering",
        "punt",
        "Zet het eerst op de agenda, of kies het punt dat erover gaat.",
    )


def no_point() -> Finding:
    """That nothing was said of what is advised on."""
    return at_field(
        "B-49",
        "Het punt waarover het overleg adviseert ontbreekt",
        "punt",
        "Kies een punt van de agenda.",
    )


def _phase(known: Known, proposal: Proposal) -> Iterator[Finding]:
    """It is advised on when it was sent in, and before it is put to the steering group."""
    if not proposal.can("advise"):
        names = form().phases
        possible = " of ".join(f"“{names[p].name}”" for p in PHASES if p in STEPS["advise"])
        yield at_field(
            "B-44",
            f"Het voorstel is nu “{names[proposal.phase].name}”; adviseren kan dan niet",
            "punt",
            f"Dat kan als het {possible} is.",
        )
        return
    sent, on = proposal.sent_in, known.meeting.on.counts_from
    if sent is not None and sent.on > on:
        yield at_field(
            "B-45",
            f"Versie {sent.number} van het voorstel is ingediend op {day(sent.on)}; "
            f"deze vergadering was eerder, op {day(on)}",
            "punt",
            "Laat het overleg in een volgende vergadering adviseren over deze versie.",
        )


def _earlier(order: Order, proposal: Proposal) -> Iterator[Finding]:
    """A second advice on the same version takes the place of the first."""
    given = proposal.advice.decision if proposal.advice else ""
    if given and given != order.supersedes:
        yield at_field(
            "B-46",
            "Over deze versie van het voorstel is al advies gegeven",
            "vervangt",
            "Kies dat dit advies het eerdere vervangt.",
        )


def _replacing(order: Order, known: Known) -> Iterator[Finding]:
    """Advice takes the place of advice, and of nothing else."""
    other = known.decision(order.supersedes)
    if other is None or other.is_advice == order.is_advice:
        return
    what = "advies over een voorstel" if other.is_advice else "geen advies over een voorstel"
    yield at_field(
        "B-47",
        f"{other.code} is {what}",
        "vervangt",
        "Een advies vervangt alleen een eerder advies, een besluit alleen een eerder besluit.",
    )
