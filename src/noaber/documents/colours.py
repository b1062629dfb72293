"""Colours as ``#rrggbb``: mixing, contrast (WCAG 2) and what stays readable on what."""

WHITE = "#ffffff"
INK = "#1f2328"
SAND = "#f6f1e7"
LINE = "#d9d3c7"
GREY = "#5b6168"

READABLE = 4.5
"""Contrast that text needs (WCAG 2.2, 1.4.3)."""


def mix(colour: str, percent: int, base: str = WHITE) -> str:
    """`percent` of a colour over `base`."""
    parts = zip(_parts(colour), _parts(base), strict=True)
    return "#" + "".join(f"{(c * percent + b * (100 - percent) + 50) // 100:02x}" for c, b in parts)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable_on(background: str) -> str:
    """White or ink: whichever reads best on the background."""
    return max((WHITE, INK), key=lambda colour: contrast(colour, background))


def legible(colour: str, background: str = WHITE) -> str:
    """The colour itself when it can be read on the background, else the nearest that can.

    A deal chooses its own colours; pale ones are darkened for text, not refused.
    """
    towards = readable_on(background)
    for percent in range(100, 0, -5):
        candidate = mix(colour, percent, towards)
        if contrast(candidate, background) >= READABLE:
            return candidate
    return towards


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    if part <= 0.04045:
        return part / 12.92
    return float(((part + 0.055) / 1.055) ** 2.4)
