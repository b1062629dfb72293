"""The made ledger is a sound register: what is measured on it is what a real one would do."""

from collections import Counter

import pytest

from benchmarks.made_ledger import fill
from noaber.ledger.models import Transfer
from noaber.ledger.queries import check_ledger, current_totals, flows
from noaber.ledger.rules import totals
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Moment

pytestmark = pytest.mark.django_db

SUM_OF_SEED_ONE = 47_020_281_82


def test_a_made_ledger_has_a_whole_chain_and_a_right_summary() -> None:
    fill(deals=2, transfers=600, revisions=3)
    assert Transfer.objects.count() == 600
    assert check_chain() == ()
    assert [f for f in check_ledger() if f.rule == "K-10"] == []


def test_the_same_seed_makes_the_same_transfers() -> None:
    codes = fill(deals=2, transfers=200, revisions=2)
    per_deal = Counter(Transfer.objects.values_list("deal__code", flat=True))
    assert set(per_deal) == set(codes)
    assert sum(Transfer.objects.values_list("amount", flat=True)) == SUM_OF_SEED_ONE


def test_the_summary_says_what_the_transfers_come_to() -> None:
    codes = fill(deals=2, transfers=600, revisions=3)
    summary = current_totals(codes)
    ever = Moment.ever(latest())
    for code in codes:
        assert tuple(sorted(summary[code])) == totals(flows(code, ever))
