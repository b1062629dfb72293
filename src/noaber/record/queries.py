"""Reading the record."""

import heapq
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from threading import Lock
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import (
    BinaryField,
    CharField,
    Exists,
    JSONField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    TextField,
)
from django.db.models.functions import Cast

from noaber.core.finding import Finding
from noaber.core.ref import Ref
from noaber.record import models
from noaber.record.models import AppendOnly, PersonalValue, Revision, Version
from noaber.record.rules import (
    GENESIS,
    AlreadyRecorded,
    Erased,
    Event,
    Held,
    Moment,
    Readers,
    canonical,
    link,
    plain,
    rows_digest,
    sha256,
)

NOW = 2**62
"""A revision after every other: what is known now, without asking which revision that is."""

Row = tuple[str, dict[str, Any]]
"""A row as it is chained: its table, and its columns by name."""


def latest() -> int:
    """Number of the latest revision; 0 when nothing is recorded."""
    # By hand: every request asks it, and for who has the page already it was half of the work.
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(number) FROM record_revision")
        last: int | None = cursor.fetchone()[0]
    return last or 0


def check_first_time(idempotency_key: str | None) -> None:
    """Refuse what was recorded before under this key; nothing is asked without a key.

    :raises AlreadyRecorded: when it was.
    """
    if idempotency_key is None:
        return
    done = Revision.objects.filter(idempotency_key=idempotency_key).first()
    if done is not None:
        raise AlreadyRecorded(done.number)


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


def latest_events(
    most: int, *, deal: str, also: Iterable[str] = (), before: int | None = None
) -> tuple[Event, ...]:
    """The latest audit entries about a deal or something in it, or about the subjects `also`,
    newest first; those before a revision when that is given.
    """
    about = Q(subject=f"deal:{deal}") | Q(subject__contains=f":{deal}/") | Q(subject__in=set(also))
    rows = Revision.objects.filter(about).order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return tuple(
        Event(r.number, r.recorded_at, r.author, r.action, r.subject, r.details)
        for r in rows[:most]
    )


def last_event(action: str, subject: str, details: Mapping[str, object], upto: int) -> Event | None:
    """The last audit entry up to a revision that says exactly this; None when there is none."""
    rows = Revision.objects.filter(
        action=action, subject=subject, details=canonical(details), number__lte=upto
    )
    r = rows.order_by("-number").first()
    return Event(r.number, r.recorded_at, r.author, r.action, r.subject, r.details) if r else None


def event(number: int) -> Event | None:
    """The audit entry of a revision; None when there is no such revision."""
    r = Revision.objects.filter(number=number).first()
    return Event(r.number, r.recorded_at, r.author, r.action, r.subject, r.details) if r else None


def personal_text(token: str) -> str | None:
    """The personal value behind `token`, or None when it was erased."""
    return PersonalValue.objects.filter(reference=token).values_list("text", flat=True).first()


def personal_texts(tokens: Iterable[str]) -> dict[str, str]:
    """The personal values behind `tokens` that were not erased, by token."""
    asked = [token for token in tokens if token]
    if not asked:
        return {}
    rows = PersonalValue.objects.filter(reference__in=asked)
    return dict(rows.values_list("reference_id", "text"))


def last_erasure() -> int:
    """Number of the last revision that erased anything; 0 when none did."""
    rows = models.Erasure.objects.order_by("-revision_id")
    return rows.values_list("revision_id", flat=True).first() or 0


def personal_values(words: str) -> tuple[Held, ...]:
    """Personal values that are these words, or are about a subject with this name or code.

    Capitals and spaces do not count.
    """
    wanted = plain(words)
    return tuple(held for held in _held() if wanted in (plain(held.text), *held.names))


def similar_values(words: str) -> tuple[str, ...]:
    """Texts of personal values that hold these words, in order."""
    wanted = plain(words)
    return tuple(sorted({held.text for held in _held() if wanted in plain(held.text)}))


def values_behind(tokens: Iterable[str]) -> tuple[Held, ...]:
    """The personal values behind tokens, those that have not been erased."""
    wanted = set(tokens)
    return tuple(held for held in _held() if held.token in wanted)


def _held() -> Iterator[Held]:
    rows = PersonalValue.objects.order_by("reference__revision_id", "pk")
    for row in rows.values_list("pk", "reference__subject", "text").iterator(chunk_size=500):
        yield Held(*row)


def mentions(texts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Columns of append-only rows that hold one of the texts, with how many rows do."""
    wanted = list(texts)
    found: dict[str, int] = {}
    for model in append_only_models():
        for field in model._meta.concrete_fields:
            if wanted and isinstance(field, CharField | TextField | JSONField):
                rows = model._base_manager.alias(words=Cast(field.attname, TextField()))
                held = Q()
                for text in wanted:
                    held |= Q(words__icontains=text)
                count = rows.filter(held).count()
                if count:
                    found[f"{model._meta.db_table}.{field.column}"] = count
    return tuple(sorted(found.items()))


def erasures() -> tuple[Erased, ...]:
    """Everything that was erased, in order."""
    rows = models.Erasure.objects.order_by("id")
    return tuple(Erased(row.item, row.left, row.revision_id) for row in rows)


def left_of(item: str) -> str | None:
    """The SHA-256 of what was left of `item` when it was last erased, "" for nothing, or None."""
    rows = models.Erasure.objects.filter(item=item).order_by("-id")
    return rows.values_list("left", flat=True).first()


def append_only_models() -> tuple[type[Model], ...]:
    """Every table that may only be added to."""
    return tuple(
        model
        for model in apps.get_models()
        if issubclass(model, AppendOnly) or getattr(model, "APPEND_ONLY", False)
    )


def _chained_value(value: Any) -> Any:
    plain = (str, int, bytes, memoryview, list, dict, date, type(None))
    return value if isinstance(value, plain) else str(value)


def rows_of(number: int, tables: Iterable[type[AppendOnly]]) -> Iterator[Row]:
    """The rows that revision `number` inserted into `tables`, as (table, columns)."""
    for model in tables:
        rows = model._base_manager.filter(revision_id=number)
        yield from (row for _, row in _in_order(rows))


def _in_order(rows: QuerySet[AppendOnly]) -> Iterator[tuple[int, Row]]:
    """Revision and row, as it is chained: columns by name, partial dates as text.

    A few at a time, and one at a time where a row can hold a file. A column that a later release
    added is left out while nothing was filled in, so that rows of before it keep their digest.
    """
    fields = rows.model._meta.concrete_fields
    table, names = rows.model._meta.db_table, [str(field.column) for field in fields]
    place = names.index("revision_id")
    added = {
        str(field.column): field.get_default()
        for field in fields
        if field.name in getattr(rows.model, "ADDED", frozenset())
    }
    moved = [(old, names.index(new)) for old, new in rows.model.CHAINED_AS.items()]
    size = 1 if any(isinstance(field, BinaryField) for field in fields) else 500
    plain = rows.order_by("revision_id").values_list(*(field.attname for field in fields))
    for values in plain.iterator(chunk_size=size):
        row = zip(names, values, strict=True)
        chained = {n: _chained_value(v) for n, v in row if n not in added or v != added[n]}
        chained.update((old, values[index]) for old, index in moved)
        yield values[place], (table, chained)


def chained(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An audit entry as it goes into the chain; times in UTC, whatever the engine returns."""
    at: datetime = entry["recorded_at"]
    return {**entry, "recorded_at": int(at.timestamp() * 1_000_000)}


def followers(audience: Readers) -> frozenset[Ref]:
    """What is named by facts that are withheld from an audience, and by nothing it may read.

    Of the kinds that are withheld with what names them (`FOLLOWS`). No query when nothing is
    withheld that could name one, and one when nothing was recorded since it was last asked.
    """
    kinds = {ref.kind for ref in audience.withheld}
    followed = [(model, _naming(model)) for model in _versions() if model.FOLLOWS]
    asked = [pair for pair in followed if any(m.WITHHOLDABLE in kinds for m, _ in pair[1])]
    if not asked:
        return frozenset()
    key = (head(), frozenset(audience.labels), frozenset(audience.withheld))
    with _LOCK:
        if key in _FOLLOWERS:
            return _FOLLOWERS[key]
    found = frozenset(
        Ref(model.WITHHOLDABLE, code)
        for model, naming in asked
        for code in _unnamed(model, naming, audience)
    )
    with _LOCK:
        _FOLLOWERS[key] = found
        while len(_FOLLOWERS) > _MOST_KEPT:
            _FOLLOWERS.popitem(last=False)
    return found


_FOLLOWERS: OrderedDict[tuple[Any, ...], frozenset[Ref]] = OrderedDict()
_MOST_KEPT = 256
_LOCK = Lock()

Naming = list[tuple[type[Version], str]]
"""Tables with the column that names what is followed."""


def _versions() -> list[type[Version]]:
    return [model for model in apps.get_models() if issubclass(model, Version)]


def _naming(followed: type[Version]) -> Naming:
    anchor = followed._meta.get_field(followed.KEY[0]).related_model
    return [
        (model, field.name)
        for model in _versions()
        for field in model._meta.concrete_fields
        if field.related_model is anchor and field.name not in model.KEY
    ]


def _unnamed(followed: type[Version], naming: Naming, audience: Readers) -> Iterator[str]:
    hidden: set[int] = set()
    for model, name in naming:
        named = model.objects.withheld_from(audience).exclude(**{name: None})
        hidden.update(named.values_list(name, flat=True))
    for model, name in naming:
        if hidden:
            rows = model.objects.at(Moment.ever(NOW), audience).filter(**{f"{name}__in": hidden})
            hidden.difference_update(rows.values_list(name, flat=True))
    anchor = followed.KEY[0]
    codes = followed.objects.filter(**{f"{anchor}__in": hidden}).values_list(
        f"{anchor}__code", flat=True
    )
    yield from set(codes) if hidden else ()


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

    `published` is a head as published before, number and hash. What is recorded while this runs
    is left for the next time. Holds the rows of one revision in memory, never those of all.
    """
    upto = latest()
    with _cursors():
        return (
            *_check_links(upto, published),
            *_check_loose_rows(upto),
            *_check_personal_values(),
        )


def _cursors() -> AbstractContextManager[object]:
    """Within a transaction PostgreSQL sends rows as they are asked for; outside it copies all.

    On SQLite a transaction would take the only write lock, and rows come as asked for anyway.
    """
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()


def _check_links(upto: int, published: tuple[int, str] | None) -> Iterator[Finding]:
    """Every revision with its rows, side by side in the order of revisions."""
    entries = Revision.objects.filter(number__lte=upto).order_by("number")
    tables = [m for m in append_only_models() if issubclass(m, AppendOnly)]
    merged: Iterator[tuple[int, Revision | Row]] = heapq.merge(
        ((entry.number, entry) for entry in entries.iterator(chunk_size=500)),
        *(_in_order(m._base_manager.filter(revision_id__lte=upto)) for m in tables),
        key=itemgetter(0),
    )
    previous, expected = GENESIS, 1
    for number, group in groupby(merged, key=itemgetter(0)):
        items = (item for _, item in group)
        entry = next(items)
        if not isinstance(entry, Revision):
            yield _of_no_revision(number)
            continue
        where = f"Revisie {number}"
        if number != expected:
            yield Finding("K-01", f"{where}: er ontbreekt een revisie ervoor.")
        if entry.digest != rows_digest(row for row in items if isinstance(row, tuple)):
            yield Finding("K-02", f"{where}: vastgelegde rijen zijn veranderd.")
        if entry.previous_hash != previous or entry.hash != _hash_of(entry, previous):
            yield Finding("K-03", f"{where}: de keten klopt niet.")
        if published and published[0] == number and published[1] != entry.hash:
            yield Finding("K-04", f"{where}: anders dan eerder gepubliceerd.")
        previous, expected = entry.hash, number + 1
    if published and published[0] >= expected:
        yield Finding("K-05", f"Revisie {published[0]} is gepubliceerd en bestaat niet meer.")


def _of_no_revision(number: int) -> Finding:
    return Finding("K-06", f"Er zijn rijen van revisie {number}, die niet bestaat.")


def _check_loose_rows(upto: int) -> Iterator[Finding]:
    """Rows of a revision after the last one; asked in one statement, so at one moment."""
    known = Revision.objects.filter(number=OuterRef("revision_id"))
    loose: set[int] = set()
    for model in append_only_models():
        if issubclass(model, AppendOnly):
            later = model._base_manager.filter(~Exists(known), revision_id__gt=upto)
            loose.update(later.values_list("revision_id", flat=True).distinct())
    yield from map(_of_no_revision, sorted(loose))


def _check_personal_values() -> Iterator[Finding]:
    values = PersonalValue.objects.select_related("reference").order_by("pk")
    for value in values.iterator(chunk_size=500):
        if sha256(value.salt + value.text) != value.reference.commitment:
            where = f"Revisie {value.reference.revision_id}"
            yield Finding("K-07", f"{where}: een persoonsgegeven is veranderd.")


def _hash_of(entry: Revision, previous: str) -> str:
    fields = {
        f.attname: getattr(entry, f.attname)
        for f in entry._meta.concrete_fields
        if f.attname not in {"previous_hash", "hash"}
    }
    return link(previous, chained(fields))
