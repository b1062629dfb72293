"""The site killed at any moment while people edit, add files, invite and ask for documents."""

import hashlib
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date

from django.core.management import call_command
from django.db import connection

from tests.factories.mail_server import MailServer, mail_server
from tests.integration.killing.clients import (
    DEAL,
    Client,
    Editor,
    Inviter,
    Reader,
    Uploader,
    address,
    content,
)
from tests.integration.killing.served import HASTY, Served, served

EDITORS = 2
ONE_IN = 3
"""Of so many kills one hits a single process; the others all of the site at once."""

PATIENCE = 30.0
"""How long to wait for an edit to be acknowledged, in seconds."""

STANDSTILL = 120.0
"""Seconds in which at least one letter goes: longer than a lease, and than a second wait after trouble.

What waits after many kills may take longer in all: the worker sends one letter after another.
"""

PERSON = "programme_office"


@dataclass
class Survived:
    """What became of what people sent: faults, and how much was tried and acknowledged.

    `ready` are the seconds after each kill until the site said that it was well; `letters` how
    many came, `again` how many of those were a second copy, byte for byte the same; `waiting` how
    many waited when the clients stopped, `sent_after` the seconds until all of those had gone;
    `loads` how many processes wanted to run, at each kill.
    """

    faults: list[str] = field(default_factory=list)
    ready: list[float] = field(default_factory=list)
    edits: int = 0
    files: int = 0
    people: int = 0
    documents: int = 0
    unanswered: int = 0
    letters: int = 0
    again: int = 0
    waiting: int = 0
    sent_after: float = 0
    loads: list[float] = field(default_factory=list)


def killed_web(
    *,
    kills: int,
    seed: int = 1,
    lives: float = 2,
    control: str = "",
    deadline: float = float("inf"),
) -> Survived:
    """Kill the site so many times while clients work, then look at everything they were told.

    It lives until an edit was acknowledged, and `lives` seconds more at most. `control` is "early"
    or "twice". After `deadline`, on the clock of `monotonic`, it is killed no more.
    """
    from noaber.imports import editing

    sheet = editing.sheet_of("teksten")
    assert sheet is not None
    items = editing.items(DEAL, sheet)[:EDITORS]
    person = _colleague()
    connection.close()
    chance, seen, stop = random.Random(seed), Survived(), threading.Event()
    with ExitStack() as stack:
        mail = stack.enter_context(mail_server())
        os.environ |= {"NOABER_SMTP": mail.url, "CONTROL": control}
        application, workers = (HASTY, 1) if control else ("", 2)
        site = stack.enter_context(served(application=application, workers=workers))
        site.start()
        given = (site.port, person, stop)
        edits = [
            Editor(f"tekst{n}", *given, code=item.code, texts=item.texts)
            for n, item in enumerate(items)
        ]
        files, people = Uploader("bestand", *given), Inviter("mens", *given)
        reader = Reader("lezer", site.port, "", stop)
        clients: list[Client] = [*edits, files, people, reader]
        for client in clients:
            client.start()
        for _ in range(kills):
            _let_live(edits, chance.uniform(0, lives))
            if time.monotonic() > deadline:
                break
            seen.ready.append(_killed(site, chance, len(seen.ready) + 1))
            seen.loads.append(os.getloadavg()[0])
        time.sleep(lives)
        stop.set()
        for client in clients:
            client.join()
        for client in clients:
            seen.faults += client.wrong
            seen.unanswered += client.unanswered
        _look_at_texts(seen, edits, [item.code for item in items])
        _look_at_files(seen, files)
        _look_at_people(seen, people)
        seen.documents = reader.asked
        if not control:
            _look_at_mail(seen, people, mail)
    return seen


def _let_live(editors: Iterable[Editor], seconds: float) -> None:
    """Until an edit was acknowledged, since on a busy machine none would be, and then a while."""
    before = sum(len(editor.acknowledged) for editor in editors)
    until = time.monotonic() + PATIENCE
    while sum(len(editor.acknowledged) for editor in editors) == before:
        if time.monotonic() > until:
            break
        time.sleep(0.02)
    time.sleep(seconds)


def _killed(site: Served, chance: random.Random, number: int) -> float:
    """Kill all of the site or, now and then, one process; the seconds until it is ready again."""
    if number % ONE_IN == 0:
        return site.kill_one(chance)
    site.kill()
    return site.start()


def _colleague() -> str:
    """Somebody of the programme office."""
    from noaber.access import actions
    from noaber.access.rules import Actor, Assignment
    from tests.factories.people import TODAY

    call_command("createcachetable", verbosity=0)
    wanted = Assignment("", "", PERSON, DEAL, "", "", since=date(2019, 1, 1))
    code, _ = actions.admit(
        wanted, email=address("anna"), name="Anna", by=Actor("set-up"), at=TODAY
    )
    return code


def _look_at_texts(seen: Survived, editors: Iterable[Editor], codes: list[str]) -> None:
    from noaber.projects.models import ProjectTextVersion

    for editor, code in zip(editors, codes, strict=True):
        project = code.split("~", maxsplit=1)[0]
        versions = ProjectTextVersion.objects.filter(project__code=project)
        texts = list(versions.order_by("revision").values_list("text", flat=True))
        written = [text for text in texts if text.startswith(f"{editor.name}-")]
        seen.faults += _compared(editor, Counter(written))
        if written != sorted(written, key=editor.sent.index):
            seen.faults.append(f"{editor.name}: de volgorde is anders")
        seen.edits += len(editor.acknowledged)


def _look_at_files(seen: Survived, uploader: Uploader) -> None:
    from noaber.files.models import FileVersion

    rows = FileVersion.objects.filter(called__value__text__startswith=f"{uploader.name}-")
    rows = rows.select_related("file__content", "called__value")
    kept = [(row.called.value.text.removesuffix(".txt"), row) for row in rows if row.called]
    seen.faults += _compared(uploader, Counter(name for name, _ in kept))
    for name, row in kept:
        held = bytes(row.file.content.content)
        if held != content(name) or row.sha256 != hashlib.sha256(held).hexdigest():
            seen.faults.append(f"{name}: andere bytes dan verstuurd")
    seen.files += len(uploader.acknowledged)


def _look_at_people(seen: Survived, inviter: Inviter) -> None:
    from noaber.access import queries

    roles = Counter(held.person for held in queries.history_of_assignments())
    found: Counter[str] = Counter()
    for person in queries.people():
        name = person.email.partition("@")[0]
        if name.startswith(f"{inviter.name}-"):
            found[name] += roles[person.code]
            if not roles[person.code]:
                seen.faults.append(f"{name}: zonder rol")
    seen.faults += _compared(inviter, found)
    seen.people += len(inviter.acknowledged)


def _compared(client: Client, found: Counter[str]) -> list[str]:
    """What was acknowledged and is not there, what is there twice, and what nobody sent."""
    sent = set(client.sent)
    return [
        *(f"{thing}: bevestigd en weg" for thing in client.acknowledged if not found[thing]),
        *(f"{thing}: {times} keer" for thing, times in found.items() if times > 1),
        *(f"{thing}: nooit verstuurd" for thing in found if thing not in sent),
    ]


def _look_at_mail(seen: Survived, inviter: Inviter, mail: MailServer) -> None:
    """Wait until the site has sent what waits; a job that was killed waits for its lease."""
    from noaber.jobs.models import Job

    waiting = Job.objects.filter(kind="mail").exclude(state="done")
    begun = time.monotonic()
    fewest, until = waiting.count(), begun + STANDSTILL
    seen.waiting = fewest
    while count := waiting.count():
        if count < fewest:
            fewest, until = count, time.monotonic() + STANDSTILL
        if time.monotonic() > until:
            left = waiting.values_list("state", "attempts", "failure")
            seen.faults.append(f"er blijft mail liggen: {dict(Counter(left))}")
            break
        time.sleep(0.2)
    seen.sent_after = time.monotonic() - begun
    connection.close()
    # What is sent is always known by its whole text; a copy has the same.
    taken = Counter(mail.taken)
    to = {str(message["To"]) for message in mail.messages}
    ids = {str(message["Message-ID"]) for message in mail.messages}
    missing = [name for name in inviter.acknowledged if address(name) not in to]
    seen.faults += [f"{name}: brief nooit gekomen" for name in missing]
    if len(ids) != len(taken):
        seen.faults.append("een tweede brief is anders dan de eerste")
    seen.letters = sum(taken.values())
    seen.again = seen.letters - len(taken)
