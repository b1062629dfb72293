"""The menu of the office, from ``definitions/office.yaml``: what is kept where, and with which right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse

from noaber.access.roles import permissions
from noaber.core.definitions import DefinitionError, definition
from noaber.imports.definitions import ColumnDefinition, SheetDefinition
from noaber.imports.editing import Texts, sheet_of
from noaber.web.access import Desk


@dataclass(frozen=True)
class Kept:
    """A sheet that the office keeps, by its name in the menu and the permission to change it.

    `listed` are the columns that a list shows; the first says what a row is called. `page` is the
    route of the page that the menu leads to, "" for the list. `grid` says that it can be filled in
    as a grid.
    """

    sheet: SheetDefinition
    name: str
    permission: str
    listed: tuple[ColumnDefinition, ...]
    page: str = ""
    grid: bool = False

    def called(self, texts: Texts, named: Mapping[str, Mapping[str, str]]) -> str:
        """What people call a row of it; `named` has the names of what its columns refer to."""
        number = texts.get("nummer", "") if self.sheet.kind == "project" else ""
        column = self.listed[0].name
        text = texts[column]
        return " ".join(part for part in (number, named.get(column, {}).get(text, text)) if part)


@dataclass(frozen=True)
class Entry:
    """A line of the menu; `here` is "page" when it is shown, "true" when a page below it is."""

    name: str
    address: str
    here: str


@dataclass(frozen=True)
class Section:
    """Lines of the menu that belong together; folded unless `unfolded`."""

    name: str
    entries: tuple[Entry, ...]
    always: bool = False

    @property
    def unfolded(self) -> bool:
        """The first section, and the one where the page shown is."""
        return self.always or any(entry.here for entry in self.entries)


@cache
def kept() -> dict[str, Kept]:
    """What the office keeps, by the name of its sheet.

    :raises DefinitionError: when the definition names a sheet or permission that is not there.
    """
    return {item.sheet.name: item for _, items in _groups() for item in items}


@cache
def _groups() -> tuple[tuple[str, tuple[Kept, ...]], ...]:
    return tuple(
        (str(group["name"]), tuple(_kept(item) for item in group["items"]))
        for group in definition("office.yaml")["menu"]
    )


def _kept(item: dict[str, Any]) -> Kept:
    sheet = sheet_of(item["sheet"])
    if sheet is None or item["edit"] not in permissions():
        raise DefinitionError(f"office.yaml: {item} names a sheet or permission that is not there")
    listed = tuple(column for name in item["list"] if (column := sheet.column(name)))
    if len(listed) != len(item["list"]) or not listed:
        raise DefinitionError(f"office.yaml: {item} lists a column that is not there")
    return Kept(
        sheet, item["name"], item["edit"], listed, item.get("page", ""), bool(item.get("grid"))
    )


def _today(desk: Desk) -> Iterator[tuple[str, str]]:
    yield "Mijn werk", "work"
    if desk.may_somewhere("register.read"):
        yield "Voorstellen", "proposals"
        yield "Van euro naar resultaat", "steering"
    if desk.may("register.read"):
        yield "Kas", "cash"


def menu(desk: Desk, here: str) -> tuple[Section, ...]:
    """The menu of a person in a deal: only what they may see; `here` is the address shown."""
    start = reverse("work", args=[desk.deal])

    def entry(name: str, address: str) -> Entry:
        below = address != start and here.startswith(address)
        return Entry(name, address, "page" if address == here else "true" if below else "")

    def to(name: str, *rest: str) -> str:
        return reverse(name, args=[desk.deal, *rest])

    today = tuple(entry(name, to(route)) for name, route in _today(desk))
    found = [Section("Vandaag", today, always=True)]
    if desk.may_somewhere("register.read"):
        for name, items in _groups():
            entries = tuple(
                entry(i.name, to(i.page) if i.page else to("records", i.sheet.name))
                for i in items
                if desk.may("register.read") or desk.may_somewhere(i.permission)
            )
            if entries:
                found.append(Section(name, entries))
    if desk.may_somewhere("register.read"):
        found.append(Section("Stukken", (entry("Bestanden", to("files")),)))
    people = [
        entry(name, to(route))
        for permission, name, route in (
            ("people.read", "Mensen en rollen", "people"),
            ("confidentiality.mark", "Geheimhouding", "withholdings"),
            ("history.read", "Wie wat veranderde", "history"),
        )
        if desk.may_somewhere(permission)
    ]
    if people:
        found.append(Section("Toegang", tuple(people)))
    if desk.may_somewhere("jobs.manage"):
        found.append(Section("Beheer", (entry("Werk voor later", to("jobs")),)))
    return tuple(found)
