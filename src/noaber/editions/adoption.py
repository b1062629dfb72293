"""Adopted editions as values, and when an edition may be adopted: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from noaber.access.rules import Withholding
from noaber.awards.rules import Tranche
from noaber.core.finding import Finding, Refused
from noaber.core.notation import count, day
from noaber.record.rules import Moment


@dataclass(frozen=True)
class KeptFile:
    """An adopted edition in one form: its media type, its size in bytes and its hash."""

    form: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class AdoptedEdition:
    """An implementation programme as adopted on a day; its bytes never change.

    `number` counts the editions of the tranche; `moment` is what its figures are of. `replaced`
    says that a later edition took its place, `changed` that the register was corrected since.
    """

    tranche: str
    number: int
    adopted_on: date
    decision: str
    source: str
    moment: Moment
    revision: int
    files: tuple[KeptFile, ...]
    replaced: bool = False
    changed: bool = False

    def file(self, form: str) -> KeptFile | None:
        """The edition in a form, if it was adopted in it."""
        return next((file for file in self.files if file.form == form), None)


@dataclass(frozen=True)
class Adoption:
    """What is to be adopted: the day, the revision it is known at, and the edition it replaces."""

    adopted_on: date
    known_on: int
    source: str = ""
    replaces: int | None = None


def check_adoption(
    wanted: Adoption,
    tranche: Tranche,
    *,
    editions: int,
    latest: int,
    today: date,
    sources: Sequence[str],
) -> None:
    """Whether a programme may be adopted; `editions` is how many of it were adopted before.

    :raises Refused: with all that is wrong.
    """
    found = [*_dates(wanted, tranche, today), *_number(wanted, tranche.number, editions)]
    if wanted.known_on > latest:
        found.append(
            Finding(
                "U-03",
                f"Revisie {count(wanted.known_on)} bestaat nog niet. De laatste is {count(latest)}.",
            )
        )
    if wanted.source and wanted.source not in sources:
        found.append(
            Finding(
                "U-04",
                f"De bron {wanted.source} is er niet.",
                remedy="Gebruik een code van het blad bronnen, of laat de bron weg.",
            )
        )
    if found:
        raise Refused(found)


def changed_since(moment: Moment, recorded: Sequence[tuple[date, int]]) -> bool:
    """Whether what held on the day of the moment was recorded anew after its revision.

    `recorded` gives, per start of facts, the last revision that recorded one.
    """
    return any(start <= moment.as_of and revision > moment.revision for start, revision in recorded)


def _dates(wanted: Adoption, tranche: Tranche, today: date) -> list[Finding]:
    found = []
    if wanted.adopted_on > today:
        found.append(
            Finding(
                "U-01",
                f"{day(wanted.adopted_on)} ligt in de toekomst.",
                remedy="Geef de dag waarop het programma is vastgesteld.",
            )
        )
    if wanted.adopted_on < tranche.decided.first_day:
        found.append(
            Finding(
                "U-02",
                f"{day(wanted.adopted_on)} ligt voor tranche {tranche.number}.",
                remedy="Een programma wordt niet vastgesteld voor de tranche waarover het gaat.",
            )
        )
    return found


def _number(wanted: Adoption, tranche: str, editions: int) -> list[Finding]:
    if wanted.replaces is None and editions:
        return [
            Finding(
                "U-05",
                f"Programma {tranche} is al vastgesteld: uitgave {editions}.",
                remedy=(
                    f"Is het gewijzigd vastgesteld, zeg dan dat dit uitgave {editions} vervangt: "
                    f"--replaces {editions}."
                ),
            )
        ]
    if wanted.replaces is not None and wanted.replaces != editions:
        last = f"De laatste is uitgave {editions}." if editions else "Er is nog geen uitgave."
        return [
            Finding(
                "U-06",
                f"Uitgave {wanted.replaces} van programma {tranche} is de laatste niet. {last}",
            )
        ]
    return []


def is_withdrawn(edition: AdoptedEdition, withheld: Iterable[Withholding]) -> bool:
    """Whether an edition may hold what was withheld since: its bytes cannot leave it out.

    It is then made from the register instead, without what is withheld. What was withheld before
    the edition was adopted is not in it.
    """
    return any(item.revision > edition.revision for item in withheld)
