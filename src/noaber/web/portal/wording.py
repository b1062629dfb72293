"""Sentences and headings that say what the figures say: pure."""

from collections.abc import Sequence

from noaber.core.dates import DateError, parse_date
from noaber.core.notation import (
    MISSING,
    count,
    listed,
    million,
    number_word,
    partial,
    percent,
)
from noaber.deals.rules import Deal
from noaber.monitor.rules import Comparison, MunicipalityView, Overview, PillarView, TrancheView

NEARLY_FULL = 85
"""From this percentage of its allocation on a pillar is called nearly full."""
MUCH_ROOM = 50
"""Below this percentage there is much room."""


def capital(text: str) -> str:
    """With a capital, and the rest as it is; "één" becomes "Eén"."""
    if text.startswith("éé"):
        return f"E{text[1:]}"
    return text[:1].upper() + text[1:]


def things(number: int, one: str, many: str) -> str:
    """A number of things in words: "zes gemeenten", "één gemeente"."""
    return f"{number_word(number)} {one if number == 1 else many}"


def readable(text: str) -> str:
    """A stored text as people read it: dates and periods written out, no text as missing."""
    try:
        return " tot en met ".join(partial(parse_date(part)) for part in text.split("/")) or MISSING
    except DateError:
        return {"new": "nieuw", "follow_up": "vervolg"}.get(text, text) or MISSING


def period(deal: Deal) -> str:
    """From year to year."""
    if deal.starts.year == deal.ends.year:
        return str(deal.starts.year)
    return f"{deal.starts.year} tot en met {deal.ends.year}"


def who(overview: Overview, municipalities: Sequence[MunicipalityView]) -> str:
    """The parties in a few words: "zes gemeenten, provincie Drenthe en het Rijk"."""
    ours = {m.organisation.code for m in municipalities}
    groups = [things(len(ours), "gemeente", "gemeenten")] if ours else []
    others = [p for p in overview.parties if p.side == "region" and p.organisation not in ours]
    names = list(dict.fromkeys(p.name for p in others))
    if len(names) > 2:
        groups.append(things(len(names), "partner in de regio", "partners in de regio"))
    else:
        groups += names
    if any(p.side == "state" for p in overview.parties):
        groups.append("het Rijk")
    return listed(groups)


def region_heading(overview: Overview, municipalities: Sequence[MunicipalityView]) -> str:
    """What the deal is, as a heading."""
    together = who(overview, municipalities)
    if not together:
        return overview.deal.name
    return f"{capital(together)}: samen voor {overview.deal.region}"


def pillar_names(overview: Overview) -> str:
    """The pillars by name, or how many there are when a sentence cannot hold them."""
    names = [view.pillar.name for view in overview.pillars]
    if len(names) > 5:
        return things(len(names), overview.deal.pillar_term, overview.deal.pillar_terms)
    return listed(names)


def share_of(view: PillarView) -> str:
    """Percentage of its allocation that a pillar has awarded."""
    return percent(view.awarded.value or 0, view.allocated.value or 0)


def room_heading(pillars: Sequence[PillarView], awarded: str = "Wat is toegekend") -> str:
    """Which pillars are nearly full and where there is much room."""
    over, full, free = [], [], []
    for view in pillars:
        allocated, given = view.allocated.value or 0, view.awarded.value or 0
        if not allocated:
            continue
        if given > allocated:
            over.append(view.pillar.name)
        elif given * 100 >= allocated * NEARLY_FULL:
            full.append(view.pillar.name)
        elif given * 100 < allocated * MUCH_ROOM:
            free.append(view.pillar.name)
    said = []
    if over:
        said.append(f"{_few(over)} {_verb(over)} boven het richtbedrag")
    if full:
        said.append(f"{_few(full)} {_verb(full)} bijna vol")
    if free:
        said.append(f"bij {_few(free)} is nog veel ruimte")
    return capital(listed(said)) if said else f"{awarded} en nog vrij"


def _few(names: Sequence[str]) -> str:
    return listed(names) if len(names) <= 3 else f"{number_word(len(names))} onderdelen"


def _verb(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "zijn"


def tranche_line(view: TrancheView) -> str:
    """How many new projects and follow-ups a tranche has."""
    new, again = view.new.value or 0, view.follow_up.value or 0
    said = []
    if new:
        said.append(things(new, "nieuw project", "nieuwe projecten"))
    if again:
        said.append(things(again, "vervolg", "vervolgen"))
    return capital(listed(said)) + "." if said else "Nog geen toekenningen."


def money_heading(overview: Overview) -> str:
    """How much of the promised money is awarded."""
    whole, given = overview.promised.value or overview.allocated.value or 0, overview.awarded.value
    if not whole:
        return "Waar het geld naartoe gaat"
    if not given:
        return f"{million(whole)} om te verdelen"
    return f"Van {million(whole)} is {million(given)} toegekend"


def comparison_heading(comparisons: Sequence[Comparison]) -> str:
    """How many stated figures agree."""
    different = sum(not c.agrees for c in comparisons)
    if not comparisons:
        return "Nog niets om te vergelijken"
    if not different:
        return f"Alle {count(len(comparisons))} cijfers uit de bronnen kloppen met het register"
    return f"{capital(number_word(different))} van de {count(len(comparisons))} keer zegt een bron iets anders"
