"""Read headings in raw HTML, `<h1 align="center">Title</h1>`, as headings: GitHub gives them an id and a place in its outline.

One that holds blocks, or stands in a table, stays raw HTML, as does one without words. Of its attributes the alignment, the id
and the classes stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from aikb.model.node import Node
from aikb.text.sanitize import is_hidden
from aikb.text.tags import Token, tokens

_OPENS = re.compile(r"<h[1-6][\s>]", re.IGNORECASE)
_NAME = re.compile(r"h[1-6]")
_OPEN_AT_END = re.compile(r"<(h[1-6])(?:\s[^<>]*)?>\s*\Z", re.IGNORECASE)
_CLOSE_AT_START = re.compile(r"\s*</(h[1-6])\s*>", re.IGNORECASE)
_INLINES = frozenset(
    "a abbr b bdi bdo big br cite code data del dfn em font i img ins kbd mark picture q s samp small source span strike strong"
    " sub sup time tt u var wbr".split()
)
_CLOSED = frozenset("table svg pre textarea".split())
"""Elements in which a heading stays as it is."""
_ID = re.compile(r"[^\s.{}\"\\]+")


def with_html_headings(tree: tuple[Node, ...], text: str) -> tuple[Node, ...]:
    """Cut the headings out of the blocks of raw HTML that a note, `text`, consists of."""
    if "<" not in text or not _OPENS.search(text):
        return tree
    return tuple(_read(_joined(tree)))


def _joined(tree: Sequence[Node]) -> Iterator[Node]:
    """Make one heading of a tag at the end of a block, the paragraphs that follow, and the tag that closes it."""
    at = 0
    while at < len(tree):
        node = tree[at]
        opening = _OPEN_AT_END.search(node.text) if node.kind == "html" else None
        last = at + 1
        while opening and last < len(tree) and tree[last].kind == "paragraph":
            last += 1
        closing = _CLOSE_AT_START.match(tree[last].text) if opening and at + 1 < last < len(tree) else None
        if opening and closing and tree[last].kind == "html" and opening[1].lower() == closing[1].lower():
            end = tree[last]
            token = tokens(opening[0])[0]
            words = [each for block in tree[at + 1 : last] for each in (*block.children, _break(block.end))][:-1]
            heading = _heading(token, node.start + opening.start(), end.start + closing.end(), words)
            if heading is not None:
                yield from _piece(node, 0, opening.start())
                yield heading
                yield from _piece(end, closing.end(), len(end.text))
                at = last + 1
                continue
        yield node
        at += 1


def _read(tree: Iterator[Node]) -> Iterator[Node]:
    """Cut the headings out of single blocks; `closed` counts the elements open around them in which they stay."""
    closed = 0
    for node in tree:
        if node.kind != "html":
            yield node
            continue
        written, done = tokens(node.text), 0
        for at, token in enumerate(written):
            if token.name in _CLOSED and not token.closed:
                closed = max(closed + (1 if token.kind == "open" else -1), 0)
            if closed or token.kind != "open" or not _NAME.fullmatch(token.name):
                continue
            inside = list(_inside(written, at))
            if not inside or inside[-1].name != token.name:
                continue
            heading = _heading(token, node.start + token.start, node.start + inside[-1].end, _words(node, inside[:-1]))
            if heading is not None:
                yield from _piece(node, done, token.start)
                yield heading
                done = inside[-1].end
        yield from _piece(node, done, len(node.text)) if done else (node,)


def _inside(written: Sequence[Token], at: int) -> Iterator[Token]:
    """List the inlines after a tag, and the tag after them: its end, or one of a block."""
    for number in range(at + 1, len(written)):
        token = written[number]
        yield token
        if token.kind in ("open", "close") and token.name not in _INLINES:
            return


def _words(node: Node, inside: Sequence[Token]) -> Sequence[Node]:
    """Make inlines of pieces of raw HTML, without the breaks at both ends."""
    words = [word for each in inside for word in _inlines(node, each)]
    shown = [at for at, word in enumerate(words) if word.kind not in ("soft-break", "hard-break")]
    return words[shown[0] : shown[-1] + 1] if shown else ()


def _inlines(node: Node, token: Token) -> Iterator[Node]:
    """Make inlines of a piece of raw HTML: text line by line, breaks, and other tags as they are."""
    start, end = node.start + token.start, node.start + token.end
    if token.kind == "text":
        first, *more = unescape(token.text).split("\n")
        for number, line in enumerate([first, *map(str.lstrip, more)]):
            if number:
                yield _break(start)
            if line:
                yield Node("text", start, end, text=line)
    elif token.name == "br":
        yield Node("hard-break", start, end)
    else:
        yield Node("tag", start, end, text=node.text[token.start : token.end])


def _heading(token: Token, start: int, end: int, words: Sequence[Node]) -> Node | None:
    """Make a heading; None for one without words, with links of a wiki in it, or that its author hid."""
    heading = Node("heading", start, end, tuple(words), level=int(token.name[1]), info=_info(token))
    shown = heading.plain_text
    return heading if shown.strip() and "[[" not in shown and not is_hidden(token) else None


def _info(token: Token) -> str:
    """Write the attributes of a heading as an attribute list."""
    identifier, align = token.get("id") or "", (token.get("align") or "").lower()
    words = [f"#{identifier}"] if _ID.fullmatch(identifier) else []
    words += [f".{name}" for name in (token.get("class") or "").split() if re.fullmatch(r"[\w-]+", name)]
    words += [f"align={align}"] if align in ("left", "center", "right") else []
    return " ".join(words)


def _break(at: int) -> Node:
    return Node("soft-break", at, at)


def _piece(node: Node, start: int, end: int) -> Iterator[Node]:
    """Cut a piece out of a block of raw HTML; nothing of a piece that is blank."""
    if node.text[start:end].strip():
        yield replace(node, start=node.start + start, end=node.start + end, text=node.text[start:end])
