"""What a person reads follows from their roles and from what is withheld."""

from dataclasses import replace
from datetime import date

from noaber.access.roles import roles
from noaber.access.rules import PUBLIC, Actor, Grant, Withholding, audience
from noaber.core.ref import Ref

DEAL = "noordenveld"
TEXT = Ref("project_text", f"{DEAL}/werken-1/description")
WITHHELD = Withholding(
    "g1", TEXT, Ref("project", "werken-1"), DEAL, "GM1", "bedrijfsgegevens", date(2022, 1, 1)
)


def holding(role: str, organisation: str = "", deal: str = DEAL) -> Actor:
    return Actor("p1", "Bas", (Grant(roles()[role], deal, organisation),))


def test_a_stranger_reads_what_is_public() -> None:
    assert audience(Actor("p9"), DEAL) == PUBLIC


def test_a_role_in_another_deal_reads_no_more_here() -> None:
    assert audience(holding("programme_office", deal="zuidenveld"), DEAL) == PUBLIC


def test_an_organisation_reads_its_own_and_not_that_of_others() -> None:
    assert audience(holding("lead_partner", "GM1"), DEAL).labels == {"public", "own:GM1"}


def test_who_controls_reads_what_is_of_one_organisation_of_all_of_them() -> None:
    assert audience(holding("auditor", deal=""), DEAL).labels == {
        "public", "office", "board", "party", "own:*",
    }  # fmt: skip


def test_what_is_withheld_in_another_deal_is_withheld_here_but_from_who_may_there() -> None:
    elsewhere = replace(WITHHELD, deal="zuidenveld", item=Ref("partner", "zuidenveld/x/GM1"))
    assert elsewhere.item in audience(holding("programme_office"), DEAL, [elsewhere]).withheld
    lead = holding("lead_partner", "GM1")
    assert elsewhere.item in audience(lead, DEAL, [elsewhere]).withheld
    there = Actor("p1", "Bas", (*lead.grants, Grant(roles()["lead_partner"], "zuidenveld", "GM1")))
    assert elsewhere.item not in audience(there, DEAL, [elsewhere]).withheld


def test_a_deal_withholds_nothing_of_another() -> None:
    assert audience(Actor("p9"), DEAL, [replace(WITHHELD, deal="zuidenveld")]) == PUBLIC


def test_the_office_reads_what_is_for_the_office() -> None:
    assert {"public", "office", "board", "party", "own:*"} == audience(
        holding("programme_office"), DEAL
    ).labels


def test_what_is_withheld_is_read_by_who_asked_and_who_controls_only() -> None:
    def hidden(actor: Actor) -> bool:
        return TEXT in audience(actor, DEAL, [WITHHELD]).withheld

    assert hidden(Actor("p9"))
    assert hidden(holding("programme_office"))
    assert hidden(holding("steering_group"))
    assert hidden(holding("lead_partner", "GM2"))
    assert not hidden(holding("lead_partner", "GM1"))
    assert not hidden(holding("auditor", deal=""))


def test_a_legal_duty_to_publish_goes_first() -> None:
    overridden = Withholding(
        "g1",
        TEXT,
        WITHHELD.parent,
        DEAL,
        "GM1",
        "reden",
        date(2022, 1, 1),
        ground="Wet open overheid, artikel 3.3",
    )
    assert WITHHELD.holds(date(2022, 1, 1))
    assert not overridden.holds(date(2022, 1, 1))


def test_withholding_ends_on_its_day() -> None:
    ending = Withholding(
        "g1", TEXT, WITHHELD.parent, DEAL, "GM1", "reden", date(2022, 1, 1), date(2022, 2, 1)
    )
    assert [ending.holds(date(2022, 1, 31)), ending.holds(date(2022, 2, 1))] == [True, False]
