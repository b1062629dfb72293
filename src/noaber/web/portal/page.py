"""What all pages of a deal share: frame, moment and tones."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from noaber.deals.rules import Deal, Pillar
from noaber.documents.drawing import colours
from noaber.documents.drawing.colours import Tone
from noaber.monitor.rules import Overview
from noaber.record.rules import Moment
from noaber.web.language import text
from noaber.web.notation import count, day
from noaber.web.portal.moments import Reading


@dataclass(frozen=True)
class Frame:
    """Head and foot of a page: the deal, where we are, and the moment in words."""

    deal: Deal
    here: str
    as_of: str
    known_on: str
    revision: str
    chosen: bool

    @property
    def as_of_strong(self) -> SafeString:
        """The day the figures are of, set off."""
        return format_html("<strong>{}</strong>", self.as_of)

    @property
    def known_on_strong(self) -> SafeString:
        """The day they were known, set off."""
        return format_html("<strong>{}</strong>", self.known_on)


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
    return day(timezone.localdate(recorded_at)) if recorded_at else text("geen enkele dag")


def tone(pillar: Pillar) -> Tone:
    """How a pillar is drawn."""
    return colours.tone(pillar.code, pillar.colour)


def moment_words(moment: Moment, recorded_at: datetime | None) -> str:
    """A moment as a person says it."""
    return text(
        "Cijfers per {as_of}, zoals bekend op {known_on}",
        as_of=day(moment.as_of),
        known_on=known_words(recorded_at),
    )
