"""What a proposal says, how it moves on, what it adds up to, and what it still lacks."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noaber.core.dates import PartialDate
from noaber.core.definitions import DEFINITIONS, DefinitionError
from noaber.core.finding import Refused
from noaber.proposals.canonical import content_of, kept
from noaber.proposals.checking import lacking, phase_after
from noaber.proposals.comparing import differences, merged
from noaber.proposals.definitions import CHOICES, form, read_form
from noaber.proposals.rules import (
    PHASES,
    ROWS,
    STEPS,
    Content,
    Funding,
    Known,
    Milestone,
    Named,
    OtherPillar,
    Participant,
    Proposal,
    ResultClaim,
    Risk,
    Spot,
    Tally,
    YearAmount,
    asked_per_year,
    budget,
    tally,
    tally_per_phase,
)
from noaber.proposals.texts import read, written
from tests.architecture.repository import ROOT
from tests.factories.proposals import complete

KNOWN = Known(
    pillars={"werken": Named("Werken"), "wonen": Named("Wonen")},
    themes={"werken-a": Named("Samenwerken", "werken"), "welzijn-a": Named("Zorgen", "welzijn")},
    projects={"werken-9": Named("9 Iets")},
    organisations={"GM0109": Named("Coevorden"), "GM0114": Named("Emmen")},
    municipalities={"GM0109": Named("Coevorden"), "GM0114": Named("Emmen")},
    results={"resultaat-werken-5": Named("Bedrijven betrokken", "werken", "bedrijven")},
    starts=date(2019, 7, 1),
    ends=date(2023, 12, 31),
)

words = st.text("aéß0-,.;:“€丽'<&", max_size=8)
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
codes = st.from_regex(r"[a-z]{1,5}", fullmatch=True)
amounts = st.none() | st.integers(1, 10**13)
days = st.none() | st.builds(
    PartialDate, st.integers(1990, 2100), st.integers(1, 12), st.none() | st.integers(1, 28)
)
numbers = st.none() | st.integers(0, 10**8).map(lambda n: Decimal(n) / 100)
AS_TYPED: dict[str, st.SearchStrategy[Any]] = {
    "line": words, "text": words, "date": days, "year": st.none() | st.integers(1900, 2200),
    "amount": amounts, "number": numbers,
}  # fmt: skip


def answers(field: str, kind: str) -> st.SearchStrategy[Any]:
    if kind == "choice":
        return st.sampled_from(("", *CHOICES[field])) if field in CHOICES else codes | st.just("")
    if kind == "choices":
        return st.sets(codes, max_size=3).map(lambda found: tuple(sorted(found)))
    if kind == "rows":
        columns = {c.field: answers(c.field, c.type) for c in form().part(field).columns}
        row = ROWS[field]
        rows = st.builds(row, **columns).filter(lambda made: made != row())
        return st.lists(rows, max_size=3).map(tuple)
    return AS_TYPED[kind]


contents = st.builds(Content, **{p.field: answers(p.field, p.type) for p in form().parts})


@few
@given(contents)
def test_what_is_written_in_the_form_is_read_back(content: Content) -> None:
    assert read(written(content)) == content


@few
@given(contents)
def test_what_is_kept_is_read_back_and_always_the_same_text(content: Content) -> None:
    assert content_of(kept(content)) == content
    assert kept(content_of(kept(content))) == kept(content)


def test_everything_that_cannot_be_read_is_told_at_once_and_where() -> None:
    texts = written(complete()) | {
        "bedragen-0-bedrag": "-5", "bedragen-1-jaar": "22", "begint": "31-02-2022",
        "inbreng-0-vorm": "schelpen", "naam": "x" * 121, "resultaten-0-aantal": "veel",
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        read(texts)
    found = {str(f.where): f.message for f in refused.value.findings}
    assert set(found) == {
        "veld naam", "veld bedragen-0-bedrag", "veld bedragen-1-jaar", "veld begint",
        "veld inbreng-0-vorm", "veld resultaten-0-aantal",
    }  # fmt: skip
    assert found["veld bedragen-1-jaar"].startswith("Gevraagd van de deal, 2e jaar: Jaar: Dit is")


def test_rows_that_are_empty_are_no_rows() -> None:
    texts = {"naam": "Iets", "bedragen-0-jaar": " ", "bedragen-2-jaar": "2022"}
    assert read(texts).asked == (YearAmount(2022, None),)


def test_signs_that_nobody_sees_are_left_out() -> None:
    assert read({"naam": "Hout\x00\tbouw", "aanpak": "een\r\n\r\ntwee\x07 "}) == Content(
        title="Hout bouw", approach="een\n\ntwee"
    )


def test_totals_are_asked_own_and_of_others() -> None:
    found = budget(complete())
    assert (found.asked, found.own, found.other) == (200_000_00, 50_000_00, 19_000_00)
    assert (found.other_cash, found.other_in_kind) == (10_000_00, 9_000_00)
    assert found.total == 269_000_00
    assert asked_per_year(complete()) == {2022: 120_000_00, 2023: 80_000_00}


@few
@given(contents)
def test_totals_are_the_sum_of_what_is_filled_in(content: Content) -> None:
    found = budget(content)
    assert found.beside == sum(f.amount or 0 for f in content.funding)
    assert found.asked == sum(y.amount or 0 for y in content.asked)
    assert found.total == found.asked + found.beside


@pytest.mark.parametrize("phase", ["in_development", "advised", "nominated"])
def test_of_a_complete_proposal_nothing_lacks(phase: str) -> None:
    assert lacking(complete(), phase, KNOWN) == ()


def test_each_requirement_is_noticed_when_it_is_not_met() -> None:
    for needed in form().checklist:
        field = needed.field
        emptied: Any = "" if isinstance(getattr(complete(), field), str) else ()
        if getattr(complete(), field).__class__ is PartialDate:
            emptied = None
        if needed.needs == "each":
            row = getattr(complete(), field)[1 if needed.when else 0]
            value = "" if isinstance(getattr(row, needed.column), str) else None
            emptied = (replace(row, **{needed.column: value}),)
        found = lacking(replace(complete(), **{field: emptied}), needed.phase, KNOWN)
        assert needed.message in [f.message for f in found], needed


def test_a_later_phase_still_asks_what_an_earlier_one_did() -> None:
    content = complete(reason="", approach="", privacy="unknown")
    said = {phase: [f.message for f in lacking(content, phase, KNOWN)]
            for phase in ("in_development", "advised", "nominated")}  # fmt: skip
    assert said["in_development"] == ["De aanleiding ontbreekt"]
    assert said["advised"] == [*said["in_development"], "De aanpak ontbreekt"]
    assert said["nominated"] == [*said["advised"], "De toets op privacy is niet af"]


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a year outside the deal": ({"asked": (YearAmount(2025, 1_00),)}, "bedragen-0-jaar"),
    "a year twice": ({"asked": (YearAmount(2022, 1_00),) * 2}, "bedragen-1-jaar"),
    "an end before the start": ({"ends": PartialDate(2022, 1)}, "eindigt"),
    "a start after the deal": (
        {"starts": PartialDate(2024, 1), "ends": None, "milestones": ()}, "begint"),
    "a milestone outside the planning": (
        {"milestones": (Milestone(PartialDate(2021), "Te vroeg"),)}, "mijlpalen-0-wanneer"),
    "a lead that is its own partner": (
        {"partners": (Participant("GM0109", role="x"),)}, "partners-0-organisatie"),
    "a cross-over to itself": ({"cross_overs": (OtherPillar("werken"),)}, "dwarsverbanden-0-pijler"),
    "a theme of another pillar": ({"themes": ("welzijn-a",)}, "themas-welzijn-a"),
    "a place twice": ({"places": (Spot("GM0109"),) * 2}, "plaatsen-1-plaats"),
    "a result twice": (
        {"results": (ResultClaim("resultaat-werken-5", "x", "direct"),) * 2}, "resultaten-1-resultaat"),
    "a result that is not there": ({"results": (ResultClaim("weg", "x", "direct"),)}, "resultaten-0-resultaat"),
    "an organisation that is not there": ({"funding": (Funding("GM9", form="cash", amount=1, certainty="asked"),)}, "inbreng-0-organisatie"),
    "a risk without a measure": ({"risks": (Risk("Regen"),)}, "risicos-0-maatregel"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_contradicts_itself_is_found_at_its_field(what: str) -> None:
    given, name = WRONG[what]
    found = lacking(complete(**given), "advised", KNOWN)
    assert f"veld {name}" in [str(f.where) for f in found], [str(f) for f in found]
    assert all(f.remedy for f in found)


def test_findings_stand_in_the_order_of_the_form() -> None:
    found = lacking(Content(), "nominated", KNOWN)
    order = [part.name for part in form().parts]
    places = [order.index(str(f.where).removeprefix("veld ")) for f in found]
    assert len(found) > 15
    assert places == sorted(places)


def test_a_pipeline_counts_proposals_and_what_they_ask_per_phase() -> None:
    every = [Proposal(f"v{n}", phase, 1, complete(), 1, date(2022, 1, 1))
             for n, phase in enumerate(["nominated", "concept", "nominated"])]  # fmt: skip
    assert tally_per_phase(every) == {
        "concept": Tally(1, 200_000_00), "nominated": Tally(2, 400_000_00),
    }  # fmt: skip
    assert list(tally_per_phase(every)) == ["concept", "nominated"]
    assert tally([]) == Tally(0, 0)


def test_every_step_leads_from_a_phase_to_a_phase() -> None:
    for step, ways in STEPS.items():
        assert ways
        assert {*ways, *ways.values()} <= set(PHASES), step
    reached = {"concept"}
    for _ in PHASES:
        reached |= {to for ways in STEPS.values() for at, to in ways.items() if at in reached}
    assert reached == set(PHASES)
    assert not any("withdrawn" in ways for ways in STEPS.values())


def test_what_cannot_be_done_now_is_told_with_when_it_can() -> None:
    with pytest.raises(Refused, match="Het voorstel is nu “concept”; voordragen kan dan niet"):
        phase_after("nominate", "concept")
    assert phase_after("return", "nominated") == "returned"


def test_versions_are_compared_by_section() -> None:
    after = complete(title="Bouwplaats", risks=())
    found = differences(complete(), after, KNOWN)
    assert [(s.section.code, [p.part.field for p in s.parts]) for s in found] == [
        ("wat", ["title"]), ("risicos", ["risks"]),
    ]  # fmt: skip
    assert found[1].parts[0].before == (
        "Te weinig leerlingen, De proef zegt niets, Drie scholen vragen",
    )
    assert found[1].parts[0].after == ()
    assert differences(after, after) == ()


def test_an_answer_is_said_as_people_read_it() -> None:
    found = differences(Content(), complete(), KNOWN)
    said = {p.part.field: p.after for s in found for p in s.parts}
    assert said["funding"][1] == "Emmen, in natura, €\u00a09.000, toegezegd, 200 uur keer 45 euro"
    assert said["starts"] == ("maart 2022",)
    assert said["lead"] == ("Coevorden",)


def test_two_people_in_one_form_lose_nothing() -> None:
    before = complete()
    theirs = replace(before, title="Hun naam", reason="Hun reden")
    mine = written(replace(before, title="Mijn naam", asked=(YearAmount(2022, 1_00),)))
    texts, both = merged(before, mine, theirs)
    assert [part.field for part in both] == ["title"]
    assert read(texts) == replace(before, title="Mijn naam", reason="Hun reden",
                                  asked=(YearAmount(2022, 1_00),))  # fmt: skip


@few
@given(contents, contents, contents)
def test_merging_takes_each_question_from_who_changed_it(
    before: Content, mine: Content, theirs: Content
) -> None:
    texts, both = merged(before, written(mine), theirs)
    found = read(texts)
    for f in fields(Content):
        was, my_own, their_own = (getattr(c, f.name) for c in (before, mine, theirs))
        assert getattr(found, f.name) == (their_own if my_own == was else my_own)
        assert (f.name in {p.field for p in both}) == (
            my_own != was and their_own not in (was, my_own)
        )


def _sections(content: Any, section: int, part: int = 0) -> Any:
    return content["sections"][section]["parts"][part]


CHANGES: dict[str, Callable[[Any], object]] = {
    "a field twice": lambda c: c["sections"][0]["parts"].append(_sections(c, 0)),
    "a field left out": lambda c: c["sections"][0]["parts"].pop(),
    "a type that is none": lambda c: _sections(c, 0).update(type="kleur"),
    "a register that is none": lambda c: _sections(c, 0, 1).update(to="straten"),
    "a choice too many": lambda c: _sections(c, 7)["choices"].update({"wie weet": "perhaps"}),
    "a column left out": lambda c: _sections(c, 2)["columns"].pop(),
    "a phase that is none": lambda c: c["phases"][0].update(code="droom"),
    "a requirement of no column": lambda c: c["checklist"][3].update(column="straat"),
    "a requirement without a message": lambda c: c["checklist"][0].pop("message"),
    "a need that is none": lambda c: c["checklist"][0].update(needs="mooi"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_definition_that_cannot_be_used_says_so(change: str) -> None:
    content = yaml.safe_load((DEFINITIONS / "proposals.yaml").read_text("utf-8"))
    assert read_form(content) == form()
    CHANGES[change](content)
    with pytest.raises(DefinitionError, match=r"proposals\.yaml"):
        read_form(content)


def test_the_steps_are_told_in_the_architecture_as_they_are() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for step, ways in STEPS.items():
        same = all(before == after for before, after in ways.items())
        row = next(line for line in text.splitlines() if line.startswith(f"| {step} |"))
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert set(cells[1].split(", ")) == set(ways), step
        assert cells[2] == ("the same" if same else next(iter(set(ways.values())))), step
