"""A form of the office does what a sheet does: checked, everything or nothing, nobody overruled."""

from datetime import UTC, datetime

import pytest

from noaber.access.rules import OFFICE, PUBLIC, Actor, Target
from noaber.core.finding import Cell, Field, Refused
from noaber.imports import editing
from noaber.imports.editing import ChangedMeanwhile, Item, sheet_of
from noaber.monitor import queries
from noaber.record.queries import check_chain, event, latest
from noaber.record.rules import Moment
from tests.databases import RealDatabase

DEAL = "zuid-en-oost-drenthe"
ANNA, BAS = Actor("anna"), Actor("bas")
AT = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)


def item(sheet: str, code: str) -> Item:
    definition = sheet_of(sheet)
    assert definition
    return next(i for i in editing.items(DEAL, definition) if i.code == code)


def save(opened: Item, by: Actor = ANNA, **changes: str) -> int:
    return editing.save(
        opened.sheet,
        {**opened.texts, **changes},
        deal=DEAL,
        key=opened.key,
        base=opened.base,
        by=by,
        at=AT,
    )


def test_a_changed_text_is_recorded_with_the_office_as_its_origin(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    opened = item("teksten", "werken-1.1~description~")
    assert opened.target == Target(DEAL, "GM1681", "werken")
    number = save(opened, tekst="Een nieuwe tekst over Exloo.")
    assert number == latest()
    made = event(number)
    assert made is not None
    assert (made.author, made.action) == ("anna", "edit_project_text")
    seen = queries.view(DEAL, Moment(AT.date(), number), PUBLIC)
    assert seen is not None
    shown = next(p for p in seen.projects if p.project.code == "werken-1.1")
    assert shown.description == "Een nieuwe tekst over Exloo."
    assert check_chain() == ()


def test_saying_nothing_new_records_nothing(reference_register: RealDatabase) -> None:
    assert reference_register.vendor
    before = latest()
    assert save(item("projecten", "werken~9")) == 0
    assert latest() == before


def test_all_that_is_wrong_is_said_at_its_field_and_nothing_is_recorded(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    before = latest()
    with pytest.raises(Refused) as refused:
        save(item("projecten", "werken~9"), naam="", penvoerder="GM9999", begint="31-02-2020")
    where = {f.where for f in refused.value.findings}
    assert where == {Field("naam"), Field("penvoerder"), Field("begint")}
    assert latest() == before


def test_what_goes_wrong_elsewhere_is_said_with_its_place(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    opened = item("tranches", "6")
    with pytest.raises(Refused) as refused:
        save(opened, besloten="2025-12")
    assert any(isinstance(f.where, Cell | Field) for f in refused.value.findings)


def test_an_amount_is_read_as_people_type_it(reference_register: RealDatabase) -> None:
    assert reference_register.vendor
    opened = item("bijdragen", "provincie")
    number = save(opened, bedrag="€ 10.500.000,-")
    seen = queries.view(DEAL, Moment(AT.date(), number), PUBLIC)
    assert seen is not None
    assert seen.overview.promised.value == 40_500_000_00


def test_who_comes_second_sees_what_the_first_changed_and_loses_nothing(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    opened = item("projecten", "werken~9")
    first = save(opened, naam="New Jobportunities 2")
    with pytest.raises(ChangedMeanwhile) as changed:
        save(opened, by=BAS, kopje="Grens")
    seen = changed.value
    assert (seen.author, seen.theirs.base) == ("anna", first)
    assert seen.before["naam"] == "New Jobportunities"
    assert seen.theirs.texts["naam"] == "New Jobportunities 2"
    assert latest() == first
    assert save(seen.theirs, by=BAS, kopje="Grens") == first + 1


def test_a_new_fact_is_added_once(reference_register: RealDatabase) -> None:
    assert reference_register.vendor
    opened = item("bronnen", "up6")
    texts = {**opened.texts, "code": "up7", "titel": "Uitvoeringsprogramma 7"}

    def add() -> int:
        return editing.save(opened.sheet, texts, deal=DEAL, key=None, base=0, by=ANNA, at=AT)

    assert add() == latest()
    with pytest.raises(Refused) as refused:
        add()
    assert refused.value.findings[0].where in (Field("code"), Cell("bronnen", "A", 2))


def test_a_reference_is_chosen_by_name(reference_register: RealDatabase) -> None:
    assert reference_register.vendor
    sheet = sheet_of("projecten")
    assert sheet
    offered = editing.choices(DEAL, sheet, OFFICE)
    assert ("GM0109", "Gemeente Coevorden") in offered["penvoerder"]
    assert ("werken-9", "9 New Jobportunities") in offered["betaald_uit"]
