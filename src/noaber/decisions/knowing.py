"""What is known of a deal when a board decides: read once, in one query."""

from datetime import datetime

from noaber.access.rules import OFFICE
from noaber.awards import queries as awards
from noaber.core.finding import Finding, refusal
from noaber.deals import queries as deals
from noaber.deals.rules import Allocation, Deal
from noaber.decisions import queries
from noaber.decisions.effects import Order
from noaber.decisions.known import Known
from noaber.projects import queries as projects
from noaber.projects.rules import Project
from noaber.proposals import queries as proposals
from noaber.proposals.checking import lacking
from noaber.proposals.rules import Proposal
from noaber.record.reading import read_together, values
from noaber.record.rules import Moment

_OF_DEAL = (deals.DEAL, deals.PILLARS, deals.ALLOCATIONS, projects.PROJECTS)


def known(order: Order, *, deal: str, moment: Moment, at: datetime) -> Known:
    """What is known at the moment: one query, two more for the proposal of an order, and one for
    what may lack in one that is advised on.

    :raises Refused: when the meeting is not one of the deal.
    """
    groups = (queries.SHELVES, awards.SHELVES, _OF_DEAL)
    decided, money, rows = read_together(groups, deal, moment, OFFICE)
    facts, awarded = queries.of_rows(decided), awards.of_rows(money)
    of_deal = next(iter(values(Deal, rows["deal"])), None)
    meeting = next((m for m in facts.meetings if m.code == order.meeting), None)
    if meeting is None or of_deal is None:
        raise refusal(
            "B-01",
            "Deze vergadering is er niet",
            "vergadering",
            "Kies een vergadering van deze deal.",
        )
    proposal = proposals.proposal(deal, order.proposal, moment, OFFICE) if order.proposal else None
    return Known(
        deal=of_deal,
        meeting=meeting,
        board=next(b for b in facts.boards if b.code == meeting.board),
        facts=facts,
        projects={p.code: p for p in values(Project, rows["project"])},
        pillars=tuple(p.code for p in deals.pillars_of(rows["pillar"])),
        allocations=values(Allocation, rows["allocation"], line="code"),
        awarded=awarded,
        proposal=proposal,
        today=at.date(),
        lacking=_lacking(proposal, deal, moment, at) if proposal and order.is_advice else (),
    )


def _lacking(proposal: Proposal, deal: str, moment: Moment, at: datetime) -> tuple[Finding, ...]:
    """What a proposal that can be advised on lacks before it is."""
    named = proposals.known(deal, Moment(at.date(), moment.revision), OFFICE)
    if named is None or not proposal.can("advise"):
        return ()
    return lacking(proposal.content, "advised", named)
