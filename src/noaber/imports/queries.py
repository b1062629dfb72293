"""Reading what was received and loaded."""

from noaber.imports import models


def is_kept(sha256: str) -> bool:
    """Whether a file with this hash was received before."""
    return models.Upload.objects.filter(sha256=sha256).exists()


def last_load(deal: str, upload: str) -> int:
    """The revision that a file speaks of, when it does not say so itself; 0 when never loaded.

    For a file that was loaded before, that load: what changed since, it cannot know. For a new
    file, the last load of the deal.
    """
    loads = models.Load.objects.filter(deal=deal).order_by("-revision_id")
    last = loads.filter(upload__sha256=upload).first() or loads.first()
    return last.revision_id if last else 0


def kept_files(sha256_prefix: str) -> tuple[tuple[str, str, bytes], ...]:
    """Name, hash and bytes of the files of an upload, by the start of its hash."""
    rows = models.UploadedFile.objects.filter(upload__sha256__startswith=sha256_prefix)
    return tuple((f.name, f.sha256, bytes(f.content)) for f in rows.order_by("name"))
