"""A note as a tree of blocks and inlines, each with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from operator import is_
from typing import Literal, TypeAlias

BlockKind: TypeAlias = Literal[
    "paragraph",
    "plain",
    "heading",
    "quote",
    "list",
    "item",
    "table",
    "head",
    "row",
    "cell",
    "code",
    "alert",
    "callout",
    "material",
    "caption",
    "definitions",
    "defined",
    "definition",
    "html",
    "html-line",
    "footnote",
    "rule",
    "made",
]
InlineKind: TypeAlias = Literal[
    "text",
    "code-span",
    "math",
    "math-block",
    "tag",
    "footnote-ref",
    "comment",
    "hashtag",
    "task",
    "emphasis",
    "strong",
    "strike",
    "mark",
    "link",
    "image",
    "term",
    "reference",
    "soft-break",
    "hard-break",
]
NodeKind: TypeAlias = Literal[BlockKind, InlineKind]


@dataclass(frozen=True, slots=True)
class Node:
    """A block or inline of a note, as GitHub reads it.

    The kinds and what their fields hold:

    | kind | fields |
    | --- | --- |
    | `paragraph`, `plain` (text of a tight list item), `quote`, `item`, `row`, `cell`, `head` | children |
    | `heading` | level 1-6, `info` its attribute list, children |
    | `list` | `level` the first number, or -1 for bullets; children are items |
    | `code` | `info` the language line, `text` |
    | `alert` | `info` note, tip, important, warning or caution |
    | `callout` | `info` its type in lower case, `text` `-` if it is folded, `+` if it can be; children, its `caption` first |
    | `material` | `info` the line that opens an admonition, details or tab; children, its `caption` first |
    | `html`, `tag` | `text`: raw HTML as a block, or inline |
    | `html-line` | `text`: a line of an `html`, while the parser reads it; no tree has one |
    | `footnote`, `footnote-ref` | `info` the label |
    | `table` | `info` one letter a column: `n`, `l`, `c` or `r` |
    | `caption` | the title of a `callout` or `material`; children are inlines |
    | `definitions` | children, in the order of the text: terms and what they are |
    | `defined`, `definition` | a term, whose children are inlines; what it is, whose children are blocks |
    | `rule`, `soft-break`, `hard-break` | |
    | `text`, `code-span` | `text` |
    | `math`, `math-block` | `text` in LaTeX, `info` the same without macros, where it has any |
    | `task` | `info` `x`, empty, or the sign of another state |
    | `comment` | nothing: what the author hid |
    | `hashtag` | `text` `#a/b`, `info` its name |
    | `emphasis`, `strong`, `strike`, `mark` | children |
    | `made` | `text`: what aikb puts between blocks, as the composed Markdown has it; no parser makes one |
    | `link`, `image` | `info` how it is written, `target`, `title`, children |
    | `term` | `info` the id of a concept, children: a mention that becomes a link; no parser makes one |
    | `reference` | children: a place named by its number, which becomes a link; no parser makes one |
    """

    kind: NodeKind
    start: int
    end: int
    children: tuple[Node, ...] = ()
    _: KW_ONLY
    text: str = ""
    info: str = ""
    level: int = 0
    target: str = ""
    title: str = ""

    def walk(self) -> Iterator[Node]:
        """Walk this node and everything under it, in the order of the text."""
        found: list[Node] = []
        stack = [self]
        while stack:
            node = stack.pop()
            found.append(node)
            if node.children:
                stack += node.children[::-1]
        return iter(found)

    def with_children(self, children: Sequence[Node]) -> Node:
        """Copy the node with other children; the node itself where they are those that it has."""
        same = len(children) == len(self.children) and all(map(is_, children, self.children))
        return self if same else replace(self, children=tuple(children))

    @property
    def latex(self) -> str:
        """A formula as it is shown, its macros written out."""
        return self.info or self.text

    @property
    def plain_text(self) -> str:
        """What a reader sees of it, without markup, as GitHub counts it for an anchor."""
        pieces: list[str] = []
        stack = [self]
        while stack:
            node = stack.pop()
            if node.kind in ("text", "code-span", "math", "hashtag"):
                pieces.append(node.text)
            elif node.kind in ("soft-break", "hard-break"):
                pieces.append(" ")
            if node.children and node.kind != "image":
                stack += node.children[::-1]
        return "".join(pieces)

    @property
    def alternative(self) -> str:
        """The text inside an image, which stands in its place; of a link, its text likewise."""
        return "".join([node.text for node in self.walk() if node.kind in ("text", "code-span")])

    def walk_visible(self) -> Iterator[Node]:
        """Walk like `walk`, without what stands inside an image: its alternative text is not on the page."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.children and node.kind != "image":
                stack.extend(reversed(node.children))
