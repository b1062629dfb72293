"""The moment a page is asked for: `peildatum` and `bekend` in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.utils import timezone

from noaber.core.dates import DateError, parse_date
from noaber.monitor import queries
from noaber.record.rules import Moment
from noaber.web.language import english, text
from noaber.web.notation import count

AS_OF = "peildatum"
KNOWN_ON = "bekend"
_LONGEST_NUMBER = 9


class MomentError(ValueError):
    """A moment that cannot be read; the message is Dutch, `name` is the field it is about."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True)
class Reading:
    """The moment of a page and how it was asked for.

    `query` keeps it in links: empty when the page shows now as known now. `as_of` and
    `known_on` are what stands in the fields of a form. `fixed` says that the same address
    gives the same figures for ever. `head` names all that is known now, whatever is shown.
    """

    moment: Moment
    query: str = ""
    as_of: str = ""
    known_on: str = ""
    fixed: bool = False
    head: str = ""


def read(asked: Mapping[str, str], today: date) -> Reading:
    """Read the moment from the parameters of an address; `today` and the latest are the default.

    :raises MomentError: when a date or a revision is not written as it should be.
    """
    as_of = " ".join(asked.get(AS_OF, "").split())
    known_on = " ".join(asked.get(KNOWN_ON, "").split())
    day = _day(AS_OF, as_of) if as_of else today
    kept = {AS_OF: day.isoformat()} if as_of else {}
    moment, head = queries.now(day)
    if known_on.isdecimal():
        moment = Moment(day, _revision(known_on, moment.revision))
        kept[KNOWN_ON] = str(moment.revision)
    elif known_on:
        known_day = _day(KNOWN_ON, known_on)
        moment = queries.moment(day, end_of(known_day))
        kept[KNOWN_ON] = known_day.isoformat()
    fixed = bool(as_of) and known_on.isdecimal()
    return Reading(moment, urlencode(kept), as_of, known_on, fixed, head)


def day_of(typed: str) -> date:
    """A day as people write it; the last one of a month or a year.

    :raises MomentError: when it cannot be read.
    """
    return _day(AS_OF, " ".join(typed.split()))


def end_of(day: date) -> datetime:
    """The last instant of a day in the Netherlands."""
    return datetime.combine(day, time.max, tzinfo=timezone.get_current_timezone())


def _day(name: str, typed: str) -> date:
    try:
        return parse_date(typed).last_day
    except DateError as wrong:
        raise MomentError(name, _said(typed, wrong)) from wrong


def _said(typed: str, wrong: DateError) -> str:
    """What is wrong with a date; in English in general, because the reading of dates is Dutch."""
    if not english():
        return str(wrong)
    return text("“{typed}” is geen datum. Schrijf bijvoorbeeld 31-12-2021.", typed=typed[:40])


def _revision(typed: str, latest: int) -> int:
    if len(typed) > _LONGEST_NUMBER or int(typed) > latest:
        raise MomentError(
            KNOWN_ON,
            text(
                "Revisie {number} bestaat nog niet. De laatste is {latest}.",
                number=typed[:_LONGEST_NUMBER],
                latest=count(latest),
            ),
        )
    return int(typed)
