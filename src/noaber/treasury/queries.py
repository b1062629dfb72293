"""Reading commitments and what became of them."""

from dataclasses import dataclass

from noaber.access.rules import Audience
from noaber.record.reading import Rows, Shelf, read, values
from noaber.record.rules import Moment
from noaber.treasury import models, rules

OF_DEAL = "deal__code"

SHELVES = (
    Shelf(
        "commitment",
        models.CommitmentVersion,
        OF_DEAL,
        {"project": "project__code", "receiver": "receiver__code"},
    ),
    Shelf("condition", models.ConditionVersion, OF_DEAL),
    Shelf("payment", models.PaymentVersion, OF_DEAL),
    Shelf("settlement", models.SettlementVersion, OF_DEAL),
    Shelf("recovery", models.RecoveryVersion, OF_DEAL),
    Shelf("receipt", models.ReceiptVersion, OF_DEAL, {"party": "party__code"}),
    Shelf("budget_line", models.BudgetLineVersion, OF_DEAL),
    Shelf("forecast", models.ForecastVersion, OF_DEAL, {"project": "project__code"}),
)


@dataclass(frozen=True)
class TreasuryFacts:
    """What was committed, paid, settled, recovered and received, each by date and code; budget
    lines by year; forecasts by project, year and the day they were given.
    """

    commitments: tuple[rules.Commitment, ...] = ()
    conditions: tuple[rules.Condition, ...] = ()
    payments: tuple[rules.Payment, ...] = ()
    settlements: tuple[rules.Settlement, ...] = ()
    recoveries: tuple[rules.Recovery, ...] = ()
    receipts: tuple[rules.Receipt, ...] = ()
    budget: tuple[rules.BudgetLine, ...] = ()
    forecasts: tuple[rules.Forecast, ...] = ()

    @property
    def lives(self) -> tuple[rules.Life, ...]:
        """Every commitment with what became of it."""
        return rules.lives(self.commitments, self.payments, self.settlements, self.recoveries)


def facts(deal: str, moment: Moment, audience: Audience) -> TreasuryFacts:
    """The money facts of a deal that `audience` may read: one query."""
    return of_rows(read(SHELVES, deal, moment, audience))


def of_rows(rows: Rows) -> TreasuryFacts:
    """The same from what was read together with other features."""
    dated = {
        kind: sorted(rows[kind], key=lambda r: (r["effective"].counts_from, str(r["code"])))
        for kind in ("commitment", "payment", "settlement", "recovery", "receipt")
    }
    return TreasuryFacts(
        commitments=values(rules.Commitment, dated["commitment"]),
        conditions=values(
            rules.Condition,
            sorted(rows["condition"], key=lambda r: (r["commitment"], r["number"])),
        ),
        payments=values(rules.Payment, dated["payment"]),
        settlements=values(rules.Settlement, dated["settlement"], commitment="code"),
        recoveries=values(rules.Recovery, dated["recovery"]),
        receipts=values(rules.Receipt, dated["receipt"]),
        budget=values(
            rules.BudgetLine, sorted(rows["budget_line"], key=lambda r: (r["year"], r["code"]))
        ),
        forecasts=values(
            rules.Forecast,
            sorted(
                rows["forecast"],
                key=lambda r: (str(r["project"]), r["year"], r["given"].counts_from),
            ),
        ),
    )


def as_commitment(row: models.CommitmentVersion) -> rules.Commitment:
    """A row as a value; its project and receiver are read when they are not loaded."""
    return rules.Commitment(
        row.code,
        row.receiver.code,
        row.amount,
        row.effective,
        row.form,
        row.project.code if row.project else "",
        row.line,
        row.tranche,
        row.decision,
        row.ends,
        row.accounts_due,
        row.evidence,
    )


def as_payment(row: models.PaymentVersion) -> rules.Payment:
    """A row as a value."""
    return rules.Payment(
        row.code, row.commitment, row.amount, row.effective, row.kind, row.evidence
    )


def as_settlement(row: models.SettlementVersion) -> rules.Settlement:
    """A row as a value."""
    return rules.Settlement(row.code, row.amount, row.effective, row.document, row.evidence)


def as_recovery(row: models.RecoveryVersion) -> rules.Recovery:
    """A row as a value."""
    return rules.Recovery(row.code, row.commitment, row.amount, row.effective, row.evidence)
