"""What a figure, a point of an agenda and an opinion are called on screen: pure."""

from noaber.core.address import Address
from noaber.monitor.snapshot import Snapshot

AGENDA = {
    "decision": "Ter besluitvorming",
    "advice": "Ter advisering",
    "information": "Ter informatie",
}
"""What a point of an agenda is there for."""

OPINIONS = {
    "positive": "positief",
    "conditional": "positief onder voorwaarden",
    "negative": "negatief",
}
"""What a board makes of a proposal."""

NAMES = {
    "awarded": "Toegekend",
    "allocated": "Verdeeld",
    "reserved": "Gereserveerd voor het hele project",
    "reserved_open": "Gereserveerd, nog niet toegekend",
    "room": "Nog te verdelen",
    "promised": "Toegezegd",
    "mandated": "Toegezegd en besloten",
    "standing": "Stand van de bijdrage",
    "received": "Ontvangen",
    "cash": "Kas",
    "released": "Vrijgevallen",
    "committed": "Verplicht",
    "payable": "Nog te betalen",
    "paid": "Betaald",
    "settled": "Vastgesteld",
    "claimed": "Te veel betaald, nog niet terug",
    "overhead_budget": "Begroot voor overheadkosten",
    "forecast": "Verwacht te betalen",
    "projects": "Projecten",
    "awards": "Toekenningen",
    "new": "Nieuwe projecten",
    "follow_up": "Vervolgen",
    "pilots": "Proeftuinen",
    "parties": "Partijen",
    "results": "Beoogde resultaten",
    "results_targeted": "Resultaten met een doel",
    "results_reached": "Resultaten bereikt",
    "results_unknown": "Resultaten met een doel en zonder cijfer",
    "reached": "Bereikt",
    "mark": "Nieuw of vervolg",
    "name": "Naam",
    "lead": "Penvoerder",
    "period": "Uitvoering",
    "goal_until": "Einddatum van het doel",
    "result_until": "Einddatum van het resultaat",
    "measurement": "Gemeten",
    "starts": "Begin van de deal",
    "ends": "Einde van de deal",
}
"""Name of every figure, as pages, documents and findings use it."""

_KINDS = {"commitment": "verplichting", "line": "begrotingsregel"}

SIDES = {"state": "het Rijk", "region": "de regio"}


def title(snapshot: Snapshot, address: Address) -> str:
    """The figure and what it is narrowed to: "Toegekend, Werken, tranche 6"."""
    words = [_word(snapshot, name, value) for name, value in _in_order(address)]
    return ", ".join([NAMES[address.figure], *words])


def _in_order(address: Address) -> list[tuple[str, str]]:
    order = ("pillar", "theme", "project", "lead", "municipality", "party", "side", "contribution")
    rank = {name: i for i, name in enumerate(order)}
    return sorted(address.filters, key=lambda pair: rank.get(pair[0], len(order)))


def _word(snapshot: Snapshot, name: str, value: str) -> str:
    if name == "tranche":
        return f"tranche {value}"
    if name in ("commitment", "line"):
        return f"{_KINDS[name]} {value}"
    if name == "side":
        return SIDES.get(value, value)
    names = {
        "pillar": {**{p.code: p.name for p in snapshot.pillars}, "overhead": "overheadkosten"},
        "theme": {t.code: t.name for t in snapshot.themes},
        "project": {p.code: f"{p.number} {p.name}" for p in snapshot.projects},
        "party": {p.code: p.name for p in snapshot.parties},
        "contribution": {c.code: c.name for c in snapshot.contributions},
        "goal": {g.code: g.text for g in snapshot.goals},
        "result": {r.code: r.text for r in snapshot.results},
        "code": {m.code: m.what for m in snapshot.measurements},
    }
    if name in ("lead", "municipality"):
        organisation = snapshot.organisations.get(value)
        return organisation.name if organisation else value
    return names.get(name, {}).get(value, value)
