"""Taking a fact out of the register: what it says, what needs it, and then whether to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.access.rules import NotPermitted
from noaber.core.finding import Finding, Refused
from noaber.imports import editing, removing
from noaber.imports.editing import ChangedMeanwhile, Item
from noaber.web.access import FORM, Desk, office
from noaber.web.office.menu import Kept
from noaber.web.office.page import done, office_page
from noaber.web.office.record_views import found, kept_sheet


@office("register.read", FORM)
def remove_record(request: HttpRequest, desk: Desk, sheet: str, code: str) -> HttpResponse:
    """Ask whether a fact is to go, and take it away when that is confirmed."""
    keeps = kept_sheet(sheet)
    try:
        item = found(desk, keeps, code)
    except Http404:
        if request.method != "POST" or not _gone_already(desk, keeps, code):
            raise
        return done(request, "Dit was al weggehaald.", reverse("records", args=[desk.deal, sheet]))
    _require(desk, keeps, item)
    if request.method != "POST":
        return _page(request, desk, keeps, item)
    typed = request.POST.get("basis", "")
    base = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        removing.remove(
            keeps.sheet,
            item.key,
            deal=desk.deal,
            base=base,
            permitted=lambda fact: _require(desk, keeps, fact),
            audience=desk.audience,
            by=desk.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return _page(request, desk, keeps, item, refused.findings, status=422)
    except ChangedMeanwhile as changed:
        said = Finding("W-05", "Iemand heeft dit intussen veranderd. Hier staat wat het nu is.")
        return _page(request, desk, keeps, changed.theirs, (said,), status=409)
    may_see = desk.may("history.read", item.target.organisation, item.target.pillar)
    page = (
        ("record_history", [desk.deal, sheet, code]) if may_see else ("records", [desk.deal, sheet])
    )
    return done(request, "Weggehaald.", reverse(page[0], args=page[1]))


def _gone_already(desk: Desk, keeps: Kept, code: str) -> bool:
    """Whether a fact that was for this person is gone: the form was sent twice."""
    item = removing.removed(desk.deal, keeps.sheet, tuple(code.split("~")), desk.audience)
    return item is not None and all(
        desk.may(permission, item.target.organisation, item.target.pillar)
        for permission in ("register.read", keeps.permission)
    )


def _require(desk: Desk, keeps: Kept, item: Item) -> None:
    if not desk.may(keeps.permission, item.target.organisation, item.target.pillar):
        raise NotPermitted(keeps.permission)


def _page(
    request: HttpRequest,
    desk: Desk,
    keeps: Kept,
    item: Item,
    findings: tuple[Finding, ...] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    reader = desk.audience
    needed = removing.needed(desk.deal, keeps.sheet, item.key, reader)
    stays = removing.STAYS.get(keeps.sheet.kind, "")
    return office_page(
        request,
        desk,
        "office/remove_record.html",
        here=reverse("records", args=[desk.deal, keeps.sheet.name]),
        status=status,
        keeps=keeps,
        item=item,
        called=keeps.called(item.texts, editing.names(desk.deal, keeps.sheet, reader)),
        columns=[(c.label, item.texts[c.name]) for c in keeps.sheet.columns if item.texts[c.name]],
        needed=needed,
        stays=stays,
        possible=not needed and not stays,
        findings=findings,
        back=reverse("record", args=[desk.deal, keeps.sheet.name, item.code]),
    )
