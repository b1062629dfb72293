"""Euros: append-only transfers between accounts, and balances at a moment."""
