"""Dutch notation in templates, and figures as quiet links to where they come from."""

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from noaber.core.address import Address
from noaber.core.notation import with_full_stop
from noaber.deals.rules import Pillar
from noaber.documents.drawing.colours import tone_class
from noaber.documents.drawing.marks import mark_drawing
from noaber.documents.drawing.svg import Svg
from noaber.monitor.rules import CENTS, Figure
from noaber.organisations.rules import Organisation
from noaber.projects.rules import Project
from noaber.web import notation, register_words
from noaber.web.language import dutch, known, later, text
from noaber.web.portal import places, project
from noaber.web.portal.links import Links

register = template.Library()

_CELL = re.compile(r"upload:[0-9a-f]+/(?P<sheet>.+)!(?P<cell>[A-Z]+[0-9]+)")

for _name in (
    "euro",
    "amount",
    "signed",
    "million",
    "count",
    "day",
    "month",
    "partial",
    "short_month",
    "listed",
    "ordinal",
    "number_word",
):
    register.filter(_name, getattr(notation, _name))

_WORDS = {
    "new": later("nieuw"),
    "follow_up": later("vervolg"),
    "printed": later("gedrukt"),
    "news": later("volgens een bericht"),
    "inferred": later("afgeleid"),
    "cash": later("geld"),
    "existing_budget": later("bestaand budget"),
    "in_kind": later("in natura"),
    "unknown": later("vorm onbekend"),
    "proposed": later("voorgesteld"),
    "published": later("gepubliceerd"),
    "decided": later("besloten"),
    "received": later("ontvangen"),
}


@register.filter
def word(code: str) -> str:
    """The word for a code of the register; what is no code is what the register says."""
    return text(_WORDS[code]) if code in _WORDS else register_words.told(code)


register.filter("readable", register_words.readable)
register.filter("told", register_words.told)
register.filter("dutch", dutch)
register.filter("known", known)
register.filter("capital", notation.capital)
register.filter("with_full_stop", with_full_stop)


@register.filter
def tone(code: str) -> str:
    """The class that colours with a pillar."""
    return tone_class(code)


@register.simple_tag
def mark(shape: str) -> Svg:
    """The mark of a pillar; its name always stands beside it."""
    return mark_drawing(shape)


@register.simple_tag
def pillar_name(pillar: Pillar) -> SafeString:
    """A pillar by colour, mark and name."""
    return format_html(
        '<span class="pillar {}">{}<span>{}</span></span>',
        tone_class(pillar.code),
        mark_drawing(pillar.mark),
        dutch(pillar.name),
    )


@register.simple_tag(takes_context=True)
def figure(context: dict[str, Any], shown: Figure, style: str = "text") -> SafeString:
    """A figure as a link to its origin.

    `style` is "text" (€ 3,1 mln), "exact" (€ 3.057.170), "cell" (3.057.170, – for zero),
    "difference" (+3.057.170 in a column) or "signed" (+€ 3.057.170 in a sentence).
    """
    link = format_html(
        '<a class="figure" href="{}"{}>{}</a>',
        context["links"].origin(shown.address),
        _exact(shown, style),
        _body(shown, style),
    )
    return format_html("{}{}", link, inferred() if _sign(shown, style) else "")


@register.simple_tag(takes_context=True)
def standing(context: dict[str, Any], shown: Figure | int, style: str = "cell") -> SafeString:
    """What stands now: a figure as a link to its origin, or cents that are no figure."""
    if isinstance(shown, Figure):
        return figure(context, shown, style)
    return _written(shown, CENTS, style)


@register.simple_tag
def value(number: int | None, unit: str = CENTS, style: str = "cell") -> SafeString:
    """A number without a link, in the notation of a figure."""
    return _written(number, unit, style)


@register.filter
def cell(origin: str) -> str:
    """The cell a fact was read from, as a person finds it: "blad toekenningen, cel C8"."""
    found = _CELL.fullmatch(origin)
    if not found:
        return origin
    return text("blad {sheet}, cel {cell}", sheet=dutch(found["sheet"]), cell=found["cell"])


@register.simple_tag(takes_context=True)
def origin(context: dict[str, Any], address: Address) -> str:
    """The page behind a figure."""
    links: Links = context["links"]
    return links.origin(address)


@register.simple_tag(takes_context=True)
def project_address(context: dict[str, Any], code: str) -> str:
    """The page of a project."""
    links: Links = context["links"]
    return links.project(code)


@register.simple_tag(takes_context=True)
def project_link(context: dict[str, Any], project: Project) -> SafeString:
    """The name of a project as a link to its page, for within a sentence."""
    address = project_address(context, project.code)
    return format_html('<a class="nl-link" href="{}">{}</a>', address, dutch(project.name))


@register.simple_tag(takes_context=True)
def municipality_address(context: dict[str, Any], code: str) -> str:
    """The sheet of a municipality."""
    links: Links = context["links"]
    return links.municipality(code)


@register.filter
def called(organisation: Organisation) -> str:
    """What people call an organisation."""
    return places.short(organisation)


@register.filter
def with_sign(number: str, sign: str) -> str:
    """A written number as its source puts it: "minstens 40"."""
    return project.signed_number(sign, number)


@register.filter
def bare(written: str) -> str:
    """A written amount without its euro sign, for a column that says "in euro"."""
    return register_words.told(written).removeprefix("€").removeprefix(notation.NO_BREAK_SPACE)


@register.simple_tag
def inferred() -> SafeString:
    """The sign of an inferred amount."""
    return format_html(
        '<span class="inferred"><span aria-hidden="true">°</span>{}</span>',
        _spoken(f" ({text('afgeleid')})"),
    )


def _sign(shown: Figure, style: str) -> bool:
    """What is inferred is in which tranche an award stands, and the note is with the table."""
    return shown.inferred and style == "cell" and shown.address.get("tranche") is not None


def _body(shown: Figure, style: str) -> SafeString:
    return _written(shown.value, shown.unit, style)


def _written(number: int | None, unit: str, style: str) -> SafeString:
    if number is None:
        return format_html('<span class="missing">{}</span>', notation.missing())
    if style in ("cell", "difference") and number == 0:
        return format_html(
            '<span aria-hidden="true">{}</span>{}', notation.ZERO, _spoken(text("nul"))
        )
    if unit != CENTS:
        said = notation.signed(number * 100) if style == "signed" else notation.count(number)
        return format_html('<data value="{}">{}</data>', number, said)
    said = {
        "text": notation.million,
        "exact": notation.euro,
        "cell": notation.amount,
        "signed": _signed_euro,
        "difference": notation.signed,
    }[style](number)
    euros, cents = divmod(abs(number), 100)
    plain = f"{'-' if number < 0 else ''}{euros}" + (f".{cents:02}" if cents else "")
    return format_html(
        '<data value="{}">{}</data>{}',
        plain,
        said,
        _spoken(f" ({text('precies {amount}', amount=notation.euro(number))})")
        if _rounds(number, unit, style)
        else "",
    )


def _signed_euro(cents: int) -> str:
    sign = "+" if cents > 0 else notation.MINUS if cents < 0 else ""
    return f"{sign}{notation.euro(abs(cents))}"


def _exact(shown: Figure, style: str) -> SafeString | str:
    if shown.value is None or not _rounds(shown.value, shown.unit, style):
        return ""
    return format_html(' data-exact="{}"', notation.euro(shown.value))


def _rounds(number: int, unit: str, style: str) -> bool:
    written_out = notation.million(number) != notation.euro(number)
    return unit == CENTS and style == "text" and written_out


def _spoken(said: str) -> SafeString:
    return format_html('<span class="visually-hidden">{}</span>', said)
