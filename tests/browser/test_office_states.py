"""No page of the office or of signing in is left out of what axe looks at: a new route without a
state here, or in the tests beside it, fails.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import resolve
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from noaber.access import actions
from noaber.access.models import User
from noaber.access.rules import Assignment, Withholding
from noaber.core.dates import PartialDate
from noaber.core.ref import Ref
from noaber.decisions import actions as decisions
from noaber.decisions import papers
from noaber.decisions.rules import AgendaItem, Board, Meeting
from noaber.files import actions as files
from noaber.jobs import actions as jobs
from noaber.jobs.rules import Policy
from noaber.proposals import actions as proposals
from noaber.record.rules import Evidence
from noaber.treasury import actions as treasury
from noaber.treasury.rules import BudgetLine, Commitment, Payment, Receipt, Settlement
from noaber.web.access import TRIED_OUT
from noaber.web.signin.adapters import first_password_link
from tests.browser import test_grid, test_office, test_passkey, test_proposals
from tests.browser.looking import fill
from tests.browser.test_office import ADMIN, AT, DEAL, OFFICE, admitted, examined
from tests.factories import advice
from tests.integration.office.matrix import table
from tests.integration.web import registers

pytestmark = pytest.mark.browser

TEXT = f"{OFFICE}gegevens/teksten/werken-9~description~/"
MEETING = f"{OFFICE}vergaderingen/overleg-1/"
ADVISING = f"{OFFICE}vergaderingen/{advice.MEETING}/"
SIGN_IN = "/aanmelden/"
SECURITY = f"{SIGN_IN}beveiliging/"
SHOWN = {
    "herinneringen": "/kantoor/herinneringen/",
    "een tekst": TEXT,
    "weghalen": f"{TEXT}weghalen/",
    "geheimhouding van een tekst": f"{TEXT}geheimhouding/",
    "wat geheim is": f"{OFFICE}geheimhouding/",
    "bestanden": f"{OFFICE}bestanden/",
    "een bestand geheimhouden": f"{OFFICE}bestanden/FILE/geheimhouding/",
    "kas": f"{OFFICE}kas/",
    "verplichtingen": f"{OFFICE}gegevens/verplichtingen/",
    "een verplichting": f"{OFFICE}gegevens/verplichtingen/nieuw/",
    "vergaderingen": f"{OFFICE}vergaderingen/",
    "een vergadering": MEETING,
    "een besluit": f"{MEETING}besluit/",
    "een advies": f"{ADVISING}advies/",
    "een vergadering die adviseert": ADVISING,
    "een overleg dat niet adviseert": f"{MEETING}advies/",
    "een account": f"{OFFICE}mensen/PERSON/",
    "opdrachten": f"{OFFICE}opdrachten/",
}
FAULTS = {
    "een leeg formulier sturen": f"{OFFICE}gegevens/verplichtingen/nieuw/",
    "niets bij geheimhouding": f"{TEXT}geheimhouding/",
    "niets bij een bestand": f"{OFFICE}bestanden/FILE/geheimhouding/",
    "een besluit zonder iets": f"{MEETING}besluit/",
    "een advies zonder iets": f"{ADVISING}advies/",
}
"""Forms that are sent as they open, which is wrong."""

MISTAKEN = {
    "een adres dat er geen is": (f"{SIGN_IN}wachtwoord-vergeten/", {"email": "anna@"}),
    "een wachtwoord dat te kort is": (f"{SIGN_IN}wachtwoord/eerste/", {"password1": "kort", "password2": "lang"}),
    "een code van de app die niet klopt": (f"{SECURITY}app/", {"code": "000000"}),
}  # fmt: skip
"""What can be filled in wrong when somebody signs in for the first time."""

MISTAKEN_LATER = {
    "een oud wachtwoord dat niet klopt": (f"{SIGN_IN}wachtwoord/", {"oldpassword": "fout", "password1": "a", "password2": "b"}),
    "nog eens een wachtwoord dat niet klopt": (f"{SIGN_IN}nog-eens/", {"password": "fout"}),
    "een tweede stap die niet klopt": (f"{SIGN_IN}nog-eens/tweede-stap/", {"code": "000000"}),
}  # fmt: skip
"""And by who signed in often already."""

SECURED = {
    "tweede stap bevestigen": f"{SIGN_IN}nog-eens/tweede-stap/",
    "beveiliging": SECURITY,
    "app weghalen": f"{SECURITY}app/weg/",
    "noodcodes": f"{SECURITY}noodcodes/",
    "nieuwe noodcodes": f"{SECURITY}noodcodes/nieuw/",
    "geen passkeys": f"{SECURITY}passkeys/",
    "afmelden": f"{SIGN_IN}afmelden/",
}
UNSECURED = {
    "waarom een tweede stap": f"{SIGN_IN}tweede-stap/instellen/",
    "een app instellen": f"{SECURITY}app/",
}
WITHOUT_PASSWORD = {
    "kantoor zonder deal": "/kantoor/",
    "een eerste wachtwoord": f"{SIGN_IN}wachtwoord/eerste/",
}
OUTSIDE = {
    "proef": f"{SIGN_IN}proef/",
    "geblokkeerd": f"{SIGN_IN}geblokkeerd/",
    "wachtwoord gekozen": f"{SIGN_IN}wachtwoord-kiezen/klaar/",
    "gestopt bij de dienst": f"{SIGN_IN}dienst/geweigerd/",
    "dienst geeft een fout": f"{SIGN_IN}dienst/fout/",
}
BY_LINK = f"{SIGN_IN}wachtwoord-kiezen/x/y/"

NO_PAGES = {
    "meeting_dossier", "paper", "proposal_export", "proposal_file", "office_file",
    "mfa_download_recovery_codes",  # Downloads.
    "mfa_login_webauthn",  # What a script asks.
    "openid_connect_login", "openid_connect_callback",  # To the service and back: `test_openid`.
    "socialaccount_signup",  # Nobody signs up: leads to signing in.
}  # fmt: skip


def seen() -> set[str]:
    """The names of the routes of which some state is looked at."""
    here = (SHOWN, SECURED, UNSECURED, WITHOUT_PASSWORD, OUTSIDE)
    beside = (test_office.SHOWN, test_office.OPEN, test_proposals.SHOWN)
    paths = {path for of in (*here, *beside) for path in of.values()}
    paths |= {BY_LINK, test_grid.INSTALMENTS, *test_passkey.SEEN}
    return {resolve(path.partition("?")[0]).url_name or "" for path in paths}


def test_no_page_of_the_office_or_of_signing_in_is_left_out() -> None:
    sent_only = {"send"}
    routes = {
        name
        for name, row in table()["routes"].items()
        if row["kind"] not in {"public", *sent_only}
        and not (row["kind"] == "file" and row["right"] == "file.add")
        and not (row["kind"] == "paper" and row["right"] == "meeting.prepare")
        and not (row["kind"] == "proposal" and "GET" not in row["answers"])
    }
    assert routes - seen() == NO_PAGES & routes
    assert routes >= NO_PAGES


@pytest.fixture
def ada(reference_site: str, settings: Settings) -> User:
    """Somebody who may do everything in the deal, with one of each thing to look at."""
    settings.TRYOUT = True
    person = admitted("administrator", "ada")
    for role in ("programme_office", "treasurer", "secretariat"):
        wanted = Assignment("", "", role, DEAL, since=AT.date())
        actions.admit(wanted, email=person.email, name="Ada", by=ADMIN, at=AT)
    return person


def _things() -> dict[str, str]:
    board = Board("overleg", "steering_group", "Overleg", 99, "Beslist.")
    who: dict[str, Any] = {
        "deal": DEAL,
        "evidence": Evidence("convenant", "artikel 6"),
        "by": ADMIN,
        "at": AT,
    }
    decisions.record_board(board, since=AT.date(), **who)
    held = Meeting("overleg-1", board.code, PartialDate(2022, 3, 1), "Overleg van maart")
    decisions.record_meeting(held, **who)
    point = AgendaItem(held.code, 1, "Hout")
    decisions.record_agenda_item(point, **who)
    papers.add(
        deal=DEAL, meeting=held, item=point, name="begroting.txt", content=b"Hout.",
        since=AT.date(), by=ADMIN, at=AT,
    )  # fmt: skip
    proposal = test_proposals.made()
    test_proposals.done(proposals.send_in, proposal)
    advice.put_on_agenda(proposal, deal=DEAL, by=ADMIN, at=datetime(2022, 3, 1, tzinfo=UTC))
    parent = Ref("project", "werken-9")
    code, hidden = (
        files.add(
            deal=DEAL, parent=parent, organisation="GM0109", name=name, content=b"Hout.",
            readers="public", since=AT.date(), by=ADMIN, at=AT,
        )
        for name in ("plan.txt", "geheim.txt")
    )  # fmt: skip
    item, page = Ref("file", f"{DEAL}/{hidden}"), Ref("project", f"{DEAL}/werken-9")
    asked = Withholding("", item, page, DEAL, "GM0109", "Nog in onderhandeling.", AT.date())
    actions.withhold(asked, by=ADMIN, at=AT)
    return {"FILE": code, "PERSON": admitted("board_member", "Bas").code}


def _without_a_role() -> User:
    """Somebody whose only role has ended."""
    ended = Assignment("", "", "board_member", DEAL, since=date(2019, 1, 1), until=AT.date())
    email = "els@voorbeeld.example"
    code, _ = actions.admit(ended, email=email, name="Els", by=ADMIN, at=AT)
    return User.objects.get(code=code)


def signed_in(browser: Browser, site: str, user: User, *, tried_out: bool = True) -> Page:
    """A page of somebody who signed in just now."""
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    if tried_out:
        session[TRIED_OUT] = True
    request = RequestFactory().get("/")
    request.session = session
    record_authentication(request, user, "password", reauthenticated=True)
    session.save()
    context = browser.new_context(locale="nl-NL")
    value = str(client.cookies["sessionid"].value)
    context.add_cookies([{"name": "sessionid", "value": value, "url": site}])
    return context.new_page()


def look(page: Page, site: str, states: dict[str, str], codes: dict[str, str]) -> Iterator[str]:
    """What is wrong with pages, and which of them are not what they should be."""
    found: dict[str, list[str]] = {}
    for state, path in states.items():
        for name, code in codes.items():
            path = path.replace(name, code)  # noqa: PLW2901
        answer = page.goto(site + path)
        if (
            answer is None
            or answer.status not in (200, 401)
            or page.url.partition("?")[0] != site + path
        ):
            yield f"{state}: {answer and answer.status}, {page.url}"
        examined(page, state, found)
    yield from (f"{state}: {wrong}" for state, wrong in found.items())


def test_the_other_pages_of_the_office_are_accessible(
    browser: Browser, reference_site: str, ada: User
) -> None:
    codes = _things()
    page = signed_in(browser, reference_site, ada)
    assert list(look(page, reference_site, SHOWN, codes)) == []
    page.context.close()


def test_forms_of_the_office_with_faults_are_accessible(
    browser: Browser, reference_site: str, ada: User
) -> None:
    codes = _things()
    page = signed_in(browser, reference_site, ada)
    found: dict[str, list[str]] = {}
    for state, path in FAULTS.items():
        page.goto(reference_site + path.replace("FILE", codes["FILE"]))
        page.locator(".office-form [type=submit]").first.click()
        page.get_by_role("alert").first.wait_for()
        examined(page, state, found)
    assert found == {}
    page.context.close()


def test_pages_of_money_and_of_what_went_wrong_are_accessible(
    browser: Browser, reference_site: str, ada: User
) -> None:
    registers.small_deal()
    second = Assignment("", "", "programme_office", "kleine-deal", since=AT.date())
    actions.admit(second, email=ada.email, name="Ada", by=ADMIN, at=AT)
    _in_and_out_of_cash()
    page = signed_in(browser, reference_site, ada)
    found: dict[str, list[str]] = {}
    page.goto(f"{reference_site}/kantoor/")
    page.get_by_role("heading", name="Kies een deal").wait_for()
    examined(page, "kiezen tussen deals", found)
    page.goto(f"{reference_site}{OFFICE}kas/")
    for caption in ("Verplichtingen die niet klaar zijn", "Ontvangsten", "Begroting van overhead"):
        page.get_by_role("table", name=caption).wait_for()
    examined(page, "kas met geld erin", found)
    number = _given_up()
    page.goto(f"{reference_site}{OFFICE}opdrachten/")
    examined(page, "een opdracht die is opgegeven", found)
    jobs.restart(number, at=AT)
    page.get_by_role("button", name="Probeer opnieuw").click()
    page.get_by_role("alert").wait_for()
    examined(page, "een opdracht die een ander al opnieuw liet doen", found)
    assert found == {}
    page.context.close()


def _in_and_out_of_cash() -> None:
    """Money that came in, an advance that was too much, and a budget line of overhead."""
    who: dict[str, Any] = {"deal": DEAL, "by": ADMIN, "at": AT}
    begun, on = PartialDate(2021, 5, 1), PartialDate(2021, 6, 1)
    made = Commitment("B-1", "GM0109", 1_000_00, begun, "grant_decision", "werken-1.1", tranche="5")
    treasury.record_receipt(Receipt("O-1", "rijk", 5_000_00, on), **who)
    line = BudgetLine("bureau", 2021, "Bureau", 500_00)
    treasury.record_budget_line(line, since=AT.date(), evidence=Evidence(), **who)
    paid = Payment("P-1", made.code, 600_00, on, "advance")
    settled = Settlement(made.code, 400_00, PartialDate(2021, 6, 15))
    treasury.record_steps((made, paid, settled), **who)


def _given_up() -> int:
    """The number of a job that was given up."""
    with transaction.atomic():
        number = jobs.enqueue("mail", {}, at=AT)
    once = Policy(attempts=1)
    claimed = jobs.claim({"mail": once}, at=AT)
    assert claimed is not None
    jobs.fail(claimed, once, "De mailserver weigert dit adres (550 5.1.1).", final=True, at=AT)
    return number


def mistaken(
    page: Page, site: str, states: Mapping[str, tuple[str, Mapping[str, str]]]
) -> dict[str, list[str]]:
    """What is wrong with pages on which what was filled in is not right."""
    found: dict[str, list[str]] = {}
    for state, (path, typed) in states.items():
        page.goto(site + path)
        fill(page, typed)
        form = page.locator("main form").filter(has=page.locator("input:not([type=hidden])")).first
        # The browser would stop some of it, in words of its own.
        form.evaluate("form => form.noValidate = true")
        form.locator("button").first.click()
        page.get_by_role("alert").first.wait_for()
        examined(page, state, found)
    return found


def test_what_is_filled_in_wrong_at_signing_in_is_told_accessibly(
    browser: Browser, reference_site: str, ada: User
) -> None:
    page = signed_in(browser, reference_site, ada)
    assert mistaken(page, reference_site, MISTAKEN) == {}
    page.context.close()
    ada.set_password("een zin die niemand raadt")
    ada.save()
    TOTP.activate(ada, generate_totp_secret())
    page = signed_in(browser, reference_site, ada)
    assert mistaken(page, reference_site, MISTAKEN_LATER) == {}
    page.context.close()


def test_the_other_pages_of_signing_in_are_accessible(
    browser: Browser, reference_site: str, ada: User
) -> None:
    ada.set_password("een zin die niemand raadt")
    ada.save()
    page = signed_in(browser, reference_site, ada)
    wrong = [*look(page, reference_site, UNSECURED, {})]
    page.context.close()
    page = signed_in(browser, reference_site, _without_a_role())
    wrong += look(page, reference_site, WITHOUT_PASSWORD, {})
    page.context.close()
    TOTP.activate(ada, generate_totp_secret())
    RecoveryCodes.activate(ada)
    page = signed_in(browser, reference_site, ada)
    wrong += look(page, reference_site, SECURED, {})
    page.context.close()
    page = browser.new_page(locale="nl-NL")
    wrong += look(page, reference_site, OUTSIDE, {})
    found: dict[str, list[str]] = {}
    link = first_password_link(ada.code)
    page.goto(reference_site + "/" + link.split("/", 3)[3])
    examined(page, "een wachtwoord kiezen", found)
    assert (wrong, found) == ([], {})
    page.close()


WALKED = {
    **{state: test_office.SHOWN[state] for state in ("mijn werk", "een lijst", "een formulier")},
    **{state: test_office.SHOWN[state] for state in ("mensen", "van euro naar resultaat")},
    "een tabel om in te vullen": test_grid.INSTALMENTS,
    "een besluit": SHOWN["een besluit"],
    "een advies": SHOWN["een advies"],
    "een voorstel": test_proposals.SHOWN["een leeg voorstel"],
    "kas": SHOWN["kas"],
    "geheimhouding": SHOWN["geheimhouding van een tekst"],
}

REACHABLE = """() => {
  const all = [...document.querySelectorAll("*")];
  const called = e => `${e.tagName} ${(e.name || e.id || e.innerText || "").trim().slice(0, 40)}`;
  const ring = e => {
    const style = getComputedStyle(e);
    const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return (drawn ? style.outline : "") + (style.boxShadow === "none" ? "" : style.boxShadow);
  };
  const unfocused = new Map(all.map(e => [e, ring(e)]));
  window.stop = () => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const box = e.getBoundingClientRect(), now = ring(e);
    const onScreen = box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth;
    const seen = now !== "" && now !== unfocused.get(e) && onScreen;
    return {place: all.indexOf(e), seen, called: called(e)};
  };
  const firstOfName = e => e.type !== "radio"
    || e === document.querySelector(`[type=radio][name="${e.name}"]`);
  return all.filter(e => firstOfName(e) && !e.disabled && e.type !== "hidden"
    && e.matches("a[href], button, input, select, textarea, summary, [role=button], [onclick]")
    && e.checkVisibility({visibilityProperty: true})).map(e => [all.indexOf(e), called(e)]);
}"""
"""What must be reached, by its place among all elements; from then on `stop()` tells where
the focus is and whether a ring is drawn that is not there without it."""

BROKEN = """() => {
  const [unseen, unreached] = document.querySelectorAll("main a[href], main button");
  for (const [what, none] of [["outline", "none"], ["box-shadow", "none"]])
    unseen.style.setProperty(what, none, "important");
  unreached.tabIndex = -1;
}"""
"""A ring taken from one thing, and another taken out of the order of the Tab key."""

TRAP = """() => document.querySelector("main a[href], main button").addEventListener(
  "keydown", e => e.preventDefault())"""


def test_everything_is_reached_by_keyboard_and_the_focus_is_seen(
    browser: Browser, reference_site: str, ada: User
) -> None:
    _things()
    page = signed_in(browser, reference_site, ada)
    wrong: list[str] = []
    for state, path in WALKED.items():
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(reference_site + path)
            wrong += [f"{state}, {width}: {each}" for each in walked(page)]
    assert wrong == []
    page.context.close()


def test_the_walk_tells_what_is_not_reached_and_what_is_not_seen(
    browser: Browser, reference_site: str, ada: User
) -> None:
    page = signed_in(browser, reference_site, ada)
    page.goto(reference_site + WALKED["mensen"])
    assert walked(page) == []
    page.evaluate(BROKEN)
    assert [wrong.partition(":")[0] for wrong in walked(page)] == ["not seen", "not reached"]
    page.reload()
    page.evaluate(TRAP)
    missed = walked(page)
    assert len(missed) > 1
    assert all(wrong.startswith("not reached") for wrong in missed)
    page.context.close()


def walked(page: Page) -> list[str]:
    """What the Tab key does not reach, holds on to, or reaches without showing it."""
    reachable: list[tuple[int, str]] = page.evaluate(REACHABLE)
    page.evaluate("document.activeElement.blur()")
    reached: set[int] = set()
    wrong: list[str] = []
    for _ in range(len(reachable) + 5):
        page.keyboard.press("Tab")
        stop = page.evaluate("window.stop()")
        if stop is None or stop["place"] in reached:
            break
        reached.add(stop["place"])
        if not stop["seen"]:
            wrong.append(f"not seen: {stop['called']}")
    missed = [called for place, called in reachable if place not in reached]
    return [*wrong, *(f"not reached: {called}" for called in missed)]
