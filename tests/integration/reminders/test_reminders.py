"""People are reminded by mail: one letter each, each thing once, and not of what they switched off."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from noaber.access import actions as access
from noaber.access import queries as people
from noaber.access.models import User
from noaber.access.rules import Actor, Assignment
from noaber.cli.working import handlers
from noaber.jobs import queries as jobs
from noaber.jobs.rules import State
from noaber.jobs.working import Worker
from noaber.mail.rules import one_line
from noaber.monitor.tasks import Topic
from noaber.operation import erasing
from noaber.record.queries import check_chain
from noaber.reminders import actions, queries
from noaber.reminders.later import remind_on
from tests.databases import RealDatabase
from tests.factories.mail_server import MailServer, mail_server
from tests.integration.office.conftest import DEAL, admitted

MORNING = datetime(2022, 1, 12, 7, 0, tzinfo=UTC)
TODAY = MORNING.date()

Morning = Callable[[int], None]


@pytest.fixture
def server(
    reference_register: RealDatabase, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MailServer]:
    with mail_server() as made:
        host, _, port = made.url.removeprefix("smtp://").partition(":")
        monkeypatch.setattr("django.conf.settings.EMAIL_HOST", host)
        monkeypatch.setattr("django.conf.settings.EMAIL_PORT", int(port))
        monkeypatch.setattr(
            "django.conf.settings.EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"
        )
        yield made


def signed_in_before(role: str, **given: str) -> User:
    user = admitted(role, **given)
    User.objects.filter(pk=user.pk).update(last_login=MORNING - timedelta(days=9))
    return user


def morning(days: int = 0) -> None:
    """What a worker does on a morning, so many days later."""
    at = MORNING + timedelta(days=days)
    with transaction.atomic():
        remind_on(at.date(), not_before=at, at=at)
    worker = Worker(handlers(), now=lambda: at)
    while worker.once():
        pass


def told(server: MailServer) -> list[tuple[str, str]]:
    return [(str(m["To"]), m.get_content()) for m in server.messages]


def give_until(user: User, until: date) -> None:
    """A second role, that ends."""
    wanted = Assignment("", "", "treasurer", DEAL, since=date(2020, 1, 1), until=until)
    access.admit(wanted, email=user.email, name=user.name, by=Actor("set-up"), at=MORNING)


def test_each_gets_one_letter_about_all_that_waits_and_the_next_day_none(
    server: MailServer,
) -> None:
    office = signed_in_before("programme_office")
    lead = signed_in_before("lead_partner", organisation="GM0109")
    signed_in_before("board_member")
    give_until(lead, TODAY + timedelta(days=20))
    morning()
    letters = dict(told(server))
    assert set(letters) == {office.email, lead.email}
    assert len(server.messages) == 2
    assert "een rol loopt af, op 1 februari 2022" in letters[office.email]
    assert "voortgang van een project melden, sinds 31 augustus 2021" in letters[lead.email]
    morning(days=1)
    assert len(server.messages) == 2
    assert jobs.counts()[State.FAILED] == 0
    assert check_chain() == ()


def test_the_same_thing_with_another_date_is_told_again(server: MailServer) -> None:
    office = signed_in_before("programme_office")
    actions.choose(office.code, set(Topic) - {Topic.ROLE})
    other = admitted("lead_partner", organisation="GM0109")
    give_until(other, TODAY + timedelta(days=20))
    morning()
    (held,) = [a for a in people.assignments(TODAY, deal=DEAL) if a.role == "treasurer"]
    access.end_assignment(
        held.code, until=TODAY + timedelta(days=25), by=Actor("set-up"), at=MORNING
    )
    morning(days=1)
    assert ["op 1 februari" in text or "op 6 februari" in text for _, text in told(server)] == [
        True,
        True,
    ]


def test_what_somebody_switched_off_is_not_told_and_on_again_it_is(server: MailServer) -> None:
    lead = signed_in_before("lead_partner", organisation="GM0109")
    actions.choose(lead.code, [Topic.PROGRESS])
    morning()
    assert told(server) == []
    actions.choose(lead.code, [])
    morning(days=1)
    assert [to for to, _ in told(server)] == [lead.email]


def test_who_is_blocked_never_signed_in_or_holds_no_role_gets_nothing(server: MailServer) -> None:
    admitted("programme_office")
    blocked = signed_in_before("lead_partner", organisation="GM0109")
    access.set_active(blocked.code, active=False, by=Actor("set-up"), at=MORNING)
    morning()
    assert told(server) == []


def test_a_letter_holds_no_name_of_a_project(server: MailServer) -> None:
    lead = signed_in_before("lead_partner", organisation="GM0109")
    morning()
    ((to, text),) = told(server)
    assert to == lead.email
    names = [
        name for person in queries.colleagues(TODAY) for name in _names_of_projects(person.code)
    ]
    assert names
    assert [name for name in names if name in one_line(text)] == []


def _names_of_projects(code: str) -> list[str]:
    from noaber.access.rules import OFFICE
    from noaber.monitor import queries as monitor

    assert code
    seen = monitor.view(DEAL, monitor.moment(TODAY), OFFICE)
    return [view.project.name for view in seen.projects] if seen else []


def test_of_who_is_erased_nothing_is_left(server: MailServer) -> None:
    lead = signed_in_before("lead_partner", organisation="GM0109")
    actions.choose(lead.code, [Topic.ROLE])
    morning()
    assert queries.sent(lead.code)
    erasing.erase(erasing.find(lead.email), by=Actor("set-up"), at=MORNING)
    assert (queries.sent(lead.code), queries.switched_off(lead.code)) == ((), frozenset())


@pytest.mark.usefixtures("server")
def test_a_worker_enqueues_a_day_once_however_often_it_looks() -> None:
    for _ in range(3):
        with transaction.atomic():
            remind_on(TODAY, not_before=MORNING, at=MORNING)
    assert sum(jobs.counts().values()) == 1
