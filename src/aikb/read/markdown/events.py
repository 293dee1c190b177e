"""Build a tree of Nodes of pyromark's events, with offsets in code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

import msgspec
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
COMMENT, FORMULA = "\ufdd7", "\ufddd"
"""Noncharacters that stand for what is hidden within a line, and for the inside of a formula that is read by itself."""
_UNMASK: dict[int, str | None] = {
    **dict.fromkeys((*range(0x09), *range(0x0B, 0x20), 0x7F)),  # control characters, which an entity has spelt
    **{ord(mask): char for char, mask in MASKS.items()},
    ord(COMMENT): None,
}
_HIDDEN = re.compile(f"({COMMENT}+)")
_MASKED = re.compile(f"[{''.join(MASKS.values())}{COMMENT}]|&#")
"""What a text has that masks may come of; most have nothing of it."""

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
}
_INLINE = frozenset(get_args(InlineKind))
_WIKI = "wikilink"
DEEPEST = 60
"""How far blocks and emphasis nest; a browser shows no more, and Python-Markdown recurses. What is deeper stands beside."""
_NESTING: frozenset[NodeKind] = frozenset({"quote", "alert", "list", "emphasis", "strong", "strike"})


class _Draft(msgspec.Struct, gc=False):
    """A node while it is read, and may change. All become Nodes at once, in a fifth of the time of a `Node(…)` for each."""

    kind: NodeKind | None
    """None for the whole text, and for what is left out since it stands too deep."""
    start: int
    end: int
    children: Sequence[_Draft] = ()
    text: str = ""
    info: str = ""
    level: int = 0
    target: str = ""
    title: str = ""


Text = Callable[[str], str]
"""Gives a text its masked characters back."""


def tree_of(text: str) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Parse a masked text into its blocks, and the shortcut references that nothing defines."""
    missing: list[tuple[int, int, str]] = []

    def unresolved(link: Any) -> None:
        missing.append((link["span"]["start"], link["span"]["end"], link["reference"]))

    at = _offsets(text)
    unmasked: Text = _unmasked if _MASKED.search(text) else str
    events: Any = pyromark.events_with_range(text, options=_OPTIONS, broken_link_callback=unresolved)
    drafts = _drafts(events, at, unmasked)
    undefined = tuple(
        Node("text", at(start), at(end), text=unmasked(label))
        for start, end, label in sorted(set(missing))
        if not label.startswith("^")
    )
    return msgspec.convert(drafts, tuple[Node, ...], from_attributes=True), undefined


def _unmasked(text: str) -> str:
    return text.translate(_UNMASK)


def restored(text: str) -> str:
    """Give code, HTML or a formula its masked characters back; what is hidden in it is blanks, so that offsets stay."""
    return _unmasked(text.replace(COMMENT, " "))


def _drafts(events: Iterable[Any], at: Callable[[int], int], unmasked: Text) -> list[_Draft]:
    """Make blocks of events. Neighbouring texts are one, but for the lines of raw HTML."""
    parent, siblings = _Draft(None, 0, 0), list[_Draft]()
    stack = [(parent, siblings)]
    run: list[str] = []  # the pieces of the text that stands last
    for event, span in events:
        if event.__class__ is dict:
            ((name, value),) = event.items()
        else:
            name = value = event
        if name == "Text" and parent.kind != "html":
            if COMMENT in value:
                run = _add_visible(siblings, run, value, at(span["start"]), unmasked)
            else:
                _add_text(siblings, run, unmasked(value), at(span["start"]), at(span["end"]))
            continue
        if run:
            siblings[-1].text, run = "".join(run), []
        if name == "End":
            _close(stack)
            parent, siblings = stack[-1]
            continue
        draft = _draft(name, value, at(span["start"]), at(span["end"]), unmasked)
        if name == "Start":
            if _too_deep(draft.kind, parent.kind, len(stack)):
                draft.kind = None
            parent, siblings = draft, []
            stack.append((parent, siblings))
        else:
            if name == "Html" and parent.kind != "html":
                draft.kind = "html"
            siblings.append(draft)
    return siblings


def _add_text(siblings: list[_Draft], run: list[str], piece: str, start: int, end: int) -> None:
    """Add a piece to the text that stands last, or begin one."""
    if run:
        siblings[-1].end = end
    else:
        siblings.append(_Draft("text", start, end))
    run.append(piece)


def _add_visible(siblings: list[_Draft], run: list[str], text: str, start: int, unmasked: Text) -> list[str]:
    """Add a text with comments in it, each a node between the pieces; the pieces of the text that stands last then."""
    for piece in filter(None, _HIDDEN.split(text)):
        end = start + len(piece)
        if piece[0] != COMMENT:
            _add_text(siblings, run, unmasked(piece), start, end)
        else:
            if run:
                siblings[-1].text, run = "".join(run), []
            siblings.append(_Draft("comment", start, end))
        start = end
    return run


def _too_deep(kind: NodeKind | None, parent: NodeKind | None, depth: int) -> bool:
    return parent is None if kind == "item" else depth > DEEPEST and kind in _NESTING


def _close(stack: list[tuple[_Draft, list[_Draft]]]) -> None:
    """Put what is complete into what it stands in."""
    draft, children = stack.pop()
    siblings = stack[-1][1]
    if draft.kind is None:
        _flatten(children, siblings, draft.end)
    else:
        siblings.append(_closed(draft, children))


def _draft(name: str, value: Any, start: int, end: int, unmasked: Text) -> _Draft:
    """Make a draft of what an event begins or is."""
    if name == "Start":
        draft = _Draft(None, start, end)
        if isinstance(value, str):
            draft.kind = _CONTAINERS[value]
        else:
            _describe(draft, value, unmasked)
        return draft
    if kind := _LEAVES.get(name):
        return _Draft(kind, start, end, (), restored(value) if unmasked is _unmasked else value)
    if kind := _BREAKS.get(name):
        return _Draft(kind, start, end)
    if name == "TaskListMarker":
        return _Draft("task", start, end, info="x" if value else "")
    return _Draft("footnote-ref", start, end, info=value)


def _describe(draft: _Draft, tag: Any, unmasked: Text) -> None:
    """Set the kind and the fields that a tag with values has."""
    ((name, value),) = tag.items()
    if name == "Heading":
        draft.kind, draft.level = "heading", int(value["level"][1])
    elif name == "BlockQuote":
        draft.kind, draft.info = ("alert", value.lower()) if value else ("quote", "")
    elif name == "CodeBlock":
        draft.kind, draft.info = "code", "" if value == "Indented" else unmasked(value["Fenced"])
    elif name == "List":
        draft.kind, draft.level = "list", -1 if value is None else value
    elif name == "FootnoteDefinition":
        draft.kind, draft.info = "footnote", value
    elif name == "Table":
        draft.kind, draft.info = "table", "".join(alignment[0].lower() for alignment in value)
    else:
        written, target = value["link_type"], unmasked(value["dest_url"])
        draft.kind = "image" if name == "Image" else "link"
        draft.info = _WIKI if isinstance(written, dict) else _LINKS.get(written, "reference")
        draft.target = f"mailto:{target}" if written == "Email" else target
        draft.title = unmasked(value["title"])


_LINKS = {"Inline": "inline", "Autolink": "autolink", "Email": "autolink"}


def _closed(draft: _Draft, children: list[_Draft]) -> _Draft:
    """Fill a container with what stands in it."""
    if draft.kind == "code":
        draft.text = "".join(child.text for child in children)
    elif draft.kind == "html":
        draft.text = _join_html(draft.start, [child for child in children if child.end > child.start])
    else:
        draft.children = _wrap_inlines(children) if draft.kind in _OF_BLOCKS else children
    return draft


_OF_BLOCKS = frozenset({"item", "footnote", "quote", "alert"})


def _flatten(children: list[_Draft], siblings: list[_Draft], end: int) -> None:
    """Put what stands too deep beside what it stands in."""
    if children and siblings and children[0].kind == siblings[-1].kind == "text":
        first = children.pop(0)
        siblings[-1].text, siblings[-1].end = siblings[-1].text + first.text, first.end
    siblings.extend([*children, _Draft("soft-break", end, end)])


def _offsets(text: str) -> Callable[[int], int]:
    """Make the function from byte offsets of the UTF-8 text to code points."""
    if text.isascii():
        return int
    starts, shifts, shift = [0], [0], 0
    for match in _CONTINUATION.finditer(text.encode("utf-8", "surrogatepass")):
        start, end = match.span()
        shift += end - start
        starts.append(end)
        shifts.append(shift)

    def to_code_points(offset: int) -> int:
        return offset - shifts[bisect_right(starts, offset) - 1]

    return to_code_points


_CONTINUATION = re.compile(rb"[\x80-\xbf]+")
"""The bytes of a character after its first."""


def _join_html(start: int, lines: list[_Draft]) -> str:
    """Join the lines of raw HTML, with blanks for the marks of quotes and lists, so that offsets in it are the note's."""
    text = "".join(line.text for line in lines)
    if "<pre" in text:
        return text  # where blanks would be seen
    aligned = ""
    for line in lines:
        aligned += " " * (line.start - start - len(aligned)) + line.text
    return aligned


def _wrap_inlines(children: list[_Draft]) -> list[_Draft]:
    """Wrap the loose inlines of a tight list item in `plain` blocks."""
    result: list[_Draft] = []
    run: list[_Draft] = []
    for child in [*children, None]:
        if child is not None and child.kind in _INLINE:
            run.append(child)
            continue
        if run:
            result.append(_Draft("plain", run[0].start, run[-1].end, run))
            run = []
        if child is not None:
            result.append(child)
    return result
