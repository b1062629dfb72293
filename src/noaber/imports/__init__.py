"""Sheets in and out: read, check, load and export a deal."""
