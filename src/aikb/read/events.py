"""Build a tree of Nodes of pyromark's events, with offsets in code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, get_args

import pyromark

from aikb.model.node import InlineKind, Node, NodeKind

_O = pyromark.Options
_OPTIONS = (
    _O.ENABLE_TABLES
    | _O.ENABLE_FOOTNOTES
    | _O.ENABLE_STRIKETHROUGH
    | _O.ENABLE_TASKLISTS
    | _O.ENABLE_MATH
    | _O.ENABLE_GFM
    | _O.ENABLE_WIKILINKS
)

MASKS = {char: chr(0xFDD0 + number) for number, char in enumerate("$<[]_*~")}
"""Noncharacters that stand for markup that is none; the tree has the characters again."""
COMMENT, FORMULA = "\ufdd7", "\ufdd9"
"""Noncharacters that stand for what is hidden within a line, and for the inside of a formula that is read by itself."""
_UNMASK: dict[int, str | None] = {**{ord(mask): char for char, mask in MASKS.items()}, ord(COMMENT): None}
_ALIGNED = {**_UNMASK, ord(COMMENT): " "}
"""For raw HTML, in which offsets must stay."""
_HIDDEN = re.compile(f"{COMMENT}+")

_CONTAINERS: dict[str, NodeKind] = {
    "Paragraph": "paragraph",
    "Item": "item",
    "TableHead": "head",
    "TableRow": "row",
    "TableCell": "cell",
    "Emphasis": "emphasis",
    "Strong": "strong",
    "Strikethrough": "strike",
    "HtmlBlock": "html",
}
_BREAKS: dict[str, NodeKind] = {"SoftBreak": "soft-break", "HardBreak": "hard-break", "Rule": "rule"}
_LEAVES: dict[str, NodeKind] = {
    "Text": "text",
    "Code": "code-span",
    "InlineMath": "math",
    "DisplayMath": "math-block",
    "Html": "html-line",
    "InlineHtml": "tag",
    "FootnoteReference": "footnote-ref",
}
_INLINE = frozenset(get_args(InlineKind))
_WIKI = "wikilink"
DEEPEST = 60
"""How far blocks and emphasis nest; a browser shows no more, and Python-Markdown recurses. What is deeper stands beside."""
_NESTING: frozenset[NodeKind] = frozenset({"quote", "alert", "list", "emphasis", "strong", "strike"})


def tree_of(text: str) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Parse a masked text into its blocks, and the shortcut references that nothing defines."""
    missing: list[tuple[int, int, str]] = []

    def unresolved(link: Any) -> None:
        missing.append((link["span"]["start"], link["span"]["end"], link["reference"]))

    at = _offsets(text)
    # what is open: kind, start, fields, children; no kind for the whole text and for what is left out since it stands too deep
    stack: list[tuple[NodeKind | None, int, dict[str, Any], list[Node]]] = [(None, 0, {}, [])]
    event: Any
    for event, span in pyromark.events_with_range(text, options=_OPTIONS, broken_link_callback=unresolved):
        start, end = at(span["start"]), at(span["end"])
        if isinstance(event, str):
            stack[-1][3].append(Node(_BREAKS[event], start, end))
            continue
        ((name, value),) = event.items()
        if name == "Start":
            opened, fields = _opened(value)
            too_deep = stack[-1][0] is None if opened == "item" else len(stack) > DEEPEST and opened in _NESTING
            stack.append((None if too_deep else opened, start, fields, []))
        elif name == "End":
            kind, start, fields, children = stack.pop()
            if kind is None:
                stack[-1][3].extend([*children, Node("soft-break", end, end)])
            else:
                stack[-1][3].append(_closed(kind, start, end, fields, children))
        elif name == "TaskListMarker":
            stack[-1][3].append(Node("task", start, end, info="x" if value else ""))
        elif name == "FootnoteReference":
            stack[-1][3].append(Node("footnote-ref", start, end, info=value))
        else:
            stack[-1][3].extend(_leaves(_LEAVES[name], start, end, value))
    undefined = tuple(
        Node("text", at(start), at(end), text=label.translate(_UNMASK))
        for start, end, label in sorted(set(missing))
        if not label.startswith("^")
    )
    return tuple(stack[0][3]), undefined


def _leaves(kind: NodeKind, start: int, end: int, value: str) -> Iterator[Node]:
    """Make the node of a leaf; of a text around comments, one for each piece."""
    if COMMENT not in value or kind != "text":
        yield Node(kind, start, end, text=value.translate(_ALIGNED if kind in ("tag", "html-line") else _UNMASK))
        return
    done = 0
    for match in _HIDDEN.finditer(value):
        if match.start() > done:
            yield Node(kind, start + done, start + match.start(), text=value[done : match.start()].translate(_UNMASK))
        yield Node("comment", start + match.start(), start + match.end())
        done = match.end()
    if done < len(value):
        yield Node(kind, start + done, end, text=value[done:].translate(_UNMASK))


def _offsets(text: str) -> Callable[[int], int]:
    """Make the function from byte offsets of the UTF-8 text to code points."""
    if text.isascii():
        return lambda offset: offset
    starts, shifts = [0], [0]
    position = shift = 0
    for match in _NOT_ASCII.finditer(text):
        position = match.start() + shift
        for char in match[0]:
            width = len(char.encode("utf-8", "surrogatepass"))
            position += width
            shift += width - 1
            starts.append(position)
            shifts.append(shift)

    def to_code_points(offset: int) -> int:
        return offset - shifts[bisect_right(starts, offset) - 1]

    return to_code_points


_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def _opened(tag: Any) -> tuple[NodeKind, dict[str, Any]]:
    """Convert a start tag of pyromark to the kind and fields of a node."""
    if isinstance(tag, str):
        return _CONTAINERS[tag], {}
    ((name, value),) = tag.items()
    if name == "Heading":
        return "heading", {"level": int(value["level"][1])}
    if name == "BlockQuote":
        return ("alert", {"info": value.lower()}) if value else ("quote", {})
    if name == "CodeBlock":
        return "code", {"info": "" if value == "Indented" else value["Fenced"].translate(_UNMASK)}
    if name == "List":
        return "list", {"level": -1 if value is None else value}
    if name == "FootnoteDefinition":
        return "footnote", {"info": value}
    if name == "Table":
        return "table", {"info": "".join(alignment[0].lower() for alignment in value)}
    written = value["link_type"]
    info = (
        _WIKI
        if isinstance(written, dict)
        else {"Inline": "inline", "Autolink": "autolink", "Email": "autolink"}.get(written, "reference")
    )
    target = value["dest_url"].translate(_UNMASK)
    if written == "Email":
        target = f"mailto:{target}"
    return "image" if name == "Image" else "link", {
        "info": info,
        "target": target,
        "title": value["title"].translate(_UNMASK),
    }


def _closed(kind: NodeKind, start: int, end: int, fields: dict[str, Any], children: list[Node]) -> Node:
    if kind == "code":
        return Node(kind, start, end, text="".join(child.text for child in children), **fields)
    if kind == "html":
        return Node(kind, start, end, text=_join_html(start, [child for child in children if child.end > child.start]))
    merged = _merge_texts(children)
    if kind in ("item", "footnote", "quote", "alert"):
        merged = _wrap_inlines(merged)
    return Node(kind, start, end, tuple(merged), **fields)


def _join_html(start: int, lines: list[Node]) -> str:
    """Join the lines of raw HTML, with blanks for the marks of quotes and lists, so that offsets in it are the note's."""
    text = "".join(line.text for line in lines)
    if "<pre" in text:
        return text  # where blanks would be seen
    aligned = ""
    for line in lines:
        aligned += " " * (line.start - start - len(aligned)) + line.text
    return aligned


def _merge_texts(children: list[Node]) -> list[Node]:
    """Merge neighbouring texts into one."""
    result: list[Node] = []
    for child in children:
        if child.kind == "text" and result and result[-1].kind == "text":
            last = result.pop()
            child = Node("text", last.start, child.end, text=last.text + child.text)
        elif child.kind == "html-line":
            child = replace(child, kind="html")
        result.append(child)
    return result


def _wrap_inlines(children: list[Node]) -> list[Node]:
    """Wrap the loose inlines of a tight list item in `plain` blocks."""
    result: list[Node] = []
    run: list[Node] = []
    for child in [*children, None]:
        if child is not None and child.kind in _INLINE:
            run.append(child)
            continue
        if run:
            result.append(Node("plain", run[0].start, run[-1].end, tuple(run)))
            run = []
        if child is not None:
            result.append(child)
    return result
