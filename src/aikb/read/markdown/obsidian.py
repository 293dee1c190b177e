"""Read what Obsidian has within a paragraph: `==marks==`, `#tags`, `^[footnotes]`, states of tasks (`- [/]`).

Works on the tree, where code, links and formulas are known already, and looks at the source to tell what is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from aikb.model.node import Node, NodeKind
from aikb.read.markdown.autolinks import places_of

_SIGNS = ("==", "#", "^[", "[")
_MARK = re.compile(r"(?<!=)==(?!=)")
_NOTE = re.compile(r"\^\[")
_BRACKET = re.compile(r"[\[\]]")
_TASK = re.compile(r"\[([/><\-!?*\"])\][ \t]+(?=\S)")
_EMOJI = "\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_HASHTAG = re.compile(
    rf"(?<![^\s(\[,;«“\"'])#((?:[^\W_]|[{_EMOJI}])[\w{_EMOJI}\ufe0f-]*(?:/[\w{_EMOJI}\ufe0f-]+)*|_[\w/-]+)"
)
_DIGITS = re.compile(r"[\d/_\ufe0f-]+")
_HOLDERS: frozenset[NodeKind] = frozenset({"paragraph", "plain", "heading", "cell", "caption", "defined"})
_NESTED: frozenset[NodeKind] = frozenset({"emphasis", "strong", "strike", "mark"})
_BREAKS: frozenset[NodeKind] = frozenset({"soft-break", "hard-break", "comment", "task", "tag"})


def with_obsidian(tree: Sequence[Node], source: str) -> tuple[Node, ...]:
    """Read Obsidian's inlines in a tree of the note `source`; its inline footnotes are blocks at the end."""
    if not any(sign in source for sign in _SIGNS):
        return tuple(tree)
    reader = _Reader(source, {node.info for root in tree for node in root.walk() if node.kind == "footnote"})
    read = tuple(reader.block(node) for node in tree)
    return (*read, *reader.footnotes)


def hashtags(tree: Iterable[Node]) -> Iterator[str]:
    """List the tags in a tree, in order."""
    return (node.info for root in tree for node in root.walk() if node.kind == "hashtag")


@dataclass
class _Reader:
    """Reads the inlines of one note."""

    source: str
    labels: set[str]
    """Of the footnotes that the note defines."""
    footnotes: list[Node] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    """Of inline footnotes, each once."""

    def block(self, node: Node) -> Node:
        """Read a block and everything in it."""
        if not node.children:
            return node
        if node.kind in _HOLDERS:
            return node.with_children(self.inlines(node.children))
        children = tuple(self.block(child) for child in node.children)
        if node.kind == "item" and children and children[0].kind in ("paragraph", "plain"):
            children = (self._task(children[0]), *children[1:])
        return node.with_children(children)

    def inlines(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Read the inlines of one container."""
        if not any(sign in node.text for node in nodes for sign in _SIGNS if node.kind == "text"):
            if not any(node.kind in _NESTED for node in nodes):
                return nodes
        else:
            nodes = self._with_marks(self._with_notes(nodes))
        read: list[Node] = []
        for at, node in enumerate(nodes):
            if node.kind == "text" and "#" in node.text:
                clear = not at or nodes[at - 1].kind in _BREAKS
                read += self._with_hashtags(node, clear=clear)
            elif node.kind in _NESTED:
                read.append(node.with_children(self.inlines(node.children)))
            else:
                read.append(node)
        return read

    # Pieces of text ----------------------------------------------------------------------------------------------------

    def _places(self, node: Node) -> Sequence[int]:
        if len(node.text) == node.end - node.start:
            return range(len(node.text) + 1)
        return places_of(node.text, self.source[node.start : node.end])

    def _written(self, node: Node, at: int) -> bool:
        """Tell whether a character of a text stands in the source as it is, and not escaped or as an entity."""
        place = node.start + self._places(node)[at]
        if self.source[place : place + 1] != node.text[at]:
            return False
        escaped = self.source[place - 1 : place] == "\\" and place > 0
        return not escaped or (at > 0 and node.text[at - 1] == "\\")

    def _piece(self, node: Node, start: int, end: int | None = None) -> Node:
        """Cut a piece out of a text."""
        end = len(node.text) if end is None else end
        places = self._places(node)
        return Node(node.kind, node.start + places[start], node.start + places[end], text=node.text[start:end])

    def _pieces(self, node: Node, cuts: Iterable[int]) -> Iterator[Node]:
        """Cut a text into pieces; empty ones are left out."""
        done = 0
        for cut in [*cuts, len(node.text)]:
            if cut > done:
                yield self._piece(node, done, cut)
                done = cut

    # Kinds -------------------------------------------------------------------------------------------------------------

    def _task(self, block: Node) -> Node:
        """Read a state of a task other than done and not done."""
        first = block.children[0] if block.children else None
        match = _TASK.match(first.text) if first is not None and first.kind == "text" else None
        if first is None or match is None or not self._written(first, 0):
            return block
        box = Node("task", first.start, self._piece(first, 0, match.end()).end, info=match[1])
        return replace(block, children=(box, self._piece(first, match.end()), *block.children[1:]))

    def _with_hashtags(self, node: Node, *, clear: bool) -> Iterator[Node]:
        done, seen, opened, closed = 0, 0, -1, -1
        for match in _HASHTAG.finditer(node.text):
            name = match[1].rstrip("/-")
            opened = max(opened, node.text.rfind("{", seen, match.start()))
            closed = max(closed, node.text.rfind("}", seen, match.start()))
            seen, attribute = match.start(), opened > closed
            unclear = not match.start() and not clear
            if attribute or unclear or _DIGITS.fullmatch(name) or not self._written(node, match.start()):
                continue
            end = match.start(1) + len(name)
            if match.start() > done:
                yield self._piece(node, done, match.start())
            piece = self._piece(node, match.start(), end)
            yield replace(piece, kind="hashtag", info=name)
            done = end
        if done < len(node.text):
            yield self._piece(node, done) if done else node

    def _with_marks(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Put `==marked==` inlines under a node of their own; the signs stand in texts of the same container."""
        split = list(self._split_at(nodes, _MARK))
        pairs = self._pairs(split)
        out: list[Node] = []
        at = 0
        while at < len(split):
            if (end := pairs.get(at)) is not None:
                out.append(Node("mark", split[at].start, split[end].end, tuple(split[at + 1 : end])))
                at = end + 1
            else:
                out.append(split[at])
                at += 1
        return _merged(out) if pairs else nodes

    def _split_at(self, nodes: Sequence[Node], sign: re.Pattern[str]) -> Iterator[Node]:
        """Cut texts at the signs that their author did not escape; each sign is then a text of its own."""
        for node in nodes:
            if node.kind != "text":
                yield node
                continue
            found = [each for each in sign.finditer(node.text) if self._written(node, each.start())]
            yield from self._pieces(node, (cut for each in found for cut in each.span()))

    def _pairs(self, nodes: Sequence[Node]) -> dict[int, int]:
        """Pair the signs that open and close marks, by their number among the nodes."""
        pairs: dict[int, int] = {}
        opened = -1
        for at, node in enumerate(nodes):
            if node.kind != "text" or node.text != "==":
                continue
            before, after = _edge(nodes, at - 1, last=True), _edge(nodes, at + 1)
            if opened >= 0 and not before.isspace() and at > opened + 1:
                words = at == opened + 2 and " " not in nodes[at - 1].text
                if words or not _within_word(nodes, opened):
                    pairs[opened], opened = at, -1
                    continue
            if not after.isspace():
                opened = at
        return pairs

    def _with_notes(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Put a reference in place of each `^[footnote]`, and keep its words for the end of the note."""
        split = list(self._split_at(nodes, _NOTE))
        closings = self._closings(split)
        out, at, done = list[Node](), 0, 0  # so many characters of a text are in the footnote before it
        while at < len(split):
            node = split[at]
            number, place = closings.get(at, (at, 0))
            last = split[number]
            inside = [*split[at + 1 : number], *([self._piece(last, 0, place)] if place else [])]
            if inside:
                out.append(self._footnote(node.start, self._piece(last, place, place + 1).end, inside))
                at, done = number, place + 1
                continue
            if done < max(len(node.text), 1):
                out.append(self._piece(node, done) if done else node)
            at, done = at + 1, 0
        return _merged(out) if closings else nodes

    def _closings(self, nodes: Sequence[Node]) -> dict[int, tuple[int, int]]:
        """Find the bracket that closes each footnote: by its number, that of the text and the place there."""
        found: dict[int, tuple[int, int]] = {}
        opened: list[int] = []
        for number, node in enumerate(nodes):
            if node.kind != "text":
                continue
            for match in _BRACKET.finditer(node.text):
                if not self._written(node, match.start()):
                    continue
                if match[0] == "[":
                    opened.append(number)
                elif opened and nodes[first := opened.pop()].text == "^[":
                    found[first] = number, match.start()
        return found

    def _footnote(self, start: int, end: int, inside: Sequence[Node]) -> Node:
        label = next(label for number in self.numbers if (label := f"inline-{number}") not in self.labels)
        text = Node("paragraph", inside[0].start, inside[-1].end, tuple(self.inlines(inside)))
        self.footnotes.append(Node("footnote", start, end, (text,), info=label))
        return Node("footnote-ref", start, end, info=label)


def _edge(nodes: Sequence[Node], at: int, *, last: bool = False) -> str:
    """Read the character of a node next to a sign; a blank where there is none or a line ends."""
    node = nodes[at] if 0 <= at < len(nodes) else None
    if node is None or node.kind in ("soft-break", "hard-break"):
        return " "
    return (node.text[-1:] if last else node.text[:1]) if node.kind == "text" else "\u00b7"


def _within_word(nodes: Sequence[Node], at: int) -> bool:
    """Tell whether a sign stands between two letters or digits of a word, as in `a==b`; CJK has no blanks between words."""
    before, after = _edge(nodes, at - 1, last=True), _edge(nodes, at + 1)
    return all(each.isalnum() and ord(each) < 0x2E80 for each in (before, after))


def _merged(nodes: Iterable[Node]) -> list[Node]:
    """Merge texts that touch."""
    out: list[Node] = []
    for node in nodes:
        if node.kind == "text" and out and out[-1].kind == "text" and out[-1].end == node.start:
            last = out.pop()
            node = Node("text", last.start, node.end, text=last.text + node.text)
        out.append(node)
    return out
