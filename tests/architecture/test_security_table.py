"""The security table forgets no requirement, names files that are there, and says what is missing."""

import re
from collections.abc import Iterator

import pytest

from tests.architecture.repository import ROOT

FOLDER = ROOT / "docs" / "veiligheid"
TABLE = FOLDER / "asvs.md"

# How many requirements of level 1 and 2 each section of ASVS 5.0.0 has, numbered from 1; in every
# section those of level 3 come after them.
SECTIONS = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2
2.1:3 2.2:3 2.3:4 2.4:1
3.2:2 3.3:4 3.4:6 3.5:5 3.7:2
4.1:3 4.2:1 4.3:2 4.4:4
5.1:1 5.2:3 5.3:2 5.4:3
6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4
7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2
8.1:2 8.2:3 8.3:1 8.4:1
9.1:3 9.2:4
10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3
11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1
12.1:3 12.2:2 12.3:4
13.1:1 13.2:5 13.3:2 13.4:5
14.1:2 14.2:4 14.3:3
15.1:3 15.2:3 15.3:7
16.1:1 16.2:5 16.3:4 16.4:3 16.5:3
17.1:1 17.2:4 17.3:2
"""
NUMBER = re.compile(r"\b\d+\.\d+\.\d+\b")


def requirements() -> set[str]:
    sections = (entry.split(":") for entry in SECTIONS.split())
    return {f"{section}.{n}" for section, most in sections for n in range(1, int(most) + 1)}


def rows(text: str) -> Iterator[tuple[str, str, str]]:
    """Number, status and evidence of each row."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if line.startswith("|") and NUMBER.fullmatch(cells[0]):
            assert len(cells) == 4, line
            yield cells[0], cells[2], cells[3]


def set_aside(text: str) -> list[str]:
    """Numbers of requirements that do not apply, each with others in a line that says why."""
    found = re.findall(r"^Does not apply: (.*?)(?:\n\n|\n?\Z)", text, re.DOTALL | re.MULTILINE)
    return NUMBER.findall("\n".join(found))


def paths(text: str) -> set[str]:
    """What stands in code marks and looks like a file of this repository."""
    marked = re.findall(r"`([^`\s]+)`", text)
    return {
        m
        for m in marked
        if re.fullmatch(r"\.?[\w-]+(?:/[\w.-]+)+|\.?[\w-]+\.(?:toml|md)|\.\w+ignore", m)
    }


def test_every_requirement_of_the_two_levels_is_judged_or_set_aside_once() -> None:
    text = TABLE.read_text("utf-8")
    judged = [number for number, _, _ in rows(text)]
    everything = judged + set_aside(text)
    assert len(requirements()) == 253, "as ASVS 5.0.0 counts: 70 of level 1 and 183 of level 2"
    assert sorted(n for n in set(everything) if everything.count(n) > 1) == []
    assert requirements() - set(everything) == set()
    assert set(everything) - requirements() == set()


def test_what_is_met_has_evidence_and_what_is_not_says_what_is_missing() -> None:
    for number, status, evidence in rows(TABLE.read_text("utf-8")):
        assert status in {"met", "partly", "not met"}, number
        if status == "met":
            assert "Missing:" not in evidence, number
            assert paths(evidence) or evidence.startswith(("none", "no such")), number
        else:
            assert re.search(r"Missing: \S", evidence), number


@pytest.mark.parametrize("name", ["asvs.md", "dreigingen.md"])
def test_every_file_that_is_named_is_there(name: str) -> None:
    named = paths((FOLDER / name).read_text("utf-8"))
    assert len(named) > 20
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_a_file_that_is_not_there_is_seen_as_one() -> None:
    assert paths(
        "see `src/noaber/gone.py`, `pyproject.toml` and `.dockerignore`, not `__Host-` or `next`"
    ) == {
        "src/noaber/gone.py",
        "pyproject.toml",
        ".dockerignore",
    }
