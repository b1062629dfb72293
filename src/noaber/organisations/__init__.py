"""Organisations of every kind, with their codes and outlines."""
