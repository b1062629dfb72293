"""Progress and finances: every project with every tranche so far, per pillar."""

from collections import Counter
from collections.abc import Sequence

from noaber.core.dates import PartialDate
from noaber.core.notation import partial
from noaber.documents.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Form,
    Group,
    Heading,
    Layout,
    Number,
    Paragraph,
    Plain,
    Reference,
    Row,
    Strong,
    Table,
    Words,
)
from noaber.documents.wording import INFERRED, PROGRESS
from noaber.editions.edition import Edition, month_notes, project_key, sign, tranche_columns
from noaber.editions.opening import FINANCES
from noaber.editions.rules import capitalised
from noaber.monitor.rules import PillarView, ProjectView

PAGE = 261.0
"""Millimetres that a page lying down has for a table."""

_WITH_LEAD = 7
"""With more tranches than this the lead partner has no column of its own."""

_NUMBER, _LEAD, _TOTAL, _PROJECT = 11.0, 41.0, 22.0, 52.0
_WIDEST_TRANCHE = 19.5
_FEW = 3
_OWN_PAGES = 4


def finances(edition: Edition) -> list[Block]:
    """The chapter: a table per pillar that has projects."""
    blocks: list[Block] = [Chapter("Voortgang en financiën", FINANCES, Layout.LANDSCAPE)]
    common = _common_round(edition)
    few_pillars = len(edition.projects) <= _OWN_PAGES
    for view in edition.view.overview.pillars:
        projects = edition.projects[view.pillar.code]
        new_page = len(blocks) > 1 and len(projects) > _FEW and few_pillars
        blocks.append(Heading(view.pillar.name, sign=sign(view.pillar), new_page=new_page))
        if projects:
            blocks.append(_table(edition, view, projects, common))
        else:
            blocks.append(Paragraph((f"Bij {view.pillar.name} horen nog geen projecten.",)))
    return blocks


def _common_round(edition: Edition) -> PartialDate | None:
    """The date that most progress is of, so that only other dates need saying."""
    dates = Counter(v.progress.as_of for v in edition.view.projects if v.progress)
    return max(dates, key=lambda on: (dates[on], on)) if dates else None


def _table(
    edition: Edition, view: PillarView, projects: Sequence[ProjectView], common: PartialDate | None
) -> Table:
    tranches = len(edition.tranches)
    with_lead = tranches <= _WITH_LEAD
    room = PAGE - _NUMBER - _TOTAL - _PROJECT - (_LEAD if with_lead else 0)
    columns = [
        Column(("Nr.",), width=_NUMBER),
        Column(("Project",), share=1),
        *([Column(("Penvoerder",), width=_LEAD)] if with_lead else []),
        *tranche_columns(edition, min(_WIDEST_TRANCHE, room / max(tranches, 1))),
        Column(("Totaal",), numeric=True, width=_TOTAL),
    ]
    silent = not any(p.progress for p in projects)
    rows = tuple(_row(edition, p, common, with_lead=with_lead, silent=silent) for p in projects)
    total = Row(
        (
            Cell((f"Totaal {edition.term} {view.pillar.name}",), span=3 if with_lead else 2),
            *(Cell((Number(figure),)) for figure in view.per_tranche),
            Cell((Number(view.awarded),)),
        )
    )
    caption = f"Toegekend per project en tranche: {edition.term} {view.pillar.name}, in €."
    if silent:
        caption += " Over deze projecten is nog geen voortgang gemeld."
    elif common:
        caption += f" {PROGRESS} Voortgang per {partial(common)}, tenzij anders vermeld."
    return Table(
        caption,
        tuple(columns),
        (Group(rows),),
        (total,),
        _notes(edition, projects),
        sign(view.pillar),
        small=True,
    )


def _notes(edition: Edition, projects: Sequence[ProjectView]) -> tuple[Words, ...]:
    found = []
    if any(a.basis == "inferred" for p in projects for a in p.awards):
        found.append(
            f"{INFERRED} Afgeleid: de tranche staat niet letterlijk in de bron, maar volgt uit "
            "wat er wel staat."
        )
    found.append(month_notes(edition.tranches))
    found.append("– Geen bedrag.")
    return ((" ".join(note for note in found if note),),)


def _row(
    edition: Edition,
    view: ProjectView,
    common: PartialDate | None,
    *,
    with_lead: bool,
    silent: bool,
) -> Row:
    mark = edition.mark(view)
    name: Words = (Reference(project_key(view), view.project.name),)
    cells = [
        Cell((Strong(view.project.number),)),
        Cell((*name, " ", mark) if mark else name, strong=True),
        *([Cell((view.lead.name,))] if with_lead else []),
        *_amounts(edition, view),
        Cell((Number(view.awarded),), strong=bool(view.awarded.value)),
    ]
    below = () if silent else _below(view, common)
    if not with_lead:
        below = (view.lead.name, " · ", *below) if below else (view.lead.name,)
    return Row(tuple(cells), below, below_quiet=view.progress is None)


def _amounts(edition: Edition, view: ProjectView) -> list[Cell]:
    """A cell per tranche; of a project that is paid by another, one that says so."""
    awards = {award.tranche.number: award for award in view.awards}
    before = [t for t in edition.tranches if t.tranche.position < edition.current.tranche.position]
    if view.paid_from and not awards and len(before) >= _FEW:
        said: Words = (
            "betaald uit project ",
            Reference(f"project/{view.paid_from.code}", view.paid_from.number),
            f" {view.paid_from.name}",
        )
        rest = [Cell() for _ in range(len(edition.tranches) - len(before))]
        return [Cell(said, span=len(before), quiet=True), *rest]
    found = []
    for tranche in edition.tranches:
        number = tranche.tranche.number
        note = _note(view) if view.reservation and view.reservation.tranche == number else ()
        if award := awards.get(number):
            cell = Cell((Number(award.figure),), note, inferred=award.basis == "inferred")
        else:
            figure = edition.view.figure("awarded", project=view.project.code, tranche=number)
            cell = Cell((Number(figure),), note)
        found.append(cell)
    return found


def _note(view: ProjectView) -> Words:
    """What is set aside for the whole project, of which it gets parts."""
    if view.reservation is None:
        return ()
    reserved = view.reserved_open
    words: Words = (
        "Voor het hele project is ",
        Plain(view.reservation.amount, Form.EURO),
        " gereserveerd. Het bedrag wordt in fasen toegekend. ",
    )
    if not reserved.value:
        return (*words, "Alles is toegekend.")
    return (*words, Number(reserved, Form.EURO), " is nog niet toegekend.")


def _below(view: ProjectView, common: PartialDate | None) -> Words:
    """The line on progress, with its date when it is not the common one."""
    if view.progress is None:
        return (_silence(view),)
    when = "" if view.progress.as_of == common else f"{capitalised(partial(view.progress.as_of))}: "
    return (Strong(PROGRESS), f" {when}{view.progress.text}")


def _silence(view: ProjectView) -> str:
    """Says that there is no progress, and why there may be none yet."""
    if not view.awards:
        return "Geen voortgang gemeld."
    return f"Geen voortgang gemeld. Eerste toekenning in tranche {view.awards[0].tranche.number}."
