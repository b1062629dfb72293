"""The themes a project serves, and whose classification that is."""

from collections.abc import Iterable
from dataclasses import dataclass

from noaber.monitor.rules import ProjectView
from noaber.monitor.views import DealView
from noaber.web.language import dutch, text
from noaber.web.portal.links import Links

FILTER = "thema"


@dataclass(frozen=True)
class Served:
    """A theme by name, with the projects that serve it."""

    name: str
    link: str


def served(view: ProjectView, links: Links) -> tuple[Served, ...]:
    """The themes of a project, each leading to all projects that serve it."""
    return tuple(Served(t.name, links.chosen([(FILTER, t.code)])) for t in view.themes)


def is_own(seen: DealView, view: ProjectView) -> bool:
    """Whether no published source says which themes a project serves, but its own classification."""
    source = seen.sources.by_code.get(view.project.themes_evidence.source)
    return bool(view.themes) and source is not None and source.kind == "own"


def whose(seen: DealView, view: ProjectView) -> str:
    """Where it stands that a project serves its themes; "" when in the source of the project."""
    evidence = view.project.themes_evidence
    if not view.themes or not view.project.themes_source:
        return ""
    if not is_own(seen, view):
        source = ", ".join(w for w in (seen.sources.cite(evidence.source), evidence.locator) if w)
        return text("Ingedeeld volgens {source}.", source=dutch(source))
    if not evidence.locator:
        return text("Deze indeling staat niet in een bron.")
    return text("Deze indeling staat niet in een bron: {where}.", where=dutch(evidence.locator))


def note(seen: DealView, found: Iterable[ProjectView]) -> str:
    """What a list chosen by theme says of the classification, when any of it is its own."""
    if not any(is_own(seen, view) for view in found):
        return ""
    return text(
        "Welk project bij welk thema hoort, staat niet zo in een bron. Het is een eigen indeling; "
        "bij elk project staat waarop zij berust."
    )
