"""Of what people were reminded, and what they switched off: ordinary tables, erased with a person."""

from typing import ClassVar

from django.db import models


class Reminded(models.Model):
    """Somebody was reminded of a thing with this date: once, for the database sees to it."""

    PERSONAL = ("person",)
    """Columns of which the database keeps no samples; see `record.personal`."""

    person = models.CharField(max_length=120)
    deal = models.CharField(max_length=60)
    topic = models.CharField(max_length=20)
    thing = models.CharField(max_length=200)
    due = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "deal", "topic", "thing", "due"], name="reminded_once"
            )
        ]


class SwitchedOff(models.Model):
    """Somebody wants no reminders of a topic."""

    PERSONAL = ("person",)
    """Columns of which the database keeps no samples; see `record.personal`."""

    person = models.CharField(max_length=120)
    topic = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "topic"], name="switched_off_once")
        ]
