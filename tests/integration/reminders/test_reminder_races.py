"""Two workers that remind the same person at once tell each thing once; and a control."""

import threading
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from noaber.access.queries import Person
from noaber.mail.models import Message
from noaber.monitor.tasks import Topic
from noaber.reminders import actions
from noaber.reminders.models import Reminded
from noaber.reminders.rules import Due
from tests.databases import RealDatabase
from tests.factories.mail_server import mail_server
from tests.integration.jobs.nursery import Manner, work_off
from tests.integration.office.conftest import admitted

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
ROUNDS = 20
ANNA = Person("person-anna", "Anna", "anna" + "@" + "gemeente.example", active=True)


def thing(number: int) -> Due:
    return Due("drenthe", "Drenthe", date(2022, 2, 1), Topic.ROLE, f"r{number}", late=False)


def race() -> int:
    """Two at once, round after round; how many letters were written in all."""
    barrier = threading.Barrier(2)

    def remind(worker: int) -> None:
        for number in range(ROUNDS):
            barrier.wait()
            # Each as if it were another day, so that only the thing itself can be known.
            today = date(2022, 1, 1) + timedelta(days=2 * number + worker)
            found = _looked([thing(number)], barrier)
            with transaction.atomic():
                actions.remind(ANNA, found, today=today, at=AT)
        connection.close()

    workers = [threading.Thread(target=remind, args=(n,)) for n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return Message.objects.count()


looks_first = False


def _looked(found: Sequence[Due], barrier: threading.Barrier) -> list[Due]:
    """As the control: what is new is looked up before, as code without a constraint would."""
    if not looks_first:
        return list(found)
    new = [d for d in found if not Reminded.objects.filter(thing=d.thing).exists()]
    barrier.wait()
    return new


def test_two_at_once_tell_each_thing_once(real_database: RealDatabase) -> None:
    assert race() == ROUNDS


def test_without_the_constraint_things_are_told_twice(
    real_database: RealDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setitem(globals(), "looks_first", True)
    monkeypatch.setattr(actions, "_first_time", lambda *_: True)
    assert race() == 2 * ROUNDS


def test_workers_that_are_killed_remind_each_person_once(
    reference_register: RealDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    from noaber.access.models import User
    from noaber.reminders.later import remind_on

    for organisation in ("GM0109", "GM0114", "GM0118"):
        admitted("lead_partner", organisation=organisation)
    admitted("programme_office")
    User.objects.update(last_login=AT)
    with mail_server() as server:
        monkeypatch.setenv("NOABER_SMTP", server.url)
        with transaction.atomic():
            remind_on(AT.date(), not_before=AT, at=AT)
        work_off(Manner(lease=0.5), workers=2, kills=6, pause=0.8)
        again = [str(m["To"]) for m in server.messages]
        with transaction.atomic():
            remind_on(AT.date() + timedelta(days=1), not_before=AT, at=AT)
        work_off(Manner(lease=0.5), workers=2)
        copies = Counter(server.taken)
    assert len(copies) == len(set(again)) >= 2
    assert len(server.messages) == len(again)
