"""Reading the record."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model

from noaber.core.finding import Finding
from noaber.record.models import AppendOnly, PersonalValue, Revision, Version
from noaber.record.rules import GENESIS, Event, link, rows_digest, sha256


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


def recorded(number: int) -> tuple[datetime | None, str]:
    """When revision `number` was recorded, and its hash, which names all that was known then.

    None and the hash of nothing when there is no such revision.
    """
    row = Revision.objects.filter(number=number).values_list("recorded_at", "hash").first()
    return row or (None, GENESIS)


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
        str(field.column): _chained_value(getattr(row, field.attname))
        for field in row._meta.concrete_fields
    }


def _chained_value(value: Any) -> Any:
    plain = (str, int, bytes, memoryview, list, dict, date, type(None))
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


def says(row: Version, wanted: Version, names: Iterable[str]) -> bool:
    """Whether `row` already says what `wanted` would: the same columns `names`, period, readers
    and source. The cell it was read from (`origin`) does not count.
    """
    common = ("valid_from", "valid_until", "readers", "source", "locator")
    return all(_column(row, name) == _column(wanted, name) for name in (*common, *names))


def _column(row: Version, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]


def check_chain(published: tuple[int, str] | None = None) -> tuple[Finding, ...]:
    """Findings on the chain: gaps, changed entries, changed or added rows, a cut-off tail,
    personal values that are not what they were.

    `published` is a head as published before, number and hash.
    """
    found: list[Finding] = []
    rows = _rows_by_revision()
    previous, expected = GENESIS, 1
    for entry in Revision.objects.order_by("number").iterator(chunk_size=2000):
        where = f"Revisie {entry.number}"
        if entry.number != expected:
            found.append(Finding("K-01", f"{where}: er ontbreekt een revisie ervoor."))
        if entry.digest != rows_digest(rows.pop(entry.number, [])):
            found.append(Finding("K-02", f"{where}: vastgelegde rijen zijn veranderd."))
        if entry.previous_hash != previous or entry.hash != _hash_of(entry, previous):
            found.append(Finding("K-03", f"{where}: de keten klopt niet."))
        if published and published[0] == entry.number and published[1] != entry.hash:
            found.append(Finding("K-04", f"{where}: anders dan eerder gepubliceerd."))
        previous, expected = entry.hash, entry.number + 1
    if published and published[0] >= expected:
        gone = f"Revisie {published[0]} is gepubliceerd en bestaat niet meer."
        found.append(Finding("K-05", gone))
    found.extend(
        Finding("K-06", f"Er zijn rijen van revisie {number}, die niet bestaat.")
        for number in sorted(rows)
    )
    found.extend(
        Finding("K-07", f"Revisie {value.reference.revision_id}: een persoonsgegeven is veranderd.")
        for value in PersonalValue.objects.select_related("reference").order_by("pk")
        if sha256(value.salt + value.text) != value.reference.commitment
    )
    return tuple(found)


def _rows_by_revision() -> dict[int, list[tuple[str, dict[str, Any]]]]:
    rows: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    for model in append_only_models():
        if issubclass(model, AppendOnly):
            for row in model._base_manager.all().iterator(chunk_size=2000):
                rows.setdefault(row.revision_id, []).append((row._meta.db_table, columns(row)))
    return rows


def _hash_of(entry: Revision, previous: str) -> str:
    fields = {
        f.attname: getattr(entry, f.attname)
        for f in entry._meta.concrete_fields
        if f.attname not in {"previous_hash", "hash"}
    }
    return link(previous, chained(fields))
