"""The elements drawings are made of. Whatever is put in is escaped; what comes out is an `Svg`."""

from collections.abc import Iterable
from html import escape

FONT = "Noto Sans"
Point = tuple[float, float]

_NARROW = "iljtfr.,'’-I|!:;() "
_WIDE = "mwMWÆŒ—…%"


class Svg(str):
    """Well-formed, escaped SVG; templates put it on the page as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """What templates ask of text that is safe."""
        return self


NOTHING = Svg("")


def joined(parts: Iterable[Svg]) -> Svg:
    """Parts after each other."""
    return Svg("".join(parts))


def tag(name: str, *inside: Svg, **attributes: str | float) -> Svg:
    """An element. ``stroke_width`` gives ``stroke-width``, ``class_`` ``class``; empty is left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value != ""
    )
    body = "".join(inside)
    return Svg(f"<{name}{given}>{body}</{name}>" if body else f"<{name}{given}/>")


def drawing(
    width: float,
    height: float,
    *shapes: Svg,
    classes: str = "",
    role: str = "",
    says: str = "",
    stretched: bool = False,
    scale: float = 1,
    corner: Point = (0, 0),
) -> Svg:
    """A drawing of these shapes, shown at a `scale`, from its upper left corner. `says` is for who cannot see it, with the `role` it has then.

    Without a role the words must stand beside it; a ``none`` is decoration and is not read.
    """
    decoration = role == "none"
    return tag(
        "svg",
        *shapes,
        xmlns="http://www.w3.org/2000/svg",
        class_=classes,
        viewBox=f"{_n(corner[0])} {_n(corner[1])} {_n(width)} {_n(height)}",
        width=width * scale,
        height=height * scale,
        preserveAspectRatio="none" if stretched else "",
        role="" if decoration else role,
        aria_label=says,
        aria_hidden="true" if decoration else "",
        focusable="false" if decoration else "",
    )


def rectangle(at: Point, width: float, height: float, fill: str, classes: str = "") -> Svg:
    """A rectangle with its upper left corner at a point."""
    return tag("rect", class_=classes, x=at[0], y=at[1], width=width, height=height, fill=fill)


def circle(at: Point, radius: float, fill: str, classes: str = "") -> Svg:
    """A full circle."""
    return tag("circle", class_=classes, cx=at[0], cy=at[1], r=radius, fill=fill)


def stroke(path: str, colour: str, width: float = 1, classes: str = "", *, dashes: str = "") -> Svg:
    """A line along a path."""
    return tag(
        "path",
        class_=classes,
        d=path,
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_dasharray=dashes,
        stroke_linejoin="round",
    )


def shape(path: str, fill: str, classes: str = "", *, opacity: str = "") -> Svg:
    """A path that is filled."""
    return tag("path", class_=classes, d=path, fill=fill, fill_opacity=opacity)


def words(
    text: str,
    at: Point,
    size: float,
    fill: str,
    classes: str = "",
    *,
    weight: int = 400,
    anchor: str = "start",
    lang: str = "",
) -> Svg:
    """A line of text with its baseline at a point; `lang` where it is in another language."""
    return tag(
        "text",
        Svg(escape(text)),
        class_=classes,
        lang=lang,
        x=at[0],
        y=at[1],
        font_family=FONT,
        font_size=size,
        font_weight="" if weight == 400 else weight,
        text_anchor="" if anchor == "start" else anchor,
        fill=fill,
    )


def move(points: Iterable[Point]) -> str:
    """The outline through these points, as a path."""
    return "M" + " ".join(f"{_n(x)},{_n(y)}" for x, y in points) + "z"


def path(*steps: str | float) -> str:
    """A path of letters and coordinates, these to a tenth."""
    return " ".join(step if isinstance(step, str) else _n(step) for step in steps)


def text_width(text: str, size: float) -> float:
    """About how wide a text is, a little on the safe side."""
    return sum(_em(character) for character in text) * size


def shortened(text: str, width: float, size: float) -> str:
    """The text, cut off where it is wider; the table beside a drawing has it in full."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1].rstrip()
    return f"{text}…"


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.92
    return 0.65 if character.isupper() else 0.57


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else _n(value)


def _n(number: float) -> str:
    """A coordinate to a tenth, so that the same data always gives the same bytes."""
    return f"{round(number, 1) + 0:g}"
