"""Moments, canonical forms and the links of the chain; without a database."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from noaber.record.rules import (
    GENESIS,
    AlreadyRecorded,
    Evidence,
    Moment,
    canonical,
    columns_of,
    link,
    rows_digest,
    sha256,
)


def test_ever_is_a_moment_of_all_dates() -> None:
    assert Moment.ever(7).is_ever
    assert Moment.ever(7).revision == 7
    assert not Moment(date(2021, 12, 31), 7).is_ever


def test_equal_content_has_one_canonical_form_whatever_its_order() -> None:
    assert canonical({"b": 1, "a": [1, None, True]}) == canonical({"a": [1, None, True], "b": 1})
    assert canonical({"a": "é"}) == '{"a":"é"}'


def test_dates_and_bytes_have_a_canonical_form() -> None:
    at = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
    assert canonical([date(2021, 12, 31), at]) == '["2021-12-31","2022-01-12T09:30:00+00:00"]'
    assert canonical(b"abc") == canonical(memoryview(b"abc")) == f'"{sha256("abc")}"'


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        canonical({1, 2})


def test_the_digest_of_rows_does_not_depend_on_their_order_but_on_their_table() -> None:
    first, second = ("a", {"x": 1}), ("b", {"x": 2})
    assert rows_digest([first, second]) == rows_digest([second, first])
    assert rows_digest([first]) != rows_digest([("b", {"x": 1})])
    assert rows_digest([first]) != rows_digest([first, first])
    assert rows_digest([]) != rows_digest([first])


def test_a_link_depends_on_what_came_before_and_on_every_value() -> None:
    entry = {"number": 1, "author": "anna"}
    links = {
        link(GENESIS, entry),
        link("1" * 64, entry),
        link(GENESIS, {**entry, "author": "bas"}),
        link(GENESIS, {"number": 1}),
    }
    assert len(links) == 4


def test_the_columns_of_a_value_are_its_fields_without_evidence() -> None:
    @dataclass(frozen=True)
    class Theme:
        name: str
        evidence: Evidence = field(default=Evidence(), compare=False)

    assert columns_of(Theme("werken", Evidence("source"))) == {"name": "werken"}


def test_what_was_recorded_already_says_where() -> None:
    assert AlreadyRecorded(12).number == 12
    assert "revisie 12" in str(AlreadyRecorded(12))
