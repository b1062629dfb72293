"""What changed between two moments: the period that is asked for, and its page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from noaber.deals.rules import Pillar
from noaber.monitor import changing
from noaber.monitor.changing import Change, Changes, Effect, Kind
from noaber.monitor.rules import Overview
from noaber.monitor.views import DealView
from noaber.record.rules import Moment
from noaber.web.language import later, text
from noaber.web.notation import capital, count
from noaber.web.portal import moments, wording
from noaber.web.portal.links import Links
from noaber.web.portal.moments import MomentError, Reading
from noaber.web.portal.page import moment_words

FROM, TO = "van", "tot"
KNOWN_FROM, KNOWN_TO = "bekend-van", "bekend-tot"

_TITLES = {
    Kind.TRANCHE: later("Tranches"),
    Kind.PROJECT: later("Projecten"),
    Kind.AWARD: later("Toekenningen"),
    Kind.RESERVATION: later("Reserveringen"),
    Kind.ALLOCATION: later("Verdeling van het geld"),
    Kind.CONTRIBUTION: later("Bijdragen"),
    Kind.NAME: later("Namen en partijen"),
}
_IN_WORDS = frozenset({Kind.TRANCHE, Kind.PROJECT, Kind.NAME})


@dataclass(frozen=True)
class Period:
    """Two moments; `before` is None as long as nobody chose the first."""

    before: Reading | None
    after: Reading

    @property
    def fixed(self) -> bool:
        """Whether the same address gives the same changes for ever."""
        before = self.before
        return self.after.fixed and (before is None or before.fixed or not before.known_on)

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The moments that the address names."""
        found = (self.before, self.after)
        return tuple(reading.moment for reading in found if reading is not None)


@dataclass(frozen=True)
class ChangeRow:
    """A change with its pillar and what became of the thing in a word."""

    change: Change
    pillar: Pillar | None
    state: str


@dataclass(frozen=True)
class Group:
    """The changes about one kind of thing; `words` when they are not amounts."""

    code: str
    title: str
    words: bool
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class EffectRow:
    """What the changes come to for a pillar; of the deal as a whole there is no pillar."""

    pillar: Pillar | None
    effect: Effect


@dataclass(frozen=True)
class ChangesPage:
    """What changed between two moments."""

    overview: Overview
    heading: str
    before: str
    after: str
    before_links: Links
    fields: Mapping[str, str]
    effects: tuple[EffectRow, ...]
    total: Effect
    groups: tuple[Group, ...]


def read(asked: Mapping[str, str], today: date) -> Period:
    """Read the period from the parameters of an address; the last moment is now by default.

    :raises MomentError: when a date or revision cannot be read, or the days stand the wrong way.
    """
    last = {
        moments.AS_OF: asked.get(TO) or asked.get(moments.AS_OF, ""),
        moments.KNOWN_ON: asked.get(KNOWN_TO) or asked.get(moments.KNOWN_ON, ""),
    }
    after = _named(last, today, TO, KNOWN_TO)
    first, known = asked.get(FROM, ""), asked.get(KNOWN_FROM, "")
    if not first.strip() and not known.strip():
        return Period(None, after)
    if known.strip():
        chosen = {moments.AS_OF: first, moments.KNOWN_ON: known}
        before = _named(chosen, after.moment.as_of, FROM, KNOWN_FROM)
    else:
        day = _day(first)
        before = _at(Moment(day, after.moment.revision), first)
    if before.moment.as_of > after.moment.as_of:
        raise MomentError(FROM, text("De eerste dag ligt na de tweede. Draai ze om."))
    return Period(before, after)


def default_before(seen: DealView, after: Reading) -> Reading:
    """The day before the latest decisions, so that what they changed shows; else the deal's begin."""
    tranches = seen.overview.tranches
    decided = tranches[-1].tranche.effective_on if tranches else None
    day = decided - timedelta(days=1) if decided else seen.overview.deal.starts.counts_from
    return _at(Moment(min(day, after.moment.as_of), after.moment.revision), "")


def present(
    before: DealView | None, after: DealView, period: tuple[Reading, Reading]
) -> ChangesPage:
    """The page from a deal at two moments; `before` is None when it was not there yet."""
    first, last = period
    found = changing.changes(before.snapshot if before else None, after.snapshot)
    pillars = {p.code: p for p in after.snapshot.pillars}
    return ChangesPage(
        overview=after.overview,
        heading=_heading(found),
        before=_moment(first, before),
        after=_moment(last, after),
        before_links=Links(after.overview.deal.code, first.query),
        fields={
            "van": first.as_of or first.moment.as_of.isoformat(),
            "bekend_van": first.known_on,
            "tot": last.as_of,
            "bekend_tot": last.known_on,
        },
        effects=tuple(EffectRow(pillars[e.pillar], e) for e in found.effects),
        total=found.total,
        groups=_groups(found, pillars),
    )


def _named(asked: Mapping[str, str], today: date, day: str, known: str) -> Reading:
    """Read a moment whose fields have other names on this page."""
    try:
        return moments.read(asked, today)
    except MomentError as wrong:
        names = {moments.AS_OF: day, moments.KNOWN_ON: known}
        raise MomentError(names[wrong.name], str(wrong)) from wrong


def _day(text: str) -> date:
    try:
        return moments.day_of(text)
    except MomentError as wrong:
        raise MomentError(FROM, str(wrong)) from wrong


def _at(moment: Moment, typed: str) -> Reading:
    query = f"{moments.AS_OF}={moment.as_of.isoformat()}&{moments.KNOWN_ON}={moment.revision}"
    return replace(Reading(moment), query=query, as_of=typed)


def _moment(reading: Reading, seen: DealView | None) -> str:
    if seen is None:
        return text("Toen was de deal er nog niet")
    return moment_words(reading.moment, seen.overview.recorded_at)


def _heading(found: Changes) -> str:
    number = len(found.changes)
    if not number:
        return text("Er is niets veranderd")
    return capital(wording.things(number, "ding is veranderd", "dingen zijn veranderd"))


def _groups(found: Changes, pillars: Mapping[str, Pillar]) -> tuple[Group, ...]:
    groups = []
    for kind, title in _TITLES.items():
        rows = tuple(ChangeRow(c, pillars.get(c.pillar), _state(c)) for c in found.of(kind))
        if rows:
            name = f"{text(title)} ({count(len(rows))})"
            groups.append(Group(kind.value, name, kind in _IN_WORDS, rows))
    return tuple(groups)


def _state(change: Change) -> str:
    if change.added:
        return text("toegevoegd")
    return text("vervallen") if change.gone else text("gewijzigd")
