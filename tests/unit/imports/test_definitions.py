"""The definitions of sheets: what is wrong in them is named, and the real ones are right."""

from pathlib import Path

import pytest

from noaber.core.definitions import DefinitionError
from noaber.imports.definitions import load_definitions, sheet_definitions
from noaber.imports.pages import kind_in_words

GOOD = """
shared: &shared
  - {name: bron, field: source, type: reference, to: bronnen, about: De bron., example: 2023-12-31}
sheets:
  - name: bronnen
    kind: source
    about: Bronnen.
    key: [code]
    columns:
      - {name: code, field: code, type: code, required: true, about: De code.}
      - {name: soort, field: kind, type: choice, default: brief, choices: {brief: letter}, about: Soort.}
      - *shared
"""


def loaded(folder: Path, text: str) -> object:
    path = folder / "sheets.yaml"
    path.write_text(text, encoding="utf-8")
    return load_definitions(path)


def test_a_shared_list_of_columns_is_part_of_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "sheets.yaml"
    path.write_text(GOOD, encoding="utf-8")
    [sheet] = load_definitions(path)
    assert [column.name for column in sheet.columns] == ["code", "soort", "bron"]
    assert sheet.columns[2].example == "2023-12-31"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("type: code", "type: colr", "bronnen.code has the unknown type 'colr'"),
        ("to: bronnen", "to: bron", "bronnen.bron refers to sheet 'bron'"),
        ("field: kind", "field: code", "field of bronnen is there twice: code"),
        ("name: soort", "name: code", "column of bronnen is there twice: code"),
        ("type: reference, to: bronnen", "type: text, to: bronnen", "goes with a reference"),
        ("choices: {brief: letter}, ", "", "go with a choice"),
        ("{brief: letter}", "{brief: letter, Brief: note}", "choice of bronnen.soort is there"),
        ("{brief: letter}", "{brief: 1}", "has no choices"),
        ("default: brief", "default: boek", "default that is no choice"),
        ("key: [code]", "key: [kode]", "the key of bronnen"),
        ("key: [code]", "key: [code]\n    singel: true", "unknown parts: ['singel']"),
        ("required: true", "required: ja", "required is true or false"),
        ("about: De code.", "about: 3", "bronnen.code has no text for about"),
        ("name: bronnen", "name: uitleg", "kept for the explanation"),
        ("sheets:", "sheet:", "no list of sheets"),
        ("sheets:", "sheets: [", "cannot be read"),
    ],
)
def test_a_wrong_definition_is_refused_by_name(
    before: str, after: str, message: str, tmp_path: Path
) -> None:
    assert before in GOOD
    with pytest.raises(DefinitionError) as error:
        loaded(tmp_path, GOOD.replace(before, after, 1))
    assert message in str(error.value)


def test_every_sheet_and_column_is_explained() -> None:
    for sheet in sheet_definitions():
        assert sheet.about.endswith(".")
        for column in sheet.columns:
            assert column.about.endswith((".", ")"))
            assert kind_in_words(column)


def test_every_reference_is_to_a_sheet_whose_rows_have_a_code() -> None:
    sheets = {sheet.name: sheet for sheet in sheet_definitions()}
    for sheet in sheets.values():
        for column in sheet.columns:
            if column.to:
                key = sheets[column.to].key_columns
                assert all(part.required for part in key), f"{sheet.name}.{column.name}"
