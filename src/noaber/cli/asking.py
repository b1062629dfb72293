"""Figures and where they come from."""

import json
from collections.abc import Iterator
from typing import Any

import click

from noaber.access.rules import OFFICE
from noaber.cli.options import chosen_deal, chosen_moment, json_option, moment_options
from noaber.core.address import Address, AddressError
from noaber.core.notation import MISSING, amount, count, partial


@click.command()
@moment_options
@json_option
def figures(deal: str | None, as_of: str | None, known_on: str | None, as_json: bool) -> None:
    """Toegekend per pijler en tranche, met verdeling, reserveringen en ruimte."""
    from noaber.monitor import queries

    code, moment = chosen_deal(deal), chosen_moment(as_of, known_on)
    seen = queries.view(code, moment, OFFICE)
    if seen is None:
        raise click.ClickException(f"Op deze dag, zoals toen bekend, is er geen deal {code}.")
    overview = seen.overview
    if as_json:
        click.echo(json.dumps(_json(overview, seen.spending), ensure_ascii=False))
        return
    numbers = [t.tranche.number for t in overview.tranches]
    rows = [["", "Verdeeld", "Toegekend", "Gereserveerd", "Ruimte", *(f"Tr. {n}" for n in numbers)]]
    for p in overview.pillars:
        cells = (p.allocated, p.awarded, p.reserved_open, p.room, *p.per_tranche)
        rows.append([p.pillar.name, *(amount(f.value or 0) for f in cells)])
    totals = (overview.allocated, overview.awarded, overview.reserved_open, overview.room)
    per_tranche = (t.awarded for t in overview.tranches)
    rows.append(["Overhead", amount(overview.overhead.value or 0)])
    rows.append(["Totaal", *(amount(f.value or 0) for f in (*totals, *per_tranche))])
    click.echo(f"{overview.deal.name}, stand op {moment.as_of}, revisie {moment.revision}, in euro")
    click.echo(_table(rows))
    if seen.spending:
        click.echo("")
        click.echo(_table(_spending_rows(seen.spending)))


def _spending_rows(spending: Any) -> list[list[str]]:
    """What became of the money, per pillar, of overhead and together, with the cash below."""
    names = ["Verplicht", "Betaald", "Vastgesteld", "Te betalen", "Te veel betaald", "Vrijgevallen"]
    rows = [["", *names]]
    for line in (*spending.lines, spending.total):
        name = line.pillar.name if line.pillar else "Overhead"
        rows.append([name, *(amount(f.value or 0) for f in line.figures)])
    rows[-1][0] = "Totaal"
    rows.append(["Ontvangen", amount(spending.received.value or 0)])
    rows.append(["Kas", amount(spending.cash.value or 0)])
    return rows


def _json(overview: Any, spending: Any) -> dict[str, Any]:
    return {
        "deal": overview.deal.code,
        "as_of": overview.moment.as_of.isoformat(),
        "revision": overview.moment.revision,
        "pillars": [
            {
                "code": p.pillar.code,
                "name": p.pillar.name,
                "allocated": p.allocated.value,
                "awarded": p.awarded.value,
                "reserved_open": p.reserved_open.value,
                "room": p.room.value,
                "tranches": {
                    t.tranche.number: f.value
                    for t, f in zip(overview.tranches, p.per_tranche, strict=True)
                },
            }
            for p in overview.pillars
        ],
        "total": {"allocated": overview.allocated.value, "awarded": overview.awarded.value},
        "figures": [
            {"address": str(f.address), "value": f.value, "unit": f.unit}
            for f in (*_all(overview), *_later(spending))
        ],
    }


def _all(overview: Any) -> Iterator[Any]:
    """Every figure of the table, for `explain` to take apart."""
    yield from (overview.promised, overview.allocated, overview.overhead, overview.awarded)
    yield from (overview.reserved_open, overview.room)
    yield from (t.awarded for t in overview.tranches)
    for p in overview.pillars:
        yield from (p.allocated, p.awarded, p.reserved_open, p.room, *p.per_tranche)


def _later(spending: Any) -> Iterator[Any]:
    """Every figure of what became of the money; none when there is nothing of it."""
    if spending:
        for line in (*spending.lines, spending.total):
            yield from line.figures
        yield from (spending.received, spending.cash, spending.overhead_budget)


def _table(rows: list[list[str]]) -> str:
    widths = [
        max((len(row[i]) for row in rows if i < len(row)), default=0)
        for i in range(max(map(len, rows)))
    ]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=False))
        ).rstrip()
        for row in rows
    )


@click.command()
@click.argument("address")
@moment_options
@json_option
def explain(
    address: str, deal: str | None, as_of: str | None, known_on: str | None, as_json: bool
) -> None:
    """Waar komt dit getal vandaan? De feiten achter één cijfer, met besluit en bron.

    ADDRESS is bijvoorbeeld "zuid-en-oost-drenthe/awarded?pillar=werken&tranche=6"; zonder deal
    ervoor is het de enige deal.
    """
    from noaber.monitor import queries
    from noaber.monitor.rules import UnknownFigure

    moment = chosen_moment(as_of, known_on)
    path = address.partition("?")[0]
    try:
        asked = Address.parse(address if "/" in path else f"{chosen_deal(deal)}/{address}")
        explanation = queries.explain(asked, moment, OFFICE)
    except (AddressError, UnknownFigure) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(_explained(explanation), ensure_ascii=False))
        return
    write = amount if explanation.figure.unit == "cents" else count
    value = explanation.figure.value
    click.echo(
        f"{explanation.title}: {explanation.text or (MISSING if value is None else write(value))}"
    )
    rows = [
        [
            part.label,
            write(part.value),
            partial(part.on) if part.on else "",
            part.decision,
            ", ".join(word for word in (part.source, part.locator) if word),
            part.origin,
            part.note,
        ]
        for part in explanation.parts
    ]
    if rows:
        click.echo(_table(rows))
    for c in explanation.stated:
        click.echo(
            f"Gesteld {c.stated} ({c.source}): {'gelijk' if c.agrees else 'verschilt'}. {c.note}"
        )


def _explained(explanation: Any) -> dict[str, Any]:
    figure = explanation.figure
    return {
        "address": str(figure.address),
        "as_of": explanation.moment.as_of.isoformat(),
        "revision": explanation.moment.revision,
        "title": explanation.title,
        "unit": figure.unit,
        "value": explanation.text if figure.unit == "text" else figure.value,
        "inferred": figure.inferred,
        "parts": [
            {
                "label": p.label,
                "value": p.value,
                "date": str(p.on) if p.on else None,
                "decision": p.decision,
                "source": p.source,
                "locator": p.locator,
                "origin": p.origin,
                "basis": p.basis,
                "note": p.note,
                "revision": p.revision,
                "project": p.project,
                "address": str(p.address) if p.address else None,
            }
            for p in explanation.parts
        ],
        "stated": [
            {
                "stated": c.stated,
                "computed": c.computed,
                "agrees": c.agrees,
                "difference": c.difference,
                "source": c.source,
                "locator": c.locator,
                "note": c.note,
            }
            for c in explanation.stated
        ],
    }


COMMANDS = (figures, explain)
