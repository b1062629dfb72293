"""One process that writes as fast as it can: `python -m benchmarks.soak.writer NAME SECONDS`.

Answers with what it posted, what went wrong, and the longest that one posting took in seconds.
"""

import json
import sys
from time import monotonic
from typing import Any


def _write(name: str, seconds: float) -> dict[str, Any]:
    from noaber.ledger.actions import post
    from tests.integration.ledger.small_deal import ANNA, AT, DEAL, NO_EVIDENCE, commitment

    posted: list[int] = []
    errors = []
    stop = monotonic() + seconds
    number, longest = 0, 0.0
    while monotonic() < stop:
        number, begun = number + 1, monotonic()
        posting = commitment(f"{name}-{number}", 1)
        try:
            posted += post([posting], deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
        except Exception as error:  # noqa: BLE001  any error at all is what is looked for
            errors.append(f"schrijver {name}: {type(error).__name__}: {error}")
        longest = max(longest, monotonic() - begun)
    return {"posted": posted, "errors": errors, "longest": longest}


def _main(name: str, seconds: str) -> None:
    import django

    django.setup()
    print(json.dumps(_write(name, float(seconds))))


if __name__ == "__main__":
    _main(*sys.argv[1:])
