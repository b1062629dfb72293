"""Adding and removing files."""

import hashlib
import secrets
from collections.abc import Callable, Collection
from datetime import date, datetime

from noaber.access.rules import Actor
from noaber.core.ref import Ref
from noaber.files import models
from noaber.files.child import inspect
from noaber.files.queries import named, names_of
from noaber.files.rules import TYPES, ending, safe_name, without
from noaber.record.actions import erase_values, put, remember, retract, revision
from noaber.record.anchors import ensure, find
from noaber.record.rules import Evidence


def add(
    *,
    deal: str,
    parent: Ref,
    organisation: str,
    name: str,
    content: bytes,
    readers: str,
    since: date,
    permitted: Callable[[], None] = lambda: None,
    by: Actor,
    at: datetime,
) -> str:
    """Keep a file with something of a deal, owned by an organisation; returns its code.

    It is judged by what is in it, in a process of its own, before anything is recorded: that can take seconds, so `permitted` is
    asked after it, and raises when the file may not be added any more.

    :raises Refused: when it is not a file that is taken, or can do harm.
    """
    called = safe_name(name)
    kept = inspect(called, content)
    code = f"b{secrets.token_hex(6)}"
    with revision(
        by=by, at=at, action="add_file", subject=f"{parent.kind}:{deal}/{parent.code}"
    ) as r:
        permitted()
        anchor = ensure(models.File, r, code=code)
        models.FileContent.objects.create(file=anchor, content=kept)
        put(
            models.FileVersion,
            key={"file": anchor},
            values={
                "deal": deal,
                "parent": str(parent),
                "organisation": organisation,
                "called_id": remember(subject=f"stored:{deal}/{code}", text=called, stamp=r),
                "media_type": TYPES[ending(called)],
                "size": len(kept),
                "sha256": hashlib.sha256(kept).hexdigest(),
            },
            since=since,
            evidence=Evidence(),
            readers=readers,
            stamp=r,
        )
    return code


def remove(*, deal: str, code: str, by: Actor, at: datetime) -> None:
    """Remove a file of a deal for good: its bytes go, and it is no longer there at any moment.

    :raises File.DoesNotExist: when there is no such file.
    """
    anchor = find(models.File, code=code)
    with revision(by=by, at=at, action="remove_file", subject=f"file:{deal}/{code}") as r:
        retract(models.FileVersion, key={"file": anchor}, stamp=r)
        models.FileContent.objects.filter(file=anchor).delete()


def erase_names(words: Collection[str], *, by: Actor, at: datetime) -> int:
    """Take words out of what files are called, of removed ones too; returns how many held them."""
    with revision(by=by, at=at, action="rename_files", subject="files") as r:
        rows = named(words)
        names = names_of(rows)
        for row in rows:
            newest = models.FileVersion.objects.filter(file=row.file).order_by("-id")[0]
            if newest.pk != row.pk or row.retracted:
                continue
            kept = without(names[row.pk], words)
            put(
                models.FileVersion,
                key={"file": row.file},
                values={
                    "deal": row.deal,
                    "parent": row.parent,
                    "organisation": row.organisation,
                    "called_id": remember(
                        subject=f"stored:{row.deal}/{row.file.code}", text=kept, stamp=r
                    ),
                    "media_type": row.media_type,
                    "size": row.size,
                    "sha256": row.sha256,
                },
                since=row.valid_from,
                evidence=row.evidence,
                readers=row.readers,
                stamp=r,
            )
        erase_values([row.called_id for row in rows if row.called_id], by=by, at=at)
    return len({row.file_id for row in rows})
