"""People from the command line: the first administrator, and people to try the office out."""

import click

from noaber.access.rules import EVERYWHERE, Actor, Assignment
from noaber.cli.options import by_option, chosen_deal, now, refusals_shown


@click.command()
@click.argument("email")
@click.option("--name", default="", metavar="NAAM", help="Hoe iemand heet; nodig als die nieuw is.")
@click.option("--role", required=True, metavar="ROL", help="Code uit definitions/roles.yaml.")
@click.option("--deal", metavar="CODE", help="Welke deal; zonder: alle, als de rol dat toestaat.")
@click.option("--organisation", default="", metavar="CODE", help="Voor welke organisatie.")
@click.option("--pillar", default="", metavar="CODE", help="Voor welke pijler of welk thema.")
@by_option
@refusals_shown
def admit(  # noqa: PLR0917  each is an option with its name
    email: str,
    name: str,
    role: str,
    deal: str | None,
    organisation: str,
    pillar: str,
    by: str,
) -> None:
    """Geef iemand een rol. Zo komt de eerste beheerder binnen; daarna kan het op de site."""
    from django.conf import settings

    from noaber.access import actions
    from noaber.record import triggers

    triggers.require()
    in_deal = chosen_deal(deal) if deal else EVERYWHERE
    wanted = Assignment("", "", role, in_deal, organisation, pillar, since=now().date())
    _, new = actions.admit(wanted, email=email, name=name, by=Actor("command-line", by), at=now())
    click.echo(f"{email} heeft nu de rol {role}.")
    if new:
        click.echo(f"Een wachtwoord kiezen: {settings.SITE}/aanmelden/wachtwoord-vergeten/")


TRYOUT: tuple[tuple[str, str, str], ...] = (
    ("Anna Voorbeeld", "programme_office", ""),
    ("Bas Voorbeeld", "lead_partner", "lead"),
    ("Carla Voorbeeld", "pillar_director", "pillar"),
    ("Chris Voorbeeld", "lead_partner", "other"),
    ("Dina Voorbeeld", "steering_group", ""),
    ("Els Voorbeeld", "development_team", "pillar"),
    ("Frits Voorbeeld", "board_member", ""),
    ("Gerda Voorbeeld", "secretariat", ""),
    ("Harm Voorbeeld", "treasurer", ""),
    ("Ine Voorbeeld", "party_reader", "lead"),
    ("Jan Voorbeeld", "auditor", ""),
    ("Klaas Voorbeeld", "administrator", ""),
)
"""Made-up people, one for each role and a second lead partner, with what their role is for."""


@click.command()
@click.option("--deal", metavar="CODE", help="Welke deal; standaard: de enige.")
@refusals_shown
def tryout(deal: str | None) -> None:
    """Maak verzonnen mensen om het kantoor uit te proberen, één per rol (alleen met NOABER_TRYOUT=1).

    Zij hebben geen wachtwoord: u wordt een van hen op de bladzijde /aanmelden/proef/, die alleen
    op deze machine bestaat.
    """
    from django.conf import settings

    from noaber.access import actions, queries
    from noaber.access.roles import roles
    from noaber.access.rules import PUBLIC
    from noaber.monitor import queries as monitor

    if not settings.TRYOUT:
        raise click.ClickException("Dit kan alleen om uit te proberen: zet NOABER_TRYOUT=1.")
    code = chosen_deal(deal)
    seen = monitor.view(code, monitor.moment(now().date()), PUBLIC)
    if seen is None or not seen.leads:
        raise click.ClickException(f"De deal {code} heeft nog geen projecten.")
    places = {
        "": ("", ""),
        "lead": (seen.leads[0].organisation.code, ""),
        "other": (seen.leads[-1].organisation.code, ""),
        "pillar": ("", seen.overview.pillars[0].pillar.code),
    }
    known = {person.email for person in queries.people()}
    for name, role, place in TRYOUT:
        email = f"{name.partition(' ')[0].lower()}@voorbeeld.example"
        if email not in known:
            organisation, pillar = places[place]
            where = EVERYWHERE if roles()[role].everywhere else code
            since = seen.overview.deal.starts.first_day
            wanted = Assignment("", "", role, where, organisation, pillar, since=since)
            actions.admit(wanted, email=email, name=name, by=Actor("tryout"), at=now())
    click.echo(f"{len(TRYOUT)} mensen om te proberen, één per rol.")


COMMANDS = (admit, tryout)
