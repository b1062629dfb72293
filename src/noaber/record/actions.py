"""Writing under a revision."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction

from noaber.record import locking, personal, queries, writing
from noaber.record.models import Erasure, PersonalReference, PersonalValue, Revision, Version
from noaber.record.rules import (
    ERASE,
    GENESIS,
    Author,
    Evidence,
    canonical,
    link,
    rows_digest,
    sha256,
)
from noaber.record.writing import Stamp


@contextmanager
def revision(
    *,
    by: Author,
    at: datetime,
    action: str,
    subject: str,
    details: Mapping[str, object] | None = None,
    idempotency_key: str | None = None,
) -> Iterator[Stamp]:
    """One business event in one transaction: everything inserted inside is one revision.

    Nested events join the revision that is open. `at` is when the caller says it happened;
    the record never goes back in time, so it is stored as no earlier than the revision before.

    :raises AlreadyRecorded: when `idempotency_key` was used before; nothing is written.
    """
    opened = writing.current()
    if opened is not None:
        yield opened
        return
    with transaction.atomic():
        locking.lock()
        queries.check_first_time(idempotency_key)
        last = Revision.objects.order_by("-number").first()
        stamp = Stamp(
            number=last.number + 1 if last else 1,
            recorded_at=max(at, last.recorded_at) if last else at,
        )
        token = writing.OPEN.set(stamp)
        try:
            name = _name_of(by, stamp)
            yield stamp
            entry: dict[str, Any] = {
                "number": stamp.number,
                "recorded_at": stamp.recorded_at,
                "author": by.code,
                "author_name_id": name,
                "action": action,
                "subject": subject,
                "details": canonical(details or {}),
                "idempotency_key": idempotency_key,
                "digest": rows_digest(queries.rows_of(stamp.number, stamp.tables)),
            }
            previous = last.hash if last else GENESIS
            Revision.objects.create(
                **entry, previous_hash=previous, hash=link(previous, queries.chained(entry))
            )
        finally:
            writing.OPEN.reset(token)


def _name_of(by: Author, stamp: Stamp) -> str | None:
    return remembered(subject=f"author:{by.code}", text=by.name, stamp=stamp) if by.name else None


def remembered(*, subject: str, text: str, stamp: Stamp) -> str:
    """The token of a personal value: the one that is known when it stays the same, else a new one.

    `subject` says what it is about without telling it: it can never be erased.
    """
    same = PersonalValue.objects.filter(reference__subject=subject, text=text)
    first = same.order_by("reference__revision_id").values_list("reference_id", flat=True)[:1]
    return next(iter(first), None) or remember(subject=subject, text=text, stamp=stamp)


def remember(*, subject: str, text: str, stamp: Stamp) -> str:
    """Keep a personal value apart from the record; returns the token that stands for it."""
    token, salt = secrets.token_hex(16), secrets.token_hex(16)
    reference = PersonalReference.objects.create(
        token=token, subject=subject, commitment=sha256(salt + text), revision_id=stamp.number
    )
    PersonalValue.objects.create(reference=reference, salt=salt, text=text)
    return token


def erase(*, subject: str, by: Author, at: datetime) -> int:
    """Erase the personal values about `subject`; returns how many. The chain stays whole."""
    tokens = PersonalValue.objects.filter(reference__subject=subject).values_list("pk", flat=True)
    with revision(by=by, at=at, action=ERASE, subject=subject) as r:
        return _erase(sorted(tokens), r)


def erase_values(tokens: Iterable[str], *, by: Author, at: datetime) -> int:
    """Erase the personal values behind `tokens`; returns how many were there."""
    with revision(by=by, at=at, action=ERASE, subject="values") as r:
        return _erase(tokens, r)


def _erase(tokens: Iterable[str], stamp: Stamp) -> int:
    present = list(PersonalValue.objects.filter(pk__in=list(tokens)).values_list("pk", flat=True))
    for token in present:
        note_erased(f"value:{token}", stamp=stamp)
    PersonalValue.objects.filter(pk__in=present).delete()
    return len(present)


def note_erased(item: str, *, left: str = "", stamp: Stamp) -> None:
    """Record that `item` was erased, and the SHA-256 of what was left of it; never what it was."""
    Erasure.objects.create(item=item, left=left, revision_id=stamp.number)
    transaction.on_commit(personal.empty_the_log)


def put(
    model: type[Version],
    *,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    since: date,
    until: date | None = None,
    evidence: Evidence,
    readers: str = "public",
    stamp: Stamp,
) -> bool:
    """Record a version of the fact `key`, unless the latest one already says the same.

    A correction keeps its start; a corrected start retracts the row it replaces. Returns
    whether anything was recorded.
    """
    rows = model.objects.filter(**key)
    latest = (rows.filter(valid_from=since) if model.PERIODS else rows).order_by("-id").first()
    wanted = model(
        **key,
        **values,
        valid_from=since,
        valid_until=until,
        readers=readers,
        source=evidence.source,
        locator=evidence.locator,
        origin=evidence.origin,
        revision_id=stamp.number,
    )
    if latest is not None and not latest.retracted:
        if queries.says(latest, wanted, values):
            return False
        if latest.valid_from != since:
            _retract(latest, stamp)
    wanted.save()
    return True


def _retract(row: Version, stamp: Stamp) -> None:
    columns = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    type(row).objects.create(**{**columns, "retracted": True, "revision_id": stamp.number})


def retract(
    model: type[Version], *, key: Mapping[str, Any], stamp: Stamp, since: date | None = None
) -> bool:
    """Take back every start of the fact `key`, or the one from `since`; returns whether there was
    anything to take back.
    """
    starts: dict[date, Version] = {}
    for row in model.objects.filter(**key).order_by("id"):
        starts[row.valid_from] = row
    live = [
        row
        for start, row in starts.items()
        if not row.retracted and (since is None or start == since)
    ]
    for row in live:
        _retract(row, stamp)
    return bool(live)
