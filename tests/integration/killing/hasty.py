"""Controls: the site, but what is sent to the office is answered before it is recorded, or done twice.

Whoever asks for a page waits until that is recorded, so that nothing is lost unless the server is
killed in between. For a server with one process.
"""

import io
import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from noaber.config.wsgi import application as real

DELAY = 1.0
TWICE = os.environ.get("CONTROL") == "twice"

_all_done = threading.Condition()
_busy: list[int] = []


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Serve a request as the site does, but for what is sent to the office."""
    if not environ["PATH_INFO"].startswith("/kantoor/"):
        return real(environ, start)
    if environ["REQUEST_METHOD"] != "POST":
        with _all_done:
            _all_done.wait_for(lambda: not _busy)
        return real(environ, start)
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    if TWICE:
        _done(environ, body)
        _done(environ, body)
    else:
        _busy.append(1)
        threading.Thread(target=_later, args=(environ, body)).start()
    start("302 Found", [("Location", "/")])
    return [b""]


def _later(environ: dict[str, Any], body: bytes) -> None:
    time.sleep(DELAY)
    _done(environ, body)
    with _all_done:
        _busy.pop()
        _all_done.notify_all()


def _done(environ: dict[str, Any], body: bytes) -> None:
    again = {**environ, "wsgi.input": io.BytesIO(body)}
    for _ in real(again, lambda *_: lambda _: None):
        pass
