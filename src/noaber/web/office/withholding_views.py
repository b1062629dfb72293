"""Confidentiality (covenant, article 10): what is withheld, for whom, why and until when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.access import actions, queries
from noaber.access.rules import Withholding
from noaber.core.dates import DateError, parse_date
from noaber.core.finding import Field, Finding, Refused
from noaber.core.ref import Ref
from noaber.imports import editing
from noaber.imports.editing import Item, Texts
from noaber.web.access import FORM, Desk, office
from noaber.web.office.menu import kept
from noaber.web.office.page import done, office_page

_CODES: Mapping[str, Callable[[Texts], str]] = {
    "project_text": lambda t: f"{t['project']}/{_kind(t['soort'])}",
    "progress": lambda t: f"{t['project']}/{t['ronde']}",
    "measurement": lambda t: t["code"],
    "partner": lambda t: f"{t['project']}/{t['organisatie']}",
    "seat": lambda t: f"{t['overleg']}-{t['zetel']}",
    "foreword": lambda t: t["tranche"],
}
"""The code of a fact that can be withheld, from the texts of its row."""


def _kind(word: str) -> str:
    sheet = kept()["teksten"].sheet
    column = sheet.column("soort")
    return str((column.choices or {}).get(word, word)) if column else word


def item_of(deal: str, item: Item) -> Ref | None:
    """What is withheld when this fact is; None when it never is."""
    code = _CODES.get(item.sheet.kind)
    return Ref(item.sheet.kind, f"{deal}/{code(item.texts)}") if code else None


@dataclass(frozen=True)
class Line:
    """Something withheld in the list: what it is in words, its last day, and where it is changed."""

    withholding: Withholding
    what: str
    last: date | None
    change: str


@office("confidentiality.mark")
def withholdings(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything that is withheld in the deal, with what a legal duty overrides."""
    held = queries.withholdings(desk.deal, desk.today)
    pages = _pages(desk.deal, {w.item.kind for w in held})
    lines = [
        Line(
            w,
            _WORDS.get(w.item.kind, w.item.kind),
            w.until - timedelta(days=1) if w.until else None,
            pages.get(w.item, "") if w.item.kind != "file" else _page_of_file(desk.deal, w.item),
        )
        for w in held
    ]
    return office_page(request, desk, "office/withholdings.html", lines=lines)


_WORDS = {
    "project_text": "Tekst",
    "progress": "Voortgang",
    "measurement": "Meting",
    "partner": "Partner",
    "seat": "Lid van een overleg",
    "foreword": "Voorwoord",
    "file": "Bestand",
}


def _pages(deal: str, kinds: set[str]) -> dict[Ref, str]:
    """The pages to change what is recorded of facts of these kinds."""
    return {
        ref: reverse("withhold", args=[deal, name, item.code])
        for name, keeps in kept().items()
        if keeps.sheet.kind in kinds
        for item in editing.items(deal, keeps.sheet)
        if (ref := item_of(deal, item))
    }


def _page_of_file(deal: str, item: Ref) -> str:
    return reverse("withhold_file", args=[deal, item.code.rpartition("/")[2]])


@dataclass(frozen=True)
class Typed:
    """The form as it was typed."""

    organisation: str = ""
    reason: str = ""
    until: str = ""
    ground: str = ""


@office("confidentiality.mark", FORM)
def withhold(request: HttpRequest, desk: Desk, sheet: str, code: str) -> HttpResponse:
    """Withhold a fact on request of a party, or change what was recorded of that."""
    if sheet not in kept():
        raise Http404(sheet)
    key = tuple(code.split("~"))
    found = next((i for i in editing.items(desk.deal, kept()[sheet].sheet) if i.key == key), None)
    item = item_of(desk.deal, found) if found else None
    if found is None or item is None:
        raise Http404(code)
    named = f"{kept()[sheet].name} van {found.texts.get('project') or found.code}"
    return answer(request, desk, Subject(item, _parent(desk.deal, found.texts), named))


@dataclass(frozen=True)
class Subject:
    """What is to be withheld, the thing whose page says so, and how it is called here."""

    item: Ref
    parent: Ref
    named: str


def answer(request: HttpRequest, desk: Desk, subject: Subject) -> HttpResponse:
    """The form to withhold something, or what came of it when it was sent."""
    item = subject.item
    known = next((w for w in queries.withholdings(desk.deal, desk.today) if w.item == item), None)
    typed = _typed(request, known)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        try:
            actions.withhold(_wanted(desk, subject, known, typed), by=desk.actor, at=timezone.now())
            return done(
                request,
                "De geheimhouding is vastgelegd.",
                reverse("withholdings", args=[desk.deal]),
            )
        except Refused as refused:
            findings = refused.findings
    parties = editing.choices(desk.deal, kept()["partijen"].sheet, desk.audience)["organisatie"]
    return office_page(
        request,
        desk,
        "office/withhold.html",
        here=reverse("withholdings", args=[desk.deal]),
        status=422 if findings else 200,
        named=subject.named,
        typed=typed,
        known=known,
        parties=parties,
        findings=findings,
    )


def _parent(deal: str, texts: Texts) -> Ref:
    """The thing with a page that names a fact as withheld."""
    for kind, column in _PARENTS:
        if texts.get(column):
            return Ref(kind, f"{deal}/{texts[column]}")
    return Ref("deal", deal)


_PARENTS = (("project", "project"), ("board", "overleg"), ("tranche", "tranche"))


def _typed(request: HttpRequest, known: Withholding | None) -> Typed:
    if request.method == "POST":
        return Typed(
            *(request.POST.get(n, "").strip() for n in ("partij", "reden", "tot", "grond"))
        )
    if known is None:
        return Typed()
    last = known.until - timedelta(days=1) if known.until else None
    return Typed(known.organisation, known.reason, last.isoformat() if last else "", known.ground)


def _wanted(desk: Desk, subject: Subject, known: Withholding | None, typed: Typed) -> Withholding:
    """:raises Refused: when the last day cannot be read or no party is named."""
    findings = []
    last: date | None = None
    if typed.until:
        try:
            last = parse_date(typed.until).last_day
        except DateError as wrong:
            findings.append(
                Finding(
                    "T-30", str(wrong), Field("tot en met"), "Schrijf een dag, zoals 31-12-2026."
                )
            )
    if not typed.organisation:
        findings.append(
            Finding(
                "T-22",
                "De partij ontbreekt",
                Field("partij"),
                "Kies welke partij om geheimhouding vraagt.",
            )
        )
    if findings:
        raise Refused(findings)
    return Withholding(
        known.code if known else "",
        subject.item,
        subject.parent,
        desk.deal,
        typed.organisation,
        typed.reason,
        known.since if known else desk.today,
        last + timedelta(days=1) if last else None,
        typed.ground,
    )
