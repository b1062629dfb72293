"""Taking a fact out of the register, as somebody asks in the office: not while anything needs it.

What is taken back stays in the record as it was known then, and can be recorded again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from noaber.access.rules import OFFICE, Actor, Audience
from noaber.core.address import Address
from noaber.core.finding import Finding, Refused
from noaber.deals import actions as deals
from noaber.deals import rules as deal_rules
from noaber.decisions import actions as decisions
from noaber.decisions.rules import seat_code
from noaber.imports import editing, register
from noaber.imports.applying import Applying
from noaber.imports.definitions import SheetDefinition, sheet_definitions
from noaber.imports.facts import Fact, Facts, Key, as_value
from noaber.indicators import actions as indicators
from noaber.progress import actions as progress
from noaber.projects import actions as projects
from noaber.projects import rules as project_rules
from noaber.record.actions import revision
from noaber.record.queries import latest

STAYS = {
    "deal": "Een deal wordt niet weggehaald. Verbeter de gegevens die niet kloppen.",
    "organisation": "Alle deals delen de organisaties. Vraag wie deze installatie beheert.",
    "allocation": "Dit bedrag is geboekt. Verbeter het bedrag; dan boekt het register het verschil.",
    "contribution": "Dit bedrag is geboekt. Verbeter het bedrag; dan boekt het register het verschil.",
    **dict.fromkeys(
        ("receipt", "commitment", "payment", "settlement", "recovery"),
        "Dit staat in de administratie van het geld. Verbeter het; weghalen kan niet.",
    ),
    **dict.fromkeys(
        ("mandate", "budget_line", "condition", "forecast"),
        "Dit hoort bij het geld en blijft bewaard. Verbeter wat er staat.",
    ),
    **dict.fromkeys(
        ("meeting", "agenda_item", "interest"),
        "Dit hoort bij hoe besluiten zijn genomen en blijft bewaard. Verbeter wat er staat.",
    ),
    "contribution_key": "Hiermee is een bijdrage verdeeld en geboekt. Verbeter de sleutel.",
}
"""Kinds of facts that cannot be taken back, with what to do instead."""


@dataclass(frozen=True)
class Needing:
    """What needs a fact: its sheet, its key and what people call it. Only what may be read."""

    sheet: SheetDefinition
    key: Key
    name: str

    @property
    def code(self) -> str:
        """The key as one text, for an address."""
        return "~".join(self.key)


@dataclass(frozen=True)
class Needed:
    """What needs a fact: what the audience may read, and whether there is something else."""

    named: tuple[Needing, ...]
    unread: bool

    def __bool__(self) -> bool:
        return bool(self.named) or self.unread


def needed(deal: str, sheet: SheetDefinition, key: Key, audience: Audience) -> Needed:
    """What refers to a fact, as known now, as far as an audience may read it."""
    number = latest()
    known, read = register.kept_facts(deal, number), register.office_facts(deal, number, audience)
    fact = known.get(sheet.kind, {}).get(key)
    found = [*_needing(deal, sheet, fact, known)] if fact else []
    named = [
        Needing(other, fact.key, editing.named(fact))
        for other, fact in found
        if fact.key in read.get(other.kind, {})
    ]
    return Needed(tuple(named), len(named) < len(found))


def _needing(
    deal: str, sheet: SheetDefinition, wanted: Fact, known: Facts
) -> Iterator[tuple[SheetDefinition, Fact]]:
    code = editing.code_of(sheet, wanted).casefold()
    for other in sheet_definitions():
        columns = [column.field for column in other.columns if column.to == sheet.name]
        for fact in known.get(other.kind, {}).values():
            if any(code in _codes(fact[field]) for field in columns) or (
                other.kind == "stated" and code in _filters(deal, fact["address"], sheet.kind)
            ):
                yield other, fact


def _codes(value: Any) -> set[str]:
    values = value if isinstance(value, tuple) else (value,)
    return {str(each).casefold() for each in values if each is not None}


def _filters(deal: str, address: str, kind: str) -> set[str]:
    """What a stated figure is narrowed to, of a kind."""
    filters = Address.parse(f"{deal}/{address}").filters
    return {value.casefold() for name, value in filters if name == kind}


def remove(
    sheet: SheetDefinition,
    key: Key,
    *,
    deal: str,
    base: int,
    permitted: Callable[[editing.Item], None],
    audience: Audience = OFFICE,
    by: Actor,
    at: datetime,
) -> int:
    """Take a fact back as if it was never recorded; gives the revision.

    `base` is the `Item.base` it was shown with; `permitted` raises when it may not be. What
    `audience` may not read is not suggested.

    :raises Refused: when something needs it, or it is of a kind that stays.
    :raises ChangedMeanwhile: when somebody recorded it anew since it was shown.
    """
    with revision(
        by=by,
        at=at,
        action=f"remove_{sheet.kind}",
        subject=f"deal:{deal}",
        details=editing.removal_details(key),
    ) as stamp:
        known = register.kept_facts(deal, stamp.number - 1)
        fact = known.get(sheet.kind, {}).get(key)
        if fact is None:
            raise Refused(
                [
                    Finding(
                        "W-01",
                        "Dit gegeven is er niet meer, of het is alleen voor één organisatie.",
                    )
                ]
            )
        permitted(editing.item(deal, sheet, fact, known))
        if fact.evidence.revision > base:
            raise editing.changed_meanwhile(deal, sheet, fact, known, base)
        _check(sheet, fact, editing.Asked(deal, known, stamp.number - 1, audience))
        start: date = next(iter(known["deal"].values()))["starts"].counts_from
        RETRACT[sheet.kind](fact, Applying(deal, start, known, by, at))
    return stamp.number


def _check(sheet: SheetDefinition, fact: Fact, asked: editing.Asked) -> None:
    if sheet.kind in STAYS:
        raise Refused([Finding("W-02", STAYS[sheet.kind])])
    if any(_needing(asked.deal, sheet, fact, asked.known)):
        remedy = "Haal eerst weg wat dit gegeven nodig heeft, of laat het naar iets anders wijzen."
        raise Refused([Finding("W-03", "Andere gegevens hebben dit nodig.", remedy=remedy)])
    editing.check_without(sheet, fact, asked)


def removed(deal: str, sheet: SheetDefinition, key: Key, audience: Audience) -> editing.Item | None:
    """A fact that was taken back, as it was before; None when it is there, never was, or may not
    be read.
    """
    number = latest()
    if key in register.office_facts(deal, number, OFFICE).get(sheet.kind, {}):
        return None
    event = editing.removal(deal, sheet, key, number)
    known = register.office_facts(deal, event.number - 1, audience) if event else {}
    fact = known.get(sheet.kind, {}).get(key)
    return editing.item(deal, sheet, fact, known) if fact else None


def _of_code(action: Callable[..., bool], *names: str) -> Callable[[Fact, Applying], None]:
    """A kind that is known by its codes in these fields."""

    def retract(fact: Fact, to: Applying) -> None:
        action(*(fact[name] for name in names), deal=to.deal, **to.who)

    return retract


def _of_deal(cls: type) -> Callable[[Fact, Applying], None]:
    def retract(fact: Fact, to: Applying) -> None:
        deals.retract_fact(as_value(cls, fact), deal=to.deal, **to.who)

    return retract


def _of_project(cls: type) -> Callable[[Fact, Applying], None]:
    def retract(fact: Fact, to: Applying) -> None:
        projects.retract_fact(as_value(cls, fact), deal=to.deal, **to.who)

    return retract


def _text(fact: Fact, to: Applying) -> None:
    """One start of a text; what it said before then comes back."""
    own = fact["since"]
    since = own.counts_from if own else to.since_project(fact["project"])
    value = as_value(project_rules.ProjectText, fact)
    projects.retract_fact(value, deal=to.deal, since=since, **to.who)


def _project(fact: Fact, to: Applying) -> None:
    code = project_rules.project_code(fact["pillar"], fact["number"])
    projects.retract_project(code, deal=to.deal, **to.who)


def _seat(fact: Fact, to: Applying) -> None:
    code = seat_code(fact["board"], fact["place"])
    decisions.retract_seat(code, deal=to.deal, **to.who)


RETRACT: dict[str, Callable[[Fact, Applying], None]] = {
    "source": _of_deal(deal_rules.Source),
    "party": _of_code(deals.retract_party, "code"),
    "article": _of_deal(deal_rules.Article),
    "pillar": _of_code(deals.retract_pillar, "code"),
    "theme": _of_deal(deal_rules.Theme),
    "goal": _of_deal(deal_rules.Goal),
    "result": _of_deal(deal_rules.IntendedResult),
    "contact": _of_deal(deal_rules.ContactPoint),
    "board": _of_code(decisions.retract_board, "code"),
    "seat": _seat,
    "instalment": _of_deal(deal_rules.Instalment),
    "project": _project,
    "partner": _of_project(project_rules.Partner),
    "place": _of_project(project_rules.Place),
    "cross_over": _of_project(project_rules.CrossOver),
    "influence": _of_project(project_rules.Influence),
    "project_text": _text,
    "turn": _of_project(project_rules.Turn),
    "foreword": _of_code(decisions.retract_foreword, "tranche"),
    "round": _of_code(progress.retract_round, "code"),
    "progress": _of_code(progress.retract_report, "project", "round"),
    "measurement": _of_code(indicators.retract_measurement, "code"),
    "stated": _of_deal(deal_rules.StatedFact),
}
"""How a fact of each kind is taken back, through the action of its feature."""
