"""Read front matter that is no YAML, as Hugo has it (https://gohugo.io/content-management/front-matter/): TOML, and JSON."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aikb.model.source import Span

_TOML = re.compile(r"\+\+\+[ \t]*+\n(?P<block>(?:.*\n)*?)\+\+\+[ \t]*+(?:\n|\Z)")
_JSON = re.compile(r"\{\s*\"[\w .-]{1,40}\"\s*:")
_JSON_END = re.compile(r"[ \t]*(?:\n|\Z)")
_LARGEST = 64_000
"""Characters of a block."""
_OF_NOTES = frozenset("title date draft tags categories description slug publishdate lastmod author authors".split())
"""What JSON at the top of a note names at least one of; other JSON is text."""


@dataclass(frozen=True, slots=True)
class OtherBlock:
    """A block of front matter that is no YAML."""

    data: dict[str, Any] | None
    """None for one that cannot be read."""
    span: Span
    """Where its keys stand."""
    offset: int
    """Where the note's text begins."""
    problem: str = ""


def read_other_block(text: str) -> OtherBlock | None:
    """Read the block that a text begins with; None where it begins with none."""
    if match := _TOML.match(text[: _LARGEST + 8]):
        span = Span(match.start("block"), match.end("block"))
        try:
            data = tomllib.loads(match["block"])
            str(data)  # a number of thousands of digits cannot be written
            return OtherBlock(data, span, match.end())
        except (ValueError, RecursionError) as error:
            return OtherBlock(None, span, match.end(), f"as TOML, {str(error) or 'it is nested too deeply'}")
    if not _JSON.match(text):
        return None
    try:
        data, end = json.JSONDecoder().raw_decode(text[:_LARGEST])
    except (ValueError, RecursionError):
        return None
    closing = _JSON_END.match(text, end)
    if closing is None or not isinstance(data, Mapping) or _OF_NOTES.isdisjoint(str(key).lower() for key in data):
        return None
    return OtherBlock(dict(data), Span(0, end), closing.end())
