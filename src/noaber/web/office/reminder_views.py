"""Of what somebody is reminded by mail, to choose from, and of what they were."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from noaber.monitor.tasks import Topic
from noaber.reminders import actions, queries
from noaber.reminders.rules import TOPICS
from noaber.web.access import FORM, Desk, signed_in
from noaber.web.office.page import SAID, done

TOPIC = "onderwerp"


@signed_in(FORM)
def reminders(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The topics with a choice each, and the latest reminders."""
    person = desk.actor.code
    if request.method == "POST":
        wanted = set(request.POST.getlist(TOPIC))
        actions.choose(person, [topic for topic in Topic if topic.value not in wanted])
        return done(request, "Uw keuze is bewaard.", reverse("reminders"))
    off = queries.switched_off(person)
    context = {
        "name": TOPIC,
        "topics": [(t.value, named.about, t not in off) for t, named in TOPICS.items()],
        "sent": [(item, TOPICS[item.topic].one) for item in queries.sent(person)],
        "said": request.session.pop(SAID, ""),
    }
    return render(request, "account/reminders.html", context)
