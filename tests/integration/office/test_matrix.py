"""Every route asked with every method by every role; who may is written by hand in matrix.yaml.

A route that has no row there fails. What a refused request writes is a failure too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from noaber.access import actions, queries
from noaber.access.models import User
from noaber.access.rules import Assignment
from noaber.core.dates import PartialDate
from noaber.core.ref import Ref
from noaber.decisions import actions as decisions
from noaber.decisions import papers
from noaber.decisions.rules import AgendaItem, Board, Meeting
from noaber.files import actions as files
from noaber.proposals import actions as proposals
from noaber.proposals.queries import FILE_READERS
from noaber.record.queries import append_only_models
from noaber.record.rules import Evidence
from noaber.web.access import TRIED_OUT
from tests.databases import Snapshot, restored
from tests.factories.proposals import complete
from tests.factories.second_deal import DEAL as OTHER_DEAL
from tests.factories.second_deal import load_second_deal
from tests.integration.office.conftest import ADMIN, AT, DEAL
from tests.integration.office.matrix import (
    EVERYWHERE,
    METHODS,
    ROLES,
    SECOND_STEP,
    SIGN_IN,
    Persona,
    Thing,
    expected,
    is_asked,
    methods_of,
    table,
    things,
)

pytestmark = pytest.mark.once

SESSIONS = frozenset({"django_session", "usersessions_usersession", "noaber_cache"})
"""Tables that reading may write to; none of them is the register."""


def _routes(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _routes(entry)
        else:
            yield entry


PASSWORD = make_password("een lang wachtwoord")
NAMES = sorted(str(entry.name) for entry in _routes(get_resolver()))


@dataclass
class Office:
    """The register with everybody in it, and the codes that the table cannot know beforehand."""

    personas: list[Persona]
    codes: dict[str, str]
    seen: dict[str, tuple[str, bytes]]


@pytest.fixture(scope="module")
def office(
    reference_snapshot: Snapshot,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Office]:
    """One register for all routes; what a request writes when it may, is rolled back."""
    folder = tmp_path_factory.mktemp("matrix")
    with (
        django_db_blocker.unblock(),
        restored(reference_snapshot, folder),
        override_settings(TRYOUT=True, ACCOUNT_RATE_LIMITS=False, MFA_RATE_LIMITS=False),
    ):
        load_second_deal(folder)
        codes = {}
        for place, deal in (("here", DEAL), ("there", OTHER_DEAL)):
            person = _given("board_member", deal, called=f"colleague-{place}")
            codes[f"person-{place}"] = person.code
            held = queries.assignments(AT.date(), deal=deal)
            codes[f"role-{place}"] = next(a.code for a in held if a.person == person.code)
            codes[f"meeting-{place}"] = _meeting(f"meeting-{place}", deal)
        codes |= {f"file-{readers}": _file(label) for readers, label in READERS.items()}
        codes |= _proposals()
        codes |= {f"paper-{readers}": _paper(readers, n) for n, readers in enumerate(PAPERS, 1)}
        yield Office(_everybody(), codes, {})


def _meeting(code: str, deal: str) -> str:
    board = Board("overleg", "steering_group", "Overleg", 99, "Beslist.")
    given: dict[str, Any] = {
        "deal": deal,
        "evidence": Evidence("convenant", "artikel 6"),
        "by": ADMIN,
        "at": AT,
    }
    decisions.record_board(board, since=AT.date(), **given)
    held = Meeting(code, board.code, PartialDate(AT.year, AT.month, AT.day), "Overleg")
    decisions.record_meeting(held, **given)
    return code


READERS = {"own": "own:GM0109", "office": "office"}


def _file(readers: str) -> str:
    return files.add(
        deal=DEAL,
        parent=Ref("project", "werken-9"),
        organisation="GM0109",
        name=f"{readers.partition(':')[0]}.csv",
        content=b"naam;bedrag\nrij;1\n",
        readers=readers,
        since=AT.date(),
        by=ADMIN,
        at=AT,
    )


PAPERS = ("board", "office")


def _paper(readers: str, position: int) -> str:
    meeting = Meeting("meeting-here", "overleg", PartialDate(2022, 3, 1), "Overleg")
    item = AgendaItem(meeting.code, position, "Hout", readers=readers)
    who: dict[str, Any] = {"deal": DEAL, "by": ADMIN, "at": AT}
    decisions.record_agenda_item(item, evidence=Evidence("convenant", "artikel 6"), **who)
    return papers.add(
        meeting=meeting, item=item, name="begroting.csv", content=b"naam;bedrag\nrij;1\n",
        since=AT.date(), **who,
    )  # fmt: skip


def _proposals() -> dict[str, str]:
    """Proposals from which nearly everything lacks; one is sent in, and one has a file."""
    codes = {}
    for code, of in table()["proposals"].items():
        if "organisation" in of:
            content = complete(
                lead=of["organisation"], pillar=of["pillar"], partners=(), cross_overs=()
            )
            if of.get("concept"):
                content = replace(content, summary="")
            made = proposals.write(deal=DEAL, code="", content=content, by=ADMIN, at=AT)
            if not of.get("concept"):
                proposals.send_in(deal=DEAL, code=made, by=ADMIN, at=AT)
            codes[code] = made
    codes["proposal-file"] = files.add(
        deal=DEAL,
        parent=Ref("proposal", codes["proposal-own"]),
        organisation="GM0109",
        name="begroting.csv",
        content=b"naam;bedrag\nrij;1\n",
        readers=FILE_READERS,
        since=AT.date(),
        by=ADMIN,
        at=AT,
    )
    return codes


def _given(
    role: str,
    deal: str,
    called: str,
    *,
    organisation: str = "",
    pillar: str = "",
    until: date | None = None,
) -> User:
    everywhere = role in EVERYWHERE
    wanted = Assignment(
        "",
        "",
        role,
        "" if everywhere else deal,
        organisation,
        pillar,
        since=date(2019, 1, 1),
        until=until,
    )
    code, _ = actions.admit(
        wanted, email=f"{called}@voorbeeld.example".lower(), name=called, by=ADMIN, at=AT
    )
    # The same password for all: making one takes long.
    User.objects.filter(code=code).update(password=PASSWORD)
    return User.objects.get(code=code)


def _everybody() -> list[Persona]:
    found = [Persona("nobody", Client(), halted=SIGN_IN)]
    for role in ROLES:
        for where, deal, organisation, pillar in (
            ("own", DEAL, "GM0109", "werken"),
            ("other organisation", DEAL, "GM0114", "wonen"),
            ("other deal", OTHER_DEAL, "GM9001", "waterlijn"),
        ):
            name = f"{role}, {where}"
            called = name.replace(", ", ".").replace(" ", "-")
            user = _given(role, deal, called, organisation=organisation, pillar=pillar)
            found.append(Persona(name, _signed_in(user), role, deal, organisation, pillar))
            if where == "own" and role not in table()["without_second_step"]:
                client = _signed_in(user, second_step=False)
                found.append(Persona(f"{role}, without second step", client, halted=SECOND_STEP))
    ended = _given("programme_office", DEAL, "ended", until=date(2020, 1, 1))
    found.append(Persona("whose role ended", _signed_in(ended)))
    code = actions.invite(email="zonder@b.example", name="Zonder rol", by=ADMIN, at=AT)
    User.objects.filter(code=code).update(password=PASSWORD)
    found.append(Persona("without role", _signed_in(User.objects.get(code=code))))
    blocked = _given("programme_office", DEAL, "blocked")
    client = _signed_in(blocked)
    actions.set_active(blocked.code, active=False, by=ADMIN, at=AT)
    return [*found, Persona("who is blocked", client, halted=SIGN_IN)]


def _signed_in(user: User, *, second_step: bool = True) -> Client:
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    if second_step:
        session = client.session
        session[TRIED_OUT] = True
        session.save()
    return client


# Asking.


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert sorted(table()["routes"]) == NAMES


def test_there_are_more_than_twenty_thousand_requests(office: Office) -> None:
    kinds = {name: table()["routes"][name]["kind"] for name in NAMES}
    asked = sum(
        len(things(name)) * is_asked(kinds[name], method, who)
        for name in NAMES
        for method in METHODS
        for who in office.personas
    )
    assert asked > 20_000


@pytest.mark.parametrize("name", NAMES)
def test_a_route_answers_everybody_as_the_table_says(office: Office, name: str) -> None:
    before, kind = _register(), table()["routes"][name]["kind"]
    wrong: list[str] = []
    for thing in things(name):
        for who in office.personas:
            kept = dict(who.client.cookies)
            for method in (m for m in METHODS if is_asked(kind, m, who)):
                problem = _problem(office, name, method, who, thing)
                if problem:
                    wrong.append(f"{method} {thing} by {who.name}: {problem}")
                if dict(who.client.cookies) != kept:
                    who.client.cookies.clear()
                    who.client.cookies.update(kept)
    assert _register() == before
    assert "\n".join(wrong[:40]) == ""


def _address(office: Office, name: str, thing: Thing) -> str:
    given = dict(thing.arguments)
    for name_of in ("code", "named"):
        if name_of in given:
            given[name_of] = office.codes.get(given[name_of], given[name_of])
    given.setdefault("code", "")
    if not given["code"]:
        del given["code"]
    return reverse(name, kwargs=given)


def _problem(office: Office, name: str, method: str, who: Persona, thing: Thing) -> str:
    address = _address(office, name, thing)
    wanted, place = expected(name, method, who, thing)
    refused = wanted in {403, 404, 405} or bool(place)
    written: list[str] = []
    with connection.execute_wrapper(_writes(written)), _undone(name, refused=refused):
        response = _ask(office, method, who, address)
    if refused and written:
        return f"writes although refused: {written}"
    status = response.status_code
    if wanted == 200 and status == 304:
        status = 200
    if status != wanted or not response.headers.get("Location", "").startswith(place):
        return f"{response.status_code} {response.headers.get('Location', '')} and not {wanted} {place}"
    kind = table()["routes"][name]["kind"]
    if method == "GET" and wanted == 200 and kind == "public":
        return _the_same_for_all(office, address, response)
    return ""


def _the_same_for_all(office: Office, address: str, response: HttpResponse) -> str:
    """A public page is one page, whoever reads it."""
    if response.status_code == 304:
        return ""
    first = office.seen.setdefault(address, (response.headers.get("ETag", ""), response.content))
    return "" if first[1] == response.content else "not the page that others get"


def _ask(office: Office, method: str, who: Persona, address: str) -> HttpResponse:
    known = office.seen.get(address, ("", b""))[0]
    headers = {"If-None-Match": known} if known and method in {"GET", "HEAD"} else {}
    # A form that claims to know everything, so that it is judged and not called out of date.
    sent = {"data": {"basis": "999999"}} if method == "POST" else {}
    ask = getattr(who.client, method.lower())
    response: HttpResponse = ask(address, headers=headers, **sent)
    return response


@contextmanager
def _undone(name: str, *, refused: bool) -> Iterator[None]:
    """What signing in or an allowed request does, is undone; what is refused must do nothing."""
    if refused and table()["routes"][name]["kind"] != "sign_in":
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _writes(found: list[str]) -> Any:
    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.split(None, 3)
        if words and words[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            table_of = sql.split('"')[1] if '"' in sql else sql
            if table_of not in SESSIONS:
                found.append(sql[:80])
        return execute(sql, params, many, context)

    return watch


def _register() -> dict[str, int]:
    """How many rows each table of the register holds, and how many people there are."""
    models: tuple[type[Model], ...] = (*append_only_models(), User)
    return {model._meta.db_table: model._base_manager.count() for model in models}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_sent_without_the_token_of_the_form(office: Office, name: str) -> None:
    row = table()["routes"][name]
    if "POST" not in methods_of(row):
        return
    person = next(p for p in office.personas if p.name == "programme_office, own")
    client = Client(enforce_csrf_checks=True)
    client.cookies.update(person.client.cookies)
    for thing in things(name)[:1]:
        response = client.post(_address(office, name, thing), {"basis": "999999"})
        assert response.status_code == 403, name
        assert "Stuur het formulier nog eens" in response.content.decode(), name
