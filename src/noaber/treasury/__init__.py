"""The money of an award after the decision: committed, paid, settled, recovered, received."""
