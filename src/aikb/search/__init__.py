"""What the search box finds: one record a section, taken from the notes themselves and not from rendered pages."""

from aikb.search.records import records

__all__ = ["records"]
