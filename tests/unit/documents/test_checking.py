"""What a document misses is told with the block and the field, whatever form it is asked in."""

import pytest

from noaber.core.finding import Refused
from noaber.documents.blocks import (
    Block,
    Chapter,
    Column,
    Group,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
    PillarOpening,
    ProjectEntry,
    Reference,
    Sign,
    Table,
)
from noaber.documents.checking import check_document
from noaber.documents.formats import WRITERS
from noaber.editions.programme import compose
from tests.factories import reference_deal, strange_deals
from tests.factories.documents import a_document

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="1" height="1"></svg>'
SIGN = Sign("Wonen", "#a8480a", "house")
ENTRY = ProjectEntry("project/1", SIGN, "1", "Plan", None, (), (), "")


def refused(*blocks: Block, starts: bool = True) -> str:
    with pytest.raises(Refused) as found:
        check_document(a_document(*blocks, starts=starts))
    (finding,) = found.value.findings
    return str(finding)


def test_a_picture_without_words_is_refused_by_its_caption() -> None:
    assert refused(Picture(SVG, " ", ("Aantal projecten",))).startswith(
        "veld picture Aantal projecten, alt: De kaart of grafiek heeft geen tekst"
    )


def test_the_picture_of_a_pillar_is_refused_by_the_pillar() -> None:
    opening = PillarOpening(SIGN, "pillar/wonen", "Pijler", "", (), Picture(SVG, ""))
    assert refused(opening).startswith("veld pillaropening Wonen, picture.alt: ")


def test_a_heading_without_one_above_it_is_refused() -> None:
    said = refused(Heading("De partijen"), starts=False)
    assert said.startswith("veld heading De partijen, heading: Een kop van niveau 1 ontbreekt")


def test_a_project_straight_under_a_chapter_skips_a_level() -> None:
    said = refused(ENTRY)
    assert "veld projectentry 1 Plan, heading: Een kop van niveau 2 ontbreekt na chapter" in said
    check_document(a_document(Heading("Projecten"), ENTRY))


def test_words_before_any_chapter_are_refused() -> None:
    assert "Een kop van niveau 1 ontbreekt aan het begin" in refused(
        Paragraph(("Los",)), starts=False
    )


@pytest.mark.parametrize(
    ("block", "where"),
    [
        (Chapter(" ", "leeg"), "veld chapter , title: De kop is leeg"),
        (Heading(""), "veld heading, text: De kop is leeg"),
        (
            Table("", (Column(("Naam",)),), (Group(()),)),
            "veld table, caption: De tabel heeft geen bijschrift",
        ),
    ],
)
def test_a_name_that_is_empty_is_refused(block: Block, where: str) -> None:
    assert refused(block).replace("  ", " ").startswith(where.replace(" ,", ","))


def test_a_reference_to_what_is_not_there_is_refused() -> None:
    said = refused(Paragraph(("Zie ", Reference("project/9", "project 9"))))
    assert "verwezen naar “project/9”, maar dat staat niet in het document" in said


def test_a_sign_that_steers_a_device_is_refused_with_its_field() -> None:
    said = refused(KeyFigures((KeyFigure(("1",), ("pro\x07jecten",)),)))
    assert said.startswith("veld keyfigures, items: De tekst heeft een onzichtbaar stuurteken")
    assert "U+0007" in said


@pytest.mark.parametrize("form", WRITERS)
def test_every_form_refuses_what_is_missing(form: str) -> None:
    with pytest.raises(Refused, match="veld picture, alt"):
        WRITERS[form].write(a_document(Picture(SVG, "")))


def test_programmes_miss_nothing() -> None:
    check_document(compose(reference_deal.view(), "6"))
    check_document(compose(strange_deals.flat_themes(), "8"))
