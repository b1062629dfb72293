"""What a person may do follows from their roles, each for a deal, an organisation or a pillar."""

from datetime import date

import pytest

from noaber.access.roles import permissions, roles
from noaber.access.rules import (
    Actor,
    Assignment,
    Grant,
    Target,
    check_assignment,
    may,
    may_somewhere,
    must_use_second_factor,
)
from noaber.core.finding import Refused

DEAL, OTHER = "noordenveld", "zuidenveld"
OWN = Target(DEAL, "GM1", "werken")
OF_ANOTHER = Target(DEAL, "GM2", "wonen")


def holding(role: str, deal: str = DEAL, organisation: str = "", pillar: str = "") -> Actor:
    return Actor("p1", "Bas", (Grant(roles()[role], deal, organisation, pillar),))


ANNA = holding("programme_office")
BAS = holding("lead_partner", organisation="GM1")
DIRECTOR = holding("pillar_director", pillar="werken")
NOBODY = Actor("p9", "Chris")


def test_the_office_may_edit_every_project_of_its_deal_and_none_of_another() -> None:
    assert may(ANNA, "project.edit", OWN)
    assert may(ANNA, "project.edit", OF_ANOTHER)
    assert not may(ANNA, "project.edit", Target(OTHER, "GM1", "werken"))


def test_a_lead_partner_writes_of_the_projects_it_leads_only() -> None:
    assert may(BAS, "text.edit", OWN)
    assert not may(BAS, "text.edit", OF_ANOTHER)
    assert not may(BAS, "money.edit", OWN)


def test_a_lead_partner_without_organisation_owns_nothing() -> None:
    assert not may(holding("lead_partner"), "text.edit", Target(DEAL))


def test_a_pillar_director_edits_projects_of_one_pillar() -> None:
    assert may(DIRECTOR, "project.edit", OWN)
    assert not may(DIRECTOR, "project.edit", OF_ANOTHER)
    assert may(DIRECTOR, "register.read", OF_ANOTHER)


def test_a_role_for_every_deal_holds_in_each() -> None:
    auditor = holding("auditor", deal="")
    assert may(auditor, "history.read", Target(DEAL))
    assert may(auditor, "history.read", Target(OTHER))
    assert not may(auditor, "text.edit", Target(DEAL))


def test_who_may_something_somewhere_is_shown_the_way_there() -> None:
    assert may_somewhere(BAS, "text.edit", DEAL)
    assert not may_somewhere(BAS, "text.edit", OTHER)


def test_nobody_may_anything() -> None:
    assert not any(may(NOBODY, code, OWN) for code in permissions())


def test_whoever_changes_or_reads_what_is_confidential_needs_a_second_step() -> None:
    changing = {code for code in roles() if must_use_second_factor(holding(code), permissions())}
    assert changing == set(roles()) - {"steering_group"}


def test_a_role_with_all_it_needs_is_accepted() -> None:
    for role in roles().values():
        given = Assignment("", "p1", role.code, DEAL, "GM1", "werken", since=date(2022, 1, 1))
        check_assignment(given, roles())


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        (Assignment("", "p1", "burgemeester", DEAL), "T-01"),
        (Assignment("", "p1", "programme_office"), "T-02"),
        (Assignment("", "p1", "lead_partner", DEAL), "T-03"),
        (Assignment("", "p1", "pillar_director", DEAL), "T-04"),
        (
            Assignment("", "p1", "auditor", since=date(2022, 1, 2), until=date(2022, 1, 2)),
            "T-05",
        ),
        (Assignment("", "p1", "auditor", replaces="p1"), "T-06"),
    ],
)
def test_an_incomplete_role_is_refused_with_its_reason(wanted: Assignment, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        check_assignment(wanted, roles())
    assert [f.rule for f in refused.value.findings] == [rule]


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = Assignment("", "p1", "lead_partner", until=date.min, replaces="p1")
    with pytest.raises(Refused) as refused:
        check_assignment(wrong, roles())
    assert {f.rule for f in refused.value.findings} == {"T-02", "T-03", "T-05", "T-06"}


def test_a_role_is_held_from_its_first_day_until_the_day_before_its_end() -> None:
    held = Assignment("r", "p1", "auditor", since=date(2022, 1, 1), until=date(2022, 3, 1))
    assert [
        held.holds(d)
        for d in (date(2021, 12, 31), date(2022, 1, 1), date(2022, 2, 28), date(2022, 3, 1))
    ] == [
        False,
        True,
        True,
        False,
    ]
