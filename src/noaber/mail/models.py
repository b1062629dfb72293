"""Messages to be sent: an ordinary table, of which everything personal can be wiped."""

from django.db import models

from noaber.jobs.models import Job


class Message(models.Model):
    """A message: its job says how far it is; address, subject and text are wiped in time."""

    PERSONAL = ("person", "address", "subject", "text")
    """Columns of which the database keeps no samples; see `record.personal`."""

    job = models.OneToOneField(Job, models.PROTECT, primary_key=True, related_name="+")
    letter = models.CharField(max_length=60)
    person = models.CharField(max_length=120, default="", db_index=True)
    address = models.CharField(max_length=254, default="")
    subject = models.CharField(max_length=200, default="")
    text = models.TextField(default="")
    message_id = models.CharField(max_length=320)
    written_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
