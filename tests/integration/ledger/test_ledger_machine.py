"""Whatever the programme office does, in any order, the ledger keeps its promises."""

import pytest

from tests import ledger_machine


@pytest.mark.django_db
def test_no_order_of_decisions_breaks_the_ledger() -> None:
    assert ledger_machine.explore() >= ledger_machine.STEPS // 2
