"""The lamp."""

BRIGHT = 1
"""How bright it is."""
