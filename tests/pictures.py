"""Pictures of the running site and the document, for the README and the guide: `script/pictures`.

They are taken from the reference deal in a register of their own, so that they always show the
same figures. Needs Chromium and poppler-utils.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from tests import machine

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
DEAL = "zuid-en-oost-drenthe"
MOMENT = "peildatum=2022-01-10"
PORT = 8765

PAGES = (
    ("deal", "", 1280, 1400),
    ("projecten", "projecten/", 1280, 1300),
    ("project", "projecten/werken-9/", 1280, 1300),
    ("geld", "geld/", 1280, 1500),
    ("gemeente", "gemeenten/GM0109/", 1280, 1400),
    ("herkomst", "herkomst/awarded?pillar=werken&tranche=6", 1280, 1100),
    ("gesteld-en-berekend", "gesteld-en-berekend/", 1280, 1100),
    ("deal-telefoon", "", 390, 844),
)
"""Name of the picture, page of the deal, width and height in px."""

OFFICE_PAGES = (
    ("kantoor", "", 1280, 900),
    ("kantoor-project", "gegevens/projecten/werken~9/", 1280, 900),
)
"""The same of the office, as the programme office sees it."""

DOCUMENT_PAGES = (("programma-omslag", ""), ("programma-financien", "Voortgang en financiën"))
"""Name of the picture and the heading of the page; without a heading the first page."""


def main() -> int:
    """Take all pictures; exit code."""
    if machine.chromium() is None or shutil.which("pdftoppm") is None:
        print("Needs: apt-get install chromium poppler-utils", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, register(Path(folder)) as environment:
        with served(environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=machine.chromium(), args=list(machine.CHROMIUM_ARGUMENTS)
            )
            for name, page, width, height in PAGES:
                take(browser, f"{address}/{DEAL}/{page}", name, width, height)
            office(browser, address)
            browser.close()
        document(Path(folder), environment)
    return 0


@contextmanager
def register(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a register with the reference deal."""
    environment = {
        **os.environ,
        "NOABER_VAR": str(folder),
        "NOABER_FRONTEND": str(ROOT / "var" / "frontend"),
        "NOABER_SECRET_KEY": "for-pictures-only",
        "NOABER_DATABASE": "",
        "NOABER_DEBUG": "",
        "NOABER_TRYOUT": "1",
    }
    noaber(environment, "setup")
    noaber(environment, "load", str(ROOT / "examples" / DEAL))
    noaber(environment, "tryout")
    yield environment


def noaber(environment: dict[str, str], *arguments: str) -> None:
    command = [str(Path(sys.executable).with_name("noaber")), *arguments]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """The address of the site while it runs."""
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    process = subprocess.Popen(
        [gunicorn, "--config", "python:noaber.config.server"],
        env={**environment, "NOABER_BIND": f"127.0.0.1:{PORT}"},
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{PORT}"
    try:
        for _ in range(100):
            try:
                urlopen(f"{address}/gezond", timeout=2).close()
                break
            except (URLError, ConnectionError):
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def take(browser: Browser, address: str, name: str, width: int, height: int) -> None:
    """Keep a picture of the top of a page."""
    context = browser.new_context(locale="nl-NL", viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{address}{'&' if '?' in address else '?'}{MOMENT}")
    page.screenshot(path=PICTURES / f"{name}.png")
    context.close()


def office(browser: Browser, address: str) -> None:
    """Keep pictures of the office, as one of the people of the example."""
    for name, part, width, height in OFFICE_PAGES:
        context = browser.new_context(locale="nl-NL", viewport={"width": width, "height": height})
        page = context.new_page()
        page.goto(f"{address}/aanmelden/proef/")
        page.get_by_role("button", name="Word Anna").click()
        page.goto(f"{address}/kantoor/{DEAL}/{part}")
        page.screenshot(path=PICTURES / f"{name}.png")
        context.close()


def page_with(file: Path, heading: str) -> int:
    """The number of the page on which a heading stands as the first words of a line."""
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True)
    pages = text.stdout.decode().split("\f")
    found = [
        number
        for number, page in enumerate(pages, start=1)
        if any(line.strip() == heading for line in page.splitlines())
    ]
    return found[0] if heading else 1


def document(folder: Path, environment: dict[str, str]) -> None:
    """Keep pictures of pages of the implementation programme."""
    file = folder / "programma.pdf"
    noaber(environment, "document", "uitvoeringsprogramma", "--tranche", "6", "-o", str(file))
    for name, heading in DOCUMENT_PAGES:
        number = page_with(file, heading)
        page = ["-f", str(number), "-l", str(number), "-singlefile", "-r", "70", "-png"]
        subprocess.run(["pdftoppm", *page, str(file), str(PICTURES / name)], check=True)


if __name__ == "__main__":
    sys.exit(main())
