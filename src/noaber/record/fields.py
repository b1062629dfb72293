"""Column types shared by the features."""

from typing import Any

from django.db import models

from noaber.core.dates import PartialDate, parse_date


class CentsField(models.BigIntegerField):  # type: ignore[type-arg]
    """Whole euro cents. On SQLite a trigger also refuses what is not stored as an integer."""


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A date known to the day, month or year, kept as ISO text ("2021-12"); empty is None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=10, blank=True, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs

    def from_db_value(self, value: str, *_: object) -> PartialDate | None:
        return self.to_python(value)

    def to_python(self, value: object) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate):
            return value
        return parse_date(str(value)) if value else None

    def get_prep_value(self, value: object) -> str:
        return "" if value is None else str(value)
