"""Over seventy planted secrets, looked for as everybody wherever something is shown: none is found."""

import csv
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from noaber.access import actions, queries
from noaber.access.models import User
from noaber.access.rules import Actor, Withholding
from noaber.core.dates import PartialDate
from noaber.core.ref import Ref
from noaber.decisions import actions as decisions
from noaber.decisions import deciding, papers
from noaber.decisions.rules import AgendaItem, Meeting
from noaber.files import actions as files
from noaber.imports.definitions import sheet_definitions
from noaber.mail.models import Message
from noaber.projects import actions as projects
from noaber.projects.rules import ProjectText
from noaber.proposals import actions as proposals
from noaber.proposals.queries import FILE_READERS
from noaber.record.rules import Evidence
from noaber.web.access import TRIED_OUT
from noaber.web.office.menu import kept
from noaber.web.office.record_views import KEY
from noaber.web.signin.adapters import send_invitation
from tests.databases import Snapshot, restored
from tests.factories.advice import advice, put_on_agenda
from tests.factories.loading import add, change, copy_of_reference, load_folder
from tests.factories.proposals import complete
from tests.factories.second_deal import DEAL as OTHER_DEAL
from tests.factories.second_deal import load_second_deal
from tests.integration.office.conftest import ADMIN, AT, DEAL, admitted

pytestmark = pytest.mark.once

KINDS = yaml.safe_load((Path(__file__).parent / "secrets.yaml").read_text("utf-8"))["kinds"]
PARTY = "GM0109"
WHO = (
    "programme_office", "lead_partner GM0109", "lead_partner GM0114", "pillar_director", "development_team", "board_member",
    "steering_group", "secretariat", "treasurer", "party_reader GM0109", "party_reader GM0114", "auditor",
)  # fmt: skip
NONSENSE = "qqzzxv"
TOTAL = sum(kind["many"] for kind in KINDS.values())


@dataclass
class Planted:
    """The secrets by kind, where those of facts are (sheet and code), and proposals by address."""

    words: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    meeting: str = ""
    advised: str = ""

    def make(self, kind: str) -> Iterator[str]:
        """The secrets of a kind, one after another."""
        number = kind.endswith(("number", "amount"))
        for n in range(KINDS[kind]["many"]):
            word = (
                str(7_000_000 + sum(map(ord, kind)) * 131 + n * 7919) if number else _word(kind, n)
            )
            self.words.setdefault(kind, []).append(word)
            yield word

    def hidden_from(self, who: str) -> list[str]:
        """What somebody must not find anywhere."""
        readers = {kind: KINDS[kind]["readers"] for kind in self.words}
        return [
            word
            for kind, words in self.words.items()
            if who not in readers[kind] and who.partition(" ")[0] not in readers[kind]
            for word in words
        ]


def _word(kind: str, n: int) -> str:
    return f"{kind.replace('_', '')}{'abcdefgh'[n]}zwx"


@pytest.fixture(scope="module")
def planted(
    django_db_setup: Snapshot,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Planted]:
    """A register in which everything is planted, for as long as the tests here take."""
    folder = tmp_path_factory.mktemp("leaks")
    with (
        django_db_blocker.unblock(),
        restored(django_db_setup, folder),
        override_settings(TRYOUT=True, MAIL_FOLDER=None),
    ):
        found = Planted()
        sheets = copy_of_reference(folder)
        withheld = [*_plant_facts(found, sheets), *_plant_partners(found, sheets)]
        withheld += [*_plant_seats(found, sheets), *_plant_forewords(found, sheets)]
        load_folder(sheets)
        load_second_deal(folder)
        withheld += [*_plant_files(found)]
        _plant_own_texts(found)
        _withhold(found, withheld)
        _plant_proposal(found, "concept", "GM0109")
        _plant_proposal(found, "proposal", "GM0114", sent_in=True)
        _plant_advice(found)
        _plant_papers(found)
        _plant_people(found)
        yield found


SHEETS = {"text": "teksten", "progress": "voortgang", "amount": "voortgang", "number": "metingen"}
KIND_OF = {"text": "project_text", "progress": "progress", "number": "measurement"}


def _plant_facts(found: Planted, sheets: Path) -> Iterator[Ref]:
    """Write secrets into the sheets; gives what is to be withheld."""
    free = {sheet: _free(sheets, sheet) for sheet in SHEETS.values()}
    for kind in ("office_text", "withheld_text", "office_progress", "withheld_progress",
                 "office_amount", "withheld_number"):  # fmt: skip
        whose, _, what = kind.partition("_")
        sheet = SHEETS[what]
        readers = {"lezers": "programmabureau"} if whose == "office" else {}
        for word in found.make(kind):
            key, code = next(free[sheet])
            told = {"waarde": word} if what == "number" else {"tekst": f"Dit is {word}."}
            change(sheets, sheet, key, **told, **readers)
            found.places[word] = (sheet, code)
            if whose == "withheld":
                yield Ref(KIND_OF[what], f"{DEAL}/{code.rstrip('~').replace('~', '/')}")


PARENTS = {"measurement": "deal", "seat": "board", "foreword": "tranche", "file": "project"}


def _plant_partners(found: Planted, sheets: Path) -> Iterator[Ref]:
    """Companies that only take part in secret: neither name nor code may be found."""
    pairs = zip(found.make("partner_code"), found.make("withheld_partner"), strict=True)
    for n, (code, name) in enumerate(pairs):
        add(sheets, "organisaties", code=code, naam=name, korte_naam=name, soort="bedrijf",
            land="NL", bron="up6")  # fmt: skip
        project = ("werken-9", "werken-17")[n % 2]
        add(sheets, "partners", project=project, organisatie=code, rol="doet mee", bron="up6")
        found.places[name] = ("partners", f"{project}~{code}")
        yield Ref("partner", f"{DEAL}/{project}/{code}")


def _plant_seats(found: Planted, sheets: Path) -> Iterator[Ref]:
    seats = ("voorzitter", "aa-en-hunze", "borger-odoorn", "emmen")
    for word, seat in zip(found.make("withheld_holder"), seats, strict=True):
        change(sheets, "zetels", {"overleg": "stuurgroep", "zetel": seat}, naam=f"Jo {word}")
        found.places[word] = ("zetels", f"stuurgroep~{seat}")
        yield Ref("seat", f"{DEAL}/stuurgroep-{seat}")


def _plant_forewords(found: Planted, sheets: Path) -> Iterator[Ref]:
    first, second = found.make("withheld_foreword")
    change(sheets, "voorwoorden", {"tranche": "6"}, tekst=f"Dit is {first}.")
    add(sheets, "voorwoorden", tranche="5", titel=f"Woord {second}", tekst="Dit is geheim.",
        overleg="stuurgroep", lezers="openbaar", bron="up6")  # fmt: skip
    for word, tranche in ((first, "6"), (second, "5")):
        found.places[word] = ("voorwoorden", tranche)
        yield Ref("foreword", f"{DEAL}/{tranche}")


def _plant_files(found: Planted) -> Iterator[Ref]:
    labels = {"own_file": "own:GM0109", "office_file": "office", "withheld_file": "public"}
    for kind, readers in labels.items():
        for word in found.make(kind):
            code = files.add(
                deal=DEAL, parent=Ref("project", "werken-9"), organisation=PARTY,
                name=f"{word}.txt", content=b"niets", readers=readers, since=AT.date(),
                by=ADMIN, at=AT,
            )  # fmt: skip
            found.files.append(code)
            if kind == "withheld_file":
                yield Ref("file", f"{DEAL}/{code}")


def _plant_own_texts(found: Planted) -> None:
    for n, word in enumerate(found.make("own_text")):
        project = ("werken-1.1", "werken-17", "wonen-2.2")[n]
        text = ProjectText(project, "description", f"Dit is {word}.", readers="own:GM0109")
        projects.record_fact(
            text, deal=DEAL, since=date(2021, 12, 1), evidence=Evidence(), by=ADMIN, at=AT
        )
        found.places[word] = ("teksten", f"{project}~description~")


def _free(sheets: Path, sheet: str) -> Iterator[tuple[dict[str, str], str]]:
    """The columns that facts of a sheet are known by, and their codes in an address."""
    with (sheets / f"{sheet}.csv").open(encoding="utf-8", newline="") as read:
        rows = [*csv.DictReader(read)]
    for row in rows:
        if row.get("project") in {"werken-1.1", "werken-17", "wonen-2.2"}:
            continue  # Those get a text of their own.
        if sheet == "teksten" and row["soort"] == "omschrijving":
            yield (
                {"project": row["project"], "soort": row["soort"]},
                f"{row['project']}~description~",
            )
        elif sheet == "voortgang":
            key = {"project": row["project"], "ronde": row["ronde"]}
            yield key, f"{row['project']}~{row['ronde']}"
        elif sheet == "metingen" and row["telt_op"] == "nee":
            yield {"code": row["code"]}, row["code"]


def _withhold(found: Planted, items: list[Ref]) -> None:
    reasons = [*found.make("reason")]
    for n, item in enumerate(items):
        kind = PARENTS.get(item.kind, "project")
        named = {"board": "stuurgroep", "deal": DEAL}.get(kind, item.code.split("/")[1])
        parent = Ref(kind, named if kind == "deal" else f"{DEAL}/{named}")
        reason = f"Vanwege {reasons[n % len(reasons)]}."
        wanted = Withholding("", item, parent, DEAL, PARTY, reason, AT.date())
        actions.withhold(wanted, by=ADMIN, at=AT)


def _plant_proposal(found: Planted, kind: str, lead: str, *, sent_in: bool = False) -> None:
    """Write secrets in the name, the text and the name of a file of a proposal."""
    title, text, name = found.make(kind)
    content = complete(
        title=f"Plan {title}", approach=f"Eerst {text}.", lead=lead, partners=(), cross_overs=()
    )
    code = proposals.write(deal=DEAL, code="", content=content, by=ADMIN, at=AT)
    if sent_in:
        proposals.send_in(deal=DEAL, code=code, by=ADMIN, at=AT)
    files.add(
        deal=DEAL, parent=Ref("proposal", code), organisation=lead, name=f"{name}.txt",
        content=b"Hout.", readers=FILE_READERS, since=AT.date(), by=ADMIN, at=AT,
    )  # fmt: skip
    found.proposals.append(f"/kantoor/{DEAL}/voorstellen/{code}/")


def _plant_advice(found: Planted) -> None:
    """Why a board of a pillar advised as it did on the proposal that was sent in, once and again."""
    code = found.proposals[-1].rstrip("/").rpartition("/")[2]
    who: dict[str, Any] = {"deal": DEAL, "by": ADMIN, "at": AT}
    item = put_on_agenda(code, title="Een punt", readers="public", **who)
    earlier = ""
    for text in found.make("advice"):
        order = advice(item, text=f"Omdat {text}.", supersedes=earlier)
        earlier = deciding.decide(order, **who).code
    found.advised = f"/kantoor/{DEAL}/vergaderingen/{item.meeting}/"


def _plant_papers(found: Planted) -> None:
    """Names of papers at items of a meeting for boards and for the office, and what is discussed."""
    who: dict[str, Any] = {"deal": DEAL, "by": ADMIN, "at": AT}
    meeting = Meeting("stuurgroep-2022-1", "stuurgroep", PartialDate(2022, 3, 14), "Stuurgroep")
    decisions.record_meeting(meeting, evidence=Evidence(), **who)
    found.meeting = f"/kantoor/{DEAL}/vergaderingen/{meeting.code}/"
    for position, readers in enumerate(("board", "office"), 1):
        title, name = found.make(f"{readers}_paper")
        item = AgendaItem(meeting.code, position, f"Punt {title}", readers=readers)
        decisions.record_agenda_item(item, evidence=Evidence(), **who)
        code = papers.add(
            meeting=meeting, item=item, name=f"{name}.txt", content=b"Hout.",
            since=AT.date(), **who,
        )  # fmt: skip
        found.papers.append(code)


def _plant_people(found: Planted) -> None:
    elsewhere = zip(found.make("name_elsewhere"), found.make("address_elsewhere"), strict=True)
    for name, address in elsewhere:
        person = admitted("programme_office", deal=OTHER_DEAL, name=address)
        User.objects.filter(pk=person.pk).update(name=name, email=f"{address}@voorbeeld.example")
        actions.end_assignment(_role_of(person), until=date(2050, 1, 1), by=_by(person), at=AT)
    for name, address in zip(found.make("erased_name"), found.make("erased_address"), strict=True):
        person = admitted("secretariat", name=address)
        User.objects.filter(pk=person.pk).update(name=name)
        by = _by(person)
        actions.end_assignment(_role_of(person), until=date(2050, 1, 1), by=by, at=AT)
        send_invitation(person.code)
        actions.erase_person(person.code, by=ADMIN, at=AT)
    invited = [admitted("board_member", name=f"uitgenodigd{n}") for n in (1, 2)]
    for person in invited:
        send_invitation(person.code)
    texts = Message.objects.filter(person__in=[p.code for p in invited]).values_list(
        "text", flat=True
    )
    found.words["link"] = [re.findall(r"wachtwoord-kiezen/([^/\s]+/[^/\s]+)/", t)[0] for t in texts]


def _by(person: User) -> Actor:
    fresh = User.objects.get(pk=person.pk)
    return Actor(fresh.code, fresh.name)


def _role_of(person: User) -> str:
    return next(a.code for a in queries.history_of_assignments() if a.person == person.code)


def test_there_are_over_seventy_secrets(planted: Planted) -> None:
    words = [word for of_kind in planted.words.values() for word in of_kind]
    assert len(words) == len(set(words)) == TOTAL > 70


def text_of(response: Any) -> str:
    """Everything that an answer says: its headers, its text, and the text inside a document."""
    content = response.getvalue()
    kind = response.headers.get("Content-Type", "")
    headers = "\n".join(f"{k}: {v}" for k, v in response.headers.items())
    if content.startswith(b"PK"):
        parts = zipfile.ZipFile(io.BytesIO(content))
        inside = "\n".join(parts.read(n).decode("utf-8", "replace") for n in parts.namelist())
    elif "pdf" in kind:
        pdfium = pytest.importorskip("pypdfium2")
        pages = pdfium.PdfDocument(content)
        inside = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    else:
        inside = content.decode("utf-8", "replace")
    return f"{response.status_code}\n{headers}\n{unescape(inside)}".casefold()


def found_in(text: str, words: list[str]) -> list[str]:
    """Which words are in a text, numbers also as people write them."""
    plain = re.sub(r"(?<=\d)[.,\s\u00a0\u202f](?=\d{3})", "", text)
    return [word for word in words if word.casefold() in (plain if word.isdecimal() else text)]


def public_addresses(planted: Planted) -> Iterator[str]:
    pages = [
        "", "geld/", "gesteld-en-berekend/", "projecten/", "gemeenten/", "gemeenten/GM0109/", "partijen/", "wie-beslist/",
        "besluiten/", "resultaten/", "tranches/", "tranches/6/", "documenten/", "zoeken/?q=niets", "projecten/?volgorde=naam",
        "wijzigingen/?van=2019-01-01&tot=2023-01-01", "geld/?peildatum=2022-01-10&bekend=2",
    ]  # fmt: skip
    codes = {
        code.partition("~")[0]
        for sheet, code in planted.places.values()
        if sheet in {"teksten", "voortgang", "partners"}
    }
    stored = (*planted.files, *planted.papers)
    pages += ["tranches/5/", *(f"bestanden/{code}/" for code in stored)]
    pages += [f"projecten/{project}/" for project in (*sorted(codes), "welzijn-4", "welzijn-4.1")]
    for language in ("", "/en"):
        yield from (f"{language}/{DEAL}/{page}" for page in pages)
    yield from (
        f"/{DEAL}/documenten/uitvoeringsprogramma-6.{suffix}"
        for suffix in ("html", "csv", "docx", "xlsx", "ods", "json", "pdf")
    )


def test_nobody_finds_a_secret_on_the_site(planted: Planted) -> None:
    hidden = planted.hidden_from("nobody")
    assert len(hidden) == TOTAL
    leaks = []
    for address in public_addresses(planted):
        response = Client().get(address)
        assert response.status_code in {200, 404}, address
        leaks += [(address, word) for word in found_in(text_of(response), hidden)]
    assert leaks == []


def without_word(response: Any, word: str) -> str:
    text = text_of(response)
    text = re.sub(
        r'csrfmiddlewaretoken" value="\w+"|etag: \S+|content-length: \d+|(?:x-request-id|expires|last-modified|date): [^\n]*',
        "",
        text,
    )
    return text.replace(word.casefold(), "…")


def test_searching_for_a_secret_is_like_searching_for_nonsense(planted: Planted) -> None:
    for word in planted.hidden_from("nobody"):
        same_length = (NONSENSE * 10)[: len(word)]
        asked = [Client().get(f"/{DEAL}/zoeken/?q={quote(w)}") for w in (word, same_length)]
        assert without_word(asked[0], word) == without_word(asked[1], same_length), word


def office_addresses(planted: Planted) -> Iterator[str]:
    at = f"/kantoor/{DEAL}"
    yield from (
        f"{at}/",
        f"{at}/mensen/",
        f"{at}/geheimhouding/",
        f"{at}/controlespoor/",
        f"{at}/bestanden/",
        f"{at}/voorstellen/",
        f"{at}/voorstellen/?zoek=plan&pijler=werken",
        "/kantoor/",
    )
    yield f"{at}/vergaderingen/"
    yield from (f"{planted.meeting}{page}" for page in ("", "dossier.pdf", "besluit/"))
    yield from (f"{planted.advised}{page}" for page in ("", "dossier.pdf", "besluit/", "advies/"))
    for paper in planted.papers:
        yield from (f"{planted.meeting}stukken/{paper}/", f"{at}/bestanden/{paper}/")
    for proposal in planted.proposals:
        yield from (f"{proposal}{page}" for page in ("", "schrijven/", "versies/", "voorstel.json"))
    for name, keeps in kept().items():
        yield f"{at}/gegevens/{name}/"
        yield f"{at}/gegevens/{name}/nieuw/"
        if name in {"teksten", "voortgang", "metingen", "partners", "zetels", "organisaties"}:
            for column in keeps.listed:
                yield from (f"{at}/gegevens/{name}/?op={sign}{column.name}" for sign in ("", "-"))
    yield f"{at}/bestanden/"
    yield from (
        f"{at}/bestanden/{code}/{page}" for code in planted.files for page in ("", "geheimhouding/")
    )
    for sheet, code in planted.places.values():
        yield f"{at}/gegevens/{sheet}/{code}/"
    for sheet, code in [*planted.places.values()][::6]:
        yield from (
            f"{at}/gegevens/{sheet}/{code}/{page}/" for page in ("geschiedenis", "geheimhouding")
        )
    yield f"/kantoor/{OTHER_DEAL}/mensen/"
    yield f"{at}/gegevens/teksten/bestaat-niet/"


def colleague(who: str) -> Client:
    role, _, organisation = who.partition(" ")
    given = {"organisation": organisation} if organisation else {"pillar": "werken"}
    client = Client()
    client.force_login(
        admitted(role, **given), "allauth.account.auth_backends.AuthenticationBackend"
    )
    session = client.session
    session[TRIED_OUT] = True
    session.save()
    return client


@pytest.mark.parametrize("who", WHO)
def test_somebody_of_the_office_finds_no_secret_that_is_not_theirs(
    planted: Planted, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "noaber")
    client, hidden = colleague(who), planted.hidden_from(who)
    theirs = [w for words in planted.words.values() for w in words if w not in hidden]
    leaks, seen, asked_for = [], set[str](), set[str]()
    elsewhere = f"/kantoor/{OTHER_DEAL}/"
    for address in office_addresses(planted):
        if who == "auditor" and address.startswith(elsewhere):
            continue  # A controller of all deals reads who works in each.
        response = client.get(address)
        guessed = found_in(address, hidden)
        if guessed:
            # Who guesses the code of a company is told no more than who guesses wrong.
            asked_for.update(guessed)
            assert response.status_code in {403, 404}, address
            continue
        text = text_of(response)
        leaks += [(address, word) for word in found_in(text, hidden)]
        seen.update(found_in(text, theirs))
    wrong = client.post(f"/kantoor/{DEAL}/gegevens/teksten/nieuw/", {"project": "werken-9"})
    leaks += [("a form that is refused", word) for word in found_in(text_of(wrong), hidden)]
    unasked = [word for word in hidden if word not in asked_for]
    leaks += [("the log", word) for word in found_in(caplog.text.casefold(), unasked)]
    assert leaks == []
    # What is theirs is there, or nothing was looked for: see what a lead partner reads.
    assert seen or not theirs


@pytest.mark.parametrize(
    ("who", "form"), [("treasurer", "verplichtingen"), ("programme_office", "partners")]
)
def test_a_form_neither_suggests_nor_takes_a_code_that_is_not_theirs(
    planted: Planted, who: str, form: str
) -> None:
    client, (column, texts) = colleague(who), FORMS_THAT_REFER[form]

    def sent(code: str) -> Any:
        # With a key of its own, which the page gives back: otherwise each has another.
        form_sent = {**texts, column: code, KEY: "een-formulier"}
        return client.post(f"/kantoor/{DEAL}/gegevens/{form}/nieuw/", form_sent)

    assert "“gm0109”" in text_of(sent("gm-0109"))  # What they read is suggested.
    for code in planted.words["partner_code"]:
        assert code not in text_of(sent(f"{code[:-1]}y")), code
        other = (NONSENSE * 10)[: len(code)]
        assert without_word(sent(code), code) == without_word(sent(other), other), code


FORMS_THAT_REFER = {
    "partners": ("organisatie", {"project": "werken-9", "rol": "doet mee", "bron": "up6"}),
    "verplichtingen": ("ontvanger", {"nummer": "B-1", "project": "werken-9", "bedrag": "1"}),
}


@pytest.mark.parametrize("who", ["board_member", "lead_partner GM0114", "programme_office"])
def test_a_list_does_not_tell_by_its_filter(planted: Planted, who: str) -> None:
    client = colleague(who)
    for word in planted.hidden_from(who):
        sheet = planted.places.get(word, ("teksten", ""))[0]
        same_length = (NONSENSE * 10)[: len(word)]
        for listed in (f"gegevens/{sheet}", "voorstellen"):
            at = f"/kantoor/{DEAL}/{listed}/?zoek="
            asked = [client.get(f"{at}{quote(w)}") for w in (word, same_length)]
            assert without_word(asked[0], word) == without_word(asked[1], same_length), word


def test_letters_say_nothing_of_what_is_erased_or_secret(planted: Planted) -> None:
    written = Message.objects.values_list("address", "subject", "text")
    text = "\n".join(" ".join(row) for row in written).casefold()
    sent = {*planted.words["link"], *planted.words["address_elsewhere"]}
    words = [w for w in planted.hidden_from("nobody") if w not in sent]
    assert found_in(text, words) == []
    assert len(sheet_definitions()) > len(kept())
