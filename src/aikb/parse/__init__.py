"""From the text of one file to a Document: front matter, Markdown, language, terms. Nothing here knows other files."""

from aikb.parse.document import parse

__all__ = ["parse"]
