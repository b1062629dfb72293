"""A proposal that is complete, in a deal of any shape, and its texts as a form holds them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from noaber.core.dates import PartialDate
from noaber.proposals.rules import (
    Content,
    Funding,
    Milestone,
    OtherPillar,
    Participant,
    ResultClaim,
    Risk,
    Spot,
    YearAmount,
)

SUMMARY = (
    "Wij richten in de oude melkfabriek een werkplaats in waar leerlingen en bedrijven samen "
    "leren bouwen met hout uit de streek."
)


def complete(**given: Any) -> Content:
    """A proposal for the reference deal from which nothing lacks."""
    content = Content(
        title="Bouwplaats van hout",
        pillar="werken",
        summary=SUMMARY,
        reason="Bouwbedrijven vinden geen vakmensen.",
        approach="Eerst een proef met twee scholen, daarna open voor iedereen.",
        lead="GM0109",
        partners=(Participant("GM0114", role="levert de werkplaats"),),
        places=(Spot("GM0109", "Coevorden"), Spot("GM0114")),
        asked=(YearAmount(2022, 120_000_00), YearAmount(2023, 80_000_00)),
        money_note="Inrichting en begeleiding.",
        funding=(
            Funding("GM0109", form="cash", amount=50_000_00, certainty="decided"),
            Funding("GM0114", form="in_kind", amount=9_000_00, certainty="promised",
                    valuation="200 uur keer 45 euro"),
            Funding(name="Houtfonds", form="cash", amount=10_000_00, certainty="asked"),
        ),
        starts=PartialDate(2022, 3),
        ends=PartialDate(2023, 12),
        planning="Een half jaar inrichten, dan anderhalf jaar open.",
        milestones=(Milestone(PartialDate(2022, 9, 1), "De werkplaats is open"),),
        risks=(Risk("Te weinig leerlingen", "De proef zegt niets", "Drie scholen vragen"),),
        cross_overs=(OtherPillar("wonen", "Houten woningen"),),
        continuation="De werkplaats blijft en draait op lesgeld.",
        continuation_payer="De scholen",
        procurement="not_needed",
        procurement_note="Alles blijft onder de drempel.",
        state_aid="needed",
        state_aid_note="Wij gebruiken de vrijstelling voor opleiding.",
        privacy="not_needed",
        privacy_note="Er worden geen gegevens van leerlingen bewaard.",
        results=(ResultClaim("resultaat-werken-5", "Bedrijven leren er bouwen", "partial", Decimal(12)),),
    )  # fmt: skip
    return replace(content, **given)
