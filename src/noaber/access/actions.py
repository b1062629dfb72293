"""Letting people in, giving roles, and withholding facts. One function is one business event."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from noaber.access import models, rules
from noaber.access.roles import roles
from noaber.access.rules import Actor, Assignment, Withholding
from noaber.core.finding import Field, Finding, Refused
from noaber.mail import actions as mail
from noaber.mail.rules import check_address
from noaber.record.actions import erase, note_erased, put, revision
from noaber.record.anchors import ensure, find
from noaber.record.rules import Evidence
from noaber.record.writing import Stamp


def invite(*, email: str, name: str, by: Actor, at: datetime) -> str:
    """Make a person known who cannot sign in yet; returns the code.

    The register keeps that it happened, not the name or address, so that both can be erased.

    :raises Refused: when the name is empty or the address is in use.
    """
    # Whoever signs in is looked for in small letters.
    address, called = email.strip().lower(), " ".join(name.split())
    findings = list(_nameless(email, name))
    if models.User.objects.filter(email__iexact=address).exists():
        findings.append(
            Finding(
                "T-11",
                "Met dit e-mailadres is al iemand bekend",
                Field("e-mail"),
                "Geef die persoon een rol, of gebruik een ander adres.",
            )
        )
    if findings:
        raise Refused(findings)
    code = f"p{secrets.token_hex(5)}"
    with revision(by=by, at=at, action="invite_person", subject=f"person:{code}"):
        user = models.User(code=code, email=address, name=called, invited_at=at)
        user.set_unusable_password()
        user.save()
    return code


def _nameless(email: str, name: str) -> Iterator[Finding]:
    if not name.strip():
        yield Finding("T-10", "De naam ontbreekt", Field("naam"), "Vul in hoe iemand heet.")
    try:
        check_address(email.strip())
    except Refused:
        yield Finding(
            "T-12",
            "Dit is geen e-mailadres" if email.strip() else "Het e-mailadres ontbreekt",
            Field("e-mail"),
            "Vul een adres in zoals naam@gemeente.nl.",
        )


def admit(
    wanted: Assignment, *, email: str, name: str, by: Actor, at: datetime
) -> tuple[str, bool]:
    """Give a role to whoever has an address, who becomes known when the address is new.

    Returns the code of the person, and whether they are new and must be invited.

    :raises Refused: with all that is wrong with the person and the role, also when it is whoever
        gives the role; nothing is recorded.
    """
    known = models.User.objects.filter(email__iexact=email.strip()).first()
    findings = [] if known else list(_nameless(email, name))
    if known:
        findings += rules.of_oneself(known.code, by)
    try:
        rules.check_assignment(wanted, roles())
    except Refused as refused:
        findings += refused.findings
    if findings:
        raise Refused(findings)
    with revision(by=by, at=at, action="admit_person", subject=f"deal:{wanted.deal}"):
        person = known.code if known else invite(email=email, name=name, by=by, at=at)
        assign(replace(wanted, person=person), by=by, at=at)
    return person, known is None


def set_active(code: str, *, active: bool, by: Actor, at: datetime) -> None:
    """Let a person sign in again, or no longer.

    :raises User.DoesNotExist: when there is no such person.
    """
    action = "admit_person" if active else "block_person"
    with revision(by=by, at=at, action=action, subject=f"person:{code}"):
        user = models.User.objects.get(code=code)
        user.is_active = active
        user.save(update_fields=["is_active"])


def assign(wanted: Assignment, *, by: Actor, at: datetime) -> str:
    """Give a person a role, or change one that was given; returns its code.

    A `wanted` without a code is a new one.

    :raises Refused: when the role, its deal, organisation, pillar or period is not right, or when
        somebody gives it to themselves.
    """
    rules.check_assignment(wanted, roles())
    if findings := rules.of_oneself(wanted.person, by):
        raise Refused(findings)
    given = wanted if wanted.code else replace(wanted, code=f"r{secrets.token_hex(5)}")
    with revision(by=by, at=at, action="assign_role", subject=f"person:{given.person}") as r:
        _put(given, r)
    return given.code


def end_assignment(code: str, *, until: date, by: Actor, at: datetime) -> None:
    """End a role; `until` is the first day on which it is no longer held.

    :raises Assignment.DoesNotExist: when there is no such assignment.
    :raises Refused: when it would end before it began.
    """
    row = models.AssignmentVersion.objects.filter(assignment__code=code).order_by("-id").first()
    if row is None:
        raise models.Assignment.DoesNotExist(code)
    held = Assignment(
        code,
        row.person,
        row.role,
        row.deal,
        row.organisation,
        row.pillar,
        row.replaces,
        row.valid_from,
        until,
    )
    rules.check_assignment(held, roles())
    with revision(by=by, at=at, action="end_role", subject=f"person:{held.person}") as r:
        _put(held, r)


def _put(given: Assignment, stamp: Stamp) -> None:
    put(
        models.AssignmentVersion,
        key={"assignment": ensure(models.Assignment, stamp, code=given.code)},
        values={
            "person": given.person,
            "role": given.role,
            "deal": given.deal,
            "organisation": given.organisation,
            "pillar": given.pillar,
            "replaces": given.replaces,
        },
        since=given.since,
        until=given.until,
        evidence=Evidence(),
        readers="office",
        stamp=stamp,
    )


def withhold(wanted: Withholding, *, by: Actor, at: datetime) -> str:
    """Keep a fact confidential on request of a party (covenant, article 10); returns its code.

    A `wanted` with a code changes what was recorded: another date, or a legal duty to publish.

    :raises Refused: when no reason is given or it would end before it began.
    """
    findings = []
    if not wanted.reason.strip():
        findings.append(
            Finding(
                "T-20",
                "De reden ontbreekt",
                Field("reden"),
                "Schrijf waarom de partij om geheimhouding vraagt.",
            )
        )
    if wanted.until is not None and wanted.until <= wanted.since:
        findings.append(
            Finding(
                "T-21",
                "De geheimhouding eindigt voor zij begint",
                Field("tot"),
                "Kies een dag na de eerste dag, of laat het open.",
            )
        )
    if findings:
        raise Refused(findings)
    code = wanted.code or f"g{secrets.token_hex(5)}"
    action = "change_withholding" if wanted.code else "withhold"
    with revision(by=by, at=at, action=action, subject=str(wanted.parent)) as r:
        anchor = (
            find(models.Withholding, code=code)
            if wanted.code
            else ensure(models.Withholding, r, code=code)
        )
        put(
            models.WithholdingVersion,
            key={"withholding": anchor},
            values={
                "item": str(wanted.item),
                "parent": str(wanted.parent),
                "deal": wanted.deal,
                "organisation": wanted.organisation,
                "reason": wanted.reason.strip(),
                "ground": wanted.ground.strip(),
            },
            since=wanted.since,
            until=wanted.until,
            evidence=Evidence(),
            readers="office",
            stamp=r,
        )
    return code


SIGN_INS_KEPT = timedelta(days=400)
"""How long it is kept who signed in when and from where: a year and a round of audits."""


def note_sign_in(
    person: str, what: str, *, succeeded: bool, address: str | None, at: datetime
) -> None:
    """Note something around signing in, by the code of the person ("" when nobody is known)."""
    models.SignInEvent.objects.create(
        person=person, what=what, succeeded=succeeded, address=address, at=at
    )


def forget_sign_ins(*, at: datetime) -> int:
    """Forget what is older than `SIGN_INS_KEPT`; gives how many."""
    return models.SignInEvent.objects.filter(at__lt=at - SIGN_INS_KEPT).delete()[0]


def erase_person(code: str, *, by: Actor, at: datetime) -> int:
    """Erase who a person is: the account, its name and address, and the name in the register.

    What they did stays, under their code. Returns how many personal values of the register went.
    """
    with revision(by=by, at=at, action="erase_person", subject=f"person:{code}") as r:
        models.User.objects.filter(code=code).delete()
        models.SignInEvent.objects.filter(person=code).update(address=None)
        mail.forget(code, at=at)
        note_erased(f"person:{code}", stamp=r)
        return erase(subject=f"author:{code}", by=by, at=at)
