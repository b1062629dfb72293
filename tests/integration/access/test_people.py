"""People are let in, given roles for a time, and can be erased without breaking the record."""

from datetime import UTC, date, datetime

import pytest

from noaber.access import actions, queries
from noaber.access.models import Assignment as AssignmentRow
from noaber.access.rules import Actor, Assignment, Target, may
from noaber.core.finding import Refused
from noaber.record.actions import revision
from noaber.record.queries import check_chain, events

pytestmark = pytest.mark.django_db
ANNA = Actor("anna", "Anna")
AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
TODAY = date(2022, 1, 12)
DEAL = "noordenveld"


def invited(email: str = "bas@noordwolde.example", name: str = "Bas Voorbeeld") -> str:
    return actions.invite(email=email, name=name, by=ANNA, at=AT)


def given(person: str, **changes: object) -> Assignment:
    usual = {"role": "lead_partner", "deal": DEAL, "organisation": "GM1", "since": TODAY}
    return Assignment("", person, **(usual | changes))  # type: ignore[arg-type]


def test_an_invited_person_cannot_sign_in_yet_and_holds_nothing() -> None:
    code = invited()
    found = queries.person(code)
    assert found is not None
    assert found.name == "Bas Voorbeeld"
    assert queries.actor(code, found.name, TODAY).grants == ()


def test_an_address_is_of_one_person_however_it_is_written() -> None:
    invited()
    with pytest.raises(Refused) as refused:
        invited(email=" BAS@noordwolde.example ", name=" ")
    assert [f.rule for f in refused.value.findings] == ["T-10", "T-11"]
    assert len(queries.people()) == 1


def test_a_role_holds_in_its_period_and_ends() -> None:
    code = invited()
    role = actions.assign(given(code), by=ANNA, at=AT)
    project = Target(DEAL, "GM1")
    assert may(queries.actor(code, "", TODAY), "text.edit", project)
    assert not may(queries.actor(code, "", date(2022, 1, 11)), "text.edit", project)
    actions.end_assignment(role, until=date(2022, 3, 1), by=ANNA, at=AT)
    assert may(queries.actor(code, "", date(2022, 2, 28)), "text.edit", project)
    assert not may(queries.actor(code, "", date(2022, 3, 1)), "text.edit", project)
    assert [a.until for a in queries.history_of_assignments()] == [date(2022, 3, 1)]


def test_a_replacement_says_whom_it_replaces() -> None:
    merel, alma = invited("merel@x.example", "Merel"), invited("alma@x.example", "Alma")
    actions.assign(
        given(
            alma, role="programme_office", organisation="", replaces=merel, until=date(2022, 6, 1)
        ),
        by=ANNA,
        at=AT,
    )
    (held,) = queries.assignments(TODAY, deal=DEAL)
    assert (held.person, held.replaces) == (alma, merel)
    assert queries.assignments(TODAY, deal="zuidenveld") == ()


def test_a_wrong_role_is_refused_and_nothing_is_recorded() -> None:
    before = len(events())
    with pytest.raises(Refused):
        actions.assign(given("p1", organisation=""), by=ANNA, at=AT)
    with pytest.raises(AssignmentRow.DoesNotExist):
        actions.end_assignment("r0", until=TODAY, by=ANNA, at=AT)
    assert len(events()) == before


def test_who_is_erased_leaves_what_they_did_and_no_name() -> None:
    code = invited()
    actions.assign(given(code), by=ANNA, at=AT)
    with revision(by=Actor(code, "Bas Voorbeeld"), at=AT, action="note", subject="deal:x"):
        pass
    actions.set_active(code, active=False, by=ANNA, at=AT)
    assert not next(iter(queries.people())).active
    assert actions.erase_person(code, by=ANNA, at=AT) == 1
    assert queries.person(code) is None
    assert queries.names([code]) == {}
    assert [e.author for e in events() if e.action == "note"] == [code]
    assert "Bas" not in str(events())
    assert check_chain() == ()
