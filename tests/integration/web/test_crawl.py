"""Every figure on every page and in every written document is the one the monitor gives.

So is each one on the command line, and in an exported deal that is loaded again. The page behind
each of them shows the same value, and parts that add up to it.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone

from noaber.access.rules import PUBLIC
from noaber.cli import main
from noaber.core.address import Address
from noaber.documents.formats import WRITERS
from noaber.editions.queries import programme
from noaber.monitor import queries
from noaber.monitor.rules import CENTS
from noaber.monitor.views import DealView
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.databases import Snapshot, restored
from tests.integration.web.crawling import check_explained, crawl
from tests.integration.web.test_queries import MOST, cold
from tests.reading import facts
from tests.reading.comparing import Asked, Monitor, check_document, checked
from tests.reading.facts import check_told
from tests.reading.pages import Page

DEAL = "zuid-en-oost-drenthe"
AS_OF = date(2024, 6, 30)
START = f"{DEAL}/?peildatum={AS_OF}"
SPENT = {"committed", "paid", "settled", "payable"}
LATER = {*SPENT, "claimed", "released", "received", "mandated"}
"""What there is of the money once it was awarded."""

ON_PAGES = {
    "geld": LATER,
    "projecten/werken-3": {*SPENT, "released"},
    "projecten/werken-9": {*SPENT, "claimed"},
    "projecten/werken-1.1": {*SPENT, "claimed", "released"},
}
"""Of which pages it is the matter."""

Pages = dict[str, Page]
Values = dict[Asked, Decimal | None]


@pytest.fixture(scope="module")
def pages(lived_register: None) -> Pages:
    """Every page of the site in Dutch."""
    return crawl(Client(), f"/{START}")


@pytest.fixture(scope="module")
def values(pages: Pages) -> Values:
    """Every figure of the site, compared with the monitor."""
    found = [figure for page in pages.values() for figure in page.figures]
    return checked(found, queries.moment(timezone.localdate()))


def test_every_figure_of_the_site_is_the_monitors_and_its_parts_add_up(
    client: Client, pages: Pages, values: Values
) -> None:
    assert len(pages) > 100
    assert len({address for address, _ in values}) > 200
    assert {address.figure for (address, _), value in values.items() if value} >= LATER
    check_explained(client, values)


@pytest.mark.parametrize("page", ON_PAGES)
def test_what_became_of_the_money_is_a_figure_where_it_is_told(pages: Pages, page: str) -> None:
    shown = pages[f"/{DEAL}/{page}/?peildatum={AS_OF}"]
    assert {figure.address.figure for figure in shown.figures} >= ON_PAGES[page]


@pytest.mark.once
@pytest.mark.parametrize("page", [*ON_PAGES, "besluiten", "tranches/7"])
@pytest.mark.usefixtures("lived_register")
def test_no_page_of_money_asks_more_than_twelve_queries(client: Client, page: str) -> None:
    assert cold(client, f"/{DEAL}/{page}/?peildatum={AS_OF}") <= MOST


def test_every_number_without_a_link_is_no_figure_of_the_register(pages: Pages) -> None:
    seen = queries.view(DEAL, queries.moment(AS_OF), PUBLIC)
    assert seen is not None
    known = {Decimal(c.difference) for c in seen.comparisons if c.difference and c.unit != CENTS}
    known |= {Decimal(c.difference) / 100 for c in seen.comparisons if c.difference}
    known |= {Decimal(total) / 100 for total in drawn_down(seen)}
    known |= {Decimal(r.amount) / 100 for r in seen.snapshot.reservations}
    known |= {Decimal(i.amount) / 100 for i in seen.snapshot.instalments if i.amount}
    loose = {path: set(page.loose) - known - {of_projects(page)} for path, page in pages.items()}
    # What changed between two moments is the difference of two figures, which are links; what
    # decisions came to is compared with each of them below.
    told = ("/wijzigingen/", "/besluiten/")
    unknown = [path for path, left in loose.items() if left and not any(t in path for t in told)]
    assert unknown == [], loose[unknown[0]]


def test_the_list_of_decisions_tells_what_each_of_them_came_to(pages: Pages) -> None:
    lists = {path: page for path, page in pages.items() if "/besluiten/" in path}
    for path, page in lists.items():
        day = AS_OF if "peildatum" in path else timezone.localdate()
        assert page.bare == []
        assert len(page.told) == 11
        check_told(page.told, facts.in_list(DEAL, queries.moment(day), PUBLIC))
    assert len(lists) == 2


def of_projects(page: Page) -> Decimal:
    """What the projects on a page were awarded together: a choice of them has no address."""
    awarded = {f.address: f.exact for f in page.figures if f.address.figure == "awarded"}
    return sum(
        (value for address, value in awarded.items() if value and address.get("project")),
        Decimal(0),
    )


def drawn_down(seen: DealView) -> Iterator[int]:
    """What was awarded up to and with each tranche, less what was released, in all and per pillar."""
    totals: Counter[str] = Counter()
    for tranche in seen.overview.tranches:
        number = tranche.tranche.number
        totals[""] += tranche.awarded.value or 0
        for view in seen.overview.pillars:
            of = seen.figure("awarded", pillar=view.pillar.code, tranche=number)
            totals[view.pillar.code] += of.value or 0
        yield from totals.values()


def test_the_english_site_shows_the_same_figures(client: Client, pages: Pages) -> None:
    english = crawl(client, f"/en/{START}")
    today = queries.moment(timezone.localdate())
    assert {f"/en{path}" for path in pages} == set(english)
    for path, page in pages.items():
        assert [(f.address, f.at(today), f.exact) for f in page.figures] == [
            (f.address, f.at(today), f.exact) for f in english[f"/en{path}"].figures
        ]
    values = checked([figure for page in english.values() for figure in page.figures], today)
    later = {asked: value for asked, value in values.items() if asked[0].figure in LATER}
    check_explained(client, later, "/en")


def test_every_figure_of_a_document_is_the_same_in_every_form_and_none_is_lost(
    client: Client,
) -> None:
    document = programme(DEAL, "6", latest(), PUBLIC)
    values: Values = {}
    monitor = Monitor()
    for form in WRITERS:
        answer = client.get(f"/{DEAL}/documenten/uitvoeringsprogramma-6.{form}")
        assert answer.status_code == 200
        found = check_document(document, form, answer.content, monitor)
        assert len(found) > 150
        values |= found
    check_explained(client, values)


@pytest.mark.parametrize("tranche", ["1", "4"])
@pytest.mark.parametrize("form", ["pdf", "csv"])
@pytest.mark.usefixtures("lived_register")
def test_every_figure_of_an_earlier_document_is_the_monitors(tranche: str, form: str) -> None:
    document = programme(DEAL, tranche, latest(), PUBLIC)
    assert len(check_document(document, form, WRITERS[form].write(document))) > 50


def test_every_figure_on_the_command_line_is_the_same(values: Values) -> None:
    listed = asked("figures")
    known = {f["address"]: f["value"] for f in listed["figures"]}
    assert len(known) == len(listed["figures"]) > 20
    moment = Moment(AS_OF, listed["revision"])
    wanted = {address for address, at in values if at == moment} | {*map(Address.parse, known)}
    assert len(wanted) > 200
    for address in wanted:
        told = asked("explain", str(address))
        found = queries.explain(address, moment, PUBLIC).figure
        assert (told["address"], told["value"]) == (str(address), found.value)
        assert known.get(str(address), found.value) == found.value
        assert sum(part["value"] for part in told["parts"]) == (found.value or 0)
        if (address, moment) in values:
            shown = values[address, moment]
            scale = 100 if told["unit"] == CENTS else 1
            assert told["value"] == (None if shown is None else shown * scale)


def asked(command: str, *arguments: str) -> Any:
    """What a command answers as JSON."""
    given = [command, *arguments, "--json", "--deal", DEAL, "--as-of", str(AS_OF)]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_an_exported_deal_that_is_loaded_again_gives_the_same_figures(
    values: Values, django_db_setup: Snapshot, tmp_path: Path
) -> None:
    check_loaded_again(DEAL, values, django_db_setup, tmp_path / "uit")


def check_loaded_again(deal: str, values: Values, empty: Snapshot, path: Path) -> None:
    """Export a deal, load it into an empty register, and compare every figure."""
    runner = CliRunner()
    written = runner.invoke(main, ["export", "--deal", deal, "-o", str(path)])
    assert written.exit_code == 0, written.output
    with restored(empty, path.parent):
        assert queries.deals() == ()
        loaded = runner.invoke(main, ["load", str(path)])
        assert loaded.exit_code == 0, loaded.output
        for (address, moment), value in values.items():
            again = queries.explain(address, Moment(moment.as_of, latest()), PUBLIC).figure
            scale = 100 if again.unit == CENTS else 1
            assert again.value == (None if value is None else value * scale), (address, moment)
