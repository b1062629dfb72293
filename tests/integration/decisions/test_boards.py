"""Boards, terms of office and names: read back at a moment, and erased for good."""

from datetime import date
from pathlib import Path

import pytest

from noaber.access.rules import OFFICE, PUBLIC, Audience
from noaber.core.dates import PartialDate
from noaber.core.finding import Refused
from noaber.decisions import actions, queries
from noaber.decisions.rules import Foreword, Seat
from noaber.imports.exporting import exported
from noaber.record.models import PersonalReference
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Evidence, Moment
from tests.databases import RealDatabase
from tests.factories.loading import change, copy_of_reference, load_folder
from tests.factories.people import ANNA, TODAY, TOMORROW
from tests.integration.record.shells import contents, shell, tables

DEAL = "zuid-en-oost-drenthe"
EMMEN = "stuurgroep-emmen"
NAME = "Raymond Wanders"
SUCCESSOR = "Oeds Voorbeeld-Veenstra"
END_OF_2021 = date(2021, 12, 31)

pytestmark = pytest.mark.usefixtures("reference_register")


def seats(
    code: str, as_of: date = END_OF_2021, revision: int | None = None, audience: Audience = PUBLIC
) -> dict[str, Seat]:
    """Seats of the steering group by place."""
    moment = Moment(as_of, latest() if revision is None else revision)
    found = queries.named(queries.facts(DEAL, moment, audience).seats)
    return {s.place: s for s in found if s.board == code}


def record(seat: Seat, until: date | None = None) -> bool:
    since = seat.since.counts_from if seat.since else END_OF_2021
    return actions.record_seat(
        seat, deal=DEAL, since=since, until=until, evidence=Evidence("up6"), by=ANNA, at=TOMORROW
    )


def succession(folder: Path) -> None:
    """Emmen sends someone else from May 2022 on."""
    change(folder, "zetels", {"overleg": "stuurgroep", "zetel": "emmen"}, tot="2022-04")
    file = folder / "zetels.csv"
    row = f"stuurgroep,emmen-2,5,lid,wethouder,GM0114,{SUCCESSOR},2022-05,,{EMMEN},openbaar,up6,x"
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n{row}\n", "utf-8")


def test_who_sits_in_the_steering_group_is_known_from_the_programme_on() -> None:
    assert seats("stuurgroep", date(2021, 12, 30)) == {}
    found = seats("stuurgroep")
    assert len(found) == 9
    chair = found["voorzitter"]
    assert (chair.role, chair.office, chair.organisation) == ("voorzitter", "gedeputeerde", "PV22")
    assert chair.evidence.source == "up6"


def test_the_consultation_of_the_covenant_is_there_from_the_start() -> None:
    assert len(seats("overleg-partijen", date(2019, 6, 30))) == 15


def test_a_successor_takes_the_place_from_a_day_on_and_the_past_stays(tmp_path: Path) -> None:
    folder = copy_of_reference(tmp_path)
    succession(folder)
    load_folder(folder, TOMORROW)
    before, after = seats("stuurgroep", date(2022, 4, 30)), seats("stuurgroep", date(2022, 5, 31))
    assert before["emmen"].holder == NAME
    assert "emmen-2" not in before
    assert after["emmen-2"].holder == SUCCESSOR
    assert after["emmen-2"].replaces == EMMEN
    assert "emmen" not in after


def test_the_record_never_holds_the_name_of_who_sits_somewhere(
    reference_register: RealDatabase,
) -> None:
    with shell(reference_register) as session:
        holding = [table for table in tables() if NAME in str(contents(session, table))]
    # The file as it came in holds what was in it.
    assert holding in ([], ["imports_uploadedfile"])


def test_the_same_name_is_kept_once() -> None:
    seat = seats("stuurgroep")["emmen"]
    before = PersonalReference.objects.count()
    assert not record(seat) or PersonalReference.objects.count() == before
    assert PersonalReference.objects.count() == before


def test_an_erased_name_is_gone_at_every_moment_and_the_term_stays() -> None:
    before = latest()
    assert actions.erase_holder(EMMEN, deal=DEAL, by=ANNA, at=TOMORROW) == 1
    for revision in (before, latest()):
        gone = seats("stuurgroep", revision=revision)["emmen"]
        assert (gone.holder, gone.erased, gone.office) == ("", True, "wethouder")
    assert not seats("stuurgroep")["hardenberg"].erased
    assert check_chain() == ()


def test_an_erased_name_does_not_come_back_with_the_old_file(tmp_path: Path) -> None:
    actions.erase_holder(EMMEN, deal=DEAL, by=ANNA, at=TOMORROW)
    with pytest.raises(Refused) as refused:
        load_folder(copy_of_reference(tmp_path), TOMORROW)
    (finding,) = refused.value.findings
    assert (finding.rule, str(finding.where)) == ("F-92", "zetels, cel G6")
    assert NAME not in str(finding.message)


def test_a_file_without_the_erased_name_loads_and_the_name_stays_erased(tmp_path: Path) -> None:
    actions.erase_holder(EMMEN, deal=DEAL, by=ANNA, at=TOMORROW)
    folder = copy_of_reference(tmp_path)
    change(folder, "zetels", {"overleg": "stuurgroep", "zetel": "emmen"}, naam="", tot="2022-04")
    load_folder(folder, TOMORROW)
    assert seats("stuurgroep")["emmen"].erased
    assert seats("stuurgroep")["emmen"].until == PartialDate(2022, 4)


def test_a_seat_of_which_nobody_is_named_is_not_erased() -> None:
    (leader,) = seats("ontwikkelteam-wonen").values()
    assert (leader.holder, leader.erased) == ("", False)


def test_a_seat_that_is_for_the_office_is_not_read_by_others() -> None:
    record(Seat("stuurgroep", "extra", 10, "toehoorder", readers="office"))
    assert "extra" not in seats("stuurgroep")
    assert "extra" in seats("stuurgroep", audience=OFFICE)


def test_a_foreword_belongs_to_its_tranche_and_keeps_its_paragraphs() -> None:
    found = queries.facts(DEAL, Moment(END_OF_2021, latest()), PUBLIC).forewords
    assert [f.tranche for f in found] == ["6"]
    assert len(found[0].text.split("\n")) == 5


def test_a_foreword_for_the_office_is_not_read_by_others() -> None:
    foreword = Foreword("5", "Voorwoord", "Nog niet klaar.", "stuurgroep", readers="office")
    actions.record_foreword(
        foreword,
        deal=DEAL,
        since=date(2019, 6, 30),
        evidence=Evidence("noaber"),
        by=ANNA,
        at=TODAY,
    )
    moment = Moment(END_OF_2021, latest())
    assert [f.tranche for f in queries.facts(DEAL, moment, PUBLIC).forewords] == ["6"]
    assert foreword in queries.facts(DEAL, moment, OFFICE).forewords


def test_boards_seats_and_forewords_go_out_as_they_came_in() -> None:
    out = exported(DEAL, latest(), OFFICE)
    assert len(out["overleggen"]) == 10
    assert out["zetels"][0]["naam"] == "Henk Jumelet"
    assert out["voorwoorden"][0]["tekst"].count("\n") == 4
    assert out["contact"][0]["website"].startswith("https://")
    assert out["deal"][0]["logo"].startswith("<svg ")
