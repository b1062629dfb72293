"""The edition being composed: a deal at the moment of a tranche, and what all chapters share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from noaber.core.notation import month, partial, short_month
from noaber.deals.rules import Pillar
from noaber.documents.blocks import Column, Form, Mark, Number, Sign, Words
from noaber.monitor.rules import Figure, ProjectView, TrancheView
from noaber.monitor.views import DealView

_HERE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Edition:
    """A deal as seen at the moment of a tranche, and that tranche."""

    view: DealView
    current: TrancheView

    @property
    def number(self) -> str:
        """Number of the tranche, as printed: ``6``, ``2b``."""
        return self.current.tranche.number

    @property
    def tranches(self) -> tuple[TrancheView, ...]:
        """All tranches so far, in their order."""
        return self.view.overview.tranches

    @property
    def when(self) -> str:
        """The month of the tranche, or its year when no more is known."""
        decided = self.current.tranche.decided
        return partial(decided) if decided.month is None else month(decided.first_day)

    @property
    def term(self) -> str:
        """How the deal calls a pillar: ``pijler``, ``thema``."""
        return self.view.overview.deal.pillar_term

    @property
    def terms(self) -> str:
        """The same for more of them."""
        return self.view.overview.deal.pillar_terms

    @cached_property
    def projects(self) -> dict[str, tuple[ProjectView, ...]]:
        """Projects per pillar code, by number."""
        return {
            p.pillar.code: tuple(v for v in self.view.projects if v.pillar.code == p.pillar.code)
            for p in self.view.overview.pillars
        }

    def in_pillar(self, name: str, pillar: str) -> Figure:
        """A figure of the edition's tranche in a pillar."""
        return self.view.figure(name, pillar=pillar, tranche=self.number)

    def mark(self, project: ProjectView) -> Mark | None:
        """What the edition's tranche means for a project; None when it got nothing."""
        mark = project.mark_in(self.number)
        return Mark(mark) if mark else None


def local_day(recorded: datetime) -> date:
    """The day, in the Netherlands, on which something was recorded."""
    return recorded.astimezone(_HERE).date()


def sign(pillar: Pillar) -> Sign:
    """A pillar as documents show it."""
    return Sign(pillar.name, pillar.colour, pillar.mark)


def pillar_key(pillar: Pillar) -> str:
    """Key of a pillar's chapter."""
    return f"pillar/{pillar.code}"


def project_key(project: ProjectView) -> str:
    """Key of a project's entry."""
    return f"project/{project.project.code}"


def in_millions(figure: Figure) -> Words:
    """A figure for running text."""
    return (Number(figure, Form.MILLION),)


def tranche_columns(edition: Edition, width: float) -> tuple[Column, ...]:
    """A column of amounts per tranche, the edition's own marked as current."""
    return tuple(
        Column(
            (f"Tranche {view.tranche.number}",),
            short_month(view.tranche.decided),
            numeric=True,
            width=width,
            current=view.tranche.number == edition.number,
            estimated=view.tranche.date_basis == "estimated",
        )
        for view in edition.tranches
    )


def month_notes(tranches: Sequence[TrancheView]) -> str:
    """Says of a sign at a month what it means; empty when no month is estimated."""
    if any(view.tranche.date_basis == "estimated" for view in tranches):
        return "° bij een maand: de maand is geschat."
    return ""
