"""The public site of a deal as a folder of files."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

import click

from noaber.cli.options import chosen_deal, refusals_shown
from noaber.core.notation import count

if TYPE_CHECKING:
    from noaber.editions.publishing import Fetched


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="MAP")
@click.option("--deal", metavar="CODE", help="Welke deal; standaard: de enige.")
@click.option(
    "--base",
    default="",
    metavar="PAD",
    help="Pad waaronder de map komt te staan, zoals /deal/; standaard: links zonder vast begin.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 32),
    default=2,
    show_default=True,
    help="Hoeveel tegelijk.",
)
@click.option("--again", is_flag=True, help="Maak alles opnieuw, ook als er niets veranderde.")
@refusals_shown
def publish(*, folder: Path, deal: str | None, base: str, processes: int, again: bool) -> None:
    """Zet de hele openbare site van een deal als bestanden in een map, voor elke webserver.

    Zoeken, kiezen en een ander moment kunnen alleen op de site zelf; daar staat een link.
    """
    from django.conf import settings

    from noaber.editions import publishing
    from noaber.editions.site import Site
    from noaber.record.queries import head

    number, value = head()
    code = chosen_deal(deal)
    site = Site(code, settings.SITE, f"/{base.strip('/')}/".replace("//", "/") if base else "")
    done = publishing.publish(
        folder, site, in_process(), head=f"{number}:{value}", processes=processes, again=again
    )
    made = f"{count(done.pages)} bladzijden en {count(done.files)} andere bestanden"
    if done.unchanged:
        click.echo(f"Niets veranderd: {folder} heeft al {made} van dit register en deze dag.")
        return
    workers = "1 proces" if done.processes == 1 else f"{count(done.processes)} processen"
    rate = round(done.pages / done.seconds_of_pages)
    click.echo(f"Gepubliceerd: {folder}, {made} ({count(rate)} bladzijden per seconde, {workers}).")


class Asking(Protocol):
    """Asks the site for an address, as one who has a version of the answer when that is given."""

    def __call__(self, address: str, version: str = "") -> "Fetched": ...


def in_process() -> Asking:
    """The site of the settings, asked in this process: its middleware is loaded once."""
    from io import BytesIO

    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

    from noaber.editions.publishing import Fetched

    live = urlsplit(settings.SITE)
    host = live.hostname or "localhost"
    if host not in settings.ALLOWED_HOSTS:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, host]
    handler = WSGIHandler()

    def fetch(address: str, version: str = "") -> Fetched:
        path, _, query = address.partition("?")
        request = WSGIRequest(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": unquote(path, "iso-8859-1"),
                "QUERY_STRING": query,
                "SERVER_NAME": host,
                "SERVER_PORT": str(live.port or 443),
                "HTTP_HOST": live.netloc,
                "HTTP_X_FORWARDED_PROTO": live.scheme,
                "HTTP_IF_NONE_MATCH": version,
                "wsgi.url_scheme": live.scheme,
                "wsgi.input": BytesIO(),
            }
        )
        response = handler.get_response(request)
        body = b"".join(response)
        kind = response.headers.get("Content-Type", "")
        return Fetched(response.status_code, kind, body, response.headers.get("ETag", ""))

    return fetch


COMMANDS = (publish,)
