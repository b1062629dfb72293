"""Writing a proposal: a form that works without script, keeps what was typed, and loses nothing."""

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from noaber.access import queries as people
from noaber.access.rules import Audience, NotPermitted
from noaber.core.finding import Field, Finding, Refused
from noaber.monitor import queries as monitor
from noaber.proposals import actions, queries
from noaber.proposals.checking import lacking
from noaber.proposals.comparing import merged
from noaber.proposals.definitions import form
from noaber.proposals.rules import ChangedMeanwhile, Content, Known, Proposal
from noaber.proposals.texts import Texts, read, written
from noaber.record.rules import AlreadyRecorded, Moment
from noaber.web.access import FORM, Desk, office
from noaber.web.office.page import done, office_page
from noaber.web.office.proposal_form import Shown, Theirs, sections

WRITE = "proposal.write"
_KEY = re.compile(r"[A-Za-z0-9_-]{16,40}")
_OWN_NAMES = frozenset({"csrfmiddlewaretoken", "basis", "sleutel", "doen"})


def known_of(desk: Desk, moment: Moment | None = None, reader: Audience | None = None) -> Known:
    """What proposals of a deal may name, as far as this person may read it.

    :raises Http404: when there is no such deal.
    """
    found = queries.known(desk.deal, moment or monitor.moment(desk.today), reader or desk.audience)
    if found is None:
        raise Http404(desk.deal)
    return found


def found_proposal(
    desk: Desk, code: str, moment: Moment | None = None, reader: Audience | None = None
) -> Proposal:
    """The proposal with this code.

    :raises Http404: when there is none, or it is not for this person; which of both is not told.
    """
    at = moment or monitor.moment(desk.today)
    found = queries.proposal(desk.deal, code, at, reader or desk.audience)
    if found is None or not desk.may("register.read", found.lead, found.pillar):
        raise Http404(code)
    return found


def key_of(request: HttpRequest, desk: Desk, *also: str) -> str | None:
    """The key under which a sending of a form is recorded once; None when it carries none."""
    key = request.POST.get("sleutel", "")
    if not _KEY.fullmatch(key):
        return None
    digest = hashlib.sha256("\n".join((desk.deal, *also)).encode()).hexdigest()[:20]
    return f"{desk.actor.code}:{key}:{digest}"


def new_key() -> str:
    """A key for a form that is shown."""
    return secrets.token_urlsafe(16)


@office(WRITE, FORM)
def new_proposal(request: HttpRequest, desk: Desk) -> HttpResponse:
    """An empty form for a proposal."""
    return _written(request, desk, None)


@office(WRITE, FORM)
def write_proposal(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """The form of a proposal, for who may write it while it is with its writer."""
    found = found_proposal(desk, code)
    if not desk.may(WRITE, found.lead, found.pillar):
        raise NotPermitted(WRITE)
    if request.method != "POST" and not found.can("write"):
        return done(request, "Dit voorstel is niet meer te veranderen.", address(desk, code))
    return _written(request, desk, found)


def address(desk: Desk, code: str) -> str:
    """The page of a proposal."""
    return reverse("proposal", args=[desk.deal, code])


def _written(request: HttpRequest, desk: Desk, found: Proposal | None) -> HttpResponse:
    if request.method != "POST":
        return _opened(request, desk, found)
    texts = {n: t for n, t in request.POST.items() if n not in _OWN_NAMES and isinstance(t, str)}
    do = request.POST.get("doen", "bewaren")
    base = _number(request.POST.get("basis", ""))
    if do.startswith("rij-"):
        return _form(request, desk, found, texts, base=base, more=do.removeprefix("rij-"))
    try:
        content = read(texts)
        code = _save(request, desk, found, content, base)
    except Refused as refused:
        return _form(request, desk, found, texts, base=base, findings=refused.findings)
    except ChangedMeanwhile as changed:
        return _choice(request, desk, changed, texts)
    if do == "indienen":
        return _sent(request, desk, code)
    return done(request, "Bewaard.", address(desk, code))


def _save(
    request: HttpRequest, desk: Desk, found: Proposal | None, content: Content, base: int
) -> str:
    """Write the proposal; the same form sent again gives the one that it made before."""

    def permitted(lead: str, pillar: str) -> None:
        if not desk.may(WRITE, lead, pillar):
            raise NotPermitted(WRITE)

    def write(code: str, base: int, key: str | None) -> str:
        return actions.write(
            deal=desk.deal,
            code=code,
            content=content,
            base=base,
            by=desk.actor,
            at=timezone.now(),
            key=key,
            permitted=permitted,
        )

    try:
        if found is None:
            return write("", 0, key_of(request, desk, "nieuw"))
        return write(found.code, base, None)
    except AlreadyRecorded as again:
        # Sent twice, or the browser went back to the empty form: it is the same proposal.
        return write(queries.made_in(desk.deal, again.number), again.number, None)


def _sent(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Send in what was just written; what lacks is told in the form."""
    found = found_proposal(desk, code)
    if found.phase == "in_development":
        return done(request, "Het voorstel is ingediend.", address(desk, code))
    try:
        actions.send_in(deal=desk.deal, code=code, by=desk.actor, at=timezone.now())
    except Refused:
        there = reverse("write_proposal", args=[desk.deal, code])
        return HttpResponseRedirect(f"{there}?ontbreekt=ja")
    return done(request, "Het voorstel is ingediend.", address(desk, code))


def _opened(request: HttpRequest, desk: Desk, found: Proposal | None) -> HttpResponse:
    if found is None:
        texts = {form().part("pillar").name: request.GET.get("pijler", "")}
        leads = [*_only(desk, known_of(desk)).get("lead", ())]
        if len(leads) == 1:
            texts[form().part("lead").name] = leads[0]
        return _form(request, desk, None, texts, base=0)
    findings: Sequence[Finding] = ()
    if request.GET.get("ontbreekt"):
        findings = lacking(found.content, "in_development", known_of(desk))
    return _form(
        request,
        desk,
        found,
        written(found.content),
        base=found.revision,
        findings=findings,
        kept=True,
    )


def _choice(
    request: HttpRequest, desk: Desk, changed: ChangedMeanwhile, mine: Texts
) -> HttpResponse:
    """The form again: what I typed, what I left from the other, and beside it what both changed."""
    texts, both = merged(changed.before, mine, changed.theirs.content)
    author = people.names([changed.author]).get(changed.author, "Iemand anders")
    return _form(
        request,
        desk,
        changed.theirs,
        texts,
        base=changed.theirs.revision,
        theirs=Theirs(changed.theirs.content, both),
        other=author,
    )


def _form(
    request: HttpRequest,
    desk: Desk,
    found: Proposal | None,
    texts: Texts,
    *,
    base: int,
    findings: Sequence[Finding] = (),
    more: str = "",
    theirs: Theirs | None = None,
    other: str = "",
    kept: bool = False,
) -> HttpResponse:
    known = known_of(desk)
    shown = Shown(texts, known, findings, more, theirs, _comments(found), _only(desk, known))
    status = 409 if theirs else 422 if findings and not kept else 200
    return office_page(
        request,
        desk,
        "office/proposal_form.html",
        here=reverse("proposals", args=[desk.deal]),
        status=status,
        found=found,
        asked_sections=sections(shown),
        findings=[(f, _anchor(f)) for f in findings],
        kept=kept,
        base=base,
        key=request.POST.get("sleutel") or new_key(),
        other=other,
        theirs=theirs,
        back=address(desk, found.code) if found else reverse("proposals", args=[desk.deal]),
    )


def _anchor(finding: Finding) -> str:
    return f"veld-{finding.where.name}" if isinstance(finding.where, Field) else "inhoud"


def _comments(found: Proposal | None) -> Mapping[str, tuple[str, ...]]:
    if found is None or found.phase != "returned":
        return {}
    return {
        section.code: tuple(c.text for c in found.comments if c.section == section.code)
        for section in form().sections
    }


def _only(desk: Desk, known: Known) -> Mapping[str, Collection[str]]:
    """What this person may choose as lead or pillar, where that is not everything."""
    leads = [code for code in known.organisations if desk.may(WRITE, code)]
    pillars = [code for code in known.pillars if desk.may(WRITE, "", code)]
    if leads and not pillars:
        return {"lead": leads}
    if pillars and not leads:
        return {"pillar": pillars}
    return {}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
