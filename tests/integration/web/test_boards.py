"""Who decides: on the site in both languages, with names that can be erased; and the logo."""

import pytest
from django.test import Client

from noaber.decisions.actions import erase_holder
from noaber.monitor import queries
from noaber.record.queries import latest
from tests.factories.people import ANNA, TOMORROW
from tests.integration.web import registers
from tests.integration.web.test_pages import text

DEAL = "zuid-en-oost-drenthe"
PAGE = f"/{DEAL}/wie-beslist/"
NAME = "Raymond Wanders"


@pytest.fixture
def reference(reference_register: object) -> None:
    """The reference deal."""


def erase() -> None:
    erase_holder("stuurgroep-emmen", deal=DEAL, by=ANNA, at=TOMORROW)


def test_the_page_names_boards_offices_and_contact(client: Client, reference: None) -> None:
    page = text(client.get(PAGE))
    for said in (
        "Stuurgroep", "Henk Jumelet", "Gedeputeerde, Provincie Drenthe", "voorzitter",
        "Vakbestuurlijk overleg Wonen", "Regisseur van de pijler Werken", "Contact",
        'href="https://www.regiodealzuidoostdrenthe.nl"', "www.regiodealzuidoostdrenthe.nl</a>",
    ):  # fmt: skip
        assert said in page
    assert page.count("<h1") == 1
    assert '<p class="seat-who">Voor de pijler Wonen</p>' not in page
    assert (
        "Verder aan tafel: voor de pijler Werken, voor de pijler Wonen en voor de pijler Welzijn. "
        "Wie dat zijn, is niet vastgelegd."
    ) in page


def test_the_interface_is_english_and_what_the_deal_says_is_marked_as_dutch(
    client: Client, reference: None
) -> None:
    page = text(client.get(f"/en{PAGE}"))
    assert "Who decides" in page
    assert "Development teams" in page
    assert '<p class="seat-who" lang="nl">Henk Jumelet</p>' in page


def test_before_anything_is_known_of_people_the_page_says_so(
    client: Client, reference: None
) -> None:
    page = text(client.get(f"{PAGE}?peildatum=2020-01-01"))
    assert "Henk Jumelet" not in page
    assert "Wie hier op deze dag zitten, is niet vastgelegd." in page


def test_a_deal_without_boards_has_a_page_that_says_so(client: Client, db: None) -> None:
    registers.small_deal()
    page = text(client.get("/kleine-deal/wie-beslist/"))
    assert "Op deze dag is nog niet vastgelegd wie over de deal beslist." in page
    assert client.get("/kleine-deal/logo.svg").status_code == 404


def test_an_erased_name_is_gone_from_every_moment_that_was_kept(
    client: Client, reference: None
) -> None:
    then = f"?peildatum=2021-12-31&bekend={latest()}"
    document = f"/{DEAL}/documenten/uitvoeringsprogramma-6.html{then}"
    before = client.get(f"{PAGE}{then}")
    made = client.get(document)
    assert NAME in text(before)
    assert NAME in made.content.decode()
    erase()
    asked = {"If-None-Match": before["ETag"]}
    after = client.get(f"{PAGE}{then}", headers=asked)
    assert after.status_code == 200
    assert NAME not in text(after)
    assert "naam gewist" in text(after)
    remade = client.get(document, headers={"If-None-Match": made["ETag"]})
    assert remade.status_code == 200
    assert NAME not in remade.content.decode()
    assert "naam gewist" in remade.content.decode()


def test_a_page_with_names_is_asked_for_again_each_time(client: Client, reference: None) -> None:
    then = f"?peildatum=2021-12-31&bekend={latest()}"
    first = client.get(f"{PAGE}{then}")
    assert first["Cache-Control"] == "no-cache"
    again = client.get(f"{PAGE}{then}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_no_view_that_is_kept_holds_a_name(client: Client, reference: None) -> None:
    client.get(PAGE)
    assert queries._KEPT
    assert NAME not in repr(list(queries._KEPT.values()))


def test_the_logo_is_served_as_what_it_is_and_kept_under_its_own_address(
    client: Client, reference: None
) -> None:
    page = text(client.get(f"/{DEAL}/"))
    address = page.partition('class="deal-logo" src="')[2].partition('"')[0]
    assert address.startswith(f"/{DEAL}/logo.svg?versie=")
    logo = client.get(address)
    assert logo["Content-Type"] == "image/svg+xml"
    assert "immutable" in logo["Cache-Control"]
    assert logo.content.startswith(b"<svg xmlns=")
    assert client.get(address, headers={"If-None-Match": logo["ETag"]}).status_code == 304
    for other in (f"/{DEAL}/logo.svg", f"/{DEAL}/logo.svg?versie=oud"):
        assert client.get(other)["Cache-Control"] == "no-cache"
