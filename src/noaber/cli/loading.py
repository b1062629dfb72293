"""Files in and out."""

import sys
from pathlib import Path
from typing import Any

import click

from noaber.access.rules import Actor
from noaber.cli.options import by_option, chosen_deal, now, refusals_shown

SHOWN = 40
"""How many changes are shown one by one."""


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--dry-run", is_flag=True, help="Laat zien wat er zou veranderen; er verandert niets."
)
@click.option("--later", is_flag=True, help="Kijk nu na, en laat de werker het laden.")
@by_option
@refusals_shown
def load(path: Path, dry_run: bool, later: bool, by: str) -> None:
    """Laad een deal uit een map met CSV-bestanden of een werkboek (XLSX of ODS).

    Alles of niets: is er iets mis, dan staan alle bevindingen er met blad en cel.
    """
    from noaber.imports import actions, queries
    from noaber.imports.checking import check
    from noaber.imports.reading import read
    from noaber.record import schema, triggers

    schema.require_current()
    triggers.require()
    actor = Actor("command-line", by)
    book = read(path)
    if later and not dry_run:
        _load_later(book, actor)
        return
    upload = queries.kept_as(book.files) if dry_run else actions.receive(book, by=actor, at=now())
    sheets = check(book)
    with click.progressbar(
        length=1, label="Laden", show_pos=True, hidden=not sys.stdout.isatty()
    ) as bar:

        def step(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        loaded = actions.load(
            sheets,
            upload,
            by=actor,
            at=now(),
            dry_run=dry_run,
            progress=actions.silent if dry_run else step,
        )
    _report(loaded, dry_run)


def _load_later(book: Any, actor: Actor) -> None:
    from noaber.imports.checking import check
    from noaber.imports.later import load_later

    check(book)
    number = load_later(book, by=actor, at=now())
    click.echo(f"In de rij als opdracht {number}. Hoe het gaat: noaber jobs --all")


def _report(loaded: Any, dry_run: bool) -> None:
    from noaber.imports.facts import definition
    from noaber.imports.writing import format_value

    if not loaded.changes:
        click.echo(f"{loaded.deal}: niets nieuws, het register zegt dit al. Er is niets veranderd.")
        return
    new = sum(c.before is None for c in loaded.changes)
    changed = len(loaded.changes) - new
    would = "zou " if dry_run else ""
    tail = "" if dry_run else f" Revisie {loaded.revision}."
    click.echo(f"{loaded.deal}: {would}{new} nieuw, {changed} gewijzigd.{tail}")
    told = [c for c in loaded.changes if c.before is not None]
    for change in told[:SHOWN]:
        sheet = definition(change.fact.kind)
        columns = {c.field: c for c in sheet.columns}
        what = "; ".join(
            f"{columns[name].name}: {_shown(columns[name], old, format_value)} → "
            f"{_shown(columns[name], value, format_value)}"
            for name, (old, value) in change.changed.items()
        )
        click.echo(f"  {sheet.name} {' '.join(k for k in change.fact.key if k)}: {what}")
    if len(told) > SHOWN:
        click.echo(f"  en nog {len(told) - SHOWN} andere")


def _shown(column: Any, value: Any, write: Any) -> str:
    from noaber.imports.faults import shortened

    return "leeg" if value is None else shortened(write(column, value))


@click.command()
@click.option("--deal", metavar="CODE", help="Welke deal; standaard: de enige.")
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="Map (CSV), of een bestand dat eindigt op .xlsx of .ods.",
)
@refusals_shown
def export(deal: str | None, path: Path) -> None:
    """Voer een deal uit in de vorm waarin hij geladen wordt."""
    from noaber.access.rules import OFFICE
    from noaber.imports.exporting import exported
    from noaber.imports.writing import write_book
    from noaber.record.queries import latest

    write_book(exported(chosen_deal(deal), latest(), OFFICE), path)
    click.echo(f"Geschreven: {path}")


@click.command()
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="Bestand dat eindigt op .xlsx of .ods.",
)
@refusals_shown
def template(path: Path) -> None:
    """Schrijf een leeg werkboek met uitleg bij elke kolom."""
    from noaber.imports.writing import write_template

    write_template(path)
    click.echo(f"Geschreven: {path}")


COMMANDS = (load, export, template)
