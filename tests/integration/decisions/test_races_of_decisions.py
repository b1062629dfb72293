"""Several people decide on the last euros of the deal at once: one gets them."""

from typing import Any

import pytest
from django.db import connection

from noaber.record.queries import check_chain
from tests.databases import RealDatabase
from tests.integration.decisions.meetings import MEETING, meet, stands
from tests.integration.record.racing import race

PROJECTS = ("werken-1.1", "werken-3", "wonen-1.1", "welzijn-1.1")


def race_for_the_last_euros(*, locked: bool = True) -> list[list[Any]]:
    meet()
    cents = str(stands().total_room)
    connection.close()
    return race("decide", [[project, cents] for project in PROJECTS], locked=locked)


def check_one_got_them(answers: list[list[Any]]) -> None:
    assert sorted(answer for _, answer in answers) == ["B-31", "B-31", "B-31", f"{MEETING}-1"]
    assert stands().total_room == 0
    assert check_chain() == ()


def test_the_last_euros_are_decided_on_once(reference_register: RealDatabase) -> None:
    check_one_got_them(race_for_the_last_euros())


def test_without_the_lock_the_same_decisions_fail(reference_register: RealDatabase) -> None:
    """The control."""
    answers = race_for_the_last_euros(locked=False)
    with pytest.raises(AssertionError):
        check_one_got_them(answers)
