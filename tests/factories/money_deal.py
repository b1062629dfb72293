"""The reference deal with money that went on its way: committed, paid, settled and back."""

import csv
from pathlib import Path

from tests.factories.loading import copy_of_reference

SOURCE = {"bron": "noaber", "vindplaats": "voorbeeld"}
SHEETS: dict[str, list[dict[str, str]]] = {
    "verplichtingen": [
        {"nummer": "B-1", "project": "werken-3", "ontvanger": "GM0114", "bedrag": "900000",
         "ingang": "2022-02-01", "vorm": "verleningsbeschikking", "tranche": "6", "besluit": "",
         "besteden_tot": "2023-03-01", "verantwoorden_voor": "2023-06-01", **SOURCE},
        {"nummer": "B-2", "project": "werken-9", "ontvanger": "GM0109", "bedrag": "100000",
         "ingang": "2022-03-01", "vorm": "verleningsbeschikking", "tranche": "6", "besluit": "",
         "besteden_tot": "2022-12-31", "verantwoorden_voor": "2023-04-01", **SOURCE},
        {"nummer": "B-3", "project": "", "ontvanger": "PV22", "bedrag": "250000",
         "ingang": "2020-01-15", "vorm": "overeenkomst", "tranche": "", "besluit": "",
         "besteden_tot": "2023-12-31", "verantwoorden_voor": "", **SOURCE},
    ],
    "voorwaarden": [
        {"verplichting": "B-1", "nummer": "1", "tekst": "Meldt het als de planning schuift.",
         "lezers": "programmabureau", **SOURCE},
    ],
    "betalingen": [
        {"nummer": "P-1", "verplichting": "B-1", "bedrag": "600000", "datum": "2022-02-15",
         "soort": "voorschot", **SOURCE},
        {"nummer": "P-2", "verplichting": "B-1", "bedrag": "250000", "datum": "2023-07-10",
         "soort": "eindbetaling", **SOURCE},
        {"nummer": "P-3", "verplichting": "B-2", "bedrag": "100000", "datum": "2022-03-15",
         "soort": "voorschot", **SOURCE},
        {"nummer": "P-4", "verplichting": "B-3", "bedrag": "90000", "datum": "2020-12-01",
         "soort": "factuur", **SOURCE},
    ],
    "vaststellingen": [
        {"verplichting": "B-1", "bedrag": "850000", "datum": "2023-06-20",
         "stuk": "controleverklaring", **SOURCE},
        {"verplichting": "B-2", "bedrag": "80000", "datum": "2023-05-01", "stuk": "", **SOURCE},
    ],
    "mandaten": [
        {"bijdrage": "provincie", "partij": "PV22", "orgaan": "Provinciale Staten",
         "datum": "2019-07-03", "uitkomst": "ingestemd onder voorwaarden", "bedrag": "5000000",
         "stuk": "besluit 2019-871", "toelichting": "jaarlijks verslag", **SOURCE},
    ],
    "ontvangsten": [
        {"nummer": "O-1", "bijdrage": "rijk", "partij": "", "termijn": "rijk-1",
         "bedrag": "9200000", "datum": "2019-12-10", **SOURCE},
        {"nummer": "O-2", "bijdrage": "gemeenten", "partij": "GM0114", "termijn": "",
         "bedrag": "1000000", "datum": "2020-02-01", **SOURCE},
    ],
    "overheadbegroting": [
        {"code": "team-2020", "jaar": "2020", "omschrijving": "Programmateam",
         "bedrag": "300000", **SOURCE},
        {"code": "team-2021", "jaar": "2021", "omschrijving": "Programmateam",
         "bedrag": "320000", **SOURCE},
    ],
    "prognoses": [
        {"project": "werken-3", "jaar": "2022", "gegeven": "2022-01-15", "bedrag": "700000",
         "toelichting": "", **SOURCE},
        {"project": "werken-3", "jaar": "2022", "gegeven": "2022-07-01", "bedrag": "620000",
         "toelichting": "", **SOURCE},
        {"project": "werken-3", "jaar": "2023", "gegeven": "2022-07-01", "bedrag": "280000",
         "toelichting": "", **SOURCE},
    ],
    "projectwijzigingen": [
        {"project": project, "soort": kind, "ingang": on, "penvoerder": lead, "eindigt": ends,
         "opgegaan_in": "", "besluit": "", "toelichting": "", **SOURCE}
        for project, kind, on, lead, ends in (
            ("wonen-2.2", "overdracht", "2022-09-01", "GM0114", ""),
            ("werken-9", "verlenging", "2022-06-01", "", "2023-10-01"),
            ("werken-9", "stopzetting", "2023-11-01", "", ""),
        )
    ],
    "terugvorderingen": [
        {"nummer": "T-1", "verplichting": "B-2", "bedrag": "15000", "datum": "2023-08-01",
         **SOURCE},
    ],
}  # fmt: skip


def money_folder(to: Path) -> Path:
    """A folder with the reference deal and the sheets of its money."""
    folder = copy_of_reference(to)
    for sheet, rows in SHEETS.items():
        with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder
