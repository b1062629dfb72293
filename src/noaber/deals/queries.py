"""Reading a deal and what belongs to it."""

from dataclasses import fields
from typing import Any, TypeVar

from noaber.access.rules import Audience
from noaber.deals import models, rules
from noaber.record.models import Version
from noaber.record.rules import Moment

T = TypeVar("T")


def codes() -> tuple[str, ...]:
    """Codes of all deals in the register."""
    return tuple(models.Deal.objects.order_by("code").values_list("code", flat=True))


def as_value(cls: type[T], row: Version, **replaced: Any) -> T:
    """A row as a frozen value: columns by name, references as given in `replaced`."""
    return cls(
        **{
            f.name: replaced[f.name] if f.name in replaced else getattr(row, f.name)
            for f in fields(cls)  # type: ignore[arg-type]
        }
    )


def deal(code: str, moment: Moment, audience: Audience) -> rules.Deal | None:
    """The deal as it was at the moment; None when it was not there yet."""
    row = (
        models.DealVersion.objects.at(moment, audience)
        .filter(deal__code=code)
        .select_related("treasurer")
        .first()
    )
    return as_value(rules.Deal, row, code=code, treasurer=row.treasurer.code) if row else None


def sources(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Source, ...]:
    """Sources of the deal's facts, by code."""
    return _facts(models.SourceVersion, rules.Source, deal, moment, audience)


def parties(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Party, ...]:
    """Signatories by their number in the covenant."""
    rows = (
        models.PartyVersion.objects.at(moment, audience)
        .filter(party__deal__code=deal)
        .select_related("party", "organisation")
        .order_by("number")
    )
    return tuple(
        as_value(rules.Party, r, code=r.party.code, organisation=r.organisation.code) for r in rows
    )


def pillars(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Pillar, ...]:
    """Pillars in their order."""
    rows = (
        models.PillarVersion.objects.at(moment, audience)
        .filter(pillar__deal__code=deal)
        .select_related("pillar")
        .order_by("position", "pillar__code")
    )
    return tuple(as_value(rules.Pillar, r, code=r.pillar.code) for r in rows)


def articles(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Article, ...]:
    """Articles of the covenant by number."""
    return _facts(models.ArticleVersion, rules.Article, deal, moment, audience, order="number")


def themes(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Theme, ...]:
    """Themes by pillar and position; those that connect the pillars first."""
    return _facts(models.ThemeVersion, rules.Theme, deal, moment, audience, order="position")


def goals(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Goal, ...]:
    """Goals of the covenant, by code."""
    return _facts(models.GoalVersion, rules.Goal, deal, moment, audience)


def intended_results(
    deal: str, moment: Moment, audience: Audience
) -> tuple[rules.IntendedResult, ...]:
    """Intended results in their order."""
    return _facts(
        models.IntendedResultVersion, rules.IntendedResult, deal, moment, audience, order="position"
    )


def allocations(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Allocation, ...]:
    """The indicative split that holds, a line each."""
    return _facts(models.AllocationVersion, rules.Allocation, deal, moment, audience)


def contributions(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Contribution, ...]:
    """Contributions, largest first."""
    return _facts(
        models.ContributionVersion, rules.Contribution, deal, moment, audience, order="-amount"
    )


def contribution_keys(
    deal: str, moment: Moment, audience: Audience
) -> tuple[rules.ContributionKey, ...]:
    """Keys by which contributions are divided, in the order given."""
    return _facts(
        models.ContributionKeyVersion,
        rules.ContributionKey,
        deal,
        moment,
        audience,
        order="position",
    )


def instalments(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Instalment, ...]:
    """Instalments by contribution and number."""
    return _facts(
        models.InstalmentVersion, rules.Instalment, deal, moment, audience, order="number"
    )


def stated_facts(deal: str, moment: Moment, audience: Audience) -> tuple[rules.StatedFact, ...]:
    """What sources themselves state, by code."""
    return _facts(models.StatedFactVersion, rules.StatedFact, deal, moment, audience)


def _facts(
    model: type[models.DealFact],
    cls: type[T],
    deal: str,
    moment: Moment,
    audience: Audience,
    *,
    order: str = "code",
) -> tuple[T, ...]:
    names = {f.name for f in model._meta.fields}
    references = [name for name in ("pillar", "party") if name in names]
    rows = (
        model.objects.at(moment, audience)
        .filter(deal__code=deal)
        .select_related(*references)
        .order_by(order, "code")
        if references
        else model.objects.at(moment, audience).filter(deal__code=deal).order_by(order, "code")
    )
    values = []
    for row in rows:
        replaced: dict[str, Any] = {"line": row.code}
        for name in references:
            other = getattr(row, name)
            replaced[name] = other.code if other is not None else ""
        values.append(as_value(cls, row, **replaced))
    return tuple(values)
