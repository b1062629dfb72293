"""In which tranches a project got money, as a row of dots with its words."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from noaber.monitor.rules import ProjectView, TrancheView
from noaber.web.language import text
from noaber.web.notation import listed
from noaber.web.portal.page import tone

_APART = 16


def row(view: ProjectView, tranches: Sequence[TrancheView]) -> SafeString:
    """A large dot for each tranche with an award, a small one for the others."""
    if not tranches:
        return SafeString("")
    given = {award.tranche.number for award in view.awards}
    drawn = tone(view.pillar)
    numbers = [t.tranche.number for t in tranches if t.tranche.number in given]
    says = text("tranche {numbers}", numbers=listed(numbers)) if numbers else text("geen tranche")
    return format_html(
        '<svg class="dots {}" viewBox="0 0 {} 12" width="{}" height="12" aria-hidden="true" '
        'focusable="false">{}</svg><span class="visually-hidden">{}</span>',
        drawn.name,
        _APART * len(tranches),
        _APART * len(tranches),
        format_html_join(
            "",
            '<circle class="{}" fill="{}" cx="{}" cy="6" r="{}"/>',
            (
                ("fill-tone", drawn.colour, place * _APART + _APART // 2, "4.5")
                if t.tranche.number in given
                else ("fill-line-strong", "#857c6c", place * _APART + _APART // 2, "1.25")
                for place, t in enumerate(tranches)
            ),
        ),
        says,
    )
