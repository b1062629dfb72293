"""Who changed what in a deal, latest first."""

from django.http import HttpRequest, HttpResponse

from noaber.access import queries as people
from noaber.access.rules import NotPermitted
from noaber.imports import queries as imports
from noaber.record import queries as record
from noaber.web.access import Desk, office
from noaber.web.office.page import office_page

PER_PAGE = 50

ACTIONS = {
    "load_deal": "een bestand geladen",
    "receive_file": "een bestand ontvangen",
    "admit_person": "iemand een rol gegeven",
    "end_role": "een rol beëindigd",
    "assign_role": "een rol gegeven",
    "invite_person": "iemand uitgenodigd",
    "block_person": "een aanmelding geblokkeerd",
    "erase_personal_values": "een naam gewist",
    "erase_person": "persoonsgegevens gewist",
    "add_file": "een bestand toegevoegd",
    "remove_file": "een bestand weggehaald",
    "retry_job": "een opdracht opnieuw laten doen",
    "drop_job": "een opdracht geschrapt",
    "withhold": "geheimhouding vastgelegd",
    "change_withholding": "geheimhouding veranderd",
    "write_proposal": "een voorstel geschreven",
    "send_in_proposal": "een voorstel ingediend",
    "return_proposal": "een voorstel teruggegeven",
    "advise_proposal": "over een voorstel geadviseerd",
    "nominate_proposal": "een voorstel voorgedragen",
    "withdraw_proposal": "een voorstel ingetrokken",
}


@office("history.read")
def history(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The events of the register that are about this deal."""
    if not desk.may("history.read"):
        raise NotPermitted("history.read")
    asked = request.GET.get("voor", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    colleagues = people.ever_in(desk.deal)
    also = [*(f"person:{code}" for code in colleagues), *imports.subjects_of_uploads(desk.deal)]
    events = record.latest_events(PER_PAGE, deal=desk.deal, also=also, before=before)
    names = people.names(event.author for event in events)
    return office_page(
        request,
        desk,
        "office/history.html",
        events=[(e, names.get(e.author, e.author), _said(e.action)) for e in events],
        earlier=events[-1].number if len(events) == PER_PAGE else None,
    )


def _said(action: str) -> str:
    if action.startswith("edit_"):
        return "een gegeven veranderd"
    if action.startswith("remove_") and action != "remove_file":
        return "een gegeven weggehaald"
    return ACTIONS.get(action, action.replace("_", " "))
