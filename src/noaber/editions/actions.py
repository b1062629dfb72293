"""Adopting an edition: made once in every form, and kept."""

import hashlib
from datetime import date, datetime

from noaber.access.queries import audience
from noaber.access.rules import Actor
from noaber.documents.formats import WRITERS
from noaber.editions import models, queries
from noaber.editions.adoption import Adoption, check_adoption
from noaber.editions.programme import BASE_URL, compose
from noaber.record.actions import revision
from noaber.record.queries import latest


def adopt(
    *,
    deal: str,
    tranche: str,
    adopted_on: date,
    decision: str = "",
    source: str = "",
    known_on: int | None = None,
    replaces: int | None = None,
    base_url: str = BASE_URL,
    by: Actor,
    at: datetime,
) -> int:
    """Keep the implementation programme of a tranche as it was adopted, in every form.

    `known_on` is the revision it was made at; None is the latest. `decision` says in words who
    decided, `source` is the code of where that stands. A later edition names the number of the
    one it `replaces`; that one stays to be had. Returns the number of the edition.

    :raises UnknownTranche: when the deal or the tranche is not known at that revision.
    :raises Refused: when it may not be adopted so, or cannot be made; nothing is kept then.
    """
    known = latest() if known_on is None else known_on
    # Made before the lock is taken: what was known at a revision does not change.
    view = queries.view_of(deal, tranche, known, audience(None, deal, at.date()))
    document = compose(view, tranche, base_url=base_url)
    content = {form: writer.write(document) for form, writer in WRITERS.items()}
    with revision(
        by=by,
        at=at,
        action="adopt_programme",
        subject=f"deal:{deal}",
        details={"tranche": tranche, "known_on": known, "replaces": replaces},
    ) as r:
        editions = queries.editions_of(deal, tranche)
        check_adoption(
            Adoption(adopted_on, known, source, replaces),
            view.snapshot.tranche_by_number[tranche],
            editions=editions,
            latest=r.number - 1,
            today=at.date(),
            sources=tuple(view.sources.by_code),
        )
        kept = models.AdoptedProgramme.objects.create(
            deal=deal,
            tranche=tranche,
            number=editions + 1,
            adopted_on=adopted_on,
            decision=decision,
            source=source,
            as_of=document.moment.as_of,
            known_on=known,
            revision_id=r.number,
        )
        for form, given in content.items():
            models.AdoptedFile.objects.create(
                programme=kept,
                form=form,
                media_type=WRITERS[form].media_type,
                size=len(given),
                sha256=hashlib.sha256(given).hexdigest(),
                content=given,
                revision_id=r.number,
            )
    return editions + 1
