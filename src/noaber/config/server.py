"""Settings of gunicorn: `gunicorn --config python:noaber.config.server`.

NOABER_BIND says where to listen (default 127.0.0.1:8000), NOABER_WORKERS how many processes. One
of them also does the jobs that wait (mail), unless NOABER_WORK is `apart`: then `noaber work` does,
as a process of its own. In production a buffering proxy stands in front: half-open connections
would hold threads otherwise.
"""

import os
from typing import Any

from noaber.config import logs

wsgi_app = "noaber.config.wsgi"
bind = os.environ.get("NOABER_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("NOABER_WORKERS", "2"))
worker_class = "gthread"
threads = 8
# The register is checked once, before any process serves; what is wrong is said once.
preload_app = True
# The same JSON lines as the application; see logs.
logconfig_dict = logs.configuration(os.environ.get("NOABER_LOG", "INFO").upper())
# No second way in: the server is told to stop by signals only.
control_socket_disable = True


def when_ready(server: Any) -> None:  # noqa: ARG001
    """Say where to look, once it can be reached."""
    print(f"Noaber draait. Open http://{bind}/ (stoppen: Ctrl+C)", flush=True)  # noqa: T201


if os.environ.get("NOABER_WORK") != "apart":
    _inside: list[Any] = []

    def post_worker_init(worker: Any) -> None:  # noqa: ARG001
        """Start a worker in a thread; of all web processes on this machine one is at work."""
        from noaber.cli.working import Inside

        _inside.append(Inside())
        _inside[0].start()

    def worker_exit(server: Any, worker: Any) -> None:  # noqa: ARG001
        """Finish the job that is being done."""
        for inside in _inside:
            inside.stop()
