"""Figures of speed and long runs; each module prints what it measured, none asserts a time."""
