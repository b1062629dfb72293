"""What is known of a deal when a board decides, as a value: pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from noaber.awards.queries import AwardFacts
from noaber.awards.rules import Tranche
from noaber.core.finding import Finding
from noaber.deals.rules import Allocation, Deal
from noaber.decisions import rules
from noaber.decisions.queries import DecisionFacts
from noaber.projects.rules import Project
from noaber.proposals.rules import Proposal


@dataclass(frozen=True)
class Known:
    """What is known of a deal when a board decides.

    `lacking` is what a proposal still lacks before a board can advise on it.
    """

    deal: Deal
    meeting: rules.Meeting
    board: rules.Board
    facts: DecisionFacts
    projects: Mapping[str, Project]
    pillars: tuple[str, ...]
    allocations: tuple[Allocation, ...]
    awarded: AwardFacts
    proposal: Proposal | None
    today: date
    lacking: tuple[Finding, ...] = ()

    @property
    def tranches(self) -> Sequence[Tranche]:
        """Tranches in their order."""
        return self.awarded.tranches

    @property
    def of_meeting(self) -> tuple[rules.Decision, ...]:
        """What was decided in the meeting so far."""
        return tuple(d for d in self.facts.decisions if d.meeting == self.meeting.code)

    @property
    def seats(self) -> Mapping[str, rules.Seat]:
        """Seats of the board whose term covers the day of the meeting, by code."""
        on = self.meeting.on.counts_from
        return {
            seat.code: seat
            for seat in self.facts.seats
            if seat.board == self.board.code
            and (seat.since is None or seat.since.first_day <= on)
            and (seat.until is None or seat.until.last_day >= on)
        }

    def interested(self, item: str) -> tuple[str, ...]:
        """Codes of the seats with an interest in an item of the agenda."""
        return tuple(i.seat for i in self.facts.interests if item and i.item == item)

    def decision(self, code: str) -> rules.Decision | None:
        """A decision of the deal."""
        return next((d for d in self.facts.decisions if d.code == code), None)
