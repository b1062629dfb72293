"""Numbers, signs and links in a document, and characters that cannot be printed."""

from datetime import date

import pytest

from noaber.core.address import Address
from noaber.core.finding import Refused
from noaber.documents.blocks import (
    Cell,
    Chapter,
    Column,
    Document,
    Form,
    Group,
    Mark,
    Number,
    Paragraph,
    Row,
    Table,
)
from noaber.documents.links import explanation
from noaber.documents.payload import payload
from noaber.documents.typst import write_pdf
from noaber.documents.wording import written
from noaber.editions.programme import compose
from noaber.monitor.rules import Figure
from noaber.record.rules import Moment
from tests.factories import strange_deals

MOMENT = Moment(date(2021, 12, 31), 12)
ADDRESS = Address("zuid-en-oost-drenthe", "awarded", (("pillar", "werken"), ("tranche", "6")))


def a_document(*blocks: Paragraph | Table) -> Document:
    return Document(
        "Titel", "Onderwerp", "Deal", (), ("Deal", "Titel"), MOMENT, MOMENT.as_of, None, "#6b2c70",
        (Chapter("Hoofdstuk", "chapter"), *blocks), base_url="https://deal.example",
    )  # fmt: skip


def test_nothing_missing_and_zero_are_written_apart() -> None:
    assert written(None, Form.AMOUNT) == "geen cijfer"
    assert written(0, Form.AMOUNT, in_cell=True) == "–"
    assert written(0, Form.COUNT) == "0"
    assert written(3_057_170_00, Form.AMOUNT, in_cell=True) == "3.057.170"
    assert written(1_00, Form.DIFFERENCE, in_cell=True) == "+1"


def test_a_figure_links_to_its_explanation_at_the_moment_of_the_document() -> None:
    words = payload(a_document(Paragraph((Number(Figure(ADDRESS, 100)),))))["chapters"][0][
        "blocks"
    ][0]["words"]
    assert words[0]["address"] == (
        "https://deal.example/zuid-en-oost-drenthe/herkomst/awarded"
        "?pillar=werken&tranche=6&peildatum=2021-12-31&bekend=12"
    )


def test_an_address_in_a_link_keeps_a_name_with_a_space_whole() -> None:
    address = Address("deal", "awarded", (("pillar", "a b&c"),))
    assert "pillar=a+b%26c&" in explanation("https://deal.example/", address, MOMENT)


def test_amounts_in_a_column_leave_room_for_the_signs_after_them() -> None:
    def rooms(**signs: bool) -> list[int]:
        cell = Cell((Number(Figure(ADDRESS, 100)),), **signs)  # type: ignore[arg-type]
        columns = (Column(("Naam",), share=1), Column(("€",), numeric=True, width=20))
        table = Table("", columns, (Group((Row((Cell(("x",)), cell)),)),))
        found = payload(a_document(table))["chapters"][0]["blocks"][0]["columns"]
        return [column["signs"] for column in found]

    assert rooms() == [0, 0]
    assert rooms(inferred=True) == [0, 6]


def test_a_mark_is_a_word_not_a_code() -> None:
    words = payload(a_document(Paragraph((Mark.FOLLOW_UP,))))["chapters"][0]["blocks"][0]["words"]
    assert words == [{"kind": "mark", "mark": {"kind": "follow_up", "word": "VERVOLG"}}]


def test_a_character_that_no_font_has_is_refused_with_its_place() -> None:
    document = compose(strange_deals.with_text("Dit lukt → zo niet 中."), "1")
    with pytest.raises(Refused) as refused:
        write_pdf(document)
    (finding,) = refused.value.findings
    assert "“→” (U+2192" in finding.message
    assert "“中” (U+4E2D" in finding.message
    assert str(finding.where) == "veld project Project 1, text"


def test_an_invisible_character_is_named() -> None:
    with pytest.raises(Refused, match=r"een onzichtbaar teken \(U\+2028"):
        write_pdf(a_document(Paragraph(("on\u2028zichtbaar",))))


@pytest.mark.parametrize(
    "text", ["Łódź, Gaziantep’ş, Ängström", "#let x = 1 $a$ *b* _c_ @d <e> \\ [f]"]
)
def test_names_from_europe_and_signs_of_the_typesetter_are_printed_as_they_are(text: str) -> None:
    assert write_pdf(a_document(Paragraph((text,)))).startswith(b"%PDF")
