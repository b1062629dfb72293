"""Every amount on the office pages of money and in the papers of meetings is the monitor's, or
that of the fact it is told of. One cent more or less on any of them is found.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from noaber.access import queries as people
from noaber.access.rules import OFFICE
from noaber.core.address import Address
from noaber.deals import queries as deals
from noaber.documents.blocks import Document
from noaber.documents.formats import WRITERS
from noaber.editions import dossier
from noaber.monitor import queries
from noaber.projects import queries as projects
from noaber.record.rules import Moment
from noaber.web.access import TRIED_OUT
from tests.factories.lived_deal import COMING, LATER, PROJECT
from tests.integration.decisions.meetings import DEAL, MEETING, members
from tests.integration.office.conftest import admitted
from tests.reading import facts, pdf
from tests.reading.agreeing import Agreeing, within
from tests.reading.cash import in_cash
from tests.reading.comparing import Monitor, checked
from tests.reading.facts import Fact, check_told
from tests.reading.pages import Page
from tests.reading.papers import check_papers
from tests.reading.shown import read

AT_OFFICE = f"/kantoor/{DEAL}/"
GIVEN = 10_000
"""Euros that the decision would give whose effect is looked at."""


@dataclass(frozen=True)
class Office:
    """Who reads, and at which moment: today, as the pages of the office are."""

    client: Client
    now: Moment
    monitor: Monitor

    def value(self, name: str, **filters: str) -> Decimal:
        return self.monitor.value(
            (Address(DEAL, name, tuple(filters.items())), self.now)
        ) or Decimal(0)


@pytest.fixture(scope="module")
def office(lived_register: None) -> Iterator[Office]:
    """Somebody of the programme office, with a second step taken."""
    with override_settings(TRYOUT=True):
        client = Client()
        client.force_login(
            admitted("programme_office"), "allauth.account.auth_backends.AuthenticationBackend"
        )
        session = client.session
        session[TRIED_OUT] = True
        session.save()
        yield Office(client, queries.moment(timezone.localdate()), Monitor())


def none(_: Office) -> Counter[Fact]:
    return Counter()


def cash(to: Office) -> Counter[Fact]:
    return in_cash(DEAL, to.now, OFFICE)


def allocation(to: Office) -> Counter[Fact]:
    return facts.in_allocation(DEAL, to.now, OFFICE)


def meeting(code: str) -> Callable[[Office], Counter[Fact]]:
    return lambda to: facts.in_meeting(DEAL, code, to.now, OFFICE)


def effect(to: Office) -> Counter[Fact]:
    """What the effect of an award tells beside what stands now."""
    found = []
    for pillar in deals.pillars(DEAL, to.now, OFFICE):
        taken = GIVEN if pillar.code == "werken" else 0
        found.append((pillar.name, "Ruimte daarna", to.value("room", pillar=pillar.code) - taken))
    found.append(("Samen", "Ruimte daarna", to.value("room") - GIVEN))
    project = next(p for p in projects.facts(DEAL, to.now, OFFICE).current if p.code == PROJECT)
    about = f"{project.number} {project.name}"
    found.append((about, "Toegekend, daarna", to.value("awarded", project=PROJECT) + GIVEN))
    found.append((about, "Gereserveerd, daarna", to.value("reserved_open", project=PROJECT)))
    used = (
        to.value("awarded") + to.value("reserved_open") + to.value("allocated", pillar="overhead")
    )
    found += [("Daarvan is nu", "", used), ("daarna", "", used + GIVEN)]
    return Counter(facts.in_cells(Fact("gevolgen", *each) for each in found))


Expected = Callable[[Office], Counter[Fact]]
READ: dict[str, Expected] = {
    "kas/": cash,
    "sturing/": none,
    **{f"sturing/?pijler={pillar}": none for pillar in ("werken", "wonen", "welzijn")},
    "verdeling/": allocation,
    "vergaderingen/": none,
    **{f"vergaderingen/{code}/": meeting(code) for code in (MEETING, LATER, COMING)},
    f"vergaderingen/{LATER}/besluit/": effect,
}
MONEY = {"kas/": 20, "sturing/": 80, "verdeling/": 14, f"vergaderingen/{LATER}/besluit/": 10}
"""How many figures a page has at least, where it has many."""


def html(to: Office, path: str) -> str:
    """What a page says; of a decision with its effect."""
    address = f"{AT_OFFICE}{path}"
    if path.endswith("besluit/"):
        sent = {
            "soort": "award", "titel": "Meer", "tekst": "Akkoord.", "project": PROJECT,
            "bedrag": str(GIVEN), "leden": members(), "sleutel": "een", "doen": "gevolgen",
        }  # fmt: skip
        answer = to.client.post(address, sent)
    else:
        answer = to.client.get(address)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def check(to: Office, path: str, said: str) -> Page:
    """Compare all amounts of a page.

    :raises AssertionError: with the amount that differs, is of no fact, or is lost.
    """
    page = Page.of(said, path)
    checked(page.figures, to.now, to.monitor)
    check_told(page.told, READ[path](to))
    return page


def plain(to: Office, path: str) -> Counter[Decimal]:
    """Amounts that a page has in other words: what form fields hint at."""
    if not path.endswith("besluit/"):
        return Counter()
    shares = deals.facts(DEAL, to.now, OFFICE).allocations
    return Counter(facts.euros(share.amount) for share in shares)


@pytest.mark.parametrize("path", READ)
def test_every_amount_in_the_office_is_a_figure_or_of_a_fact(office: Office, path: str) -> None:
    page = check(office, path, html(office, path))
    assert len(page.figures) >= MONEY.get(path, 0)
    bare = [read(said) for said in page.bare if "€" in said]
    assert Counter(said.value for said in bare if said) == plain(office, path)
    assert path == "vergaderingen/" or len(bare) == len(page.bare), page.bare


CENT = re.compile(r'(<data value=")([^"]*)(">)([^<]*)(</data>)')


def more(number: str) -> str:
    """A written number with one cent more on its size."""
    if re.search(r"[.,]\d\d$", number):
        return f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    return f"{number}{',' if '€' in number or '.' in number else '.'}01"


@pytest.mark.parametrize("path", [*MONEY, f"vergaderingen/{LATER}/"])
def test_one_cent_more_in_the_office_is_found_wherever_it_stands(office: Office, path: str) -> None:
    said = html(office, path)
    check(office, path, said)
    found = [*CENT.finditer(said)]
    assert len(found) >= MONEY.get(path, 1)
    for each in found:
        start, value, close, words, end = each.groups()
        for changed in (
            f"{start}{value}.01{close}{words}{end}" if "." not in value else "",
            f"{start}{value}{close}{words},01{end}" if "," not in words else "",
        ):
            if changed:
                other = f"{said[: each.start()]}{changed}{said[each.end() :]}"
                with pytest.raises(AssertionError):
                    check(office, path, other)


@pytest.mark.parametrize("path", ["kas/", "verdeling/", f"vergaderingen/{LATER}/"])
def test_an_amount_that_is_lost_in_the_office_is_found(office: Office, path: str) -> None:
    said = html(office, path)
    loose = [*re.finditer(r"(?<!\">)<data[^>]*>[^<]*</data>", said)]
    assert loose
    for each in loose:
        with pytest.raises(AssertionError, match="lost"):
            check(office, path, said[: each.start()] + said[each.end() :])


@pytest.mark.once
@pytest.mark.parametrize("path", READ)
def test_no_page_of_money_asks_more_than_twelve_queries(office: Office, path: str) -> None:
    html(office, "kas/")
    queries._KEPT.clear()
    people._KEPT.clear()
    with CaptureQueriesContext(connection) as asked:
        office.client.get(f"{AT_OFFICE}{path}")
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]


def papers(to: Office, code: str) -> tuple[Document, Counter[Fact]]:
    """The papers of a meeting, and what they tell of its decisions."""
    seen = queries.view(DEAL, to.now, OFFICE)
    assert seen is not None
    held = next(m for m in seen.snapshot.meetings if m.code == code)
    taken = [d for d in queries.decisions(seen, OFFICE) if d.decision.meeting == code]
    return dossier.compose(seen, held, {}, {}, taken), facts.in_meeting(DEAL, code, to.now, OFFICE)


@pytest.mark.parametrize("code", [MEETING, LATER, COMING])
def test_every_amount_in_the_papers_of_a_meeting_is_right(office: Office, code: str) -> None:
    document, wanted = papers(office, code)
    answer = office.client.get(f"{AT_OFFICE}vergaderingen/{code}/dossier.pdf")
    check_papers(document, answer.content, wanted, office.monitor)


def test_one_cent_more_in_the_papers_is_found(office: Office) -> None:
    document, wanted = papers(office, LATER)
    content = WRITERS["pdf"].write(document)
    check_papers(document, content, wanted, office.monitor)
    for was in ("19.300.000", "20.000", "25.000", "1.650.000 (€\u00a050.000 meer)"):
        amount = was.partition(" ")[0]
        changed = pdf.with_other_text(content, was, was.replace(amount, f"{amount},01"))
        with pytest.raises(AssertionError):
            check_papers(document, changed, wanted, office.monitor)
    for fact in wanted:
        if fact.label != "Verschil":
            other = wanted - Counter([fact])
            with pytest.raises(AssertionError):
                check_papers(document, content, other, office.monitor)


FIRST = re.compile(
    r'((?:<a[^>]*/herkomst/[^>]*>|answer-sum">|<strong>|<td[^>]*>)<data value="\d+)"'
)
"""An amount that is compared: a figure, or one of a fact in a table or in the list of decisions."""


def test_the_walk_finds_one_cent_more_on_each_page_it_looks_at(office: Office) -> None:
    looked_at: set[str] = set()

    def agree(changed: str = "", *, asked: str = "") -> None:
        def read(path: str) -> bytes:
            looked_at.add(path)
            before, main, said = office.client.get(path).content.decode().partition("<main")
            if path == changed:
                said = FIRST.sub(r'\1.01"', said, count=1)
            return f"{before}{main}{said}".encode()

        def ask(*arguments: str) -> str:
            return within(*arguments).replace(asked, f"{asked}1" if asked else "")

        Agreeing(read, LATER, ask).amounts({"awarded": int(office.value("awarded"))})

    agree()
    assert len(looked_at) == 9
    for path in sorted(looked_at):
        with pytest.raises(AssertionError):
            agree(path)
    with pytest.raises(AssertionError):
        agree(asked=str(int(office.value("awarded") * 100)))
