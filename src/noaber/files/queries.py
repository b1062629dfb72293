"""Reading files."""

from noaber.access.rules import Audience
from noaber.core.ref import Ref
from noaber.files import models, rules
from noaber.record.rules import Moment

Shown = tuple[rules.File, ...]


def files(deal: str, moment: Moment, audience: Audience, parent: Ref | None = None) -> Shown:
    """Files of a deal, or of one thing in it, that an audience may have: one query."""
    rows = models.FileVersion.objects.at(moment, audience).filter(deal=deal)
    if parent is not None:
        rows = rows.filter(parent=str(parent))
    return tuple(map(_file, rows.select_related("file").order_by("name", "id")))


def file(deal: str, code: str, moment: Moment, audience: Audience) -> rules.File | None:
    """A file that an audience may have; None when there is none for them."""
    rows = models.FileVersion.objects.at(moment, audience).filter(deal=deal, file__code=code)
    row = rows.select_related("file").first()
    return _file(row) if row else None


def content(code: str) -> bytes:
    """The bytes of a file.

    :raises FileContent.DoesNotExist: when it was removed.
    """
    return bytes(models.FileContent.objects.get(file__code=code).content)


def _file(row: models.FileVersion) -> rules.File:
    return rules.File(
        row.file.code,
        row.deal,
        Ref.parse(row.parent),
        row.organisation,
        row.name,
        row.media_type,
        row.size,
        row.sha256,
        row.readers,
        row.valid_from,
    )
