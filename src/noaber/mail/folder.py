"""Mail into a folder, where there is no mail server: to try Noaber out on one machine."""

import logging
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from noaber.jobs.rules import TryLater

logger = logging.getLogger("noaber.mail")


class FolderBackend(BaseEmailBackend):
    """Writes each message as a file, readable to its owner only, since it may let somebody in."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """:raises TryLater: when messages may not be written to a folder here."""
        folder: Path | None = settings.MAIL_FOLDER
        if folder is None:
            raise TryLater("Er is geen mailserver ingesteld (NOABER_SMTP).")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            # Named by its Message-ID: once more is the same file once more.
            name = message.extra_headers["Message-ID"].strip("<>").partition("@")[0]
            file = folder / f"{name}.eml"
            file.touch(mode=0o600)
            file.write_bytes(message.message().as_bytes())
            logger.warning("Mail niet verstuurd maar bewaard: %s", file)
        return len(email_messages)
