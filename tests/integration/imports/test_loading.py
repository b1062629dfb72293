"""Loading a deal: everything or nothing, again without change, and never over another's work."""

from datetime import date
from pathlib import Path

import pytest

from noaber.access.rules import OFFICE, PUBLIC
from noaber.awards import queries as awards
from noaber.awards.actions import award
from noaber.awards.rules import Award
from noaber.core.finding import Refused
from noaber.imports.exporting import exported
from noaber.imports.queries import kept_files
from noaber.imports.register import facts
from noaber.imports.writing import write_book
from noaber.ledger import queries as ledger
from noaber.monitor import queries
from noaber.record.queries import latest
from noaber.record.rules import Evidence, Moment
from tests.databases import Snapshot, restored
from tests.factories.loading import change, copy_of_reference, drop, load_folder
from tests.factories.people import BAS, TOMORROW
from tests.factories.reference_deal import FOLDER

DEAL = "zuid-en-oost-drenthe"
END_OF_2021 = date(2021, 12, 31)

pytestmark = pytest.mark.usefixtures("reference_register")


def awarded(revision: int | None = None) -> int:
    moment = Moment(END_OF_2021, latest() if revision is None else revision)
    seen = queries.view(DEAL, moment, PUBLIC)
    assert seen is not None
    return seen.overview.awarded.value or 0


def test_loading_the_same_again_changes_nothing_and_says_so() -> None:
    before = latest()
    assert load_folder(FOLDER, TOMORROW).changes == ()
    assert latest() == before


def test_the_bytes_are_kept_as_they_came() -> None:
    (award_now, *_) = awards.facts(DEAL, Moment(END_OF_2021, latest()), PUBLIC).awards
    upload, _, cell = award_now.evidence.origin.partition("/")
    assert cell.startswith("toekenningen!C")
    kept = {name: content for name, _, content in kept_files(upload.removeprefix("upload:"))}
    assert kept["toekenningen.csv"] == (FOLDER / "toekenningen.csv").read_bytes()


def test_a_changed_amount_becomes_a_reversal_and_a_new_transfer(tmp_path: Path) -> None:
    folder = copy_of_reference(tmp_path)
    change(folder, "toekenningen", {"project": "werken-3", "tranche": "6"}, bedrag="1250000")
    before = latest()
    loaded = load_folder(folder, TOMORROW)
    assert [c.changed for c in loaded.changes] == [{"amount": (1_200_000_00, 1_250_000_00)}]
    assert loaded.revision is not None
    posted = [
        (t.posting.amount, t.posting.effective_on, t.reverses is not None)
        for t in ledger.transfers(DEAL, Moment(END_OF_2021, loaded.revision))
        if t.revision == loaded.revision
    ]
    assert posted == [(1_200_000_00, END_OF_2021, True), (1_250_000_00, END_OF_2021, False)]
    assert awarded() == 18_681_358_00
    assert awarded(before) == 18_631_358_00


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path) -> None:
    folder = copy_of_reference(tmp_path)
    change(folder, "toekenningen", {"project": "werken-3", "tranche": "6"}, bedrag="1250000")
    loaded = load_folder(folder, TOMORROW, dry_run=True)
    assert len(loaded.changes) == 1
    assert loaded.revision is None
    assert awarded() == 18_631_358_00


def test_a_row_that_is_gone_is_a_finding_and_not_a_deletion(tmp_path: Path) -> None:
    folder = copy_of_reference(tmp_path)
    drop(folder, "toekenningen", {"project": "werken-19", "tranche": "6"})
    with pytest.raises(Refused, match="staat wel in het register en niet meer in het bestand"):
        load_folder(folder, TOMORROW)
    assert awarded() == 18_631_358_00


def correct_elsewhere() -> None:
    corrected = Award("werken-3", "6", 1_300_000_00, "printed", Evidence("up6", "correctie"))
    assert award(corrected, deal=DEAL, by=BAS, at=TOMORROW)


def test_a_fact_changed_elsewhere_since_is_refused_with_both_values(tmp_path: Path) -> None:
    correct_elsewhere()
    folder = copy_of_reference(tmp_path)
    change(folder, "toekenningen", {"project": "werken-3", "tranche": "6"}, bedrag="1250000")
    with pytest.raises(Refused) as refused:
        load_folder(folder, TOMORROW)
    (finding,) = refused.value.findings
    assert "nu “1300000”, in het bestand “1250000”" in finding.message
    assert str(finding.where) == "toekenningen, cel C8"
    assert awarded() == 18_731_358_00


def test_an_old_file_does_not_undo_what_was_loaded_after_it(tmp_path: Path) -> None:
    folder = copy_of_reference(tmp_path)
    change(folder, "toekenningen", {"project": "werken-3", "tranche": "6"}, bedrag="1250000")
    load_folder(folder, TOMORROW)
    with pytest.raises(Refused, match="elders gewijzigd"):
        load_folder(FOLDER, TOMORROW)
    assert awarded() == 18_681_358_00


def test_an_export_made_after_the_change_may_change_it_again(tmp_path: Path) -> None:
    correct_elsewhere()
    write_book(exported(DEAL, latest(), OFFICE), tmp_path / "uit")
    key = {"project": "werken-3", "tranche": "6"}
    change(tmp_path / "uit", "toekenningen", key, bedrag="1250000")
    assert len(load_folder(tmp_path / "uit", TOMORROW).changes) == 1
    assert awarded() == 18_681_358_00


def test_nothing_of_a_file_is_stored_when_one_row_is_wrong(tmp_path: Path) -> None:
    folder = copy_of_reference(tmp_path)
    change(folder, "toekenningen", {"project": "werken-3", "tranche": "6"}, bedrag="1250000")
    change(folder, "projecten", {"pijler": "werken", "nummer": "3"}, penvoerder="GM9999")
    with pytest.raises(Refused):
        load_folder(folder, TOMORROW)
    assert awarded() == 18_631_358_00


def test_awards_above_a_reservation_are_a_finding_at_the_cell(tmp_path: Path) -> None:
    folder = copy_of_reference(tmp_path)
    change(folder, "toekenningen", {"project": "werken-9", "tranche": "5"}, bedrag="155001")
    with pytest.raises(Refused) as refused:
        load_folder(folder, TOMORROW)
    assert any("reserve" in f.message.lower() for f in refused.value.findings)
    assert awarded() == 18_631_358_00


@pytest.mark.parametrize("name", ["uit", "uit.xlsx", "uit.ods"])
def test_the_register_is_the_same_after_a_round_trip(
    tmp_path: Path, name: str, django_db_setup: Snapshot
) -> None:
    before = facts(DEAL, latest(), OFFICE)
    write_book(exported(DEAL, latest(), OFFICE), tmp_path / name)
    assert load_folder(tmp_path / name, TOMORROW).changes == ()
    empty = tmp_path / "empty"
    empty.mkdir()
    with restored(django_db_setup, empty):
        assert queries.deals() == ()
        load_folder(tmp_path / name, TOMORROW)
        after = facts(DEAL, latest(), OFFICE)
        assert awarded() == 18_631_358_00
    assert after == before
