"""Noaber: the open platform on which a region runs its Regio Deal."""
