"""Outgoing mail, as its administrator sees it."""

import click

from noaber.cli.options import refusals_shown

WORDS = {
    "waiting": "wacht",
    "sent": "verstuurd",
    "failed": "opgegeven",
    "withdrawn": "ingetrokken",
}


@click.group(invoke_without_command=True)
@click.pass_context
def mail(context: click.Context) -> None:
    """Laat zien hoe ver de laatste berichten zijn."""
    if context.invoked_subcommand is not None:
        return
    from noaber.mail import queries

    for sending in queries.sendings():
        address = sending.address or "(adres gewist)"
        parts = (WORDS[sending.status], sending.letter, address, sending.reason)
        click.echo(f"{sending.number:>6}  " + "  ".join(part for part in parts if part))


@mail.command(name="try")
@click.argument("address", metavar="ADRES")
@refusals_shown
def try_out(address: str) -> None:
    """Stuur een proefbericht, om te zien of de mailserver goed is ingesteld."""
    from django.conf import settings
    from django.db import transaction

    from noaber.cli.working import now, worker
    from noaber.mail import actions, queries
    from noaber.mail.rules import Recipient

    letter = actions.letter("noaber.mail", "proefbericht")
    at = now()
    with transaction.atomic():
        number = actions.send(letter, Recipient(address), {}, key=f"try:{at.isoformat()}", at=at)
    made = worker()
    while made.once():
        pass
    found = queries.find(number)
    if found is None or found.status != "sent":
        reason = found.reason if found else ""
        raise click.ClickException(f"Nog niet verstuurd. {reason} Zie: noaber mail")
    if settings.MAIL_FOLDER:
        click.echo(f"Niet verstuurd: er is geen mailserver. Bewaard in {settings.MAIL_FOLDER}")
    else:
        click.echo("Verstuurd.")


COMMANDS = (mail,)
