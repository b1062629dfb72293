"""Amounts as people type them are read for certain, or refused with what would be right."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.money import LARGEST_AMOUNT, AmountError, amount_from_number, parse_amount
from noaber.core.notation import amount, euro

amounts = st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("€ 1.212.000,-", 1_212_000_00),
        ("817.726", 817_726_00),
        ("12,5", 12_50),
        ("12,05", 12_05),
        ("1.000", 1_000_00),
        ("1000", 1_000_00),
        ("1.234,56", 1_234_56),
        ("1234,5", 1_234_50),
        ("1234567,89", 1_234_567_89),
        ("€ 25.000,--", 25_000_00),
        ("25.000,– euro", 25_000_00),
        ("25.000,— euro", 25_000_00),
        ("25.000,\u2212", 25_000_00),
        ("EUR 100", 100_00),
        ("eur100", 100_00),
        ("Euro 100", 100_00),
        ("100 euro", 100_00),
        ("100euro", 100_00),
        ("100 EUR", 100_00),
        ("100 €", 100_00),
        ("€100", 100_00),
        ("  € 100  ", 100_00),
        ("1 212 000", 1_212_000_00),
        ("1\u00a0212\u00a0000,50", 1_212_000_50),
        ("1\u2009212\u2009000", 1_212_000_00),
        ("1\u202f212\u202f000", 1_212_000_00),
        ("€\u00a01.000", 1_000_00),
        ("-5", -5_00),
        ("\u22125", -5_00),
        ("- 5", -5_00),
        ("-€ 5", -5_00),
        ("- € 5", -5_00),
        ("€ -5", -5_00),
        ("€ \u22121.086,-", -1_086_00),
        ("0", 0),
        ("-0", 0),
        ("0,50", 50),
        ("0,05", 5),
        ("0,-", 0),
        ("10", 10_00),
        ("\uff11\uff12\uff0c\uff15", 12_50),
        ("999.999.999.999", LARGEST_AMOUNT),
        ("-999999999999,00", -LARGEST_AMOUNT),
    ],
)
def test_an_amount_in_dutch_notation_is_read(typed: str, cents: int) -> None:
    assert parse_amount(typed) == cents


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "ontbreekt"),
        (" \u00a0", "ontbreekt"),
        ("1.00", "komma: 1,00."),
        ("12.34", "komma: 12,34."),
        ("12.5", "komma: 12,5."),
        ("1,234.56", "Schrijf het als 1.234,56."),
        ("12,345", "te veel cijfers achter de komma"),
        ("12,3456", "te veel cijfers achter de komma"),
        ("1.0000", "is niet te lezen"),
        ("1.00.000", "is niet te lezen"),
        ("1234.567", "is niet te lezen"),
        ("1.000 000", "is niet te lezen"),
        ("1 000.000", "is niet te lezen"),
        ("1  000", "is niet te lezen"),
        ("12 34", "is niet te lezen"),
        ("1.000,", "is niet te lezen"),
        ("1.234,567", "is niet te lezen"),
        ("1,5,5", "is niet te lezen"),
        (",50", "is niet te lezen"),
        (".500", "is niet te lezen"),
        ("5-", "is niet te lezen"),
        ("5-3", "is niet te lezen"),
        ("5,---", "is niet te lezen"),
        ("100.-", "is niet te lezen"),
        ("€", "is niet te lezen"),
        ("-", "is niet te lezen"),
        ("–", "is niet te lezen"),
        ("–5", "is niet te lezen"),
        ("0.123", "begint met een nul te veel"),
        ("01.50", "begint met een nul te veel"),
        ("1,234.567", "is niet te lezen"),
        ("0,123.45", "is niet te lezen"),
        ("00", "begint met een nul te veel"),
        ("007", "begint met een nul te veel"),
        ("1e3", "bevat “e”"),
        ("abc", "bevat “a”"),
        ("NaN", "bevat “N”"),
        ("1O0", "bevat “O”"),
        ("EUROS 100", "bevat “E”"),
        ("100 neuro", "bevat “n”"),
        ("1,2 mln", "bevat “m”"),
        ("47%", "bevat “%”"),
        ("+5", "bevat “+”"),
        ("$ 5", "bevat “$”"),
        ("1'000", "bevat “'”"),
        ("=1", "bevat “=”"),
        ("5½", "bevat “\u2044”"),
        ("\u0661\u0662", "bevat “\u0661”"),
        ("1\n000", "bevat een onzichtbaar teken"),
        ("1\u200b000", "bevat een onzichtbaar teken"),
        ("1000²", "bevat het teken “²”"),
        ("H₂0", "bevat het teken “₂”"),
        ("①", "bevat het teken “①”"),
        ("(100)", "tussen haakjes"),
        ("100)", "tussen haakjes"),
        ("(100", "tussen haakjes"),
        ("--5", "meer dan één minteken"),
        ("-€ \u22125", "meer dan één minteken"),
        ("€ 5 euro", "de munt meer dan één keer"),
        ("€€ 5", "de munt meer dan één keer"),
        ("1.000.000.000.000", "te groot"),
        ("999.999.999.999,01", "te groot"),
        ("-999.999.999.999,01", "te groot"),
        pytest.param("9" * 5000, "te groot", id="five thousand nines"),
    ],
)
def test_what_could_mean_two_things_is_refused(typed: str, says: str) -> None:
    with pytest.raises(AmountError) as refused:
        parse_amount(typed)
    assert says in str(refused.value)


def test_the_message_repeats_what_was_typed_on_one_line() -> None:
    with pytest.raises(AmountError, match=r"^Het bedrag “twaalf euro” bevat “t”"):
        parse_amount("twaalf\n\n  euro")


def test_forty_typed_signs_are_repeated_and_more_are_cut_off() -> None:
    with pytest.raises(AmountError, match=f"“{'a' * 40}”"):
        parse_amount("a" * 40)
    with pytest.raises(AmountError, match=f"“{'a' * 39}…”"):
        parse_amount("a" * 41)


@pytest.mark.parametrize("typed", ["1.00", "12.5", "1,234.56", "1,234,567.8", "0.5"])
def test_what_would_be_right_is_itself_read(typed: str) -> None:
    with pytest.raises(AmountError) as refused:
        parse_amount(typed)
    right = str(refused.value).removesuffix(".").rsplit(" ", 1)[1]
    assert parse_amount(right) == round(float(typed.replace(",", "")) * 100)


@given(amounts)
def test_every_amount_that_is_written_is_read_back(cents: int) -> None:
    assert parse_amount(amount(cents)) == cents
    assert parse_amount(euro(cents)) == cents


@given(st.text(alphabet="0123456789.,- €\u2212eurEUR()\u00a0", max_size=14))
def test_whatever_is_read_is_what_is_written_without_marks_and_zeros(typed: str) -> None:
    try:
        cents = parse_amount(typed)
    except AmountError:
        return
    euros, _, _ = typed.partition(",")
    digits = "".join(sign for sign in euros if sign.isdecimal())
    assert int(digits) == abs(cents) // 100


@given(st.text())
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        cents = parse_amount(typed)
    except AmountError:
        return
    assert abs(cents) <= LARGEST_AMOUNT


@pytest.mark.parametrize(
    ("stored", "cents"),
    [
        (1000, 1_000_00),
        (0, 0),
        (-5, -5_00),
        (12.5, 12_50),
        (0.1, 10),
        (0.29, 29),
        (-0.07, -7),
        (1e3, 1_000_00),
        (817726.0, 817_726_00),
        (Decimal("1234.56"), 1_234_56),
        (Decimal("12.500"), 12_50),
        (999_999_999_999, LARGEST_AMOUNT),
        (-999_999_999_999, -LARGEST_AMOUNT),
        (Decimal("999999999999.00"), LARGEST_AMOUNT),
    ],
)
def test_a_number_of_a_sheet_is_exact_to_the_cent(stored: float | Decimal, cents: int) -> None:
    assert amount_from_number(stored) == cents


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        (0.305, "“0,305” heeft meer dan twee cijfers achter de komma"),
        (0.1 + 0.2, "meer dan twee cijfers"),
        (1e-9, "meer dan twee cijfers"),
        (Decimal("0.1" + "0" * 40 + "1"), "meer dan twee cijfers"),
        (Decimal("1E-9999"), "meer dan twee cijfers"),
        (float("nan"), "geen getal"),
        (float("inf"), "geen getal"),
        (Decimal("-Infinity"), "geen getal"),
        (Decimal("sNaN"), "geen getal"),
        (True, "waar of onwaar"),
        (1_000_000_000_000, "te groot"),
        (-1_000_000_000_000, "te groot"),
        (Decimal("999999999999.01"), "te groot"),
        (Decimal("-999999999999.01"), "te groot"),
        (1e22, "te groot"),
        pytest.param(10**5000, "te groot", id="a five thousand digit number"),
    ],
)
def test_a_number_that_is_no_whole_number_of_cents_is_refused(
    stored: float | Decimal, says: str
) -> None:
    with pytest.raises(AmountError, match=says):
        amount_from_number(stored)


@given(amounts)
def test_a_decimal_of_any_amount_gives_its_cents_in_any_context(cents: int) -> None:
    stored = Decimal(f"{cents}E-2")
    with localcontext() as context:
        context.prec = 3
        assert amount_from_number(stored) == cents


@given(amounts)
def test_the_float_nearest_to_any_amount_gives_its_cents(cents: int) -> None:
    assert amount_from_number(cents / 100) == cents
