"""A register from a backup, in an empty place, with everything erased since erased again."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from noaber.access.rules import Actor
from noaber.core.finding import Finding
from noaber.operation import backup, copying, erasing, erasures
from noaber.operation.checks import findings
from noaber.operation.rules import Line, Manifest, NotARestorable, parse
from noaber.record import queries, schema, triggers


@dataclass(frozen=True)
class Restored:
    """What came back, what was erased again, what is wrong with it, and the files in which people
    who were erased may still be named.
    """

    manifest: Manifest
    erased: int
    findings: tuple[Finding, ...]
    added: tuple[erasing.Looked, ...] = ()


def restore(
    path: Path, *, listed: Path | None, without_list: bool, by: Actor, at: datetime
) -> Restored:
    """Put a backup back into the database and folder that are set, which must be empty.

    `listed` is the list of erasures; the one in the var folder is taken when it is None.

    :raises NotARestorable: when the place is not empty, the backup is damaged or of the other
        engine, or there is no list and `without_list` is not said.
    :raises DatabaseNewer: when a later release made the backup.
    :raises ListBroken: when the list was changed.
    """
    manifest = backup.manifest_of(path)
    _require_fit(manifest)
    settings.VAR.mkdir(parents=True, exist_ok=True)
    _require_empty()
    own = settings.VAR / erasures.NAME
    lines = _list(listed or (own if own.is_file() else None), without_list=without_list)
    with tempfile.TemporaryDirectory(dir=settings.VAR, prefix=".restore-") as name:
        parts = Path(name)
        backup.read(path, parts)
        known = erasures.read(parts / erasures.NAME)
        if listed or own.is_file():
            _require_follows(lines, known)
        else:
            lines = known
        copying.put_back(parts / backup.DATABASE)
        try:
            return _finish(manifest, parts, lines, by, at)
        except BaseException:
            # What is half restored must not be taken for a register.
            copying.take_away()
            raise


def _require_fit(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise NotARestorable(
            f"Deze back-up is van {names.get(manifest.engine, manifest.engine)}; hier is "
            f"{names[connection.vendor]} gekozen. Een back-up gaat terug naar dezelfde soort "
            "database. Overstappen kan met noaber export en noaber load, zonder de geschiedenis."
        )
    unknown = schema.unknown_of(list(manifest.migrations))
    if unknown:
        raise schema.DatabaseNewer(unknown)


def _require_empty() -> None:
    if not copying.is_empty():
        raise NotARestorable(
            "De database is niet leeg. Terugzetten kan alleen op een lege plek: kies een nieuwe "
            "database met NOABER_DATABASE (of verplaats de oude)."
        )
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(media.iterdir()):
        raise NotARestorable(f"De map {media} is niet leeg. Kies een nieuwe met NOABER_VAR.")


def _list(path: Path | None, *, without_list: bool) -> tuple[Line, ...]:
    if path is None:
        if not without_list:
            raise NotARestorable(
                "Zonder lijst van wissingen zouden gewiste personen terugkeren. Geef de lijst met "
                "--erasures erasures.jsonl. Is er echt geen: --without-erasures."
            )
        return ()
    if not path.is_file():
        raise NotARestorable(f"De lijst van wissingen {path} is er niet.")
    return parse(path.read_text("utf-8"))


def _require_follows(lines: tuple[Line, ...], known: tuple[Line, ...]) -> None:
    """The list goes on where the one in the backup ends; an older one would forget people."""
    if lines[: len(known)] != known:
        raise NotARestorable(
            "Deze lijst van wissingen is ouder dan de back-up of hoort er niet bij. "
            "Neem de laatste lijst van dit register."
        )


def _finish(
    manifest: Manifest, parts: Path, lines: tuple[Line, ...], by: Actor, at: datetime
) -> Restored:
    head = queries.head()
    if head != manifest.head:
        raise NotARestorable(
            f"De kop van de keten is {head[0]}:{head[1]}, en volgens de back-up "
            f"{manifest.head[0]}:{manifest.head[1]}."
        )
    call_command("migrate", interactive=False, verbosity=0)
    triggers.require()
    if (parts / backup.MEDIA).is_dir():
        shutil.copytree(parts / backup.MEDIA, settings.MEDIA_ROOT, dirs_exist_ok=True)
    done = erasing.replay(lines, by=by, at=at)
    own = settings.VAR / erasures.NAME
    erasures.put(own, lines)
    erasures.keep(own, at)
    connections.close_all()
    erased = done.people + done.values + done.files + done.named
    return Restored(manifest, erased, findings(manifest.head), done.added)
