"""Addresses of the office."""

from django.urls import path

from noaber.web.office import (
    account_views,
    deciding_views,
    file_views,
    grid_views,
    history_views,
    job_views,
    meeting_views,
    people_views,
    record_views,
    reminder_views,
    removing_views,
    steering_views,
    treasury_views,
    withholding_views,
    work_views,
)

urlpatterns = [
    path("", work_views.start, name="office"),
    path("herinneringen/", reminder_views.reminders, name="reminders"),
    path("<deal:deal>/", work_views.my_work, name="work"),
    path("<deal:deal>/sturing/", steering_views.steering, name="steering"),
    path("<deal:deal>/gegevens/<slug:sheet>/", record_views.records, name="records"),
    path("<deal:deal>/gegevens/<slug:sheet>/nieuw/", record_views.new_record, name="new_record"),
    path("<deal:deal>/gegevens/<slug:sheet>/invullen/", grid_views.grid, name="grid"),
    path("<deal:deal>/gegevens/<slug:sheet>/<str:code>/", record_views.record, name="record"),
    path(
        "<deal:deal>/gegevens/<slug:sheet>/<str:code>/geschiedenis/",
        record_views.record_history,
        name="record_history",
    ),
    path(
        "<deal:deal>/gegevens/<slug:sheet>/<str:code>/geheimhouding/",
        withholding_views.withhold,
        name="withhold",
    ),
    path("<deal:deal>/kas/", treasury_views.cash, name="cash"),
    path(
        "<deal:deal>/gegevens/<slug:sheet>/<str:code>/weghalen/",
        removing_views.remove_record,
        name="remove_record",
    ),
    path("<deal:deal>/mensen/", people_views.people, name="people"),
    path("<deal:deal>/mensen/uitnodigen/", people_views.invite, name="invite"),
    path("<deal:deal>/mensen/rol/<slug:code>/einde/", people_views.end_role, name="end_role"),
    path("<deal:deal>/mensen/<slug:code>/", account_views.account, name="account"),
    path("<deal:deal>/mensen/<slug:code>/opnieuw/", people_views.invite_again, name="invite_again"),
    path("<deal:deal>/bestanden/", file_views.files, name="files"),
    path("<deal:deal>/bestanden/toevoegen/", file_views.add_file, name="add_file"),
    path("<deal:deal>/bestanden/<slug:code>/", file_views.office_file, name="office_file"),
    path("<deal:deal>/bestanden/<slug:code>/weg/", file_views.remove_file, name="remove_file"),
    path("<deal:deal>/vergaderingen/", meeting_views.meetings, name="meetings"),
    path("<deal:deal>/vergaderingen/<slug:code>/", meeting_views.meeting, name="meeting"),
    path(
        "<deal:deal>/vergaderingen/<slug:code>/besluit/",
        deciding_views.take_decision,
        name="take_decision",
    ),
    path(
        "<deal:deal>/vergaderingen/<slug:code>/afsluiten/",
        meeting_views.close_meeting,
        name="close_meeting",
    ),
    path(
        "<deal:deal>/vergaderingen/<slug:code>/dossier.pdf",
        meeting_views.meeting_dossier,
        name="meeting_dossier",
    ),
    path("<deal:deal>/geheimhouding/", withholding_views.withholdings, name="withholdings"),
    path("<deal:deal>/opdrachten/", job_views.jobs, name="jobs"),
    path("<deal:deal>/controlespoor/", history_views.history, name="history"),
]
