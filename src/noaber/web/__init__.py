"""HTML pages: parse, permit, one call, present."""
