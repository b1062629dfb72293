"""Files that belong to something of a deal: judged by content, cleaned, kept with their owner."""
