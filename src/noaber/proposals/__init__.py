"""Proposals: what is asked for, how far it is, and what was said of it."""
