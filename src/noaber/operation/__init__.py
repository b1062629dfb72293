"""Keeping a register in operation: copies of it, erasing people from it, and whether it is well."""
