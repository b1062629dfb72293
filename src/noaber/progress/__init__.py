"""Reporting rounds and progress per project."""
