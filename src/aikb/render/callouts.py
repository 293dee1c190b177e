"""Obsidian's callouts as Material's boxes: what kind of box, under which title (https://help.obsidian.md/callouts)."""

from __future__ import annotations

from collections.abc import Mapping

BOXES = {
    "note": "note",
    "abstract": "abstract",
    "summary": "abstract",
    "tldr": "abstract",
    "info": "info",
    "todo": "info",
    "tip": "tip",
    "hint": "tip",
    "important": "tip",
    "success": "success",
    "check": "success",
    "done": "success",
    "question": "question",
    "help": "question",
    "faq": "question",
    "warning": "warning",
    "caution": "warning",
    "attention": "warning",
    "failure": "failure",
    "fail": "failure",
    "missing": "failure",
    "danger": "danger",
    "error": "danger",
    "bug": "bug",
    "example": "example",
    "quote": "quote",
    "cite": "quote",
}
"""The box for each type. Another type is a note."""
FOLDS = {"": "!!!", "-": "???", "+": "???+"}
"""The mark of Material's that opens the same box, by the fold sign."""


def box_of(kind: str) -> str:
    """Choose Material's box for a type of callout."""
    return BOXES.get(kind, "note")


def title_of(kind: str, words: Mapping[str, str]) -> str:
    """Make the title of a callout that has none: its type in the language of the text, as plain text."""
    spelled = " ".join(kind.replace("-", " ").replace("_", " ").split())
    return words.get(f"callout_{kind}") or spelled[:1].upper() + spelled[1:]
