"""Whatever writers, boards and the treasurer do, in any order, the register does as on paper."""

import pytest

from tests import decisions_bugs, decisions_machine


@pytest.mark.django_db
def test_no_order_of_proposals_decisions_and_payments_breaks_a_promise() -> None:
    assert decisions_machine.explore() >= decisions_machine.STEPS // 2


@pytest.mark.django_db
def test_the_machine_finds_a_bug_that_was_planted() -> None:
    """All of them take too long for every change: `script/soak decisions` plants them."""
    assert decisions_bugs.found_after("looking at a decision takes it", 200) is not None
