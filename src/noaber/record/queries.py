"""Reading the record."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model

from noaber.core.finding import Finding
from noaber.record.models import AppendOnly, PersonalValue, Revision, Version
from noaber.record.rules import GENESIS, Event, Evidence, link, rows_digest


def latest() -> int:
    """Number of the latest revision; 0 when nothing is recorded."""
    last = Revision.objects.order_by("-number").values_list("number", flat=True).first()
    return last or 0


def revision_at(when: datetime) -> int:
    """Number of the last revision recorded at or before `when`; 0 when there is none."""
    found = (
        Revision.objects.filter(recorded_at__lte=when)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return found or 0


def recorded_at(number: int) -> datetime | None:
    """When revision `number` was recorded; None when there is no such revision."""
    return Revision.objects.filter(number=number).values_list("recorded_at", flat=True).first()


def head() -> tuple[int, str]:
    """Number and hash of the latest revision, to publish: a cut-off tail shows against it."""
    last = Revision.objects.order_by("-number").values_list("number", "hash").first()
    return last or (0, GENESIS)


def events(subject: str | None = None) -> tuple[Event, ...]:
    """Audit entries in order, all or those about `subject`."""
    rows = Revision.objects.order_by("number")
    if subject is not None:
        rows = rows.filter(subject=subject)
    return tuple(
        Event(r.number, r.recorded_at, r.author, r.action, r.subject, r.details) for r in rows
    )


def personal_text(token: str) -> str | None:
    """The personal value behind `token`, or None when it was erased."""
    return PersonalValue.objects.filter(reference=token).values_list("text", flat=True).first()


def append_only_models() -> tuple[type[Model], ...]:
    """Every table that may only be added to."""
    return tuple(
        model
        for model in apps.get_models()
        if issubclass(model, AppendOnly) or getattr(model, "APPEND_ONLY", False)
    )


def columns(row: Model) -> dict[str, Any]:
    """All columns of a row as they are chained: by column name, partial dates as text."""
    return {
        field.column: _chained_value(getattr(row, field.attname))
        for field in row._meta.concrete_fields
    }


def _chained_value(value: Any) -> Any:
    plain = str | int | bytes | memoryview | list | dict | date | None
    return value if isinstance(value, plain) else str(value)


def rows_of(number: int, models: Iterable[type]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows that revision `number` inserted into `models`, as (table, columns)."""
    for model in models:
        for row in model._base_manager.filter(revision_id=number):  # type: ignore[attr-defined]
            yield row._meta.db_table, columns(row)


def chained(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An audit entry as it goes into the chain; times in UTC, whatever the engine returns."""
    at: datetime = entry["recorded_at"]
    return {**entry, "recorded_at": int(at.timestamp() * 1_000_000)}


def says(
    row: Version,
    values: Mapping[str, Any],
    since: date,
    until: date | None,
    evidence: Evidence,
    readers: str,
) -> bool:
    """Whether `row` already says this; the cell it was read from (`origin`) does not count."""
    return (
        (row.valid_from, row.valid_until, row.readers) == (since, until, readers)
        and (row.source, row.locator) == (evidence.source, evidence.locator)
        and all(_column(row, name) == _key(value) for name, value in values.items())
    )


def _column(row: Version, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def check_chain(published: tuple[int, str] | None = None) -> tuple[Finding, ...]:
    """Findings on the chain: gaps, changed entries, changed or added rows, a cut-off tail.

    `published` is a head as published before, number and hash.
    """
    found: list[Finding] = []
    rows: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    for model in append_only_models():
        if issubclass(model, AppendOnly):
            for row in model._base_manager.all().iterator(chunk_size=2000):
                rows.setdefault(row.revision_id, []).append((row._meta.db_table, columns(row)))
    previous, expected = GENESIS, 1
    for entry in Revision.objects.order_by("number").iterator(chunk_size=2000):
        where = f"Revisie {entry.number}"
        if entry.number != expected:
            found.append(Finding("K-01", f"{where}: er ontbreekt een revisie ervoor."))
        if entry.digest != rows_digest(rows.pop(entry.number, [])):
            found.append(Finding("K-02", f"{where}: vastgelegde rijen zijn veranderd."))
        fields = {
            f.attname: getattr(entry, f.attname)
            for f in entry._meta.concrete_fields
            if f.attname not in ("previous_hash", "hash")
        }
        if entry.previous_hash != previous or entry.hash != link(previous, chained(fields)):
            found.append(Finding("K-03", f"{where}: de keten klopt niet."))
        if published and published[0] == entry.number and published[1] != entry.hash:
            found.append(Finding("K-04", f"{where}: anders dan eerder gepubliceerd."))
        previous, expected = entry.hash, entry.number + 1
    if published and published[0] >= expected:
        found.append(Finding("K-05", f"Revisie {published[0]} is gepubliceerd en bestaat niet meer."))
    for number in sorted(rows):
        found.append(Finding("K-06", f"Er zijn rijen van revisie {number}, die niet bestaat."))
    return tuple(found)
