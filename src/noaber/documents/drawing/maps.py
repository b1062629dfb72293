"""Maps of areas from their outlines: drawn, filled and labelled by their data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from noaber.documents.drawing.colours import readable_on
from noaber.documents.drawing.labels import FIGURE, Label, placed
from noaber.documents.drawing.outlines import Box, Projection, Ring
from noaber.documents.drawing.svg import (
    NOTHING,
    Point,
    Svg,
    circle,
    drawing,
    move,
    path,
    stroke,
    tag,
    words,
)


@dataclass(frozen=True)
class Area:
    """An area: its name, outline in degrees (WGS 84), fill, and a figure to write under its name.

    `look` is the class of its fill; `link` and `says` make it a link with a name of its own.
    """

    name: str
    rings: tuple[tuple[Point, ...], ...]
    fill: str
    figure: str = ""
    look: str = ""
    link: str = ""
    says: str = ""


def area_map(
    areas: Sequence[Area],
    *,
    width: float,
    height: float,
    size: float,
    ground: str,
    classes: str = "map",
    says: str = "",
) -> Svg:
    """A map of the areas within `width` by `height`, labels at `size` or a little less.

    A name that fits in no part of its area stands beside all areas, with a line to its own.
    `ground` is the colour the map lies on. Areas without an outline are left out; without any
    outline there is no map. `says` is for who cannot see it: then the areas are a list.
    """
    drawn = [area for area in areas if any(len(ring) > 2 for ring in area.rings)]
    if not drawn:
        return NOTHING
    to_page = Projection.of([p for a in drawn for ring in a.rings for p in ring], width, height)
    rings = tuple(
        tuple(tuple(to_page(point) for point in ring) for ring in area.rings) for area in drawn
    )
    names = tuple((area.name, area.figure) for area in drawn)
    labels = placed(names, rings, to_page.width, to_page.height, size)
    role = "list" if says else ""
    shapes = [
        tag("g", *_area(area, outline, label, ground), role="listitem" if role else "")
        for area, outline, label in sorted(
            zip(drawn, rings, labels, strict=True),
            # A line to a label beside the map runs over the neighbours, so those come first.
            key=lambda each: each[2].foot is not None,
        )
    ]
    left, top, wide, high = _extent([label.box for label in labels], to_page)
    return drawing(
        wide, high, *shapes, classes=classes, role=role, says=says, corner=(left, top)
    )  # fmt: skip


def _extent(boxes: Iterable[Box], page: Projection) -> tuple[float, float, float, float]:
    """How large the drawing becomes when labels stand beyond the areas."""
    boxes = tuple(boxes)
    left, top = min(0.0, *(b.left for b in boxes)), min(0.0, *(b.top for b in boxes))
    right = max(page.width, *(b.right for b in boxes))
    return left, top, right - left, max(page.height, *(b.bottom for b in boxes)) - top


def _area(area: Area, rings: Sequence[Ring], label: Label, ground: str) -> list[Svg]:
    outline = tag(
        "path", class_=f"area {area.look}".strip(), d="".join(move(ring) for ring in rings),
        fill=area.fill, fill_rule="evenodd", stroke=ground, stroke_width=2,
        stroke_linejoin="round",
    )  # fmt: skip
    inside = [outline, *_written(area, label, ground)]
    if area.link:
        return [tag("a", *inside, href=area.link, aria_label=area.says)]
    return inside


def _written(area: Area, label: Label, ground: str) -> list[Svg]:
    """Name and figure, within the area or beside it."""
    beside = label.foot is not None
    colour = readable_on(ground if beside else area.fill)
    look = " beside" if beside else ""
    rows = [(text, label.size, 600, "area-name") for text in label.lines]
    if area.figure:
        rows.append((area.figure, label.size * FIGURE, 400, "area-number"))
    found = _leader(label.foot, label.box, colour, ground) if label.foot else []
    y = label.box.y - sum(points for _, points, _, _ in rows) * 0.6
    for text, points, weight, name in rows:
        y += points * 1.2
        at = (label.box.x, y - points * 0.26)
        found.append(words(text, at, points, colour, name + look, weight=weight, anchor="middle"))
        found.append(BETWEEN)
    return found


BETWEEN = Svg(" ")
"""Between words drawn apart, so that they are read apart too."""


def _leader(foot: Point, box: Box, colour: str, ground: str) -> list[Svg]:
    """From the nearest side of a label to its area, on a line of the ground so that it shows."""
    x = min(max(foot[0], box.left), box.right)
    y = min(max(foot[1], box.top), box.bottom)
    line = path("M", *foot, "L", x, y)
    return [
        stroke(line, ground, 3.5, "ground-line"),
        circle(foot, 3.2, ground, "fill-ground"),
        stroke(line, colour, 1.2, "ink-line"),
        circle(foot, 2, colour, "fill-ink"),
    ]
