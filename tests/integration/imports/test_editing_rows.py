"""Many rows at once: one revision or nothing, each finding at its cell, nobody overruled."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connections

from noaber.access.rules import PUBLIC, Actor, NotPermitted
from noaber.core.finding import Field, Refused
from noaber.imports.editing import Item, Row, sheet_of
from noaber.imports.editing_rows import (
    RowsChangedMeanwhile,
    items_at,
    preview_rows,
    save_rows,
    settled,
)
from noaber.monitor import queries
from noaber.record.queries import check_chain, event, latest
from noaber.record.rules import AlreadyRecorded, Moment
from tests.databases import RealDatabase

DEAL = "zuid-en-oost-drenthe"
ANNA, BAS = Actor("anna"), Actor("bas")
AT = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
INSTALMENTS = sheet_of("termijnen")
assert INSTALMENTS


def known() -> dict[str, Item]:
    assert INSTALMENTS
    return {item.code: item for item in items_at(DEAL, INSTALMENTS, latest(), PUBLIC)}


def changed(code: str, **texts: str) -> Row:
    item = known()[code]
    return Row(item.key, {**item.texts, **texts}, f"{code}:")


def new(name: str, **texts: str) -> Row:
    return Row(None, {"bijdrage": "rijk", "bron": "convenant", **texts}, f"{name}:")


def anybody(_item: Item) -> None:
    """Everything is permitted."""


def save(*rows: Row, base: int = 0, form: str | None = None, by: Actor = ANNA) -> int:
    assert INSTALMENTS
    return save_rows(
        INSTALMENTS,
        rows,
        deal=DEAL,
        base=base or latest(),
        permitted=anybody,
        form=form,
        by=by,
        at=AT,
    )


def test_changed_and_new_rows_are_one_revision(reference_register: RealDatabase) -> None:
    assert reference_register.vendor
    before = latest()
    rows = (
        changed("rijk~1", bedrag="€ 9.100.000,-"),
        changed("rijk~2"),
        new("+1", nummer="3", periode="2022", bedrag="100.000"),
    )
    assert INSTALMENTS
    shown = preview_rows(INSTALMENTS, rows, deal=DEAL, base=before, permitted=anybody)
    assert [(c.name, c.new) for c in shown] == [("rijk~1:", False), ("+1:", True)]
    assert shown[0].changed == (("bedrag", "9200000", "9100000"),)
    assert latest() == before
    number = save(*rows)
    assert number == latest() == before + 1
    made = event(number)
    assert made is not None
    assert (made.author, made.action) == ("anna", "edit_instalment")
    now = known()
    assert now["rijk~1"].texts["bedrag"] == "9100000"
    assert now["rijk~3"].texts["periode"] == "2022"
    assert now["rijk~2"].base < number
    assert check_chain() == ()


def test_money_of_a_grid_moves_in_the_ledger(reference_register: RealDatabase) -> None:
    assert reference_register.vendor
    sheet = sheet_of("verdeling")
    assert sheet
    wanted = {"werken": "19.300.000", "wonen": "14.300.000"}
    rows = [
        Row(item.key, {**item.texts, "bedrag": wanted[item.texts["pijler"]]}, f"{item.code}:")
        for item in items_at(DEAL, sheet, latest(), PUBLIC)
        if item.texts["pijler"] in wanted
    ]
    number = save_rows(sheet, rows, deal=DEAL, base=latest(), permitted=anybody, by=ANNA, at=AT)
    seen = queries.view(DEAL, Moment(AT.date(), number), PUBLIC)
    assert seen is not None
    assert {19_300_000_00, 14_300_000_00} <= {p.allocated.value for p in seen.overview.pillars}


def test_everything_wrong_is_said_at_its_cell_and_nothing_is_recorded(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    before = latest()
    with pytest.raises(Refused) as refused:
        save(
            changed("rijk~1", bedrag="12.5", periode="31-02-2020"),
            new("+1", nummer="drie", bedrag="100"),
            new("+2", nummer="4", bijdrage="bestaat-niet"),
            new("+3", nummer="5", bedrag="1"),
        )
    assert {f.where for f in refused.value.findings} == {
        Field("rijk~1:bedrag"),
        Field("rijk~1:periode"),
        Field("+1:nummer"),
        Field("+2:bijdrage"),
    }
    assert latest() == before


def test_two_new_rows_of_the_same_and_one_that_is_there_are_refused(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    before = latest()
    for rows in (
        (new("+1", nummer="3"), new("+2", nummer="3")),
        (new("+1", nummer="2"),),
    ):
        with pytest.raises(Refused) as refused:
            save(*rows)
        assert any(f"{f.where}".startswith("veld +") for f in refused.value.findings)
    assert latest() == before


def test_saying_nothing_new_records_nothing(reference_register: RealDatabase) -> None:
    assert reference_register.vendor
    before = latest()
    assert save(changed("rijk~1"), changed("rijk~2", periode=" ")) == 0
    assert save() == 0
    assert latest() == before


def test_the_second_sees_what_the_first_changed_in_the_same_row(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    base = latest()
    mine = changed("rijk~1", bedrag="9.000.000")
    first = save(changed("rijk~1", toelichting="Van Anna"))
    with pytest.raises(RowsChangedMeanwhile) as overruled:
        save(mine, base=base, by=BAS)
    seen = overruled.value.found["rijk~1:"]
    assert (seen.author, seen.theirs.base) == ("anna", first)
    assert (seen.before["toelichting"], seen.theirs.texts["toelichting"]) == (
        "Eerste termijn.",
        "Van Anna",
    )
    assert latest() == first


def test_what_another_did_to_a_row_i_did_not_touch_stays(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    base = latest()
    untouched, mine = changed("rijk~1"), changed("rijk~2", periode="2021")
    save(changed("rijk~1", bedrag="9.000.000"))
    save(untouched, mine, base=base, by=BAS)
    now = known()
    assert now["rijk~1"].texts["bedrag"] == "9000000"
    assert now["rijk~2"].texts["periode"] == "2021"


def test_the_same_form_sent_twice_is_recorded_once(reference_register: RealDatabase) -> None:
    assert reference_register.vendor
    base = latest()
    row = new("+1", nummer="3", bedrag="1")
    number = save(row, base=base, form="grid:anna:1")
    with pytest.raises(AlreadyRecorded) as already:
        save(row, base=base, form="grid:anna:1")
    assert already.value.number == number == latest()


def test_one_row_that_is_not_for_me_stops_them_all(reference_register: RealDatabase) -> None:
    assert reference_register.vendor
    before = latest()

    def only_the_first(item: Item) -> None:
        if item.code != "rijk~1":
            raise NotPermitted("money.edit")

    rows = [changed("rijk~1", bedrag="1"), changed("rijk~2", bedrag="2")]
    assert INSTALMENTS
    asked = {"deal": DEAL, "base": before, "permitted": only_the_first}
    with pytest.raises(NotPermitted):
        preview_rows(INSTALMENTS, rows, **asked)  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        save_rows(INSTALMENTS, rows, by=ANNA, at=AT, **asked)  # type: ignore[arg-type]
    assert latest() == before


def test_of_two_at_once_on_the_same_rows_one_is_recorded(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    base = latest()
    rows = {by: changed("rijk~1", bedrag=text) for by, text in ((ANNA, "1"), (BAS, "2"))}
    ready = Barrier(2)
    outcomes: list[object] = []

    def record(by: Actor) -> None:
        ready.wait(20)
        try:
            outcomes.append(save(rows[by], base=base, by=by))
        except RowsChangedMeanwhile as changed_meanwhile:
            outcomes.append(changed_meanwhile)
        finally:
            connections.close_all()

    threads = [Thread(target=record, args=(by,)) for by in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(type(each).__name__ for each in outcomes) == ["RowsChangedMeanwhile", "int"]
    assert latest() == base + 1


def test_a_text_is_settled_as_the_register_writes_it_and_else_stays() -> None:
    assert INSTALMENTS
    amount = INSTALMENTS.column("bedrag")
    assert amount
    assert settled(amount, " € 9.200.000,- ") == "9200000"
    assert settled(amount, " 12.5 ") == "12.5"
    assert settled(amount, "") == ""
