"""GitHub's reading of a note, as a tree of Nodes with spans.

pyromark (pulldown-cmark) parses CommonMark with GitHub's tables, strikethrough, task lists, footnotes, alerts and math, and
Obsidian's wikilinks. Where its reading is not GitHub's or not the reader's, single characters of the text are masked by a
noncharacter (U+FDD0 and on) before a second parse, and put back in the tree:

- `_ * ~` inside a bare address are no emphasis (GFM, "Autolinks (extension)");
- two amounts of money are no formula; an HTML comment that is never closed does not hide the rest of the note;
- Material's admonitions, details and tabs are cut out and parsed by themselves, their indentation removed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyromark

from aikb.model import Node

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

_MASKS = {char: chr(0xFDD0 + number) for number, char in enumerate("$<[]_*~")}
_REGION_MASK = "\ufddf"
_UNMASK = {ord(mask): char for char, mask in _MASKS.items()}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef]")
"""Characters that have no place in a note; the parser sees a space instead, so offsets stay."""

_MATERIAL = re.compile(
    r"""^([ ]*)((?:!!!|\?{3}\+?)[ ]?[\w-]+(?:[ ]+[\w-]+)*(?:[ ]+"[^\n]*")?[ \t]*"""
    r"""|(?:\?{3}\+?|===[!+]{0,2})[ ]+"[^"\n]*"[ \t]*)$""",
    re.MULTILINE,
)
"""The lines that open an admonition, details or a tab, as the extensions read them; nothing else may stand there."""
_ADDRESS = re.compile(r"(?<![\w/<\[=.&?#])(?<!\]\()(?:https?://|www\.)[^\s<`]+")
_DELIMITER_ROW = re.compile(r"^([ >]*+\|?[ \t]*+:?)(-[-:| \t]*+)$", re.MULTILINE)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\S.*$", re.MULTILINE)
"""Of a reference or a footnote. A block that is parsed by itself needs those of the page."""
_PROSE_MONEY = re.compile(r"\d[\d.,]*\s*\S*[\s,;:)–—-]")


def parse_blocks(text: str, depth: int = 0) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The blocks of a note, and the shortcut references (`[x]`) that nothing defines, as `text` nodes."""
    text = CONTROL.sub(" ", text)
    # pulldown-cmark does not take a tab in a table's delimiter row
    masked = _DELIMITER_ROW.sub(
        lambda match: match[1] + match[2].replace("\t", " ") if "|" in match[0] else match[0], text
    )
    masked, tree, undefined = _settled(_mask_addresses(masked))
    regions = _material(text, tree) if depth < _DEEPEST // 3 else []
    if regions:
        _, cut, still_undefined = _settled(_without(masked, regions))
        definitions = "".join(f"\n\n{match[0]}" for match in _DEFINITION.finditer(text))
        cut = tuple(_with_regions(node, regions, definitions, depth) for node in cut)
        if not any(_REGION_MASK in node.text for root in cut for node in root.walk()):
            return cut, still_undefined
    return tree, undefined


def _settled(masked: str) -> tuple[str, tuple[Node, ...], tuple[Node, ...]]:
    """The text with everything masked that its own reading shows to be no markup, and that reading."""
    for _ in range(20):
        tree, undefined = _tree(masked)
        again = _masked_again(masked, tree)
        if again == masked:
            break
        masked = again
    return masked, tree, undefined


def _mask(text: str, at: int, length: int = 1) -> str:
    piece = "".join(_MASKS.get(char, char) for char in text[at : at + length])
    return text[:at] + piece + text[at + length :]


def _mask_addresses(text: str) -> str:
    def masked(match: re.Match[str]) -> str:
        address = match[0]
        depth = 0
        for at, char in enumerate(address):
            depth += (char in "([") - (char in ")]")
            if depth < 0:
                address = address[:at]
                break
        kept = address.rstrip("?!.,:*_~'\"")
        piece = kept.replace("_", _MASKS["_"]).replace("*", _MASKS["*"]).replace("~", _MASKS["~"])
        return piece + match[0][len(kept) :]

    return _ADDRESS.sub(masked, text) if "://" in text or "www." in text else text


def _masked_again(text: str, tree: tuple[Node, ...]) -> str:
    """The text with those characters masked that this reading of it took for markup by mistake."""
    if "$" not in text and "<!--" not in text and "[[" not in text:
        return text
    for root in tree:
        for node in root.walk():
            if node.kind in ("math", "math-block"):
                width = 2 if node.kind == "math-block" else 1
                if _is_money(text, node, width):
                    text = _mask(_mask(text, node.start, width), node.end - width, width)
            elif node.kind == "html" and node.text.lstrip().startswith("<!--") and "-->" not in node.text:
                text = _mask(text, text.index("<", node.start))
            elif node.kind in ("link", "image") and node.info == "wikilink" and text[node.end : node.end + 1] == "(":
                at = node.start + (node.kind == "image")  # [[1]](address) is a link on GitHub
                text = _mask(_mask(text, at + 1), node.end - 2)
    return text


def _is_money(text: str, node: Node, width: int) -> bool:
    if width == 2:
        return False
    before, after = text[node.start - 1 : node.start], text[node.end : node.end + 1]
    if after.isalnum() or before.isalnum() or before in ("$", "\\"):
        return True
    return not re.search(r"[\\^_={}<>+|]", node.text) and bool(_PROSE_MONEY.match(node.text[:200]))


# Material's blocks ---------------------------------------------------------------------------------------------------


class _Region:
    """A Material block: the line that opens it, and its text without indentation, with the way back to the note."""

    def __init__(self, start: int, header: str, body: list[tuple[int, str]]) -> None:
        """`body` holds for each line its offset in the note, after the indentation, and what stands there."""
        self.start, self.header = start, header
        self._title = re.search(r'(?<=")[^"\n].*(?="$)', header)
        self.opening = header[: self._title.start() - 1].rstrip() if self._title else header
        self.end = body[-1][0] + len(body[-1][1])
        self.text = "\n".join(line for _, line in body)
        self._outer = [offset for offset, _ in body]
        self._inner = [0]
        for _, line in body:
            self._inner.append(self._inner[-1] + len(line) + 1)

    def caption(self) -> tuple[Node, ...]:
        """The title in quotes as inlines; a title that would be a block of another kind is plain text."""
        if self._title is None:
            return ()
        start, end = (self.start + place for place in self._title.span())
        tree = parse_blocks(self._title[0])[0]
        text = (Node("text", start, end, text=self._title[0]),)
        inlines = tree[0].children if len(tree) == 1 and tree[0].kind == "paragraph" else None
        children = text if inlines is None else tuple(_shifted(each, lambda offset: start + offset) for each in inlines)
        return (Node("caption", start, end, children),)

    def outer(self, offset: int) -> int:
        """The offset in the note of an offset in the region's text."""
        line = min(bisect_right(self._inner, offset), len(self._outer)) - 1
        return self._outer[line] + offset - self._inner[line]


def _without_indent(line: str, indent: int) -> int | None:
    """How many characters make `indent` columns at the start of the line; None if it is indented less."""
    column = 0
    for index, char in enumerate(line):
        if column >= indent:
            return index
        if char not in " \t":
            return None
        column += 4 - column % 4 if char == "\t" else 1
    return len(line)


def _material(text: str, tree: tuple[Node, ...]) -> list[_Region]:
    """Material's blocks, where they open a paragraph or follow each other."""
    if not _MATERIAL.search(text):
        return []
    openers = {
        text.rfind("\n", 0, node.start) + 1
        for root in tree
        for node in root.walk()
        if node.kind in ("paragraph", "plain")
    }
    regions: list[_Region] = []
    done = 0
    for match in _MATERIAL.finditer(text):
        follows = bool(regions) and not text[done : match.start()].strip()
        if match.start() < done or not (follows or match.start() in openers):
            continue
        indent = len(match[1]) + 4
        body: list[tuple[int, str]] = []
        at = match.end() + 1
        while at <= len(text):
            line = text[at : text.find("\n", at) % (len(text) + 1)]
            cut = _without_indent(line, indent)
            if cut is None:
                break
            body.append((at + cut, line[cut:] if line.strip() else ""))
            at += len(line) + 1
        while body and not body[-1][1]:
            body.pop()
        if body:
            regions.append(_Region(match.start(2), match[2].rstrip(), body))
            done = regions[-1].end
    return regions


def _without(text: str, regions: list[_Region]) -> str:
    """The text with a mark in the place of each region, and blanks for the rest of it."""
    for number, region in enumerate(regions):
        mark = f"{_REGION_MASK}{number}"
        blank = "".join("\n" if char == "\n" else " " for char in text[region.start + len(mark) : region.end])
        text = text[: region.start] + mark + blank + text[region.end :]
    return text


def _with_regions(node: Node, regions: list[_Region], definitions: str, depth: int) -> Node:
    """The tree with each mark replaced by the Material block it stands for."""
    if node.kind in ("paragraph", "plain"):
        first = node.children[0] if node.children else None
        if first and first.kind == "text" and first.text.startswith(_REGION_MASK):
            region = regions[int(first.text[1:].split()[0])]
            tree = parse_blocks(region.text + definitions, depth + 1)[0]
            children = tuple(_shifted(child, region.outer) for child in tree if child.start < len(region.text))
            return Node("material", region.start, region.end, (*region.caption(), *children), info=region.opening)
        return node
    if not node.children:
        return node
    return replace(node, children=tuple(_with_regions(child, regions, definitions, depth) for child in node.children))


def _shifted(node: Node, outer: Callable[[int], int]) -> Node:
    children = tuple(_shifted(child, outer) for child in node.children)
    return replace(node, start=outer(node.start), end=outer(node.end), children=children)


# Events to nodes -----------------------------------------------------------------------------------------------------

_CONTAINERS = {
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
_LEAVES = {
    "Text": "text",
    "Code": "code-span",
    "InlineMath": "math",
    "DisplayMath": "math-block",
    "Html": "html-line",
    "InlineHtml": "tag",
    "FootnoteReference": "footnote-ref",
}
_INLINE = frozenset(
    "text code-span math math-block tag footnote-ref task emphasis strong strike link image soft-break hard-break".split()
)
_WIKI = "wikilink"
_DEEPEST = 60
"""How far blocks and emphasis nest; a browser shows no more, and Python-Markdown recurses. What is deeper stands beside."""
_NESTING = frozenset({"quote", "alert", "list", "emphasis", "strong", "strike"})
_FLATTENED = "flattened"


def _tree(text: str) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    missing: list[tuple[int, int, str]] = []

    def unresolved(link: Any) -> None:
        missing.append((link["span"]["start"], link["span"]["end"], link["reference"]))

    at = _offsets(text)
    stack: list[tuple[str, int, dict[str, Any], list[Node]]] = [("root", 0, {}, [])]
    event: Any
    for event, span in pyromark.events_with_range(text, options=_OPTIONS, broken_link_callback=unresolved):
        start, end = at(span["start"]), at(span["end"])
        if isinstance(event, str):
            kind = {"SoftBreak": "soft-break", "HardBreak": "hard-break", "Rule": "rule"}[event]
            stack[-1][3].append(Node(kind, start, end))
            continue
        ((name, value),) = event.items()
        if name == "Start":
            kind, fields = _opened(value)
            too_deep = stack[-1][0] == _FLATTENED if kind == "item" else len(stack) > _DEEPEST and kind in _NESTING
            stack.append((_FLATTENED if too_deep else kind, start, fields, []))
        elif name == "End":
            kind, start, fields, children = stack.pop()
            if kind == _FLATTENED:
                stack[-1][3].extend([*children, Node("soft-break", end, end)])
            else:
                stack[-1][3].append(_closed(kind, start, end, fields, children))
        elif name == "TaskListMarker":
            stack[-1][3].append(Node("task", start, end, info="x" if value else ""))
        elif name == "FootnoteReference":
            stack[-1][3].append(Node("footnote-ref", start, end, info=value))
        else:
            stack[-1][3].append(Node(_LEAVES[name], start, end, text=value.translate(_UNMASK)))
    undefined = tuple(
        Node("text", at(start), at(end), text=label.translate(_UNMASK))
        for start, end, label in sorted(set(missing))
        if not label.startswith("^")
    )
    return tuple(stack[0][3]), undefined


def _offsets(text: str) -> Callable[[int], int]:
    """From byte offsets of the UTF-8 text to code points."""
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


def _opened(tag: Any) -> tuple[str, dict[str, Any]]:
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
    return name.lower(), {"info": info, "target": target, "title": value["title"].translate(_UNMASK)}


def _closed(kind: str, start: int, end: int, fields: dict[str, Any], children: list[Node]) -> Node:
    if kind == "code":
        return Node(kind, start, end, text="".join(child.text for child in children), **fields)
    if kind == "html":
        return Node(kind, start, end, text=_aligned(start, [child for child in children if child.end > child.start]))
    merged = _merged(children)
    if kind in ("item", "footnote", "quote", "alert"):
        merged = _grouped(merged)
    return Node(kind, start, end, tuple(merged), **fields)


def _aligned(start: int, lines: list[Node]) -> str:
    """The lines of raw HTML, with blanks for the marks of quotes and lists, so that places in it are places in the note."""
    text = "".join(line.text for line in lines)
    if "<pre" in text:
        return text  # where blanks would be seen
    aligned = ""
    for line in lines:
        aligned += " " * (line.start - start - len(aligned)) + line.text
    return aligned


def _merged(children: list[Node]) -> list[Node]:
    """With neighbouring texts made one."""
    result: list[Node] = []
    for child in children:
        if child.kind == "text" and result and result[-1].kind == "text":
            last = result.pop()
            child = Node("text", last.start, child.end, text=last.text + child.text)
        elif child.kind == "html-line":
            child = replace(child, kind="html")
        result.append(child)
    return result


def _grouped(children: list[Node]) -> list[Node]:
    """With the loose inlines of a tight list item wrapped in `plain` blocks."""
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
