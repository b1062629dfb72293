"""Logs as JSON lines in which nobody can be recognised.

What people typed, who they are and where they are from can be in any argument of a message, in the
text of any error and in any address. So of messages only the fixed part is kept, of errors the
kind and the place, and values come along only under names that are allowed here.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FIELDS = ("request_id", "route", "method", "status", "milliseconds", "revision")
"""Values that may come along, given as `extra`; none can hold what a visitor typed."""

WITH_ARGUMENTS = ("noaber.jobs", "noaber.mail", "noaber.config")
"""Loggers whose messages are written so that they name nobody; they are kept whole."""

SHOWN_FRAMES = 12
_HERE = Path(__file__).resolve().parents[2]


class Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """What may be told of a record."""
        at = datetime.fromtimestamp(record.created, UTC)
        told: dict[str, Any] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            "from": f"{_short(record.pathname)}:{record.lineno}",
        }
        given = {name: vars(record)[name] for name in FIELDS if name in vars(record)}
        # Others give objects under such names: only plain values are known to be harmless.
        told |= {n: v for n, v in given.items() if v is None or isinstance(v, str | int)}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            told["error"] = _kinds(error)
            told["where"] = _places(error)
        return json.dumps(told, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    if record.name.startswith(WITH_ARGUMENTS):
        return record.getMessage()
    # Without arguments others may have put them into the message already.
    return str(record.msg) if record.args or record.name.startswith("noaber.") else ""


def _kinds(error: BaseException) -> list[str]:
    """Kinds of an error and of those behind it; never their texts."""
    found: list[str] = []
    behind: BaseException | None = error
    while behind is not None and len(found) < SHOWN_FRAMES:
        found.append(type(behind).__qualname__)
        behind = behind.__cause__ or behind.__context__
    return found


def _places(error: BaseException) -> list[str]:
    """File, line and function, the innermost last; never the values there."""
    frames = traceback.extract_tb(error.__traceback__)[-SHOWN_FRAMES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(_HERE):
        return path.relative_to(_HERE).as_posix()
    return "/".join(path.parts[-2:])


def configuration(level: str) -> dict[str, Any]:
    """Settings of `logging`: everything to standard error, requests from INFO on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "noaber.config.logs.Lines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "noaber.requests": {"level": level},
            # Says again what `noaber.requests` says, with the path.
            "django.request": {"level": "ERROR"},
            "gunicorn.error": {"handlers": [], "propagate": True, "level": "WARNING"},
        },
    }
