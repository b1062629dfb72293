"""Documents: made from the register, or as they were adopted."""

from pathlib import Path
from typing import Any

import click

from noaber.access.rules import PUBLIC, Actor
from noaber.cli.options import (
    by_option,
    chosen_day,
    chosen_deal,
    chosen_moment,
    now,
    refusals_shown,
)
from noaber.core.notation import count, day
from noaber.documents.formats import WRITERS

TRANCHE = click.option("--tranche", required=True, help="Nummer van de tranche, zoals gedrukt.")
DEAL = click.option("--deal", metavar="CODE", help="Welke deal; standaard: de enige.")


@click.group()
def document() -> None:
    """Maak een document uit het register, of geef het zoals het is vastgesteld."""


@document.command()
@TRANCHE
@click.option(
    "--format", "form", type=click.Choice(list(WRITERS)), default="pdf", show_default=True
)
@DEAL
@click.option(
    "--known-on",
    metavar="WANNEER",
    help="Zoals bekend op een datum of revisienummer; maakt het opnieuw.",
)
@click.option(
    "--as-new",
    is_flag=True,
    help="Maak het opnieuw uit het register, ook als het is vastgesteld.",
)
@click.option("--edition", type=int, metavar="NUMMER", help="Een eerdere vastgestelde uitgave.")
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Bestand om te schrijven.",
)
@refusals_shown
def uitvoeringsprogramma(
    *,
    tranche: str,
    form: str,
    deal: str | None,
    known_on: str | None,
    as_new: bool,
    edition: int | None,
    path: Path,
) -> None:
    """Het uitvoeringsprogramma van een tranche: projecten, voortgang en financiën.

    Is het vastgesteld, dan krijgt u de vastgestelde uitgave, tot op de byte gelijk.
    """
    code = chosen_deal(deal)
    if edition is not None and (as_new or known_on):
        raise click.ClickException("Kies --edition, of --as-new of --known-on; niet samen.")
    if as_new or known_on:
        content, told = _made(code, tranche, form, known_on)
    else:
        content, told = _adopted(code, tranche, form, edition) or _made(code, tranche, form, None)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    click.echo(f"Geschreven: {path} ({told})")


def _adopted(deal: str, tranche: str, form: str, number: int | None) -> tuple[bytes, str] | None:
    """The bytes of an adopted edition, and which one it is; None when none was adopted."""
    from noaber.access.queries import audience, withholdings
    from noaber.editions import queries
    from noaber.editions.adoption import is_withdrawn

    today = now().date()
    found = queries.adopted_edition(deal, tranche, audience(None, deal, today), number=number)
    if found and is_withdrawn(found, (w for w in withholdings(deal, today) if w.holds(today))):
        if number is None:
            return None
        raise click.ClickException(
            f"Uitgave {number} van programma {tranche} is teruggetrokken: een partij heeft om "
            "geheimhouding van een deel ervan gevraagd. Maak het programma opnieuw met --as-new."
        )
    if found is None or found.file(form) is None:
        if number is None:
            return None
        raise click.ClickException(
            f"Uitgave {number} van programma {tranche} is niet vastgesteld als {form}."
        )
    told = f"vastgesteld op {day(found.adopted_on)}, uitgave {found.number}"
    return queries.adopted_bytes(deal, found, form), told


def _made(deal: str, tranche: str, form: str, known_on: str | None) -> tuple[bytes, str]:
    """The programme made from the register, and at which revision."""
    from django.conf import settings

    from noaber.access.queries import audience
    from noaber.editions import queries

    revision = chosen_moment(None, known_on).revision
    readers = audience(None, deal, now().date())
    made = queries.programme(deal, tranche, revision, readers, base_url=settings.SITE)
    return WRITERS[form].write(made), f"gemaakt uit het register, revisie {count(revision)}"


@click.command()
@TRANCHE
@DEAL
@click.option("--on", "on", metavar="DATUM", help="Dag van vaststelling; standaard: vandaag.")
@click.option("--decision", default="", metavar="TEKST", help="Wie het vaststelde, in woorden.")
@click.option("--source", default="", metavar="CODE", help="Bron van het besluit.")
@click.option(
    "--known-on",
    metavar="WANNEER",
    help="Zoals bekend op een datum of revisienummer; standaard: nu.",
)
@click.option(
    "--replaces",
    type=int,
    metavar="NUMMER",
    help="Gewijzigd vastgesteld: de uitgave die dit vervangt.",
)
@by_option
@refusals_shown
def adopt(
    *,
    tranche: str,
    deal: str | None,
    on: str | None,
    known_on: str | None,
    **decided: Any,
) -> None:
    """Stel een uitvoeringsprogramma vast: in elke vorm gemaakt, en voorgoed zo bewaard.

    Later verandert er niets meer aan, ook niet als het register of het programma verandert.
    """
    from django.conf import settings

    from noaber.editions import actions, queries
    from noaber.record import schema, triggers

    schema.require_current()
    triggers.require()
    code, name = chosen_deal(deal), str(decided.pop("by"))
    if not name.strip():
        raise click.ClickException("Zeg met --by wie dit vastlegt.")
    number = actions.adopt(
        deal=code,
        tranche=tranche,
        adopted_on=chosen_day(on, "--on"),
        known_on=chosen_moment(None, known_on).revision,
        base_url=settings.SITE,
        by=Actor("command-line", name),
        at=now(),
        **decided,
    )
    found = queries.adopted_edition(code, tranche, PUBLIC, number=number)
    for file in found.files if found else ():
        click.echo(f"  {file.form}: {count(file.size)} bytes, sha256 {file.sha256}")
    click.echo(f"Vastgesteld: programma {tranche}, uitgave {number}.")


COMMANDS = (document, adopt)
