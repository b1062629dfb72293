"""The marks of pillars as small SVG drawings, in the colour of the words around them."""

_SHAPES = {
    "square": '<rect x="1" y="1" width="14" height="14"/>',
    "house": '<path d="M8 .5 15.5 7H14v8H2V7H.5z"/>',
    "circle": '<circle cx="8" cy="8" r="7.5"/>',
    "triangle": '<path d="M8 1 16 15H0z"/>',
    "diamond": '<path d="M8 0 16 8 8 16 0 8z"/>',
    "hexagon": '<path d="M4 1h8l4 7-4 7H4L0 8z"/>',
    "star": '<path d="M8 0l2 5.6 6 .2-4.8 3.6L13 15.2 8 11.8l-5 3.4 1.8-5.8L0 5.8l6-.2z"/>',
    "cross": '<path d="M5 0h6v5h5v6h-5v5H5v-5H0V5h5z"/>',
}


def mark_drawing(mark: str) -> str:
    """The mark as SVG; an unknown one is a square. The name beside it says what it stands for."""
    shape = _SHAPES.get(mark, _SHAPES["square"])
    return (
        '<svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" focusable="false" '
        f'fill="currentColor">{shape}</svg>'
    )
