"""Who acts, what one may do, and who asks: pure.

State and person are different questions: whether something may happen now is for the feature
(`procedures`), whether this person may do it is answered here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from noaber.core.finding import Field, Finding, Refused
from noaber.core.ref import Ref

EVERYWHERE = ""
"""In place of the code of a deal: all deals."""

PUBLIC_LABEL, OWN, CONFIDENTIAL = "public", "own", "confidential"
EVERY_OWN = "own:*"
"""What only one organisation may read, of all organisations."""


class Where(StrEnum):
    """For what a permission holds: the deal, what one's organisation leads, or one's pillar."""

    DEAL = "deal"
    OWN = "own"
    PILLAR = "pillar"


@dataclass(frozen=True)
class Permission:
    """Something one may do; `changes` says that it changes the register or who may enter it."""

    code: str
    name: str
    changes: bool = False


@dataclass(frozen=True)
class Role:
    """A role as a lawyer can read it, with what it may do and the labels it reads.

    `needs` is what it must be given for: "organisation", "pillar" or nothing more than a deal.
    """

    code: str
    name: str
    about: str
    source: str
    may: Mapping[str, frozenset[Where]]
    reads: frozenset[str]
    needs: str = ""
    everywhere: bool = False


@dataclass(frozen=True)
class Assignment:
    """A role given to a person (by code) from a day on; the day `until` is no longer in it.

    `replaces` is the code of the person whose work it takes over for that time.
    """

    code: str
    person: str
    role: str
    deal: str = EVERYWHERE
    organisation: str = ""
    pillar: str = ""
    replaces: str = ""
    since: date = date.min
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the role is held on a day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True)
class Grant:
    """One role that an actor holds now."""

    role: Role
    deal: str = EVERYWHERE
    organisation: str = ""
    pillar: str = ""

    def in_deal(self, deal: str) -> bool:
        """Whether it holds in a deal."""
        return self.deal in (EVERYWHERE, deal)


@dataclass(frozen=True)
class Actor:
    """A person or process that acts: a stable `code`, a `name` that can be erased, and what it
    holds now.
    """

    code: str
    name: str = ""
    grants: tuple[Grant, ...] = ()


ANYBODY = Actor("anybody")
"""Who is not signed in: a visitor of the public site."""


@dataclass(frozen=True)
class Target:
    """What an act is about: its deal, and the organisation and pillar it belongs to.

    A project belongs to the organisation that leads it, a contribution to the party's.
    """

    deal: str
    organisation: str = ""
    pillar: str = ""


@dataclass(frozen=True)
class Audience:
    """Who asks, as the labels of what may be read; what carries another label is not read. A label
    that ends in ``*`` stands for all that begin so.

    `withheld` are single facts that are not read whatever their label (article 10).
    """

    labels: frozenset[str] = field(default_factory=lambda: frozenset({PUBLIC_LABEL}))
    withheld: frozenset[Ref] = frozenset()


PUBLIC = Audience()
OFFICE = Audience(frozenset({PUBLIC_LABEL, "office", "board", "party", EVERY_OWN}))
"""What forms and files are checked against; who may see what of it is another question."""


class NotPermitted(Exception):
    """The actor may not do this; the message is Dutch."""

    def __init__(self, permission: str) -> None:
        super().__init__("Met uw rol mag u dit niet.")
        self.permission = permission


def may(actor: Actor, permission: str, target: Target) -> bool:
    """Whether an actor may do something to a target."""
    return any(_covers(grant, permission, target) for grant in actor.grants)


def may_somewhere(actor: Actor, permission: str, deal: str) -> bool:
    """Whether an actor may do something to at least something in a deal."""
    return any(g.in_deal(deal) and permission in g.role.may for g in actor.grants)


def _covers(grant: Grant, permission: str, target: Target) -> bool:
    if not grant.in_deal(target.deal):
        return False
    places = grant.role.may.get(permission, frozenset())
    return (
        Where.DEAL in places
        or (
            Where.OWN in places
            and bool(grant.organisation)
            and grant.organisation == target.organisation
        )
        or (Where.PILLAR in places and bool(grant.pillar) and grant.pillar == target.pillar)
    )


def own_label(organisation: str) -> str:
    """The label of what only one organisation and roles that read that of all (`EVERY_OWN`) read."""
    return f"{OWN}:{organisation}"


def audience(actor: Actor, deal: str, withheld: Iterable["Withholding"] = ()) -> Audience:
    """What an actor reads of a deal; `withheld` is all that is withheld now, also in other deals:
    what deals share can be named by something that is withheld in another.

    Withheld facts are read by the party that asked for it and by roles that read what is
    confidential; nobody else, whatever else they may read.
    """
    labels = {PUBLIC_LABEL}
    for grant in actor.grants:
        if grant.in_deal(deal):
            labels |= grant.role.reads - {OWN, CONFIDENTIAL}
            if OWN in grant.role.reads and grant.organisation:
                labels.add(own_label(grant.organisation))
    hidden = (w.item for w in withheld if w.in_its_deal and not _reads_withheld(actor, w))
    return Audience(frozenset(labels), frozenset(hidden))


def _reads_withheld(actor: Actor, withheld: "Withholding") -> bool:
    return any(
        grant.in_deal(withheld.deal)
        and (
            CONFIDENTIAL in grant.role.reads
            or (OWN in grant.role.reads and grant.organisation == withheld.organisation)
        )
        for grant in actor.grants
    )


@dataclass(frozen=True)
class Withholding:
    """A fact that is withheld (covenant, article 10): which, for whom, why and until when.

    `item` is a kind of fact and ``deal/code``; `parent` the page that names it as withheld;
    `organisation` asked for it. `ground` is a legal duty to publish that overrides it. `revision` is
    the one from which it is withheld.
    """

    code: str
    item: Ref
    parent: Ref
    deal: str
    organisation: str
    reason: str
    since: date
    until: date | None = None
    ground: str = ""
    revision: int = 0

    @property
    def in_its_deal(self) -> bool:
        """Whether the fact is one of the deal: nobody withholds what is of another."""
        return self.item.code.startswith(f"{self.deal}/")

    def holds(self, on: date) -> bool:
        """Whether the fact is withheld on a day; a legal duty to publish goes first."""
        return not self.ground and self.since <= on and (self.until is None or on < self.until)


def must_use_second_factor(actor: Actor, permissions: Mapping[str, Permission]) -> bool:
    """Whether an actor may change anything or reads what is confidential, and so signs in with a
    second step (BIO2).
    """
    return any(
        CONFIDENTIAL in grant.role.reads
        or any(permissions[code].changes for code in grant.role.may)
        for grant in actor.grants
    )


def check_assignment(wanted: Assignment, roles: Mapping[str, Role]) -> None:
    """:raises Refused: with all that is missing or wrong in an assignment."""
    role = roles.get(wanted.role)
    findings = []
    if role is None:
        known = ", ".join(sorted(r.name for r in roles.values()))
        findings.append(
            Finding(
                "T-01", f"De rol “{wanted.role}” bestaat niet", Field("rol"), f"Kies uit: {known}."
            )
        )
    else:
        findings += _incomplete(wanted, role)
    if wanted.until is not None and wanted.until <= wanted.since:
        findings.append(
            Finding(
                "T-05",
                "De rol eindigt voor hij begint",
                Field("tot en met"),
                "Kies een einddag op of na de eerste dag.",
            )
        )
    if wanted.replaces and wanted.replaces == wanted.person:
        findings.append(
            Finding(
                "T-06",
                "Iemand kan zichzelf niet vervangen",
                Field("vervangt"),
                "Kies wie wordt vervangen, of laat dit leeg.",
            )
        )
    if findings:
        raise Refused(findings)


def of_oneself(person: str, by: Actor) -> list[Finding]:
    """What is wrong when somebody gives a role to themselves: two people are needed for that."""
    if person != by.code:
        return []
    return [
        Finding(
            "T-08",
            "U kunt uzelf geen rol geven",
            Field("e-mail"),
            "Vraag een ander die rollen geeft. Zo kijken er altijd twee mensen naar.",
        )
    ]


def _incomplete(wanted: Assignment, role: Role) -> list[Finding]:
    found = []
    if not wanted.deal and not role.everywhere:
        found.append(
            Finding(
                "T-02",
                f"De rol {role.name} geldt voor één deal",
                Field("deal"),
                "Kies voor welke deal.",
            )
        )
    if role.needs == "organisation" and not wanted.organisation:
        found.append(
            Finding(
                "T-03",
                f"De rol {role.name} hoort bij een organisatie",
                Field("organisatie"),
                "Kies voor welke organisatie iemand werkt.",
            )
        )
    if role.needs == "pillar" and not wanted.pillar:
        found.append(
            Finding(
                "T-04",
                f"De rol {role.name} hoort bij een pijler of thema",
                Field("pijler"),
                "Kies voor welke pijler of welk thema.",
            )
        )
    return found
