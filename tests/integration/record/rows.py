"""A row in every append-only table, made from the tables themselves: a new one is covered too."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Field, Model, Q

from noaber.access.rules import Actor
from noaber.core.dates import PartialDate
from noaber.indicators.models import ExactDecimalField
from noaber.record.actions import revision
from noaber.record.fields import PartialDateField
from noaber.record.models import Revision
from noaber.record.queries import append_only_models
from noaber.record.writing import Stamp

ANNA = Actor("anna", "Anna van het programmabureau")
AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)


def a_row_in_every_table() -> None:
    """One revision that inserts at least one row into every append-only table."""
    with revision(by=ANNA, at=AT, action="fill", subject="deal:all", idempotency_key="once") as r:
        maker = _Maker(r)
        for model in append_only_models():
            if model is not Revision:
                maker.row(model)


@dataclass
class _Maker:
    stamp: Stamp
    numbers: Iterator[int] = field(default_factory=lambda: count(10))

    def row(self, model: type[Model]) -> Model:
        values = {
            f.attname: self.value(model, f)
            for f in model._meta.concrete_fields
            if not isinstance(f, models.AutoField)
        }
        return model._base_manager.create(**values)

    def value(self, model: type[Model], column: "Field[Any, Any]") -> Any:
        allowed = _allowed(model, column.name)
        if allowed:
            return allowed[0]
        if column.null:
            return None
        if isinstance(column, models.ForeignKey):
            return self._reference(column)
        return self._plain(column)

    def _reference(self, column: "models.ForeignKey[Any, Any]") -> Any:
        target = column.remote_field.model
        return self.stamp.number if target is Revision else self.row(target).pk

    def _plain(self, column: "Field[Any, Any]") -> Any:
        number = next(self.numbers)
        made: tuple[tuple[type[Any], Any], ...] = (
            (PartialDateField, PartialDate(2021, 12)),
            (ExactDecimalField, Decimal("1.50")),
            (models.BooleanField, False),
            (models.IntegerField, number),
            (models.DateTimeField, AT),
            (models.DateField, date(2021, 12, 31)),
            (models.JSONField, [number]),
            (models.BinaryField, b"%d" % number),
            (models.CharField, str(number)[: column.max_length]),
            (models.TextField, str(number)),
        )
        return next(value for kind, value in made if isinstance(column, kind))


def _allowed(model: type[Model], name: str) -> tuple[Any, ...]:
    """The values that a named constraint allows in a column, if one does."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q):
            for child in constraint.condition.children:
                if isinstance(child, tuple) and child[0] == f"{name}__in":
                    return tuple(child[1])
    return ()
