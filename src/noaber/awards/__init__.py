"""Tranches, awards and reservations."""
