"""Codes of projects and places follow from what is printed."""

import pytest

from noaber.core.dates import PartialDate
from noaber.projects.rules import Place, Project, project_code


@pytest.mark.parametrize(
    ("number", "code"),
    [("9", "werken-9"), ("2.4a", "werken-2.4a"), ("2.4 A", "werken-2.4a"), ("1.1", "werken-1.1")],
)
def test_the_code_of_a_project_is_its_pillar_and_printed_number(number: str, code: str) -> None:
    assert project_code("werken", number) == code
    assert Project("werken", number, "Naam", "GM1", PartialDate(2020)).code == code


def test_a_place_is_known_by_project_municipality_and_name() -> None:
    whole = Place("wonen-1", "GM1").code
    village = Place("wonen-1", "GM1", "Nieuw-Amsterdam").code
    assert whole == "wonen-1/GM1/-"
    assert village.startswith("wonen-1/GM1/")
    assert village != whole
