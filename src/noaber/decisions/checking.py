"""What must be right before a board decides: pure, all findings at once."""

from collections.abc import Iterator
from datetime import date

from noaber.core.finding import Finding, Refused, at_field
from noaber.core.notation import day, partial
from noaber.deals.rules import OVERHEAD
from noaber.decisions import rules
from noaber.decisions.advising import wrong_with_advice
from noaber.decisions.effects import Order
from noaber.decisions.known import Known

GIVING = ("award", "reserve", "reallocate")
"""Decisions that give money to a project."""

WITH_AMOUNT = (*GIVING, "release")


def check(order: Order, known: Known) -> None:
    """Check an order against what is known, before anything is recorded.

    :raises Refused: with everything that is wrong.
    """
    findings = [
        *wrong_words(order),
        *_meeting(order, known),
        *_subject(order, known),
        *_amount(order),
        *_shares(order, known),
        *_order_in_time(order, known),
        *_taking_part(order, known),
        *_superseding(order, known),
        *wrong_with_advice(order, known),
    ]
    if findings:
        raise Refused(findings)


def wrong_words(order: Order) -> Iterator[Finding]:
    """Find what must be said of every decision and is not."""
    if order.kind not in rules.DECISION_KINDS:
        yield at_field("B-03", "Wat er besloten is ontbreekt", "soort", "Kies een soort besluit.")
    advice = order.kind == "advise"
    for name, value, what in (
        ("titel", order.title, "De titel"),
        ("tekst", order.text, "De tekst van het advies" if advice else "De tekst van het besluit"),
    ):
        if not value.strip():
            remedy = "Schrijf waarom." if advice else "Vul in wat er op de besluitenlijst staat."
            yield at_field("B-04", f"{what} ontbreekt", name, remedy)


def _meeting(order: Order, known: Known) -> Iterator[Finding]:
    meeting, on = known.meeting, known.meeting.on.counts_from
    if meeting.state == "closed":
        yield at_field("B-05", str(rules.MeetingClosed(meeting.title)), "vergadering", "")
    if on > known.today:
        yield at_field(
            "B-06",
            f"De vergadering is pas op {day(on)}",
            "vergadering",
            "Leg het besluit vast als de vergadering is geweest.",
        )
    if order.kind in rules.MONEY_KINDS and known.board.kind != "steering_group":
        yield at_field(
            "B-07",
            f"{known.board.name} beslist niet over geld",
            "soort",
            "Over geld beslist de stuurgroep. Leg hier een advies vast.",
        )
    if order.kind in GIVING and on > known.deal.ends.last_day:
        yield at_field(
            "B-23",
            f"De deal eindigt op {day(known.deal.ends.last_day)}. Op {day(on)} kan niets meer "
            "worden toegekend of gereserveerd",
            "soort",
            "Vaststellen, laten vrijvallen en terugvorderen kan nog wel.",
        )
    tranche = next((t for t in known.tranches if t.number == meeting.tranche), None)
    if order.kind in GIVING and tranche is not None and tranche.decided != meeting.on:
        yield at_field(
            "B-08",
            f"Tranche {tranche.number} is besloten op {partial(tranche.decided)}, niet in deze vergadering",
            "soort",
            "Geef de vergadering een nieuw nummer van een tranche.",
        )


def _subject(order: Order, known: Known) -> Iterator[Finding]:
    if order.project and order.project not in known.projects:
        yield at_field(
            "B-09", f"Het project {order.project} is er niet", "project", "Kies een project."
        )
    if order.proposal and known.proposal is None:
        yield at_field(
            "B-10", f"Het voorstel {order.proposal} is er niet", "voorstel", "Kies een voorstel."
        )
    if order.kind in rules.PROJECT_KINDS and not (order.project or order.proposal):
        yield at_field(
            "B-11",
            "Waar het geld voor is ontbreekt",
            "project",
            "Kies een project of een voorstel.",
        )
    new = known.proposal is not None and not known.proposal.project and not order.project
    if new and order.kind in GIVING and not order.number.strip():
        yield at_field(
            "B-12",
            "Het voorstel wordt een nieuw project; het nummer daarvan ontbreekt",
            "nummer",
            "Geef het nummer waaronder het project in het programma komt.",
        )
    if known.proposal is not None and known.proposal.phase != "nominated":
        decided = known.proposal.phase == "decided" and order.supersedes
        if order.kind in (*GIVING, "reject", "hold") and not decided:
            yield at_field(
                "B-13",
                "Het voorstel is niet voorgedragen",
                "voorstel",
                "De stuurgroep beslist over wat het vakbestuurlijk overleg heeft voorgedragen.",
            )
    if order.kind == "reallocate":
        if order.giver not in known.projects:
            yield at_field(
                "B-14", "Het project dat het geld afstaat ontbreekt", "van", "Kies een project."
            )
        elif order.giver == (order.project or (known.proposal.project if known.proposal else "")):
            yield at_field(
                "B-15",
                "Een project staat geen geld aan zichzelf af",
                "van",
                "Kies een ander project.",
            )


def _amount(order: Order) -> Iterator[Finding]:
    if order.kind in WITH_AMOUNT and (order.amount is None or order.amount <= 0):
        yield at_field(
            "B-16",
            "Het bedrag ontbreekt of is niet meer dan nul",
            "bedrag",
            "Vul een bedrag in euro in.",
        )


def _shares(order: Order, known: Known) -> Iterator[Finding]:
    """A revision of the allocation gives lines their share anew (article 5.7)."""
    lines = (*known.pillars, OVERHEAD)
    if order.shares and order.kind != "revise_allocation":
        yield at_field(
            "B-37",
            "Een ander deel voor een pijler hoort bij “Verdeling herzien”",
            "soort",
            "Kies die soort besluit, of maak de delen leeg.",
        )
    for line, share in order.shares.items():
        if line not in lines:
            yield at_field(
                "B-38", f"De pijler {line} is er niet", share_field(line), "Kies een pijler."
            )
        elif share < 0:
            yield at_field(
                "B-38", "Een deel is niet minder dan nul", share_field(line), "Vul nul of meer in."
            )
        else:
            yield from _another_share(line, share, order, known)


def _another_share(line: str, share: int, order: Order, known: Known) -> Iterator[Finding]:
    """A share hides no other one that was given already, on a later day or on the same."""
    if later := _later_share(line, share, known):
        yield at_field(
            "B-48",
            f"Vanaf {day(later)} geldt al een ander deel; dit besluit zou tot die dag gelden",
            share_field(line),
            "Verander dat deel eerst bij “Verdeling over pijlers”, of laat dit deel zoals het is.",
        )
    given = _given_that_day(line, share, known)
    if given and given != order.supersedes:
        yield at_field(
            "B-50",
            f"Besluit {given} gaf op {day(known.meeting.on.counts_from)} al een ander deel",
            share_field(line),
            f"Laat dit besluit {given} vervangen, of laat dit deel zoals het is.",
        )


def _later_share(line: str, share: int, known: Known) -> date | None:
    """The day of the next share of a line after the meeting, which would hide a new one."""
    on = known.meeting.on.counts_from
    mine = sorted((a.effective.counts_from, a.amount) for a in known.allocations if a.line == line)
    stands = [amount for since, amount in mine if since <= on]
    if stands and stands[-1] == share:
        return None
    return next((since for since, _ in mine if since > on), None)


def _given_that_day(line: str, share: int, known: Known) -> str:
    """The decision that gave a line another share on the day of the meeting, or took its place."""
    mine = (a for a in known.allocations if a.line == line)
    that_day = (a for a in mine if a.effective.counts_from == known.meeting.on.counts_from)
    code = next((a.decision for a in that_day if a.amount != share), "")
    replaced = {d.supersedes: d.code for d in known.facts.decisions if d.supersedes}
    while code in replaced:
        code = replaced[code]
    return code


def share_field(line: str) -> str:
    """The field of a form in which the share of a line stands."""
    return f"deel-{line}"


def _order_in_time(order: Order, known: Known) -> Iterator[Finding]:
    """Decisions on money are recorded in the order of their days."""
    if order.kind not in rules.MONEY_KINDS:
        return
    days = {m.code: m.on for m in known.facts.meetings}
    last = max(
        (
            (days[d.meeting].counts_from, d.code)
            for d in known.facts.decisions
            if d.kind in rules.MONEY_KINDS and d.meeting in days
        ),
        default=None,
    )
    on = known.meeting.on.counts_from
    opened = max((t.effective_on for t in known.tranches), default=date.min)
    if last is not None and on < last[0]:
        yield at_field(
            "B-17",
            f"Besluit {last[1]} over geld is van {day(last[0])}; deze vergadering was eerder, op {day(on)}",
            "vergadering",
            "Besluiten over geld volgen elkaar op datum. Neem dit besluit op in een volgende vergadering.",
        )
    elif on < opened:
        yield at_field(
            "B-17",
            f"De laatste tranche is van {day(opened)}; deze vergadering was eerder, op {day(on)}",
            "vergadering",
            "Besluiten over geld volgen elkaar op datum. Neem dit besluit op in een volgende vergadering.",
        )


def _taking_part(order: Order, known: Known) -> Iterator[Finding]:
    seats = known.seats
    if not order.taking_part and seats:
        yield at_field("B-18", "Niet aangegeven is wie meedeed", "leden", "Kies wie eraan deelnam.")
    interested = set(known.interested(order.item))
    for code in order.taking_part:
        if code not in seats:
            yield at_field(
                "B-19",
                f"Zetel {code} hoorde op {partial(known.meeting.on)} niet bij {known.board.name}",
                "leden",
                "Kies alleen wie toen lid was.",
            )
        elif code in interested:
            seat = seats[code]
            yield at_field(
                "B-28",
                f"De zetel “{seat.role}” ({code}) heeft een belang bij dit punt en neemt niet deel",
                "leden",
                "Haal dit lid uit wie meedeed; er komt bij te staan dat het niet deelnam.",
            )


def _superseding(order: Order, known: Known) -> Iterator[Finding]:
    if not order.supersedes:
        return
    other = known.decision(order.supersedes)
    if other is None:
        yield at_field(
            "B-29", f"Besluit {order.supersedes} is er niet", "vervangt", "Kies een eerder besluit."
        )
        return
    later = next((d for d in known.facts.decisions if d.supersedes == other.code), None)
    if later is not None:
        yield at_field(
            "B-30",
            f"Besluit {other.code} is al vervangen door {later.code}",
            "vervangt",
            f"Laat dit besluit {later.code} vervangen.",
        )
    if other.kind == "revise_allocation" and order.kind != other.kind:
        yield at_field(
            "B-40",
            f"Besluit {other.code} verdeelde het geld over de pijlers",
            "vervangt",
            "Alleen een besluit met een nieuwe verdeling vervangt het.",
        )
    days = {m.code: m.on.counts_from for m in known.facts.meetings}
    if known.meeting.on.counts_from < days[other.meeting]:
        yield at_field(
            "B-36",
            f"Besluit {other.code} is van {day(days[other.meeting])}; deze vergadering was eerder",
            "vervangt",
            "Een besluit vervangt alleen wat dezelfde dag of eerder is besloten. "
            "Neem het op in een volgende vergadering.",
        )
    if (other.proposal, other.project) != ("", "") and not (
        (order.proposal and order.proposal == other.proposal)
        or (order.project and order.project == other.project)
    ):
        yield at_field(
            "B-33",
            f"Besluit {other.code} ging over iets anders",
            "vervangt",
            "Een besluit vervangt een eerder besluit over hetzelfde voorstel of project.",
        )
