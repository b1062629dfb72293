"""The municipalities of a deal as a map on a page."""

from collections.abc import Collection, Sequence

from noaber.core.notation import listed as dutch_list
from noaber.documents.drawing.colours import BLACK, DEEP_SAND, HEATH, SAND, mix
from noaber.documents.drawing.maps import Area, area_map
from noaber.documents.drawing.svg import Svg
from noaber.monitor.rules import Location
from noaber.monitor.views import DealView
from noaber.organisations.rules import Organisation
from noaber.web.language import dutch, text
from noaber.web.notation import count, listed
from noaber.web.portal.links import Links

_TINTS = (mix(HEATH, 70), HEATH, mix(HEATH, 64, BLACK))


def short(organisation: Organisation) -> str:
    """What people call an organisation: a municipality without the word for it."""
    if organisation.kind == "municipality":
        return organisation.short_name or organisation.name
    return organisation.name


def whole_region(seen: DealView, codes: Collection[str]) -> bool:
    """Whether these are all the municipalities of the deal, and there are more than one."""
    all_codes = {m.organisation.code for m in seen.municipalities}
    return len(all_codes) > 1 and all_codes <= set(codes)


def in_words(seen: DealView, locations: Sequence[Location]) -> str:
    """Where something happens: "hele regio", or the places and municipalities by name."""
    if whole_region(seen, [place.municipality.code for place in locations]):
        return text("Hele regio")
    return listed([_place(location) for location in locations])


def draw(seen: DealView, links: Links, full: Collection[str], where: str) -> Svg:
    """The map with the municipalities whose codes are in `full`; `where` is what it tells."""
    areas = []
    for m in seen.municipalities:
        name, here = short(m.organisation), m.organisation.code in full
        look, fill = ("area-2", HEATH) if here else ("area-0", DEEP_SAND)
        says = text("{name}, hier", name=name) if here else name
        link = links.municipality(m.organisation.code)
        areas.append(Area(name, m.rings, fill, "", look, link, says))
    return _map(areas, where, "map places")


def led(seen: DealView, links: Links) -> Svg:
    """The map with how many projects each municipality leads: the more, the darker."""
    most = max((m.led.value or 0 for m in seen.municipalities), default=0)
    areas = []
    for m in seen.municipalities:
        name, number = short(m.organisation), m.led.value or 0
        level = min(2, number * 3 // (most + 1))
        says = f"{name} {count(number)} {text('project' if number == 1 else 'projecten')}"
        link, look = links.municipality(m.organisation.code), f"area-{level + 1}"
        areas.append(Area(name, m.rings, _TINTS[level], count(number), look, link, says))
    return _map(areas, text("Projecten per gemeente"), "map")


def _map(areas: Sequence[Area], says: str, classes: str) -> Svg:
    return area_map(areas, width=480, height=640, size=17, ground=SAND, classes=classes, says=says)


def _place(location: Location) -> str:
    name = short(location.municipality)
    if not location.names:
        return dutch(name)
    return text("{places} ({name})", places=dutch(dutch_list(location.names)), name=dutch(name))
