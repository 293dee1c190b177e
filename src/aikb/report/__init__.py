"""Findings for people and machines: one file a format, each a function from diagnostics to text."""
