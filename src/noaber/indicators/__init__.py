"""Indicators, observations and measurements."""
