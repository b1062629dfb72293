"""What every route must answer to everybody, from the table in matrix.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.test import Client

from tests.factories.second_deal import DEAL as OTHER_DEAL
from tests.integration.office.conftest import DEAL

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NO_DEAL = "geen-deal"
DEALS = (DEAL, OTHER_DEAL, NO_DEAL)
HERE_AND_THERE = {(DEAL, "here"), (OTHER_DEAL, "there")}
"""Codes of people and roles end with where they are known."""
SIGN_IN, SECOND_STEP = "/aanmelden/?", "/aanmelden/tweede-stap/"
EVERYWHERE = ("auditor", "administrator")

Row = Mapping[str, Any]


@cache
def table() -> Any:
    """The hand-written table of who may."""
    return yaml.safe_load((Path(__file__).parent / "matrix.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Thing:
    """What a request is about: the arguments of its route, the deal, and whom it belongs to."""

    arguments: Mapping[str, Any]
    deal: str = ""
    organisation: str = ""
    pillar: str = ""
    sheet: str = ""
    known: bool = True


@dataclass
class Persona:
    """Who asks. `role` is "" for who holds none now; `halted` is where they are sent instead."""

    name: str
    client: Client
    role: str = ""
    deal: str = ""
    organisation: str = ""
    pillar: str = ""
    halted: str = ""

    def holds(self, right: str, deal: str) -> str:
        """For what this person has a right in a deal: "deal", "own", "pillar" or "" for nothing."""
        inside = self.role in EVERYWHERE or self.deal == deal
        if right == "any_role":
            return "deal" if self.role and inside else ""
        return table()["rights"][right].get(self.role, "") if inside else ""

    def may(self, right: str, thing: Thing) -> bool:
        """Whether this person has a right to this thing."""
        match self.holds(right, thing.deal):
            case "deal":
                return True
            case "own":
                return thing.organisation == self.organisation
            case "pillar":
                return thing.pillar == self.pillar
        return False

    @property
    def first_of_role(self) -> bool:
        """Whether this is the person of a role by whom what is the same for all is asked."""
        return not self.name.endswith((ELSEWHERE, OTHER_ORGANISATION))

    @property
    def same_as_first(self) -> bool:
        """Whether what this person holds comes to what the first of the role holds."""
        rights = (right.get(self.role) for right in table()["rights"].values())
        of_the_deal = {held for held in rights if held} == {"deal"}
        everywhere = self.role in EVERYWHERE and self.name.endswith(ELSEWHERE)
        return of_the_deal and (self.name.endswith(OTHER_ORGANISATION) or everywhere)


OTHER_ORGANISATION, ELSEWHERE = ", other organisation", ", other deal"

MANY_THINGS = frozenset({"list", "new", "fact", "history_of_fact", "remove", "withhold"})
"""Kinds of routes that are asked about many things, each of which takes a form or a list."""


def is_asked(kind: str, method: str, who: Persona) -> bool:
    """Whether a request is made, or the same as one that is.

    HEAD runs the view of GET, and so is asked by one person of each role. Who holds the same as
    another of the role is not asked about many things again.
    """
    if method == "HEAD":
        return who.first_of_role
    return not (kind in MANY_THINGS and who.same_as_first and method in {"GET", "POST"})


ROLES = tuple(dict.fromkeys(role for right in table()["rights"].values() for role in right))


# Of every route the things it is asked about.


def things(name: str) -> list[Thing]:
    """What a route is asked about: one's own, of others, of another deal, and what is not there."""
    row = table()["routes"][name]
    asked = {
        "public": _public_things,
        "sign_in": lambda row: [Thing(row.get("with", {}))],
        "start": lambda _row: [Thing({})],
        "own_choice": lambda _row: [Thing({})],
        "page": lambda row: [_in(*sent) for sent in _sent(row.get("codes", ""))],
        "send": lambda row: [_in(*sent) for sent in _sent(row.get("codes", ""))],
        "form": lambda row: [_in(*sent) for sent in _sent(row.get("codes", ""))],
        "file": _files,
        "withhold_file": lambda row: [*_files(row), *_attached()],
        "paper": _papers,
        "proposal": _proposals,
        "list": _sheets,
        "new": _sheets,
        "grid": _sheets,
    }
    return asked.get(row["kind"], _facts)(row)


def _files(_row: Row) -> list[Thing]:
    belongs = {"organisation": "GM0109", "pillar": "werken"}
    return [
        _in(deal, {"code": code}, known=deal == DEAL, **belongs)
        for deal in DEALS
        for code in (*table()["files"], "bestaat-niet")
    ]


def _attached() -> list[Thing]:
    """Files that are at a point of an agenda or at a proposal."""
    belongs = {"organisation": "GM0109", "pillar": "werken"}
    return [
        _in(deal, {"code": code}, known=deal == DEAL, **belongs)
        for deal in DEALS
        for code in sorted({*table()["papers"]} - {"bestaat-niet"} | {*FILES_OF_PROPOSALS})
    ]


FILES_OF_PROPOSALS = {"proposal-file": "proposal-own"}


def _papers(_row: Row) -> list[Thing]:
    return [
        _in(deal, {"code": meeting, "named": paper})
        for deal in DEALS
        for meeting in ("meeting-here", "meeting-there")
        for paper in table()["papers"]
    ]


def _proposals(row: Row) -> list[Thing]:
    return [
        _in(
            deal,
            {"code": code, **more},
            known=deal == DEAL,
            organisation=of.get("organisation", ""),
            pillar=of.get("pillar", ""),
        )
        for deal in DEALS
        for code, of in table()["proposals"].items()
        if deal == DEAL or code == "proposal-own"
        for more in row.get("with", [{}])
    ]


def _sheets(_row: Row) -> list[Thing]:
    known = table()["sheets"]
    return [
        _in(deal, {"sheet": sheet}, known=sheet in known, sheet=sheet)
        for sheet in (*known, "wachtwoorden", "toekenningen")
        for deal in DEALS
    ]


def _in(deal: str, arguments: Mapping[str, Any], **given: Any) -> Thing:
    known = given.pop("known", True) and deal != NO_DEAL
    return Thing({"deal": deal, **arguments}, deal, known=known, **given)


def _public_things(row: Row) -> list[Thing]:
    if "found" not in row:
        return [Thing({})]
    return [
        *(_in(DEAL, given) for given in row["found"]),
        *(_in(DEAL, given, known=False) for given in row.get("unknown", ())),
        _in(NO_DEAL, [*row["found"], *row.get("unknown", ())][0]),
    ]


def _sent(codes: str) -> list[tuple[str, dict[str, str]]]:
    if not codes:
        return [(deal, {}) for deal in DEALS]
    return [
        (deal, {"code": code})
        for deal in DEALS
        for code in (f"{codes}-here", f"{codes}-there", "bestaat-niet")
    ]


def _facts(_row: Row) -> list[Thing]:
    found = []
    for of in table()["things"].values():
        belongs = {k: of.get(k, "") for k in ("organisation", "pillar", "sheet")}
        known = not of.get("unknown", False)
        arguments = {"sheet": of["sheet"], "code": of["code"]}
        found.append(_in(of.get("deal", DEAL), arguments, known=known, **belongs))
    sample = {"sheet": "projecten", "code": "werken~9"}
    found.append(_in(OTHER_DEAL, sample, known=False, sheet="projecten"))
    found.append(_in(NO_DEAL, sample, sheet="projecten"))
    return found


# What the answer must be, by the table.


def expected(name: str, method: str, who: Persona, thing: Thing) -> tuple[int, str]:
    """Status, and where a redirect goes ("" for anywhere)."""
    row = table()["routes"][name]
    kind = row["kind"]
    if method not in methods_of(row):
        return 405, ""
    reading = "GET" if method == "HEAD" else method
    if kind == "public":
        return (200 if thing.known else 404), ""
    if kind == "sign_in":
        return row["nobody" if who.halted == SIGN_IN else "somebody"][reading], ""
    if who.halted:
        return 302, who.halted
    if kind in {"start", "own_choice"}:
        in_one_deal = bool(who.role) and who.role not in EVERYWHERE
        return (302 if (in_one_deal if kind == "start" else reading == "POST") else 200), ""
    return _of_office(row, reading, who, thing), ""


_WITH_FORM = frozenset(
    {"grid", "new", "fact", "withhold", "withhold_file", "form", "own_choice", "remove"}
)


def methods_of(row: Row) -> tuple[str, ...]:
    if row["kind"] == "sign_in":
        return tuple(m for m in METHODS if ("GET" if m == "HEAD" else m) in row["nobody"])
    if row["kind"] == "proposal":
        reading = METHODS[:2] if "GET" in row["answers"] else ()
        return (*reading, *(("POST",) if "POST" in row["answers"] else ()))
    if row["kind"] == "send" or row.get("right") == "file.add":
        return ("POST",)
    if row["kind"] == "paper" and row["right"] == "meeting.prepare":
        return ("POST",)
    return METHODS[:3] if row["kind"] in _WITH_FORM else METHODS[:2]


def _of_office(row: Row, method: str, who: Persona, thing: Thing) -> int:
    judged = {
        "page": _of_page,
        "send": _of_page,
        "form": _of_form,
        "file": _of_file,
        "withhold_file": _of_file_to_withhold,
        "paper": _of_paper,
        "proposal": _of_proposal,
        "list": _of_list,
        "new": _of_new,
        "grid": _of_grid,
        "fact": _of_fact,
        "history_of_fact": _of_history,
        "withhold": _of_withholding,
        "remove": _of_removing,
    }
    return judged[row["kind"]](row, method, who, thing)


def _of_page(row: Row, _method: str, who: Persona, thing: Thing) -> int:
    held = who.holds(row["right"], thing.deal)
    if not held or (row.get("whole_deal") and held != "deal"):
        return 403
    code = thing.arguments.get("code", "")
    there = not code or (thing.deal, code.rpartition("-")[2]) in HERE_AND_THERE
    return row.get("allowed", 200) if thing.known and there else 404


def _of_form(row: Row, method: str, who: Persona, thing: Thing) -> int:
    status = _of_page(row, method, who, thing)
    return 422 if status == 200 and method == "POST" else status


def _of_file(row: Row, method: str, who: Persona, thing: Thing) -> int:
    if not who.holds(row["right"], thing.deal):
        return 403
    readers = table()["files"].get(thing.arguments["code"], ()) if thing.known else ()
    if not {who.role, f"{who.role} {who.organisation}"}.intersection(readers):
        return 404
    if method == "GET":
        return 200
    return 302 if who.may("file.add", thing) else 403


def _of_file_to_withhold(row: Row, method: str, who: Persona, thing: Thing) -> int:
    if not who.holds(row["right"], thing.deal):
        return 403
    code = thing.arguments["code"]
    readers = table()["papers"].get(code) or (
        table()["proposals"].get(FILES_OF_PROPOSALS.get(code, ""), {}).get("readers", ())
    )
    reads_parent = bool({who.role, f"{who.role} {who.organisation}"}.intersection(readers))
    if not thing.known or not (code in table()["files"] or reads_parent):
        return 404
    return 422 if method == "POST" else 200


def _of_paper(row: Row, method: str, who: Persona, thing: Thing) -> int:
    if not who.holds(row["right"], thing.deal):
        return 403
    readers = table()["papers"][thing.arguments["named"]]
    here = (thing.deal, thing.arguments["code"]) == (DEAL, "meeting-here")
    if not here or who.role not in readers:
        return 404
    return 200 if method == "GET" else 302


def _of_proposal(row: Row, method: str, who: Persona, thing: Thing) -> int:
    if not who.holds(row["right"], thing.deal):
        return 403
    code = thing.arguments["code"]
    of = table()["proposals"][code] if thing.known else {"readers": []}
    if not {who.role, f"{who.role} {who.organisation}"}.intersection(of["readers"]):
        return 404
    does = row.get("does", "")
    right = does if isinstance(does, str) else does[thing.arguments["deed"]]
    if right and not who.may(right, thing):
        return 403
    if row.get("file_of", code) != code:
        return 404
    later = {} if of.get("concept") else row.get("once_sent_in", {})
    return int(later.get(method, row["answers"][method]))


def _of_list(_row: Row, _method: str, who: Persona, thing: Thing) -> int:
    if not who.holds("register.read", thing.deal):
        return 403
    return 200 if thing.known else 404


def _of_new(_row: Row, method: str, who: Persona, thing: Thing) -> int:
    if not who.holds("register.read", thing.deal):
        return 403
    right = table()["sheets"].get(thing.sheet)
    if right and not who.holds(right, thing.deal):
        return 403
    if not thing.known:
        return 404
    return 422 if method == "POST" else 200


def _of_grid(row: Row, _method: str, who: Persona, thing: Thing) -> int:
    if not who.holds("register.read", thing.deal):
        return 403
    if thing.sheet not in row["grids"]:
        return 404
    if not who.holds(table()["sheets"][thing.sheet], thing.deal):
        return 403
    return 200 if thing.known else 404


def _of_fact(_row: Row, method: str, who: Persona, thing: Thing) -> int:
    if not who.holds("register.read", thing.deal):
        return 403
    if not thing.known:
        return 404
    if not who.may("register.read", thing):
        return 403
    if method != "POST":
        return 200
    return 422 if who.may(table()["sheets"][thing.sheet], thing) else 403


def _of_history(_row: Row, _method: str, who: Persona, thing: Thing) -> int:
    if not who.holds("history.read", thing.deal):
        return 403
    if not thing.known:
        return 404
    both = who.may("register.read", thing) and who.may("history.read", thing)
    return 200 if both else 403


def _of_removing(row: Row, method: str, who: Persona, thing: Thing) -> int:
    if not who.holds("register.read", thing.deal):
        return 403
    if not thing.known:
        return 404
    if not who.may("register.read", thing) or not who.may(table()["sheets"][thing.sheet], thing):
        return 403
    if method != "POST":
        return 200
    return 302 if thing.sheet in row["removed"] else 422


def _of_withholding(row: Row, method: str, who: Persona, thing: Thing) -> int:
    if not who.holds("confidentiality.mark", thing.deal):
        return 403
    if not thing.known or thing.sheet not in row["withheld"]:
        return 404
    return 422 if method == "POST" else 200
