"""Reminders by mail of what is due or late, one letter per person, each thing once."""
