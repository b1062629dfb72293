"""What is reached of intended results: pure. Without a figure nothing is said, never nought."""

from collections.abc import Iterator

from noaber.core.address import Address
from noaber.core.notation import count
from noaber.deals.rules import IntendedResult
from noaber.indicators.rules import Measurement, counting, sign_together
from noaber.monitor.rules import Part, Standing, UnknownFigure
from noaber.monitor.snapshot import Snapshot

REACHED = "reached"
SIGN_WORDS = {
    "exactly": "",
    "at_least": "minstens ",
    "more_than": "meer dan ",
    "a_little_over": "ruim ",
}


def target(result: IntendedResult) -> int | None:
    """What has to be there: the target of a count, one of a delivery; None for a direction, and
    when the target is still to be determined.
    """
    return 1 if result.kind == "delivery" else result.target


def counted(snapshot: Snapshot, result: IntendedResult) -> tuple[Measurement, ...]:
    """The measurements that make up what is reached of a result."""
    if result.kind == "direction":
        # A figure of one moment does not tell which way it goes.
        return ()
    return counting(snapshot.measurements_of.get(result.code, ()))


def value(snapshot: Snapshot, address: Address) -> int | None:
    """What is reached of the result in the address; None when no source has a figure.

    :raises UnknownFigure: when it names no result, or one the deal does not have.
    """
    return _value(counted(snapshot, _result(snapshot, address)))


def standing(snapshot: Snapshot, result: IntendedResult) -> Standing:
    """How a result stands at the moment, by what sources report of it."""
    wanted = target(result)
    if wanted is None:
        return Standing.OPEN
    found = _value(counted(snapshot, result))
    if found is None:
        return Standing.UNKNOWN
    return Standing.REACHED if found >= wanted else Standing.SHORT


def sign(snapshot: Snapshot, result: IntendedResult) -> str:
    """How sources put what is reached: "exactly", "at_least", "more_than" or "a_little_over"."""
    return sign_together(counted(snapshot, result))


def parts(snapshot: Snapshot, address: Address) -> tuple[Part, ...]:
    """The measurements that add up to what is reached of the result in the address."""
    return tuple(
        Part(
            label=m.what,
            value=int(m.value or 0),
            on=m.as_of,
            source=snapshot.cite(m.evidence.source),
            locator=m.evidence.locator,
            origin=m.evidence.origin,
            note=f"gemeld als {SIGN_WORDS[m.sign]}{count(int(m.value or 0))}"
            if SIGN_WORDS[m.sign]
            else "",
            revision=m.evidence.revision,
            project=m.project,
        )
        for m in counted(snapshot, _result(snapshot, address))
    )


def results_that_are(
    snapshot: Snapshot, address: Address, wanted: frozenset[Standing]
) -> Iterator[Part]:
    """The results that stand so, one part each, with the address of what is reached of it."""
    for result in snapshot.results:
        if address.get("pillar") in (None, result.pillar) and (
            standing(snapshot, result) in wanted
        ):
            yield Part(
                label=result.text,
                value=1,
                on=result.due,
                source=snapshot.cite(result.evidence.source),
                locator=result.evidence.locator,
                origin=result.evidence.origin,
                note=_in_words(snapshot, result),
                revision=result.evidence.revision,
                address=Address(address.deal, REACHED, (("result", result.code),)),
            )


def _in_words(snapshot: Snapshot, result: IntendedResult) -> str:
    wanted, found = target(result), _value(counted(snapshot, result))
    if wanted is None or found is None:
        return ""
    if result.kind == "delivery":
        return "opgeleverd" if found >= wanted else "nog niet opgeleverd"
    said = f"{SIGN_WORDS[sign(snapshot, result)]}{count(found)}"
    return f"{said} van {count(wanted)} {result.unit}".strip()


def _value(found: tuple[Measurement, ...]) -> int | None:
    return sum(int(m.value or 0) for m in found) if found else None


def _result(snapshot: Snapshot, address: Address) -> IntendedResult:
    code = address.get("result")
    if code is None:
        raise UnknownFigure(f"Het cijfer {address.figure} vraagt om het filter result.")
    for result in snapshot.results:
        if result.code == code:
            return result
    raise UnknownFigure(f"Er is geen beoogd resultaat {code}.")
