"""The `noaber` command, as people and scripts use it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from noaber.cli import main
from noaber.record.triggers import install
from tests.factories.loading import change, copy_of_reference, drop
from tests.factories.reference_deal import FOLDER

pytestmark = pytest.mark.usefixtures("reference_register")


def run(*arguments: str, fails: bool = False) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code != 0) == fails, result.output
    return result


def asked(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json").stdout)
    return found


def test_figures_as_json_are_in_cents_per_pillar_and_tranche() -> None:
    figures = asked("figures", "--as-of", "2021-12-31")
    assert list(figures) == ["deal", "as_of", "revision", "pillars", "total", "figures"]
    assert figures["pillars"][0] == {
        "code": "werken",
        "name": "Werken",
        "allocated": 1_920_000_000,
        "awarded": 1_137_285_200,
        "reserved_open": 681_000_000,
        "room": 101_714_800,
        "tranches": {
            "1": 95_788_000,
            "2": 339_097_200,
            "3": 2_500_000,
            "4": 129_200_000,
            "5": 335_200_000,
            "6": 235_500_000,
        },
    }
    assert figures["pillars"][2]["tranches"]["4"] == 0
    assert figures["total"] == {"allocated": 4_000_000_000, "awarded": 1_863_135_800}


def test_figures_read_for_people_too() -> None:
    assert "18.631.358" in run("figures", "--as-of", "2021-12-31").stdout


def test_the_day_after_tranche_three() -> None:
    assert asked("figures", "--as-of", "2021-01-01")["total"]["awarded"] == 830_988_800


def test_a_correction_changes_what_is_known_today_and_not_what_was_known_before(
    tmp_path: Path,
) -> None:
    before = asked("figures")["revision"]
    folder = copy_of_reference(tmp_path)
    change(folder, "toekenningen", {"project": "werken-3", "tranche": "6"}, bedrag="1250000")
    said = run("load", str(folder), "--by", "Anna").stdout
    assert "1200000 → 1250000" in said
    assert asked("figures")["total"]["awarded"] == 1_868_135_800
    known_before = asked("figures", "--known-on", "2022-01-10")
    assert known_before["total"]["awarded"] == 1_863_135_800
    assert known_before["revision"] == before
    assert asked("figures", "--known-on", str(before))["total"]["awarded"] == 1_863_135_800


def test_before_the_first_load_nothing_was_known() -> None:
    said = run("figures", "--known-on", "2019-01-01", fails=True).output
    assert "zoals toen bekend, is er geen deal" in said


def test_explain_gives_the_facts_behind_a_figure() -> None:
    told = asked("explain", "zuid-en-oost-drenthe/awarded?pillar=wonen&tranche=6")
    assert told["value"] == sum(p["value"] for p in told["parts"]) == 9_500_000
    assert {p["project"] for p in told["parts"]} == {"wonen-2.7", "wonen-2.9"}
    assert all(p["decision"] == "tranche 6" and p["source"] and p["origin"] for p in told["parts"])
    assert told["stated"][0]["agrees"]


def test_explain_takes_an_address_without_deal_and_shows_it_for_people() -> None:
    said = run("explain", "promised?contribution=gemeenten").stdout
    assert "10.000.000" in said
    assert "€\u00a010.000.001" in said
    assert "verschilt" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "spent"], "bestaat niet"),
        (["explain", "awarded?pillar"], "is geen filter"),
        (["figures", "--as-of", "31-13-2021"], "--as-of"),
        (["figures", "--known-on", "gisteren"], "--known-on"),
        (["figures", "--deal", "twente"], "geen deal twente"),
        (["check", "--head", "5"], "NUMMER:HASH"),
    ],
)
def test_what_cannot_be_read_gives_a_plain_message(arguments: list[str], said: str) -> None:
    assert said in run(*arguments, fails=True).output


def test_check_is_in_order_and_shows_the_differences() -> None:
    said = run("check").stdout
    assert "in orde" in said
    assert "gesteld 24" in said
    assert "berekend 21" in said


def test_check_fails_when_an_invariant_is_broken() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_balance SET amount = amount + 1 WHERE kind = 'award'")
    assert "K-10" in run("check", fails=True).output


def test_check_finds_a_row_changed_behind_its_back_and_a_missing_guard() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_transfer DISABLE TRIGGER USER")
        else:
            cursor.execute('DROP TRIGGER "ledger_transfer_no_update"')
        cursor.execute("UPDATE ledger_transfer SET amount = amount + 100 WHERE kind = 'pledge'")
    said = run("check", fails=True).output
    assert "K-00" in said
    assert "K-02" in said
    assert "bewaking" in run("load", str(FOLDER), fails=True).output
    install()
    assert "K-02" in run("check", fails=True).output


def test_a_published_head_shows_a_tail_that_was_cut_off() -> None:
    head = run("check").stdout.split("keten: ")[1].split(",")[0]
    run("check", "--head", head)
    number, _, value = head.partition(":")
    assert "K-05" in run("check", "--head", f"{int(number) + 1}:{value}", fails=True).output
    assert "K-04" in run("check", "--head", f"{number}:{'0' * 64}", fails=True).output


def test_a_refused_file_shows_all_findings_and_changes_nothing(tmp_path: Path) -> None:
    before = asked("figures")
    folder = copy_of_reference(tmp_path)
    change(folder, "toekenningen", {"project": "werken-3", "tranche": "6"}, bedrag="1.00")
    drop(folder, "projecten", {"pijler": "werken", "nummer": "13"})
    refused = run("load", str(folder), fails=True)
    assert "toekenningen, cel C8" in refused.output
    assert "het register is niet veranderd" in refused.output
    assert asked("figures")["pillars"] == before["pillars"]


def test_loading_again_says_that_nothing_changed() -> None:
    said = run("load", str(FOLDER)).stdout
    assert "niets nieuws" in said


def test_export_and_template_write_what_load_takes(tmp_path: Path) -> None:
    run("export", "-o", str(tmp_path / "uit.ods"))
    assert "niets nieuws" in run("load", str(tmp_path / "uit.ods")).stdout
    run("template", "-o", str(tmp_path / "leeg.xlsx"))
    assert (tmp_path / "leeg.xlsx").stat().st_size > 10_000
