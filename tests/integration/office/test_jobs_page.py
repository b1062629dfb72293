"""An administrator sees what Noaber does later, and what was given up can be tried again or dropped."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from noaber.cli.working import handlers
from noaber.jobs import actions, queries
from noaber.jobs.rules import Claimed, Policy, State
from noaber.record.queries import events
from noaber.web.office.job_views import KINDS
from tests.integration.office.conftest import DEAL, SignIn

PAGE = f"/kantoor/{DEAL}/opdrachten/"
AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
ONCE = Policy(attempts=1)


def enqueued(kind: str = "mail") -> int:
    with transaction.atomic():
        return actions.enqueue(kind, {}, at=AT)


def claimed() -> Claimed:
    found = actions.claim({"mail": ONCE}, at=AT)
    assert found is not None
    return found


def given_up(reason: str) -> int:
    number = enqueued()
    actions.fail(claimed(), ONCE, reason, final=True, at=AT)
    return number


def state(number: int) -> State:
    found = queries.find(number)
    assert found is not None
    return found.state


def test_every_kind_of_job_has_words() -> None:
    assert set(KINDS) == {handler.kind for handler in handlers()}


def test_what_waits_runs_and_was_given_up_is_shown_with_the_reason(sign_in: SignIn) -> None:
    client = sign_in("administrator")
    given_up("De mailserver weigert dit adres (550 5.1.1).")
    given_up("KeyError in later.py:12")
    enqueued()
    claimed()
    enqueued("load_upload")
    shown = client.get(PAGE).content.decode()
    assert "De mailserver weigert dit adres (550 5.1.1)." in shown
    assert "Er ging iets mis dat niet was voorzien (KeyError in later.py:12)." in shown
    assert shown.count("een bericht versturen") == 3
    assert shown.count("een bestand laden") == 1
    # Long ago, and nobody does it.
    assert "staat er werk klaar dat niemand doet" in shown


@pytest.mark.parametrize(
    ("asked", "becomes", "noted"),
    [("opnieuw", State.WAITING, "retry_job"), ("schrappen", State.DROPPED, "drop_job")],
)
def test_what_was_given_up_is_tried_again_or_dropped_and_noted(
    sign_in: SignIn, asked: str, becomes: State, noted: str
) -> None:
    client = sign_in("administrator")
    number = given_up("Te laat.")
    answer = client.post(PAGE, {"nummer": str(number), "doen": asked}, follow=True)
    assert f"Opdracht {number}" in answer.content.decode()
    assert state(number) == becomes
    last = list(events())[-1]
    assert (last.action, last.subject) == (noted, f"job:{number}")


def test_what_waits_or_is_done_cannot_be_changed_here(sign_in: SignIn) -> None:
    client = sign_in("administrator")
    waits = enqueued()
    before = len(list(events()))
    for asked in ("opnieuw", "schrappen"):
        answer = client.post(PAGE, {"nummer": str(waits), "doen": asked})
        assert answer.status_code == 422
        assert "niet meer opgegeven" in answer.content.decode()
    assert client.post(PAGE, {"nummer": "x", "doen": "opnieuw"}).status_code == 422
    assert client.post(PAGE, {"nummer": str(waits), "doen": "wissen"}).status_code == 422
    assert state(waits) == State.WAITING
    assert len(list(events())) == before


def test_a_page_of_many_jobs_asks_no_more_of_the_database(
    sign_in: SignIn, django_assert_max_num_queries: object
) -> None:
    client = sign_in("administrator")
    client.get(PAGE)
    with transaction.atomic():
        for number in range(60):
            actions.enqueue("mail", {}, at=AT + timedelta(seconds=number))
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        shown = client.get(PAGE).content.decode()
    assert "Dit zijn de eerste 50." in shown
