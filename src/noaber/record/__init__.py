"""What happened, in one order: revisions, moments, versions of facts, the hash chain."""
