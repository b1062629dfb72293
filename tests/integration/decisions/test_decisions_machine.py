"""Whatever writers, boards and the treasurer do, in any order, the register does as on paper."""

import pytest

from tests import decisions_machine


@pytest.mark.django_db
def test_no_order_of_proposals_decisions_and_payments_breaks_a_promise() -> None:
    assert decisions_machine.explore() >= decisions_machine.STEPS // 2
