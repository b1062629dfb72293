"""Colours as ``#rrggbb``: mixing, contrast (WCAG 2), what stays readable on what, and tones."""

import re
from dataclasses import dataclass

WHITE = "#ffffff"
BLACK = "#000000"
INK = "#1f2328"
SAND = "#f6f1e7"
DEEP_SAND = "#e9e0cf"
LINE = "#d9d3c7"
STRONG_LINE = "#857c6c"
GREY = "#54585e"
HEATH = "#6b2c70"
STONE = "#6a6458"
"""For what is no pillar, such as overhead."""
PAPER = (WHITE, SAND)
"""Grounds of paper and of the light theme, as in theme.css."""

READABLE = 4.5
"""Contrast that text needs (WCAG 2.2, 1.4.3)."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_MIDDLE = 0.179
"""Luminance on which black and white read equally well."""


def usable(text: str, otherwise: str) -> str:
    """The text when it is a colour, so that nothing else reaches a drawing or a style sheet."""
    return text if _HEX.fullmatch(text) else otherwise


def mix(colour: str, percent: int, base: str = WHITE) -> str:
    """`percent` of a colour over `base`."""
    parts = zip(bytes.fromhex(colour[1:]), bytes.fromhex(base[1:]), strict=True)
    return "#" + "".join(f"{(c * percent + b * (100 - percent) + 50) // 100:02x}" for c, b in parts)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable_on(background: str) -> str:
    """White or ink: whichever reads best on the background."""
    return max((WHITE, INK), key=lambda colour: contrast(colour, background))


def legible(colour: str, *grounds: str, ratio: float = READABLE) -> str:
    """The colour itself when it can be read on the grounds (white), else the nearest that can.

    A deal chooses its own colours; pale ones are darkened for text, not refused.
    """
    grounds = grounds or (WHITE,)
    towards = BLACK if all(_luminance(ground) > _MIDDLE for ground in grounds) else WHITE
    for percent in range(100, 0, -2):
        candidate = mix(colour, percent, towards)
        if all(contrast(candidate, ground) >= ratio for ground in grounds):
            return candidate
    return towards


@dataclass(frozen=True)
class Tone:
    """How something is coloured: its class, and colour and tint where no style sheet is."""

    name: str
    colour: str
    tint: str


ACCENT = Tone("tone-accent", HEATH, "#f0e8f0")
NEUTRAL = Tone("tone-stone", STONE, "#e3ded3")


def tone(code: str, colour: str) -> Tone:
    """The tone of a pillar, from its code and the colour its deal gives it."""
    readable = legible(usable(colour, STONE), *PAPER)
    return Tone(tone_class(code), readable, mix(readable, 18))


def accent(colour: str) -> Tone:
    """The tone of a deal as a whole."""
    readable = legible(usable(colour, HEATH), *PAPER)
    return Tone(ACCENT.name, readable, mix(readable, 8))


def tone_class(code: str) -> str:
    """The class that gives what is inside it the colour of a pillar: ``tone-werken``."""
    return "tone-" + re.sub(r"[^a-z0-9-]", "-", code.lower())


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in bytes.fromhex(colour[1:]))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    if part <= 0.04045:
        return part / 12.92
    return float(((part + 0.055) / 1.055) ** 2.4)
