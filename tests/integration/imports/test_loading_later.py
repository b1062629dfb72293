"""A file is loaded by a worker: everything with the end of its job, or nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from noaber.cli import main
from noaber.deals.models import Deal
from noaber.imports import later
from noaber.imports.later import load_later
from noaber.imports.reading import read
from noaber.imports.writing import write_template
from noaber.jobs import actions as jobs
from noaber.jobs import queries
from noaber.jobs.rules import Claimed, Listed, State, Superseded
from noaber.jobs.running import Running
from noaber.jobs.working import Worker
from noaber.record.queries import check_chain, events
from tests.factories.loading import change, copy_of_reference
from tests.factories.people import ANNA, TODAY
from tests.factories.reference_deal import FOLDER

pytestmark = pytest.mark.usefixtures("real_database")


def work() -> None:
    assert Worker([later.HANDLER], now=lambda: TODAY).once()


def job(number: int) -> Listed:
    found = queries.find(number)
    assert found is not None
    return found


def test_a_worker_loads_the_reference_deal_from_its_kept_bytes() -> None:
    number = load_later(read(FOLDER), by=ANNA, at=TODAY)
    assert Deal.objects.count() == 0
    work()
    assert (job(number).state, job(number).failure) == (State.DONE, "")
    assert Deal.objects.get().code == "zuid-en-oost-drenthe"
    assert [(e.author, e.action) for e in events()] == [
        ("anna", "receive_file"),
        ("anna", "load_deal"),
    ]
    assert check_chain() == ()


def test_what_is_refused_gives_up_with_the_number_of_findings_and_loads_nothing(
    tmp_path: Path,
) -> None:
    folder = copy_of_reference(tmp_path)
    change(folder, "toekenningen", {"project": "werken-3", "tranche": "6"}, bedrag="een ton")
    number = load_later(read(folder), by=ANNA, at=TODAY)
    work()
    assert (job(number).state, job(number).failure) == (State.FAILED, "1 bevinding.")
    assert Deal.objects.count() == 0


def test_a_worker_that_lost_its_job_while_it_loaded_loads_nothing() -> None:
    number = load_later(read(FOLDER), by=ANNA, at=TODAY)
    claimed = jobs.claim({later.KIND: later.HANDLER.policy}, at=TODAY)
    assert isinstance(claimed, Claimed)
    jobs.drop(number, at=TODAY)
    with pytest.raises(Superseded):
        later.load_kept(Running(claimed, later.HANDLER.policy, lambda: TODAY))
    assert Deal.objects.count() == 0
    assert len(events()) == 1


def test_an_empty_workbook_is_read_as_a_workbook(tmp_path: Path) -> None:
    file = tmp_path / "leeg.xlsx"
    write_template(file)
    number = load_later(read(file), by=ANNA, at=TODAY)
    work()
    assert job(number).state == State.FAILED
    assert "bevinding" in job(number).failure


def test_the_command_checks_at_once_and_loads_later(tmp_path: Path) -> None:
    folder = copy_of_reference(tmp_path)
    said = CliRunner().invoke(main, ["load", str(folder), "--later", "--by", "Anna"])
    assert said.exit_code == 0, said.output
    assert "opdracht" in said.output
    assert Deal.objects.count() == 0
    assert CliRunner().invoke(main, ["work", "--once"]).exit_code == 0
    assert Deal.objects.count() == 1
    change(folder, "toekenningen", {"project": "werken-3", "tranche": "6"}, bedrag="een ton")
    refused = CliRunner().invoke(main, ["load", str(folder), "--later"])
    assert refused.exit_code == 1
    assert "1 bevinding" in refused.output
    assert queries.counts()[State.WAITING] == 0
