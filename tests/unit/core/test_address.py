"""One figure has one address, and an address names one figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.address import Address, AddressError

DEAL = "zuid-en-oost-drenthe"
AWARDED = Address(DEAL, "awarded", (("pillar", "werken"), ("tranche", "6")))

values = st.text(min_size=1).filter(str.isprintable)
names = st.from_regex(r"[a-z][a-z0-9_-]*", fullmatch=True)


def test_an_address_reads_as_it_is_written() -> None:
    text = f"{DEAL}/awarded?pillar=werken&tranche=6"
    assert Address.parse(text) == AWARDED
    assert str(AWARDED) == text


def test_the_order_of_filters_makes_no_difference() -> None:
    address = Address.parse(f"{DEAL}/awarded?tranche=6&pillar=werken")
    assert address == AWARDED
    assert hash(address) == hash(AWARDED)
    assert str(address) == f"{DEAL}/awarded?pillar=werken&tranche=6"


def test_a_figure_of_the_whole_deal_has_no_filters() -> None:
    address = Address.parse(f"{DEAL}/awarded")
    assert address.filters == ()
    assert str(address) == f"{DEAL}/awarded"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Aa en Hunze", "Aa%20en%20Hunze"),
        ("1 & 2=3+4?", "1%20%26%202%3D3%2B4%3F"),
        ("50%", "50%25"),
        ("#1", "%231"),
        ("é", "%C3%A9"),
        ("project:werken-9/2.4a", "project:werken-9/2.4a"),
    ],
)
def test_values_are_escaped_only_where_needed(value: str, written: str) -> None:
    address = Address(DEAL, "awarded", (("name", value),))
    assert str(address) == f"{DEAL}/awarded?name={written}"
    assert Address.parse(str(address)) == address


def test_a_filter_is_asked_by_name() -> None:
    assert AWARDED.get("pillar") == "werken"
    assert AWARDED.get("party") is None


def test_filters_are_added_and_replaced() -> None:
    address = AWARDED.with_(tranche="5", municipality="GM0114")
    assert str(address) == f"{DEAL}/awarded?municipality=GM0114&pillar=werken&tranche=5"
    assert AWARDED.get("tranche") == "6"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is geen adres van een cijfer"),
        (DEAL, "is geen adres van een cijfer"),
        ("/awarded", "geen code van een Regio Deal"),
        ("Zuid/awarded", "“Zuid” is geen code van een Regio Deal"),
        ("zuid--oost/awarded", "geen code van een Regio Deal"),
        ("zuid_oost/awarded", "geen code van een Regio Deal"),
        (f"{DEAL}/", "geen naam van een cijfer of filter"),
        (f"{DEAL}/Awarded", "“Awarded” is geen naam"),
        (f"{DEAL}/a/b", "“a/b” is geen naam"),
        (f"{DEAL}/6", "“6” is geen naam"),
        (f"{DEAL}/awarded\n", "geen naam"),
        (f"{DEAL}/awarded?", "“” is geen filter"),
        (f"{DEAL}/awarded?pillar", "“pillar” is geen filter"),
        (f"{DEAL}/awarded?pillar=a&", "“” is geen filter"),
        (f"{DEAL}/awarded?=werken", "“” is geen naam"),
        (f"{DEAL}/awarded?Pillar=a", "“Pillar” is geen naam"),
        (f"{DEAL}/awarded?pillar=", "Het filter pillar heeft geen leesbare waarde"),
        (f"{DEAL}/awarded?pillar=%0A", "geen leesbare waarde"),
        (f"{DEAL}/awarded?pillar=%zz", "“pillar=%zz” is geen filter"),
        (f"{DEAL}/awarded?pillar=%4", "is geen filter"),
        (f"{DEAL}/awarded?pillar=%FF", "waarde van filter pillar is niet te lezen"),
        (f"{DEAL}/awarded?pillar=a&pillar=b", "twee keer"),
        (f"{DEAL}/awarded?pillar=a&pillar=a", "twee keer"),
    ],
)
def test_a_text_that_names_no_figure_is_refused(text: str, says: str) -> None:
    with pytest.raises(AddressError) as refused:
        Address.parse(text)
    assert says in str(refused.value)


@given(names, st.dictionaries(names, values, max_size=4))
def test_every_address_that_is_written_is_read_back(figure: str, filters: dict[str, str]) -> None:
    address = Address(DEAL, figure, tuple(filters.items()))
    assert Address.parse(str(address)) == address
    assert str(Address.parse(str(address))) == str(address)
    assert Address(DEAL, figure).with_(**filters) == address


@given(st.text())
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    try:
        address = Address.parse(f"{DEAL}/awarded?pillar={text}")
    except AddressError:
        return
    assert Address.parse(str(address)) == address
