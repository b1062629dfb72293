"""Definitions are data that programme staff can edit: each loads, and code uses each."""

from pathlib import Path

import pytest
import yaml

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
