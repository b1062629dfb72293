"""The pages of projects, municipalities, parties and results: what they show and what they say
when something is chosen that is not there.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from noaber.core.dates import PartialDate
from noaber.deals import actions as deals
from noaber.deals.rules import Goal, IntendedResult
from noaber.indicators import actions as indicators
from noaber.indicators.rules import Indicator, Measurement, Observation
from noaber.progress import actions as progress
from noaber.progress.rules import ProgressReport, ReportingRound
from noaber.projects import actions as projects
from noaber.projects.rules import CrossOver, Partner, Place, Project, ProjectText
from tests.integration.web import registers
from tests.integration.web.registers import ANNA, PRINTED, RECORDED, SINCE

pytestmark = pytest.mark.django_db

DEAL = "kleine-deal"
LIST = f"/{DEAL}/projecten/"
WERKEN = f"/{DEAL}/projecten/werken-1/"
WONEN = f"/{DEAL}/projecten/wonen-1/"
NOORD = f"/{DEAL}/gemeenten/noord/"
PAGES = (
    LIST, WERKEN, WONEN, f"/{DEAL}/gemeenten/", NOORD, f"/{DEAL}/partijen/",
    f"/{DEAL}/resultaten/",
)  # fmt: skip
MOST_QUERIES = 32
LINK = re.compile(r'<a class="figure[^"]*" href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
DATA = re.compile(r'<data value="([^"]+)">')


@pytest.fixture
def small() -> None:
    registers.small_deal()


@pytest.fixture
def full(small: None) -> None:
    tell_more()


def text(response: HttpResponse | Any) -> str:
    return unescape(response.content.decode()).replace("\u00a0", " ")


def names(page: str) -> list[str]:
    return re.findall(
        r'<th role="rowheader" scope="row"><a class="project-name"[^>]*>([^<]+)', page
    )


def tell_more(deal: str = DEAL) -> None:
    """Texts, places, partners, progress, measurements and indicators of the small deal."""
    who: Mapping[str, Any] = {"evidence": PRINTED, "by": ANNA, "at": RECORDED}
    projects.record_project(
        Project(
            "wonen", "1", "Eerste van wonen", "zuid", PartialDate(2019, 10),
            also_known_as="DOC33", former_names=("Het oude hofje",), kind="pilot",
            heading="Proeftuinen", status="finished", continuation="De wijk gaat ermee door.",
        ),
        deal=deal, **who,
    )  # fmt: skip
    projects.record_project(
        Project(
            "wonen", "2", "Betaald uit een ander", "zuid", PartialDate(2019, 10),
            paid_from="wonen-1",
        ),
        deal=deal, **who,
    )  # fmt: skip
    for fact in (
        ProjectText("wonen-1", "description", "In Exloërmond worden huizen beter."),
        Place("wonen-1", "zuid", "Tweede Exloërmond"),
        Place("werken-1", "noord"),
        Place("werken-1", "zuid"),
        Partner("wonen-1", "provincie", "betaalt het onderzoek"),
        CrossOver("wonen-1", "werken", "Jongeren leren er een vak."),
    ):
        projects.record_fact(fact, deal=deal, since=SINCE, **who)
    progress.open_round(ReportingRound("2021-02", PartialDate(2021, 2)), deal=deal, **who)
    progress.report_progress(
        ProgressReport(
            "wonen-1", "2021-02", PartialDate(2021, 2), "Het dak ligt erop."
        ),
        deal=deal, **who,
    )  # fmt: skip
    indicators.record_measurement(
        Measurement(
            "huizen", "wonen", "huizen verbeterd", "huizen", "reported", Decimal(30),
            "more_than", "wonen-1", None, Decimal(20),
        ),
        deal=deal, since=SINCE, **who,
    )  # fmt: skip
    for goal in (
        Goal("doel", "Iedereen woont goed.", "wonen"),
        IntendedResult("huizen", "wonen", 1, "Huizen beter", "count", 1200, "huizen"),
    ):
        deals.record_fact(goal, deal=deal, since=SINCE, **who)
    indicator = Indicator("werk", "Betaald werk", "Arbeid", "percentage van de bevolking")
    indicators.record_indicator(indicator, since=SINCE, **who)
    indicators.record_observations(
        [
            Observation("werk", place, year, Decimal(value), PRINTED)
            for place, year, value in (
                ("noord", 2019, "67.5"), ("noord", 2020, "68"), ("zuid", 2019, "70"),
            )
        ],
        by=ANNA, at=RECORDED,
    )  # fmt: skip


def test_the_list_shows_projects_by_pillar_with_what_they_got(client: Client, small: None) -> None:
    page = text(client.get(LIST))
    assert names(page) == ["Eerste van werken", "Eerste van wonen"]
    assert "Alle 2 projecten" in page
    assert f'href="/{DEAL}/herkomst/awarded?project=wonen-1"' in page
    assert "tranche 1 en 2b" in page


def test_the_latest_tranche_marks_what_is_new_and_what_goes_on(client: Client, full: None) -> None:
    page = text(client.get(LIST))
    assert page.count("mark-follow_up") == 1
    assert "Nieuw en vervolg gaan over tranche 2b, december 2020" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"pijler": "wonen"}, ["Eerste van wonen", "Betaald uit een ander"]),
        ({"penvoerder": "noord"}, ["Eerste van werken"]),
        ({"gemeente": "noord"}, ["Eerste van werken"]),
        ({"tranche": "2b"}, ["Eerste van wonen"]),
        ({"kopje": "Proeftuinen"}, ["Eerste van wonen"]),
        ({"status": "afgerond"}, ["Eerste van wonen"]),
        ({"woorden": "exloermond"}, ["Eerste van wonen"]),
        ({"woorden": "OUDE hofje"}, ["Eerste van wonen"]),
        ({"woorden": "doc33"}, ["Eerste van wonen"]),
        ({"woorden": "Provincie Overal"}, ["Eerste van wonen"]),
        ({"woorden": "gemeente zuid", "pijler": "werken"}, ["Eerste van werken"]),
        (
            {"pijler": ["werken", "wonen"], "volgorde": "naam"},
            ["Eerste van werken", "Betaald uit een ander", "Eerste van wonen"],
        ),
        ({"volgorde": "bedrag", "pijler": "wonen"}, ["Eerste van wonen", "Betaald uit een ander"]),
    ],
)
def test_a_choice_leaves_the_projects_that_fit_it(
    client: Client, full: None, asked: dict[str, Any], found: list[str]
) -> None:
    assert names(text(client.get(LIST, asked))) == found


def test_the_form_remembers_what_was_chosen_and_at_which_moment(client: Client, full: None) -> None:
    page = text(client.get(LIST, {"pijler": "wonen", "woorden": 'dak "x"', "bekend": "1"}))
    assert 'name="pijler" value="wonen" checked' in page
    assert "dak" in page.partition('id="woorden"')[2].partition(">")[0]
    assert '<input type="hidden" name="bekend" value="1">' in page


def test_a_choice_without_projects_says_how_to_widen_it(client: Client, full: None) -> None:
    page = text(client.get(LIST, {"pijler": "werken", "tranche": "2b"}))
    assert "0 van 3 projecten" in page
    assert "Geen project past bij al uw keuzes" in page
    assert re.search(r'href="[^"]*\?pijler=werken#lijst">zonder tranche 2b', page)
    assert re.search(r"zonder pijler Werken</a> <span>1 project<", page)


@pytest.mark.parametrize("name", ["pijler", "kopje", "gemeente", "penvoerder", "tranche", "status"])
def test_a_choice_that_does_not_exist_is_said_plainly(
    client: Client, small: None, name: str
) -> None:
    response = client.get(LIST, {name: "<lucht>"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "“&lt;lucht&gt;” is er niet." in page
    assert "<lucht>" not in page
    assert len(names(page)) == 2


@pytest.mark.parametrize("value", ["\x00", "9" * 5000, "é", "' OR 1=1", "%00"])
@pytest.mark.parametrize("name", ["woorden", "volgorde", "pijler"])
def test_nothing_that_is_typed_breaks_the_list(
    client: Client, small: None, name: str, value: str
) -> None:
    assert client.get(LIST, {name: value}).status_code in (200, 400)


def test_the_sum_of_a_choice_is_the_figure_of_the_register_where_it_has_one(
    client: Client, full: None
) -> None:
    chosen = text(client.get(LIST, {"pijler": "wonen", "penvoerder": "zuid"}))
    total = chosen.partition('class="project-total"')[2]
    link, inside = LINK.findall(total)[0]
    assert DATA.search(inside).group(1) == "150"  # type: ignore[union-attr]
    assert '<data value="150">' in client.get(link).content.decode()
    words = text(client.get(LIST, {"woorden": "oude"})).partition('class="project-total"')[2]
    assert LINK.findall(words.partition("</p>")[0]) == []


def test_a_project_tells_what_it_is_who_does_it_where_and_how_it_goes(
    client: Client, full: None
) -> None:
    page = text(client.get(WONEN))
    for words in (
        "In Exloërmond worden huizen beter.", "Ook bekend als DOC33", "“Het oude hofje”",
        "Onderdeel van de Kleine Deal", "Tweede Exloërmond (Zuid)", "Betaalt het onderzoek",
        "Het dak ligt erop.", "Ronde februari 2021", "De wijk gaat ermee door.",
        "Jongeren leren er een vak.", "proeftuin 1", "Afgerond", "Programma 2", "meer dan 30",
    ):  # fmt: skip
        assert words in page, words


def test_the_place_of_a_project_stands_on_a_map_that_is_a_list(client: Client, full: None) -> None:
    page = text(client.get(WONEN))
    assert 'aria-label="Zuid, hier"' in page
    assert f'href="/{DEAL}/gemeenten/noord/" aria-label="Noord"' in page
    assert "Hele regio" in text(client.get(WERKEN))


def test_a_project_shows_a_stop_for_every_tranche(client: Client, full: None) -> None:
    page = text(client.get(WONEN))
    timeline = page.partition('class="timeline')[2].partition("</ol>")[0]
    assert timeline.count("<li") == 3
    assert timeline.count("Geen toekenning") == 1
    assert "In twee van de drie tranches." in page


def test_a_reservation_tells_what_is_left(client: Client, small: None) -> None:
    page = text(client.get(WERKEN)).partition(" gereserveerd, sinds tranche")
    assert '<data value="80">' in page[0][-400:]
    assert '<data value="50">' in page[2].partition("</p>")[0]


def test_projects_that_pay_for_each_other_name_each_other(client: Client, full: None) -> None:
    assert f'href="/{DEAL}/projecten/wonen-2/">Betaald uit een ander' in text(client.get(WONEN))
    other = text(client.get(f"/{DEAL}/projecten/wonen-2/"))
    assert f'href="/{DEAL}/projecten/wonen-1/">Eerste van wonen' in other


def test_what_sources_say_otherwise_of_a_project_stands_on_its_page(
    client: Client, small: None
) -> None:
    assert "Waarin bronnen verschillen" not in text(client.get(WONEN))
    registers._stated(DEAL, "wonen", "awarded?project=wonen-1", "999", "Er staat iets anders.")
    assert "Er staat iets anders." in text(client.get(WONEN))


def test_a_sheet_sets_what_was_computed_beside_what_was_published(
    client: Client, small: None
) -> None:
    page = text(client.get(NOORD)).partition('id="bijdrage"')[2]
    assert "€ 66,67" in page
    assert "€ 67" in page
    assert "+€ 0,33" in page
    assert "2.000 inwoners op 1 januari 2019" in page


def test_a_sheet_tells_projects_led_from_projects_that_happen_there(
    client: Client, full: None
) -> None:
    page = text(client.get(f"/{DEAL}/gemeenten/zuid/"))
    led, _, there = page.partition('id="ook"')
    assert "Eerste van wonen" in led
    assert "Eerste van werken" in there
    assert f"/{DEAL}/herkomst/awarded?lead=zuid" in page
    assert f"/{DEAL}/herkomst/awarded?municipality=zuid" in page
    assert f"/{DEAL}/herkomst/awarded?lead=zuid&tranche=2b" in page


def test_an_indicator_stands_beside_the_mean_of_the_other_municipalities(
    client: Client, full: None
) -> None:
    page = text(client.get(NOORD))
    assert "Noord 68 in 2020." in page
    table = page.partition("Betaald werk per jaar")[2].partition("</table>")[0]
    assert "67,5" in table
    assert "70" in table
    assert table.count("geen cijfer") == 1
    assert "Gemiddelde van de andere gemeenten" in table
    assert "Nederland" not in page.replace("Nederlands", "")
    assert "Betaald werk" not in text(client.get(f"/{DEAL}/gemeenten/zuid/"))


def test_every_party_tells_its_side_and_what_it_promises(client: Client, small: None) -> None:
    page = text(client.get(f"/{DEAL}/partijen/"))
    state, _, region = page.partition('id="zijde-region"')
    assert "€ 1.000" in state
    assert "kassier" in state
    assert f'href="/{DEAL}/gemeenten/noord/">Gemeente Noord' in region


def test_a_result_that_nobody_measured_has_no_figure(client: Client, full: None) -> None:
    page = text(client.get(f"/{DEAL}/resultaten/"))
    agreed, _, reported = page.partition("Wat projecten melden</caption>")
    assert "Iedereen woont goed." in agreed
    assert "1.200 huizen" in agreed
    assert "geen cijfer" in agreed.partition("1.200 huizen")[2]
    assert "meer dan 30" not in agreed
    assert "meer dan 30" in reported


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_leads_to_a_page_with_the_same_figure(
    client: Client, full: None, page: str
) -> None:
    for link, inside in LINK.findall(client.get(page).content.decode()):
        shown = DATA.search(inside)
        response = client.get(unescape(link))
        assert response.status_code == 200, link
        if shown:
            behind = response.content.decode().partition('class="answer-sum">')[2]
            assert DATA.search(behind).group(1) == shown.group(1), link  # type: ignore[union-attr]


@pytest.mark.parametrize("page", PAGES)
def test_links_keep_the_moment(client: Client, full: None, page: str) -> None:
    found = text(client.get(page, {"peildatum": "2021-02-01", "bekend": "1"}))
    content = found.partition("<main")[2].partition('class="moment-bar"')[2]
    links = re.findall(r'href="(/kleine-deal/[^"]*)"', content.partition("</div>")[2])
    kept = [link for link in links if "peildatum=2021-02-01&bekend=1" in link]
    assert len(kept) > 5
    changes = [link for link in links if link not in kept]
    assert all(re.search("wijzigingen|zoeken", link) for link in changes), changes


def test_a_page_shows_what_held_on_the_day_that_is_asked(client: Client, full: None) -> None:
    page = text(client.get(WONEN, {"peildatum": "2019-12-31"}))
    assert '<dd class="big big-sum"><a class="figure"' in page
    assert '<data value="100">' in page
    assert '<data value="150">' not in page


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("projecten/bestaat-niet/", "Dit project kennen we niet"),
        (f"projecten/{quote('<b>')}/", "&lt;b&gt;"),
        ("gemeenten/rijk/", "Deze gemeente hoort niet bij de deal"),
        ("projecten/wonen-1/?peildatum=2019-07-01", "Dit project kennen we niet"),
    ],
)
def test_what_is_not_there_is_said_in_the_theme(
    client: Client, small: None, path: str, says: str
) -> None:
    response = client.get(f"/{DEAL}/{path}")
    assert response.status_code == 404
    assert says in response.content.decode()


@pytest.mark.parametrize("code", ["brede-deal", "lege-deal"])
@pytest.mark.parametrize("path", ["projecten/", "gemeenten/", "partijen/", "resultaten/"])
def test_a_deal_of_which_little_is_known_has_all_its_pages(
    client: Client, code: str, path: str
) -> None:
    registers.wide_deal(awarded=100)
    registers.empty_deal()
    response = client.get(f"/{code}/{path}")
    assert response.status_code == 200
    assert "None" not in text(response)


def test_a_deal_of_twelve_themes_has_a_page_per_project(client: Client) -> None:
    registers.wide_deal(awarded=100)
    page = text(client.get("/brede-deal/projecten/thema-1-1/"))
    assert "Thema 1" in page
    assert "Tranche 2b, 2020 (geschat)" in page
    assert "Geen bron noemt een plaats." in page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_the_database_a_constant_number_of_times(
    client: Client, full: None, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get(path)
    registers.more_projects(DEAL, 5)
    with django_assert_max_num_queries(MOST_QUERIES) as many:
        client.get(path)
    assert len(few) == len(many)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_inline_script_or_style_and_no_other_host(
    client: Client, full: None, path: str
) -> None:
    page = client.get(path).content.decode()
    assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert not re.search(r'(?:href|src|action)="(?:https?:)?//(?!testserver)', page)


def test_twelve_themes_are_chosen_from_a_list_and_two_pillars_by_pills(
    client: Client, full: None
) -> None:
    registers.wide_deal(awarded=100)
    few = text(client.get("/kleine-deal/projecten/"))
    assert (few.count('type="checkbox" name="pijler"'), few.count("<select")) == (2, 6)
    many = text(client.get("/brede-deal/projecten/?pijler=thema-1"))
    assert 'type="checkbox" name="pijler"' not in many
    assert '<option value="thema-1" selected>' in many
