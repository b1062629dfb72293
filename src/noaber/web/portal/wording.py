"""Sentences and headings that say what the figures say, in the language of the page: pure."""

from collections.abc import Sequence

from noaber.deals.rules import Deal
from noaber.monitor.rules import Comparison, MunicipalityView, Overview, PillarView, TrancheView
from noaber.web.language import dutch, known, later, text
from noaber.web.notation import capital, count, listed, million, number_word, percent, sentence

NEARLY_FULL = 85
"""From this percentage of its allocation on a pillar is called nearly full."""
MUCH_ROOM = 50
"""Below this percentage there is much room."""
ROOM = later("Wat is toegekend en nog vrij")


def things(number: int, one: str, many: str) -> str:
    """A number of things in words: "zes gemeenten", "één gemeente"."""
    return f"{number_word(number)} {text(one if number == 1 else many)}"


def counted(number: int, one: str, many: str) -> str:
    """A number of things in digits: "6 gemeenten", "1 gemeente"."""
    return f"{count(number)} {text(one if number == 1 else many)}"


def period(deal: Deal) -> str:
    """From year to year."""
    if deal.starts.year == deal.ends.year:
        return str(deal.starts.year)
    return text("{first} tot en met {last}", first=deal.starts.year, last=deal.ends.year)


def who(overview: Overview, municipalities: Sequence[MunicipalityView]) -> str:
    """The parties in a few words: "zes gemeenten, provincie Drenthe en het Rijk"."""
    ours = {m.organisation.code for m in municipalities}
    groups = [things(len(ours), "gemeente", "gemeenten")] if ours else []
    others = [p for p in overview.parties if p.side == "region" and p.organisation not in ours]
    names = list(dict.fromkeys(p.name for p in others))
    if len(names) > 2:
        groups.append(things(len(names), "partner in de regio", "partners in de regio"))
    else:
        groups += [dutch(name) for name in names]
    if any(p.side == "state" for p in overview.parties):
        groups.append(text("het Rijk"))
    return listed(groups)


def region_heading(overview: Overview, municipalities: Sequence[MunicipalityView]) -> str:
    """What the deal is, as a heading."""
    together = who(overview, municipalities)
    if not together:
        return dutch(overview.deal.name)
    region = dutch(overview.deal.region)
    return text("{who}: samen voor {region}", who=capital(together), region=region)


def pillar_names(overview: Overview) -> str:
    """The pillars by name, or how many there are when a sentence cannot hold them."""
    names = [dutch(view.pillar.name) for view in overview.pillars]
    if len(names) > 5:
        return listed([_terms(overview.deal, len(names))])
    return listed(names)


def _terms(deal: Deal, number: int) -> str:
    term = known(deal.pillar_term if number == 1 else deal.pillar_terms)
    return text("{number} {things}", number=number_word(number), things=term)


def share_of(view: PillarView) -> str:
    """Percentage of its allocation that a pillar has awarded."""
    return percent(view.awarded.value or 0, view.allocated.value or 0)


def room_heading(deal: Deal, pillars: Sequence[PillarView]) -> str:
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
        verb = later("{names} is boven het richtbedrag") if len(over) == 1 else _OVER
        said.append(text(verb, names=_few(deal, over)))
    if full:
        verb = later("{names} is bijna vol") if len(full) == 1 else _FULL
        said.append(text(verb, names=_few(deal, full)))
    if free:
        said.append(text("bij {names} is nog veel ruimte", names=_few(deal, free)))
    return capital(listed(said)) if said else text(ROOM)


_OVER = later("{names} zijn boven het richtbedrag")
_FULL = later("{names} zijn bijna vol")


def _few(deal: Deal, names: Sequence[str]) -> str:
    if len(names) > 3:
        return _terms(deal, len(names))
    return listed([dutch(name) for name in names])


def tranche_line(view: TrancheView) -> str:
    """How many new projects and follow-ups a tranche has."""
    new, again = view.new.value or 0, view.follow_up.value or 0
    said = []
    if new:
        said.append(things(new, "nieuw project", "nieuwe projecten"))
    if again:
        said.append(things(again, "vervolg", "vervolgen"))
    return sentence(listed(said)) if said else text("Nog geen toekenningen.")


def money_heading(overview: Overview) -> str:
    """How much of the promised money is awarded."""
    whole, given = overview.promised.value or overview.allocated.value or 0, overview.awarded.value
    if not whole:
        return text("Waar het geld naartoe gaat")
    if not given:
        return text("{whole} om te verdelen", whole=million(whole))
    return text("Van {whole} is {given} toegekend", whole=million(whole), given=million(given))


def comparison_heading(comparisons: Sequence[Comparison]) -> str:
    """How many stated figures agree."""
    different = sum(not c.agrees for c in comparisons)
    if not comparisons:
        return text("Nog niets om te vergelijken")
    whole = count(len(comparisons))
    if not different:
        return text("Alle {whole} cijfers uit de bronnen kloppen met het register", whole=whole)
    said = capital(number_word(different))
    return text("{said} van de {whole} keer zegt een bron iets anders", said=said, whole=whole)
