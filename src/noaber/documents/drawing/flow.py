"""The flow of money: from who gives, through the deal, to what it is for and who it went to.

Each band is as thick as its amount and a link with a name of its own. There is a wide drawing and
a narrow one for phones, where each purpose has its own part under the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from noaber.documents.drawing.colours import ACCENT, GREY, INK, Tone
from noaber.documents.drawing.marks import mark_at
from noaber.documents.drawing.svg import (
    NOTHING,
    Svg,
    drawing,
    joined,
    path,
    rectangle,
    shape,
    shortened,
    stroke,
    tag,
    text_width,
    words,
)

GIVEN, AWARDED, RESERVED, FREE = "given", "awarded", "reserved", "free"

_BLOCK = 10
_GAP = 12
_LINE = 25
_ROW = 19
_TEXT = 14
_LARGE = 16


@dataclass(frozen=True)
class Stream:
    """An end of the flow: its name, amount in cents and in words, and where it leads to.

    `says` is its name for who cannot see it; `kind` says how far the money is: given to the deal
    and to what it is for, and there awarded, reserved or free. `lang` is set when the
    name is in another language than the page.
    """

    name: str
    amount: int
    written: str
    link: str
    says: str
    tone: Tone
    kind: str = GIVEN
    lang: str = ""


@dataclass(frozen=True)
class Branch:
    """What money is for, with its mark, and the streams it falls apart into."""

    whole: Stream
    mark: str
    parts: tuple[Stream, ...] = ()


@dataclass(frozen=True)
class _Place:
    """A stream as drawn: from `y`, `thick` high."""

    stream: Stream
    y: float
    thick: float


def flow(
    giving: Sequence[Stream],
    grouped: Sequence[Stream],
    branches: Sequence[Branch],
    deal: str,
    title: str,
) -> Svg:
    """The flow, wide and narrow; the narrow drawing shows the givers `grouped`.

    `deal` are the words at the bar in the middle. Gives nothing when one side has no money.
    """
    whole = max(sum(s.amount for s in giving), sum(b.whole.amount for b in branches))
    if not sum(s.amount for s in giving) or not sum(b.whole.amount for b in branches):
        return NOTHING
    return joined(
        [
            _wide(giving, branches, deal, title, 320 / whole),
            _narrow(grouped, branches, deal, title, 320 / whole),
        ]
    )


def _wide(
    giving: Sequence[Stream], branches: Sequence[Branch], deal: str, title: str, unit: float
) -> Svg:
    named = max(text_width(f"{s.name} {s.written}", _TEXT) for s in (b.whole for b in branches))
    aside = min(max(named - 130, 0), 150)
    start, middle, end, last, words_at = 178, 325, 490 + aside, 640 + aside, 656 + aside
    width, top = 1120, 34.0
    groups, bottom = _groups(branches, unit, top)
    left, left_bottom = _stack(giving, unit, 0, _GAP, [26] * len(giving))
    thick = max(sum(s.amount for s in giving), sum(b.whole.amount for b in branches)) * unit
    high = max(bottom, left_bottom + top, thick + top + _GAP)
    down = (high - left_bottom + top) / 2
    given = y = (high - thick + top) / 2
    below, body = [], []
    written = [text_width(part.written, _TEXT) for b in branches for part in b.parts]
    amounts = max(written, default=0) * 1.06
    for place in left:
        at = place.y + down
        drawn = [_ribbon(start + _BLOCK, at, middle, given, place), _block(start, at, place)]
        said = _said(place, start - 12, at + place.thick / 2 + 5, anchor="end")
        body.append(_link(place.stream, *drawn, said))
        given += place.thick
    for branch, (main, parts) in zip(branches, groups, strict=True):
        # Under all names: a band to what comes lower runs past the name of what comes before it.
        below.append(_by_hand(main.stream, _ribbon(middle + _BLOCK, y, end, main.y, main)))
        body.append(_link(main.stream, _block(end, main.y, main), _name(branch, main, end)))
        y += main.thick
        leaving = main.y
        for place in parts:
            drawn = [_ribbon(end + _BLOCK, leaving, last, place.y, place)]
            drawn.append(_block(last, place.y, place))
            row = _row(place, words_at + amounts, width - words_at - amounts)
            body.append(_link(place.stream, *drawn, *row))
            leaving += place.thick
    bar = rectangle((middle, (high - thick + top) / 2), _BLOCK, thick, ACCENT.colour, "fill-accent")
    over = words(
        deal, (middle + 5, (high - thick + top) / 2 - 12), _TEXT, INK, "strong-text over-bands",
        weight=600, anchor="middle",
    )  # fmt: skip
    return drawing(
        width,
        high,
        *below,
        *body,
        bar,
        over,
        classes="chart flow wide-only",
        role="group",
        says=title,
    )


def _groups(
    branches: Sequence[Branch], unit: float, top: float
) -> tuple[list[tuple[_Place, list[_Place]]], float]:
    """Every branch beside its parts, with room for its name above it."""
    found, y = [], top
    for branch in branches:
        thick = branch.whole.amount * unit
        parts, bottom = _stack(branch.parts, unit, y, 5, [_LINE] * len(branch.parts))
        high = max(bottom - y, thick + 22 if branch.parts else max(thick, 22))
        lower = 22 if branch.parts else (high - thick) / 2
        room = max(high - 22 - thick, 0) / 2 if branch.parts else 0
        found.append((_Place(branch.whole, y + lower + room, thick), parts))
        y += high + 22
    return found, y


def _narrow(
    giving: Sequence[Stream], branches: Sequence[Branch], deal: str, title: str, unit: float
) -> Svg:
    width, middle, top = 360, 172, 40.0
    wholes = [branch.whole for branch in branches]
    left, left_bottom = _stack(giving, unit, top + 44, 50, [64] * len(giving))
    right, right_bottom = _stack(wholes, unit, top + 44, 50, [64] * len(wholes))
    thick = max(sum(s.amount for s in giving), sum(s.amount for s in wholes)) * unit
    below, body, given, taken = [], [], top, top
    for place in left:
        drawn = [_ribbon(_BLOCK, place.y, middle, given, place), _block(0, place.y, place)]
        body.append(_link(place.stream, *drawn, *_above(place, 0, "start")))
        given += place.thick
    for place in right:
        band = _ribbon(middle + _BLOCK, taken, width - _BLOCK, place.y, place)
        below.append(_by_hand(place.stream, band))
        block = _block(width - _BLOCK, place.y, place)
        body.append(_link(place.stream, block, *_above(place, width, "end")))
        taken += place.thick
    bar = rectangle((middle, top), _BLOCK, thick, ACCENT.colour, "fill-accent")
    said = words(
        deal, (middle + 5, top - 14), _LARGE, INK, "strong-text", weight=600, anchor="middle"
    )
    y = max(left_bottom, right_bottom, top + thick) + _GAP
    for branch in branches:
        if branch.parts:
            shapes, y = _folded(branch, unit, y, width)
            body.append(shapes)
    return drawing(
        width,
        y,
        *below,
        *body,
        bar,
        said,
        classes="chart flow narrow-only",
        role="group",
        says=title,
    )


def _folded(branch: Branch, unit: float, top: float, width: float) -> tuple[Svg, float]:
    """A branch under a heading of its own: a bar at the left, and its parts with their names."""
    near, far, words_at = 0, 64, 84
    heading = words(
        f"{branch.whole.name} {branch.whole.written}", (22, top + 24), _LARGE, INK, "strong-text",
        weight=600,
    )  # fmt: skip
    sign = mark_at(branch.mark, (0, top + 11), 14, branch.whole.tone)
    names = [_lines(part.name, width - words_at) for part in branch.parts]
    needed = [len(lines) * _ROW + _ROW + 4 for lines in names]
    parts, bottom = _stack(branch.parts, unit, top + 42, 8, needed)
    thick = branch.whole.amount * unit
    leaving = top + 42 + max(bottom - top - 42 - thick, 0) / 2
    whole = _Place(branch.whole, leaving, thick)
    body = [sign, heading, tag("g", _block(near, leaving, whole), class_=whole.stream.tone.name)]
    for place, lines in zip(parts, names, strict=True):
        drawn = [_ribbon(near + _BLOCK, leaving, far, place.y, place), _block(far, place.y, place)]
        y = place.y + place.thick / 2 - (len(lines) + 1) * _ROW / 2 - 4
        for line in lines:
            y += _ROW
            drawn.append(words(line, (words_at, y), _LARGE, INK, lang=place.stream.lang))
        amount = words(place.stream.written, (words_at, y + _ROW), _LARGE, GREY, "soft-text")
        body.append(_link(place.stream, *drawn, amount))
        leaving += place.thick
    return joined(body), max(bottom, top + 42 + thick) + _GAP


def _stack(
    streams: Sequence[Stream], unit: float, top: float, gap: float, least: Sequence[float]
) -> tuple[list[_Place], float]:
    """The streams under each other, at least as far apart as the names need."""
    found, y = [], top
    for stream, needed in zip(streams, least, strict=True):
        thick = stream.amount * unit
        high = max(thick + gap, needed)
        lower = 0.0 if gap > _LINE else (high - thick) / 2
        found.append(_Place(stream, y + lower, thick))
        y += high
    return found, y


_TAGS = re.compile(r"<[^>]+>")


def _link(stream: Stream, *inside: Svg) -> Svg:
    """A link whose name begins with the words that are seen, for who speaks to a screen."""
    drawn = Svg(" ").join(inside)
    seen = " ".join(unescape(_TAGS.sub(" ", drawn)).split())
    says = stream.says if seen in stream.says else f"{seen}. {stream.says}"
    return tag("a", tag("g", Svg(drawn), class_=stream.tone.name), href=stream.link,
               aria_label=says)  # fmt: skip


def _by_hand(stream: Stream, band: Svg) -> Svg:
    """A band apart from its name: it leads there too, but is read and reached by the name only."""
    inside = tag("g", band, class_=stream.tone.name)
    return tag("a", inside, href=stream.link, tabindex="-1", aria_hidden="true")


def _ribbon(near: float, at: float, far: float, end: float, place: _Place) -> Svg:
    """The band between two heights; what has been awarded is fuller than what has not."""
    bend, thick = (near + far) / 2, max(place.thick, 0.8)
    outline = path(
        "M", near, at, "C", bend, at, bend, end, far, end, "v", thick,
        "C", bend, end + thick, bend, at + thick, near, at + thick, "z",
    )  # fmt: skip
    tone, kind = place.stream.tone, place.stream.kind
    if kind == AWARDED:
        return shape(outline, tone.colour, "fill-tone band-full", opacity="0.35")
    return shape(outline, tone.tint, "fill-tint", opacity="" if kind != FREE else "0.6")


def _block(x: float, y: float, place: _Place) -> Svg:
    """The end of a band: awarded full, reserved striped, free open."""
    tone, kind, thick = place.stream.tone, place.stream.kind, max(place.thick, 1.5)
    if kind in (GIVEN, AWARDED):
        return rectangle((x, y), _BLOCK, thick, tone.colour, "fill-tone")
    rows = [path("M", x, y + 2 + 5 * n, "h", _BLOCK) for n in range(int((thick + 1) // 5))]
    striped = kind == RESERVED and rows
    stripes = stroke(" ".join(rows), tone.colour, 2.5, "line-tone") if striped else NOTHING
    return joined([rectangle((x, y), _BLOCK, thick, tone.tint, "fill-tint"), stripes])


def _said(place: _Place, x: float, y: float, anchor: str) -> Svg:
    """Name and amount on one line."""
    text = f"{place.stream.name} {place.stream.written}"
    return words(text, (x, y), _TEXT, INK, anchor=anchor)


def _name(branch: Branch, main: _Place, x: float) -> Svg:
    """The name of a branch with its mark: above it, or beside it when it has no parts."""
    text = f"{branch.whole.name} {branch.whole.written}"
    wide = text_width(text, _TEXT) + 18
    if branch.parts:
        left, y = x + _BLOCK + 4 - wide, main.y - 8
    else:
        left, y = x + 22, main.y + main.thick / 2 + 5
    sign = mark_at(branch.mark, (left, y - 11), 12, branch.whole.tone)
    said = words(text, (left + 18, y), _TEXT, INK, "strong-text over-bands", weight=600)
    return tag("g", sign, said)


def _row(place: _Place, x: float, room: float) -> list[Svg]:
    """Amount and name of a part: the amounts end, and the names begin, under each other."""
    stream, y = place.stream, place.y + place.thick / 2 + 5
    look, colour = ("", INK) if stream.kind == AWARDED else ("soft-text", GREY)
    name = shortened(stream.name, room - 10, _TEXT)
    return [
        words(stream.written, (x, y), _TEXT, INK, "strong-text", weight=600, anchor="end"),
        words(name, (x + 10, y), _TEXT, colour, look, lang=stream.lang),
    ]


def _above(place: _Place, x: float, anchor: str) -> list[Svg]:
    """Name and amount above a band."""
    stream = place.stream
    return [
        words(
            stream.name, (x, place.y - 26), _LARGE, INK, "strong-text", weight=600, anchor=anchor
        ),
        words(stream.written, (x, place.y - 7), _LARGE, GREY, "soft-text", anchor=anchor),
    ]


def _lines(name: str, room: float) -> list[str]:
    """A name over two lines at most, broken between words."""
    if text_width(name, _LARGE) <= room:
        return [name]
    first, rest = name, ""
    while " " in first and text_width(first, _LARGE) > room:
        first, _, word = first.rpartition(" ")
        rest = f"{word} {rest}".strip()
    return [shortened(line, room, _LARGE) for line in (first, rest) if line]
