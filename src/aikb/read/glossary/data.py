"""Read terms that stand in the front matter of a glossary, as themes of Jekyll and Hugo have them: a list of maps, or one map.

`glossary: [{term: Churn, definition: Customers who leave.}]`, or `terms: {Churn: Customers who leave.}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aikb.model.glossary import Alias
from aikb.model.node import Node
from aikb.model.source import Source, Span
from aikb.read.front_matter.values import clean_text
from aikb.read.glossary.entries import Entry, may_be_label

_KEYS = (
    "glossary",
    "glossaries",
    "glossaire",
    "lexique",
    "terms",
    "termes",
    "definitions",
    "définitions",
    "entries",
    "acronyms",
    "sigles",
)
_NAMES = ("term", "name", "title", "word", "label", "acronym", "terme", "nom", "mot", "titre", "sigle", "key")
_TEXTS = (
    "definition",
    "description",
    "meaning",
    "text",
    "def",
    "desc",
    "value",
    "définition",
    "sens",
    "texte",
    "content",
)
_OTHERS = ("aliases", "alias", "synonyms", "aka", "abbreviation", "abbr", "expansion", "synonymes", "full_form")
_MOST = 5_000
"""Terms that are read of one file."""


def data_entries(source: Source, data: Mapping[str, Any], end: int) -> Iterator[Entry]:
    """Read the terms of front matter, which ends at an offset, in the order in which they stand there."""
    at = 0
    for key, value in data.items():
        if key.lower() not in _KEYS:
            continue
        for title, text, others in list(_written(value))[:_MOST]:
            if not may_be_label(title):
                continue
            found = source.text.find(title, at, end)
            start, at = (found, found + len(title)) if found >= 0 else (0, at)
            place = Span(start, start + len(title) if found >= 0 else 0)
            words = Node("paragraph", place.start, place.end, (Node("text", place.start, place.end, text=text),))
            yield Entry(title, place, place, (words,), tuple(Alias(each) for each in others))


def _written(value: object) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """List title, definition and other names of what a key holds."""
    if isinstance(value, dict):
        yield from ((clean_text(name), clean_text(text), ()) for name, text in value.items() if isinstance(text, str))
        return
    for each in value if isinstance(value, list) else ():
        if not isinstance(each, dict):
            continue
        fields = {str(key).lower(): found for key, found in each.items()}
        title, text = (
            next((clean_text(fields[key]) for key in keys if isinstance(fields.get(key), str)), "")
            for keys in (_NAMES, _TEXTS)
        )
        listed = next((fields[key] for key in _OTHERS if fields.get(key)), ())
        names = listed if isinstance(listed, list) else [listed] if isinstance(listed, str) else []
        if title and text:
            yield title, text, tuple(clean_text(name) for name in names if isinstance(name, str))
