"""What held on a date, as known at a revision, for who may read it."""

from datetime import UTC, date, datetime

import pytest

from noaber.access.rules import OFFICE, PUBLIC, Actor, Audience
from noaber.core.dates import PartialDate
from noaber.deals.models import AllocationVersion, Deal, ThemeVersion
from noaber.record.actions import put, retract, revision
from noaber.record.models import Version
from noaber.record.queries import latest
from noaber.record.rules import Evidence, Moment, Readers

pytestmark = pytest.mark.django_db

BAS = Actor("bas")
AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
JANUARY, JUNE, DECEMBER = date(2020, 1, 1), date(2020, 6, 1), date(2020, 12, 1)
NEXT_YEAR = date(2021, 1, 1)


@pytest.fixture
def deal() -> Deal:
    with revision(by=BAS, at=AT, action="note", subject="deal:d") as r:
        return Deal.objects.create(code="d", revision_id=r.number)


def name_theme(
    deal: Deal,
    name: str,
    since: date = JANUARY,
    until: date | None = None,
    *,
    readers: str = "public",
    source: str = "",
) -> int:
    """Record the name of a theme, a fact with one start; gives the revision."""
    with revision(by=BAS, at=AT, action="note", subject="deal:d") as r:
        put(
            ThemeVersion,
            key={"deal": deal, "code": "theme"},
            values={"name": name, "position": 1, "pillar": None},
            since=since,
            until=until,
            evidence=Evidence(source=source, origin=f"cell of {r.number}"),
            readers=readers,
            stamp=r,
        )
    return r.number


def allocate(deal: Deal, amount: int, since: date, readers: str = "public") -> int:
    """Record a share from a date on, a fact with several starts; gives the revision."""
    with revision(by=BAS, at=AT, action="note", subject="deal:d") as r:
        put(
            AllocationVersion,
            key={"deal": deal, "code": "line"},
            values={"amount": amount, "effective": PartialDate(2020)},
            since=since,
            evidence=Evidence(),
            readers=readers,
            stamp=r,
        )
    return r.number


def held(
    model: type[Version], column: str, on: date, known: int | None = None, to: Readers = PUBLIC
) -> list[object]:
    moment = Moment(on, latest() if known is None else known)
    return list(model.objects.at(moment, to).values_list(column, flat=True))


def named(on: date, known: int | None = None, to: Readers = PUBLIC) -> list[object]:
    return held(ThemeVersion, "name", on, known, to)


def allocated(on: date, known: int | None = None, to: Readers = PUBLIC) -> list[object]:
    return held(AllocationVersion, "amount", on, known, to)


def test_a_fact_holds_from_its_start_and_not_before(deal: Deal) -> None:
    name_theme(deal, "werken", JUNE)
    assert named(date(2020, 5, 31)) == []
    assert named(JUNE) == ["werken"]


def test_a_fact_is_not_known_before_it_was_recorded(deal: Deal) -> None:
    recorded = name_theme(deal, "werken")
    assert named(JUNE, recorded - 1) == []
    assert named(JUNE, recorded) == ["werken"]
    assert named(JUNE, 0) == []


def test_a_correction_keeps_the_start_and_changes_only_what_is_known_later(deal: Deal) -> None:
    first = name_theme(deal, "verken")
    second = name_theme(deal, "werken")
    assert named(JANUARY, first) == ["verken"]
    assert named(JANUARY, second) == ["werken"]


def test_a_corrected_start_moves_the_fact(deal: Deal) -> None:
    first = name_theme(deal, "werken", JANUARY)
    second = name_theme(deal, "werken", JUNE)
    assert named(JANUARY, first) == ["werken"]
    assert named(JANUARY, second) == []
    assert named(JUNE, second) == ["werken"]


def test_a_start_corrected_to_earlier_holds_earlier_and_once(deal: Deal) -> None:
    first = name_theme(deal, "werken", JUNE)
    second = name_theme(deal, "werken", JANUARY)
    assert (named(JANUARY, first), named(JANUARY, second)) == ([], ["werken"])
    assert named(JUNE, second) == ["werken"]


def test_a_start_corrected_there_and_back_is_what_it_was(deal: Deal) -> None:
    name_theme(deal, "werken", JANUARY)
    moved = name_theme(deal, "werken", JUNE)
    name_theme(deal, "werken", JANUARY)
    assert named(JANUARY) == ["werken"]
    assert named(JUNE) == ["werken"]
    assert named(JANUARY, moved) == []


def test_of_several_starts_the_latest_that_has_come_holds(deal: Deal) -> None:
    allocate(deal, 100, JANUARY)
    allocate(deal, 200, JUNE)
    assert [allocated(on) for on in (JANUARY, JUNE, DECEMBER)] == [[100], [200], [200]]


def test_a_late_correction_of_the_first_start_leaves_the_second_alone(deal: Deal) -> None:
    allocate(deal, 100, JANUARY)
    before = allocate(deal, 200, JUNE)
    after = allocate(deal, 150, JANUARY)
    assert (allocated(JANUARY, before), allocated(JANUARY, after)) == ([100], [150])
    assert (allocated(JUNE, before), allocated(JUNE, after)) == ([200], [200])


def test_a_start_recorded_later_for_an_earlier_date_holds_until_the_next(deal: Deal) -> None:
    allocate(deal, 200, JUNE)
    allocate(deal, 100, JANUARY)
    assert [allocated(on) for on in (JANUARY, JUNE)] == [[100], [200]]


def test_a_fact_with_an_end_holds_up_to_and_not_on_it(deal: Deal) -> None:
    open_end = name_theme(deal, "werken", JANUARY)
    name_theme(deal, "werken", JANUARY, until=JUNE)
    assert named(date(2020, 5, 31)) == ["werken"]
    assert named(JUNE) == []
    assert named(DECEMBER, open_end) == ["werken"]


def test_a_fact_taken_back_never_held_as_known_from_then_on(deal: Deal) -> None:
    known = name_theme(deal, "werken")
    with revision(by=BAS, at=AT, action="note", subject="deal:d") as r:
        assert retract(ThemeVersion, key={"deal": deal, "code": "theme"}, stamp=r)
        assert not retract(ThemeVersion, key={"deal": deal, "code": "theme"}, stamp=r)
    assert (named(JUNE, known), named(JUNE)) == (["werken"], [])
    name_theme(deal, "werken")
    assert named(JUNE) == ["werken"]


def test_every_start_of_a_fact_is_taken_back_together(deal: Deal) -> None:
    allocate(deal, 100, JANUARY)
    allocate(deal, 200, JUNE)
    with revision(by=BAS, at=AT, action="note", subject="deal:d") as r:
        retract(AllocationVersion, key={"deal": deal, "code": "line"}, stamp=r)
    assert [allocated(on) for on in (JANUARY, JUNE)] == [[], []]


def test_of_all_dates_every_start_is_given_once(deal: Deal) -> None:
    allocate(deal, 100, JANUARY)
    allocate(deal, 200, JUNE)
    known = allocate(deal, 150, JANUARY)
    rows = AllocationVersion.objects.at(Moment.ever(known), PUBLIC).order_by("valid_from")
    assert [(row.valid_from, row.amount) for row in rows] == [(JANUARY, 150), (JUNE, 200)]
    rows = AllocationVersion.objects.at(Moment.ever(known - 1), PUBLIC).order_by("valid_from")
    assert [row.amount for row in rows] == [100, 200]


def test_what_may_not_be_seen_is_not_read(deal: Deal) -> None:
    name_theme(deal, "geheim", readers="office")
    assert named(JUNE) == []
    assert named(JUNE, to=OFFICE) == ["geheim"]
    assert named(JUNE, to=Audience(frozenset())) == []
    ever = Moment.ever(latest())
    assert not ThemeVersion.objects.at(ever, PUBLIC).exists()


def test_a_hidden_correction_does_not_reveal_what_it_corrected(deal: Deal) -> None:
    public = name_theme(deal, "openbaar")
    name_theme(deal, "geheim", readers="office")
    assert (named(JUNE, public), named(JUNE)) == (["openbaar"], [])
    assert named(JUNE, to=OFFICE) == ["geheim"]


def test_a_hidden_later_start_does_not_prolong_the_public_one(deal: Deal) -> None:
    allocate(deal, 100, JANUARY)
    allocate(deal, 200, JUNE, readers="office")
    assert (allocated(JANUARY), allocated(JUNE)) == ([100], [])
    assert allocated(JUNE, to=OFFICE) == [200]


def test_saying_the_same_again_records_nothing(deal: Deal) -> None:
    name_theme(deal, "werken")
    rows = ThemeVersion.objects.count()
    name_theme(deal, "werken")
    assert ThemeVersion.objects.count() == rows
    allocate(deal, 100, JANUARY)
    allocate(deal, 200, JUNE)
    allocate(deal, 100, JANUARY)
    assert AllocationVersion.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [{"until": DECEMBER}, {"readers": "office"}, {"source": "programme-6"}, {"name": "wonen"}],
)
def test_another_end_reader_source_or_value_is_a_new_version(
    deal: Deal, change: dict[str, object]
) -> None:
    name_theme(deal, "werken")
    name_theme(deal, **{"name": "werken", **change})  # type: ignore[arg-type]
    assert ThemeVersion.objects.count() == 2


def test_a_version_knows_its_evidence(deal: Deal) -> None:
    number = name_theme(deal, "werken", source="programme-6")
    row = ThemeVersion.objects.at(Moment(JUNE, number), PUBLIC).get()
    assert row.evidence == Evidence("programme-6", "", f"cell of {number}", number)


def test_facts_with_other_keys_do_not_touch_each_other(deal: Deal) -> None:
    with revision(by=BAS, at=AT, action="note", subject="deal:d") as r:
        for code in ("a", "b"):
            put(
                ThemeVersion,
                key={"deal": deal, "code": code},
                values={"name": code, "position": 1, "pillar": None},
                since=JANUARY,
                evidence=Evidence(),
                stamp=r,
            )
        retract(ThemeVersion, key={"deal": deal, "code": "a"}, stamp=r)
    assert named(JUNE) == ["b"]


def test_the_year_after_knows_what_the_year_before_did_not(deal: Deal) -> None:
    before = name_theme(deal, "werken", JANUARY, until=NEXT_YEAR)
    after = name_theme(deal, "werken", JANUARY)
    assert (named(NEXT_YEAR, before), named(NEXT_YEAR, after)) == ([], ["werken"])
