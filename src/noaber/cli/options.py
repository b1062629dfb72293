"""Options that several commands share, and how they are read."""

import functools
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from noaber.core.dates import DateError, parse_date
from noaber.record.rules import Moment

F = TypeVar("F", bound=Callable[..., Any])
HERE = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """The time at which a command runs."""
    return datetime.now(HERE)


def moment_options(command: F) -> F:
    """Add --deal, --as-of and --known-on."""
    for option in (
        click.option(
            "--known-on",
            metavar="WANNEER",
            help="Zoals bekend op een datum, tijdstip (ISO) of revisienummer; standaard: nu.",
        ),
        click.option("--as-of", metavar="DATUM", help="Stand op een datum; standaard: vandaag."),
        click.option("--deal", metavar="CODE", help="Welke deal; standaard: de enige."),
    ):
        command = option(command)
    return command


def json_option(command: F) -> F:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help="Als JSON, bedragen in centen.")(
        command
    )


def by_option(command: F) -> F:
    """Add --by."""
    return click.option(
        "--by",
        default="",
        metavar="NAAM",
        help="Wie dit doet; de naam staat apart en is te wissen.",
    )(command)


def chosen_deal(code: str | None) -> str:
    """The deal that was asked for, or the only one there is.

    :raises click.ClickException: when there is none or a choice.
    """
    from noaber.monitor import queries

    known = queries.deals()
    if code:
        if code not in known:
            raise click.ClickException(
                f"Er is geen deal {code}. Bekend: {', '.join(known) or '-'}."
            )
        return code
    if len(known) != 1:
        raise click.ClickException(
            f"Kies een deal met --deal: {', '.join(known)}."
            if known
            else "Het register is leeg. Laad een deal met: noaber load MAP"
        )
    return known[0]


def chosen_moment(as_of: str | None, known_on: str | None) -> Moment:
    """The moment that was asked for.

    :raises click.ClickException: when a date or time cannot be read.
    """
    from noaber.monitor import queries

    day = chosen_day(as_of, "--as-of")
    if known_on is None:
        return queries.moment(day)
    if known_on.isdigit() and len(known_on) != 4:
        return Moment(day, min(int(known_on), queries.moment(day).revision))
    return queries.moment(day, _time(known_on))


def chosen_day(text: str | None, option: str) -> date:
    """The day that was asked for; today when none was.

    :raises click.ClickException: when the date cannot be read.
    """
    return now().date() if text is None else _day(text, option)


def _day(text: str, option: str) -> date:
    try:
        return parse_date(text).counts_from
    except DateError as error:
        raise click.ClickException(f"{option}: {error}") from error


def _time(text: str) -> datetime:
    """A date stands for the end of that day."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return datetime.combine(_day(text, "--known-on"), time.max, HERE)
    if "T" not in text and " " not in text:
        return datetime.combine(found.date(), time.max, HERE)
    return found if found.tzinfo else found.replace(tzinfo=HERE)


def refusals_shown(command: F) -> F:
    """Show a refusal as plain words: every finding on its line, and exit with 1."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        from django.db import OperationalError, ProgrammingError
        from psycopg.errors import InsufficientPrivilege

        from noaber.core.finding import Refused
        from noaber.editions.rules import UnknownTranche
        from noaber.imports.writing import UnknownFormat
        from noaber.ledger.rules import Overdrawn
        from noaber.operation.copying import ProgramFailed
        from noaber.operation.rules import ListBroken, NotARestorable
        from noaber.record.roles import NoSuchRole
        from noaber.record.schema import DatabaseNewer, DatabaseOlder
        from noaber.record.triggers import TriggersMissing

        try:
            return command(*args, **kwargs)
        except Refused as refused:
            for finding in refused.findings:
                click.echo(f"- {finding}", err=True)
            count = len(refused.findings)
            word = "bevinding" if count == 1 else "bevindingen"
            raise click.ClickException(
                f"{count} {word}; het register is niet veranderd."
            ) from refused
        except (
            Overdrawn,
            TriggersMissing,
            DatabaseNewer,
            DatabaseOlder,
            NoSuchRole,
            ProgramFailed,
            NotARestorable,
            ListBroken,
            UnknownFormat,
            UnknownTranche,
            FileExistsError,
        ) as error:
            raise click.ClickException(str(error)) from error
        except PermissionError as error:
            raise click.ClickException(
                f"Geen toegang tot {error.filename}: voer dit uit als beheerder."
            ) from error
        except OperationalError as error:
            raise click.ClickException(f"De database antwoordt niet: {error}") from error
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            raise click.ClickException(
                "Deze rol mag dat niet in PostgreSQL. Geef in NOABER_DATABASE de eigenaar van de "
                "tabellen: alleen die richt in, werkt bij en wist."
            ) from error

    return wrapped  # type: ignore[return-value]
