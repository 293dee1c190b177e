"""Turn bare addresses in prose into links, by GFM's "Autolinks (extension)"; pulldown-cmark does not read them.

linkify-it-py and pymdownx.magiclink were looked at: the first follows other rules, the second works on Python-Markdown's tree,
where spans are lost and the link check cannot see its links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from string import punctuation

from aikb.model.node import Node

_START = re.compile(
    r"(?P<url>(?<![A-Za-z0-9])(?:https?|ftp)://[^\s<\x00-\x20]+)"
    r"|(?P<www>(?<![^\s*_~(])www\.[^\s<]+)"
    r"|(?P<mail>(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)",
    re.ASCII,
)
_MARK = re.compile(r"(?<!=)==(?!=)")
"""Obsidian's `==marked words==`."""
_NAMED, _LONGEST_NAME = re.compile(r"&[A-Za-z0-9]+;\Z"), 40
"""An entity at the end, of whose names the longest has 33 characters."""
_DOMAIN = re.compile(r"[\w.-]*\w", re.UNICODE)


def with_autolinks(node: Node, source: str) -> Node:
    """Turn bare addresses in the texts of a node of the note `source` into links of kind `bare`."""
    if node.kind in ("link", "image") or not node.children:
        return node
    children: list[Node] = []
    noted = False
    for child in node.children:
        if child.kind == "text":
            children.extend(
                _split(child, source, noted=noted)
                if "://" in child.text or "www." in child.text or "@" in child.text
                else (child,)
            )
            noted = _in_note(child.text, noted=noted)
        else:
            children.append(with_autolinks(child, source))
    return node.with_children(children)


def _in_note(text: str, *, noted: bool) -> bool:
    """Tell whether a footnote of Obsidian's, `^[…]`, is open at the end of a text; `noted`, one is at its beginning."""
    opened, closed = text.rfind("^["), text.rfind("]")
    return opened > closed or (noted and closed < 0)


def _split(node: Node, source: str, *, noted: bool = False) -> Iterator[Node]:
    """Split a text at its addresses; in Obsidian's footnotes and marks an address ends before what closes them."""
    text, done = node.text, 0
    seen, marked = 0, False  # how far a note and a mark were looked for, and whether a mark is open there
    places = places_of(text, source[node.start : node.end])

    def piece(start: int, end: int) -> Node:
        return Node("text", node.start + places[start], node.start + places[end], text=text[start:end])

    for match in _START.finditer(text):
        if match.start() < done:
            continue
        written = match[0]
        if "]" in written or "==" in written:
            noted = _in_note(text[seen : match.start()], noted=noted)
            marked ^= len(_MARK.findall(text, seen, match.start())) % 2 == 1
            seen = match.start()
        if noted and "]" in written:
            written = written[: _closing(written)]
        if marked and "==" in written:
            written = written[: written.rindex("==")]
        if not (address := _trimmed(written, match.lastgroup or "url")):
            continue
        start, end = match.start(), match.start() + len(address)
        if start > done:
            yield piece(done, start)
        target = {"url": "", "www": "http://", "mail": "mailto:"}[match.lastgroup or "url"] + address
        shown = piece(start, end)
        yield Node("link", shown.start, shown.end, (shown,), info="bare", target=target)
        done = end
    if done < len(text):
        yield piece(done, len(text))


_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")


def places_of(text: str, raw: str) -> Sequence[int]:
    """Map each character of a text, and its end, to what was written: escapes and entities are longer there."""
    if text == raw:
        return range(len(text) + 1)
    places: list[int] = []
    at = 0
    while len(places) < len(text):
        char, width, shown = text[len(places)], 1, 1
        escaped = raw[at : at + 1] == "\\" and raw[at + 1 : at + 2] == char and char in punctuation
        entity = None if escaped else _ENTITY.match(raw, at)
        if escaped:
            at += 1
        elif entity and text.startswith(meant := unescape(entity[0]), len(places)):
            width, shown = len(entity[0]), len(meant)
        places += [min(at, len(raw))] * shown
        at += width
    return [*places, len(raw)]


def _closing(written: str) -> int:
    """Find the bracket that closes what an address stands in; those that it opens itself are its own."""
    depth = 0
    for at, sign in enumerate(written):
        depth += (sign == "[") - (sign == "]")
        if depth < 0:
            return at
    return len(written)


def _trimmed(written: str, kind: str) -> str:
    """Trim an address of what GFM leaves outside it; nothing where it is none."""
    address = written.partition("](")[0]  # `[https://a](words)`, text and address swapped
    if kind == "mail":
        return address if address[-1].isalpha() else ""  # cmark-gfm: `mAP@0.5` is none
    end, unopened = len(address), address.count(")") - address.count("(")
    while end:
        last = address[end - 1]
        if last == ";":
            entity = _NAMED.search(address, max(end - _LONGEST_NAME, 0), end)
            end = entity.start() if entity else end - 1
        elif last in "?!.,:*_~'\"" or (last == ")" and unopened > 0):
            unopened -= last == ")"
            end -= 1
        else:
            break
    address = address[:end]
    domain = _DOMAIN.match(address.split("://", 1)[-1])
    if domain is None or any("_" in part for part in domain[0].split(".")[-2:]):
        return ""
    return address if kind == "url" or "." in address[4:] else ""


def with_links(tree: tuple[Node, ...], text: str) -> tuple[Node, ...]:
    """Turn the bare addresses in a tree into links, as GitHub reads them."""
    if "://" in text or "www." in text or "@" in text:
        return tuple(with_autolinks(node, text) if _may_hold(text[node.start : node.end]) else node for node in tree)
    return tree


def _may_hold(written: str) -> bool:
    """Whether an address may be in what was written; an escape or an entity may be a part of it."""
    return any(mark in written for mark in ("://", "www.", "@", "\\", "&"))
