"""Read the Markdown in raw HTML that asks for it, `<figure markdown="span">`, as Python-Markdown's md_in_html does.

Syntax: https://python-markdown.github.io/extensions/md_in_html/. A block of HTML ends at a blank line, and what stands after it
is Markdown anyway; here the texts between the tags of one block are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from aikb.model.node import Node
from aikb.text.tags import Token, tokens

_ASKED = re.compile(r"<[a-zA-Z][\w-]*\b[^<>]*\smarkdown(?:\s*=|[\s>])")
_VOID = frozenset("br hr img wbr col input".split())
_OFF = ("0", "false")


def with_markdown_in_html(node: Node, parse: Callable[[str], tuple[Node, ...]]) -> tuple[Node, ...]:
    """Read a block and those in it; one of HTML with Markdown becomes several. `parse` reads a piece of text."""
    if node.kind == "html" and _ASKED.search(node.text):
        return tuple(_pieces(node, parse))
    if not node.children:
        return (node,)
    children = tuple(piece for child in node.children for piece in with_markdown_in_html(child, parse))
    return (node.with_children(children),)


def _pieces(node: Node, parse: Callable[[str], tuple[Node, ...]]) -> Iterator[Node]:
    """Cut a block of HTML into its tags and the texts between them that are Markdown."""
    start, asked = 0, list[bool]()
    run: list[Token] = []
    for token in tokens(node.text):
        if token.kind == "text" and asked and asked[-1]:
            run.append(token)
            continue
        if run:
            yield from _read(node, start, run, parse)
            start, run = run[-1].end, []
        if token.kind == "open" and token.name not in _VOID and not token.closed:
            given = token.get("markdown")
            asked.append((bool(asked) and asked[-1]) if given is None else given not in _OFF)
        elif token.kind == "close" and asked:
            asked.pop()
    if run:
        yield from _read(node, start, run, parse)
        start = run[-1].end
    if node.text[start:].strip():
        yield replace(node, start=node.start + start, text=node.text[start:])


def _read(node: Node, start: int, run: list[Token], parse: Callable[[str], tuple[Node, ...]]) -> Iterator[Node]:
    """Make nodes of the tags before a run of text, and of the text."""
    first, end = run[0].start, run[-1].end
    if node.text[start:first].strip():
        yield replace(node, start=node.start + start, end=node.start + first, text=node.text[start:first])
    written = node.text[first:end]
    if not written.strip():
        return
    lead = len(written) - len(written.lstrip())
    for block in parse(written.strip()):
        moved = _moved(block, node.start + first + lead)
        yield replace(moved, kind="plain") if moved.kind == "paragraph" else moved


def _moved(node: Node, by: int) -> Node:
    children = tuple(_moved(child, by) for child in node.children)
    return replace(node, start=node.start + by, end=node.end + by, children=children)
