"""Recognise the shapes that definitions have without a heading of their own: bold words, definition lists, rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aikb.model.node import Node
from aikb.read.vocabulary import vocabulary


def lines_of(block: Node) -> list[list[Node]]:
    """Split the inlines of a paragraph into lines."""
    lines: list[list[Node]] = [[]]
    for node in block.children:
        if node.kind in ("soft-break", "hard-break"):
            lines.append([])
        else:
            lines[-1].append(node)
    return [line for line in lines if line] or [[]]


def is_definition(line: Sequence[Node]) -> bool:
    """Tell whether a line of a paragraph is the definition in a definition list: it begins with a colon."""
    return bool(line) and line[0].kind == "text" and bool(re.match(r"\s*:\s+\S|\s*:\s+$", line[0].text))


_BLANKS = re.compile(r"\s*")
_AFTER_LEAD = re.compile(r"^\s*(?:[:—–]|-\s)\s*")
_NAME_AFTER = re.compile(r"^\s*\((?P<name>[^\W\d_][^()]{2,60})\)(?=\s*(?:[:—–]|-\s))")
"""Another name in brackets, before the colon or the dash; `(n.)` and `(f)` are none."""
_ASIDE = re.compile(r"\s*[\[(][^\[\]()]{1,60}[\])]\s*")


@dataclass(frozen=True, slots=True)
class Lead:
    """The bold words a paragraph begins with, and what they stand before."""

    strong: Node
    rest: tuple[Node, ...]
    name: str = ""
    """Another name, in brackets after the words."""


def lead_of(block: Node) -> Lead | None:
    """Split off the bold words a paragraph begins with: a colon, a dash or the line's end is between them and the rest.

    Another name in brackets may stand between, or an aside in italics, `*[AI]*`, which stays with the rest.
    """
    if block.kind not in ("paragraph", "plain") or not block.children or block.children[0].kind != "strong":
        return None
    strong, *rest = block.children
    aside, rest = _aside(rest)
    if not rest:
        return None
    first, name = rest[0], ""
    if first.kind == "text" and (named := _NAME_AFTER.match(first.text)) and not named["name"].endswith("."):
        name = named["name"].strip()
        first = replace(first, start=first.start + named.end(), text=first.text[named.end() :])
    after = _BLANKS if strong.plain_text.rstrip().endswith(":") else _AFTER_LEAD
    match = after.match(first.text) if first.kind == "text" else None
    if match is None and after is _BLANKS:
        return Lead(strong, (*aside, *rest))
    if match is None:
        broken = first.kind in ("soft-break", "hard-break") and rest[1:]
        return Lead(strong, (*aside, *rest) if aside else tuple(rest[1:])) if broken else None
    kept = replace(first, start=first.start + match.end(), text=first.text[match.end() :])
    if aside and kept.text:
        kept = replace(kept, text=f" {kept.text}")
    return Lead(strong, (*aside, *((kept, *rest[1:]) if kept.text else rest[1:])), name)


def _aside(rest: list[Node]) -> tuple[list[Node], list[Node]]:
    """Split off an aside in italics and brackets that stands between bold words and the text."""
    at = 1 if len(rest) > 1 and rest[0].kind == "text" and not rest[0].text.strip() else 0
    if at < len(rest) and rest[at].kind == "emphasis" and _ASIDE.fullmatch(rest[at].plain_text):
        return rest[at : at + 1], rest[at + 1 :]
    return [], rest


def has_leads(block: Node) -> bool:
    """Tell whether a block holds terms without headings."""
    if block.kind == "list":
        return any(item.children and lead_of(item.children[0]) for item in block.children)
    if block.kind == "table":
        return columns_of(block) is not None
    return bool(lead_of(block)) or any(is_definition(line) for line in lines_of(block) if block.kind == "paragraph")


def only_leads(blocks: Sequence[Node]) -> list[str]:
    """List the labels of blocks that are nothing but terms without headings; none where anything else is among them."""
    labels: list[str] = []
    for block in blocks:
        if block.kind == "list":
            leads = [lead_of(item.children[0]) if item.children else None for item in block.children]
        elif block.kind == "table" and columns_of(block) is not None:
            labels += [row.children[0].plain_text for row in block.children[1:] if row.children]
            continue
        elif block.kind in ("html", "rule"):
            continue
        else:
            leads = [lead_of(block)]
        if not all(leads):
            return []
        labels += [lead.strong.plain_text for lead in leads if lead]
    return labels


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table of terms hold, by number; the first has the terms."""

    lang: str
    """The language that the first column is named by, if it is."""
    languages: dict[int, str]
    """Columns that have the name in a language."""


def columns_of(table: Node) -> Columns | None:
    """Recognise a table of terms by the head of its first column: `Term`, `Sigle`, `Français`; None for any other table."""
    head = table.children[0] if table.children and table.children[0].kind == "head" else None
    cells = [cell.plain_text.strip(" :*") for cell in head.children] if head else []
    if len(cells) < 2:
        return None
    lang = vocabulary().language(cells[0])
    if not lang and not vocabulary().column.fullmatch(cells[0]):
        return None
    languages = {at: other for at, cell in enumerate(cells) if at and (other := vocabulary().language(cell))}
    return Columns(lang, languages)
