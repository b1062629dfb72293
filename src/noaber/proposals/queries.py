"""Reading proposals: only those that the audience may read.

A proposal is read by who leads it and by the office; by boards from the first time it is sent in.
What everybody may know of it once it was awarded is `awarded`.
"""

from collections.abc import Sequence

from noaber.access.rules import OWN, Audience
from noaber.core.numbering import number_key
from noaber.core.ref import Ref
from noaber.deals import queries as deals
from noaber.files import queries as file_queries
from noaber.files.rules import File
from noaber.organisations import queries as organisations
from noaber.projects import queries as projects
from noaber.projects.rules import project_code
from noaber.proposals import models, rules
from noaber.proposals.canonical import content_of
from noaber.record.reading import Row, Shelf, read
from noaber.record.rules import Moment

FILE_READERS = "proposal"
"""The label of files of proposals. Nobody holds it: they are read through their proposal only."""

_NAMEABLE = tuple(
    shelf
    for shelf in (*deals.SHELVES, *organisations.SHELVES, *projects.SHELVES)
    if shelf.kind in {"deal", "pillar", "theme", "result", "organisation", "project"}
)
_SHELF = Shelf(
    "proposal",
    models.ProposalVersion,
    "proposal__deal__code",
    {"anchor": "proposal_id", "code": "proposal__code", "since": "valid_from"},
)
_ALL = Audience(frozenset({"office", "board"}))


def proposals(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Proposal, ...]:
    """The proposals of a deal that an audience may read, in order of code: two queries."""
    return _read(_readable(deal, moment, audience), moment)


def proposal(deal: str, code: str, moment: Moment, audience: Audience) -> rules.Proposal | None:
    """A proposal by code; None when there is none, or it is not for this audience."""
    rows = [row for row in _readable(deal, moment, audience) if row["code"] == code]
    return next(iter(_read(rows, moment)), None)


def awarded(deal: str, project: str, moment: Moment) -> tuple[rules.Awarded, ...]:
    """What is public of the proposals on which money was awarded to a project, in order of code.

    For everybody, and so no more than `rules.Awarded` holds: two queries.
    """
    rows = read([_SHELF], deal, moment, _ALL)["proposal"]
    decided = _read([row for row in rows if row["phase"] == "decided"], moment)
    found = (rules.awarded(p) for p in decided if p.project == project)
    return tuple(each for each in found if each is not None)


def versions(
    deal: str, code: str, moment: Moment, audience: Audience
) -> tuple[rules.SentVersion, ...]:
    """A proposal as it was each time it was sent in, the first first.

    Nothing for who may not read it now.
    """
    readable = [r["anchor"] for r in _readable(deal, moment, audience) if r["code"] == code]
    rows = models.ProposalVersion.objects.filter(
        proposal__in=readable,
        number__gt=0,
        retracted=False,
        revision_id__lte=moment.revision,
    )
    sent: dict[int, models.ProposalVersion] = {}
    for row in rows.order_by("id"):
        sent.setdefault(row.number, row)
    steps = models.ProposalStep.objects.filter(revision__in=[r.revision_id for r in sent.values()])
    done = {s.number: s for s in steps.filter(step="send_in")}
    return tuple(
        rules.SentVersion(n, done[n].on, done[n].author, content_of(row.content))
        for n, row in sorted(sent.items())
    )


def content_at(deal: str, code: str, revision: int) -> rules.Content | None:
    """What a proposal said at a revision, for who may read it now; None when it was not there."""
    rows = models.ProposalVersion.objects.filter(
        proposal__deal__code=deal, proposal__code=code, retracted=False, revision_id__lte=revision
    )
    row = rows.order_by("-id").first()
    return content_of(row.content) if row else None


def made_in(deal: str, revision: int) -> str:
    """The code of the proposal of which a revision wrote something; "" when there is none."""
    rows = models.ProposalVersion.objects.filter(proposal__deal__code=deal, revision_id=revision)
    return rows.values_list("proposal__code", flat=True).first() or ""


def files(deal: str, code: str, moment: Moment, reader: Audience) -> tuple[File, ...]:
    """The files of a proposal that `reader` may read: ask for that first."""
    readable = file_queries.through(reader, FILE_READERS)
    return file_queries.files(deal, moment, readable, Ref("proposal", code))


def file(deal: str, code: str, named: str, moment: Moment, reader: Audience) -> File | None:
    """A file (by the code `named`) of a proposal that `reader` may read: ask for that first.

    None when it is not there, or withheld from them.
    """
    found = file_queries.file(deal, named, moment, file_queries.through(reader, FILE_READERS))
    return found if found and found.parent == Ref("proposal", code) else None


def known(deal: str, moment: Moment, audience: Audience) -> rules.Known | None:
    """What a proposal may name, as far as `audience` may read it: one query.

    None when there is no such deal.
    """
    rows = read(_NAMEABLE, deal, moment, audience)
    if not rows["deal"]:
        return None
    of_deal = rows["deal"][0]
    every = sorted(rows["organisation"], key=lambda o: str(o["name"]).casefold())
    named = {o["code"]: rules.Named(o["name"]) for o in every}
    towns = [o["code"] for o in every if o["kind"] == "municipality"]
    numbered = sorted(rows["project"], key=lambda p: (p["pillar"], number_key(p["number"])))
    return rules.Known(
        pillars={p["code"]: rules.Named(p["name"]) for p in _placed(rows["pillar"])},
        themes={t["code"]: rules.Named(t["name"], t["pillar"]) for t in _placed(rows["theme"])},
        projects={
            project_code(p["pillar"], p["number"]): rules.Named(
                f"{p['number']} {p['name']}", p["pillar"]
            )
            for p in numbered
        },
        organisations=named,
        municipalities={code: named[code] for code in towns},
        results={
            r["code"]: rules.Named(r["text"], r["pillar"], r["unit"])
            for r in _placed(rows["result"])
        },
        starts=of_deal["starts"].first_day,
        ends=of_deal["ends"].last_day,
    )


def _placed(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["position"], row["code"]))


def _readable(deal: str, moment: Moment, audience: Audience) -> list[Row]:
    """The rows of a deal that an audience may read."""
    labels = audience.labels
    own = {label.partition(":")[2] for label in labels if label.startswith(f"{OWN}:")}
    return [
        row
        for row in read([_SHELF], deal, moment, _ALL)["proposal"]
        if "office" in labels
        or row["lead"] in own
        or (row["readers"] == "board" and "board" in labels)
    ]


def _read(rows: Sequence[Row], moment: Moment) -> tuple[rules.Proposal, ...]:
    ordered = sorted(rows, key=lambda row: (row["since"], row["revision_id"]))
    last = {row["anchor"]: row for row in ordered}
    done: dict[int, list[rules.Step]] = {anchor: [] for anchor in last}
    steps = models.ProposalStep.objects.filter(
        proposal__in=done, revision_id__lte=moment.revision, on__lte=moment.as_of
    )
    for step in steps.order_by("id"):
        done[step.proposal_id].append(_step(step))
    found = (
        rules.Proposal(
            row["code"],
            row["phase"],
            row["number"],
            content_of(row["content"]),
            row["revision_id"],
            row["since"],
            tuple(done[anchor]),
        )
        for anchor, row in last.items()
    )
    return tuple(sorted(found, key=lambda p: number_key(p.code)))


def _step(row: models.ProposalStep) -> rules.Step:
    return rules.Step(
        row.step,
        row.before,
        row.after,
        row.number,
        row.on,
        row.author,
        row.revision_id,
        row.text,
        row.opinion,
        row.outcome,
        row.decision,
        row.project,
        tuple(rules.Comment(section, text) for section, text in row.comments),
    )
