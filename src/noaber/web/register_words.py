"""What the register says of itself, in the language of the page.

The register names its figures, steps and differences in Dutch, also for documents. On an English
page their fixed words are English, amounts and dates are in English notation, and the names in
them are marked as Dutch.
"""

import re

from django.utils.html import format_html

from noaber.core.dates import MONTHS, DateError, PartialDate, parse_date
from noaber.core.money import AmountError, parse_amount
from noaber.web import language, notation

_TRANCHES = re.compile(r"[Tt]ranche \w+( en tranche \w+)*")
_IN_TRANCHE = re.compile(r"(?P<what>.+), (?P<tranche>tranche \w+)")
_NUMBERED = re.compile(r"(?P<what>verplichting|ontvangst|begrotingsregel) (?P<code>[\w.-]+)")
_PART = re.compile(r"(?P<of>.+): (?P<name>[^:]+)")
_EUROS = re.compile("\u2212?€\u00a0[\\d.]+(,\\d\\d)?")
_NUMBER = re.compile("\u2212?\\d{1,3}(\\.\\d{3})*(,\\d+)?")
_CORRECTED = re.compile("gecorrigeerd, was (?P<was>.+)")
_BETWEEN = " tot en met "

FIGURES = (
    "Toegekend", "Verdeeld", "Gereserveerd voor het hele project", "Gereserveerd, nog niet toegekend",
    "Nog te verdelen", "Toegezegd", "Projecten", "Toekenningen", "Nieuwe projecten", "Vervolgen",
    "Proeftuinen", "Partijen", "Beoogde resultaten", "Resultaten met een doel",
    "Resultaten bereikt", "Resultaten met een doel en zonder cijfer", "Bereikt", "Nieuw of vervolg", "Naam", "Penvoerder",
    "Uitvoering", "Einddatum van het doel", "Einddatum van het resultaat", "Gemeten",
    "Begin van de deal", "Einde van de deal", "Toegezegd en besloten", "Stand van de bijdrage",
    "Ontvangen", "Kas", "Vrijgevallen", "Verplicht", "Nog te betalen", "Betaald", "Vastgesteld",
    "Te veel betaald, nog niet terug", "Begroot voor overheadkosten", "Verwacht te betalen",
)  # fmt: skip
"""Names of figures, which begin a title."""

WORDS = (
    "pijler", "pijlers", "thema", "thema's", "inwoners", "overheadkosten", "Overheadkosten",
    "het Rijk", "de regio", "nieuw", "vervolg", "gereserveerd", "toegekend uit de reservering",
    "niet te lezen", "niet vastgelegd", "geen cijfer", "penvoerder", "Naam", "Naam van project",
    "Penvoerder van project", "Naam van partij", "Kant van partij", "Naam van de deal",
    "betaald", "teruggevorderd", "vastgesteld", "vrijgevallen", "vrijgevallen bij de vaststelling",
    "ingestemd", "ingestemd onder voorwaarden", "geweigerd", "besloten onder voorwaarden",
    "deels besloten", "verplichting", "ontvangst", "begrotingsregel", "toegekend", "verdeeld", "gereserveerd, nog niet toegekend", "webpagina",
)  # fmt: skip
"""Words of the register and of deals that stand by themselves or begin a text."""


_TITLE = re.compile(rf"(?P<name>{'|'.join(sorted(FIGURES, reverse=True))}), (?P<of>.+)")


def told(said: str) -> str:
    """A text that the register made, as the page says it."""
    if not language.english() or not said:
        return said
    return _in_english(said)


def _in_english(said: str) -> str:
    whole = language.catalogue().get(said) or _figure(said) or _dates(said)
    if whole:
        return whole
    if corrected := _CORRECTED.fullmatch(said):
        return language.text("gecorrigeerd, was {was}", was=_in_english(corrected["was"]))
    if _TRANCHES.fullmatch(said):
        return said.replace(" en ", " and ")
    if numbered := _NUMBERED.fullmatch(said):
        return f"{language.text(numbered['what'])} {numbered['code']}"
    if narrowed := _IN_TRANCHE.fullmatch(said):
        return format_html("{}, {}", _in_english(narrowed["what"]), narrowed["tranche"])
    return _named(said)


def _named(said: str) -> str:
    """A title of a figure or a part of it: the word of the figure, and a name."""
    title = _TITLE.fullmatch(said)
    if title:
        return format_html("{}, {}", language.text(title["name"]), _narrowed(title["of"]))
    part = _PART.fullmatch(said)
    if part and (name := language.catalogue().get(part["name"])):
        return format_html("{}: {}", language.known(part["of"]), name)
    if part and part["of"] in language.catalogue():
        return format_html("{}: {}", language.text(part["of"]), language.dutch(part["name"]))
    return language.dutch(said)


def _narrowed(said: str) -> str:
    """What a title is narrowed to: a numbered fact, a word or a name."""
    return _in_english(said) if _NUMBERED.fullmatch(said) else language.known(said)


def _figure(said: str) -> str:
    if _EUROS.fullmatch(said):
        try:
            return notation.euro(parse_amount(said))
        except AmountError:
            return ""
    if _NUMBER.fullmatch(said):
        return said.translate(str.maketrans(".,", ",."))
    return ""


def _dates(said: str) -> str:
    found = []
    for part in said.split(_BETWEEN):
        day = _day(part)
        if day is None:
            return ""
        found.append(notation.partial(day))
    return " to ".join(found)


def _day(said: str) -> PartialDate | None:
    if not any(month in said for month in MONTHS) and not re.fullmatch(r"\d{4}", said):
        return None
    try:
        return parse_date(said)
    except DateError:
        return None


def readable(said: str) -> str:
    """A stored text as people read it: dates and periods written out, no text as missing."""
    try:
        found = [notation.partial(parse_date(part)) for part in said.split("/")]
    except DateError:
        said = {"new": "nieuw", "follow_up": "vervolg"}.get(said, said)
        return told(said) or notation.missing()
    between = language.text("{first} tot en met {last}", first="{}", last="{}")
    return between.format(*found) if len(found) == 2 else found[0]
