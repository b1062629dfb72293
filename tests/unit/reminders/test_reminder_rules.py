"""Of what somebody is reminded, and in which words."""

from datetime import date

from noaber.monitor.tasks import Task, Topic, Work
from noaber.reminders.rules import TOPICS, Due, due, lines

AUGUST, MAY = date(2021, 8, 31), date(2022, 5, 1)


def task(topic: Topic | None, thing: str, on: date | None = AUGUST, *, late: bool = False) -> Task:
    return Task(
        "Voortgang van 9 Geheim project", "Geheim.", "Doen", on, late, topic=topic, thing=thing
    )


def test_only_what_has_a_date_and_is_not_switched_off_is_told() -> None:
    found = due(
        "drenthe",
        "Drenthe",
        Work(
            now=(task(Topic.PROGRESS, "2021-08/werken-9", late=True),),
            coming=(task(Topic.ROLE, "r1", MAY), task(Topic.WITHHOLDING, "g1", MAY)),
            lacking=(task(None, "", None),),
        ),
        off={Topic.WITHHOLDING},
    )
    assert [(d.topic, d.thing, d.on, d.late) for d in found] == [
        (Topic.PROGRESS, "2021-08/werken-9", AUGUST, True),
        (Topic.ROLE, "r1", MAY, False),
    ]


def test_things_of_a_kind_with_one_date_are_one_line_that_says_nothing_of_the_register() -> None:
    found = [
        Due("drenthe", "Drenthe", AUGUST, Topic.PROGRESS, f"2021-08/werken-{n}", late=True)
        for n in (9, 3)
    ]
    found.append(Due("drenthe", "Drenthe", MAY, Topic.ROLE, "r1", late=False))
    assert lines(found) == [
        "Drenthe: twee keer voortgang van een project melden, sinds 31 augustus 2021",
        "Drenthe: een rol loopt af, op 1 mei 2022",
    ]


def test_every_topic_has_words() -> None:
    assert set(TOPICS) == set(Topic)
