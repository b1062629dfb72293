"""Mail goes to a real server, and every answer of it is understood."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import Settings

from noaber.config.smtp import smtp
from noaber.jobs import actions as jobs
from noaber.jobs import queries as job_queries
from noaber.jobs.actions import NoTransaction
from noaber.jobs.rules import State
from noaber.jobs.working import Handler, Worker
from noaber.mail import actions, delivering, queries
from noaber.mail.models import Message
from noaber.mail.rules import Recipient, Sending, Status
from tests.factories.mail_server import HANG_UP, MailServer, free_port, mail_server

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
ANNA = "anna" + "@" + "gemeente.example"
SECRET = "https://noaber.example/uitnodiging/geheim"
LETTER = actions.letter("noaber.mail", "proefbericht")
TO = Recipient(ANNA, "person-1")

pytestmark = pytest.mark.usefixtures("real_database")


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as made:
        use(settings, made.url)
        yield made


def use(settings: Settings, url: str) -> None:
    for name, value in {**smtp(url), "EMAIL_TIMEOUT": 1}.items():
        setattr(settings, name, value)


def send(key: str = "proef:1", *, until: datetime | None = None) -> int:
    with transaction.atomic():
        return actions.send(LETTER, TO, {"site": SECRET}, key=key, until=until, at=AT)


def work(at: datetime = AT) -> bool:
    return Worker([delivering.HANDLER], now=lambda: at).once()


def sent(number: int) -> Sending:
    found = queries.find(number)
    assert found is not None
    return found


def after_one_try() -> Sending:
    number = send()
    assert work()
    return sent(number)


def test_a_message_arrives_as_written_and_its_text_is_wiped(server: MailServer) -> None:
    found = after_one_try()
    assert (found.status, found.address, found.reason) == (Status.SENT, ANNA, "")
    (message,) = server.messages
    assert server.recipients == [ANNA]
    assert message["To"] == ANNA
    assert message["Subject"] == LETTER.subject
    assert message["Auto-Submitted"] == "auto-generated"
    assert SECRET in message.get_content()
    row = Message.objects.get()
    assert (row.text, row.subject) == ("", "")
    assert message["Message-ID"] == row.message_id


def test_the_same_key_is_sent_once(server: MailServer) -> None:
    assert send() == send()
    assert (work(), work()) == (True, False)
    send()
    assert not work()
    assert len(server.taken) == 1


def test_a_message_without_its_cause_is_not_sent(server: MailServer) -> None:
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert not work()
    assert Message.objects.count() == 0
    with pytest.raises(NoTransaction):
        actions.send(LETTER, TO, {}, key="x", at=AT)


@pytest.mark.parametrize(
    ("where", "answer", "told"),
    [
        (
            "recipient",
            "550 5.1.1 <{a}> is unknown",
            (Status.FAILED, "weigert dit adres (550 5.1.1)"),
        ),
        (
            "recipient",
            "451 4.7.1 {a} greylisted",
            (Status.WAITING, "voorlopig dit adres (451 4.7.1)"),
        ),
        ("sender", "553 5.7.1 no {a}", (Status.FAILED, "weigert de afzender (553 5.7.1)")),
        ("content", "554 5.6.0 spam from {a}", (Status.FAILED, "weigert het bericht (554 5.6.0)")),
        ("content", "452 4.3.1 full", (Status.WAITING, "voorlopig het bericht (452 4.3.1)")),
        ("recipient", HANG_UP, (Status.WAITING, "brak de verbinding af")),
        ("content", HANG_UP, (Status.WAITING, "brak de verbinding af")),
    ],
)
def test_a_refusal_for_good_gives_up_and_any_other_is_tried_later(
    server: MailServer,
    caplog: pytest.LogCaptureFixture,
    where: str,
    answer: str,
    told: tuple[Status, str],
) -> None:
    status, reason = told
    setattr(server, where, answer.format(a=ANNA))
    found = after_one_try()
    assert found.status == status
    assert reason in found.reason
    assert ANNA not in found.reason
    assert reason in caplog.text
    assert ANNA not in caplog.text
    assert server.taken == []
    # The text is still there to be sent when the server has changed its mind.
    setattr(server, where, "250 OK")
    if status == Status.FAILED:
        jobs.restart(found.number, at=AT)
    assert work(AT + timedelta(hours=1))
    assert sent(found.number).status == Status.SENT
    assert len(server.taken) == 1


def test_a_server_that_is_not_there_is_tried_later(settings: Settings) -> None:
    use(settings, f"smtp://127.0.0.1:{free_port()}")
    found = after_one_try()
    assert (found.status, found.reason) == (Status.WAITING, "De mailserver is niet te bereiken.")


def test_a_server_without_the_encryption_we_ask_for_gets_nothing(
    server: MailServer, settings: Settings
) -> None:
    settings.EMAIL_USE_TLS = True
    found = after_one_try()
    assert (found.status, server.taken) == (Status.WAITING, [])
    assert "kan niet wat nodig is" in found.reason


def test_a_server_that_does_not_know_us_is_tried_later(
    server: MailServer, settings: Settings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "noaber", "wrong"
    assert after_one_try().status == Status.WAITING
    assert server.taken == []


def test_a_slow_server_is_waited_for_and_gets_it_once(
    server: MailServer, settings: Settings
) -> None:
    settings.EMAIL_TIMEOUT = 10
    server.pause = 1.5
    number = send()
    short = replace(delivering.POLICY, lease=timedelta(seconds=0.6))
    slow = Worker([Handler("mail", delivering.deliver, short)], now=lambda: datetime.now(UTC))
    assert slow.once()
    assert sent(number).status == Status.SENT
    assert len(server.taken) == 1


def test_a_server_that_is_too_slow_is_tried_later(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    server.pause = 1
    found = after_one_try()
    assert found.status == Status.WAITING
    assert "niet op tijd" in found.reason


def test_an_acceptance_that_we_never_hear_of_brings_the_very_same_message_again(
    server: MailServer,
) -> None:
    server.after = HANG_UP
    found = after_one_try()
    assert found.status == Status.WAITING
    server.after = "250 OK"
    assert work(AT + timedelta(hours=1))
    first, second = server.taken
    assert first == second
    assert sent(found.number).status == Status.SENT


def test_a_message_that_is_too_late_is_not_sent(server: MailServer) -> None:
    number = send(until=AT + timedelta(hours=1))
    assert work(AT + timedelta(hours=2))
    assert (sent(number).status, server.taken) == (Status.FAILED, [])
    assert "Te laat" in sent(number).reason
    actions.clean_up(at=AT + timedelta(hours=2))
    assert Message.objects.get().text == ""


def test_a_withdrawn_message_is_not_sent_and_says_nothing_any_more(server: MailServer) -> None:
    number = send()
    assert actions.withdraw("proef:1", at=AT)
    assert not actions.withdraw("proef:1", at=AT)
    assert not work()
    assert (sent(number).status, server.taken) == (Status.WITHDRAWN, [])
    assert Message.objects.get().text == ""


def test_who_is_forgotten_is_written_to_no_more_and_stands_nowhere(server: MailServer) -> None:
    send("proef:1")
    assert work()
    send("proef:2")
    assert actions.forget("person-1", at=AT) == 2
    assert not work()
    assert len(server.taken) == 1
    for row in Message.objects.all():
        assert (row.address, row.text, row.subject, row.person) == ("", "", "", "")
    assert job_queries.counts()[State.DROPPED] == 1


def test_what_was_erased_after_it_was_given_up_cannot_be_sent_again(server: MailServer) -> None:
    server.recipient = "550 no"
    number = after_one_try().number
    actions.forget("person-1", at=AT)
    server.recipient = "250 OK"
    jobs.restart(number, at=AT)
    assert work()
    assert "gewist" in sent(number).reason
    assert server.taken == []


def test_addresses_and_texts_are_wiped_in_time_and_keys_are_not(server: MailServer) -> None:
    first = send("proef:1")
    assert work()
    server.recipient = "550 no"
    send("proef:2")
    assert work()

    def left() -> list[tuple[bool, bool]]:
        rows = Message.objects.order_by("job_id")
        return [(bool(row.address), bool(row.text)) for row in rows]

    assert left() == [(True, False), (True, True)]
    actions.clean_up(at=AT + timedelta(days=6))
    assert left() == [(True, False), (True, True)]
    actions.clean_up(at=AT + timedelta(days=8))
    assert left() == [(True, False), (True, False)]
    actions.clean_up(at=AT + timedelta(days=31))
    jobs.clean_up(before=AT + timedelta(days=31))
    assert left() == [(False, False), (False, False)]
    assert send("proef:1") == first
    assert not work(AT + timedelta(days=31))
