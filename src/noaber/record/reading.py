"""Reading versions of several kinds of facts at a moment in one query.

A page needs some thirty kinds of facts; asked one by one they cost more than everything that is
done with them. The rows of all kinds come as JSON in one UNION, on both engines.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Max, QuerySet, Value
from django.db.models.functions import JSONObject

from noaber.record.models import Version, readable
from noaber.record.rules import Evidence, Moment, Readers

T = TypeVar("T")
Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Rows by kind of fact."""

EVIDENCE = ("source", "locator", "origin", "revision_id")


SENTENCES = 256
"""How many queries are kept as text; a process asks the same few again and again."""

# What a sentence holds in the place of what is asked each time.
_DEAL = "\x01deal"
_AT = Moment(date(1, 2, 3), 1_234_567_891)
_EVER = Moment.ever(_AT.revision)


@dataclass(frozen=True, eq=False)
class Shelf:
    """A kind of fact to read: its table, how its rows belong to the deal, and its columns.

    `columns` maps the name in the row to the path in the table; what is not named there but is a
    column of the table is read under its own name.
    """

    kind: str
    model: type[Version]
    deal: str = ""
    columns: Mapping[str, str] | None = None

    def paths(self) -> dict[str, str]:
        """Path per name in the row."""
        skipped = {"id", "deal", "valid_from", "valid_until", "retracted", "revision"}
        given = dict(self.columns or {})
        taken = set(given.values())
        own = {
            f.name: f.name
            for f in self.model._meta.concrete_fields
            if f.name not in skipped and not f.is_relation and f.name not in taken
        }
        return {**own, "revision_id": "revision_id", **given}


def read(shelves: Sequence[Shelf], deal: str, moment: Moment, audience: Readers) -> Rows:
    """The rows of every shelf that hold at the moment, for the audience: one query.

    A reference that is open is ""; `evidence` stands in each row as a value.
    """
    found: Rows = {shelf.kind: [] for shelf in shelves}
    sentence = _sentence(connection.vendor, tuple(shelves), audience, moment.is_ever)
    if sentence is None:
        return found
    sql, holes = sentence
    by_kind = {shelf.kind: _reader(shelf) for shelf in shelves}
    with connection.cursor() as cursor:
        cursor.execute(sql, list(_filled(holes, deal, moment)))
        for kind, data in cursor.fetchall():
            found[kind].append(by_kind[kind].row(data))
    return found


@lru_cache(SENTENCES)
def _sentence(
    _engine: str, shelves: tuple[Shelf, ...], audience: Readers, ever: bool
) -> tuple[str, tuple[Any, ...]] | None:
    """The query as text, with holes for the deal and the moment; None when it finds nothing.

    Making it costs more than asking it.
    """
    moment = _EVER if ever else _AT
    first, *others = (_asked(shelf, _DEAL, moment, audience) for shelf in shelves)
    rows = first.union(*others, all=True) if others else first
    try:
        sql, holes = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(holes)


def _filled(holes: Sequence[Any], deal: str, moment: Moment) -> Iterator[Any]:
    for hole in holes:
        if hole == _DEAL:
            yield deal
        elif hole == _AT.as_of:
            yield moment.as_of
        elif hole == _AT.as_of.isoformat():
            yield moment.as_of.isoformat()
        elif hole == _AT.revision:
            # The type says how the engine is to take it.
            yield type(hole)(moment.revision)
        else:
            yield hole


def read_together(
    groups: Sequence[Sequence[Shelf]], deal: str, moment: Moment, audience: Readers
) -> tuple[Rows, ...]:
    """The same for several features, each its own rows: still one query."""
    rows = read([shelf for shelves in groups for shelf in shelves], deal, moment, audience)
    return tuple({shelf.kind: rows[shelf.kind] for shelf in shelves} for shelves in groups)


def recorded(
    shelves: Sequence[Shelf], deal: str, revision: int, audience: Readers
) -> tuple[tuple[date, int], ...]:
    """The starts of facts of the deal, each with the last revision that recorded one: one query.

    Of what was known at `revision`. What was taken back counts too, since it changes what holds from its start on.
    """
    first, *others = (
        shelf.model.objects.filter(
            readable(audience.labels), revision_id__lte=revision, **{shelf.deal: deal}
        )
        .order_by()
        .values_list("valid_from")
        .annotate(last=Max("revision_id"))
        for shelf in shelves
    )
    return tuple(first.union(*others))


def values(cls: type[T], rows: Sequence[Row], **replaced: str) -> tuple[T, ...]:
    """Rows as frozen values, by the names of their fields; `replaced` names other columns."""
    names = [(f.name, replaced.get(f.name, f.name)) for f in fields(cls)]  # type: ignore[arg-type]
    return tuple(cls(**{name: row[column] for name, column in names}) for row in rows)


def _asked(shelf: Shelf, deal: str, moment: Moment, audience: Readers) -> QuerySet[Any, Any]:
    rows = shelf.model.objects.at(moment, audience)
    if shelf.deal:
        rows = rows.filter(**{shelf.deal: deal})
    # Not `kind`: that is a column of some tables.
    return rows.order_by().values_list(Value(shelf.kind), JSONObject(**shelf.paths()))


@lru_cache(SENTENCES)
def _reader(shelf: Shelf) -> "_Reader":
    return _Reader(shelf)


class _Reader:
    """Turns the JSON of a shelf's rows into what its columns hold."""

    def __init__(self, shelf: Shelf) -> None:
        columns = {f.name: f for f in shelf.model._meta.concrete_fields}
        self.convert = {
            name: columns[path].to_python
            for name, path in shelf.paths().items()
            if path in columns and name not in EVIDENCE
        }
        self.lists = [
            name
            for name, path in shelf.paths().items()
            if path in columns and columns[path].get_internal_type() == "JSONField"
        ]

    def row(self, data: Any) -> Row:
        found: Row = json.loads(data) if isinstance(data, str) else data
        for name, convert in self.convert.items():
            found[name] = convert(found[name])
        for name in self.lists:
            given = found[name]
            found[name] = tuple(json.loads(given) if isinstance(given, str) else given)
        for name, value in found.items():
            if value is None and name not in self.convert:
                found[name] = ""
        found["evidence"] = Evidence(*(found[name] for name in EVIDENCE))
        return found
