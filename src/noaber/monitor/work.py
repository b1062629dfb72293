"""What waits for somebody in a deal: each thing with its date, why it waits, and where it is done.

Pure: made from the deal as seen, the people and what is withheld, on a day.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from noaber.access.rules import Actor, Assignment, Target, Withholding, may
from noaber.core.notation import count, day, euro, listed, number_word, partial
from noaber.monitor.cashbook import Cashbook, cashbook
from noaber.monitor.tasks import Task, Topic, Work
from noaber.monitor.views import DealView
from noaber.proposals.rules import Proposal

MANY = 5
"""More than this many of the same are told together."""

SOON = timedelta(days=30)
"""How long before it ends something is announced."""

STALE = timedelta(days=210)
"""After this long without a reporting round the next one is due: rounds are in March and August."""


def work(
    seen: DealView,
    actor: Actor,
    today: date,
    assignments: Sequence[Assignment] = (),
    withholdings: Sequence[Withholding] = (),
    *,
    proposals: Sequence[Proposal] = (),
) -> Work:
    """What waits for an actor, by what the actor may do."""
    deal = seen.overview.deal.code
    lists: dict[str, list[Task]] = {"now": [], "coming": [], "lacking": []}
    if may(actor, "people.manage", Target(deal)):
        _by_date(lists, _ending_roles(assignments, today), today)
    if may(actor, "confidentiality.mark", Target(deal)):
        _by_date(lists, _ending_secrets(withholdings, today), today)
    if may(actor, "deal.edit", Target(deal)):
        _by_date(lists, _rounds(seen, today), today)
        lists["lacking"] += _dates(seen)
    if may(actor, "money.edit", Target(deal)):
        _by_date(lists, _instalments(seen, today), today)
        lists["lacking"] += _money(seen)
    if may(actor, "commitment.record", Target(deal)):
        book = cashbook(seen, today)
        _by_date(lists, _accounts(book, today), today)
        lists["now"] += _outstanding(book)
        lists["lacking"] += _uncommitted(seen)
    lists["now"] += _proposals(proposals, actor, deal)
    lists["now"] += _progress(seen, actor, deal)
    lists["lacking"] += _texts(seen, actor, deal)
    ordered = {
        name: tuple(sorted(tasks, key=lambda t: (t.due or date.max, t.what)))
        for name, tasks in lists.items()
    }
    return Work(ordered["now"], ordered["coming"], ordered["lacking"])


def _by_date(lists: dict[str, list[Task]], tasks: Iterator[Task], today: date) -> None:
    for task in tasks:
        lists["now" if task.due is None or task.due <= today else "coming"].append(task)


def _ending_roles(assignments: Sequence[Assignment], today: date) -> Iterator[Task]:
    for held in assignments:
        if held.until and today <= held.until <= today + SOON:
            yield Task(
                "Een rol loopt af",
                f"Op {day(held.until)} houdt een rol op. Verleng hem, of regel wie het overneemt.",
                "Rollen bekijken",
                due=held.until,
                page="people",
                topic=Topic.ROLE,
                thing=held.code,
            )


def _ending_secrets(withholdings: Sequence[Withholding], today: date) -> Iterator[Task]:
    for item in withholdings:
        if item.until and not item.ground and today <= item.until <= today + SOON:
            yield Task(
                "Een geheimhouding loopt af",
                f"Op {day(item.until)} wordt dit openbaar. Vraag de partij of dat klopt.",
                "Geheimhouding bekijken",
                due=item.until,
                page="withholdings",
                topic=Topic.WITHHOLDING,
                thing=item.code,
            )


def _rounds(seen: DealView, today: date) -> Iterator[Task]:
    """The next reporting round, once the last one is long enough ago and the deal still runs."""
    ends = seen.overview.deal.ends.last_day
    last = max((r.as_of.last_day for r in seen.snapshot.reports), default=None)
    if last is not None and today <= ends and last + STALE <= today:
        yield Task(
            "Een rapportageronde openen",
            f"De laatste ronde was van {day(last)}. Projecten rapporteren twee keer per jaar.",
            "Ronde toevoegen",
            due=last + STALE,
            late=True,
            sheet="rondes",
            topic=Topic.ROUND,
            thing=last.isoformat(),
        )


def _instalments(seen: DealView, today: date) -> Iterator[Task]:
    """Instalments that are to come soon."""
    for view in seen.contributions:
        for part in view.instalments:
            if part.due and part.amount and today <= part.due.last_day <= today + SOON:
                yield Task(
                    f"{view.contribution.name}: termijn {part.number} komt eraan",
                    f"Het gaat om {euro(part.amount)}, uiterlijk op {day(part.due.last_day)}.",
                    "Termijnen openen",
                    due=part.due.last_day,
                    sheet="termijnen",
                    topic=Topic.INSTALMENT,
                    thing=part.code,
                )


def _dates(seen: DealView) -> Iterator[Task]:
    estimated = [
        t.tranche.number for t in seen.overview.tranches if t.tranche.date_basis == "estimated"
    ]
    if estimated:
        named = " en ".join(estimated)
        yield Task(
            f"De maand van tranche {named} is geschat",
            "Leg het besluit erbij; dan staat vast vanaf wanneer het geld telt.",
            "Bronnen bekijken",
            sheet="bronnen",
        )
    inferred = sum(a.basis == "inferred" for p in seen.projects for a in p.awards)
    if inferred:
        yield Task(
            f"{count(inferred)} toekenningen zijn afgeleid",
            "De bron zegt niet letterlijk in welke tranche zij horen. Met een besluit erbij verdwijnt het teken °.",
            "Bronnen bekijken",
            sheet="bronnen",
        )


def _money(seen: DealView) -> Iterator[Task]:
    for view in seen.contributions:
        given = view.contribution
        if given.standing in ("proposed", "published"):
            yield Task(
                f"{given.name}: nog geen besluit vastgelegd",
                f"Het gaat om {euro(view.promised.value or 0)}. Leg vast wat de raad of Staten besloten.",
                "Bijdrage openen",
                sheet="bijdragen",
                code=given.code,
            )
        open_parts = [p for p in view.instalments if p.due is None or p.amount is None]
        if open_parts:
            yield Task(
                f"{given.name}: een termijn zonder bedrag of datum",
                "Partijen spreken de momenten af in het overleg (artikel 5.6).",
                "Termijnen openen",
                sheet="termijnen",
            )


_WAITING = (
    ("returned", "proposal.write", "is terug", "zijn terug", "Lees de opmerkingen en pas het aan"),
    ("in_development", "proposal.judge", "wacht op advies", "wachten op advies", "Geef het terug of laat het vakbestuurlijk overleg adviseren"),
    ("advised", "proposal.judge", "wacht op voordracht", "wachten op voordracht", "Het advies is er; draag het voor"),
)  # fmt: skip
"""What a proposal in a phase waits for, of whom, said of one and of several."""


def _proposals(proposals: Sequence[Proposal], actor: Actor, deal: str) -> Iterator[Task]:
    """Proposals that wait for this actor: to be written again, advised on, or nominated."""
    for phase, right, waits, wait, what in _WAITING:
        waiting = [
            p
            for p in proposals
            if p.phase == phase and may(actor, right, Target(deal, p.lead, p.pillar))
        ]
        if len(waiting) > MANY:
            named = listed([f"“{p.title}”" for p in waiting[:MANY]])
            yield Task(
                f"{number_word(len(waiting)).capitalize()} voorstellen {wait}",
                f"Onder meer {named}.",
                "Voorstellen bekijken",
                page="proposals",
            )
            continue
        for proposal in waiting:
            yield Task(
                f"Voorstel “{proposal.title}” {waits}",
                f"Sinds {day(proposal.since)}. {what}.",
                "Voorstel openen",
                page="proposal",
                code=proposal.code,
            )


def _progress(seen: DealView, actor: Actor, deal: str) -> Iterator[Task]:
    """Projects without a report in the latest round."""
    latest = max(seen.snapshot.reports, key=lambda r: r.as_of, default=None)
    if latest is None:
        return
    reported = {r.project for r in seen.snapshot.reports if r.as_of == latest.as_of}
    silent = [
        view
        for view in seen.projects
        if view.project.status == "running"
        and not view.merged_into
        and view.project.code not in reported
        and may(actor, "progress.report", Target(deal, view.project.lead, view.pillar.code))
    ]
    since = latest.as_of.last_day
    if len(silent) > MANY:
        named = listed([f"{view.project.number} {view.project.name}" for view in silent[:MANY]])
        yield Task(
            f"{number_word(len(silent)).capitalize()} projecten hebben nog niets gemeld",
            f"In de ronde van {partial(latest.as_of)}. Onder meer {named}.",
            "Voortgang bekijken",
            due=since,
            late=True,
            sheet="voortgang",
            topic=Topic.PROGRESS,
            thing=latest.round,
        )
        return
    for view in silent:
        yield Task(
            f"Voortgang van {view.project.number} {view.project.name}",
            f"In de ronde van {partial(latest.as_of)} is nog niets gemeld.",
            "Voortgang melden",
            due=since,
            late=True,
            sheet="voortgang",
            filled={"project": view.project.code, "ronde": latest.round},
            topic=Topic.PROGRESS,
            thing=f"{latest.round}/{view.project.code}",
        )


def _texts(seen: DealView, actor: Actor, deal: str) -> Iterator[Task]:
    for view in seen.projects:
        target = Target(deal, view.project.lead, view.pillar.code)
        if not view.description and may(actor, "text.edit", target):
            yield Task(
                f"{view.project.number} {view.project.name} heeft geen tekst",
                "Op de site en in het programma staat nu niets over wat het project doet.",
                "Tekst schrijven",
                sheet="teksten",
                filled={"project": view.project.code, "soort": "omschrijving"},
            )


def _accounts(book: Cashbook, today: date) -> Iterator[Task]:
    """Commitments of which the accounts are due soon, or were due and are not settled."""
    for owed in book.owed:
        made, due = owed.life.commitment, owed.life.commitment.accounts_due
        if owed.life.settlement or due is None or due.last_day > today + SOON:
            continue
        if due.last_day < today:
            yield Task(
                f"{made.code} vaststellen",
                f"{owed.receiver} zou zich voor {partial(due)} verantwoorden. "
                f"Betaald is {euro(owed.stands.paid)}.",
                "Vaststelling vastleggen",
                due=due.last_day,
                late=True,
                sheet="vaststellingen",
                filled={"verplichting": made.code},
                topic=Topic.ACCOUNTS,
                thing=made.code,
            )
        else:
            yield Task(
                f"Verantwoording van {made.code} komt eraan",
                f"{owed.receiver} verantwoordt zich uiterlijk {partial(due)}.",
                "Verplichting openen",
                due=due.last_day,
                sheet="verplichtingen",
                code=made.code,
                topic=Topic.ACCOUNTS,
                thing=made.code,
            )


def _outstanding(book: Cashbook) -> Iterator[Task]:
    """What is to be paid after a settlement, what is to come back, and what came in too late."""
    for owed in book.owed:
        code = owed.life.commitment.code
        if owed.stands.claim:
            yield Task(
                f"Van {code} is nog {euro(owed.stands.claim)} terug te vorderen",
                f"{owed.receiver} kreeg meer dan is vastgesteld.",
                "Terugvordering vastleggen",
                sheet="terugvorderingen",
                filled={"verplichting": code},
            )
        elif owed.life.settlement and owed.stands.open:
            yield Task(
                f"Eindbetaling op {code}",
                f"Na de vaststelling is nog {euro(owed.stands.open)} te betalen aan {owed.receiver}.",
                "Betaling vastleggen",
                sheet="betalingen",
                filled={"verplichting": code, "soort": "eindbetaling"},
            )
    for due in book.dues:
        # A deal that records no receipts at all has nothing to chase.
        if due.late and book.receipts and due.instalment.due:
            yield Task(
                f"Termijn {due.instalment.number} van {due.contribution.name} is niet helemaal binnen",
                f"Er mist nog {euro(due.lacking or 0)}.",
                "Ontvangst vastleggen",
                due=due.instalment.due.last_day,
                late=True,
                sheet="ontvangsten",
                filled={"bijdrage": due.contribution.code},
                topic=Topic.INSTALMENT,
                thing=due.instalment.code,
            )


def _uncommitted(seen: DealView) -> Iterator[Task]:
    """Projects that were awarded more than what is committed to them."""
    waiting = []
    for view in seen.projects:
        committed = seen.figure("committed", project=view.project.code).value or 0
        left = (view.awarded.value or 0) - committed
        if left > 0:
            waiting.append((view.project, left))
    if len(waiting) > MANY:
        total = sum(left for _, left in waiting)
        yield Task(
            f"Bij {number_word(len(waiting))} projecten is meer toegekend dan verplicht",
            f"Samen {euro(total)}. Leg per project vast wat de ontvanger krijgt.",
            "Verplichtingen bekijken",
            sheet="verplichtingen",
        )
        return
    for project, left in waiting:
        yield Task(
            f"Verplichting maken voor {project.number} {project.name}",
            f"Er is {euro(left)} toegekend en nog niet verplicht.",
            "Verplichting vastleggen",
            sheet="verplichtingen",
            filled={"project": project.code, "ontvanger": project.lead},
        )
