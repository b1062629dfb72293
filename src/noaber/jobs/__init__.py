"""Work for later that survives a kill: a table of jobs with leases and fences. Knows no field."""
