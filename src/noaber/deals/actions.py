"""Recording a deal. Money is posted by the ledger's actions; here are the facts only."""

from collections.abc import Collection
from datetime import date, datetime

from noaber.access.rules import Actor
from noaber.deals import models, rules
from noaber.organisations.models import Organisation
from noaber.record.actions import put, retract, revision
from noaber.record.anchors import ensure, find
from noaber.record.rules import Evidence, columns_of


def record_deal(
    deal: rules.Deal, *, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a deal or a change of it; returns whether anything changed."""
    values = columns_of(deal)
    code = values.pop("code")
    values["treasurer"] = find(Organisation, code=deal.treasurer)
    with revision(by=by, at=at, action="record_deal", subject=f"deal:{code}") as r:
        anchor = ensure(models.Deal, r, code=code)
        return put(
            models.DealVersion,
            key={"deal": anchor},
            values=values,
            since=since,
            evidence=evidence,
            stamp=r,
        )


def record_party(
    party: rules.Party,
    *,
    deal: str,
    since: date,
    until: date | None,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> bool:
    """Record a signatory, from `since` up to `until`; returns whether anything changed."""
    values = columns_of(party)
    code = values.pop("code")
    values["organisation"] = find(Organisation, code=party.organisation)
    with revision(by=by, at=at, action="record_party", subject=f"deal:{deal}") as r:
        anchor = ensure(models.Party, r, deal=find(models.Deal, code=deal), code=code)
        return put(
            models.PartyVersion,
            key={"party": anchor},
            values=values,
            since=since,
            until=until,
            evidence=evidence,
            stamp=r,
        )


def record_pillar(
    pillar: rules.Pillar, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a pillar; returns whether anything changed."""
    values = columns_of(pillar)
    code = values.pop("code")
    with revision(by=by, at=at, action="record_pillar", subject=f"deal:{deal}") as r:
        anchor = ensure(models.Pillar, r, deal=find(models.Deal, code=deal), code=code)
        return put(
            models.PillarVersion,
            key={"pillar": anchor},
            values=values,
            since=since,
            evidence=evidence,
            stamp=r,
        )


MODELS: dict[type, type[models.DealFact]] = {
    rules.Source: models.SourceVersion,
    rules.Article: models.ArticleVersion,
    rules.Theme: models.ThemeVersion,
    rules.Goal: models.GoalVersion,
    rules.IntendedResult: models.IntendedResultVersion,
    rules.Allocation: models.AllocationVersion,
    rules.Contribution: models.ContributionVersion,
    rules.ContributionKey: models.ContributionKeyVersion,
    rules.Instalment: models.InstalmentVersion,
    rules.Mandate: models.MandateVersion,
    rules.ContactPoint: models.ContactPointVersion,
    rules.StatedFact: models.StatedFactVersion,
}


def record_fact(
    fact: rules.Fact, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a fact of a deal, or a change of it; returns whether anything changed.

    Allocations and contributions also move euros: use `ledger.actions.allocate` and `pledge`.
    """
    model = MODELS[type(fact)]
    owner = find(models.Deal, code=deal)
    names = {field.name for field in model._meta.fields}
    values = {n: v for n, v in columns_of(fact).items() if n in names and n != "code"}
    if "pillar" in values:
        values["pillar"] = _named(models.Pillar, owner, values["pillar"])
    if "party" in values:
        values["party"] = _named(models.Party, owner, values["party"])
    action = f"record_{model.__name__.removesuffix('Version').lower()}"
    with revision(by=by, at=at, action=action, subject=f"deal:{deal}") as r:
        key = {"deal": owner, "code": fact.code}
        return put(model, key=key, values=values, since=since, evidence=evidence, stamp=r)


def _named(model: type[models.OfDeal], owner: models.Deal, code: str) -> models.OfDeal | None:
    return find(model, deal=owner, code=code) if code else None


def retract_keys(
    contribution: str, *, deal: str, except_for: Collection[str], by: Actor, at: datetime
) -> bool:
    """Take back the keys of a contribution for parties that no longer share in it."""
    owner = find(models.Deal, code=deal)
    rows = models.ContributionKeyVersion.objects.filter(deal=owner, contribution=contribution)
    gone = {row.code for row in rows.exclude(party__code__in=except_for)}
    if not gone:
        return False
    with revision(by=by, at=at, action="retract_keys", subject=f"deal:{deal}") as r:
        model = models.ContributionKeyVersion
        return sum(retract(model, key={"deal": owner, "code": c}, stamp=r) for c in gone) > 0


def retract_party(code: str, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take a signatory back as if it never was; returns whether there was one."""
    anchor = find(models.Party, deal=find(models.Deal, code=deal), code=code)
    with revision(by=by, at=at, action="retract_party", subject=f"deal:{deal}") as r:
        return retract(models.PartyVersion, key={"party": anchor}, stamp=r)


def retract_pillar(code: str, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take a pillar back as if it never was; returns whether there was one."""
    anchor = find(models.Pillar, deal=find(models.Deal, code=deal), code=code)
    with revision(by=by, at=at, action="retract_pillar", subject=f"deal:{deal}") as r:
        return retract(models.PillarVersion, key={"pillar": anchor}, stamp=r)


def retract_fact(fact: rules.Fact, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take a fact of a deal back; returns whether it was there."""
    key = {"deal": find(models.Deal, code=deal), "code": fact.code}
    with revision(by=by, at=at, action="retract_fact", subject=f"deal:{deal}") as r:
        return retract(MODELS[type(fact)], key=key, stamp=r)
