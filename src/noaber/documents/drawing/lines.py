"""What every chart with lines shares: its size, scale, and the labels at the ends of lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from noaber.documents.drawing.colours import GREY, INK, LINE, Tone
from noaber.documents.drawing.marks import mark_at
from noaber.documents.drawing.svg import Svg, drawing, path, stroke, text_width, words

END_ROOM = 10
"""Between the end of a line and its label."""


@dataclass(frozen=True)
class Size:
    """How large a chart is drawn, and its text: the same chart, for a page and for a phone."""

    name: str
    width: int
    height: int
    text: float


PRINT = Size("", 680, 300, 12.5)
WIDE = Size("wide-only", 600, 330, 14)
NARROW = Size("narrow-only", 360, 320, 14.5)
SMALL = Size("", 360, 225, 14)


@dataclass(frozen=True)
class End:
    """What stands at the end of a line, and how high."""

    y: float
    label: str
    strong: bool = False
    mark: str = ""
    tone: Tone | None = None


def label_room(label: str, size: Size, *, marked: bool = False) -> float:
    """What the label at the end of a line takes."""
    return text_width(label, size.text) + END_ROOM + (size.text if marked else 0) + 2


def end_labels(ends: Sequence[End], right: float, size: Size) -> list[Svg]:
    """The labels at the ends of lines, in the order of the lines and apart enough to read."""
    found = []
    for at, end in zip(_apart([end.y for end in ends], size.text * 1.25), ends, strict=True):
        x = right + END_ROOM
        if end.mark and end.tone:
            side = size.text * 0.75
            found.append(mark_at(end.mark, (x, at - side / 2), side, end.tone))
            x += side + 4
        look, colour = ("strong-text", INK) if end.strong else ("soft-text", GREY)
        found.append(
            words(
                end.label, (x, at + size.text * 0.36), size.text, colour, look,
                weight=600 if end.strong else 400,
            )
        )  # fmt: skip
    return found


def _apart(wanted: Sequence[float], gap: float) -> list[float]:
    """Heights near those wanted, in the same order, at least `gap` from each other."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[tuple[float, list[int]]] = []
    for index in order:
        middle, members = wanted[index], [index]
        while groups and middle - groups[-1][0] < gap * (len(members) + len(groups[-1][1])) / 2:
            before, others = groups.pop()
            count = len(others) + len(members)
            middle = (before * len(others) + middle * len(members)) / count
            members = [*others, *members]
        groups.append((middle, members))
    placed = [0.0] * len(wanted)
    for middle, members in groups:
        for place, index in enumerate(members):
            placed[index] = middle + (place - (len(members) - 1) / 2) * gap
    return placed


def scale_lines(
    ticks: Sequence[tuple[float, str]], left: float, right: float, size: Size
) -> list[Svg]:
    """Lines at heights with their words at the left."""
    shapes = []
    for y, text in ticks:
        at = (left - 10, y + size.text * 0.36)
        shapes.append(stroke(path("M", left, y, "H", right), LINE, 1, "grid-line"))
        shapes.append(words(text, at, size.text, GREY, "soft-text", anchor="end"))
    return shapes


def chart(shapes: Sequence[Svg], tone: Tone, kind: str, says: str, size: Size) -> Svg:
    """The shapes as a chart of this size; `says` is for who cannot see it."""
    classes = " ".join(name for name in ("chart", kind, size.name, tone.name) if name)
    role = "img" if says else ""
    return drawing(size.width, size.height, *shapes, classes=classes, role=role, says=says)
