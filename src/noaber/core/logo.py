"""A logo as data: an SVG of plain shapes, which can hold nothing but shapes.

What is not named here is refused, so that a logo can stand on any page and in any document: no
script, no style, no text, no picture and no reference to anything outside or inside it.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

LONGEST = 20_000
MOST_SHAPES = 300
DEEPEST = 12
WIDEST, NARROWEST = 6.0, 0.25
"""How many times as wide as it is high a logo may be."""

_SPACE = "http://www.w3.org/2000/svg"
_NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?"
# Every number ends at a separator: a pattern that could split digits in many ways takes for ever.
_NUMBERS = rf"\s*{_NUMBER}(?:[\s,]+{_NUMBER})*\s*"
_COLOUR = re.compile(r"none|#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}")
_ONE = re.compile(_NUMBER)
_MANY = re.compile(_NUMBERS)
_PATH = re.compile(r"[Mm][MmLlHhVvCcSsQqTtAaZz0-9eE+.,\s-]*")
_MOVES = re.compile(rf"(?:(?:translate|scale|rotate|matrix|skewX|skewY)\({_NUMBERS}\)[\s,]*)+")
_WORD = {
    "fill-rule": re.compile(r"nonzero|evenodd"),
    "stroke-linecap": re.compile(r"butt|round|square"),
    "stroke-linejoin": re.compile(r"miter|round|bevel"),
}

_PAINT = {
    "fill": _COLOUR,
    "stroke": _COLOUR,
    "fill-opacity": _ONE,
    "stroke-opacity": _ONE,
    "opacity": _ONE,
    "stroke-width": _ONE,
    "stroke-miterlimit": _ONE,
    "transform": _MOVES,
    **_WORD,
}
_SHAPES = {
    "g": {},
    "path": {"d": _PATH},
    "rect": dict.fromkeys(("x", "y", "width", "height", "rx", "ry"), _ONE),
    "circle": dict.fromkeys(("cx", "cy", "r"), _ONE),
    "ellipse": dict.fromkeys(("cx", "cy", "rx", "ry"), _ONE),
    "polygon": {"points": _MANY},
}
ELEMENTS = ("svg", "title", *_SHAPES)
"""What a logo may consist of."""

_SIZES = ("width", "height")


class LogoError(ValueError):
    """A text that is no logo; the message is the Dutch end of a sentence."""


def parse_logo(text: str) -> str:
    """The logo written anew with only what is allowed; reading that gives the same text.

    :raises LogoError: with everything that is not allowed.
    """
    if len(text) > LONGEST:
        raise LogoError(f"hij heeft {len(text)} tekens, en er is plaats voor {LONGEST}")
    try:
        root = fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise LogoError("er staat een eigen definitie (DOCTYPE of ENTITY) in") from error
    except (ParseError, ValueError) as error:
        raise LogoError("het is geen leesbare SVG") from error
    if root.tag != f"{{{_SPACE}}}svg":
        raise LogoError(f'het begint niet met <svg xmlns="{_SPACE}">')
    wrong = list(dict.fromkeys(_faults(root)))
    if wrong:
        raise LogoError("; ".join(wrong))
    return _written(root)


def _faults(root: Element) -> Iterator[str]:
    """Everything that is wrong, in the order of the drawing."""
    yield from _faults_of_root(root)
    shapes, waiting = 0, [(root, 1)]
    while waiting:
        element, depth = waiting.pop(0)
        shapes += 1
        if shapes > MOST_SHAPES or depth > DEEPEST:
            yield f"de tekening is te ingewikkeld (meer dan {MOST_SHAPES} vormen of {DEEPEST} lagen)"
            return
        yield from _faults_of(element, root)
        waiting += [(child, depth + 1) for child in element]


def _faults_of_root(root: Element) -> Iterator[str]:
    box = _box(root)
    if box is None:
        yield "viewBox ontbreekt of heeft geen vier getallen met een breedte en hoogte boven nul"
    elif not NARROWEST <= box[2] / box[3] <= WIDEST:
        yield "het is te smal of te breed"


def _faults_of(element: Element, root: Element) -> Iterator[str]:
    name = _plain(element)
    if element is not root and name not in (*_SHAPES, "title"):
        yield f"<{name}> mag niet"
        return
    if name != "title" and ((element.text or "").strip()):
        yield "er staat tekst buiten <title>"
    if (element.tail or "").strip():
        yield "er staat tekst buiten <title>"
    if name == "title" and len(element):
        yield "in <title> staat meer dan tekst"
    allowed = {**_PAINT, **_SHAPES.get(name, {})} if name != "title" else {}
    for attribute, value in element.attrib.items():
        if element is root and attribute in ("viewBox", *_SIZES):
            continue
        if attribute not in allowed:
            yield f"{attribute.rpartition('}')[2]} mag niet bij <{name}>"
        elif not allowed[attribute].fullmatch(value.strip()):
            yield f'{attribute}="{value[:40]}" mag niet bij <{name}>'


def _plain(element: Element) -> str:
    """The name of an element; with its namespace when that is not SVG's."""
    space, _, name = element.tag.rpartition("}")
    return name if space == f"{{{_SPACE}" else element.tag


def _box(root: Element) -> tuple[float, float, float, float] | None:
    given = root.get("viewBox", "").replace(",", " ").split()
    if len(given) != 4 or not all(_ONE.fullmatch(part) for part in given):
        return None
    x, y, width, height = (float(part) for part in given)
    return (x, y, width, height) if 0 < width < 1e6 and 0 < height < 1e6 else None


def _written(root: Element) -> str:
    """The drawing as text; its size is that of its box."""
    box = root.get("viewBox", "").replace(",", " ").split()
    size = f'width="{box[2]}" height="{box[3]}" viewBox="{" ".join(box)}"'
    own = _attributes(root, skipping=("viewBox", *_SIZES))
    return f'<svg xmlns="{_SPACE}" {size}{own}>{"".join(map(_element, root))}</svg>'


def _element(element: Element) -> str:
    name = _plain(element)
    if name == "title":
        return f"<title>{escape(' '.join((element.text or '').split()))}</title>"
    inner = "".join(map(_element, element))
    closed = f">{inner}</{name}>" if inner else "/>"
    return f"<{name}{_attributes(element)}{closed}"


def _attributes(element: Element, skipping: tuple[str, ...] = ()) -> str:
    return "".join(
        f" {name}={quoteattr(' '.join(value.split()))}"
        for name, value in element.attrib.items()
        if name not in skipping
    )
