"""What is compared at each step of the walk: all amounts of the deal, wherever they are shown.

They are those of the monitor, of `noaber figures` in a process of its own, and of the facts.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal

from click.testing import CliRunner
from django.utils import timezone

from noaber.access.rules import OFFICE, PUBLIC
from noaber.cli import main
from noaber.core.address import Address
from noaber.deals import queries as deals
from noaber.decisions import papers
from noaber.editions import dossier
from noaber.editions import queries as editions
from noaber.monitor import queries
from noaber.monitor.rules import CENTS
from noaber.proposals import queries as proposals
from noaber.record.rules import Moment
from tests.integration.decisions.meetings import DEAL
from tests.integration.web.crawling import explained
from tests.reading import facts, pdf
from tests.reading.cash import in_cash
from tests.reading.comparing import Monitor, check_document, checked
from tests.reading.facts import check_told
from tests.reading.pages import Page
from tests.reading.papers import check_papers

Read = Callable[[str], bytes]
"""Gives a page or document by its path."""

Ask = Callable[..., str]
"""Gives what a command prints."""

FORMS = ("pdf", "xlsx", "csv")


def command(*arguments: str) -> str:
    """What a command prints, run as people run it."""
    program = "from noaber.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True
    ).stdout


def within(*arguments: str) -> str:
    """What a command prints, run in this process."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


class Agreeing:
    """The walk at one step: compares what is shown of the deal with what there is to show."""

    def __init__(self, read: Read, meeting: str, ask: Ask = command) -> None:
        """`read` gives what somebody of the office reads, `ask` what a command prints; `meeting` is
        the one that decides.
        """
        self._read, self._meeting, self._ask = read, meeting, ask
        self._monitor = Monitor()

    @property
    def _now(self) -> Moment:
        return queries.moment(timezone.localdate())

    def amounts(self, expected: Mapping[str, int]) -> None:
        """Compare all pages on money, and what `noaber` prints; `expected` are euros by figure."""
        now = self._now
        self._pages(now)
        listed = json.loads(self._ask("figures", "--deal", DEAL, "--json"))
        assert listed["revision"] == now.revision
        for each in listed["figures"]:
            known = self._monitor.value((Address.parse(each["address"]), now))
            scale = 100 if each["unit"] == CENTS else 1
            assert each["value"] == (None if known is None else known * scale), each
        for figure, euros in expected.items():
            told = json.loads(within("explain", figure, "--deal", DEAL, "--json"))
            assert told["value"] == euros * 100, figure
            assert sum(part["value"] for part in told["parts"]) == euros * 100, figure
            page = explained(self._read(f"/{DEAL}/herkomst/{figure}").decode())
            assert page.top == [Decimal(euros)], figure
            assert sum(page.parts) == euros, figure

    def _pages(self, now: Moment) -> None:
        seen = queries.view(DEAL, now, OFFICE)
        assert seen is not None
        projects = [p.project.code for p in seen.projects if p.project.number == "21"]
        for path in ("", "geld/", "projecten/", *(f"projecten/{code}/" for code in projects)):
            self._checked(path, self._read(f"/{DEAL}/{path}").decode(), now)
        path = "besluiten/"
        page = self._checked(path, self._read(f"/{DEAL}/{path}").decode(), now)
        check_told(page.told, facts.in_list(DEAL, now, PUBLIC))
        self._checked("sturing/", self._office("sturing/").decode(), now)
        wanted = {
            "kas/": in_cash(DEAL, now, OFFICE),
            "verdeling/": facts.in_allocation(DEAL, now, OFFICE),
        }
        if any(m.code == self._meeting for m in seen.snapshot.meetings):
            told = facts.in_meeting(DEAL, self._meeting, now, OFFICE)
            wanted[f"vergaderingen/{self._meeting}/"] = told
        for path, told in wanted.items():
            check_told(self._checked(path, self._office(path).decode(), now).told, told)

    def _checked(self, path: str, html: str, now: Moment) -> Page:
        page = Page.of(html, path)
        checked(page.figures, now, self._monitor)
        return page

    def effect(self, html: str) -> dict[str, Decimal]:
        """Compare what stands now with the monitor, on a page that shows the effect of a decision;
        the room that each line would have after it.
        """
        page = self._checked("besluit/", html, self._now)
        assert len(page.figures) > 6
        return {told.row: told.exact for told in page.told if told.label == "Ruimte daarna"}

    def room(self) -> dict[str, Decimal | None]:
        """The room of each pillar, and of all together, as the monitor has it."""
        now = self._now
        of = {p.name: (("pillar", p.code),) for p in deals.pillars(DEAL, now, OFFICE)} | {
            "Samen": ()
        }
        return {
            name: self._monitor.value((Address(DEAL, "room", filters), now))
            for name, filters in of.items()
        }

    def programme(self, tranche: str, address: str, revision: int | None = None) -> list[bytes]:
        """Compare a programme in the forms that differ most; `address` is without its ending."""
        document = editions.programme(DEAL, tranche, revision, PUBLIC)
        written = [self._read(f"/{DEAL}/documenten/{address.format(form=f)}") for f in FORMS]
        for form, content in zip(FORMS, written, strict=True):
            assert len(check_document(document, form, content, self._monitor)) > 100
        return written

    def dossier(self) -> str:
        """Compare the papers of the meeting; their text, with one space between words."""
        now = self._now
        view = queries.view(DEAL, now, OFFICE)
        assert view is not None
        held = next(m for m in view.snapshot.meetings if m.code == self._meeting)
        items = [i for i in view.snapshot.agenda if i.meeting == self._meeting]
        document = dossier.compose(
            view,
            held,
            {p.code: p for p in proposals.proposals(DEAL, now, OFFICE)},
            papers.papers(DEAL, items, now, OFFICE),
            [d for d in queries.decisions(view, OFFICE) if d.decision.meeting == self._meeting],
        )
        content = self._office(f"vergaderingen/{self._meeting}/dossier.pdf")
        told = facts.in_meeting(DEAL, self._meeting, now, OFFICE)
        check_papers(document, content, told, self._monitor)
        return " ".join(pdf.text(content).split())

    def _office(self, path: str) -> bytes:
        return self._read(f"/kantoor/{DEAL}/{path}")
