"""Who signed the deal."""

from dataclasses import dataclass

from noaber.deals.rules import Party
from noaber.monitor.rules import Figure, MunicipalityView, Overview
from noaber.monitor.views import DealView
from noaber.web.language import later, text
from noaber.web.notation import capital
from noaber.web.portal import wording

SIDES = {"state": later("Het Rijk"), "region": later("De regio")}


@dataclass(frozen=True)
class Signatory:
    """A party: its municipality if it is one, and what it promises; None when nothing of its own.

    `office` is empty where the name of the party says it already.
    """

    party: Party
    office: str
    municipality: MunicipalityView | None
    treasurer: bool
    promised: Figure | None


@dataclass(frozen=True)
class Side:
    """The parties of a side of the deal."""

    code: str
    name: str
    number: Figure
    promised: Figure
    parties: tuple[Signatory, ...]


@dataclass(frozen=True)
class PartiesPage:
    """What the page of the parties shows."""

    overview: Overview
    heading: str
    sides: tuple[Side, ...]


def present(seen: DealView) -> PartiesPage:
    """The parties from a deal at a moment."""
    overview = seen.overview
    number = len(overview.parties)
    return PartiesPage(
        overview=overview,
        heading=capital(wording.things(number, "partij tekende", "partijen tekenden"))
        if number
        else text("Partijen"),
        sides=tuple(
            _side(seen, code, name)
            for code, name in SIDES.items()
            if any(p.side == code for p in overview.parties)
        ),
    )


def _side(seen: DealView, code: str, name: str) -> Side:
    municipalities = {m.organisation.code: m for m in seen.municipalities}
    promising = {s.party.code: s.promised for c in seen.contributions for s in c.shares}
    return Side(
        code,
        text(name),
        seen.figure("parties", side=code),
        seen.figure("promised", side=code),
        tuple(
            Signatory(
                party,
                "" if party.office.lower() in party.name.lower() else party.office,
                municipalities.get(party.organisation),
                party.organisation == seen.overview.deal.treasurer,
                promising.get(party.code),
            )
            for party in sorted(seen.overview.parties, key=lambda p: p.number)
            if party.side == code
        ),
    )
