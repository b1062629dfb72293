"""Recording a deal. Money is posted by the ledger's actions; here are the facts only."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from noaber.access.rules import Actor
from noaber.deals import models, rules
from noaber.organisations.models import Organisation
from noaber.record.actions import put, revision
from noaber.record.anchors import ensure, find
from noaber.record.models import Version
from noaber.record.rules import Evidence, columns_of


def _pillar(deal: models.Deal, code: str) -> models.Pillar | None:
    return find(models.Pillar, deal=deal, code=code) if code else None


def _record(
    model: type[Version],
    *,
    deal: str,
    code: str,
    values: Mapping[str, Any],
    since: date,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> bool:
    """Record a fact with a code of its own; references by code become rows here."""
    owner = find(models.Deal, code=deal)
    columns = dict(values)
    if "pillar" in columns:
        columns["pillar"] = _pillar(owner, columns["pillar"])
    if "party" in columns:
        party = columns["party"]
        columns["party"] = find(models.Party, deal=owner, code=party) if party else None
    kind = model.__name__.removesuffix("Version")
    with revision(by=by, at=at, action=f"record_{kind.lower()}", subject=f"deal:{deal}") as r:
        return put(
            model,
            key={"deal": owner, "code": code},
            values=columns,
            since=since,
            evidence=evidence,
            stamp=r,
        )


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


def record_source(
    source: rules.Source, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a source of the deal's facts; returns whether anything changed."""
    values = columns_of(source)
    return _record(
        models.SourceVersion,
        deal=deal,
        code=values.pop("code"),
        values=values,
        since=since,
        evidence=evidence,
        by=by,
        at=at,
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


def record_article(
    article: rules.Article, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record an article of the covenant; returns whether anything changed."""
    return _record(
        models.ArticleVersion,
        deal=deal,
        code=str(article.number),
        values=columns_of(article),
        since=since,
        evidence=evidence,
        by=by,
        at=at,
    )


def record_theme(
    theme: rules.Theme, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a theme; returns whether anything changed."""
    values = columns_of(theme)
    return _record(
        models.ThemeVersion,
        deal=deal,
        code=values.pop("code"),
        values=values,
        since=since,
        evidence=evidence,
        by=by,
        at=at,
    )


def record_goal(
    goal: rules.Goal, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a goal of the covenant; returns whether anything changed."""
    values = columns_of(goal)
    return _record(
        models.GoalVersion,
        deal=deal,
        code=values.pop("code"),
        values=values,
        since=since,
        evidence=evidence,
        by=by,
        at=at,
    )


def record_intended_result(
    result: rules.IntendedResult,
    *,
    deal: str,
    since: date,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> bool:
    """Record an intended result; returns whether anything changed."""
    values = columns_of(result)
    return _record(
        models.IntendedResultVersion,
        deal=deal,
        code=values.pop("code"),
        values=values,
        since=since,
        evidence=evidence,
        by=by,
        at=at,
    )


def record_allocation(
    allocation: rules.Allocation, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record an indicative share; use `ledger.actions.allocate`, which also posts the euros."""
    values = columns_of(allocation)
    return _record(
        models.AllocationVersion,
        deal=deal,
        code=values.pop("line"),
        values=values,
        since=allocation.effective.counts_from,
        evidence=evidence,
        by=by,
        at=at,
    )


def record_contribution(
    contribution: rules.Contribution, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a contribution; use `ledger.actions.pledge`, which also posts the euros."""
    values = columns_of(contribution)
    return _record(
        models.ContributionVersion,
        deal=deal,
        code=values.pop("code"),
        values=values,
        since=contribution.effective.counts_from,
        evidence=evidence,
        by=by,
        at=at,
    )


def record_contribution_key(
    key: rules.ContributionKey,
    *,
    deal: str,
    since: date,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> bool:
    """Record the weight of a party in a contribution; returns whether anything changed."""
    return _record(
        models.ContributionKeyVersion,
        deal=deal,
        code=f"{key.contribution}/{key.party}",
        values=columns_of(key),
        since=since,
        evidence=evidence,
        by=by,
        at=at,
    )


def record_instalment(
    instalment: rules.Instalment,
    *,
    deal: str,
    since: date,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> bool:
    """Record an instalment of a contribution; returns whether anything changed."""
    return _record(
        models.InstalmentVersion,
        deal=deal,
        code=f"{instalment.contribution}/{instalment.number}",
        values=columns_of(instalment),
        since=since,
        evidence=evidence,
        by=by,
        at=at,
    )


def record_stated_fact(
    stated: rules.StatedFact, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record what a source itself states of a figure; returns whether anything changed."""
    values = columns_of(stated)
    return _record(
        models.StatedFactVersion,
        deal=deal,
        code=values.pop("code"),
        values=values,
        since=since,
        evidence=evidence,
        by=by,
        at=at,
    )
