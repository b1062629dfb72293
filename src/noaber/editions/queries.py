"""Editions of documents: made from the register at the moment they are of, or kept as adopted."""

import hashlib
from dataclasses import replace
from typing import Any

from noaber.access.rules import Audience
from noaber.awards import queries as award_queries
from noaber.core.dates import LAST_YEAR, PartialDate
from noaber.core.finding import Finding
from noaber.deals import queries as deal_queries
from noaber.decisions import queries as decision_queries
from noaber.documents.blocks import Document
from noaber.editions import models
from noaber.editions.adoption import AdoptedEdition, KeptFile, changed_since
from noaber.editions.programme import BASE_URL, compose
from noaber.editions.rules import UnknownTranche
from noaber.monitor import queries as monitor_queries
from noaber.monitor.views import DealView
from noaber.progress import queries as progress_queries
from noaber.projects import queries as project_queries
from noaber.record import queries as record_queries
from noaber.record.reading import recorded
from noaber.record.rules import Moment

SHOWN = (
    *deal_queries.SHELVES,
    *project_queries.SHELVES,
    *award_queries.SHELVES,
    *progress_queries.SHELVES,
    *decision_queries.SHELVES,
)
"""What a programme is made from."""


def programme(
    deal: str,
    tranche: str,
    known_on: int | None,
    audience: Audience,
    *,
    base_url: str = BASE_URL,
) -> Document:
    """The implementation programme of a tranche, as of the day it counts from.

    `known_on` is a revision: what was recorded later is not in it; None is the latest.

    :raises UnknownTranche: when the deal or the tranche is not known at that revision.
    """
    return compose(view_of(deal, tranche, known_on, audience), tranche, base_url=base_url)


def view_of(deal: str, tranche: str, known_on: int | None, audience: Audience) -> DealView:
    """The deal as of the day a tranche counts from, as known at a revision.

    :raises UnknownTranche: when the deal or the tranche is not known at that revision.
    """
    revision = record_queries.latest() if known_on is None else known_on
    ever = Moment(PartialDate(LAST_YEAR).last_day, revision)
    tranches = {t.number: t for t in award_queries.tranches(deal, ever, audience)}
    if tranche not in tranches:
        raise UnknownTranche(deal, tranche, list(tranches))
    view = monitor_queries.view(deal, Moment(tranches[tranche].effective_on, revision), audience)
    if view is None:
        raise UnknownTranche(deal, tranche, list(tranches))
    return view


def adopted(deal: str, moment: Moment, audience: Audience) -> tuple[AdoptedEdition, ...]:
    """What was adopted of a deal at a moment, by tranche and number, and whether the register
    was corrected since: two queries, and one when there is none.
    """
    found = _editions(
        deal, audience, programme__adopted_on__lte=moment.as_of, revision_id__lte=moment.revision
    )
    if not found:
        return ()
    since = recorded(SHOWN, deal, moment.revision, audience)
    return tuple(replace(e, changed=changed_since(e.moment, since)) for e in found)


def adopted_edition(
    deal: str, tranche: str, audience: Audience, *, number: int | None = None
) -> AdoptedEdition | None:
    """The adopted edition of a tranche with this number, or the latest; None when there is none.

    Whether the register changed since is not asked.
    """
    found = [
        e
        for e in _editions(deal, audience, programme__tranche=tranche)
        if number in (None, e.number)
    ]
    return found[-1] if found else None


def editions_of(deal: str, tranche: str) -> int:
    """How many editions of a programme were adopted, whoever may read them."""
    return models.AdoptedProgramme.objects.filter(deal=deal, tranche=tranche).count()


def adopted_bytes(deal: str, edition: AdoptedEdition, form: str) -> bytes:
    """What was adopted, in a form that the edition has."""
    rows = models.AdoptedFile.objects.filter(
        programme__deal=deal, programme__tranche=edition.tranche, programme__number=edition.number
    )
    return bytes(rows.values_list("content", flat=True).get(form=form))


def check_adopted() -> tuple[Finding, ...]:
    """Findings on adopted editions: bytes that are not what was adopted."""
    rows = models.AdoptedFile.objects.select_related("programme").order_by("id")
    return tuple(
        Finding(
            "K-30",
            f"Programma {file.programme.tranche} van {file.programme.deal}, uitgave "
            f"{file.programme.number} ({file.form}): de bytes zijn niet meer wat is vastgesteld.",
        )
        for file in rows.iterator(chunk_size=10)
        if hashlib.sha256(content := bytes(file.content)).hexdigest() != file.sha256
        or len(content) != file.size
    )


def _editions(deal: str, audience: Audience, **chosen: Any) -> list[AdoptedEdition]:
    """Editions with their files but without the bytes: one query."""
    rows = models.AdoptedFile.objects.filter(
        programme__deal=deal, programme__readers__in=audience.labels, **chosen
    )
    columns = ("tranche", "number", "adopted_on", "decision", "source", "as_of", "known_on")
    found: dict[tuple[str, int], AdoptedEdition] = {}
    for row in rows.order_by("programme__tranche", "programme__number", "id").values_list(
        *(f"programme__{name}" for name in columns),
        "revision_id", "form", "media_type", "size", "sha256",
    ):  # fmt: skip
        edition, file = _edition(row[:8]), KeptFile(*row[8:])
        known = found.setdefault((edition.tranche, edition.number), edition)
        found[edition.tranche, edition.number] = replace(known, files=(*known.files, file))
    last = {edition.tranche: edition.number for edition in found.values()}
    return [replace(e, replaced=e.number < last[e.tranche]) for e in found.values()]


def _edition(row: tuple[Any, ...]) -> AdoptedEdition:
    tranche, number, adopted_on, decision, source, as_of, known_on, revision = row
    moment = Moment(as_of, known_on)
    return AdoptedEdition(tranche, number, adopted_on, decision, source, moment, revision, ())
