"""Posts as cards: real bold with plain letters, bullets as items, lines kept, and a button that copies what was posted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from aikb.model.document import Anchor, Document
from aikb.model.node import Node
from aikb.model.site import Body, Slot
from aikb.read.posts import BULLETS, DASH, ITEM, LABEL, STYLED, lines_of, text_of
from aikb.render.inlines import POSTED
from aikb.render.text import Text
from aikb.text.slug import plain_letters

Block = Node | Slot


def with_cards(blocks: Sequence[Block], document: Document, render: Callable[[list[Block]], Body]) -> list[Block]:
    """Put the blocks of each post on a card of its own; `render` makes a Body of them."""
    posts = [each for each in document.anchors if each.kind == "post"]
    if not posts:
        return list(blocks)
    waiting, out, inside = iter(posts), list[Block](), list[Node]()
    post = next(waiting, None)
    for block in blocks:
        if post is None or isinstance(block, Slot) or not post.span.start <= block.start < post.span.end:
            out.append(block)
            continue
        inside.append(_shown(block))
        if block.end >= post.span.end:
            out.append(_card(post, inside, document, render))
            inside, post = [], next(waiting, None)
    return [*out, *inside]


def without_broken(text: Text, document: Document) -> Text:
    """What is known of a text, without the mentions that begin on one line of a post and end on the next."""
    source = document.source.text
    kept = {span: each for span, each in text.mentions.items() if "\n" not in source[span.start : span.end]}
    return text if len(kept) == len(text.mentions) else replace(text, mentions=kept)


def _card(post: Anchor, blocks: Sequence[Node], document: Document, render: Callable[[list[Block]], Body]) -> Slot:
    posted = document.source.text[post.span.start : post.span.end].strip()
    label, _, rest = posted.partition("\n")
    if LABEL.fullmatch(label.strip()):
        posted = rest
    return Slot("post", {"id": post.id, "text": render(list(blocks)), "posted": posted, "around": document.lang})


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a post, its letters plain."""

    mark: str
    """What it begins with, if it is an item: a `bullet`, or a `sign` of the author's own; empty for text."""
    nodes: list[Node]


def _shown(block: Node) -> Node:
    """A block with lines, lists and letters as the author meant them.

    A list stays in its paragraph, as the lines did on the network, and is a list to whoever hears it (ARIA): so a page has the
    blocks that GitHub shows.
    """
    if block.kind != "paragraph":
        return _plain(block)
    children = list[Node]()
    for listed, group in groupby(_settled(_lines(block)), key=lambda line: bool(line.mark)):
        own = list(group)
        children += _parted(block, [_list(block, own)] if listed else [line.nodes for line in own], children)
    return block.with_children(children)


def _parted(block: Node, lines: Sequence[list[Node]], before: Sequence[Node] = ()) -> Iterator[Node]:
    """Lines one under the other, and under what stands before them."""
    end = before[-1].end if before else block.start
    for at, line in enumerate(lines):
        if at or before:
            yield Node("hard-break", end, end)
        yield from line
        end = line[-1].end if line else end


def _settled(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Lines of which a sign before a single one makes no list."""
    for at, line in enumerate(lines):
        beside = [lines[near] for near in (at - 1, at + 1) if 0 <= near < len(lines)]
        alone = line.mark == "sign" and not any(near.mark for near in beside)
        yield _Line("", _around("sign", line.nodes)) if alone else line


def _list(block: Node, lines: Sequence[_Line]) -> list[Node]:
    """A list of items; those of another mark after one that ends with a colon stand under it."""
    items = list[tuple[_Line, list[_Line]]]()
    for line in lines:
        if items and line.mark != items[-1][0].mark and (items[-1][1] or text_of(items[-1][0].nodes).endswith(":")):
            items[-1][1].append(line)
        else:
            items.append((line, []))
    written = []
    for line, under in items:
        inside = [*line.nodes, *_parted(block, [_list(block, under)], line.nodes)] if under else line.nodes
        written.append(_around(f"{line.mark}-item", inside))
    return _around("list", list(_parted(block, written)))


def _lines(block: Node) -> list[_Line]:
    """The lines of a paragraph, their letters plain; a dash begins items where several lines have one."""
    lines = lines_of(block)
    dashes = sum(DASH.match(text_of(line)) is not None for line in lines) > 1
    return [_line(line, dashes=dashes) for line in lines]


def _line(line: Sequence[Node], *, dashes: bool) -> _Line:
    text, pieces = text_of(line), [piece for node in line for piece in _pieces(node)]
    if LABEL.fullmatch(text):
        return _Line("", _around("label", pieces))
    if len(text) < 2 or not (ITEM.match(text) or (dashes and DASH.match(text))):
        return _Line("", pieces)
    return _Line("bullet" if text[0] in BULLETS or DASH.match(text) else "sign", pieces)


def _around(name: str, nodes: Sequence[Node]) -> list[Node]:
    """What stands around the nodes of a line."""
    if not nodes:
        return []
    opening, closing = POSTED[name]
    start, end = nodes[0].start, nodes[-1].end
    return [Node("tag", start, start, text=opening), *nodes, Node("tag", end, end, text=closing)]


def _plain(node: Node) -> Node:
    """A node with every styled letter in it plain and bold."""
    return node.with_children([piece for child in node.children for piece in _pieces(child)])


def _pieces(node: Node) -> Iterator[Node]:
    if node.kind != "text" or not STYLED.search(node.text):
        yield _plain(node) if node.children else node
        return
    if len(node.text) != node.end - node.start:  # something in it is escaped, and offsets inside it are unknown
        yield Node("strong", node.start, node.end, (replace(node, text=plain_letters(node.text)),))
        return
    done = 0
    for start, end in styled_runs(node.text):
        if start > done:
            yield Node("text", node.start + done, node.start + start, text=node.text[done:start])
        inner = Node("text", node.start + start, node.start + end, text=plain_letters(node.text[start:end]))
        yield Node("strong", inner.start, inner.end, (inner,))
        done = end
    if done < len(node.text):
        yield Node("text", node.start + done, node.end, text=node.text[done:])


def styled_runs(text: str) -> Iterator[tuple[int, int]]:
    """Where styled letters stand, with the blanks and signs between two of them."""
    start = end = -1
    for at, char in enumerate(text):
        if STYLED.match(char):
            start, end = (at if start < 0 else start), at + 1
        elif char.isalnum() and start >= 0:
            yield start, end
            start = -1
    if start >= 0:
        yield start, end
