"""The last page: whom to ask, of which moment the figures are, and from which sources."""

from noaber.core.notation import count, day
from noaber.documents.blocks import (
    Block,
    Chapter,
    Heading,
    Terms,
    Web,
    Words,
)
from noaber.documents.links import explanation
from noaber.editions.contact import contact
from noaber.editions.edition import Edition, local_day


def colophon(edition: Edition, base_url: str) -> list[Block]:
    """Contact, of which moment the figures are, where they are explained, and which sources."""
    overview = edition.view.overview
    moment, recorded = overview.moment, overview.recorded_at
    recorded_on = f"{day(local_day(recorded))}, " if recorded else ""
    known = f"{recorded_on}revisie {count(moment.revision)}"
    page = explanation(base_url, edition.current.awarded.address, moment)
    items: list[tuple[str, Words]] = [
        (
            "Cijfers per",
            (
                (
                    f"{day(moment.as_of)}. Een besluit waarvan alleen de maand bekend is, telt vanaf de "
                    "laatste dag van die maand."
                ),
            ),
        ),
        ("Zoals bekend op", (f"{known}. Wat later is verbeterd, staat niet in deze uitgave.",)),
        (
            "Waar komt dit getal vandaan?",
            (
                (
                    "Elk bedrag is een link naar zijn uitleg: de som, de delen, het besluit en de bron. "
                    f"De uitleg van het totaal van tranche {edition.number}: "
                ),
                Web(page, page.partition("://")[2]),
            ),
        ),
        (
            "Nieuw en vervolg",
            (
                (
                    "Een project is nieuw in de tranche waarin het voor het eerst geld krijgt. Daarna "
                    "is het een vervolg. Dat volgt uit de toekenningen."
                ),
            ),
        ),
    ]
    if overview.reserved_open.value:
        items.append(
            (
                "Gereserveerd",
                (
                    (
                        "Wat voor een heel project opzij staat, min alles wat aan dat project al is "
                        "toegekend."
                    ),
                ),
            )
        )
    if sources := _sources(edition):
        items.append(("Bronnen", (f"{'; '.join(sources)}.",)))
    items += [
        (
            "Toegankelijk",
            (
                (
                    "De PDF van dit document voldoet aan PDF/UA-1 en PDF/A-2a en is te lezen met een schermlezer. "
                    "Kaarten en grafieken hebben een beschrijving; hun cijfers staan in tabellen."
                ),
            ),
        ),
        ("Letter", ("De PDF is gezet in Noto Sans, onder de SIL Open Font License 1.1.",)),
    ]
    asked = contact(edition.view.contacts)
    if not asked:
        return [Chapter("Colofon", "chapter/colophon"), Terms(tuple(items))]
    return [
        Chapter("Contact en colofon", "chapter/colophon"),
        *asked,
        Heading("Colofon"),
        Terms(tuple(items)),
    ]


def _sources(edition: Edition) -> list[str]:
    """Titles of the sources that the facts in this edition cite, in the order of the register."""
    s = edition.view.snapshot
    evidence = {
        *(fact.evidence.source for fact in s.projects),
        *(fact.evidence.source for fact in s.awards),
        *(fact.evidence.source for fact in s.reservations),
        *(fact.evidence.source for fact in s.allocations),
        *(fact.evidence.source for fact in s.contributions),
        *(fact.evidence.source for fact in s.reports),
        *(fact.evidence.source for fact in s.boards),
        *(fact.evidence.source for fact in s.seats),
    }
    return [source.title for code, source in s.sources.by_code.items() if code in evidence]
