"""Tables of files: what is known of them in the record, their bytes apart so that they can go."""

from typing import ClassVar

from django.db import models
from django.db.models import Value

from noaber.record.models import AppendOnly, PersonalReference, Version


class File(AppendOnly):
    """A file of a deal, known by its code."""

    code = models.CharField(max_length=20, unique=True)


class FileVersion(Version):
    """What is recorded of a file. What it is `called` can name a person, and stands apart."""

    KEY = ("file",)
    ADDED = frozenset({"called"})
    WITHHOLDABLE = "file"
    IDENTITY = ("deal", Value("/"), "file__code")

    file = models.ForeignKey(File, models.PROTECT, related_name="versions")
    deal = models.CharField(max_length=60)
    parent = models.CharField(max_length=200)
    organisation = models.CharField(max_length=60)
    called = models.ForeignKey(PersonalReference, models.PROTECT, null=True, related_name="+")
    # Only of files from before names stood apart.
    name = models.CharField(max_length=120, default="")
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta(Version.Meta):
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["deal", "parent"])]


class FileContent(models.Model):
    """The bytes of a file. Not of the record: a file that is removed is really gone."""

    # Of these the database keeps no samples, nor what was deleted; see `record.personal`.
    PERSONAL: ClassVar[tuple[str, ...]] = ("content",)

    file = models.OneToOneField(File, models.PROTECT, primary_key=True, related_name="content")
    content = models.BinaryField()
