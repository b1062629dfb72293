"""What the office keeps: lists, forms, and the history of each fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.access import queries as people
from noaber.access.rules import NotPermitted
from noaber.core.finding import Field, Finding, Refused
from noaber.core.money import parse_amount
from noaber.core.notation import amount
from noaber.imports import editing
from noaber.imports.definitions import ColumnDefinition
from noaber.imports.editing import ChangedMeanwhile, Item
from noaber.imports.removing import STAYS, removed
from noaber.record.rules import AlreadyRecorded
from noaber.web.access import FORM, Desk, office
from noaber.web.office.forms import Difference, FormField, form_fields
from noaber.web.office.menu import Kept, kept
from noaber.web.office.page import done, office_page
from noaber.web.office.withholding_views import item_of
from noaber.web.sessions import typed_before

FILTER, SORT, AGAIN = "zoek", "op", "weer"
KEY = "sleutel"
"""The field by which a form that is sent twice is known."""


def kept_sheet(name: str) -> Kept:
    """What the office keeps by the name of its sheet.

    :raises Http404: when it keeps no such sheet.
    """
    try:
        return kept()[name]
    except KeyError:
        raise Http404(name) from None


@dataclass(frozen=True)
class Line:
    """A fact in a list: its texts in the order of the columns, and whether this person may edit it."""

    item: Item
    address: str
    called: str
    texts: tuple[str, ...]
    editable: bool


@office("register.read")
def records(request: HttpRequest, desk: Desk, sheet: str) -> HttpResponse:
    """All facts of a sheet, to sort and filter; the address keeps both."""
    keeps = kept_sheet(sheet)
    columns = keeps.listed
    wanted = " ".join(request.GET.get(FILTER, "").split())
    order = request.GET.get(SORT, "")
    named = editing.names(desk.deal, keeps.sheet, desk.audience)
    lines = [
        Line(
            item,
            reverse("record", args=[desk.deal, sheet, item.code]),
            keeps.called(item.texts, named),
            tuple(_shown(c, item.texts[c.name], named) for c in columns),
            desk.may(keeps.permission, item.target.organisation, item.target.pillar),
        )
        for item in editing.items(desk.deal, keeps.sheet, desk.audience)
        if desk.may("register.read", item.target.organisation, item.target.pillar)
    ]
    shown = [x for x in lines if _holds(x, wanted)]
    names = [c.name for c in columns]
    if order.lstrip("-") in names:
        place = names.index(order.lstrip("-"))
        shown.sort(key=lambda x: _sortable(x.texts[place]), reverse=order.startswith("-"))
    return office_page(
        request,
        desk,
        "office/records.html",
        keeps=keeps,
        columns=columns,
        lines=shown,
        total=len(lines),
        wanted=wanted,
        order=order,
        may_add=desk.may_somewhere(keeps.permission),
        add=reverse("new_record", args=[desk.deal, sheet]),
        grid=reverse("grid", args=[desk.deal, sheet]) if keeps.grid else "",
    )


def _shown(column: ColumnDefinition, text: str, named: Mapping[str, Mapping[str, str]]) -> str:
    """A text of a list: an amount as people read it, what it refers to by its name."""
    if column.type == "amount" and text:
        return amount(parse_amount(text))
    return named[column.name].get(text, text) if column.name in named else text


def _holds(line: Line, wanted: str) -> bool:
    everything = " ".join((*line.item.texts.values(), *line.texts)).casefold()
    return all(word in everything for word in wanted.casefold().split())


def _sortable(text: str) -> tuple[int, float, str]:
    plain = text.replace(".", "").replace(",", ".")
    try:
        return (0, float(plain), "")
    except ValueError:
        return (1, 0.0, text.casefold())


@office("register.read", FORM)
def record(request: HttpRequest, desk: Desk, sheet: str, code: str) -> HttpResponse:
    """A fact as a form; who may not change it reads it."""
    keeps = kept_sheet(sheet)
    item = found(desk, keeps, code)
    may = desk.may(keeps.permission, item.target.organisation, item.target.pillar)
    if request.method == "POST":
        if not may:
            raise NotPermitted(keeps.permission)
        return _save(request, desk, keeps, item)
    typed = typed_before(request, desk.actor.code) if may else {}
    texts = {name: typed.get(name, text) for name, text in item.texts.items()}
    base = _base(typed) if typed else None
    return _form(
        request,
        desk,
        keeps,
        item,
        texts,
        editable=may and item.kept_here,
        base=base,
        typed=typed,
    )


def found(desk: Desk, keeps: Kept, code: str) -> Item:
    """The fact with this code, when this person may read it.

    :raises Http404: when there is none.
    :raises NotPermitted: when it is not for this person.
    """
    key = tuple(code.split("~"))
    known = editing.items(desk.deal, keeps.sheet, desk.audience)
    item = next((i for i in known if i.key == key), None)
    return _readable(desk, item, code)


def _readable(desk: Desk, item: Item | None, code: str) -> Item:
    if item is None:
        raise Http404(code)
    if not desk.may("register.read", item.target.organisation, item.target.pillar):
        raise NotPermitted("register.read")
    return item


@office("register.read", FORM)
def new_record(request: HttpRequest, desk: Desk, sheet: str) -> HttpResponse:
    """An empty form for a new fact."""
    keeps = kept_sheet(sheet)
    if not desk.may_somewhere(keeps.permission):
        raise NotPermitted(keeps.permission)
    if request.method == "POST":
        return _save(request, desk, keeps, None)
    if AGAIN in request.GET:
        gone = _gone(desk, keeps, request.GET[AGAIN])
        return _form(request, desk, keeps, None, gone.texts)
    # The address may fill in what is known already, such as the project that asks for it.
    typed = typed_before(request, desk.actor.code)
    texts = {
        c.name: typed.get(c.name, request.GET.get(c.name, c.default or ""))
        for c in keeps.sheet.columns
    }
    return _form(request, desk, keeps, None, texts, typed=typed)


def _gone(desk: Desk, keeps: Kept, code: str) -> Item:
    """A fact that was taken out of the register, as it was.

    :raises Http404: when there is none.
    :raises NotPermitted: when it was not for this person.
    """
    key = tuple(code.split("~"))
    return _readable(desk, removed(desk.deal, keeps.sheet, key, desk.audience), code)


def _save(request: HttpRequest, desk: Desk, keeps: Kept, item: Item | None) -> HttpResponse:
    sheet = keeps.sheet
    texts = {c.name: request.POST.get(c.name, "") for c in sheet.columns}
    if item is not None:
        # What a fact is known by never changes, and what a form does not show stays as it is.
        fixed = {c.name for c in sheet.key_columns} | {"revisie"}
        texts |= {name: item.texts[name] for name in fixed if name in item.texts}
    base = _base(request.POST)

    def permitted(found: Item) -> None:
        if not desk.may(keeps.permission, found.target.organisation, found.target.pillar):
            raise NotPermitted(keeps.permission)

    try:
        number = editing.save(
            sheet,
            texts,
            deal=desk.deal,
            key=item.key if item else None,
            base=base,
            permitted=permitted,
            audience=desk.audience,
            sent_as=_sent_as(desk, sheet.name, request.POST.get(KEY, ""), base, texts),
            by=desk.actor,
            at=timezone.now(),
        )
    except AlreadyRecorded as already:
        said = f"Dit was al vastgelegd, in revisie {already.number}. Er is niets bij gekomen."
        return done(request, said, reverse("records", args=[desk.deal, sheet.name]))
    except Refused as refused:
        return _form(request, desk, keeps, item, texts, findings=refused.findings, base=base)
    except ChangedMeanwhile as changed:
        return _choice(request, desk, keeps, changed, texts)
    said = "Vastgelegd." if number else "Er was niets veranderd."
    return done(request, said, reverse("records", args=[desk.deal, sheet.name]))


def _sent_as(desk: Desk, sheet: str, key: str, base: int, texts: editing.Texts) -> str | None:
    """Names a form as it was sent in; the same form filled in otherwise is another."""
    if not key:
        return None
    said = repr((desk.actor.code, desk.deal, sheet, key, base, sorted(texts.items())))
    return f"form:{sha256(said.encode()).hexdigest()}"


def _base(fields: Mapping[str, str]) -> int:
    """Up to which revision a form knew the fact; 0 for none."""
    text = fields.get("basis", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _choice(
    request: HttpRequest, desk: Desk, keeps: Kept, changed: ChangedMeanwhile, mine: editing.Texts
) -> HttpResponse:
    """The form again with what was typed, and beside it what somebody else made of it meanwhile."""
    theirs = changed.theirs
    name = people.names([changed.author]).get(changed.author, "iemand anders")
    differences = {
        column: Difference(changed.before.get(column, ""), text)
        for column, text in theirs.texts.items()
        if text != changed.before.get(column, "")
    }
    kept_by_me = {
        # What I did not touch, I take over; what both changed is for me to choose.
        column: theirs.texts[column] if text == changed.before.get(column, "") else text
        for column, text in mine.items()
    }
    return _form(
        request,
        desk,
        keeps,
        theirs,
        kept_by_me,
        differences=differences,
        other=name,
        other_at=changed.at,
        base=theirs.base,
        status=409,
    )


def _form(
    request: HttpRequest,
    desk: Desk,
    keeps: Kept,
    item: Item | None,
    texts: editing.Texts,
    *,
    findings: Sequence[Finding] = (),
    differences: dict[str, Difference] | None = None,
    other: str = "",
    other_at: datetime | None = None,
    editable: bool = True,
    base: int | None = None,
    status: int | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    offered = editing.choices(desk.deal, keeps.sheet, desk.audience)
    named = {column: dict(pairs) for column, pairs in offered.items()}
    fields: tuple[FormField, ...] = form_fields(
        keeps.sheet,
        texts,
        offered,
        findings,
        differences or {},
        fixed=item is not None,
    )
    at_fields = {f.where.name for f in findings if isinstance(f.where, Field)}
    known = {field.name for field in fields}
    records_address = reverse("records", args=[desk.deal, keeps.sheet.name])
    return office_page(
        request,
        desk,
        "office/record.html",
        here=records_address,
        status=status or (422 if findings else 200),
        keeps=keeps,
        item=item,
        called=keeps.called(item.texts, named) if item else "",
        fields=fields,
        wrong=[f for f in fields if f.wrong],
        elsewhere=[
            f for f in findings if not isinstance(f.where, Field) or f.where.name not in known
        ],
        at_fields=at_fields,
        other=other,
        other_at=other_at,
        editable=editable,
        typed_before=bool(typed),
        key=(typed or request.POST).get(KEY, "") or token_urlsafe(12),
        base=item.base if base is None and item else base or 0,
        back=records_address,
        history=item
        and desk.may("history.read", item.target.organisation, item.target.pillar)
        and reverse("record_history", args=[desk.deal, keeps.sheet.name, item.code]),
        withhold=item
        and item_of(desk.deal, item)
        and desk.may("confidentiality.mark")
        and reverse("withhold", args=[desk.deal, keeps.sheet.name, item.code]),
        remove=item
        and editable
        and keeps.sheet.kind not in STAYS
        and reverse("remove_record", args=[desk.deal, keeps.sheet.name, item.code]),
    )


@office("history.read")
def record_history(request: HttpRequest, desk: Desk, sheet: str, code: str) -> HttpResponse:
    """Who recorded what of a fact, when, what it was and what it became."""
    keeps = kept_sheet(sheet)
    try:
        now, gone = found(desk, keeps, code), False
    except Http404:
        now, gone = _gone(desk, keeps, code), True
    if not desk.may("history.read", now.target.organisation, now.target.pillar):
        raise NotPermitted("history.read")
    steps = editing.history(desk.deal, keeps.sheet, now.key, desk.audience)
    records_of = reverse("records", args=[desk.deal, sheet])
    names = people.names(step.author for step in steps)
    return office_page(
        request,
        desk,
        "office/record_history.html",
        here=records_of,
        keeps=keeps,
        item=now,
        called=keeps.called(now.texts, editing.names(desk.deal, keeps.sheet, desk.audience)),
        steps=[(step, names.get(step.author, step.author)) for step in steps],
        back=records_of if gone else reverse("record", args=[desk.deal, sheet, code]),
        again=gone
        and desk.may(keeps.permission, now.target.organisation, now.target.pillar)
        and f"{reverse('new_record', args=[desk.deal, sheet])}?{urlencode({AGAIN: code})}",
        gone=gone,
    )
