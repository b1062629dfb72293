"""In which tranches a project got money, as a row of dots with its words."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from noaber.documents.drawing.marks import dots
from noaber.monitor.rules import ProjectView, TrancheView
from noaber.web.language import text
from noaber.web.notation import listed
from noaber.web.portal.page import tone


def row(view: ProjectView, tranches: Sequence[TrancheView]) -> SafeString:
    """A large dot for each tranche with an award, a small one for the others."""
    if not tranches:
        return SafeString("")
    given = {award.tranche.number for award in view.awards}
    numbers = [t.tranche.number for t in tranches if t.tranche.number in given]
    says = text("tranche {numbers}", numbers=listed(numbers)) if numbers else text("geen tranche")
    row = dots([t.tranche.number in given for t in tranches], tone(view.pillar))
    return format_html('{}<span class="visually-hidden">{}</span>', row, says)
