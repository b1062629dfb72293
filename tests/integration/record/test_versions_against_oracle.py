"""Random histories of facts: the register's SQL says what a slow and obvious reading says."""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain, count

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from noaber.access.rules import OFFICE, PUBLIC, Actor, Audience
from noaber.core.dates import PartialDate
from noaber.deals.models import AllocationVersion, Deal, SourceVersion
from noaber.record.actions import put, retract, revision
from noaber.record.rules import Evidence, Moment

pytestmark = pytest.mark.django_db

BAS = Actor("bas")
AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
FIRST = date(2020, 1, 1)
DAYS = 8
AUDIENCES = (PUBLIC, OFFICE, Audience(frozenset({"office"})), Audience(frozenset({"party"})))
NUMBERS = count(1)
EXAMPLES = int(os.environ.get("NOABER_EXAMPLES", "60"))


@dataclass(frozen=True)
class Said:
    """Somebody records that a fact has a value; value None takes the fact back."""

    fact: str
    value: int | None
    start: int
    length: int
    readers: str


@dataclass
class Oracle:
    """Per fact its starts, each with what was said of it last: read as a person would."""

    several_starts: bool
    facts: dict[str, dict[int, Said]] = field(default_factory=dict)

    def hear(self, said: Said) -> None:
        starts = self.facts.setdefault(said.fact, {})
        if said.value is None:
            starts.clear()
            return
        if not self.several_starts:
            starts.clear()
        starts[said.start] = said

    def answer(self, day: int, audience: Audience) -> set[tuple[str, int, int]]:
        found = set()
        for fact, starts in self.facts.items():
            covering = [
                s for s in starts.values()
                if s.start <= day and (s.length == 0 or day < s.start + s.length)
            ]  # fmt: skip
            if covering:
                last = max(covering, key=lambda s: s.start)
                if last.readers in audience.labels:
                    found.add((fact, last.value or 0, last.start))
        return found

    def ever(self, audience: Audience) -> set[tuple[str, int, int]]:
        return {
            (fact, said.value or 0, said.start)
            for fact, starts in self.facts.items()
            for said in starts.values()
            if said.readers in audience.labels
        }


said = st.builds(
    Said,
    fact=st.sampled_from("ab"),
    value=st.none() | st.integers(1, 3),
    start=st.integers(0, DAYS - 1),
    length=st.sampled_from([0, 0, 1, 3]),
    readers=st.sampled_from(["public", "public", "office"]),
)
histories = st.lists(st.lists(said, min_size=1, max_size=3), min_size=1, max_size=6)


def record(deal: Deal, events: list[Said], model: type[AllocationVersion | SourceVersion]) -> None:
    with revision(by=BAS, at=AT, action="note", subject="deal:random") as r:
        for event in events:
            key = {"deal": deal, "code": event.fact}
            if event.value is None:
                retract(model, key=key, stamp=r)
                continue
            start = FIRST + timedelta(event.start)
            put(
                model,
                key=key,
                values=_values(model, event.value),
                since=start,
                until=start + timedelta(event.length) if event.length else None,
                evidence=Evidence(),
                readers=event.readers,
                stamp=r,
            )


def _values(model: type[AllocationVersion | SourceVersion], value: int) -> dict[str, object]:
    if model is AllocationVersion:
        return {"amount": value, "effective": PartialDate(2020)}
    return {"title": str(value), "kind": "", "published": None, "publisher": ""}


def _answer(row: AllocationVersion | SourceVersion) -> tuple[str, int, int]:
    value = row.amount if isinstance(row, AllocationVersion) else int(row.title)
    return row.code, value, (row.valid_from - FIRST).days


moments = st.tuples(
    st.integers(0, 6),
    st.none() | st.integers(0, DAYS + 3),
    st.sampled_from(AUDIENCES),
)


@pytest.mark.parametrize("model", [AllocationVersion, SourceVersion])
def test_any_moment_of_any_history_is_what_an_obvious_reading_says(
    model: type[AllocationVersion | SourceVersion],
) -> None:
    # Making a failing history smaller takes minutes; it is short enough to read as it is.
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
    )
    @given(histories, st.lists(moments, min_size=6, max_size=6))
    def compare(history: list[list[Said]], asked: list[tuple[int, int | None, Audience]]) -> None:
        with transaction.atomic():
            with revision(by=BAS, at=AT, action="note", subject="deal:random") as r:
                deal = Deal.objects.create(code=f"random-{next(NUMBERS)}", revision_id=r.number)
            for events in history:
                record(deal, events, model)
            # Only now, after all that was said later: the past must still be what it was.
            for known, day, audience in asked:
                heard = Oracle(model.PERIODS)
                for event in chain.from_iterable(history[:known]):
                    heard.hear(event)
                revision_then = r.number + min(known, len(history))
                as_of = date.max if day is None else FIRST + timedelta(day)
                rows = model.objects.filter(deal=deal).at(Moment(as_of, revision_then), audience)
                found = [_answer(row) for row in rows]
                right = heard.ever(audience) if day is None else heard.answer(day, audience)
                assert (set(found), len(found)) == (right, len(right))
            transaction.set_rollback(True)

    compare()
