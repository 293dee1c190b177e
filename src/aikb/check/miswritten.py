"""Find what is almost a link, a footnote or a formula, and so is shown as text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from aikb.findings.finding import finding
from aikb.model.document import Document
from aikb.model.finding import Diagnostic, Fix
from aikb.model.node import Node

_URL = r"(?:https?://|www\.)[^\s\[\]()<>]+"
_ADDRESS_FIRST = re.compile(rf"(?<![!\]])\[(?P<url>{_URL})\]\((?P<text>[^()\n]+)\)")
_TEXT_FIRST = re.compile(rf"(?<![\]\\)])\((?P<text>[^()\n\[\]]+)\)\[(?P<url>{_URL})\](?!\()")
_IS_ADDRESS = re.compile(r"\s*(?:<|[/#.?]|\w[\w+.-]*:|www\.|\S*[\w-]\.\w{2,}(?:[/#?\s]|$)|\S+/\S*$)")
"""What may well be an address, with or without a title after it."""
_SPACED = re.compile(r"(?<!\\)!?\[[^\[\]\n]*\]\((?P<to>[^()<>\n\"']+)\)")
_FILE = re.compile(r"\S.* .*\.(?:md|markdown|png|jpe?g|gif|svg|webp|pdf|html?|csv|canvas)(?:#.*)?", re.IGNORECASE)
"""A file's name that holds a space."""
_FOOTNOTE = re.compile(r"(?<![\\\]!])\[\^([^\s\[\]]+)\](?![:(])")
_FORMULA = re.compile(r"^[ \t>]*\$\$(?!.*\$\$)|^.*(?<![\\$])\$\$[ \t]*$", re.MULTILINE)


def swapped(document: Document) -> Iterator[Diagnostic]:
    """Find links whose text and address are swapped: `[https://a](Some title)`, `(text)[https://a]`."""
    source = document.source
    if "](" not in source.text and ")[" not in source.text:
        return
    code = _verbatim(document)
    for pattern in (_ADDRESS_FIRST, _TEXT_FIRST):
        for match in pattern.finditer(source.text):
            words = match["text"].strip()
            if not words or _IS_ADDRESS.match(words) or _holds(code, match.start()):
                continue
            mended = f"[{words}]({match['url']})"
            fix = Fix(match.start(), match.end(), mended)
            yield finding("link-swapped", source, match.start(), match.end(), fix, suggestion=mended)


def spaced(document: Document) -> Iterator[Diagnostic]:
    """Find links to a file whose name has spaces, which are text in every Markdown: `[part two](Part 2.md)`."""
    source = document.source
    if "](" not in source.text:
        return
    found = [match for match in _SPACED.finditer(source.text) if _FILE.fullmatch(match["to"].strip())]
    code = _verbatim(document, "link", "image", "comment") if found else []
    for match in found:
        if _holds(code, match.start()):
            continue
        written = f"<{match['to'].strip()}>"
        fix = Fix(match.start("to"), match.end("to"), written)
        yield finding("link-spaces", source, match.start(), match.end(), fix, suggestion=f"({written})")


def footnotes(document: Document) -> Iterator[Diagnostic]:
    """Find references to footnotes that nothing defines; GitHub shows them as text."""
    source = document.source
    for node in _texts(document, "[^"):
        for match in _FOOTNOTE.finditer(source.text, node.start, node.end):
            yield finding("footnote-undefined", source, match.start(), match.end(), label=match[1])


def formulas(document: Document) -> Iterator[Diagnostic]:
    """Find `$$` at the beginning or end of a line that is part of no formula."""
    source = document.source
    for node in _texts(document, "$$"):
        start = source.text.rfind("\n", 0, node.start) + 1
        match = _FORMULA.search(source.text[start : node.end])
        if match:
            at = start + match.end() - len(match[0].partition("$$")[2]) - 2
            yield finding("math-unclosed", source, at, at + 2)
            return


def _texts(document: Document, mark: str) -> Iterator[Node]:
    """List the pieces of text that hold a mark."""
    if mark in document.source.text:
        for block in document.blocks:
            yield from (node for node in block.walk() if node.kind == "text" and mark in node.text)


def _verbatim(document: Document, *more: str) -> list[tuple[int, int]]:
    """List where code, formulas and raw HTML stand, and `more` kinds of nodes: from, to, in order, none in another."""
    kinds = ("code", "code-span", "math", "math-block", "html", "tag", *more)
    places = list[tuple[int, int]]()
    for start, end in sorted(
        (node.start, node.end) for block in document.blocks for node in block.walk() if node.kind in kinds
    ):
        if places and start < places[-1][1]:
            places[-1] = (places[-1][0], max(end, places[-1][1]))
        else:
            places.append((start, end))
    return places


def _holds(places: list[tuple[int, int]], at: int) -> bool:
    """Tell whether one of the places holds an offset."""
    before = bisect_right(places, at, key=lambda place: place[0]) - 1
    return before >= 0 and at < places[before][1]
