"""Reading what was received and loaded."""

from collections.abc import Iterable, Iterator

from django.db.models.functions import Length

from noaber.core.finding import Finding
from noaber.imports import models
from noaber.imports.rules import KeptFile, commitment, upload_subject
from noaber.record.queries import left_of


def kept_as(files: Iterable[KeptFile]) -> str:
    """The hash by which an upload of exactly these files is kept; "" when there is none."""
    wanted = {file.name: file.content for file in files}
    candidates: dict[str, list[bool]] = {}
    rows = models.UploadedFile.objects.annotate(size=Length("kept__content")).values_list(
        "upload__sha256", "name", "sha256", "kept__salt", "size"
    )
    for upload, name, sha256, salt, size in rows.iterator(chunk_size=500):
        content = wanted.get(name, b"")
        same = len(content) == size and commitment(salt, content) == sha256
        candidates.setdefault(upload, []).append(same)
    return next((u for u, s in candidates.items() if all(s) and len(s) == len(wanted)), "")


def subjects_of_uploads(deal: str) -> tuple[str, ...]:
    """What the audit entries say of the files that were loaded into a deal when they came in."""
    hashes = models.Load.objects.filter(deal=deal).values_list("upload__sha256", flat=True)
    return tuple(sorted({upload_subject(sha256) for sha256 in hashes}))


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
    kept = rows.filter(kept__isnull=False).select_related("kept").order_by("name")
    return tuple((f.name, f.sha256, bytes(f.kept.content)) for f in kept)


def all_kept() -> Iterator[tuple[str, str, bytes]]:
    """Name, hash and bytes of every file, one at a time."""
    rows = models.UploadedFile.objects.filter(kept__isnull=False).select_related("kept")
    for row in rows.order_by("id").iterator(chunk_size=1):
        yield row.name, row.sha256, bytes(row.kept.content)


def check_files() -> tuple[Finding, ...]:
    """Findings on kept files: bytes that are not what came in, nor what an erasure left."""
    found = []
    rows = models.UploadedFile.objects.select_related("kept").order_by("id")
    for row in rows.iterator(chunk_size=1):
        kept = getattr(row, "kept", None)
        if kept and commitment(kept.salt, bytes(kept.content)) == row.sha256:
            continue
        left = left_of(f"file:{row.sha256}")
        if left is None or left != (commitment("", bytes(kept.content)) if kept else ""):
            where = f"Revisie {row.revision_id}"
            found.append(Finding("K-08", f"{where}: het bewaarde bestand {row.name} is veranderd."))
    return tuple(found)
