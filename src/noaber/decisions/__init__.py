"""Boards, who sits in them, and what they say with an edition."""
