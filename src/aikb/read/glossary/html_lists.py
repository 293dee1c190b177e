"""Read lists of definitions that are written in raw HTML, `<dl>` and `<details>`, as lists of bold words with a text each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape

from aikb.model.node import Node
from aikb.text.sanitize import is_hidden
from aikb.text.tags import Token, tokens


def with_html_lists(blocks: Sequence[Node]) -> Sequence[Node]:
    """Put lists of bold words and their texts in the place of lists of definitions, and of folds with a summary."""
    if not any(block.kind == "html" and ("<d" in block.text or "<D" in block.text) for block in blocks):
        return blocks
    return [*_read(blocks)]


def _read(blocks: Sequence[Node]) -> Iterator[Node]:
    at = 0
    while at < len(blocks):
        block = blocks[at]
        written = tokens(block.text) if block.kind == "html" else []
        names = {token.name for token in written if token.kind == "open"}
        if any(is_hidden(token) for token in written if token.kind == "open"):
            yield block
        elif "dt" in names:
            yield from _definitions(block, written)
        elif "summary" in names:
            under = at + 1
            while not _closes(written) and under < len(blocks):
                written = tokens(blocks[under].text) if blocks[under].kind == "html" else []
                under += 1
            inside = [each for each in blocks[at + 1 : under] if each.kind != "html"]
            yield from _fold(block, inside)
            at = under
            continue
        else:
            yield block
        at += 1


def _closes(written: Sequence[Token]) -> bool:
    return any(token.kind == "close" and token.name == "details" for token in written)


def _fold(block: Node, inside: Sequence[Node]) -> Iterator[Node]:
    """Make a list of the summary of a fold over what is inside it, be that blocks or the rest of the raw HTML."""
    said: dict[str, list[Token]] = {"summary": [], "": []}
    name = ""
    for token in tokens(block.text):
        if token.name == "summary":
            name = "summary" if token.kind == "open" else ""
        elif token.kind == "text" and token.text.strip():
            said[name].append(token)
    if said["summary"]:
        text = _paragraph(block, said[""])
        yield _list(block, [(_strong(block, said["summary"]), (*text, *inside))])


def _definitions(block: Node, written: Sequence[Token]) -> Iterator[Node]:
    """Make a list of a list of definitions."""
    items: list[tuple[list[Token], list[Token]]] = []
    name = ""
    for token in written:
        if token.name in ("dt", "dd"):
            name = token.name if token.kind == "open" else ""
            if name == "dt":
                items.append(([], []))
        elif token.kind == "text" and name and items and token.text.strip():
            items[-1][name == "dd"].append(token)
    if items:
        yield _list(block, [(_strong(block, term), _paragraph(block, text)) for term, text in items if term])


def _list(block: Node, items: Sequence[tuple[Node, Sequence[Node]]]) -> Node:
    made = [
        Node("item", name.start, (*more, name)[0].end, (Node("paragraph", name.start, name.end, (name,)), *more))
        for name, more in items
    ]
    return Node("list", block.start, block.end, tuple(made), level=-1)


def _strong(block: Node, words: Sequence[Token]) -> Node:
    text = _text(block, words)
    return Node("strong", text.start, text.end, (text,))


def _paragraph(block: Node, words: Sequence[Token]) -> tuple[Node, ...]:
    if not words:
        return ()
    text = _text(block, words)
    return (Node("paragraph", text.start, text.end, (text,)),)


def _text(block: Node, words: Sequence[Token]) -> Node:
    """Make a text of pieces of raw HTML, without the tags between them."""
    text = " ".join(" ".join(unescape(token.text) for token in words).split())
    return Node("text", block.start + words[0].start, block.start + words[-1].end, text=text)
