"""Django's SQLite, whose writers take turns in the order in which they come (docs/adr/0013)."""
