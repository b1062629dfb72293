"""What was received: the bytes as they came, and what was loaded from them."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from noaber.record.models import AppendOnly


class Upload(AppendOnly):
    """A folder or workbook as it was received, known by the hash over its files."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)


class UploadedFile(AppendOnly):
    """A file of an upload. `sha256` is over the salt and the bytes, which stand apart."""

    # Earlier releases had the bytes here; their rows were chained with the hash of those.
    CHAINED_AS: ClassVar[Mapping[str, str]] = {"content": "sha256"}
    PERSONAL: ClassVar[tuple[str, ...]] = ("name",)

    upload = models.ForeignKey(Upload, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["upload", "name"], name="file_once_in_upload"),
        ]


class FileContent(models.Model):
    """The bytes of a file, apart from the record so that names in them can be erased.

    Without the salt nobody can try which name an erased one was.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("content", "salt")
    KEPT_APART: ClassVar[bool] = True

    file = models.OneToOneField(UploadedFile, models.PROTECT, primary_key=True, related_name="kept")
    salt = models.CharField(max_length=32)
    content = models.BinaryField()


class Load(AppendOnly):
    """An upload that was loaded into a deal, as a revision."""

    upload = models.ForeignKey(Upload, models.PROTECT, related_name="+")
    deal = models.CharField(max_length=60)
