"""Amounts of money as people type them and as spreadsheets store them, in whole euro cents."""

import re
import unicodedata
from decimal import Context, Decimal

LARGEST_AMOUNT = 999_999_999_999_00
"""The largest amount that is read, in cents: 999.999.999.999 euro, either side of zero."""

_MINUS = "-\u2212"
_DASHES = "-\u2212\u2013\u2014"
_DIFFERENT_DIGITS = ("<super>", "<sub>", "<circle>")
_LARGEST_EUROS = Decimal(LARGEST_AMOUNT) / 100
_EXACT = Context(prec=28)

_PREFIX = re.compile(r"(?:€|EURO?(?![A-Z])) *", re.IGNORECASE)
_SUFFIX = re.compile(r" *(?:€|(?<![A-Z])EURO?)$", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<whole>0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+))"
    rf"(?:,(?:(?P<cents>[0-9]{{1,2}})|[{_DASHES}]{{1,2}}))?"
)
_SWAP = str.maketrans(",.", ".,")
# The first that fits is told; {sign} is what the group caught, {right} has point and comma swapped.
_MISTAKES = (
    (
        re.compile(r".*([()])"),
        "staat tussen haakjes. Schrijf een bedrag onder nul met een minteken: -100.",
    ),
    (
        re.compile(r"[0-9., \-\u2212\u2013\u2014]*([^0-9., \-\u2212\u2013\u2014])"),
        "bevat {sign}. Schrijf het bedrag in euro’s helemaal in cijfers, bijvoorbeeld 1.250,50.",
    ),
    (
        re.compile(r"[0-9]+(,)[0-9]{3,}$"),
        "heeft te veel cijfers achter de komma. Schrijf duizenden als 12.345 en centen als 12,34.",
    ),
    (
        re.compile(r"(?:0|[1-9][0-9]*)(\.)[0-9]{1,2}$"),
        "heeft een punt op de plaats van de komma. Schrijf centen met een komma: {right}.",
    ),
    (
        re.compile(r"[1-9][0-9]{0,2}(?:(,)[0-9]{3})+\.[0-9]{1,2}$"),
        "heeft punt en komma verwisseld. Schrijf het als {right}.",
    ),
    (
        re.compile(r"(0)[0-9.]"),
        "begint met een nul te veel. Schrijf het zonder: 1.250, of 0,50.",
    ),
)


class AmountError(ValueError):
    """An amount that cannot be read for certain; the message is Dutch and for the person."""


def parse_amount(text: str) -> int:
    """Read an amount in euros in Dutch notation and give it in cents.

    A point or a space separates thousands, a comma the cents: ``"€ 1.212.000,-"``,
    ``"817.726"``, ``"12,5"``. What could mean two things is refused, not guessed.

    :raises AmountError: with what is wrong and what would be right.
    """
    plain = _normalised(text)
    if not plain:
        raise AmountError(
            "Het bedrag ontbreekt. Vul een bedrag in, bijvoorbeeld 1.250 of 1.250,50; vul 0 in "
            "als het nul is."
        )
    number, below_zero = _without_currency_and_sign(plain, text)
    found = _NUMBER.fullmatch(number)
    if found is None:
        raise AmountError(_what_is_wrong(number, text))
    whole = found["whole"].replace(".", "").replace(" ", "")
    # Counted before it is converted: Python refuses to convert very long numbers.
    if len(whole) > len(str(LARGEST_AMOUNT // 100)):
        raise AmountError(_too_large(text))
    cents = int(whole) * 100 + int((found["cents"] or "0").ljust(2, "0"))
    if cents > LARGEST_AMOUNT:
        raise AmountError(_too_large(text))
    return -cents if below_zero else cents


def amount_from_number(value: float | Decimal) -> int:
    """Give a number of euros, as a spreadsheet cell holds it, in cents.

    :raises AmountError: when the number is not exact to the cent, not finite or too large.
    """
    if isinstance(value, bool):
        raise AmountError("Hier staat waar of onwaar. Vul een bedrag in, bijvoorbeeld 1.250.")
    # The shortest text of a float is what the person typed; its binary value is not.
    euros = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not euros.is_finite():
        raise AmountError("Hier staat geen getal. Vul een bedrag in, bijvoorbeeld 1.250.")
    if euros > _LARGEST_EUROS or euros < -_LARGEST_EUROS:
        raise AmountError(_too_large(str(euros)))
    rounded = euros.quantize(Decimal("0.01"), context=_EXACT)
    if rounded != euros:
        raise AmountError(
            f"Het bedrag {_quoted(str(euros).replace('.', ','))} heeft meer dan twee cijfers "
            "achter de komma. Rond het af op hele centen."
        )
    return int(rounded.scaleb(2, context=_EXACT))


def _normalised(text: str) -> str:
    """Bring full-width digits and every kind of space back to the plain ones."""
    for character in text:
        if unicodedata.decomposition(character).startswith(_DIFFERENT_DIGITS):
            # A footnote mark would otherwise become part of the amount: 1000² is not 10002.
            raise AmountError(
                f"Het bedrag {_quoted(text)} bevat het teken “{character}”. Haal het weg en "
                "schrijf alleen het bedrag, bijvoorbeeld 1.250,50."
            )
    return unicodedata.normalize("NFKC", text).strip()


def _without_currency_and_sign(plain: str, text: str) -> tuple[str, bool]:
    """Take off euro sign and minus, in either order: "-€ 5" and "€ -5" both occur."""
    minuses = 0
    currencies = 0
    number = plain
    while number:
        currency = _PREFIX.match(number)
        if currency is not None:
            currencies += 1
            number = number[currency.end() :]
        elif number[0] in _MINUS:
            minuses += 1
            number = number[1:].lstrip(" ")
        else:
            break
    ending = _SUFFIX.search(number)
    if ending is not None:
        currencies += 1
        number = number[: ending.start()]
    if minuses > 1:
        raise AmountError(
            f"Het bedrag {_quoted(text)} heeft meer dan één minteken. Schrijf er hoogstens één, "
            "voor het bedrag: -1.250."
        )
    if currencies > 1:
        raise AmountError(
            f"In {_quoted(text)} staat de munt meer dan één keer. Schrijf bijvoorbeeld € 1.250."
        )
    return number, minuses == 1


def _what_is_wrong(number: str, text: str) -> str:
    """Say what is wrong with a number that is not in Dutch notation, and what would be right."""
    shown = f"Het bedrag {_quoted(text)}"
    for mistake, message in _MISTAKES:
        found = mistake.match(number)
        if found is not None:
            return f"{shown} {message.format(sign=_named(found[1]), right=number.translate(_SWAP))}"
    return (
        f"{shown} is niet te lezen. Schrijf duizendtallen met een punt en centen met een komma, "
        "bijvoorbeeld 1.250,50."
    )


def _named(sign: str) -> str:
    return f"“{sign}”" if sign.isprintable() else "een onzichtbaar teken"


def _too_large(text: str) -> str:
    return (
        f"Het bedrag {_quoted(text)} is te groot. Vul een bedrag in van hoogstens 999.999.999.999 "
        "euro."
    )


def _quoted(text: str) -> str:
    """Show what was typed, on one line and never more than forty characters of it."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= 40 else f"“{line[:39]}…”"
