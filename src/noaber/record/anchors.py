"""Anchors: the rows that facts are about. Known by a key, made once, never changed.

Within an open revision an anchor is looked up once, since it cannot change in between.
"""

from typing import Any, TypeVar

from noaber.record import writing
from noaber.record.models import AppendOnly
from noaber.record.writing import Stamp

A = TypeVar("A", bound=AppendOnly)


def find(model: type[A], **key: Any) -> A:
    """The anchor with this key.

    :raises model.DoesNotExist: when it is not known.
    """
    stamp = writing.current()
    if stamp is None:
        return model._base_manager.get(**key)
    place = _place(model, key)
    if place not in stamp.anchors:
        stamp.anchors[place] = model._base_manager.get(**key)
    found: A = stamp.anchors[place]
    return found


def ensure(model: type[A], stamp: Stamp, **key: Any) -> A:
    """The anchor with this key, made known under the open revision when it is new."""
    try:
        return find(model, **key)
    except model.DoesNotExist:
        made = model._base_manager.create(**key, revision_id=stamp.number)
        stamp.anchors[_place(model, key)] = made
        return made


def _place(model: type[AppendOnly], key: dict[str, Any]) -> tuple[Any, ...]:
    return model, *sorted(key.items())
