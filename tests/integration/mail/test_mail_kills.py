"""Workers that send mail are killed at any moment: no message is lost."""

import pytest

from tests.databases import RealDatabase
from tests.factories.mail_server import mail_server
from tests.integration.mail.kills import send_off

KILLS = 20


def test_twenty_kills_lose_no_message_and_a_second_copy_is_the_same(
    real_database: RealDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server() as server:
        # Long enough for kills to fall between the server's having it and our knowing.
        server.pause = 0.02
        monkeypatch.setenv("NOABER_SMTP", server.url)
        received = send_off(server, messages=150, kills=KILLS)
    assert (received.lost, received.different, received.texts_left) == (set(), 0, 0)
    # SMTP promises no more than this: at most one for each time that we were killed.
    assert received.again <= KILLS
