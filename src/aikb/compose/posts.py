"""Posts as cards: real bold with plain letters, bullets as items, lines kept, and a button that copies what was posted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from aikb.model.document import Anchor, Document
from aikb.model.node import Node
from aikb.model.site import Body, Slot
from aikb.read.posts import BULLETS, ITEM, LABEL, STYLED, lines_of, text_of
from aikb.render.inlines import POSTED
from aikb.render.text import Text
from aikb.text.slug import plain_letters

Block = Node | Slot


def with_cards(blocks: Sequence[Block], document: Document, render: Callable[[list[Block]], Body]) -> list[Block]:
    """Put the blocks of each post on a card of its own; `render` makes a Body of them."""
    posts = [each for each in document.anchors if each.kind == "post"]
    if not posts:
        return list(blocks)
    waiting, out, inside = iter(posts), list[Block](), list[Block]()
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


def _card(post: Anchor, blocks: list[Block], document: Document, render: Callable[[list[Block]], Body]) -> Slot:
    posted = document.source.text[post.span.start : post.span.end].strip()
    label, _, rest = posted.partition("\n")
    if LABEL.fullmatch(label.strip()):
        posted = rest
    return Slot("post", {"id": post.id, "text": render(blocks), "posted": posted, "around": document.lang})


def _shown(block: Node) -> Node:
    """A block with its lines and letters as the author meant them."""
    if block.kind != "paragraph":
        return _plain(block)
    children: list[Node] = []
    lines = lines_of(block)
    for at, line in enumerate(lines):
        if line:
            children += _line(line)
        if at + 1 < len(lines):
            end = line[-1].end if line else block.start
            children.append(Node("hard-break", end, end))
    return block.with_children(children)


def _line(line: Sequence[Node]) -> list[Node]:
    """A line of a post: an item that hangs behind its bullet, a small label, or text."""
    text, pieces = text_of(line), [piece for node in line for piece in _pieces(node)]
    if ITEM.match(text):
        opening, closing = POSTED["item" if text[0] in BULLETS else "wide-item"]
    elif LABEL.fullmatch(text):
        opening, closing = POSTED["label"]
    else:
        return pieces
    start, end = line[0].start, line[-1].end
    return [Node("tag", start, start, text=opening), *pieces, Node("tag", end, end, text=closing)]


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
