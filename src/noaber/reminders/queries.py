"""Reading what somebody is and was reminded of."""

from datetime import date

from noaber.access import queries as people
from noaber.access.queries import Person
from noaber.monitor import queries as monitor
from noaber.monitor.tasks import Topic
from noaber.monitor.work import work
from noaber.reminders import rules
from noaber.reminders.models import Reminded, SwitchedOff
from noaber.reminders.rules import Due, Sent


def switched_off(person: str) -> frozenset[Topic]:
    """The topics of which somebody wants no reminders."""
    rows = SwitchedOff.objects.filter(person=person)
    return frozenset(Topic(topic) for topic in rows.values_list("topic", flat=True))


def sent(person: str, *, most: int = 20) -> tuple[Sent, ...]:
    """Of what somebody was reminded, the latest first."""
    rows = Reminded.objects.filter(person=person).order_by("-at", "-id")[:most]
    return tuple(Sent(row.deal, Topic(row.topic), row.due, row.at) for row in rows)


def colleagues(today: date) -> tuple[Person, ...]:
    """Who can be reminded: who holds a role today and has ever signed in."""
    held = {assignment.person for assignment in people.assignments(today)}
    return tuple(
        person
        for person in people.people()
        if person.code in held and person.active and person.email and person.signed_in
    )


def due(person: Person, today: date) -> tuple[Due, ...]:
    """What with a date waits for somebody in all deals, also what was told before."""
    off = switched_off(person.code)
    actor = people.actor(person.code, person.name, today)
    found: list[Due] = []
    for deal in monitor.deals():
        if not any(grant.in_deal(deal) for grant in actor.grants):
            continue
        seen = monitor.view(deal, monitor.moment(today), people.audience(actor, deal, today))
        if seen is not None:
            held = people.assignments(today, deal=deal)
            withheld = people.withholdings(deal, today)
            found += rules.due(
                deal, seen.overview.deal.name, work(seen, actor, today, held, withheld), off
            )
    return tuple(found)
