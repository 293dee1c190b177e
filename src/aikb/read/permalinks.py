"""Know permalinks, as clipped pages have them: links behind a mark, `## Title[¶](#title)`, to the place where they stand."""

from __future__ import annotations

import re

from aikb.model.node import Node

_MARKS = frozenset(
    {"", "#", "¶", "§", "∞", "🔗", "⚓", "☍", "anchor", "permalink", "permanent link", "permalien", "lien permanent"}
)
_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufe0e\ufe0f\xad]")
_TO_PLACE = re.compile(r"(?:(?:direct|permanent) )?link to\b.*|lien (?:permanent |direct )?vers\b.*")
_OF_CODE = re.compile(r"#(?:__codelineno-|cb\d+-\d+\Z)")
"""The ids that Pygments and Pandoc give to lines of code."""


def is_permalink(target: str, text: str) -> bool:
    """Tell whether a link to a fragment of its own page only shows where it stands; `text` is what it is behind."""
    if not target.startswith("#") or target == "#":
        return False
    shown = " ".join(_UNSEEN.sub("", text).casefold().split())
    return shown in _MARKS or bool(_TO_PLACE.fullmatch(shown)) or bool(_OF_CODE.match(target))


def without_permalinks(tree: tuple[Node, ...], text: str) -> tuple[Node, ...]:
    """Leave out the marks of the headings that stand by themselves in a note, `text`."""
    if "](#" not in text:
        return tree
    return tuple([without_permalink(node) if node.kind == "heading" else node for node in tree])


def without_permalink(heading: Node) -> Node:
    """Leave out the mark that ends or begins a heading, as the page has a mark of its own; one with words stays."""
    children = list(heading.children)
    while children and _is_mark(children[-1]):
        children.pop()
        if children and children[-1].kind == "text" and not children[-1].text.strip():
            children.pop()
    while children and _is_mark(children[0]):
        children.pop(0)
    return heading.with_children(children) if children else heading


def _is_mark(node: Node) -> bool:
    pictured = any(each.kind in ("image", "tag") for each in node.walk())
    wordless = not any(char.isalnum() for char in node.plain_text)
    return node.kind == "link" and not pictured and wordless and is_permalink(node.target, node.plain_text)
