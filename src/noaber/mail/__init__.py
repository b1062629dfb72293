"""Outgoing mail: written with what causes it, delivered as a job, wiped after sending."""
