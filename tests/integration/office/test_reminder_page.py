"""People choose what they are reminded of."""

from datetime import date
from typing import Any

from noaber.access.models import User
from noaber.mail.models import Message
from noaber.monitor.tasks import Topic
from noaber.reminders import queries
from tests.integration.office.conftest import SignIn

PAGE = "/kantoor/herinneringen/"


def test_everything_is_on_until_somebody_chooses_and_the_choice_is_kept(sign_in: SignIn) -> None:
    client = sign_in("lead_partner", organisation="GM0109")
    page: Any = client.get(PAGE)
    assert page.content.decode().count("checked") == len(Topic)
    answer = client.post(PAGE, {"onderwerp": ["progress", "role"]}, follow=True)
    shown = answer.content.decode()
    assert "Uw keuze is bewaard." in shown
    assert shown.count("checked") == 2
    code = User.objects.get().code
    assert queries.switched_off(code) == set(Topic) - {Topic.PROGRESS, Topic.ROLE}


def test_one_persons_choice_is_nobody_elses(sign_in: SignIn) -> None:
    anna = sign_in("programme_office")
    bas = sign_in("lead_partner", organisation="GM0109")
    bas.post(PAGE, {})
    assert anna.get(PAGE).content.decode().count("checked") == len(Topic)
    assert bas.get(PAGE).content.decode().count("checked") == 0


def test_what_somebody_was_reminded_of_is_shown(sign_in: SignIn) -> None:
    from django.db import transaction

    from noaber.access import queries as people
    from noaber.reminders import actions
    from noaber.reminders.rules import Due
    from tests.integration.office.conftest import AT, DEAL

    client = sign_in("lead_partner", organisation="GM0109")
    (person,) = people.people()
    found = Due(DEAL, "Drenthe", date(2022, 2, 1), Topic.ROLE, "r1", late=False)
    with transaction.atomic():
        assert actions.remind(person, [found], today=AT.date(), at=AT) == 1
    assert Message.objects.count() == 1
    assert "Een rol loopt af, 1 februari 2022" in client.get(PAGE).content.decode()
