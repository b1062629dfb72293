"""Projects: numbers, names, partners, places, texts, cross-overs."""
