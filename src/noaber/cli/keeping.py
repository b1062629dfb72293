"""Backups, putting them back, and erasing people."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from noaber.access.rules import Actor
from noaber.cli.options import HERE, by_option, now, refusals_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from noaber.operation.erasing import Done, Found, Looked

FILE = click.Path(path_type=Path, dir_okay=False)
PARENTS = {"proposal": "voorstel", "agenda_item": "agendapunt"}
"""What people call the things that files are with; "project" is the same word."""


@click.command()
@click.argument("path", metavar="BESTAND", type=FILE)
@refusals_shown
def backup(path: Path) -> None:
    """Maak een back-up van het register in één bestand, terwijl het in gebruik is.

    Er zit alles in om elders opnieuw te beginnen, behalve de geheime sleutel. Bewaar de lijst van
    wissingen (erasures.jsonl) ook los: die hoort bij het terugzetten.
    """
    from noaber.operation import backup as backups

    manifest = backups.make(path, at=now())
    number, value = manifest.head
    size = path.stat().st_size / 1_000_000
    click.echo(f"Geschreven en nagekeken: {path} ({size:.1f} MB).")
    click.echo(f"Kop van de keten: {number}:{value}")


@click.command()
@click.argument("path", metavar="BESTAND", type=FILE)
@click.option(
    "--erasures",
    "listed",
    metavar="LIJST",
    type=FILE,
    help="De laatste lijst van wissingen; standaard die in de map van Noaber.",
)
@click.option(
    "--without-erasures",
    "without_list",
    is_flag=True,
    help="Er is geen lijst; wie na de back-up is gewist, keert terug.",
)
@by_option
@refusals_shown
def restore(path: Path, listed: Path | None, without_list: bool, by: str) -> None:
    """Zet een back-up terug op een lege plek, en wis opnieuw wie sindsdien gewist is."""
    from noaber.jobs import queries as jobs
    from noaber.jobs.rules import State
    from noaber.operation.restoring import restore as put_back

    actor = Actor("command-line", by)
    done = put_back(path, listed=listed, without_list=without_list, by=actor, at=now())
    number, value = done.manifest.head
    click.echo(
        f"Teruggezet: back-up van {done.manifest.made_at}, gemaakt door Noaber "
        f"{done.manifest.release}, kop van de keten {number}:{value}."
    )
    click.echo(f"Opnieuw gewist: {done.erased}.")
    _show_added(done.added)
    for finding in done.findings:
        click.echo(f"- {finding}", err=True)
    if done.findings:
        raise click.ClickException("Wat terugkwam klopt niet; zie hierboven. Gebruik het niet.")
    click.echo("Nagekeken: in orde.")
    waiting = jobs.counts()[State.WAITING]
    if waiting:
        click.echo(
            f"Er staan {waiting} opdrachten klaar van toen, zoals mail die misschien al verstuurd "
            "is. Bekijk ze voor u de site start: noaber jobs"
        )


@click.command()
@click.argument("who", metavar="WIE", default="")
@click.option("--dry-run", is_flag=True, help="Laat zien wat er gewist zou worden.")
@click.option("--yes", is_flag=True, help="Vraag niets; voor gebruik zonder toetsenbord.")
@click.option(
    "--list", "listed", metavar="LIJST", type=FILE, help="Wis opnieuw wat op deze lijst staat."
)
@by_option
@refusals_shown
def erase(who: str, *, dry_run: bool, yes: bool, listed: Path | None, by: str) -> None:
    """Wis een persoon: naam, e-mailadres of code, of een onderwerp zoals seat:stuurgroep-1.

    De persoonsgegevens gaan weg uit het register, uit bewaarde bestanden en uit de bestanden van de
    database. Wat de persoon deed blijft, zonder naam.
    """
    from noaber.operation import erasing

    actor = Actor("command-line", by)
    if listed:
        _replay(listed, actor)
        return
    if not who.strip():
        raise click.ClickException("Zeg wie: noaber erase WIE, met naam, e-mailadres of code.")
    found = erasing.find(who)
    _show(found)
    if not found.erasable:
        _suggest(who)
        raise click.ClickException("Er is niets te wissen.")
    if dry_run:
        click.echo("Er is niets gewist (--dry-run).")
        return
    if not yes and click.prompt("Wissen kan niet ongedaan. Typ WIS om door te gaan") != "WIS":
        raise click.ClickException("Er is niets gewist.")
    _tell(erasing.erase(found, by=actor, at=now()))


def _replay(listed: Path, actor: Actor) -> None:
    from django.conf import settings

    from noaber.operation import erasing, erasures

    if not listed.is_file():
        raise click.ClickException(f"{listed} is er niet.")
    lines = erasures.read(listed)
    own = settings.VAR / erasures.NAME
    done = erasing.replay(lines, by=actor, at=now())
    if erasures.read(own) == lines[: len(erasures.read(own))]:
        erasures.put(own, lines)
    _show_added(done.added)
    _tell(done)


def _show(found: "Found") -> None:
    for person in found.people:
        click.echo(f"Persoon {person.code}: {person.name}, {person.email}")
    for held in found.values:
        click.echo(f"Persoonsgegeven bij {held.subject}: {held.text}")
    for name in found.files:
        click.echo(f"Bewaard bestand: {name} (de naam wordt eruit gehaald)")
    _show_added(found.added)
    for column, count in found.mentions:
        click.echo(
            f"Blijft staan: {count} keer als gewone tekst in {column}. Getypte tekst in het "
            "register kan niet weg; leg een nieuwe versie zonder de naam vast."
        )


def _show_added(added: "Sequence[Looked]") -> None:
    for looked in added:
        file = looked.file
        kind = PARENTS.get(file.parent.kind, file.parent.kind)
        where = f"{file.name} ({file.code}) bij {kind} {file.parent.code}, {file.deal}"
        if looked.named:
            click.echo(f"Heet naar de persoon: {where} (de naam wordt eruit gehaald)")
        if looked.searched.places:
            click.echo(
                f"Blijft staan: {where}, {'; '.join(looked.searched.places)}. Vervang het bestand "
                "door een zonder de naam, of haal het weg."
            )
        if looked.searched.unread:
            click.echo(
                f"Niet te doorzoeken: {where}, {'; '.join(looked.searched.unread)}. Kijk zelf of "
                "de naam erin staat."
            )


def _suggest(who: str) -> None:
    from noaber.record.queries import similar_values

    similar = similar_values(who)
    if similar:
        click.echo(f"Bedoelt u: {'; '.join(similar[:10])}?")


def _tell(done: "Done") -> None:
    from django.conf import settings
    from django.db import connection

    from noaber.operation import erasures

    erasures.keep(settings.VAR / erasures.NAME, now())
    click.echo(
        f"Gewist op {now().astimezone(HERE):%d-%m-%Y %H:%M}: {done.people} personen, "
        f"{done.values} persoonsgegevens, en namen uit {done.files} bewaarde bestanden en "
        f"{done.named} bestandsnamen."
    )
    left = len([each for each in done.added if each.searched.places or each.searched.unread])
    if left:
        click.echo(
            f"Nog te doen: {left} bestanden bij projecten en voorstellen hebben de naam nog in hun "
            "tekst, of zijn niet te doorzoeken. Ze staan hierboven."
        )
    if not done.log_empty:
        click.echo(
            "Een ander proces leest nog, dus in het logbestand van SQLite staat het misschien nog. "
            "Herstart de site en voer uit: noaber setup",
            err=True,
        )
    click.echo(
        "Buiten bereik: oudere back-ups (de lijst erasures.jsonl wist opnieuw na terugzetten)"
        + (
            ", en de WAL en archieven daarvan van PostgreSQL tot die zijn opgeruimd."
            if connection.vendor == "postgresql"
            else "."
        )
    )


COMMANDS = (backup, restore, erase)
