"""The same people in every test."""

from datetime import UTC, datetime

from noaber.access.rules import Actor

ANNA = Actor("anna", "Anna van het programmabureau")
BAS = Actor("bas", "Bas van de gemeente")
CHRIS = Actor("chris", "Chris van buiten")
DINA = Actor("dina", "Dina van de stuurgroep")

TODAY = datetime(2022, 1, 10, 9, 0, tzinfo=UTC)
TOMORROW = datetime(2022, 1, 11, 9, 0, tzinfo=UTC)
