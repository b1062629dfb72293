"""The money of awards from sheets and forms: checked at once, and the same after an export."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from noaber.access.rules import OFFICE, Actor
from noaber.core.dates import PartialDate
from noaber.core.finding import Field, Refused
from noaber.core.notation import euro
from noaber.imports import editing
from noaber.imports.exporting import exported
from noaber.imports.register import facts
from noaber.imports.writing import write_book
from noaber.ledger import queries as ledger
from noaber.ledger.rules import Flow
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Moment
from tests.databases import Snapshot, restored
from tests.factories.loading import change, load_folder
from tests.factories.money_deal import SHEETS, money_folder
from tests.factories.people import TOMORROW
from tests.integration.decisions.meetings import decide, meet, order, stands

DEAL = "zuid-en-oost-drenthe"
KASSIER = Actor("kassier")

pytestmark = pytest.mark.usefixtures("reference_register")


def flows() -> set[Flow]:
    return set(ledger.flows(DEAL, Moment.ever(latest())))


def findings(folder: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        load_folder(folder, TOMORROW)
    return [f"{f.where}: {f.message} {f.remedy}" for f in refused.value.findings]


def test_an_export_loads_into_the_same_register(tmp_path: Path, django_db_setup: Snapshot) -> None:
    load_folder(money_folder(tmp_path), TOMORROW)
    known, moved = facts(DEAL, latest(), OFFICE), flows()
    assert {kind for kind in known if kind in ("commitment", "payment", "settlement")} != set()
    target = tmp_path / "export"
    write_book(exported(DEAL, latest(), OFFICE), target)
    assert load_folder(target, TOMORROW).changes == ()
    empty = tmp_path / "empty"
    empty.mkdir()
    with restored(django_db_setup, empty):
        load_folder(target, TOMORROW)
        assert facts(DEAL, latest(), OFFICE) == known
        assert flows() == moved
        assert check_chain() == ()


def test_every_row_of_money_is_a_fact_of_the_register(tmp_path: Path) -> None:
    load_folder(money_folder(tmp_path), TOMORROW)
    rows = exported(DEAL, latest(), OFFICE)
    for sheet, given in SHEETS.items():
        assert len(rows[sheet]) == len(given)
    assert rows["voorwaarden"][0]["lezers"] == "programmabureau"


def test_all_that_cannot_be_is_told_at_once_with_its_cell(tmp_path: Path) -> None:
    folder = money_folder(tmp_path)
    change(folder, "verplichtingen", {"nummer": "B-3"}, ingang="2024-01-15")
    change(folder, "betalingen", {"nummer": "P-1"}, bedrag="900001")
    change(folder, "terugvorderingen", {"nummer": "T-1"}, bedrag="20001")
    change(folder, "verplichtingen", {"nummer": "B-2"}, bedrag="9999999")
    told = findings(folder)
    assert [where.split(":")[0] for where in told] == [
        "verplichtingen, cel D3",
        "verplichtingen, cel E4",
        "betalingen, cel C2",
        "betalingen, cel D5",
        "terugvorderingen, cel C2",
    ]
    assert "Eerst wordt toegekend, dan verplicht." in told[0]
    assert "eindigt" in told[1] or "einde van de deal" in told[1]


def test_a_project_that_stopped_takes_no_commitment_and_a_change_says_what_it_changes(
    tmp_path: Path,
) -> None:
    folder = money_folder(tmp_path)
    change(folder, "verplichtingen", {"nummer": "B-2"}, ingang="2023-11-02")
    change(folder, "projectwijzigingen", {"soort": "overdracht"}, penvoerder="", eindigt="2023")
    told = findings(folder)
    assert [where.split(":")[0] for where in told if "ligt vóór" not in where] == [
        "projectwijzigingen, cel D2",
        "projectwijzigingen, cel E2",
        "verplichtingen, cel E3",
    ]
    assert "gestopt" in told[2]


def test_a_correction_of_several_steps_in_one_file_is_judged_as_a_whole(tmp_path: Path) -> None:
    folder = money_folder(tmp_path)
    load_folder(folder, TOMORROW)
    change(folder, "verplichtingen", {"nummer": "B-1"}, bedrag="950000")
    change(folder, "vaststellingen", {"verplichting": "B-1"}, bedrag="920000")
    change(folder, "betalingen", {"nummer": "P-2"}, bedrag="320000")
    assert len(load_folder(folder, TOMORROW).changes) == 3
    assert ledger.check_ledger() == ()


def test_a_form_of_the_treasurer_is_judged_as_a_sheet(tmp_path: Path) -> None:
    load_folder(money_folder(tmp_path), TOMORROW)
    sheet = editing.sheet_of("betalingen")
    assert sheet is not None
    texts = {
        "nummer": "P-5", "verplichting": "B-3", "bedrag": "160000", "datum": "2021-03-01",
        "soort": "factuur", "bron": "noaber", "vindplaats": "",
    }  # fmt: skip
    given = {"deal": DEAL, "key": None, "base": 0, "by": KASSIER, "at": TOMORROW}
    with pytest.raises(Refused) as refused:
        editing.save(sheet, {**texts, "bedrag": "160000,01"}, **given)  # type: ignore[arg-type]
    (finding,) = refused.value.findings
    assert finding.where == Field("bedrag")
    assert f"nog {euro(160_000_00)} te betalen" in finding.message
    assert editing.save(sheet, texts, **given) == latest()  # type: ignore[arg-type]


def test_the_reference_deal_has_no_such_facts() -> None:
    rows = exported(DEAL, latest(), OFFICE)
    assert all(rows[sheet] == [] for sheet in SHEETS)


def test_what_a_decision_took_back_and_set_aside_anew_loads_into_an_empty_place(
    tmp_path: Path, django_db_setup: Snapshot
) -> None:
    """Awards, reservations and releases are judged together: one alone could not be."""
    meet()
    given = decide(order("award", 10_000, project="werken-9"))
    decide(order("reject", project="werken-9", supersedes=given.code))
    meet("later", on=PartialDate(2022, 6, 1), tranche="8")
    total = sum(stands().of("werken-9").awarded.values()) // 100 + 150_000
    later = datetime(2022, 6, 2, 10, tzinfo=UTC)
    decide(order("reserve", total, project="werken-9", meeting="later"), at=later)
    meet("last", on=PartialDate(2022, 9, 1), tranche="9")
    last = later.replace(month=9)
    decide(order("award", 150_000, project="werken-9", meeting="last"), at=last)
    known, moved = facts(DEAL, latest(), OFFICE), flows()
    target = tmp_path / "export"
    write_book(exported(DEAL, latest(), OFFICE), target)
    assert load_folder(target, TOMORROW).changes == ()
    empty = tmp_path / "empty"
    empty.mkdir()
    with restored(django_db_setup, empty):
        load_folder(target, TOMORROW)
        assert facts(DEAL, latest(), OFFICE) == known
        assert flows() == moved
