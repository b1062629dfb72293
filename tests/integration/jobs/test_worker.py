"""A worker does what is due, shows what went wrong, and goes on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from noaber.jobs import actions, queries
from noaber.jobs.actions import enqueue
from noaber.jobs.models import Job
from noaber.jobs.rules import GiveUp, Listed, Policy, State, TryLater
from noaber.jobs.running import Running
from noaber.jobs.working import Handler, Stopped, Worker

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
SECRET = "anna's telephone"

pytestmark = pytest.mark.django_db


def worker(work: Callable[[Running], None]) -> Worker:
    return Worker([Handler("count", work, Policy(attempts=2))], now=lambda: AT)


def job(work: Callable[[Running], None]) -> Listed:
    """A job after a worker has tried it once."""
    number = enqueue("count", {}, at=AT)
    assert worker(work).once()
    found = queries.find(number)
    assert found is not None
    return found


def test_without_work_nothing_is_done() -> None:
    assert not worker(lambda _: pytest.fail("there is no job")).once()


def test_a_handler_gets_the_payload_and_makes_its_effects_with_the_end() -> None:
    given: list[object] = []

    def work(running: Running) -> None:
        with running.finishing() as at:
            given.append((running.payload, at))

    enqueue("count", {"tranche": "6"}, at=AT)
    assert worker(work).once()
    assert given == [({"tranche": "6"}, AT)]
    assert queries.counts()[State.DONE] == 1


def test_a_handler_without_effects_is_finished_for() -> None:
    assert job(lambda _: None).state == State.DONE


def test_not_now_is_tried_again_later_with_its_reason() -> None:
    def work(_: Running) -> None:
        raise TryLater("De mailserver is er niet.")

    found = job(work)
    assert (found.state, found.failure) == (State.WAITING, "De mailserver is er niet.")
    assert found.not_before > AT


def test_trouble_of_our_own_database_keeps_no_letter_waiting_as_a_mail_server_does() -> None:
    """A letter whose worker was killed twice, and then found the database locked."""
    slow = Policy(first=timedelta(minutes=1))

    def work(_: Running) -> None:
        raise OperationalError("database is locked")

    number = enqueue("count", {}, at=AT)
    for _ in range(2):
        assert actions.claim({"count": slow}, at=AT) is not None
        Job.objects.update(lease_until=AT)
    assert Worker([Handler("count", work, slow)], now=lambda: AT).once()
    found = queries.find(number)
    assert found is not None
    assert (found.state, found.attempts) == (State.WAITING, 3)
    assert found.not_before - AT == timedelta(seconds=40)


def test_giving_up_is_final() -> None:
    def work(_: Running) -> None:
        raise GiveUp("Deze tranche bestaat niet.")

    found = job(work)
    assert (found.state, found.failure) == (State.FAILED, "Deze tranche bestaat niet.")


def test_an_unexpected_error_is_tried_again_and_neither_log_nor_table_says_what_it_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def work(_: Running) -> None:
        raise ValueError(SECRET)

    found = job(work)
    assert found.state == State.WAITING
    assert found.failure.startswith("ValueError in test_worker.py:")
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text


def test_what_a_handler_does_before_it_fails_at_its_end_is_not_kept() -> None:
    def work(running: Running) -> None:
        with running.finishing():
            enqueue("effect", {}, at=AT)
            raise TryLater("toch niet")

    assert job(work).state == State.WAITING
    assert queries.counts()[State.WAITING] == 1


def test_an_error_after_the_end_does_not_do_it_again() -> None:
    def work(running: Running) -> None:
        with running.finishing():
            pass
        raise ValueError(SECRET)

    assert job(work).state == State.DONE


def test_who_must_stop_puts_the_job_back_at_once() -> None:
    def work(_: Running) -> None:
        raise Stopped

    number = enqueue("count", {}, at=AT)
    with pytest.raises(Stopped):
        worker(work).once()
    found = queries.find(number)
    assert found is not None
    assert (found.state, found.attempts, found.not_before) == (State.WAITING, 0, AT)


def test_a_job_that_was_dropped_meanwhile_is_let_go() -> None:
    def work(running: Running) -> None:
        actions.drop(running.claimed.number, at=AT)

    assert job(work).state == State.DROPPED


def test_just_before_what_cannot_be_rolled_back_a_dropped_job_is_noticed() -> None:
    def work(running: Running) -> None:
        actions.drop(running.claimed.number, at=AT)
        running.renew()
        pytest.fail("it goes no further")

    assert job(work).state == State.DROPPED


def test_two_handlers_of_one_kind_are_refused() -> None:
    handler = Handler("count", lambda _: None)
    with pytest.raises(ValueError, match="two handlers"):
        Worker([handler, handler], now=lambda: AT)
