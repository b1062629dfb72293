"""The table of jobs: enqueued with their cause, claimed once, ended once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from noaber.jobs import actions, queries
from noaber.jobs.actions import NoTransaction, enqueue
from noaber.jobs.models import Job
from noaber.jobs.rules import (
    INTERRUPTED,
    Claimed,
    PayloadTooLarge,
    Policy,
    State,
    StepRefused,
    Superseded,
)
from tests.databases import RealDatabase

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
POLICY = Policy(attempts=3, first=MINUTE, lease=MINUTE)
KINDS = {"count": POLICY}


def claim(at: datetime = AT) -> Claimed:
    claimed = actions.claim(KINDS, at=at)
    assert claimed is not None
    return claimed


def cause(*, fails: bool = False) -> int:
    """A job, and something else in the same transaction that may go wrong."""
    with transaction.atomic():
        number = enqueue("count", {}, at=AT)
        enqueue("other", {"text": "x" * 3000 * fails}, at=AT)
    return number


def end(claimed: Claimed, *, fails: bool = False) -> None:
    """End a job, with an effect that may go wrong."""
    with actions.finishing(claimed, at=AT):
        enqueue("count", {}, key="effect", at=AT)
        enqueue("other", {"text": "x" * 3000 * fails}, at=AT)


def state(number: int) -> State:
    found = queries.find(number)
    assert found is not None
    return found.state


def test_a_job_exists_only_if_what_caused_it_is_committed(real_database: RealDatabase) -> None:
    with pytest.raises(PayloadTooLarge):
        cause(fails=True)
    assert queries.counts()[State.WAITING] == 0
    cause()
    assert queries.counts()[State.WAITING] == 2


def test_a_job_outside_a_transaction_is_refused(real_database: RealDatabase) -> None:
    with pytest.raises(NoTransaction):
        enqueue("count", {}, at=AT)


@pytest.mark.django_db
def test_the_same_key_is_enqueued_once_for_ever() -> None:
    number = enqueue("count", {"n": 1}, key="reminder:round-3", at=AT)
    assert enqueue("count", {"n": 2}, key="reminder:round-3", at=AT) == number
    with actions.finishing(claim(), at=AT):
        pass
    actions.clean_up(before=AT + MINUTE)
    assert enqueue("count", {"n": 3}, key="reminder:round-3", at=AT) == number
    assert actions.claim(KINDS, at=AT + MINUTE) is None
    assert enqueue("count", {}, key="reminder:round-4", at=AT) != number
    assert enqueue("other", {}, key="reminder:round-3", at=AT) != number


@pytest.mark.django_db
def test_what_ended_long_ago_is_removed_and_what_has_a_key_leaves_only_its_key() -> None:
    for key in (None, "once"):
        enqueue("count", {"n": 1}, key=key, at=AT)
        with actions.finishing(claim(), at=AT):
            pass
    waiting = enqueue("count", {}, at=AT)
    assert actions.clean_up(before=AT) == 0
    assert actions.clean_up(before=AT + MINUTE) == 2
    assert actions.clean_up(before=AT + MINUTE) == 0
    left = Job.objects.order_by("id").values_list("key", "payload", "state")
    assert list(left) == [("once", {}, "done"), (None, {}, "waiting")]
    assert state(waiting) == State.WAITING


@pytest.mark.django_db
def test_a_payload_that_is_too_large_is_refused() -> None:
    with pytest.raises(PayloadTooLarge):
        enqueue("count", {"text": "x" * 3000}, at=AT)


@pytest.mark.django_db
def test_first_comes_what_is_more_urgent_then_what_waits_longest() -> None:
    late = enqueue("count", {}, not_before=AT + MINUTE, at=AT)
    usual = enqueue("count", {}, at=AT)
    urgent = enqueue("count", {}, priority=-1, at=AT)
    other = enqueue("other", {}, priority=-9, at=AT)
    assert [claim().number, claim().number] == [urgent, usual]
    assert actions.claim(KINDS, at=AT) is None
    assert claim(AT + MINUTE).number in {late, urgent, usual}
    assert state(other) == State.WAITING


@pytest.mark.django_db
def test_a_job_that_is_held_is_nobody_elses_until_its_lease_lapses() -> None:
    enqueue("count", {}, at=AT)
    first = claim()
    assert actions.claim(KINDS, at=AT + MINUTE / 2) is None
    second = claim(AT + MINUTE)
    assert (second.number, second.fence, second.attempt) == (first.number, first.fence + 1, 2)


@pytest.mark.django_db
def test_a_renewed_lease_holds_longer() -> None:
    enqueue("count", {}, at=AT)
    actions.renew(claim(), POLICY, at=AT + MINUTE / 2)
    assert actions.claim(KINDS, at=AT + MINUTE) is None
    assert actions.claim(KINDS, at=AT + 1.5 * MINUTE) is not None


def test_who_comes_back_after_the_job_was_taken_over_can_do_nothing_with_it(
    real_database: RealDatabase,
) -> None:
    with transaction.atomic():
        number = enqueue("count", {}, at=AT)
    late = claim()
    claim(AT + MINUTE)
    with pytest.raises(Superseded), actions.finishing(late, at=AT + MINUTE):
        pytest.fail("the effects of who lost the job are not even begun")
    for act in (
        lambda: actions.renew(late, POLICY, at=AT),
        lambda: actions.release(late, at=AT),
        lambda: actions.fail(late, POLICY, "x", final=True, at=AT),
    ):
        with pytest.raises(Superseded):
            act()
    assert state(number) == State.RUNNING


def test_effects_and_end_are_kept_together_or_not_at_all(real_database: RealDatabase) -> None:
    with transaction.atomic():
        number = enqueue("count", {}, at=AT)
    claimed = claim()
    with pytest.raises(PayloadTooLarge):
        end(claimed, fails=True)
    assert state(number) == State.RUNNING
    assert Job.objects.count() == 1
    end(claimed)
    assert state(number) == State.DONE
    assert Job.objects.count() == 3


@pytest.mark.django_db
def test_a_failure_waits_and_is_shown_and_the_last_one_gives_up() -> None:
    number = enqueue("count", {}, at=AT)
    at = AT
    for attempt, wait in ((1, MINUTE), (2, 2 * MINUTE)):
        claimed = claim(at)
        assert claimed.attempt == attempt
        assert actions.fail(claimed, POLICY, "geen server", final=False, at=at) == State.WAITING
        assert actions.claim(KINDS, at=at + wait - MINUTE / 60) is None
        at += wait
    assert actions.fail(claim(at), POLICY, "nog steeds", final=False, at=at) == State.FAILED
    (shown,) = queries.listed([State.FAILED])
    assert (shown.number, shown.failure, shown.attempts) == (number, "nog steeds", 3)
    assert actions.claim(KINDS, at=at + 60 * MINUTE) is None


@pytest.mark.django_db
def test_a_failure_that_cannot_be_helped_is_not_tried_again() -> None:
    number = enqueue("count", {}, at=AT)
    assert actions.fail(claim(), POLICY, "x" * 900, final=True, at=AT) == State.FAILED
    found = queries.find(number)
    assert found is not None
    assert len(found.failure) == 500


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_every_time_is_given_up() -> None:
    poison = enqueue("count", {}, priority=-1, at=AT)
    good = enqueue("count", {}, not_before=AT + 3 * MINUTE, at=AT)
    for lapsed in range(3):
        assert claim(AT + lapsed * MINUTE).number == poison
    assert claim(AT + 3 * MINUTE).number == good
    found = queries.find(poison)
    assert found is not None
    assert (found.state, found.failure) == (State.FAILED, INTERRUPTED)


@pytest.mark.django_db
def test_a_released_job_is_taken_at_once_and_the_attempt_does_not_count() -> None:
    enqueue("count", {}, at=AT)
    actions.release(claim(), at=AT)
    again = claim()
    assert (again.attempt, again.fence) == (1, 2)


@pytest.mark.django_db
def test_an_administrator_restarts_what_was_given_up_and_drops_what_is_not_wanted() -> None:
    number = enqueue("count", {}, at=AT)
    actions.fail(claim(), POLICY, "x", final=True, at=AT)
    actions.restart(number, at=AT)
    assert claim().attempt == 1
    with pytest.raises(StepRefused, match="running"):
        actions.restart(number, at=AT)
    actions.drop(number, at=AT)
    assert state(number) == State.DROPPED
    with pytest.raises(StepRefused, match="dropped"):
        actions.drop(number, at=AT)
    with pytest.raises(StepRefused, match="bestaat niet"):
        actions.drop(number + 1, at=AT)


@pytest.mark.django_db
def test_what_is_dropped_while_it_is_done_has_no_effect() -> None:
    number = enqueue("count", {}, at=AT)
    claimed = claim()
    actions.drop(number, at=AT)
    with pytest.raises(Superseded), actions.finishing(claimed, at=AT):
        pass


@pytest.mark.django_db
def test_what_is_wanted_no_more_is_cancelled_by_its_key_once() -> None:
    number = enqueue("count", {}, key="reminder:7", at=AT)
    assert actions.cancel("count", "reminder:7", at=AT)
    assert not actions.cancel("count", "reminder:7", at=AT)
    assert enqueue("count", {}, key="reminder:7", at=AT) == number
    assert state(number) == State.DROPPED


@pytest.mark.django_db
def test_how_long_the_oldest_has_waited_is_known() -> None:
    assert queries.oldest_due(AT) is None
    enqueue("count", {}, not_before=AT - MINUTE, at=AT - MINUTE)
    enqueue("count", {}, at=AT)
    enqueue("count", {}, not_before=AT + MINUTE, at=AT)
    assert queries.oldest_due(AT) == AT - MINUTE


@pytest.mark.django_db
@pytest.mark.parametrize("values", [{"state": "lost"}, {"state": "running"}, {"lease_until": AT}])
def test_the_database_refuses_a_state_that_cannot_be(values: dict[str, object]) -> None:
    enqueue("count", {}, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(**values)


def test_looking_for_work_in_vain_takes_no_lock(real_database: RealDatabase) -> None:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert actions.claim(KINDS, at=AT) is None
    assert len(asked) == 1
    assert asked[0]["sql"].startswith("SELECT")
