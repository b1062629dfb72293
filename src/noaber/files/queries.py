"""Reading files."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from django.db.models import QuerySet

from noaber.access.rules import Audience
from noaber.core.ref import Ref
from noaber.files import models, rules
from noaber.record.queries import personal_texts
from noaber.record.rules import Moment

Shown = tuple[rules.File, ...]


def files(deal: str, moment: Moment, audience: Audience, *parents: Ref) -> Shown:
    """Files of a deal, or of some things in it, that an audience may have: one query."""
    rows = models.FileVersion.objects.at(moment, audience).filter(deal=deal)
    if parents:
        rows = rows.filter(parent__in=[str(parent) for parent in parents])
    return tuple(sorted(_files(rows), key=lambda found: (found.name.casefold(), found.code)))


def file(deal: str, code: str, moment: Moment, audience: Audience) -> rules.File | None:
    """A file that an audience may have; None when there is none for them."""
    rows = models.FileVersion.objects.at(moment, audience).filter(deal=deal, file__code=code)
    return next(iter(_files(rows[:1])), None)


def through(reader: Audience, *labels: str) -> Audience:
    """What a reader has of files whose labels nobody holds, since they are read through what they
    are at: ask for that first. What is withheld from the reader stays so.
    """
    return replace(reader, labels=frozenset(labels))


def content(code: str) -> bytes:
    """The bytes of a file.

    :raises FileContent.DoesNotExist: when it was removed.
    """
    return bytes(models.FileContent.objects.get(file__code=code).content)


def all_stored() -> Iterator[tuple[rules.File, bytes]]:
    """Every file that has its bytes, with them, one at a time."""
    held = models.FileContent.objects.order_by("pk").values_list("pk", flat=True)
    for pk in list(held):
        rows = models.FileVersion.objects.filter(file=pk).order_by("-id")[:1]
        for stored in _files(rows):
            yield stored, content(stored.code)


def named(words: Collection[str]) -> list[models.FileVersion]:
    """Every row of a file that is, or was, called something with the words in it."""
    rows = [*models.FileVersion.objects.select_related("file").order_by("id")]
    names = names_of(rows)
    return [row for row in rows if rules.holds(names[row.pk], words)]


def names_of(rows: Iterable[models.FileVersion]) -> dict[int, str]:
    """What each row says that a file is called; of an erased name only the ending is known."""
    asked = [*rows]
    texts = personal_texts(row.called_id or "" for row in asked)
    endings = {kind: suffix for suffix, kind in rules.TYPES.items()}
    return {
        row.pk: row.name
        or texts.get(row.called_id or "", f"{rules.GONE}{endings.get(row.media_type, '')}")
        for row in asked
    }


def _files(rows: QuerySet[models.FileVersion]) -> list[rules.File]:
    found = [*rows.select_related("file")]
    names = names_of(found)
    return [_file(row, names[row.pk]) for row in found]


def _file(row: models.FileVersion, name: str) -> rules.File:
    return rules.File(
        row.file.code,
        row.deal,
        Ref.parse(row.parent),
        row.organisation,
        name,
        row.media_type,
        row.size,
        row.sha256,
        row.readers,
        row.valid_from,
    )
