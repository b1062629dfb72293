"""Settings of gunicorn: `gunicorn --config python:noaber.config.server`.

NOABER_BIND says where to listen (default 127.0.0.1:8000), NOABER_WORKERS how many processes. In
production a buffering proxy stands in front: half-open connections would hold threads otherwise.
"""

import os
from typing import Any

wsgi_app = "noaber.config.wsgi"
bind = os.environ.get("NOABER_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("NOABER_WORKERS", "2"))
worker_class = "gthread"
threads = 8
# The register is checked once, before any process serves; what is wrong is said once.
preload_app = True
loglevel = "warning"
# No second way in: the server is told to stop by signals only.
control_socket_disable = True


def when_ready(server: Any) -> None:  # noqa: ARG001
    """Say where to look, once it can be reached."""
    print(f"Noaber draait. Open http://{bind}/ (stoppen: Ctrl+C)", flush=True)  # noqa: T201
