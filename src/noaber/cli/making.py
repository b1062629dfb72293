"""Documents."""

from pathlib import Path

import click

from noaber.access.rules import PUBLIC
from noaber.cli.options import chosen_deal, chosen_moment, refusals_shown
from noaber.documents.formats import WRITERS


@click.group()
def document() -> None:
    """Maak een document uit het register."""


@document.command()
@click.option("--tranche", required=True, help="Nummer van de tranche, zoals gedrukt.")
@click.option(
    "--format", "form", type=click.Choice(list(WRITERS)), default="pdf", show_default=True
)
@click.option("--deal", metavar="CODE", help="Welke deal; standaard: de enige.")
@click.option("--known-on", metavar="WANNEER", help="Zoals bekend op een datum of revisienummer.")
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
    *, tranche: str, form: str, deal: str | None, known_on: str | None, path: Path
) -> None:
    """Het uitvoeringsprogramma van een tranche: projecten, voortgang en financiën."""
    from django.conf import settings

    from noaber.editions import queries
    from noaber.editions.rules import UnknownTranche

    revision = chosen_moment(None, known_on).revision
    try:
        made = queries.programme(
            chosen_deal(deal), tranche, revision, PUBLIC, base_url=settings.SITE
        )
    except UnknownTranche as error:
        raise click.ClickException(str(error)) from error
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(WRITERS[form].write(made))
    click.echo(f"Geschreven: {path}")


COMMANDS = (document,)
