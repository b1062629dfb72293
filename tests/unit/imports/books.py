"""A small deal in sheets that is right, to be made wrong in one place at a time."""

from copy import deepcopy

from noaber.core.finding import Finding, Refused
from noaber.imports.checking import check
from noaber.imports.definitions import sheet_named
from noaber.imports.rules import Book, RawCell, RawRow, RawSheet

Texts = dict[str, list[dict[str, str]]]
"""Rows by sheet, with texts by column name."""

SOURCE = {"bron": "up6", "vindplaats": "tabel Werken"}

_DEAL: Texts = {
    "deal": [
        {
            "code": "zuid-en-oost",
            "naam": "Regio Deal Zuid- en Oost",
            "regio": "Zuid en Oost",
            "ambitie": "Samen verder.",
            "begint": "2019-06",
            "eindigt": "2023-12-31",
            "regime": "decentralisatie-uitkering",
            "kassier": "PV22",
            "pijlerwoord": "pijler",
            "pijlerwoorden": "pijlers",
            "kleur": "#6b2c70",
        }
    ],
    "bronnen": [{"code": "up6", "titel": "Programma 6", "soort": "uitvoeringsprogramma"}],
    "organisaties": [
        {"code": "PV22", "naam": "Provincie Drenthe", "soort": "provincie"},
        {"code": "GM0114", "naam": "Gemeente Emmen", "soort": "gemeente"},
        {"code": "GM0109", "naam": "Gemeente Coevorden", "soort": "gemeente"},
        {"code": "hogeschool", "naam": "De hogeschool", "soort": "onderwijs"},
    ],
    "omtrekken": [{"organisatie": "GM0114", "omtrek": "6.8 52.8, 6.9 52.8, 6.9 52.9, 6.8 52.8"}],
    "partijen": [
        {
            "code": code,
            "nummer": number,
            "organisatie": code,
            "naam": "De partij",
            "ambt": "college",
            "zijde": "regio",
        }
        for code, number in (("PV22", "1"), ("GM0114", "2"), ("GM0109", "3"))
    ],
    "contact": [
        {
            "code": "bureau",
            "volgorde": "1",
            "naam": "Het bureau",
            "website": "https://www.regiodeal.nl/contact",
            "e_mail": "regiodeal@provincie.nl",
        }
    ],
    "overleggen": [
        {
            "code": code,
            "soort": kind,
            "naam": code.title(),
            "volgorde": position,
            "taak": "Beslist over projecten.",
        }
        for code, kind, position in (("stuurgroep", "stuurgroep", "1"), ("team", "anders", "2"))
    ],
    "zetels": [
        {
            "overleg": "stuurgroep",
            "zetel": "emmen",
            "volgorde": "1",
            "rol": "lid",
            "organisatie": "GM0114",
            "naam": "An de Vries",
            "tot": "2021-05",
        },
        {
            "overleg": "stuurgroep",
            "zetel": "emmen-2",
            "volgorde": "1",
            "rol": "lid",
            "vanaf": "2021-05",
            "vervangt": "stuurgroep-emmen",
        },
        {"overleg": "team", "zetel": "leider", "volgorde": "1", "rol": "leider", "tot": "2020"},
    ],
    "voorwoorden": [
        {"tranche": "2", "titel": "Voorwoord", "tekst": "Eén.\nTwee.", "overleg": "stuurgroep"}
    ],
    "pijlers": [
        {
            "code": code,
            "naam": code.title(),
            "volgorde": position,
            "kleur": "#1d5c8a",
            "teken": mark,
        }
        for code, position, mark in (("werken", "1", "vierkant"), ("wonen", "2", "huis"))
    ],
    "themas": [
        {"code": "leren", "pijler": "werken", "volgorde": "1", "naam": "Leren"},
        {"code": "wijken", "pijler": "wonen", "volgorde": "1", "naam": "Wijken"},
        {"code": "regio", "volgorde": "1", "naam": "Lerende regio"},
    ],
    "resultaten": [
        {
            "code": "banen",
            "pijler": "werken",
            "volgorde": "1",
            "tekst": "Meer banen",
            "soort": "aantal",
            "doelwaarde": "8",
            "eenheid": "banen",
        },
        {
            "code": "minder",
            "pijler": "werken",
            "volgorde": "2",
            "tekst": "Minder zorg",
            "soort": "richting",
            "richting": "daalt",
        },
        {
            "code": "huizen",
            "pijler": "wonen",
            "volgorde": "1",
            "tekst": "Meer huizen",
            "soort": "aantal",
        },
    ],
    "metingen": [
        {
            "code": code,
            "pijler": "werken",
            "wat": "banen erbij",
            "waarde": "5",
            "eenheid": "Banen",
            "peildatum": as_of,
            "stand": "gemeld",
            "resultaat": "banen",
        }
        for code, as_of in (("eerst", "2021"), ("later", "2022-06"))
    ],
    "verdeling": [
        {"pijler": "werken", "bedrag": "19200000", "ingang": "2019-06"},
        {"pijler": "", "bedrag": "€ 1.600.000,-", "ingang": "2019-06"},
    ],
    "bijdragen": [
        {
            "code": "provincie",
            "omschrijving": "De provincie",
            "partij": "PV22",
            "bedrag": "10000000",
            "vorm": "geld",
            "stand": "voorgesteld",
            "ingang": "2019-06",
        },
        {
            "code": "gemeenten",
            "omschrijving": "De gemeenten",
            "bedrag": "10000000",
            "vorm": "geld",
            "stand": "voorgesteld",
            "ingang": "2019-06",
        },
    ],
    "verdeelsleutels": [
        {
            "bijdrage": "gemeenten",
            "partij": party,
            "sleutel": key,
            "eenheid": "inwoners",
            "peildatum": "2019-01-01",
        }
        for party, key in (("GM0114", "107113"), ("GM0109", "35483"))
    ],
    "termijnen": [{"bijdrage": "provincie", "nummer": "1", "bedrag": "9200000"}],
    "projecten": [
        {
            "pijler": pillar,
            "nummer": number,
            "naam": f"Project {number}",
            "penvoerder": "GM0114",
            "sinds": "2019-10",
        }
        for pillar, number in (
            ("werken", "1.1"),
            ("werken", "9"),
            ("wonen", "2.4a"),
            ("wonen", "2.10"),
        )
    ],
    "partners": [{"project": "werken-9", "organisatie": "hogeschool"}],
    "plaatsen": [{"project": "wonen-2.4a", "gemeente": "GM0109", "plaats": "Dalen"}],
    "dwarsverbanden": [{"project": "werken-9", "pijler": "wonen", "toelichting": "Klussers"}],
    "tranches": [
        {"nummer": "1", "volgorde": "1", "besloten": "2019-10", "datumbasis": "bericht"},
        {"nummer": "2", "volgorde": "2", "besloten": "juli 2020", "datumbasis": "geschat"},
    ],
    "toekenningen": [
        {"project": "werken-1.1", "tranche": "1", "bedrag": "80000", "basis": "bericht"},
        {"project": "werken-9", "tranche": "1", "bedrag": "1.000,50", "basis": "gedrukt"},
        {"project": "werken-9", "tranche": "2", "bedrag": "2000", "basis": "gedrukt"},
        {"project": "wonen-2.10", "tranche": "2", "bedrag": "300", "basis": "afgeleid"},
    ],
    "reserveringen": [{"project": "werken-9", "bedrag": "180000", "bekend_sinds": "1"}],
    "indicatoren": [{"code": "01_07", "naam": "Vermogen", "thema": "Geld", "eenheid": "euro"}],
    "waarnemingen": [
        {"indicator": "01_07", "gebied": "GM0114", "jaar": "2020", "waarde": "41,2"},
        {"indicator": "01_07", "gebied": "GM0114", "jaar": "2021", "waarde": "-3"},
    ],
    "gesteld": [
        {
            "code": "totaal",
            "adres": "awarded?tranche=1&pillar=werken",
            "soort": "bedrag",
            "waarde": "81000",
            "afgerond_op": "1000",
        }
    ],
}


def deal() -> Texts:
    """Give the deal, to be changed by the caller."""
    texts = deepcopy(_DEAL)
    for name, rows in texts.items():
        if sheet_named(name).column("bron"):
            texts[name] = [row | SOURCE for row in rows]
    return texts


def raw_sheet(name: str, rows: list[dict[str, str]]) -> RawSheet:
    """Give the sheet as it is read: every defined column, in order, and rows from the second."""
    columns = [column.name for column in sheet_named(name).columns]
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    return RawSheet(
        name,
        tuple(RawRow(number, tuple(map(RawCell, line))) for number, line in enumerate(lines, 1)),
    )


def book(texts: Texts) -> Book:
    """Give the book that these sheets are read as."""
    return Book("deal", (), tuple(raw_sheet(name, rows) for name, rows in texts.items()))


def findings(book: Book) -> tuple[Finding, ...]:
    """Give what is found wrong; nothing when nothing is."""
    try:
        check(book)
    except Refused as refusal:
        return refusal.findings
    return ()


def found(texts: Texts) -> list[tuple[str, str]]:
    """Give the rules that these sheets break, with the place."""
    return [(finding.rule, str(finding.where)) for finding in findings(book(texts))]
