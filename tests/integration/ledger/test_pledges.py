"""What parties promise follows the contribution and its keys, also when those change."""

from datetime import date
from typing import Any

import pytest

from noaber.access.rules import PUBLIC
from noaber.core.dates import PartialDate
from noaber.deals import queries as deals
from noaber.deals.actions import record_deal, record_party
from noaber.deals.rules import Contribution, ContributionKey, Deal, Party, shares
from noaber.ledger import queries
from noaber.ledger.actions import pledge
from noaber.ledger.rules import Stage
from noaber.organisations.actions import record_organisation
from noaber.organisations.rules import Organisation
from noaber.record.queries import latest
from noaber.record.rules import Evidence, Moment
from tests.factories.people import ANNA, TODAY

pytestmark = pytest.mark.django_db
DEAL = "marke"
START = PartialDate(2023, 1)
TOGETHER = Contribution("samen", "Samen", 100_01, "cash", "proposed", START)


@pytest.fixture(autouse=True)
def deal() -> None:
    who: dict[str, Any] = {"by": ANNA, "at": TODAY}
    given: dict[str, Any] = {"since": date(2023, 1, 31), "evidence": Evidence()}
    for code in ("a", "b", "c"):
        record_organisation(Organisation(code, code, code, "municipality"), **given, **who)
    made = Deal(DEAL, "Marke", "Marke", "", START, PartialDate(2026), "specific_grant", "a", "p", "p", "#000000")  # fmt: skip
    record_deal(made, **given, **who)
    for number, code in enumerate(("a", "b", "c"), 1):
        party = Party(code, number, code, code, "college", "region")
        record_party(party, deal=DEAL, until=None, **given, **who)


def keys(*parties: str) -> list[ContributionKey]:
    return [
        ContributionKey("samen", party, place, 1, "inwoners", PartialDate(2023))
        for place, party in enumerate(parties, 1)
    ]


def promise(contribution: Contribution, *parties: str) -> dict[str, int]:
    pledge(contribution, keys(*parties), deal=DEAL, evidence=Evidence(), by=ANNA, at=TODAY)
    flows = queries.flows(DEAL, Moment.ever(latest()))
    return {f.account.holder: -f.amount for f in flows if f.account.stage == Stage.PLEDGE}


def test_a_contribution_is_divided_exactly_over_its_parties() -> None:
    assert promise(TOGETHER, "a", "b", "c") == {"a": 33_34, "b": 33_34, "c": 33_33}


def test_a_party_that_drops_out_promises_nothing_and_the_rest_shares_again() -> None:
    promise(TOGETHER, "a", "b", "c")
    assert promise(TOGETHER, "a", "b") == {"a": 50_01, "b": 50_00}
    facts = deals.facts(DEAL, Moment.ever(latest()), PUBLIC)
    assert [k.party for k in facts.contribution_keys] == ["a", "b"]


def test_a_contribution_can_become_that_of_one_party() -> None:
    promise(TOGETHER, "a", "b")
    alone = Contribution("samen", "Alleen", 100_01, "cash", "decided", START, party="c")
    assert promise(alone) == {"c": 100_01}
    facts = deals.facts(DEAL, Moment.ever(latest()), PUBLIC)
    assert shares(facts.contributions[0], facts.contribution_keys)[0].party == "c"
