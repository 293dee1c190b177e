"""Ids, classes and characters that are the theme's or ours, and so no text from outside may hold.

Material keeps its configuration in `#__config` and its switches in `#__search`, `#__drawer`, `#__toc` and others that begin
with `__`; it finds what it works on by classes that begin with `md-` and a few more. A text with one of them would be read in
the place of the theme's own element.

The characters are noncharacters of Unicode, which stand in texts on their way for what is filled in or put aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LOOKED_UP = frozenset({"footnote-ref", "mermaid", "tabbed-labels", "tabbed-set"})
"""Classes without a prefix of their own; Material fetches a script for `mermaid`, and the others must hold what it expects."""

_MARKS = re.compile("[\ufdd0-\ufdef]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef]")
"""Characters that have no place in a text: they drive a terminal, end a file of XML, or are our own marks."""


def unforged(text: str) -> str:
    """Replace the characters that marks are made of in a text from outside; an entity may have spelt them."""
    return text if text.isascii() else _MARKS.sub("\ufffd", text)


def printable(text: str) -> str:
    """Leave out control characters: JSON, YAML and HTML can spell those that no file may hold."""
    return text if text.isprintable() else CONTROL.sub("", text)


def is_reserved(identifier: str) -> bool:
    """Tell whether an id or a name is the theme's or ours, or would break the selector by which Material looks it up."""
    return identifier.startswith("__") or any(char in identifier for char in '"\\\n')


def free_classes(classes: Iterable[str]) -> list[str]:
    """Leave out the classes that scripts look up; Material's manual tells authors to use `md-button`, which is a style."""
    return [
        each
        for each in classes
        if each not in _LOOKED_UP and (not each.startswith(("md-", "aikb-")) or each.partition("--")[0] == "md-button")
    ]
