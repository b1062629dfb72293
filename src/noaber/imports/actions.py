"""Receiving files and loading them: everything or nothing."""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from noaber.access.rules import OFFICE, Actor
from noaber.core.finding import Finding, Refused
from noaber.core.notation import MISSING
from noaber.imports import facts, models, queries, register
from noaber.imports.applying import APPLY, TOGETHER, Applying, apply
from noaber.imports.facts import SHARED, Change, Fact, Facts
from noaber.imports.faults import FAULTS
from noaber.imports.redacting import redacted
from noaber.imports.rules import Book, Sheets, commitment, upload_subject
from noaber.imports.writing import format_value
from noaber.record.actions import note_erased, revision
from noaber.record.locking import refresh_statistics
from noaber.record.queries import latest
from noaber.record.rules import sha256
from noaber.record.writing import Stamp

Progress = Callable[[int, int], None]
"""Called with how many changes are done, of how many."""


def silent(_done: int, _of: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Loaded:
    """What loading a file did, or would do: its changes, and the revision (None: nothing new)."""

    deal: str
    changes: tuple[Change, ...]
    revision: int | None


def receive(book: Book, *, by: Actor, at: datetime) -> str:
    """Keep a file's bytes; returns the hash by which it is known. The same file is kept once."""
    known = queries.kept_as(book.files)
    if known:
        return known
    salted = [(file, secrets.token_hex(16)) for file in book.files]
    hashes = {file.name: commitment(salt, file.content) for file, salt in salted}
    upload_hash = sha256("\n".join(sorted(f"{name} {value}" for name, value in hashes.items())))
    with revision(by=by, at=at, action="receive_file", subject=upload_subject(upload_hash)) as r:
        upload = models.Upload.objects.create(
            sha256=upload_hash, name=book.name, revision_id=r.number
        )
        for file, salt in salted:
            row = models.UploadedFile.objects.create(
                upload=upload, name=file.name, sha256=hashes[file.name], revision_id=r.number
            )
            models.FileContent.objects.create(file=row, salt=salt, content=file.content)
    return upload_hash


def redact(words: Collection[str], *, by: Actor, at: datetime) -> int:
    """Erase words from every kept file that holds them; returns how many files were changed.

    Of a file in which that cannot be done for certain, nothing stays but its hash.
    """
    changed = 0
    with revision(by=by, at=at, action="redact_files", subject="files") as r:
        for row in models.FileContent.objects.select_related("file").order_by("pk").iterator(1):
            content = redacted(row.file.name, bytes(row.content), words)
            if content is not None:
                _replace(row, content, r)
                changed += 1
    return changed


def drop_content(sha256: str, *, by: Actor, at: datetime) -> None:
    """Keep nothing of the file with this hash but the hash."""
    with revision(by=by, at=at, action="redact_files", subject="files") as r:
        for row in models.FileContent.objects.filter(file__sha256=sha256).select_related("file"):
            _replace(row, b"", r)


def _replace(row: models.FileContent, content: bytes, stamp: Stamp) -> None:
    item = f"file:{row.file.sha256}"
    if content:
        row.salt, row.content = "", content
        row.save(update_fields=["salt", "content"])
        note_erased(item, left=commitment("", content), stamp=stamp)
    else:
        row.delete()
        note_erased(item, stamp=stamp)


def load(
    sheets: Sheets,
    upload: str,
    *,
    by: Actor,
    at: datetime,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Loaded:
    """Load a checked file into the register, in one revision; nothing when it says nothing new.

    :raises Refused: with all findings, when rows are gone from the file or were changed
        elsewhere since; nothing is loaded then.
    """
    new = facts.of_sheets(sheets, f"upload:{upload[:12]}")
    the_deal = next(iter(new["deal"].values()))
    deal: str = the_deal["code"]
    known = latest()
    planned = _changes(the_deal, new, sheets, upload)
    if dry_run or not planned:
        return Loaded(deal, planned, None)
    with revision(by=by, at=at, action="load_deal", subject=f"deal:{deal}") as r:
        if r.number != known + 1:
            # What was read before the lock has changed since.
            planned = _changes(the_deal, new, sheets, upload)
        start: date = the_deal["starts"].counts_from
        to = Applying(deal, start, new, by, at)
        _apply([c.fact for c in planned], to, progress)
        models.Load.objects.create(
            upload=models.Upload.objects.get(sha256=upload), deal=deal, revision_id=r.number
        )
    refresh_statistics()
    return Loaded(deal, planned, r.number)


def _apply(changed: Sequence[Fact], to: Applying, progress: Progress) -> None:
    by_kind: dict[str, list[Fact]] = {}
    for fact in changed:
        by_kind.setdefault(TOGETHER.get(fact.kind, fact.kind), []).append(fact)
    done = 0
    for kind in APPLY:
        batch = by_kind.get(kind, [])
        apply(kind, batch, to)
        done += len(batch)
        progress(done, len(changed))


def _changes(the_deal: Fact, new: Facts, sheets: Sheets, upload: str) -> tuple[Change, ...]:
    deal = the_deal["code"]
    old = facts.only_in_sheets(register.facts(deal, latest(), OFFICE))
    base = the_deal["base_revision"] or queries.last_load(deal, upload)
    planned = facts.changes(new, old)
    known = bool(old.get("deal"))
    present = sheets.present - SHARED
    missing = facts.gone(new, old, present) if known else ()
    findings = [
        *(_gone_finding(fact) for fact in missing),
        *(_conflict(change, base) for change in planned if _changed_elsewhere(change, base)),
        *(_erased(change) for change in planned if _brings_back(change)),
    ]
    if findings:
        raise Refused(findings)
    return planned


def _changed_elsewhere(change: Change, base: int) -> bool:
    """Facts that all deals share have no base: another deal's load is no conflict."""
    before = change.before
    return before is not None and before.evidence.revision > base and before.kind not in SHARED


def _brings_back(change: Change) -> bool:
    """Whether a change would record a name that was erased, or another in its place."""
    before = change.before
    return before is not None and before.erased and change.fact.values.get("holder") is not None


def _erased(change: Change) -> Finding:
    seat = "-".join(change.fact.key)
    return FAULTS["F-92"].at(change.fact.where.get("holder"), seat=seat)


def _gone_finding(fact: Fact) -> Finding:
    key = " ".join(part for part in fact.key if part)
    return FAULTS["F-90"].at(None, sheet=facts.definition(fact.kind).name, key=key)


def _conflict(change: Change, base: int) -> Finding:
    name, (old, new) = next(iter(change.changed.items()))
    column = next(c for c in facts.definition(change.fact.kind).columns if c.field == name)
    return FAULTS["F-91"].at(
        change.fact.where.get(name),
        base=base,
        revision=change.before.evidence.revision if change.before else 0,
        now=MISSING if old is None else format_value(column, old),
        wanted=MISSING if new is None else format_value(column, new),
    )
