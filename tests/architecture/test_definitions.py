"""Definitions are data that programme staff can edit: each loads, and code uses each."""

from pathlib import Path

import pytest
import yaml

from noaber.access.roles import permissions
from noaber.imports.definitions import sheet_definitions
from noaber.web.office.menu import kept
from tests.architecture.repository import ROOT, SOURCE

DEFINITIONS = sorted((ROOT / "definitions").rglob("*.*"))


class UniqueKeys(yaml.SafeLoader):
    """YAML lets a later key silently win from an earlier one; here that is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value if key.value != "<<"]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"twice: {twice}", node.start_mark)
        return super().construct_mapping(node, deep=deep)


@pytest.mark.parametrize("file", DEFINITIONS, ids=lambda file: file.name)
def test_a_definition_loads_and_is_used(file: Path) -> None:
    assert file.suffix == ".yaml"
    assert yaml.load(file.read_text("utf-8"), UniqueKeys)
    assert any(file.name in source.read_text("utf-8") for source in SOURCE.rglob("*.py"))


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(yaml.constructor.ConstructorError, match="twice"):
        yaml.load("a: 1\na: 2\n", UniqueKeys)


def test_every_sheet_is_kept_in_the_office_or_says_why_not() -> None:
    content = yaml.load((ROOT / "definitions" / "office.yaml").read_text("utf-8"), UniqueKeys)
    from_files = {entry["sheet"] for entry in content["file"]}
    assert all(entry["why"] for entry in content["file"])
    assert set(kept()) | from_files == {sheet.name for sheet in sheet_definitions()}
    assert not set(kept()) & from_files


def test_every_permission_opens_something() -> None:
    sources = "".join(source.read_text("utf-8") for source in SOURCE.rglob("*.py"))
    used = {item.permission for item in kept().values()}
    unused = [code for code in permissions() if code not in used and f'"{code}"' not in sources]
    assert unused == []
