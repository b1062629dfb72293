"""Documents are PDF/UA-1 and PDF/A-2a, whatever the deal looks like, as veraPDF judges them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import typst

from noaber.documents.typst import write_pdf
from noaber.editions.programme import compose
from noaber.monitor.views import DealView
from tests.factories import reference_deal, strange_deals
from tests.pdf import verapdf

pytestmark = pytest.mark.verapdf

PROGRAMMES: dict[str, tuple[Callable[[], DealView], str]] = {
    "programme 6": (reference_deal.view, "6"),
    "programme 1": (lambda: reference_deal.view(date(2019, 10, 31)), "1"),
    "flat themes": (lambda: strange_deals.flat_themes(themes=5), "8"),
    "nothing yet": (strange_deals.nothing_yet, "1"),
}


def judged(view: DealView, tranche: str, folder: Path) -> tuple[verapdf.Verdict, ...]:
    pdf = folder / "programme.pdf"
    pdf.write_bytes(write_pdf(compose(view, tranche)))
    return verapdf.judge(pdf, "ua1", "2a")


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_programme_is_accessible_and_can_be_kept(name: str, tmp_path: Path) -> None:
    make, tranche = PROGRAMMES[name]
    for verdict in judged(make(), tranche, tmp_path):
        assert verdict.broken == ()
        assert verdict.passed
        assert verdict.checks > 1_000


def test_verapdf_refuses_a_pdf_that_is_not_accessible(tmp_path: Path) -> None:
    pdf = tmp_path / "plain.pdf"
    pdf.write_bytes(typst.compile(b"#text[Zonder titel of kenmerken]", pdf_standards=["1.7"]))
    verdicts = verapdf.judge(pdf, "ua1", "2a")
    assert [v.passed for v in verdicts] == [False, False]
    assert all(v.broken for v in verdicts)
