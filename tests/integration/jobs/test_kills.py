"""Workers are killed at any moment and leases lapse: nothing is lost and nothing is done twice."""

from noaber.record.queries import check_chain
from tests.databases import RealDatabase
from tests.integration.jobs.nursery import Manner, count_off

LAPSING = {"lease": 0.05, "slowest": 0.2, "renewed": False}


def test_twenty_kills_lose_no_job_and_do_none_twice(real_database: RealDatabase) -> None:
    seen = count_off(Manner(lease=0.5, slowest=0.1), workers=3, jobs=200, kills=20)
    assert (seen.lost, seen.twice, seen.done) == (set(), set(), 200)
    # Otherwise no kill hit a worker at work, and this showed nothing.
    assert seen.taken_over > 0
    assert check_chain() == ()


def test_four_workers_never_have_the_same_job(real_database: RealDatabase) -> None:
    seen = count_off(Manner(lease=60, slowest=0), workers=4, jobs=200)
    assert (seen.lost, seen.twice, seen.taken_over) == (set(), set(), 0)


def test_a_worker_that_outlives_its_lease_changes_nothing(real_database: RealDatabase) -> None:
    seen = count_off(Manner(**LAPSING), workers=3, jobs=30)  # type: ignore[arg-type]
    assert (seen.lost, seen.twice) == (set(), set())
    assert seen.taken_over > 0


def test_without_the_fence_it_is_done_twice(real_database: RealDatabase) -> None:
    """The control."""
    seen = count_off(Manner(**LAPSING, fenced=False), workers=3, jobs=30)  # type: ignore[arg-type]
    assert seen.twice


def test_a_renewed_lease_outlasts_work_that_is_longer(real_database: RealDatabase) -> None:
    seen = count_off(Manner(lease=0.9, slowest=2), workers=2, jobs=6)
    assert (seen.lost, seen.twice, seen.taken_over) == (set(), set(), 0)
