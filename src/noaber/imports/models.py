"""What was received: the bytes as they came, and what was loaded from them."""

from typing import ClassVar

from django.db import models

from noaber.record.models import AppendOnly


class Upload(AppendOnly):
    """A folder or workbook as it was received, known by the hash over its files."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)


class UploadedFile(AppendOnly):
    """A file of an upload with its bytes."""

    upload = models.ForeignKey(Upload, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["upload", "name"], name="file_once_in_upload"),
        ]


class Load(AppendOnly):
    """An upload that was loaded into a deal, as a revision."""

    upload = models.ForeignKey(Upload, models.PROTECT, related_name="+")
    deal = models.CharField(max_length=60)
