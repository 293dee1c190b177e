"""Convert what YAML read to plain text and lists of it."""

from __future__ import annotations

import datetime as dt
import re

from aikb.text.reserved import printable

WIKILINK = re.compile(r"\[\[([^\[\]]*)\]\]")


def clean_text(value: object) -> str:
    """Convert a value to text on one line; a wikilink is its words."""
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    return printable(" ".join(WIKILINK.sub(r"\1", str(value)).split()))


def listed_texts(value: object, *, split: bool) -> list[str]:
    """Convert to a list of texts: from a list, one text, or wikilinks in a row; tags are compared without case."""
    if isinstance(value, str):
        links = WIKILINK.findall(value)
        items: list[object] = list(links) if links else list(value.split(",")) if split else [value]
    elif isinstance(value, list):
        items = [unwrapped(item) for item in value]
    else:
        items = [value]
    result: dict[str, str] = {}
    for item in items:
        if not isinstance(item, (list, dict, type(None))) and (
            cleaned := clean_text(item).removeprefix("#") if split else clean_text(item)
        ):
            result.setdefault(cleaned.casefold(), cleaned)
    return list(result.values())


def unwrapped(item: object) -> object:
    """Unwrap an item of a list; `- [[A]]` is a list in a list to YAML, and a wikilink to its author."""
    while isinstance(item, list) and len(item) == 1:
        item = item[0]
    return item
