"""Where people can turn to with a question."""

from collections.abc import Sequence

from noaber.deals.rules import ContactPoint
from noaber.documents.blocks import Block, Cell, Column, Group, Row, Table, Web, Words

_SHARES = (1.0, 1.1, 1.0, 1.4)


def contact(contacts: Sequence[ContactPoint]) -> list[Block]:
    """Where people can turn to, in a table, so that sheets have it too; nothing when unknown."""
    if not contacts:
        return []
    rows: list[tuple[Words, ...]] = [
        ((contact.name,), (contact.purpose,), (contact.address,), _reached(contact))
        for contact in contacts
    ]
    titles = ("Bij wie", "Waarvoor", "Adres", "Website en e-mail")
    places = [place for place in range(len(titles)) if any(any(row[place]) for row in rows)]
    return [
        Table(
            "Waar u terechtkunt met een vraag",
            tuple(Column((titles[place],), share=_SHARES[place]) for place in places),
            (Group(tuple(Row(tuple(Cell(row[place]) for place in places)) for row in rows)),),
        )
    ]


def _reached(contact: ContactPoint) -> Words:
    """The website and the address for mail, as links."""
    site = contact.website.partition("://")[2].removesuffix("/")
    links = []
    if contact.website:
        links.append(Web(contact.website, site))
    if contact.mail:
        links.append(Web(f"mailto:{contact.mail}", contact.mail))
    return (links[0], ", ", links[1]) if len(links) > 1 else tuple(links)
