"""Sheets that are filled in as a grid: pasted, looked over, and recorded in one revision."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_urlsafe

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.access import queries as people
from noaber.access.rules import NotPermitted
from noaber.core.finding import Field, Finding, Refused
from noaber.imports import editing
from noaber.imports.editing import Item, Texts
from noaber.imports.editing_rows import (
    RowChange,
    RowsChangedMeanwhile,
    items_at,
    preview_rows,
    save_rows,
    settled,
)
from noaber.imports.pasting import MOST_LINES, coded, pasted, too_many
from noaber.record.queries import latest
from noaber.record.rules import AlreadyRecorded
from noaber.web.access import FORM, Desk, office
from noaber.web.office.forms import Difference
from noaber.web.office.grid import (
    MORE,
    Line,
    called,
    columns_of,
    fill,
    grid_columns,
    grid_rows,
    lines_of,
    lines_sent,
    more,
    shown,
)
from noaber.web.office.menu import Kept, kept
from noaber.web.office.page import done, office_page

ADD, PASTE, UNDO, LOOK, RECORD = "meer", "plak", "terug", "bekijk", "vastleggen"
"""What the buttons of the form ask."""

PASTED = "geplakt"
SOURCE = "bron"
"""The field that says what new rows cite that name no source."""


@dataclass
class Sheet:
    """A grid as somebody has it before them: its lines, and the revision it is about."""

    keeps: Kept
    base: int
    key: str
    lines: list[Line]
    default: Texts = field(default_factory=dict)
    text: str = ""
    findings: Sequence[Finding] = ()
    changes: Sequence[RowChange] | None = None
    others: str = ""
    said: str = ""

    @property
    def rows(self) -> list[editing.Row]:
        """The rows to check and record; empty new rows are none."""
        return [line.row(self.default) for line in self.lines if not line.empty]


@office("register.read", FORM)
def grid(request: HttpRequest, desk: Desk, sheet: str) -> HttpResponse:
    """A sheet as a grid; nothing is recorded before it was looked over."""
    keeps = kept().get(sheet)
    if keeps is None or not keeps.grid:
        raise Http404(sheet)
    if not desk.may_somewhere(keeps.permission):
        raise NotPermitted(keeps.permission)
    if request.method != "POST":
        number = latest()
        before = Sheet(keeps, number, token_urlsafe(12), lines_of(_mine(desk, keeps, number)))
        return _page(request, desk, before)
    wanted = request.POST.get("doe", LOOK)
    if wanted == UNDO:
        return done(request, "Wat u had ingevuld is ongedaan gemaakt.", request.path)
    before = _sent(request, desk, keeps)
    if wanted == ADD:
        more(before.lines, MORE)
    elif wanted == PASTE:
        _paste(desk, before)
    else:
        return _judged(request, desk, before, record=wanted == RECORD)
    return _page(request, desk, before)


def _mine(desk: Desk, keeps: Kept, number: int) -> tuple[Item, ...]:
    """The facts that this person reads and may change, as known at a revision."""
    return tuple(
        item
        for item in items_at(desk.deal, keeps.sheet, number, desk.audience)
        if item.kept_here
        and all(
            desk.may(permission, item.target.organisation, item.target.pillar)
            for permission in ("register.read", keeps.permission)
        )
    )


def _sent(request: HttpRequest, desk: Desk, keeps: Kept) -> Sheet:
    typed = request.POST.get("basis", "")
    base = min(int(typed), latest()) if typed.isdecimal() and len(typed) < 10 else latest()
    offered = editing.choices(desk.deal, keeps.sheet, desk.audience)
    typed_in = {name: text.replace("\r\n", "\n") for name, text in request.POST.dict().items()}
    lines = lines_sent(keeps.sheet, typed_in, request.POST.getlist("rij"), _mine(desk, keeps, base))
    for line in lines:
        line.texts |= {
            c.name: coded(c, line.texts.get(c.name, ""), offered) for c in columns_of(keeps.sheet)
        }
    source = request.POST.get(SOURCE, "")
    return Sheet(
        keeps,
        base,
        request.POST.get("sleutel", "")[:40] or token_urlsafe(12),
        lines,
        {c.name: source for c in keeps.sheet.columns if c.field == "source" and source},
        request.POST.get(PASTED, ""),
    )


def _paste(desk: Desk, sheet: Sheet) -> None:
    columns = columns_of(sheet.keeps.sheet)
    offered = editing.choices(desk.deal, sheet.keeps.sheet, desk.audience)
    try:
        rows = pasted(sheet.text, columns, offered, PASTED)
    except Refused as refused:
        sheet.findings = refused.findings
        return
    fill(sheet.lines, sheet.keeps.sheet, rows)
    sheet.text = ""
    sheet.said = f"{len(rows)} rijen ingevuld. Er is nog niets vastgelegd."


def _judged(request: HttpRequest, desk: Desk, sheet: Sheet, *, record: bool) -> HttpResponse:
    """What the grid would change, or that it was recorded; everything wrong at its cell."""
    keeps = sheet.keeps
    new = sum(line.item is None and not line.empty for line in sheet.lines)
    if new > MOST_LINES:
        sheet.findings = [too_many(new)]
        return _page(request, desk, sheet)

    def permitted(found: Item) -> None:
        if not desk.may(keeps.permission, found.target.organisation, found.target.pillar):
            raise NotPermitted(keeps.permission)

    asked = {
        "deal": desk.deal,
        "base": sheet.base,
        "permitted": permitted,
        "audience": desk.audience,
    }
    try:
        if record and request.POST.get("gezien", "") == _seen(sheet):
            number = save_rows(
                keeps.sheet,
                sheet.rows,
                **asked,  # type: ignore[arg-type]
                form=f"grid:{desk.actor.code}:{sheet.key}",
                by=desk.actor,
                at=timezone.now(),
            )
            said = "Vastgelegd." if number else "Er was niets veranderd."
            return done(request, said, reverse("grid", args=[desk.deal, keeps.sheet.name]))
        if record:
            sheet.said = "U veranderde nog iets. Kijk het nog eens na en leg het dan vast."
        sheet.changes = preview_rows(keeps.sheet, sheet.rows, **asked)  # type: ignore[arg-type]
    except AlreadyRecorded as already:
        said = f"Dit was al vastgelegd, in revisie {already.number}."
        return done(request, said, reverse("grid", args=[desk.deal, keeps.sheet.name]))
    except Refused as refused:
        sheet.findings = refused.findings
    except RowsChangedMeanwhile as changed:
        _merge(desk, sheet, changed)
        return _page(request, desk, sheet, status=409)
    return _page(request, desk, sheet)


def _seen(sheet: Sheet) -> str:
    """Names what is filled in, so that what is recorded is what was looked over."""
    told = repr([sheet.base, *((row.name, sorted(row.texts.items())) for row in sheet.rows)])
    return sha256(told.encode()).hexdigest()


def _merge(desk: Desk, sheet: Sheet, changed: RowsChangedMeanwhile) -> None:
    """Put what others recorded meanwhile in the grid; what both changed is for me to choose."""
    found = {name.removesuffix(":"): each for name, each in changed.found.items()}
    names = people.names({each.author for each in found.values()})
    sheet.others = ", ".join(dict.fromkeys(names.values())) or "Iemand anders"
    sheet.base = latest()
    now = {item.code: item for item in _mine(desk, sheet.keeps, sheet.base)}
    for line in sheet.lines:
        if line.item is None or line.code not in now:
            continue
        was, theirs = line.item.texts, now[line.code]
        for column in columns_of(sheet.keeps.sheet):
            name, stands = column.name, theirs.texts[column.name]
            if stands == was[name]:
                continue
            if settled(column, line.texts[name]) == was[name]:
                line.texts[name] = shown(column, stands)
            if line.code in found:
                difference = Difference(shown(column, was[name]), shown(column, stands))
                line.theirs = {**line.theirs, name: difference}
        line.item = theirs


def _page(request: HttpRequest, desk: Desk, sheet: Sheet, *, status: int = 0) -> HttpResponse:
    keeps = sheet.keeps
    offered = editing.choices(desk.deal, keeps.sheet, desk.audience)
    named = {column: dict(pairs) for column, pairs in offered.items()}
    rows = grid_rows(keeps.sheet, sheet.lines, sheet.findings, named)
    cells = [(row, cell) for row in rows for cell in row.cells]
    names = {cell.name for _, cell in cells} | {PASTED}
    columns = grid_columns(keeps.sheet, named)
    labels = {c.name: c for c in keeps.sheet.columns}
    return office_page(
        request,
        desk,
        "office/grid.html",
        here=reverse("records", args=[desk.deal, keeps.sheet.name]),
        status=status or (422 if sheet.findings else 200),
        keeps=keeps,
        grid=sheet,
        known=[row for row in rows if not row.new],
        new=[row for row in rows if row.new],
        columns=columns,
        of_known=[c for c in columns if c.name not in keeps.sheet.key],
        offers=[(c.offers, offered[c.name]) for c in columns if c.offers],
        sources=[
            (value, name, value == sheet.default.get(c.name))
            for c in keeps.sheet.columns
            if c.field == "source"
            for value, name in offered[c.name]
        ],
        wrong=[(row, cell) for row, cell in cells if cell.wrong],
        wrong_paste=[f for f in sheet.findings if f.where == Field(PASTED)],
        elsewhere=[
            f for f in sheet.findings if not isinstance(f.where, Field) or f.where.name not in names
        ],
        changes=sheet.changes
        and [
            (
                f"{'Nieuw: ' if change.new else ''}{called(keeps.sheet, change.becomes, named)}",
                [
                    (labels[n].label, shown(labels[n], was), shown(labels[n], becomes))
                    for n, was, becomes in change.changed
                ],
            )
            for change in sheet.changes
        ],
        looked=sheet.changes is not None,
        seen=_seen(sheet),
        back=reverse("records", args=[desk.deal, keeps.sheet.name]),
        most=MOST_LINES,
    )
