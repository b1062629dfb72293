"""The allocation over pillars: what is free of each, how it came so, and the yearly revision."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from noaber.access.rules import NotPermitted
from noaber.core.money import parse_amount
from noaber.deals import queries as deals
from noaber.decisions.checking import share_field
from noaber.imports.values import format_value
from noaber.monitor import allocating
from noaber.monitor.allocating import Share, Trial
from noaber.monitor.views import DealView
from noaber.record.queries import latest
from noaber.web.access import Desk, office
from noaber.web.office.forms import FormField
from noaber.web.office.meeting_views import view_of
from noaber.web.office.menu import kept
from noaber.web.office.page import office_page
from noaber.web.portal.links import Links


@office("register.read")
def allocation(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The allocation now and in each year; other shares can be looked at, nothing is recorded."""
    if not desk.may("register.read"):
        raise NotPermitted("register.read")
    view = view_of(desk)
    shares = allocating.shares(view)
    amounts, fields = _asked(request, shares)
    wrong = [f for f in fields if f.wrong]
    trial = allocating.tried(view, amounts) if amounts and not wrong else None
    every = deals.allocations(desk.deal, latest(), desk.audience)
    return office_page(
        request,
        desk,
        "office/allocation.html",
        status=422 if wrong else 200,
        deal=view.overview.deal,
        shares=shares,
        years=allocating.years(view, every),
        fields=fields,
        wrong=wrong,
        trial=trial,
        links=Links(desk.deal),
        decided=urlencode({"soort": "revise_allocation", **_other(trial, fields)}),
        meetings=allocating.deciding_meetings(view),
        today=desk.today,
        records=desk.may("decision.record"),
        keeps=desk.may("money.edit"),
        plan=_plan(desk, view),
    )


def _asked(
    request: HttpRequest, shares: tuple[Share, ...]
) -> tuple[dict[str, int], list[FormField]]:
    """The shares that were filled in, in cents by line, and the form as it was filled in."""
    amounts: dict[str, int] = {}
    fields = []
    sheet = kept()["verdeling"].sheet
    amount = next(column for column in sheet.columns if column.field == "amount")
    for share in shares:
        name = share_field(share.line)
        text = request.GET.get(name, "").strip()
        said: tuple[str, ...] = ()
        if text:
            try:
                amounts[share.line] = parse_amount(text)
            except ValueError as wrong:
                said = (str(wrong),)
            else:
                if amounts[share.line] < 0:
                    said = ("Een deel is niet minder dan nul. Vul nul of meer in.",)
        fields.append(
            FormField(
                name=name,
                label=share.pillar.name if share.pillar else "Overheadkosten",
                hint="",
                text=text or format_value(amount, share.allocated),
                required=False,
                fixed=False,
                long=False,
                options=(),
                wrong=said,
                difference=None,
            )
        )
    return amounts, fields


def _other(trial: Trial | None, fields: Sequence[FormField]) -> dict[str, str]:
    """What was filled in for lines that get another share, by the name of its field."""
    changed = (
        {share_field(t.share.line) for t in trial.lines if t.then != t.share.allocated}
        if trial
        else set()
    )
    return {field.name: field.text for field in fields if field.name in changed}


def _plan(desk: Desk, view: DealView) -> str:
    """Where a meeting of the steering group is planned; "" for who may not."""
    if not desk.may("meeting.prepare"):
        return ""
    boards = allocating.deciding_boards(view)
    wanted = urlencode({"overleg": boards[0].code} if boards else {})
    return f"{reverse('new_record', args=[desk.deal, 'vergaderingen'])}?{wanted}"
