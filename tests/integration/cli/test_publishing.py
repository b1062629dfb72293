"""The `noaber publish` command: a whole site that any web server can serve."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from noaber.cli import main
from noaber.documents.formats import WRITERS
from noaber.editions import actions
from noaber.editions.publishing import MANIFEST
from tests.databases import RealDatabase
from tests.factories.people import ANNA
from tests.integration.web import registers

LIVE = "https://deal.example"
DEAL = "kleine-deal"
LINK = re.compile(r'(?:href|src)="([^"#]*)(?:#[^"]*)?"')


@pytest.fixture(autouse=True)
def register(
    real_database: RealDatabase, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The small deal, of which one programme was adopted and then corrected."""
    assert real_database.vendor
    settings.SITE = LIVE
    registers.small_deal()
    monkeypatch.setattr(actions, "WRITERS", {form: WRITERS[form] for form in ("csv", "html")})
    at = datetime(2021, 4, 1, 12, tzinfo=UTC)
    actions.adopt(deal=DEAL, tranche="2b", adopted_on=date(2021, 3, 20), by=ANNA, at=at)


def publish(folder: Path, *options: str) -> str:
    result = CliRunner().invoke(main, ["publish", str(folder), *options])
    assert result.exit_code == 0, result.output
    return result.output


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("index.html"))


def test_the_whole_site_is_there_and_every_link_leads_to_a_file(tmp_path: Path) -> None:
    # In a process of its own, since one that made a PDF has threads and is not forked.
    command = [sys.executable, "-c", "from noaber.cli import main; main()", "publish"]
    told = subprocess.run(
        [*command, str(tmp_path / "site")],
        env={**os.environ, "NOABER_SITE": LIVE},
        check=True,
        capture_output=True,
        text=True,
    )
    assert "2 processen" in told.stdout
    site = tmp_path / "site"
    for name in (
        "",
        "geld/",
        "projecten/wonen-1/",
        "gemeenten/noord/",
        "tranches/2b/",
        "wijzigingen/",
    ):
        for language in ("", "en/"):
            assert (site / language / DEAL / name / "index.html").is_file(), name
    assert (site / DEAL / "herkomst/awarded/pillar=wonen/tranche=1/index.html").is_file()
    assert (site / DEAL / "kleuren.css").is_file()
    assert len(pages(site)) > 100
    for page in pages(site):
        text = page.read_text("utf-8")
        assert "<form" not in text, page
        for link in map(unescape, LINK.findall(text)):
            parts = urlsplit(link)
            if parts.netloc or parts.scheme or not link:
                continue
            assert not parts.query, (page, link)
            target = (page.parent / unquote(parts.path)).resolve()
            assert target.is_relative_to(site), (page, link)
            file = target / "index.html" if link.endswith("/") else target
            assert file.is_file(), (page, link)


def test_what_needs_a_server_leads_to_the_live_site(tmp_path: Path) -> None:
    publish(tmp_path / "site", "--processes", "1")
    home = (tmp_path / "site" / DEAL / "index.html").read_text("utf-8")
    assert f'<a class="nl-link" href="{LIVE}/{DEAL}/zoeken/">de volledige site</a>' in home
    origin = tmp_path / "site" / DEAL / "herkomst/awarded/index.html"
    assert re.search(
        rf'href="{LIVE}/{DEAL}/herkomst/awarded\?peildatum=', origin.read_text("utf-8")
    )
    english = (tmp_path / "site" / "en" / DEAL / "index.html").read_text("utf-8")
    assert "the full site" in english


def test_the_documents_are_those_that_were_adopted(tmp_path: Path) -> None:
    registers.correct_award(DEAL)
    told = publish(tmp_path / "site", "--processes", "1", "--base", "regio")
    folder = tmp_path / "site" / DEAL / "documenten"
    made = CliRunner().invoke(
        main,
        ["document", "uitvoeringsprogramma", "--tranche", "2b", "--format", "csv",
         "-o", str(tmp_path / "adopted.csv")],
    )  # fmt: skip
    assert "vastgesteld op 20 maart 2021" in made.output, told
    adopted = (folder / "uitvoeringsprogramma-2b.csv").read_bytes()
    assert adopted == (tmp_path / "adopted.csv").read_bytes()
    page = (folder / "index.html").read_text("utf-8")
    assert f'href="/regio/{DEAL}/documenten/uitvoeringsprogramma-2b.csv"' in page
    assert f'href="{LIVE}/{DEAL}/wijzigingen/?van=' in page
    assert (folder / "uitvoeringsprogramma-1.pdf").read_bytes().startswith(b"%PDF")


def test_the_same_register_and_day_is_not_made_again(tmp_path: Path) -> None:
    publish(tmp_path / "site")
    before = (tmp_path / "site" / MANIFEST).stat().st_mtime_ns
    assert "Niets veranderd" in publish(tmp_path / "site")
    assert (tmp_path / "site" / MANIFEST).stat().st_mtime_ns == before
    registers.correct_award(DEAL)
    assert "Gepubliceerd" in publish(tmp_path / "site")
    assert "€ 120" in (tmp_path / "site" / DEAL / "projecten/wonen-1/index.html").read_text(
        "utf-8"
    ).replace("\u00a0", " ")


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("van mij")
    result = CliRunner().invoke(main, ["publish", str(tmp_path)])
    assert result.exit_code == 1
    assert "die Noaber niet heeft gemaakt" in result.output
