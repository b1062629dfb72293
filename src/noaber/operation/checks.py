"""What must always hold, of the register and of what is kept beside it."""

from django.conf import settings

from noaber.core.finding import Finding
from noaber.editions.queries import check_adopted
from noaber.imports.queries import check_files
from noaber.monitor import checks
from noaber.operation import erasures


def findings(published: tuple[int, str] | None = None) -> tuple[Finding, ...]:
    """Findings on what must always hold; none when all is well.

    `published` is a head of the chain as published before: number and hash.

    :raises ListBroken: when the list of erasures was changed.
    """
    return (
        *checks.invariants(published),
        *check_files(),
        *check_adopted(),
        *erasures.check(settings.VAR / erasures.NAME),
    )
