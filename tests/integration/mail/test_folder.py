"""Without a mail server: a folder on one's own machine, and elsewhere mail waits."""

import email
import email.policy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from noaber.jobs.working import Worker
from noaber.mail import actions, delivering, queries
from noaber.mail.rules import Recipient, Sending, Status
from tests.integration.test_start import start

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
ANNA = "anna" + "@" + "gemeente.example"


def try_to_send(settings: Settings, folder: Path | None) -> Sending:
    settings.EMAIL_BACKEND = "noaber.mail.folder.FolderBackend"
    settings.MAIL_FOLDER = folder
    letter = actions.letter("noaber.mail", "proefbericht")
    number = actions.send(letter, Recipient(ANNA), {}, key="proef", at=AT)
    assert Worker([delivering.HANDLER], now=lambda: AT).once()
    found = queries.find(number)
    assert found is not None
    return found


@pytest.mark.django_db
def test_mail_is_written_to_the_folder_and_the_log_says_where_and_not_to_whom(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert try_to_send(settings, tmp_path / "mail").status == Status.SENT
    (file,) = (tmp_path / "mail").iterdir()
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert message["To"] == ANNA
    assert str(file) in caplog.text
    assert ANNA not in caplog.text
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.django_db
def test_where_others_can_reach_us_mail_waits_for_a_server(settings: Settings) -> None:
    found = try_to_send(settings, None)
    assert (found.status, found.reason) == (
        Status.WAITING,
        "Er is geen mailserver ingesteld (NOABER_SMTP).",
    )


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({}, "FolderBackend True"),
        ({"NOABER_HOSTS": "localhost,noaber.example"}, "FolderBackend False"),
        ({"NOABER_SMTP": "smtp://relay"}, "EmailBackend False"),
    ],
)
def test_only_a_machine_for_itself_writes_mail_to_a_folder(
    tmp_path: Path, environment: dict[str, str], shown: str
) -> None:
    program = (
        "from noaber.config import settings as s; "
        "print(s.EMAIL_BACKEND.split('.')[-1], s.MAIL_FOLDER is not None)"
    )
    assert start(program, NOABER_VAR=str(tmp_path), **environment).stdout == f"{shown}\n"
