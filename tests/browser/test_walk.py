"""From a proposal to money that came back, as six persons; every step the figures agree everywhere."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import Settings

from noaber.access import actions
from noaber.access.models import User
from noaber.access.rules import PUBLIC, Actor, Assignment
from noaber.editions import queries as editions
from noaber.proposals.texts import written
from noaber.record.queries import latest
from noaber.web.access import TRIED_OUT
from tests.browser.looking import fill
from tests.factories.proposals import complete
from tests.reading.agreeing import FORMS, Agreeing, Read, command

pytestmark = pytest.mark.browser

DEAL = "zuid-en-oost-drenthe"
OFFICE = f"/kantoor/{DEAL}/"
AT = datetime(2021, 7, 1, 12, tzinfo=UTC)
MEETING = "stuurgroep-2022-1"
MEETING_PAGE = f"{OFFICE}vergaderingen/{MEETING}/"
PROJECT = "werken-21"
SIX: Mapping[str, Mapping[str, str]] = {
    "lead_partner": {"organisation": "GM0109"},
    "development_team": {"pillar": "werken"},
    "pillar_director": {"pillar": "werken"},
    "secretariat": {},
    "programme_office": {},
    "treasurer": {},
}

Walker = Callable[[str], Page]


def signed_in(role: str, **given: str) -> str:
    of = (given.get("organisation", ""), given.get("pillar", ""))
    wanted = Assignment("", "", role, DEAL, *of, since=date(2019, 1, 1))
    code, _ = actions.admit(
        wanted, email=f"{role}@voorbeeld.example", name=role, by=Actor("set-up"), at=AT
    )
    client = Client()
    client.force_login(
        User.objects.get(code=code), "allauth.account.auth_backends.AuthenticationBackend"
    )
    session = client.session
    session[TRIED_OUT] = True
    session.save()
    return str(client.cookies["sessionid"].value)


@pytest.fixture
def walker(browser: Browser, reference_site: str, settings: Settings) -> Iterator[Walker]:
    """Gives the page of who has a role, each in a browser of their own."""
    settings.TRYOUT = True
    contexts: list[BrowserContext] = []
    pages: dict[str, Page] = {}
    for role, given in SIX.items():
        context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
        value = signed_in(role, **given)
        context.add_cookies([{"name": "sessionid", "value": value, "url": reference_site}])
        contexts.append(context)
        pages[role] = context.new_page()
    yield pages.__getitem__
    for context in contexts:
        context.close()


def record(page: Page, site: str, sheet: str, values: Mapping[str, str]) -> None:
    """Record a new row of a sheet in its form."""
    page.goto(f"{site}{OFFICE}gegevens/{sheet}/nieuw/")
    fill(page, values)
    page.get_by_role("button", name="Vastleggen").click()
    page.get_by_role("status").first.wait_for()


def deed(page: Page, address: str, word: str, **given: str) -> None:
    """Do something with a proposal, in the part of its page that folds open."""
    page.goto(address)
    part = page.locator("details.deed").filter(has_text=re.compile(f"^\\s*{word}", re.IGNORECASE))
    part.locator("summary").click()
    for name, value in given.items():
        field = part.locator(f'[name="{name.replace("_", "-")}"]')
        if field.first.get_attribute("type") == "radio":
            part.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            field.fill(value)
    part.get_by_role("button").click()
    page.get_by_role("status").first.wait_for()


def reading(page: Page, site: str) -> Read:
    """What who uses a page reads of the site."""

    def read(path: str) -> bytes:
        answer = page.context.request.get(f"{site}{path}")
        assert answer.ok, (path, answer.status)
        return bytes(answer.body())

    return read


def adopted() -> int:
    """The revision of which the edition of tranche 7 tells."""
    edition = editions.adopted_edition(DEAL, "7", PUBLIC)
    assert edition is not None
    return edition.moment.revision


def test_from_a_proposal_to_money_that_came_back(walker: Walker, reference_site: str) -> None:
    site = reference_site
    room = "room?pillar=werken"
    office = walker("programme_office")
    agreeing = Agreeing(reading(office, site), MEETING)
    agreeing.amounts({"awarded": 18_631_358, room: 1_017_148})

    # The lead partner proposes; the development team returns it; it is sent in again.
    lead = walker("lead_partner")
    lead.goto(f"{site}{OFFICE}voorstellen/nieuw/")
    fill(lead, written(complete()))
    lead.get_by_role("button", name="Bewaren en indienen").click()
    lead.get_by_role("status").filter(has_text="ingediend").wait_for()
    proposal = lead.url
    team = walker("development_team")
    deed(team, proposal, "teruggeven", reden="Noem de scholen.")
    lead.goto(f"{proposal}schrijven/")
    fill(lead, {"aanpak": "Een proef met twee scholen in Coevorden, daarna open voor iedereen."})
    lead.get_by_role("button", name="Bewaren en indienen").click()
    lead.get_by_role("status").filter(has_text="ingediend").wait_for()

    # The board of the pillar advises in its meeting, which cannot have been before it was sent in;
    # its director records it. The secretariat nominates it and makes the dossier.
    clerk, code = walker("secretariat"), proposal.rstrip("/").rpartition("/")[2]
    record(
        clerk,
        site,
        "vergaderingen",
        {
            "code": "werken-1",
            "overleg": "vakbestuurlijk-werken",
            "datum": f"{timezone.localdate():%d-%m-%Y}",
            "titel": "Overleg Werken",
        },
    )
    advice = {"vergadering": "werken-1", "nummer": "1", "titel": "Hout", "voorstel": code}
    record(clerk, site, "agendapunten", advice)
    director = walker("pillar_director")
    director.goto(proposal)
    director.get_by_role("link", name="Vakbestuurlijk overleg Werken").click()
    fill(director, {"oordeel": "positive", "tekst": "Goed plan."})
    director.get_by_role("button", name="Advies vastleggen").click()
    director.get_by_role("heading", name="Advies: positief").wait_for()
    deed(clerk, proposal, "voordragen", reden="Voor tranche 7.")
    record(
        clerk,
        site,
        "vergaderingen",
        {
            "code": MEETING,
            "overleg": "stuurgroep",
            "datum": "14-03-2022",
            "titel": "Stuurgroep maart 2022",
            "tranche": "7",
        },
    )
    point = {
        "nummer": "1",
        "titel": "Bouwplaats van hout",
        "voorstel": code,
    }
    record(clerk, site, "agendapunten", {"vergadering": MEETING, **point})
    assert "Gevraagd € 200.000: € " in agreeing.dossier()

    # The programme office records the decision, having seen what it does, and closes the tranche.
    office.goto(f"{site}{MEETING_PAGE}")
    office.get_by_role("link", name=re.compile("Besluit vastleggen.*Bouwplaats")).click()
    fill(office, {"nummer": "21", "tekst": "De stuurgroep kent € 200.000 toe."})
    office.get_by_role("button", name="Bekijk wat het besluit doet").click()
    office.get_by_role("heading", name="Wat dit besluit doet").wait_for()
    assert "817.148" in office.inner_text("main")
    then = agreeing.effect(office.content())
    agreeing.amounts({"awarded": 18_631_358})
    office.get_by_role("button", name="Besluit vastleggen").click()
    office.get_by_text("Besluit 1 is vastgelegd.").wait_for()
    awarded = {"awarded": 18_831_358, room: 817_148, "awarded?tranche=7": 200_000}
    agreeing.amounts(awarded)
    assert agreeing.room() == then
    assert "Toegekend aan 21 Bouwplaats van hout € 200.000" in agreeing.dossier()
    agreeing.programme("7", "uitvoeringsprogramma-7.{form}")
    office.get_by_role("button", name="Besluitenlijst vaststellen").click()
    office.get_by_text("uitgave 1 van uitvoeringsprogramma 7").wait_for()
    edition = agreeing.programme("7", "uitgave-1/uitvoeringsprogramma-7.{form}", adopted())
    lines = [line for line in edition[-1].decode().splitlines() if "Bouwplaats van hout" in line]
    assert any(re.search(r"\b200000\b", line) for line in lines), lines
    assert "Bouwplaats van hout" in reading(office, site)(f"/{DEAL}/besluiten/").decode()

    # The treasurer commits 180,000, pays an advance of 100,000 and settles at 90,000.
    treasurer = walker("treasurer")
    number = {"verplichting": "B-2022-001"}
    of = {"bron": f"besluiten-{MEETING}"}
    record(
        treasurer,
        site,
        "verplichtingen",
        {
            "nummer": "B-2022-001", "project": PROJECT, "ontvanger": "GM0109", "bedrag": "180.000",
            "ingang": "01-04-2022", "vorm": "verleningsbeschikking", "tranche": "7",
            "verantwoorden_voor": "01-10-2023", **of,
        },
    )  # fmt: skip
    agreeing.amounts({**awarded, f"committed?project={PROJECT}": 180_000})
    advance = {"nummer": "BET-1", "bedrag": "100.000", "datum": "15-04-2022", "soort": "voorschot"}
    record(treasurer, site, "betalingen", {**advance, **number, **of})
    agreeing.amounts({**awarded, f"paid?project={PROJECT}": 100_000})
    record(
        treasurer,
        site,
        "vaststellingen",
        {**number, "bedrag": "90.000", "datum": "15-11-2023", **of},
    )
    mine = f"?project={PROJECT}"
    agreeing.amounts(
        {f"settled{mine}": 90_000, f"claimed{mine}": 10_000, f"awarded{mine}": 120_000}
    )
    back = {"nummer": "TER-1", "bedrag": "10.000", "datum": "20-01-2024"}
    record(treasurer, site, "terugvorderingen", {**number, **back, **of})
    agreeing.amounts(
        {
            f"settled{mine}": 90_000,
            f"awarded{mine}": 110_000,
            "awarded": 18_741_358,
            room: 907_148,
        }
    )
    agreeing.dossier()
    command("check")
    # What was adopted is what it was, and what is made now of the same day is so too.
    kept = f"/{DEAL}/documenten/uitgave-1/uitvoeringsprogramma-7"
    assert [reading(office, site)(f"{kept}.{form}") for form in FORMS] == edition
    agreeing.programme("7", f"uitvoeringsprogramma-7.{{form}}?bekend={latest()}")
