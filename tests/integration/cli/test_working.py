"""`noaber work`, `noaber jobs` and `noaber mail`, as an administrator uses them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import transaction

from noaber.cli import main
from noaber.jobs import actions, queries
from noaber.jobs.rules import Policy, State
from noaber.mail import actions as mail
from noaber.mail import queries as mail_queries
from noaber.mail.rules import Recipient, Status
from noaber.record.queries import events
from tests.factories.mail_server import MailServer, mail_server, wait_for

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
ANNA = "anna" + "@" + "gemeente.example"
ROOT = Path(__file__).parents[3]
PROGRAM = "from noaber.cli import main; main()"

pytestmark = pytest.mark.usefixtures("real_database")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MailServer]:
    monkeypatch.setenv("NOABER_VAR", str(tmp_path / "var"))
    with mail_server() as made:
        monkeypatch.setenv("NOABER_SMTP", made.url)
        yield made


def run(*arguments: str, fails: bool = False) -> str:
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code != 0) == fails, result.output
    return result.output


def start(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env={**os.environ, "NOABER_SECRET_KEY": "for this test", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def send(key: str) -> int:
    letter = mail.letter("noaber.mail", "proefbericht")
    with transaction.atomic():
        return mail.send(letter, Recipient(ANNA), {}, key=key, at=AT)


def failed(kind: str = "mail") -> int:
    with transaction.atomic():
        number = actions.enqueue(kind, {}, at=AT)
    claimed = actions.claim({kind: Policy()}, at=AT)
    assert claimed is not None
    actions.fail(claimed, Policy(), "De mailserver weigert dit adres (550).", final=True, at=AT)
    return number


def state(number: int) -> State:
    found = queries.find(number)
    assert found is not None
    return found.state


def test_a_worker_sends_what_waits_and_what_comes_and_stops_when_told(server: MailServer) -> None:
    send("proef:1")
    process = start("work")
    wait_for(lambda: len(server.taken) == 1)
    second = send("proef:2")
    wait_for(lambda: state(second) == State.DONE)
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "De werker is gestopt." in said
    assert f"Opdracht {second} (mail, poging 1): klaar" in said
    assert ANNA not in said


def test_a_worker_that_is_told_to_stop_finishes_what_it_is_doing(server: MailServer) -> None:
    server.pause = 2
    number = send("proef:1")
    process = start("work")
    wait_for(lambda: state(number) == State.RUNNING)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert state(number) == State.DONE
    assert len(server.taken) == 1


def test_once_does_what_is_there_and_ends(server: MailServer) -> None:
    number = send("proef:1")
    assert start("work", "--once").wait(timeout=30) == 0
    assert state(number) == State.DONE


def test_jobs_that_wait_and_failed_are_shown_with_their_reason() -> None:
    number = failed()
    with transaction.atomic():
        actions.enqueue("mail", {}, at=AT)
    said = run("jobs")
    assert "wacht: 1, bezig: 0, klaar: 0, opgegeven: 1, geschrapt: 0" in said
    assert "Draait `noaber work`?" in said
    line = next(line for line in said.splitlines() if line.strip().startswith(str(number)))
    assert "opgegeven  mail" in line
    assert "(550)" in line


def test_what_was_given_up_is_tried_again_and_the_audit_says_who_asked() -> None:
    numbers = [failed(), failed()]
    assert "2" in run("jobs", "retry", "--all", "--by", "Anna")
    assert [state(number) for number in numbers] == [State.WAITING] * 2
    assert [(e.action, e.subject) for e in events()] == [
        ("retry_job", f"job:{number}") for number in numbers
    ]
    run("jobs", "drop", str(numbers[0]))
    assert state(numbers[0]) == State.DROPPED
    assert "geschrapt" in run("jobs", "--all")
    assert "geschrapt  mail" not in run("jobs")


def test_a_change_that_cannot_be_is_refused_and_changes_nothing() -> None:
    number = failed()
    said = run("jobs", "retry", str(number), "999", fails=True)
    assert "Opdracht 999 bestaat niet; er is niets veranderd." in said
    assert state(number) == State.FAILED
    run("jobs", "drop", str(number))
    assert "is geschrapt" in run("jobs", "drop", str(number), fails=True)
    assert len(events()) == 1


def test_a_trial_message_shows_whether_mail_works(server: MailServer) -> None:
    process = start("mail", "try", ANNA)
    said, _ = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, "Verstuurd.\n")
    assert server.recipients == [ANNA]
    server.recipient = "550 5.1.1 no"
    process = start("mail", "try", ANNA)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "De mailserver weigert dit adres (550 5.1.1)." in said
    listed = run("mail")
    assert f"opgegeven  proefbericht  {ANNA}" in listed
    assert f"verstuurd  proefbericht  {ANNA}" in listed


def test_a_trial_without_a_mail_server_says_where_the_message_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NOABER_VAR", str(tmp_path / "var"))
    said, _ = start("mail", "try", ANNA).communicate(timeout=30)
    (file,) = (tmp_path / "var" / "mail").iterdir()
    assert f"Bewaard in {file.parent}" in said


def test_a_trial_to_what_is_no_address_is_refused() -> None:
    assert "geen e-mailadres" in run("mail", "try", "anna", fails=True)
    assert mail_queries.sendings() == ()


def test_inside_the_web_server_one_process_works_and_another_follows_when_it_is_killed(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.factories.mail_server import free_port

    monkeypatch.setenv("NOABER_BIND", f"127.0.0.1:{free_port()}")
    monkeypatch.setenv("NOABER_SECRET_KEY", "for this test")
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:noaber.config.server"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        send("proef:1")
        wait_for(lambda: len(server.taken) == 1)
        # The lock file names nobody: kill both, the arbiter starts others.
        children = subprocess.run(
            ["ps", "--ppid", str(web.pid), "-o", "pid="], capture_output=True, text=True, check=True
        ).stdout.split()
        assert len(children) == 2
        for child in children:
            os.kill(int(child), signal.SIGKILL)
        number = send("proef:2")
        wait_for(lambda: state(number) == State.DONE)
        assert len(server.taken) == 2
    finally:
        web.send_signal(signal.SIGTERM)
        assert web.wait(timeout=40) == 0


def test_a_message_that_waits_long_enough_is_tried_again(server: MailServer) -> None:
    server.recipient = "451 later"
    number = send("proef:1")
    start("work", "--once").wait(timeout=30)
    found = mail_queries.find(number)
    assert found is not None
    assert (found.status, found.attempts) == (Status.WAITING, 1)
    job = queries.find(number)
    assert job is not None
    assert job.not_before - datetime.now(UTC) < timedelta(minutes=1)
