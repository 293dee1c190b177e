"""Read definition lists, where the user has switched them on: terms, then lines that begin with a colon.

Syntax: https://python-markdown.github.io/extensions/definition_lists/. On GitHub the term and the first lines of its definition
are one paragraph, and what goes on below, indented by four columns, is code; so the paragraph and that code are read anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from aikb.model.node import Node
from aikb.read.markdown.dedented import Dedented, without_indent

Parse = Callable[[str], tuple[Node, ...]]
_MARKED = re.compile(r"^[ \t]*:[ \t]", re.MULTILINE)
_MARK = re.compile(r"[ \t]*:[ \t]+")
_CONTAINERS = frozenset({"list", "item", "footnote"})
"""What definition lists are looked for in; what Material's blocks hold has been read by itself."""
_STEP = 4
"""How many columns what goes on with a definition is indented by."""


def with_definition_lists(tree: tuple[Node, ...], text: str, parse: Parse, references: str) -> tuple[Node, ...]:
    """Read the definition lists of a tree. `parse` reads a definition, with the `references` that the note defines."""
    return tuple(_Reader(text, parse, references).blocks(tree)) if _MARKED.search(text) else tree


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a block; of the first, what stands before the block counts as blank."""

    start: int
    text: str
    column: int
    """Of its first character that is no blank."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class _Entry:
    """The terms of a definition, the line with its mark, and those after that."""

    terms: list[_Line]
    mark: _Line
    rest: list[_Line] = field(default_factory=list)

    def body(self, base: int) -> Dedented:
        """Read the definition without its indentation."""
        match = _MARK.match(self.mark.text)
        first = match.end() if match else len(self.mark.text)
        indented = (line.column for line in self.rest if line.text.strip() and line.column >= base + _STEP)
        columns = min([self.mark.column + _STEP, *indented])
        lines = [(self.mark.start + first, self.mark.text[first:])]
        for line in self.rest:
            cut = without_indent(line.text, min(columns, line.column)) or 0
            lines.append((line.start + cut, line.text[cut:] if line.text.strip() else ""))
        return Dedented(lines)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the definition lists in the blocks of a note."""

    text: str
    parse: Parse
    references: str

    def blocks(self, nodes: Sequence[Node]) -> list[Node]:
        """Read the blocks of one container."""
        out: list[Node] = []
        for at, node in enumerate(nodes):
            if out and node.start < out[-1].end and out[-1].kind == "definitions":
                continue  # it went on with the last definition
            if node.kind in _CONTAINERS and node.children:
                out.append(node.with_children(self.blocks(node.children)))
            elif node.kind not in ("paragraph", "plain") or not self._read(node, nodes[at + 1 : at + 2], out):
                out.append(node)
        return out

    def _read(self, node: Node, following: Sequence[Node], out: list[Node]) -> bool:
        """Put the definitions in a paragraph at the end of `out`, with the block `following` it; whether there are any."""
        if not _MARKED.search(self.text, self.text.rfind("\n", 0, node.start) + 1, node.end):
            return False
        lines = self._lines(node)
        base = lines[0].column
        entries = _entries(lines, base)
        if not entries or not (entries[0].terms or out):
            return False
        children = self._terms(node, entries[0].terms)
        loose = not children and out[-1].kind == "paragraph"
        if loose:
            above = out.pop()
            children = self._terms(above, self._lines(above))
        if following and following[0].kind == "code":
            code = self._lines(following[0])
            if code[0].column >= base + _STEP:
                entries[-1].rest.extend([_Line(code[0].start - 1, "", 0), *code])
        if out and out[-1].kind == "definitions" and not self.text[out[-1].end : node.start].strip():
            children = [*out.pop().children, *children]
        for number, entry in enumerate(entries):
            children += self._terms(node, entry.terms) if number else ()
            children.append(self._definition(entry, base, loose=loose))
        out.append(Node("definitions", children[0].start, children[-1].end, tuple(children)))
        return True

    def _definition(self, entry: _Entry, base: int, *, loose: bool) -> Node:
        """Read one definition; one that is a line of text makes no paragraph, unless a blank line stands before it."""
        body = entry.body(base)
        blocks = body.blocks(self.parse, self.references)
        if len(blocks) == 1 and blocks[0].kind == "paragraph" and not loose:
            blocks = (replace(blocks[0], kind="plain"),)
        return Node("definition", entry.mark.start, body.end, blocks)

    def _terms(self, node: Node, lines: Sequence[_Line]) -> list[Node]:
        """Read lines of a paragraph as terms, with the inlines that were read in each."""
        found = (tuple(_within(node.children, line.start, line.end)) for line in lines)
        return [Node("defined", each[0].start, each[-1].end, each) for each in found if each]

    def _lines(self, node: Node) -> list[_Line]:
        """Cut a block into its lines, without blank ones at its end."""
        first = self.text.rfind("\n", 0, node.start) + 1
        before = self.text[first : node.start]
        start = first if not before.strip() else node.start
        lines = list[_Line]()
        for line in self.text[start : node.end].rstrip().split("\n"):
            shown = (line if lines or start == first else f"{' ' * len(before)}{line}").expandtabs(_STEP)
            lines.append(_Line(start, line, len(shown) - len(shown.lstrip(" "))))
            start += len(line) + 1
        return lines


def _entries(lines: Sequence[_Line], base: int) -> list[_Entry]:
    """Cut the lines of a paragraph into definitions; lines at the margin right before a mark are terms."""
    entries, names = list[_Entry](), list[_Line]()
    for line in lines:
        if line.text.lstrip(" \t")[:2] in (": ", ":\t") and base <= line.column < base + _STEP:
            entries.append(_Entry(names, line))
        else:
            (entries[-1].rest if entries else names).append(line)
        names = names if not entries else []
    for before, after in pairwise(entries):
        while before.rest and before.rest[-1].column < base + _STEP:
            after.terms.insert(0, before.rest.pop())
    return entries


def _within(nodes: Sequence[Node], start: int, end: int) -> Iterator[Node]:
    """List the inlines of a line; of emphasis over several lines, what stands in this one."""
    for node in nodes:
        if node.kind.endswith("-break") or node.end <= start or node.start >= end:
            continue
        if node.start >= start and node.end <= end:
            yield node
        elif inside := tuple(_within(node.children, start, end)):
            yield replace(node, start=inside[0].start, end=inside[-1].end, children=inside)
