"""The colours of a deal as a style sheet: light and dark, each readable on its grounds. Pure."""

from collections.abc import Iterable, Mapping

from noaber.deals.rules import Deal, Pillar
from noaber.documents.drawing.colours import (
    BLACK,
    HEATH,
    PAPER,
    STONE,
    legible,
    mix,
    tone_class,
    usable,
)

NIGHT = ("#17131a", "#221c26")
"""Grounds of the dark theme, as in theme.css."""


def style_sheet(deal: Deal, pillars: Iterable[Pillar]) -> str:
    """The colours of a deal and its pillars as CSS, light and dark.

    A deal without a usable colour still has pages; `noaber check` is where it is reported.
    """
    accent = usable(deal.accent, HEATH)
    tones = {tone_class(pillar.code): usable(pillar.colour, STONE) for pillar in pillars}
    light = [_rule(":root", _light_accent(accent))]
    dark = [_rule(":root", _dark_accent(accent))]
    for name, tone in tones.items():
        light.append(_rule(f".{name}", _light_tone(tone)))
        dark.append(_rule(f".{name}", _dark_tone(tone)))
    night = "".join(f"  {rule}" for rule in dark)
    return f"{''.join(light)}@media screen and (prefers-color-scheme: dark) {{\n{night}}}\n"


def _light_accent(accent: str) -> dict[str, str]:
    readable = legible(accent, *PAPER)
    return {
        "accent": readable,
        "accent-strong": mix(readable, 72, BLACK),
        "accent-tint": mix(readable, 8),
        "map-1": legible(mix(readable, 70)),
        "map-2": readable,
        "map-3": mix(readable, 64, BLACK),
        **_fields(readable),
    }


def _dark_accent(accent: str) -> dict[str, str]:
    readable = legible(accent, *NIGHT, ratio=6.5)
    return {
        "accent": readable,
        "accent-strong": mix(readable, 65),
        "accent-tint": mix(accent, 40, NIGHT[0]),
        "map-1": legible(mix(accent, 55, NIGHT[0])),
        "map-2": legible(mix(accent, 94)),
        "map-3": legible(mix(accent, 70)),
        **_fields(mix(accent, 75, BLACK)),
    }


def _fields(accent: str) -> dict[str, str]:
    return {
        "field-1": mix(accent, 58, BLACK),
        "field-2": mix(accent, 76, BLACK),
        "field-3": accent,
        "field-4": mix(accent, 80),
        "field-5": mix(accent, 52),
    }


def _light_tone(tone: str) -> dict[str, str]:
    readable = legible(tone, *PAPER)
    return {"tone": readable, "tint": mix(readable, 18)}


def _dark_tone(tone: str) -> dict[str, str]:
    readable = legible(tone, *NIGHT, ratio=5.5)
    return {"tone": readable, "tint": mix(readable, 32, NIGHT[0])}


def _rule(selector: str, values: Mapping[str, str]) -> str:
    inside = "; ".join(f"--{name}: {value}" for name, value in values.items())
    return f"{selector} {{ {inside} }}\n"
