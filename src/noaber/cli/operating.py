"""Setting up and checking."""

import click

from noaber.cli.options import HERE, now, refusals_shown


@click.command()
@refusals_shown
def setup() -> None:
    """Maak de database klaar, met haar bewaking, en verzamel de bestanden van de site."""
    from django.conf import settings
    from django.core.management import call_command

    from noaber.operation import erasures
    from noaber.record import personal, roles, schema, triggers

    schema.require_known()
    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    triggers.install()
    triggers.require()
    personal.keep_no_samples()
    if settings.WEB_ROLE:
        roles.grant(settings.WEB_ROLE)
    erasures.keep(settings.VAR / erasures.NAME, now())
    call_command("collectstatic", interactive=False, verbosity=0)


@click.command()
@click.option(
    "--head",
    metavar="NUMMER:HASH",
    help="Een eerder gepubliceerde kop van de keten; een afgeknipte staart valt ertegen op.",
)
@refusals_shown
def check(head: str | None) -> None:
    """Controleer alles wat altijd moet gelden, en zet gesteld naast berekend.

    Sluit af met 1 als iets niet klopt dat altijd moet kloppen. Een bron die iets anders zegt dan
    het register is een verschil, geen fout.
    """
    from noaber.access.rules import OFFICE
    from noaber.monitor import queries
    from noaber.operation import checks
    from noaber.record import queries as record
    from noaber.record.rules import Moment

    published = None
    if head:
        given, _, expected = head.partition(":")
        if not given.isdigit() or not expected:
            raise click.ClickException("--head is NUMMER:HASH, zoals `noaber check` hem laat zien.")
        published = (int(given), expected)
    findings = checks.findings(published)
    number, value = record.head()
    at, _ = record.recorded(number)
    when = f", vastgelegd {at.astimezone(HERE):%d-%m-%Y %H:%M}" if at else ""
    click.echo(f"Kop van de keten: {number}:{value}{when}")
    for finding in findings:
        click.echo(f"- {finding}", err=True)
    click.echo(
        f"Wat altijd moet gelden: {len(findings)} gebroken."
        if findings
        else "Wat altijd moet gelden: in orde."
    )
    for code in queries.deals():
        seen = queries.view(code, Moment.ever(number), OFFICE)
        comparisons = seen.comparisons if seen else ()
        differing = [c for c in comparisons if not c.agrees]
        click.echo(
            f"{code}: {len(comparisons)} keer gesteld en berekend, {len(differing)} verschillen."
        )
        for c in differing:
            place = f"{c.source}, {c.locator}" if c.locator else c.source
            note = f" {c.note}" if c.note else ""
            click.echo(f"  {c.label}: gesteld {c.stated} ({place}), berekend {c.computed}.{note}")
    if findings:
        raise SystemExit(1)


COMMANDS = (setup, check)
