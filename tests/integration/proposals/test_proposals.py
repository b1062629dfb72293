"""From a concept to a project: what is kept, who reads it, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from noaber.access.rules import OFFICE, PUBLIC, Audience, NotPermitted
from noaber.core.dates import PartialDate
from noaber.core.finding import Refused
from noaber.core.ref import Ref
from noaber.files import actions as files
from noaber.files import queries as file_queries
from noaber.imports import editing
from noaber.imports.exporting import exported
from noaber.indicators import queries as indicators
from noaber.projects import queries as projects
from noaber.proposals import actions, queries
from noaber.proposals.rules import ChangedMeanwhile, Comment, Content, Participant, Proposal
from noaber.record.actions import revision
from noaber.record.queries import check_chain, latest
from noaber.record.rules import AlreadyRecorded, Evidence, Moment
from tests.factories.people import ANNA, BAS, DINA
from tests.factories.proposals import complete

DEAL = "zuid-en-oost-drenthe"
AT = datetime(2022, 2, 1, 10, tzinfo=UTC)
TODAY = AT.date()
OWN = Audience(frozenset({"public", "own:GM0109"}))
OTHER = Audience(frozenset({"public", "party", "own:GM0114"}))
BOARD = Audience(frozenset({"public", "board"}))

pytestmark = pytest.mark.usefixtures("reference_register")


def now(audience: Audience = OFFICE, *, on: date = TODAY) -> dict[str, Proposal]:
    found = queries.proposals(DEAL, Moment(on, latest()), audience)
    return {p.code: p for p in found}


def begun(content: Content | None = None, **given: Any) -> str:
    return actions.write(deal=DEAL, code="", content=content or complete(), by=BAS, at=AT, **given)


def taken(*steps: str, content: Content | None = None) -> str:
    """A proposal with which these steps were taken."""
    code = begun(content)
    for step in steps:
        DONE[step](code)
    return code


def done(action: Callable[..., None], **given: Any) -> Callable[[str], None]:
    return lambda code: action(deal=DEAL, code=code, by=ANNA, at=AT, **given)


DONE: dict[str, Callable[[str], None]] = {
    "send_in": done(actions.send_in),
    "return": done(actions.send_back, comments=[Comment("geld", "Te duur.")]),
    "advise": done(actions.advise, opinion="positive", text="Goed plan.", decision="b0", on=TODAY),
    "nominate": done(actions.nominate, text="Voor tranche 7."),
    "withdraw": done(actions.withdraw, text="Geen capaciteit."),
    "hold": done(actions.hold, decision="b1"),
    "award": done(actions.conclude, outcome="awarded", decision="b2"),
    "reject": done(actions.conclude, outcome="rejected", decision="b2"),
    "reopen": done(actions.reopen, decision="b3"),
}


def start(code: str, number: str = "77") -> str:
    return actions.start_project(
        deal=DEAL, code=code, number=number, since=PartialDate(2022, 2, 1), evidence=Evidence("up6"),
        by=ANNA, at=AT,
    )  # fmt: skip


def test_a_proposal_goes_from_concept_to_decided() -> None:
    code = taken("send_in", "return", "send_in", "advise", "nominate", "hold", "award")
    found = now()[code]
    assert [s.after for s in found.steps] == [
        "in_development", "returned", "in_development", "advised", "nominated", "nominated", "decided",
    ]  # fmt: skip
    assert (found.phase, found.number, found.total) == ("decided", 2, 200_000_00)
    assert (found.title, found.pillar, found.lead) == ("Bouwplaats van hout", "werken", "GM0109")
    assert found.comments == (Comment("geld", "Te duur."),)
    assert found.advice is not None
    assert (found.advice.opinion, found.advice.text) == ("positive", "Goed plan.")
    assert found.concluded is not None
    assert (found.concluded.outcome, found.concluded.decision) == ("awarded", "b2")
    assert check_chain() == ()


def test_the_past_of_a_proposal_stays_as_it_was() -> None:
    code = taken("send_in")
    earlier = latest()
    DONE["advise"](code)
    then = queries.proposal(DEAL, code, Moment(AT.date(), earlier), OFFICE)
    assert then is not None
    assert (then.phase, then.advice) == ("in_development", None)
    assert now(on=AT.date() - timedelta(days=1)) == {}


def test_versions_are_kept_as_they_were_sent_in() -> None:
    code = taken("send_in", "return")
    changed = replace(complete(), title="Bouwplaats van leem")
    actions.write(deal=DEAL, code=code, content=changed, base=latest(), by=BAS, at=AT)
    before = queries.versions(DEAL, code, Moment(AT.date(), latest()), OWN)
    assert [v.content.title for v in before] == ["Bouwplaats van hout"]
    DONE["send_in"](code)
    found = queries.versions(DEAL, code, Moment(AT.date(), latest()), OWN)
    assert [(v.number, v.content.title, v.author) for v in found] == [
        (1, "Bouwplaats van hout", "anna"), (2, "Bouwplaats van leem", "anna"),
    ]  # fmt: skip
    assert queries.versions(DEAL, code, Moment(AT.date(), latest()), OTHER) == ()


def test_a_proposal_of_another_organisation_is_not_to_be_had() -> None:
    code = taken("send_in")
    for audience in (PUBLIC, OTHER):
        assert now(audience) == {}
        assert queries.proposal(DEAL, code, Moment(AT.date(), latest()), audience) is None
    assert set(now(OWN)) == set(now(OFFICE)) == set(now(BOARD)) == {code}


def test_a_board_reads_a_proposal_from_when_it_was_sent_in() -> None:
    code = begun()
    assert now(BOARD) == {}
    assert set(now(OWN)) == set(now(OFFICE)) == {code}
    DONE["send_in"](code)
    DONE["return"](code)
    assert set(now(BOARD)) == {code}


def test_who_hands_a_proposal_over_no_longer_has_it() -> None:
    code = begun()
    handed = complete(lead="GM0114", partners=())
    actions.write(deal=DEAL, code=code, content=handed, base=latest(), by=ANNA, at=AT)
    assert now(OWN) == {}
    assert set(now(OTHER)) == {code}


def test_two_people_in_one_form_lose_nothing() -> None:
    code = begun()
    base = latest()
    theirs = replace(complete(), title="Van Anna")
    actions.write(deal=DEAL, code=code, content=theirs, base=base, by=ANNA, at=AT)
    mine = replace(complete(), reason="Van Bas")
    with pytest.raises(ChangedMeanwhile) as changed:
        actions.write(deal=DEAL, code=code, content=mine, base=base, by=BAS, at=AT)
    assert changed.value.before == complete()
    assert (changed.value.theirs.title, changed.value.author) == ("Van Anna", "anna")
    assert now()[code].content == theirs
    both = replace(theirs, reason="Van Bas")
    actions.write(deal=DEAL, code=code, content=both, base=latest(), by=BAS, at=AT)
    assert now()[code].content == both


def test_a_form_that_was_sent_twice_is_recorded_once() -> None:
    code = begun(key="bas:1")
    with pytest.raises(AlreadyRecorded) as again:
        begun(key="bas:1")
    assert queries.made_in(DEAL, again.value.number) == code
    assert set(now()) == {code}
    given: dict[str, Any] = {"deal": DEAL, "code": code, "by": BAS, "at": AT, "key": "bas:2"}
    actions.send_in(**given)
    with pytest.raises(AlreadyRecorded):
        actions.send_in(**given)
    assert now()[code].number == 1


def test_who_may_not_is_asked_of_what_it_was_and_of_what_it_becomes() -> None:
    code = begun()

    def only_of_emmen(lead: str, _pillar: str) -> None:
        if lead != "GM0114":
            raise NotPermitted("proposal.write")

    for content in (complete(title="Anders"), complete(lead="GM0114", partners=())):
        with pytest.raises(NotPermitted):
            actions.write(deal=DEAL, code=code, content=content, base=latest(), by=DINA, at=AT,
                          permitted=only_of_emmen)  # fmt: skip
    with pytest.raises(NotPermitted):
        actions.send_in(deal=DEAL, code=code, by=DINA, at=AT, permitted=only_of_emmen)
    assert now()[code].content == complete()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (complete(title="", lead="", pillar=""), "Naam ontbreekt"),
        (complete(pillar="lucht"), "Pijler: “lucht” staat niet in het register"),
        (complete(partners=(Participant("GM9999"),)), "Organisatie: “GM9999” staat niet"),
    ],
)
def test_what_even_a_concept_must_have_is_asked_and_nothing_is_kept(
    content: Content, message: str
) -> None:
    before = latest()
    with pytest.raises(Refused, match=message):
        begun(content)
    assert (latest(), now()) == (before, {})


REFUSED: dict[str, tuple[tuple[str, ...], Content | None, str, str]] = {
    "too little to send in": ((), complete(reason="", asked=()), "send_in", "De aanleiding ontbreekt"),
    "too little to advise on": (("send_in",), complete(risks=()), "advise", "Er staan geen risico's"),
    "too little to nominate": (
        ("send_in", "advise"), complete(privacy="unknown"), "nominate", "De toets op privacy"),
    "nominated without advice": (("send_in",), None, "nominate", "voordragen kan dan niet"),
    "sent in twice": (("send_in",), None, "send_in", "indienen kan dan niet"),
    "decided twice": (
        ("send_in", "advise", "nominate", "award"), None, "reject", "besluiten kan dan niet"),
    "returned after the decision": (
        ("send_in", "advise", "nominate", "award"), None, "return", "teruggeven kan dan niet"),
    "anything after it was withdrawn": (("withdraw",), None, "send_in", "indienen kan dan niet"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_done_now_is_refused_and_nothing_is_kept(what: str) -> None:
    steps, content, step, message = REFUSED[what]
    code = taken(*steps, content=content)
    before = (latest(), now())
    with pytest.raises(Refused, match=message):
        DONE[step](code)
    assert (latest(), now()) == before


@pytest.mark.parametrize(
    ("steps", "action", "given", "rules"),
    [
        (("send_in",), actions.send_back, {"text": " "}, ["V-41"]),
        (("send_in",), actions.send_back, {"comments": [Comment("lucht", "Hm.")]}, ["V-42"]),
        ((), actions.withdraw, {"text": ""}, ["V-45"]),
        ((), actions.withdraw, {"text": "x" * 10_001}, ["V-46"]),
    ],
)
def test_a_step_says_what_it_needs(
    steps: tuple[str, ...], action: Callable[..., None], given: dict[str, Any], rules: list[str]
) -> None:
    code = taken(*steps)
    with pytest.raises(Refused) as refused:
        action(deal=DEAL, code=code, by=ANNA, at=AT, **given)
    assert [f.rule for f in refused.value.findings] == rules


def test_what_is_not_there_cannot_be_written_or_decided_on() -> None:
    with pytest.raises(actions.NoSuchProposal):
        DONE["award"]("v99")
    with pytest.raises(actions.NoSuchProposal):
        actions.write(deal=DEAL, code="v99", content=complete(), by=BAS, at=AT)
    with pytest.raises(ValueError, match="misschien"):
        actions.advise(
            deal=DEAL,
            code="v1",
            opinion="misschien",
            text="",
            decision="b",
            on=TODAY,
            by=ANNA,
            at=AT,
        )
    with pytest.raises(ValueError, match="misschien"):
        actions.conclude(deal=DEAL, code="v1", outcome="misschien", decision="b", by=ANNA, at=AT)


def test_a_decision_dated_before_the_nomination_still_holds() -> None:
    code = taken("send_in", "advise", "nominate")
    actions.conclude(
        deal=DEAL, code=code, outcome="rejected", decision="b", by=ANNA, at=AT - timedelta(days=9)
    )
    assert now()[code].phase == "decided"


def test_a_decision_that_is_superseded_puts_the_proposal_back() -> None:
    code = taken("send_in", "advise", "nominate", "reject", "reopen")
    assert (now()[code].phase, now()[code].concluded) == ("nominated", None)
    DONE["award"](code)
    found = now()[code].concluded
    assert found is not None
    assert found.outcome == "awarded"


def test_what_an_award_made_known_is_not_known_once_that_is_superseded() -> None:
    code = taken("send_in", "advise", "nominate")
    with revision(by=ANNA, at=AT, action="decide", subject=f"deal:{DEAL}"):
        project = start(code)
        DONE["award"](code)
    awarded = latest()

    def claimed(known: int) -> list[str]:
        found = projects.facts(DEAL, Moment(date(2022, 3, 1), known), PUBLIC).influences
        return [i.decision for i in found if i.project == project]

    DONE["reopen"](code)
    DONE["reject"](code)
    assert (claimed(latest()), claimed(awarded)) == ([], ["b2"])
    DONE["reopen"](code)
    DONE["award"](code)
    assert claimed(latest()) == ["b2"]


def test_a_project_is_made_with_everything_the_proposal_says() -> None:
    code = taken("send_in", "advise", "nominate")
    with revision(by=ANNA, at=AT, action="decide", subject=f"deal:{DEAL}"):
        project = start(code)
        DONE["award"](code)
    moment = Moment(date(2022, 3, 1), latest())
    found = projects.facts(DEAL, moment, PUBLIC)
    made = next(p for p in found.projects if p.code == project)
    assert (project, made.name, made.lead, made.status) == (
        "werken-77", "Bouwplaats van hout", "GM0109", "planned",
    )  # fmt: skip
    assert (
        made.continuation
        == "De werkplaats blijft en draait op lesgeld. Daarna betaalt: De scholen."
    )
    assert [p.organisation for p in found.partners if p.project == project] == ["GM0114"]
    assert {p.municipality for p in found.places if p.project == project} == {"GM0109", "GM0114"}
    assert [c.note for c in found.cross_overs if c.project == project] == ["Houten woningen"]
    assert [t.text for t in found.texts if t.project == project] == [complete().summary]
    planned = [m for m in indicators.measurements(DEAL, moment, PUBLIC) if m.project == project]
    assert [(m.result, m.status, m.value) for m in planned] == [
        ("resultaat-werken-5", "planned", Decimal(12))
    ]
    claimed = [i for i in found.influences if i.project == project]
    assert [(i.result, i.strength, i.decision) for i in claimed] == [
        ("resultaat-werken-5", "partial", "b2")
    ]
    proposal = now()[code]
    assert (proposal.phase, proposal.project) == ("decided", project)


def test_a_register_with_a_project_from_a_proposal_is_still_a_right_one() -> None:
    # Not awarded here: what is claimed then names a decision, and here none is recorded.
    code = taken("send_in", "advise", "nominate")
    start(code)
    rows = exported(DEAL, latest(), OFFICE)
    for sheet_name in ("partners", "plaatsen", "dwarsverbanden", "teksten", "metingen"):
        assert any(row["project"] == "werken-77" for row in rows[sheet_name]), sheet_name
    sheet = editing.sheet_of("projecten")
    assert sheet
    item = next(i for i in editing.items(DEAL, sheet) if i.key == ("werken", "77"))
    texts = {**item.texts, "kopje": "Hout"}
    assert editing.save(sheet, texts, deal=DEAL, key=item.key, base=item.base, by=ANNA, at=AT)


def test_no_project_is_made_twice_or_over_another() -> None:
    code = taken("send_in", "advise", "nominate")
    with pytest.raises(Refused, match="Er is al een project"):
        start(code, "9")
    with pytest.raises(Refused, match="nummer van het project ontbreekt"):
        start(code, " ")
    start(code)
    with pytest.raises(Refused, match="hoort al bij het project werken-77"):
        start(code, "78")
    follow_up = taken("send_in", "advise", "nominate", content=complete(project="werken-9"))
    with pytest.raises(Refused, match="hoort al bij het project werken-9"):
        start(follow_up, "79")


def test_files_of_a_proposal_are_had_through_the_proposal_only() -> None:
    code = begun()
    named = files.add(
        deal=DEAL, parent=Ref("proposal", code), organisation="GM0109", name="begroting.txt",
        content=b"Hout: 1", readers=queries.FILE_READERS, since=AT.date(), by=BAS, at=AT,
    )  # fmt: skip
    moment = Moment(AT.date(), latest())
    assert [f.code for f in queries.files(DEAL, code, moment, OFFICE)] == [named]
    assert queries.file(DEAL, code, named, moment, OFFICE)
    assert queries.file(DEAL, "v2", named, moment, OFFICE) is None
    for audience in (PUBLIC, OWN, OTHER, OFFICE, BOARD):
        assert file_queries.files(DEAL, moment, audience) == ()
