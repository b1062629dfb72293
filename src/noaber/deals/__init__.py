"""The deal: parties, pillars, goals, results, contributions, allocations, sources."""
