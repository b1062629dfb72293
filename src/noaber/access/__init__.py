"""People, roles, and who may read or do what."""
