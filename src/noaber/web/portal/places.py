"""The municipalities of a deal as a map on a page."""

from collections.abc import Collection, Sequence

from django.utils.safestring import SafeString

from noaber.core.notation import listed as dutch_list
from noaber.monitor.rules import Location, MunicipalityView
from noaber.monitor.views import DealView
from noaber.organisations.rules import Organisation
from noaber.web.drawings import Area, region_map
from noaber.web.language import dutch, text
from noaber.web.notation import count, listed
from noaber.web.place_map import place_map
from noaber.web.portal.links import Links


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


def draw(seen: DealView, links: Links, full: Collection[str], where: str) -> SafeString:
    """The map with the municipalities whose codes are in `full`; `where` is what it tells."""
    return place_map(
        [_area(m, links, m.organisation.code in full) for m in seen.municipalities],
        {short(m.organisation) for m in seen.municipalities if m.organisation.code in full},
        where,
    )


def led(seen: DealView, links: Links) -> SafeString:
    """The map with how many projects each municipality leads."""
    areas = []
    for m in seen.municipalities:
        name, number = short(m.organisation), m.led.value or 0
        says = f"{name} {count(number)} {text('project' if number == 1 else 'projecten')}"
        areas.append(Area(name, m.rings, number, says, links.municipality(m.organisation.code)))
    return region_map(areas, text("Projecten per gemeente"))


def _area(view: MunicipalityView, links: Links, here: bool) -> Area:
    name = short(view.organisation)
    says = text("{name}, hier", name=name) if here else name
    return Area(name, view.rings, int(here), says, links.municipality(view.organisation.code))


def _place(location: Location) -> str:
    name = short(location.municipality)
    if not location.names:
        return dutch(name)
    return text("{places} ({name})", places=dutch(dutch_list(location.names)), name=dutch(name))
