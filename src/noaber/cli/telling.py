"""How it is with this place."""

import json
import logging
from dataclasses import asdict

import click

from noaber.cli.options import json_option, now


@click.command()
@json_option
def health(as_json: bool) -> None:
    """Zeg of deze plek haar werk kan doen, onderdeel voor onderdeel; sluit af met 1 als het niet kan.

    Voor bewaking door wie het beheert; /gezond zegt alleen of de site leeft.
    """
    from noaber.operation import readiness

    # Django says of every error of the database what it was doing.
    logging.getLogger("django.db.backends").setLevel(logging.CRITICAL)
    found = readiness.parts(at=now())
    ready = all(part.ready for part in found)
    if as_json:
        told = {"ready": ready, "parts": [asdict(part) for part in found]}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for part in found:
            click.echo(f"{'goed' if part.ready else 'FOUT'}  {part.name}: {part.said}")
    if not ready:
        raise SystemExit(1)


COMMANDS = (health,)
