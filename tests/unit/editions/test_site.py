"""Which address becomes which file of a published site, and how the links between them go."""

import pytest

from noaber.editions.site import MOMENT, Site, file_of
from noaber.web.portal import changes, moments

LIVE = "https://deal.example"


@pytest.fixture
def site() -> Site:
    return Site("deal", LIVE)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/deal/", "/deal/"),
        ("/deal/geld/#verdeling", "/deal/geld/"),
        ("/en/deal/geld/", "/en/deal/geld/"),
        ("/deal/projecten/?pijler=wonen", "/deal/projecten/?pijler=wonen"),
        ("/deal/herkomst/awarded?pillar=wonen", "/deal/herkomst/awarded?pillar=wonen"),
        ("/en/deal/documenten/programma-6.pdf", "/deal/documenten/programma-6.pdf"),
        ("/static/noaber/mark.svg", "/static/noaber/mark.svg"),
        ("/en/privacy/", "/en/privacy/"),
        ("/", "/deal/"),
        ("/en/", "/en/deal/"),
    ],
)
def test_what_can_be_a_file_keeps_its_address(site: Site, link: str, address: str) -> None:
    assert site.address(link) == address


@pytest.mark.parametrize(
    "link",
    [
        "/deal/geld/?peildatum=2021-01-01",
        "/deal/wijzigingen/?van=2021-01-01&bekend-van=2&tot=2021-01-01",
        "/deal/documenten/programma-6.pdf?bekend=3",
        "/deal/zoeken/?q=wonen",
        "/en/deal/zoeken/",
        "/andere-deal/",
    ],
)
def test_what_needs_a_server_leads_to_the_live_site(site: Site, link: str) -> None:
    assert site.address(link) is None
    assert site.link(link, "../") == f"{LIVE}{link}"


@pytest.mark.parametrize(
    "link", ["https://www.cbs.nl/", "//elders.example/", "#inhoud", "mailto:x"]
)
def test_a_link_elsewhere_stays_as_it_is(site: Site, link: str) -> None:
    assert site.address(link) is None
    assert site.link(link, "../").endswith(link)


def test_the_parameters_of_a_moment_are_those_of_the_pages() -> None:
    names = {moments.AS_OF, moments.KNOWN_ON}
    names |= {changes.FROM, changes.TO, changes.KNOWN_FROM, changes.KNOWN_TO}
    assert names == MOMENT


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/deal/", "deal/index.html"),
        ("/deal/herkomst/awarded", "deal/herkomst/awarded/index.html"),
        (
            "/deal/herkomst/awarded?pillar=wonen&tranche=2b",
            "deal/herkomst/awarded/pillar=wonen/tranche=2b/index.html",
        ),
        ("/deal/documenten/programma-6.pdf", "deal/documenten/programma-6.pdf"),
        ("/deal/projecten/?woorden=a%20b", "deal/projecten/woorden=a~20~b/index.html"),
        ("/deal/logo.svg?versie=1a", "deal/versie=1a/logo.svg"),
        ("/deal/projecten/?woorden=", "deal/projecten/woorden=/index.html"),
        ("/deal/projecten/?woorden=../x", "deal/projecten/woorden=..~2f~x/index.html"),
        ("/deal/projecten/%2E%2E/", "deal/projecten/~2e~~2e~/index.html"),
        ("/deal/herkomst/%3F", "deal/herkomst/~3f~/index.html"),
    ],
)
def test_an_address_has_a_file_without_a_query(address: str, file: str) -> None:
    assert file_of(address) == file


def test_no_two_addresses_share_a_file() -> None:
    addresses = [
        "/deal/herkomst/a?b=c", "/deal/herkomst/a?b=c&d=e", "/deal/herkomst/a?b=c%2Fd%3De",
        "/deal/herkomst/a?b=c&d=~e", "/deal/herkomst/a?b=C", "/deal/herkomst/a?b=c/d",
        "/deal/herkomst/a?b%3Dc=", "/deal/herkomst/a?b=c%26d=e", "/deal/herkomst/b%3Dc",
    ]  # fmt: skip
    assert len({file_of(address) for address in addresses}) == len(addresses)


PAGE = (
    '<link href="/static/a.css"><a href="/deal/herkomst/awarded?pillar=wonen&amp;tranche=1#delen">1'
    '</a><a href="#inhoud"></a><form class="x" action="/deal/zoeken/">\n<a href="/deal/in/">'
    '</a></form><form method="get"></form>'
)


def test_a_page_links_to_files_and_holds_no_form(site: Site) -> None:
    page = site.page(PAGE, "/deal/geld/", "deal/geld/index.html")
    assert '<link href="../../static/a.css">' in page
    assert 'href="../../deal/herkomst/awarded/pillar=wonen/tranche=1/#delen"' in page
    assert 'href="#inhoud"' in page
    assert "<form" not in page
    assert f'Dit kan op <a class="nl-link" href="{LIVE}/deal/zoeken/">de volledige site' in page
    assert f'href="{LIVE}/deal/geld/">de volledige site' in page
    assert set(site.links_in(PAGE)) == {
        "/static/a.css",
        "/deal/herkomst/awarded?pillar=wonen&tranche=1",
    }


def test_an_english_page_says_it_in_english(site: Site) -> None:
    page = site.page("<form></form>", "/en/deal/", "en/deal/index.html")
    assert page.startswith('<p lang="en">You can do this on')


def test_a_page_at_the_root_and_one_under_a_path_link_too(site: Site) -> None:
    assert 'href="./deal/herkomst/' in site.page(PAGE, "/deal/", "index.html")
    under = Site("deal", LIVE, "/pad/")
    assert 'href="/pad/deal/herkomst/' in under.page(PAGE, "/deal/", "deal/index.html")


def test_a_style_sheet_needs_what_it_names(site: Site) -> None:
    style = (
        """@font-face{src:url("../fonts/noto.woff2")} a{background:url(data:image/png;base64,x)}"""
    )
    assert set(site.links_in_style(style, "/static/noaber/noaber.css")) == {
        "/static/fonts/noto.woff2"
    }
