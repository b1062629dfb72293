"""What was adopted: the bytes of an edition as the board saw them, kept for good."""

from typing import ClassVar

from django.db import models

from noaber.record.models import AppendOnly


class AdoptedProgramme(AppendOnly):
    """An implementation programme as it was adopted.

    `number` counts the editions of a tranche from one; each later one replaces the one before.
    `as_of` and `known_on` are the moment its figures are of.
    """

    deal = models.CharField(max_length=60)
    tranche = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    adopted_on = models.DateField()
    decision = models.CharField(max_length=300, default="")
    source = models.CharField(max_length=60, default="")
    as_of = models.DateField()
    known_on = models.PositiveBigIntegerField()
    readers = models.CharField(max_length=60, default="public")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["deal", "tranche", "number"], name="edition_adopted_once"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="editions_count_from_one"
            ),
        ]


class AdoptedFile(AppendOnly):
    """An adopted edition in one of its forms, with its bytes."""

    programme = models.ForeignKey(AdoptedProgramme, models.PROTECT, related_name="files")
    form = models.CharField(max_length=10)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "form"], name="form_once_in_edition"),
        ]
