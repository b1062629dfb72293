"""The `noaber adopt` command, and what `noaber document` gives afterwards."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from noaber.cli import main

pytestmark = pytest.mark.usefixtures("reference_register")

ADOPT = ("adopt", "--tranche", "1", "--on", "10-1-2022")


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result.output


def written(path: Path, *options: str) -> tuple[bytes, str]:
    asked = ("document", "uitvoeringsprogramma", "--tranche", "1", "--format", "csv")
    told = run(*asked, *options, "-o", str(path))
    return path.read_bytes(), told


def test_a_programme_is_adopted_given_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "programma.csv"
    made, told = written(path)
    assert "gemaakt uit het register, revisie 2" in told
    assert "uitgave 1." in run(*ADOPT, "--by", "Anna")
    adopted, told = written(path)
    assert adopted == made
    assert "vastgesteld op 10 januari 2022, uitgave 1" in told
    anew, told = written(path, "--as-new")
    assert anew != adopted
    assert "gemaakt uit het register, revisie 3" in told
    assert written(path, "--known-on", "2")[0] == adopted
    assert "--replaces 1" in run(*ADOPT, "--by", "Anna", code=1)
    run(*ADOPT, "--by", "Anna", "--replaces", "1")
    assert written(path)[0] == anew
    assert written(path, "--edition", "1")[0] == adopted
    assert "in orde" in run("check")


def test_who_adopts_says_who_that_is() -> None:
    assert "Zeg met --by wie dit vastlegt" in run(*ADOPT, code=1)


def test_an_edition_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "programma.csv")
    asked = ("document", "uitvoeringsprogramma", "--tranche", "1", "-o", path, "--edition", "1")
    assert "is niet vastgesteld als pdf" in run(*asked, code=1)
    assert "niet samen" in run(*asked, "--as-new", code=1)
    assert "heeft geen tranche 9" in run("adopt", "--tranche", "9", "--by", "Anna", code=1)
