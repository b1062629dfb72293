"""One file with all that a register needs to start again elsewhere."""

import os
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import file_digest, sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from noaber.operation import copying, erasures
from noaber.operation.rules import (
    Manifest,
    NotARestorable,
    Part,
    manifest_text,
    parse_manifest,
)
from noaber.record import schema

MANIFEST = "manifest.json"
DATABASE = "database"
MEDIA = "media"
_FAST = 3


def make(to: Path, *, at: datetime) -> Manifest:
    """Write a backup of the running register; it is there whole and checked, or not at all.

    Holds the database, the list of erasures and the kept files; not the secret key, nor what
    `noaber setup` makes again. Only its owner can read it.

    :raises FileExistsError: when there is something of that name.
    :raises ProgramFailed: when PostgreSQL's own program fails.
    """
    if to.exists():
        raise FileExistsError(f"{to} bestaat al; kies een andere naam.")
    to.parent.mkdir(parents=True, exist_ok=True)
    # Beside the file, so that the last step is a renaming; the folder is its owner's alone.
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=f".{to.name}-") as name:
        folder = Path(name)
        head = copying.copy(folder / DATABASE)
        erasures.keep(settings.VAR / erasures.NAME, at)
        files = dict(_files(folder / DATABASE))
        manifest = Manifest(
            version("noaber"),
            at.isoformat(timespec="seconds"),
            connection.vendor,
            tuple(schema.applied()),
            head,
            {part: _part(path) for part, path in files.items()},
        )
        made = folder / "made"
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            _write(out, manifest, files)
            out.flush()
            os.fsync(out.fileno())
        read(made)
        made.rename(to)
    return manifest


def _files(database: Path) -> Iterator[tuple[str, Path]]:
    """Name in the backup and place of every part."""
    yield DATABASE, database
    if (settings.VAR / erasures.NAME).is_file():
        yield erasures.NAME, settings.VAR / erasures.NAME
    media = Path(settings.MEDIA_ROOT)
    for path in sorted(p for p in media.rglob("*") if p.is_file() and not p.is_symlink()):
        yield f"{MEDIA}/{path.relative_to(media).as_posix()}", path


def _part(path: Path) -> Part:
    with path.open("rb") as file:
        return Part(path.stat().st_size, file_digest(file, "sha256").hexdigest())


def _write(out: IO[bytes], manifest: Manifest, files: dict[str, Path]) -> None:
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=_FAST) as archive:
        text = manifest_text(manifest).encode()
        for name, size in [
            (MANIFEST, len(text)),
            *((n, p.size) for n, p in manifest.parts.items()),
        ]:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = size, 0o600
            if name == MANIFEST:
                archive.addfile(entry, BytesIO(text))
            else:
                with files[name].open("rb") as file:
                    archive.addfile(entry, file)


def manifest_of(path: Path) -> Manifest:
    """What a backup says of itself.

    :raises NotARestorable: when it is no backup.
    """
    try:
        with tarfile.open(path, "r:gz") as archive:
            first = archive.next()
            content = archive.extractfile(first) if first and first.name == MANIFEST else None
            if content is None:
                raise NotARestorable(f"{path.name} is geen back-up van Noaber.")
            return parse_manifest(content.read(16 << 20).decode("utf-8"))
    except (tarfile.TarError, OSError, EOFError, UnicodeDecodeError) as error:
        raise NotARestorable(f"{path.name} is geen back-up van Noaber, of beschadigd.") from error


def read(path: Path, into: Path | None = None) -> Manifest:
    """Read a whole backup against its hashes, and put its parts in a folder when one is given.

    :raises NotARestorable: when a part is missing, added or changed.
    """
    manifest = manifest_of(path)
    seen = set()
    try:
        with tarfile.open(path, "r:gz") as archive:
            for entry in archive:
                if entry.name == MANIFEST:
                    continue
                part = manifest.parts.get(entry.name)
                content = archive.extractfile(entry) if entry.isreg() else None
                if part is None or content is None or entry.size != part.size:
                    raise NotARestorable(f"In {path.name} hoort {entry.name} niet zo.")
                target = _target(into, entry.name) if into else Path(os.devnull)
                if _copied(content, target) != part.sha256:
                    raise NotARestorable(f"In {path.name} is {entry.name} veranderd of beschadigd.")
                seen.add(entry.name)
    except (tarfile.TarError, OSError, EOFError) as error:
        raise NotARestorable(f"{path.name} is beschadigd of niet heel.") from error
    missing = manifest.parts.keys() - seen
    if missing:
        raise NotARestorable(f"In {path.name} ontbreekt: {', '.join(sorted(missing))}.")
    return manifest


def _target(into: Path, name: str) -> Path:
    target = (into / name).resolve()
    if not target.is_relative_to(into.resolve()):
        raise NotARestorable(f"{name} zou buiten de map terechtkomen.")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return target


def _copied(content: IO[bytes], target: Path) -> str:
    """The hash of what was copied."""
    digest = sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()
