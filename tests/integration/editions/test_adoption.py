"""An edition that was adopted keeps its bytes, whatever becomes of the register or the program."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from noaber.access.rules import OFFICE, PUBLIC
from noaber.core.finding import Refused
from noaber.documents.formats import WRITERS
from noaber.editions import actions, queries
from noaber.editions.models import AdoptedFile, AdoptedProgramme
from noaber.editions.rules import UnknownTranche
from noaber.imports.exporting import exported
from noaber.imports.writing import write_book
from noaber.record.actions import revision
from noaber.record.queries import check_chain, events, latest
from noaber.record.rules import Moment
from tests.databases import RealDatabase
from tests.factories import loading
from tests.factories.people import ANNA, TODAY
from tests.integration.web import registers

DEAL = "kleine-deal"
ADOPTED_ON = date(2021, 3, 20)
AT = datetime(2021, 4, 1, 12, tzinfo=UTC)
LATER = datetime(2021, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def small(db: None) -> None:
    registers.small_deal()


@pytest.fixture
def quick(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with two of the forms, which the other rules do not depend on."""
    forms = {form: WRITERS[form] for form in ("pdf", "csv")}
    monkeypatch.setattr(actions, "WRITERS", forms)


def adopt(tranche: str = "2b", **given: Any) -> int:
    asked: dict[str, Any] = {"adopted_on": ADOPTED_ON, "by": ANNA, "at": AT, **given}
    return actions.adopt(deal=DEAL, tranche=tranche, **asked)


def now() -> Moment:
    return Moment(date(2021, 8, 1), latest())


def test_adopting_keeps_every_form_in_one_revision(small: None) -> None:
    before = latest()
    assert adopt(decision="Stuurgroep van 20 maart 2021", source="programma") == 1
    assert latest() == before + 1
    assert events(f"deal:{DEAL}")[-1].action == "adopt_programme"
    edition = queries.adopted_edition(DEAL, "2b", PUBLIC)
    assert edition is not None
    assert [file.form for file in edition.files] == list(WRITERS)
    assert (edition.adopted_on, edition.source) == (ADOPTED_ON, "programma")
    assert edition.moment == Moment(date(2020, 12, 31), before)
    for file in edition.files:
        content = queries.adopted_bytes(DEAL, edition, file.form)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
        made = WRITERS[file.form].write(queries.programme(DEAL, "2b", before, PUBLIC))
        assert content == made
    assert check_chain() == ()


def test_a_second_adoption_must_name_the_edition_it_replaces(quick: None) -> None:
    adopt()
    for replaces, rule in ((None, "U-05"), (2, "U-06")):
        with pytest.raises(Refused) as refused:
            adopt(replaces=replaces, at=LATER)
        assert [finding.rule for finding in refused.value.findings] == [rule]
    first = queries.adopted_edition(DEAL, "2b", PUBLIC)
    assert first is not None
    bytes_of_first = queries.adopted_bytes(DEAL, first, "csv")
    registers.correct_award(DEAL)
    assert adopt(replaces=1, at=LATER) == 2
    second = queries.adopted_edition(DEAL, "2b", PUBLIC)
    again = queries.adopted_edition(DEAL, "2b", PUBLIC, number=1)
    assert second is not None
    assert again is not None
    assert (second.number, second.replaced, again.replaced) == (2, False, True)
    assert queries.adopted_bytes(DEAL, again, "csv") == bytes_of_first
    assert queries.adopted_bytes(DEAL, second, "csv") != bytes_of_first


def test_there_is_no_edition_to_replace_before_the_first(quick: None) -> None:
    with pytest.raises(Refused, match="Er is nog geen uitgave"):
        adopt(replaces=1)


def test_all_that_is_wrong_with_an_adoption_is_said_at_once(quick: None) -> None:
    before = latest()
    with pytest.raises(Refused) as refused:
        adopt(adopted_on=date(2020, 11, 30), known_on=before + 7, source="niets")
    assert [finding.rule for finding in refused.value.findings] == ["U-02", "U-03", "U-04"]
    with pytest.raises(Refused, match="ligt in de toekomst"):
        adopt(adopted_on=date(2021, 4, 2))
    with pytest.raises(UnknownTranche):
        adopt(tranche="7")
    assert latest() == before
    assert not AdoptedProgramme.objects.exists()


def test_the_bytes_stay_after_a_correction_and_after_the_program_changes(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopt()
    edition = queries.adopted_edition(DEAL, "2b", PUBLIC)
    assert edition is not None
    before = {file.form: queries.adopted_bytes(DEAL, edition, file.form) for file in edition.files}
    registers.correct_award(DEAL)
    monkeypatch.setattr("noaber.editions.actions.WRITERS", {})
    monkeypatch.setattr("noaber.editions.queries.compose", None)
    again = queries.adopted_edition(DEAL, "2b", PUBLIC)
    assert again == edition
    assert before == {form: queries.adopted_bytes(DEAL, again, form) for form in before}


def test_an_edition_says_that_the_register_was_corrected_since(quick: None) -> None:
    adopt("1")
    adopt("2b")
    assert [e.changed for e in queries.adopted(DEAL, now(), PUBLIC)] == [False, False]
    with revision(by=ANNA, at=LATER, action="load", subject="deal:andere"):
        registers.empty_deal("andere")
    registers.more_projects(DEAL, 1)
    # The project begins in tranche 1, so both would read otherwise now.
    assert [e.changed for e in queries.adopted(DEAL, now(), PUBLIC)] == [True, True]


def test_what_was_decided_later_is_no_correction(quick: None) -> None:
    adopt("1")
    moment = now()
    registers.open_tranche(DEAL, "3", 2021)
    assert [e.changed for e in queries.adopted(DEAL, now(), PUBLIC)] == [False]
    registers.correct_award(DEAL)
    assert [e.changed for e in queries.adopted(DEAL, now(), PUBLIC)] == [True]
    assert [e.changed for e in queries.adopted(DEAL, moment, PUBLIC)] == [False]


def test_an_edition_is_there_from_its_day_and_its_revision_on(quick: None) -> None:
    before = latest()
    adopt()
    assert queries.adopted(DEAL, Moment(date(2021, 3, 19), latest()), PUBLIC) == ()
    assert queries.adopted(DEAL, Moment(date(2022, 1, 1), before), PUBLIC) == ()
    assert len(queries.adopted(DEAL, Moment(ADOPTED_ON, latest()), PUBLIC)) == 1


def test_an_edition_for_the_office_is_not_for_the_public(quick: None) -> None:
    adopt()
    with revision(by=ANNA, at=LATER, action="adopt_programme", subject=f"deal:{DEAL}") as r:
        columns = {"deal": DEAL, "tranche": "2b", "number": 2, "adopted_on": ADOPTED_ON}
        moment = {"as_of": ADOPTED_ON, "known_on": 1, "readers": "office"}
        kept = AdoptedProgramme.objects.create(**columns, **moment, revision_id=r.number)
        AdoptedFile.objects.create(
            programme=kept, form="csv", size=3, sha256="0", content=b"abc", revision_id=r.number
        )
    for audience, number in ((PUBLIC, 1), (OFFICE, 2)):
        edition = queries.adopted_edition(DEAL, "2b", audience)
        assert edition is not None
        assert edition.number == number
    assert [e.number for e in queries.adopted(DEAL, now(), PUBLIC)] == [1]


def test_editions_are_read_in_two_queries_however_many(
    quick: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    moment = now()
    with django_assert_num_queries(1):
        assert queries.adopted(DEAL, moment, PUBLIC) == ()
    for tranche in ("1", "2", "2b"):
        adopt(tranche)
    moment = now()
    with django_assert_num_queries(2):
        assert len(queries.adopted(DEAL, moment, PUBLIC)) == 3


def test_a_byte_that_was_changed_is_found(quick: None) -> None:
    adopt()
    assert queries.check_adopted() == ()
    with connection.cursor() as cursor:
        table = AdoptedFile._meta.db_table
        if connection.vendor == "postgresql":
            # References are checked at the end otherwise, and until then the table is held.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_update")
        cursor.execute(f"UPDATE {table} SET size = size + 1 WHERE form = 'pdf'")
        cursor.execute(f"UPDATE {table} SET content = %s WHERE form = 'csv'", [b"anders"])
    found = queries.check_adopted()
    assert [finding.rule for finding in found] == ["K-30", "K-30"]
    assert "Programma 2b" in found[0].message


def test_a_deal_with_an_adopted_edition_goes_out_and_in_again(
    reference_register: RealDatabase, tmp_path: Any
) -> None:
    deal = "zuid-en-oost-drenthe"
    actions.adopt(deal=deal, tranche="1", adopted_on=date(2022, 1, 10), by=ANNA, at=TODAY)
    write_book(exported(deal, latest(), OFFICE), tmp_path / "uit")
    assert loading.load_folder(tmp_path / "uit").changes == ()
