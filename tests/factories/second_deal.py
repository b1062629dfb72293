"""A deal of another shape: twelve themes and no pillars, twenty-one parties that all give money,
tranches 2 and 2b on one day, an award taken back, a specific grant, nothing on the map.
"""

from datetime import UTC, datetime
from pathlib import Path

from noaber.awards.actions import take_back_award
from noaber.imports.writing import write_book
from tests.factories.loading import load_folder
from tests.factories.people import DINA

DEAL = "noordermarke"
TAKEN_BACK = "waterlijn-3"
RECORDED = datetime(2025, 1, 9, 9, 0, tzinfo=UTC)

THEMES = (
    "Leven lang ontwikkelen", "Zorg dichtbij", "Stevige economie", "Aantrekkelijke kernen",
    "Waterlijn", "Vrijetijd", "Jeugd", "Senioren", "Ondernemers", "Energie", "Bereikbaarheid",
    "Grensland",
)  # fmt: skip
MUNICIPALITIES = (
    "Aarmarke", "Berkenveld", "Diepwolde", "Eschede aan de Vecht", "Groot Loo", "Haarbroek",
    "Kampwolde", "Lindeloo", "Markelo-Noord", "Noorderesch", "Oudemars", "Roswinkelermarke",
    "Stroomdal", "Veenhaven", "Zwartewater",
)  # fmt: skip
INHABITANTS = (
    31_204, 12_877, 45_310, 8_902, 23_650, 17_433, 62_118, 9_874, 28_001, 14_560, 20_315, 26_742,
    11_098, 38_776, 19_243,
)  # fmt: skip
COLOURS = (
    "#1d5c8a", "#a8480a", "#2f6b3c", "#6b2c70", "#7a5c00", "#8a1d3c", "#00607a", "#4a5a1c",
    "#5c3d8a", "#8a3d1d", "#1d6b6b", "#54402a",
)  # fmt: skip
MARKS = ("vierkant", "huis", "cirkel", "driehoek", "ruit", "zeshoek", "ster", "kruis") * 2
TRANCHES = (("1", "2023-10"), ("2", "15-05-2024"), ("2b", "15-05-2024"), ("3", "2024-12"))

Row = dict[str, str]


def code(theme: str) -> str:
    return theme.lower().replace(" ", "-")


def sheets() -> dict[str, list[Row]]:
    """The sheets of the deal, by name."""
    source = {"bron": "plan", "vindplaats": "hoofdstuk 2"}
    organisations = [
        {"code": f"GM{9000 + n}", "naam": f"Gemeente {name}", "korte_naam": name,
         "soort": "gemeente", "land": "NL", **source}
        for n, name in enumerate(MUNICIPALITIES, 1)
    ] + [
        {"code": key, "naam": name, "korte_naam": short, "soort": kind, "land": land, **source}
        for key, name, short, kind, land in (
            ("LVVN", "Ministerie van LVVN", "LVVN", "ministerie", "NL"),
            ("BZK2", "Ministerie van BZK", "BZK", "ministerie", "NL"),
            ("PV99", "Provincie Noordermarke", "Noordermarke", "provincie", "NL"),
            ("landkreis", "Landkreis Grenzmark", "Grenzmark", "buitenlandse overheid", "DE"),
            ("hogeschool", "Hogeschool Marke", "Hogeschool Marke", "onderwijs", "NL"),
            ("corporatie", "Wonen in de Marke", "Wonen in de Marke", "woningcorporatie", "NL"),
        )
    ]  # fmt: skip
    parties = [
        {"code": o["code"], "nummer": str(n), "organisatie": o["code"], "naam": o["naam"],
         "ambt": "bestuur", "zijde": "rijk" if o["soort"] == "ministerie" else "regio", **source}
        for n, o in enumerate(organisations, 1)
    ]  # fmt: skip
    pillars = [
        {"code": code(theme), "naam": theme, "volgorde": str(n), "kleur": COLOURS[n - 1],
         "teken": MARKS[n - 1], **source}
        for n, theme in enumerate(THEMES, 1)
    ]  # fmt: skip
    shares = [
        {
            "pijler": code(theme),
            "bedrag": str(1_000_000 + 50_000 * n),
            "ingang": "2023-01",
            **source,
        }
        for n, theme in enumerate(THEMES)
    ]
    projects, awards = [], []
    for place, theme in enumerate(THEMES[:-1]):  # the last theme has no project yet
        for n in range(1, 4):
            first = TRANCHES[(place + n) % len(TRANCHES)]
            projects.append(
                {"pijler": code(theme), "nummer": str(n), "naam": f"{theme} {n}",
                 "penvoerder": organisations[(place + n) % 15]["code"], "sinds": "2023-01", **source}
            )  # fmt: skip
            awards.append(
                {"project": f"{code(theme)}-{n}", "tranche": first[0],
                 "bedrag": f"{40_000 + 1_234 * n + 777 * place},50", "basis": "gedrukt", **source}
            )  # fmt: skip
    ambition = "Wij willen dat het hier over dertig jaar net zo goed leven is als elders."
    return {
        "deal": [
            {"code": DEAL, "naam": "Regio Deal Noordermarke", "regio": "Noordermarke",
             "ambitie": ambition, "begint": "2023-01", "eindigt": "2026-12-31",
             "regime": "specifieke uitkering", "kassier": "GM9001", "pijlerwoord": "thema",
             "pijlerwoorden": "thema’s", "kleur": "#00607a", **source}
        ],
        "bronnen": [{"code": "plan", "titel": "Plan Noordermarke", "soort": "uitvoeringsprogramma"}],
        "organisaties": organisations,
        "partijen": parties,
        "pijlers": pillars,
        "verdeling": shares,
        "bijdragen": [
            {"code": key, "omschrijving": name, "partij": party, "bedrag": amount,
             "vorm": form, "stand": "besloten", "ingang": "2023-01", **source}
            for key, name, party, amount, form in (
                ("lvvn", "Bijdrage van LVVN", "LVVN", "5400000", "geld"),
                ("bzk", "Bijdrage van BZK", "BZK2", "2250000", "geld"),
                ("provincie", "Bijdrage van de provincie", "PV99", "2400000", "geld"),
                ("gemeenten", "De vijftien gemeenten samen", "", "4000000", "bestaand budget"),
                ("landkreis", "Bijdrage van de Landkreis", "landkreis", "350000,75", "geld"),
                ("hogeschool", "Inzet van de hogeschool", "hogeschool", "299999,25", "in natura"),
                ("corporatie", "Inzet van de corporatie", "corporatie", "600000", "in natura"),
            )
        ],
        "verdeelsleutels": [
            {"bijdrage": "gemeenten", "partij": f"GM{9000 + n}", "sleutel": str(key),
             "eenheid": "inwoners", "peildatum": "2023-01-01", **source}
            for n, key in enumerate(INHABITANTS, 1)
        ],
        "projecten": projects,
        "tranches": [
            {"nummer": number, "volgorde": str(n), "besloten": on, "datumbasis": "gedrukt", **source}
            for n, (number, on) in enumerate(TRANCHES, 1)
        ],
        "toekenningen": awards,
    }  # fmt: skip


def load_second_deal(folder: Path) -> None:
    """Write the deal as sheets, load it, and take one award back."""
    write_book(sheets(), folder / "tweede")
    load_folder(folder / "tweede", RECORDED)
    assert take_back_award(deal=DEAL, project=TAKEN_BACK, tranche="3", by=DINA, at=RECORDED)
