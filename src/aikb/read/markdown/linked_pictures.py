"""Read Obsidian's pictures inside a link, `[![[p.png|300]]](https://example.org)`, which pulldown-cmark does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from aikb.model.node import Node
from aikb.read.markdown.autolinks import places_of

_PICTURE = re.compile(r"!\[\[(?P<target>[^\[\]|\n]+)(?:\|(?P<words>[^\[\]\n]*))?\]\]")


def brackets_in_link(text: str, image: Node) -> tuple[int, ...]:
    """List the brackets of the picture that an image begins with, where a bracket was open before; of any other image, none.

    `![[p.png]](b.md)` is an image on GitHub, and stays one.
    """
    match = _PICTURE.match(text, image.start)
    if match is None or text[match.end() : match.end() + 1] == "(":
        return ()
    before = _PICTURE.sub("", text[text.rfind("\n", 0, image.start) + 1 : image.start])
    if before.rfind("[") <= before.rfind("]"):
        return ()
    return match.start() + 1, match.start() + 2, match.end() - 2, match.end() - 1


def with_linked_pictures(tree: tuple[Node, ...], text: str) -> tuple[Node, ...]:
    """Read the pictures in the links of a tree of the note `text`."""
    if "[" not in text or "![[" not in text:
        return tree
    return tuple(_read(node, text, linked=False) for node in tree)


def _read(node: Node, text: str, *, linked: bool) -> Node:
    if not node.children or (node.kind == "link" and node.info == "wikilink"):
        return node
    linked = linked or node.kind == "link"
    children: list[Node] = []
    for child in node.children:
        if linked and child.kind == "text" and "![[" in child.text:
            children += _pieces(child, text)
        else:
            children.append(_read(child, text, linked=linked))
    return node.with_children(children)


def _pieces(node: Node, text: str) -> Iterator[Node]:
    """Cut a text at its pictures."""
    places, done = places_of(node.text, text[node.start : node.end]), 0

    def piece(start: int, end: int) -> Node:
        return Node("text", node.start + places[start], node.start + places[end], text=node.text[start:end])

    for match in _PICTURE.finditer(node.text):
        if match.start() > done:
            yield piece(done, match.start())
        whole = piece(match.start(), match.end())
        words = piece(*match.span("words" if match["words"] else "target"))
        yield replace(whole, kind="image", children=(words,), text="", info="wikilink", target=match["target"].strip())
        done = match.end()
    if done < len(node.text):
        yield piece(done, len(node.text))
