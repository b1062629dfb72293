"""Organisations as values."""

from dataclasses import dataclass, field

from noaber.record.rules import Evidence

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
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Outline:
    """Outline of an area as rings of (longitude, latitude) in degrees, WGS 84."""

    organisation: str
    rings: tuple[Ring, ...]
    evidence: Evidence = field(default=Evidence(), compare=False)
