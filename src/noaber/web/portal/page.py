"""What all pages of a deal share: frame, moment and tones."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from noaber.core.notation import count, day
from noaber.deals.rules import Deal, Pillar
from noaber.monitor.rules import Overview
from noaber.record.rules import Moment
from noaber.web import colours
from noaber.web.charts import Tone
from noaber.web.portal.moments import Reading

ACCENT = Tone("tone-accent", "#6b2c70", "#f0e8f0")
STONE = Tone("tone-stone", "#6a6458", "#e6e2da")


@dataclass(frozen=True)
class Frame:
    """Head and foot of a page: the deal, where we are, and the moment in words."""

    deal: Deal
    here: str
    as_of: str
    known_on: str
    revision: str
    chosen: bool


def frame(overview: Overview, reading: Reading, here: str) -> Frame:
    """The frame of a page; `here` is the entry in the menu it belongs to."""
    return Frame(
        overview.deal,
        here,
        day(reading.moment.as_of),
        known_words(overview.recorded_at),
        count(reading.moment.revision),
        bool(reading.query),
    )


def known_words(recorded_at: datetime | None) -> str:
    """The day something was recorded, in the Netherlands."""
    return day(timezone.localdate(recorded_at)) if recorded_at else "geen enkele dag"


def tone(pillar: Pillar) -> Tone:
    """How a pillar is drawn."""
    return Tone(
        colours.tone_class(pillar.code),
        colours.printed(pillar.colour),
        colours.tinted(pillar.colour),
    )


def moment_words(moment: Moment, recorded_at: datetime | None) -> str:
    """A moment as a person says it."""
    return f"Cijfers per {day(moment.as_of)}, zoals bekend op {known_words(recorded_at)}"
