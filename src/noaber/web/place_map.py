"""The map that says where something is: some areas full, the others as ground."""

from collections.abc import Collection, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from noaber.web.drawings import MAP_WIDTH, Area, laid_out


def place_map(areas: Sequence[Area], full: Collection[str], title: str) -> SafeString:
    """The areas, those named in `full` in the accent; a list to who cannot see it.

    Gives nothing when no area has an outline.
    """
    drawn, height = laid_out(areas)
    if not drawn:
        return SafeString("")
    return format_html(
        '<svg class="map places" viewBox="0 0 {} {}" role="list" aria-label="{}">{}</svg>',
        MAP_WIDTH,
        f"{height:.0f}",
        title,
        format_html_join(
            "",
            '<g role="listitem"><a href="{}" aria-label="{}"><path class="area {}" fill="{}" '
            'stroke="#f6f1e7" stroke-width="2.5" d="{}"/>'
            '<text class="area-name" x="{}" y="{}" fill="{}" text-anchor="middle">{}</text>'
            "</a></g>",
            (
                (
                    placed.area.link,
                    placed.area.says,
                    *(("area-2", "#6b2c70") if placed.area.name in full else ("area-0", "#e9e0cf")),
                    placed.outline,
                    f"{placed.x:.0f}",
                    f"{placed.y + 5:.0f}",
                    "#ffffff" if placed.area.name in full else "#1f2328",
                    placed.area.name,
                )
                for placed in drawn
            ),
        ),
    )
