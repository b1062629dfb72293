"""When a job is tried again, what its states allow, and what is told of a failure."""

import json
from datetime import timedelta

import pytest

from noaber.jobs.rules import (
    CHANGES,
    ENDED,
    LARGEST_PAYLOAD,
    PayloadTooLarge,
    Policy,
    State,
    Step,
    check_payload,
    told,
)
from tests.architecture.repository import ROOT

SECOND = timedelta(seconds=1)


def test_the_wait_doubles_up_to_the_longest() -> None:
    policy = Policy(first=10 * SECOND, longest=60 * SECOND)
    waits = [policy.wait(attempt) // SECOND for attempt in (1, 2, 3, 4, 5, 1000)]
    assert waits == [10, 20, 40, 60, 60, 60]


def test_a_job_is_spent_at_its_last_attempt_and_not_before() -> None:
    policy = Policy(attempts=3)
    assert [policy.is_spent(tried) for tried in (0, 2, 3, 4)] == [False, False, True, True]


def test_nothing_follows_from_done_or_dropped() -> None:
    sources = frozenset().union(*(change.sources for change in CHANGES.values()))
    assert sources & ENDED == set()
    assert sources | ENDED == set(State)


def test_every_step_has_a_change_and_only_a_job_that_runs_can_finish() -> None:
    assert set(CHANGES) == set(Step)
    assert CHANGES[Step.FINISH].sources == {State.RUNNING}
    assert [s for s, change in CHANGES.items() if change.target == State.DONE] == [Step.FINISH]


def test_the_architecture_draws_exactly_these_steps() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for step, change in CHANGES.items():
        sources = ", ".join(state for state in State if state in change.sources)
        assert f"| {step} | {sources} | {change.target} |" in text


def test_a_payload_names_what_is_to_be_done_and_does_not_hold_it() -> None:
    room = LARGEST_PAYLOAD - len(json.dumps({"a": ""}))
    check_payload("mail", {"a": "x" * room})
    with pytest.raises(PayloadTooLarge):
        check_payload("mail", {"a": "x" * (room + 1)})


@pytest.mark.parametrize("value", [object(), float("nan"), b"bytes"])
def test_a_payload_is_json(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        check_payload("mail", {"a": value})


def test_an_unexpected_error_is_told_without_what_it_says() -> None:
    def fails() -> None:
        raise ValueError("anna" + "@" + "example.nl")

    with pytest.raises(ValueError, match="anna") as caught:
        fails()
    assert told(caught.value).startswith("ValueError in test_job_rules.py:")
    assert "anna" not in told(caught.value)
    assert told(KeyError("anna")) == "KeyError"
