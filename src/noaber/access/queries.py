"""Reading people, what they hold, and what they may read."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock

from noaber.access import models, rules
from noaber.access.roles import permissions, roles
from noaber.access.rules import Actor, Assignment, Audience, Grant, Withholding
from noaber.core.ref import Ref
from noaber.record.queries import NOW, followers
from noaber.record.rules import Moment

# What withholds and who holds what is itself read as it is now, whatever moment is shown.
_ALL = Audience(frozenset({"public", "office"}))


@dataclass(frozen=True)
class Person:
    """A person who can sign in; `name` is "" when it was erased."""

    code: str
    name: str
    email: str
    active: bool
    signed_in: datetime | None = None


def people() -> tuple[Person, ...]:
    """Everybody who can sign in or could, by name."""
    return tuple(_person(user) for user in models.User.objects.order_by("name", "code"))


def person(code: str) -> Person | None:
    """A person by code; None when there is none, or no more."""
    user = models.User.objects.filter(code=code).first()
    return _person(user) if user else None


@dataclass(frozen=True)
class SignIn:
    """Something around signing in; `address` is from where, "" when that is not known."""

    person: str
    what: str
    succeeded: bool
    address: str
    at: datetime


def sign_ins(person: str, most: int = 50) -> tuple[SignIn, ...]:
    """The latest that a person did around signing in, newest first."""
    rows = models.SignInEvent.objects.filter(person=person).order_by("-at", "-id")[:most]
    return tuple(SignIn(r.person, r.what, r.succeeded, r.address or "", r.at) for r in rows)


def assignments(on: date, *, deal: str | None = None) -> tuple[Assignment, ...]:
    """The roles that are held on a day, in a deal or in all of them."""
    held = models.AssignmentVersion.objects.at(Moment(on, NOW), _ALL)
    if deal is not None:
        held = held.filter(deal__in=(deal, rules.EVERYWHERE))
    return tuple(map(_assignment, held.select_related("assignment").order_by("id")))


def history_of_assignments() -> tuple[Assignment, ...]:
    """Every role ever given, as known now, those that ended included."""
    known = models.AssignmentVersion.objects.at(Moment.ever(NOW), _ALL)
    return tuple(map(_assignment, known.select_related("assignment").order_by("id")))


def ever_in(deal: str) -> frozenset[str]:
    """Codes of all who hold or held a role in a deal, or in all of them."""
    held = history_of_assignments()
    return frozenset(a.person for a in held if a.deal in {deal, rules.EVERYWHERE})


def actor(code: str, name: str, on: date) -> Actor:
    """A person with what they hold on a day. A role that is no longer defined gives nothing."""
    held = models.AssignmentVersion.objects.at(Moment(on, NOW), _ALL).filter(person=code)
    return Actor(code, name, grants(map(_assignment, held.select_related("assignment"))))


def grants(held: Iterable[Assignment]) -> tuple[Grant, ...]:
    """What assignments come to."""
    known = roles()
    return tuple(
        Grant(known[a.role], a.deal, a.organisation, a.pillar) for a in held if a.role in known
    )


def second_factor_needed(actor: Actor) -> bool:
    """Whether an actor must sign in with a second step."""
    return rules.must_use_second_factor(actor, permissions())


def withholdings(deal: str, on: date) -> tuple[Withholding, ...]:
    """What is withheld in a deal on a day, as known now, what a legal duty overrides included."""
    return tuple(w for w in _withheld_everywhere(on) if w.deal == deal)


def _withheld_everywhere(on: date) -> tuple[Withholding, ...]:
    rows = models.WithholdingVersion.objects.at(Moment(on, NOW), _ALL)
    return tuple(
        Withholding(
            row.withholding.code,
            Ref.parse(row.item),
            Ref.parse(row.parent),
            row.deal,
            row.organisation,
            row.reason,
            row.valid_from,
            row.valid_until,
            row.ground,
            row.withholding.revision_id,
        )
        for row in rows.select_related("withholding").order_by("id")
    )


def visitor(deal: str, on: date, head: str) -> tuple[Audience, tuple[Withholding, ...]]:
    """What anybody may read of a deal on a day, and what is withheld there from them.

    `head` is the hash of the latest revision. It names all that is known, so what was read for
    it is kept and given again.
    """
    key = (deal, on, head)
    with _LOCK:
        if key in _KEPT:
            return _KEPT[key]
    withheld = tuple(w for w in _withheld_everywhere(on) if w.holds(on))
    found = (
        _audience(rules.ANYBODY, deal, withheld),
        tuple(w for w in withheld if w.deal == deal),
    )
    with _LOCK:
        _KEPT[key] = found
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return found


_KEPT: OrderedDict[tuple[str, date, str], tuple[Audience, tuple[Withholding, ...]]] = OrderedDict()
_MOST_KEPT = 256
_LOCK = Lock()


def audience(actor: Actor | None, deal: str, on: date) -> Audience:
    """What an actor, or anybody (None), reads of a deal on a day: one query, and a few when
    something is withheld.

    What is withheld today is not read at any moment that is shown, also not as it was before.
    """
    withheld = tuple(w for w in _withheld_everywhere(on) if w.holds(on))
    return _audience(actor or rules.ANYBODY, deal, withheld)


def _audience(actor: Actor, deal: str, withheld: tuple[Withholding, ...]) -> Audience:
    found = rules.audience(actor, deal, withheld)
    return replace(found, withheld=found.withheld | followers(found))


def names(codes: Iterable[str]) -> Mapping[str, str]:
    """Names of people by code; those that were erased are not in it."""
    found = models.User.objects.filter(code__in=set(codes)).values_list("code", "name")
    return dict(found)


def _person(user: models.User) -> Person:
    return Person(user.code, user.name, user.email, user.is_active, user.last_login)


def _assignment(row: models.AssignmentVersion) -> Assignment:
    return Assignment(
        row.assignment.code,
        row.person,
        row.role,
        row.deal,
        row.organisation,
        row.pillar,
        row.replaces,
        row.valid_from,
        row.valid_until,
    )
