"""Who acts and who asks."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """A person or process that acts: a stable `code`, and a `name` that can be erased."""

    code: str
    name: str = ""


@dataclass(frozen=True)
class Audience:
    """Who asks, as the reader labels a fact may carry; what carries another label is not read."""

    labels: frozenset[str] = field(default_factory=lambda: frozenset({"public"}))


PUBLIC = Audience()
OFFICE = Audience(frozenset({"public", "office"}))
