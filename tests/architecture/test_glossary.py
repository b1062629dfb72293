"""docs/begrippen.md and the code use the same words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.repository import ROOT, SOURCE

GLOSSARY = ROOT / "docs" / "begrippen.md"
CODE_NAME = re.compile(r"`([\w.]+)`|\b([A-Z][A-Za-z]+)\b")


def rows(text: str) -> Iterator[list[str]]:
    """The cells of each row of the table, without its head."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        ruler = set(line) <= set("|-: ")
        if line.startswith("|") and len(cells) >= 2 and not ruler and cells[0] != "begrip":
            yield cells


def promised(text: str) -> set[str]:
    """Names that the table says are in code; a row marked 'later' promises nothing yet."""
    return {
        backticked or camel
        for cells in rows(text)
        if "later" not in " ".join(cells[1:]).split()
        for backticked, camel in CODE_NAME.findall(cells[1])
    }


def defined(folder: Path) -> set[str]:
    """Names of modules, classes, functions, arguments, fields and constants in `folder`."""
    names = {path.stem for path in folder.rglob("*.py")} | {p.name for p in folder.iterdir()}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return names


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    words = promised(GLOSSARY.read_text("utf-8"))
    assert len(words) > 10
    assert words - defined(SOURCE) == set()


def test_a_word_that_is_not_in_the_code_is_noticed_unless_it_comes_later() -> None:
    table = "| begrip | in code |\n|---|---|\n| dief | Thief, `steal` | |\n| weg | Gone | later |\n"
    assert promised(table) == {"Thief", "steal"}
    assert {"Thief", "steal"} - defined(SOURCE) == {"Thief", "steal"}
