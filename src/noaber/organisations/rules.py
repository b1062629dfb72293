"""Organisations as values."""

from dataclasses import dataclass

KINDS = (
    "ministry",
    "province",
    "municipality",
    "education",
    "company",
    "housing_association",
    "care",
    "welfare",
    "knowledge",
    "network",
    "foreign_government",
    "other",
)

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Organisation:
    """An organisation: official or own `code`, full and short name, kind, ISO country code."""

    code: str
    name: str
    short_name: str
    kind: str
    country: str = "NL"


@dataclass(frozen=True)
class Outline:
    """Outline of an area as rings of (longitude, latitude) in degrees, WGS 84."""

    organisation: str
    rings: tuple[Ring, ...]
