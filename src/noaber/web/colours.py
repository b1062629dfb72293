"""Colours of a deal: checked, made readable, and written as a style sheet. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from noaber.deals.rules import Deal, Pillar

READABLE = 4.5
"""Contrast that text needs against its ground (WCAG 2.2, 1.4.3)."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS = 64


class ColourError(ValueError):
    """A text that is no colour."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” is geen kleur. Schrijf een kleur als #6b2c70.")


@dataclass(frozen=True)
class Colour:
    """A colour in sRGB, each part from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``#rrggbb``.

        :raises ColourError: when it is anything else; so nothing else reaches a style sheet.
        """
        if not _HEX.fullmatch(text):
            raise ColourError(text)
        return cls(*bytes.fromhex(text[1:]))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance as WCAG defines it, from 0 (black) to 1 (white)."""
        red, green, blue = (_linear(part) for part in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(self, other: "Colour") -> float:
        """Contrast ratio, from 1 to 21."""
        light, dark = sorted((self.luminance, other.luminance), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    def mixed(self, other: "Colour", share: float) -> "Colour":
        """This colour with `share` (0 to 1) of the other in it."""
        pairs = zip(
            (self.red, self.green, self.blue), (other.red, other.green, other.blue), strict=True
        )
        return Colour(*(round(mine + (theirs - mine) * share) for mine, theirs in pairs))

    def readable_on(self, grounds: Iterable["Colour"], ratio: float = READABLE) -> "Colour":
        """This colour, moved towards black or white no further than reading it asks for."""
        grounds = tuple(grounds)
        light = all(ground.luminance > 0.18 for ground in grounds)
        end = BLACK if light else WHITE
        for step in range(_STEPS + 1):
            tried = self.mixed(end, step / _STEPS)
            if all(tried.contrast(ground) >= ratio for ground in grounds):
                return tried
        return end


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


BLACK = Colour(0, 0, 0)
WHITE = Colour(255, 255, 255)
PAPER = (WHITE, Colour.parse("#f6f1e7"))
"""Grounds of the light theme: paper and sand, as in theme.css."""
NIGHT = (Colour.parse("#17131a"), Colour.parse("#221c26"))
"""Grounds of the dark theme, as in theme.css."""
HEATH = Colour.parse("#6b2c70")
STONE = Colour.parse("#6a6458")
"""For what is no pillar, such as overhead."""


def tone_class(code: str) -> str:
    """The class that gives what is inside it the colour of a pillar: ``tone-werken``."""
    return "tone-" + re.sub(r"[^a-z0-9-]", "-", code.lower())


def style_sheet(deal: Deal, pillars: Iterable[Pillar]) -> str:
    """The colours of a deal and its pillars as CSS, light and dark."""
    accent = _colour(deal.accent, HEATH)
    tones = {tone_class(pillar.code): _colour(pillar.colour, STONE) for pillar in pillars}
    light = [_rule(":root", _light_accent(accent))]
    dark = [_rule(":root", _dark_accent(accent))]
    for name, tone in tones.items():
        light.append(_rule(f".{name}", _light_tone(tone)))
        dark.append(_rule(f".{name}", _dark_tone(tone)))
    night = "".join(f"  {rule}" for rule in dark)
    return f"{''.join(light)}@media screen and (prefers-color-scheme: dark) {{\n{night}}}\n"


def printed(code: str) -> str:
    """The colour as a deal gives it, for a drawing that must stand without a style sheet."""
    return str(_colour(code, STONE).readable_on(PAPER))


def tinted(code: str) -> str:
    """The tint of a colour on paper, for a drawing that must stand without a style sheet."""
    return str(_colour(code, STONE).mixed(WHITE, 0.82))


def _colour(text: str, otherwise: Colour) -> Colour:
    """A deal without a usable colour still has pages; `noaber check` is where it is reported."""
    try:
        return Colour.parse(text)
    except ColourError:
        return otherwise


def _light_accent(accent: Colour) -> dict[str, Colour]:
    readable = accent.readable_on(PAPER)
    return {
        "accent": readable,
        "accent-strong": readable.mixed(BLACK, 0.28),
        "accent-tint": readable.mixed(WHITE, 0.92),
        "map-1": readable.mixed(WHITE, 0.3).readable_on([WHITE]),
        "map-2": readable,
        "map-3": readable.mixed(BLACK, 0.36),
        **_fields(readable),
    }


def _dark_accent(accent: Colour) -> dict[str, Colour]:
    ground = NIGHT[0]
    readable = accent.readable_on(NIGHT, 6.5)
    return {
        "accent": readable,
        "accent-strong": readable.mixed(WHITE, 0.35),
        "accent-tint": ground.mixed(accent, 0.4),
        "map-1": accent.mixed(ground, 0.45).readable_on([WHITE]),
        "map-2": accent.mixed(WHITE, 0.06).readable_on([WHITE]),
        "map-3": accent.mixed(WHITE, 0.3).readable_on([WHITE]),
        **_fields(accent.mixed(BLACK, 0.25)),
    }


def _fields(accent: Colour) -> dict[str, Colour]:
    return {
        "field-1": accent.mixed(BLACK, 0.42),
        "field-2": accent.mixed(BLACK, 0.24),
        "field-3": accent,
        "field-4": accent.mixed(WHITE, 0.2),
        "field-5": accent.mixed(WHITE, 0.48),
    }


def _light_tone(tone: Colour) -> dict[str, Colour]:
    readable = tone.readable_on(PAPER)
    return {"tone": readable, "tint": readable.mixed(WHITE, 0.82)}


def _dark_tone(tone: Colour) -> dict[str, Colour]:
    readable = tone.readable_on(NIGHT, 5.5)
    return {"tone": readable, "tint": readable.mixed(NIGHT[0], 0.68)}


def _rule(selector: str, values: Mapping[str, Colour]) -> str:
    inside = "; ".join(f"--{name}: {value}" for name, value in values.items())
    return f"{selector} {{ {inside} }}\n"
