"""Of what somebody is reminded, and in which words: pure.

A letter goes through the mail servers of others, so it says what kind of thing waits and when,
never what stands in the register; the page behind its link tells the rest to who may read it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from noaber.core.notation import day, number_word
from noaber.monitor.tasks import Topic, Work


@dataclass(frozen=True)
class Named:
    """How a topic is called: for one thing, for several, and what the page of choices says."""

    one: str
    many: str
    about: str


TOPICS: dict[Topic, Named] = {
    Topic.ROLE: Named(
        "een rol loopt af", "rollen lopen af", "Een rol die binnen een maand afloopt"
    ),
    Topic.WITHHOLDING: Named(
        "een geheimhouding loopt af",
        "geheimhoudingen lopen af",
        "Een geheimhouding die binnen een maand afloopt",
    ),
    Topic.INSTALMENT: Named(
        "een termijn van een bijdrage",
        "termijnen van bijdragen",
        "Een termijn van een bijdrage die binnen een maand komt, of die nog niet binnen is",
    ),
    Topic.ROUND: Named(
        "een rapportageronde openen",
        "rapportagerondes openen",
        "Een rapportageronde die open kan",
    ),
    Topic.PROGRESS: Named(
        "voortgang van een project melden",
        "keer voortgang van een project melden",
        "Voortgang die nog niet is gemeld",
    ),
    Topic.ACCOUNTS: Named(
        "een verantwoording over een verplichting",
        "verantwoordingen over verplichtingen",
        "Een verantwoording die binnen een maand komt, of die nog niet is vastgesteld",
    ),
}
"""Every topic there is, in the order of the page of choices."""


@dataclass(frozen=True, order=True)
class Due:
    """A thing with a date that waits for somebody in a deal, named by `deal_name`."""

    deal: str
    deal_name: str
    on: date
    topic: Topic
    thing: str
    late: bool


@dataclass(frozen=True)
class Sent:
    """That somebody was reminded of a thing, and when."""

    deal: str
    topic: Topic
    on: date
    at: datetime


def due(deal: str, deal_name: str, work: Work, off: Collection[Topic]) -> tuple[Due, ...]:
    """What of somebody's work has a date, without the topics that were switched `off`."""
    return tuple(
        Due(deal, deal_name, task.due, task.topic, task.thing, task.late)
        for task in (*work.now, *work.coming)
        if task.due is not None and task.topic is not None and task.topic not in off
    )


def lines(found: Iterable[Due]) -> Sequence[str]:
    """What a letter says: one line for things of a kind in a deal with the same date."""
    return [
        _line(*kind, sum(1 for _ in same))
        for kind, same in groupby(sorted(found), lambda d: (d.deal_name, d.on, d.topic, d.late))
    ]


def _line(deal_name: str, on: date, topic: Topic, late: bool, number: int) -> str:
    named = TOPICS[topic]
    what = named.one if number == 1 else f"{number_word(number)} {named.many}"
    return f"{deal_name}: {what}, {'sinds' if late else 'op'} {day(on)}"
