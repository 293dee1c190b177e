"""Attribute lists, `{: .class #id key=value }`, where Material reads one; the one allow-list for what an author may set.

Syntax: https://python-markdown.github.io/extensions/attr_list/. It stands right after an inline, at the end of a cell, or on
the last line of a paragraph. Anywhere else braces are text, as on GitHub.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import TypeAlias

from aikb.model.node import Node
from aikb.text.reserved import free_classes, is_reserved, unforged

Attributes: TypeAlias = tuple[tuple[str, str], ...]
"""Names and values; `class` holds all classes."""

ATTRIBUTE = r"(?:[.#][\w-]+|[\w:-]+=(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s{}\"']+))"
LIST = r"\{:?[ ]*" + ATTRIBUTE + r"(?:[ ]+" + ATTRIBUTE + r")*[ ]*\}"
"""A list, as a regular expression."""
_LIST = re.compile(LIST)
_LAST = re.compile(rf"(?<=\s){LIST}\s*$")
_ONE = re.compile(ATTRIBUTE)
_NAMES = frozenset({"lang", "title", "width", "height", "loading", "align", "target", "rel", "start"})
_TARGETS = frozenset({"_blank", "_parent", "_self", "_top"})
_DATA = frozenset(
    f"data-{name}"
    for name in "caption caption-position description gallery label lang preview search-exclude title toc-label".split()
)
"""Data that stylesheets, Material's manual or usual plugins read; Material's scripts read others, `data-tabs` among them."""
_OF_HEADING = re.compile(r"\.[\w-]+|data-[\w-]+=[\w-]+|align=\w+")
_ATTRIBUTED = frozenset({"link", "image", "emphasis", "strong", "strike", "mark", "code-span"})
"""Inlines that an attribute list may stand after."""


def allowed(written: str) -> Attributes:
    """Parse an attribute list; what is not on the allow-list (handlers, styles, ids that scripts need) is left out."""
    found: dict[str, str] = {}
    for match in _ONE.finditer(written):
        word = match[0]
        if word[0] == ".":
            if free_classes([word[1:]]):
                found["class"] = f"{found['class']} {word[1:]}" if "class" in found else word[1:]
        elif word[0] == "#":
            if not is_reserved(word[1:]):
                found["id"] = word[1:]
        else:
            name, value = word.split("=", 1)
            value = value[1:-1] if value[0] in "\"'" else value
            if (name in _NAMES or name in _DATA) and (name != "target" or value in _TARGETS):
                found[name] = value
    return tuple(found.items())


def of_heading(info: str, identifier: str, lang: str) -> Attributes:
    """Choose the attributes of a heading: of its attribute list what it may have, its id, and its language."""
    given = dict(allowed(" ".join(word for word in info.split() if _OF_HEADING.fullmatch(word))))
    given |= {name: value for name, value in (("id", identifier), ("lang", lang)) if value}
    return tuple(given.items())


def attribute_list(given: Attributes) -> str:
    """Write an attribute list; nothing where there is no attribute."""
    words = (
        " ".join(f".{each}" for each in value.split())
        if name == "class"
        else f"#{value}"
        if name == "id"
        else f'{name}="{escape(unforged(value))}"'
        for name, value in given
    )
    return f"{{: {' '.join(words)} }}" if given else ""


def handlers(written: str) -> list[str]:
    """List the names in an attribute list that could run something."""
    names = (match[0].split("=", 1)[0] for match in _ONE.finditer(written) if match[0][0] not in ".#")
    return [name for name in names if name.lower().startswith("on") or name.lower() in ("srcdoc", "formaction")]


def after_inline(nodes: Sequence[Node], at: int) -> tuple[str, str] | None:
    """Split the text after an inline that takes attributes: its attribute list, and what is left of the text."""
    if at + 1 >= len(nodes) or nodes[at].kind not in _ATTRIBUTED or nodes[at + 1].kind != "text":
        return None
    match = _LIST.match(nodes[at + 1].text)
    return (match[0], nodes[at + 1].text[match.end() :]) if match else None


def without_list(text: str) -> str:
    """Leave out the attribute list that a text behind an inline begins with."""
    match = _LIST.match(text)
    return text[match.end() :] if match else text


def of_paragraph(nodes: Sequence[Node]) -> tuple[str, Sequence[Node]]:
    """Split a paragraph's inlines: the attribute list on its last line, empty where there is none, and the rest."""
    if len(nodes) < 2 or nodes[-2].kind != "soft-break" or nodes[-1].kind != "text":
        return "", nodes
    match = _LIST.match(nodes[-1].text)
    if match is None or nodes[-1].text[match.end() :].strip():
        return "", nodes
    return match[0], nodes[:-2]


def attribute_lists(node: Node) -> Iterator[str]:
    """List the attribute lists that stand in a node, as they are written."""
    if node.kind == "heading" and node.info:
        yield node.info
    yield of_paragraph(node.children)[0]
    yield of_cell(node.children)[0]
    yield from (found[0] for at in range(len(node.children)) if (found := after_inline(node.children, at)))


def of_cell(nodes: Sequence[Node]) -> tuple[str, Sequence[Node]]:
    """Split a cell's inlines: the attribute list at its end, empty where there is none, and the rest."""
    last = nodes[-1] if nodes else None
    match = _LAST.search(last.text) if last is not None and last.kind == "text" else None
    if last is None or match is None:
        return "", nodes
    return match[0], (*nodes[:-1], replace(last, text=last.text[: match.start()]))
