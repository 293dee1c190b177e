"""Parse a note as GitHub does, into a tree of Nodes with spans.

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

from aikb.model.node import Node
from aikb.read.events import DEEPEST, MASKS, tree_of
from aikb.read.unclosed import mask_unclosed

_REGION_MASK = "\ufddf"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef]")
"""Characters that have no place in a note; the parser sees a space instead, so offsets stay."""

_MATERIAL = re.compile(
    r"""^([ ]*)((?:!!!|\?{3}\+?)[ ]?[\w-]+(?:[ ]+[\w-]+)*(?:[ ]+"[^\n]*")?[ \t]*"""
    r"""|(?:\?{3}\+?|===[!+]{0,2})[ ]+"[^"\n]*"[ \t]*)$""",
    re.MULTILINE,
)
"""The lines that open an admonition, details or a tab, as the extensions read them; nothing else may stand there."""
_ADDRESS = re.compile(r"(?<![\w/<\[=.&?#])(?<!\]\()(?:https?://|www\.)[^\s<`]+")
_ADDRESS_BEGINS = re.compile(r"https?://|www\.")
_DELIMITER_ROW = re.compile(r"^([ >]*+\|?[ \t]*+:?)(-[-:| \t]*+)$", re.MULTILINE)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\S.*$", re.MULTILINE)
"""Of a reference or a footnote. A block that is parsed by itself needs those of the page."""
_PROSE_MONEY = re.compile(r"\d[\d.,]*\s*\S*[\s,;:)–—-]")


def parse_blocks(text: str, depth: int = 0) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Parse a note into its blocks, and the shortcut references (`[x]`) that nothing defines, as `text` nodes."""
    text = mask_unclosed(CONTROL.sub(" ", text), MASKS)
    # pulldown-cmark does not take a tab in a table's delimiter row
    masked = text
    if "|" in text and "\t" in text:
        masked = _DELIMITER_ROW.sub(
            lambda match: match[1] + match[2].replace("\t", " ") if "|" in match[0] else match[0], text
        )
    masked, tree, undefined = _fixpoint(_mask_addresses(masked))
    regions = _find_material(text, tree) if depth < DEEPEST // 3 else []
    if regions:
        _, cut, still_undefined = _fixpoint(_cut_regions(masked, regions))
        definitions = "".join(f"\n\n{match[0]}" for match in _DEFINITION.finditer(text))
        cut = tuple(_insert_regions(node, regions, definitions, depth) for node in cut)
        if not any(_REGION_MASK in node.text for root in cut for node in root.walk()):
            return cut, still_undefined
    return tree, undefined


def _fixpoint(masked: str) -> tuple[str, tuple[Node, ...], tuple[Node, ...]]:
    """Parse and mask what proves to be no markup until nothing changes: the text, its blocks, its references."""
    for _ in range(20):
        tree, undefined = tree_of(masked)
        again = _mask_mistakes(masked, tree)
        if again == masked:
            break
        masked = again
    return masked, tree, undefined


def _mask(chars: list[str], at: int, length: int = 1) -> None:
    chars[at : at + length] = [MASKS.get(char, char) for char in chars[at : at + length]]


def _mask_addresses(text: str) -> str:
    if "://" not in text and "www." not in text:
        return text
    pieces: list[str] = []
    done = 0
    for beginning in _ADDRESS_BEGINS.finditer(text):  # a search for the whole looks behind every character
        start = beginning.start()
        if start >= done and (match := _ADDRESS.match(text, start)):
            pieces += text[done:start], _mask_address(match[0])
            done = match.end()
    return "".join([*pieces, text[done:]])


def _mask_address(text: str) -> str:
    address = text
    depth = 0
    for at, char in enumerate(address):
        depth += (char in "([") - (char in ")]")
        if depth < 0:
            address = address[:at]
            break
    kept = address.rstrip("?!.,:*_~'\"")
    piece = kept.replace("_", MASKS["_"]).replace("*", MASKS["*"]).replace("~", MASKS["~"])
    return piece + text[len(kept) :]


def _mask_mistakes(text: str, tree: tuple[Node, ...]) -> str:
    """Mask those characters that this reading of the text took for markup by mistake."""
    if "$" not in text and "<!--" not in text and "[[" not in text:
        return text
    chars = list(text)  # changed in place: a text is not written anew for every amount of money in it
    for root in tree:
        for node in root.walk():
            if node.kind == "math":
                if _is_money(chars, node):
                    _mask(chars, node.start)
                    _mask(chars, node.end - 1)
            elif node.kind == "html" and node.text.lstrip().startswith("<!--") and "-->" not in node.text:
                _mask(chars, chars.index("<", node.start))
            elif node.kind in ("link", "image") and node.info == "wikilink" and chars[node.end : node.end + 1] == ["("]:
                at = node.start + (node.kind == "image")  # [[1]](address) is a link on GitHub
                _mask(chars, at + 1)
                _mask(chars, node.end - 2)
    return "".join(chars)


def _is_money(chars: list[str], node: Node) -> bool:
    before = chars[node.start - 1] if node.start else ""
    after = chars[node.end] if node.end < len(chars) else ""
    if after.isalnum() or before.isalnum() or before in ("$", "\\"):
        return True
    return not re.search(r"[\\^_={}<>+|]", node.text) and bool(_PROSE_MONEY.match(node.text[:200]))


# Material's blocks ---------------------------------------------------------------------------------------------------


class _Region:
    """A Material block: the line that opens it, and its text without indentation, with the way back to the note."""

    def __init__(self, start: int, header: str, body: list[tuple[int, str]]) -> None:
        """Take `body`, for each line its offset in the note, after the indentation, and what stands there."""
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
        """Parse the title in quotes as inlines; a title that would be a block of another kind is plain text."""
        if self._title is None:
            return ()
        start, end = (self.start + place for place in self._title.span())
        tree = parse_blocks(self._title[0])[0]
        text = (Node("text", start, end, text=self._title[0]),)
        inlines = tree[0].children if len(tree) == 1 and tree[0].kind == "paragraph" else None
        children = text if inlines is None else tuple(_shifted(each, lambda offset: start + offset) for each in inlines)
        return (Node("caption", start, end, children),)

    def outer(self, offset: int) -> int:
        """Convert an offset in the region's text to the offset in the note."""
        line = min(bisect_right(self._inner, offset), len(self._outer)) - 1
        return self._outer[line] + offset - self._inner[line]


def _without_indent(line: str, indent: int) -> int | None:
    """Count the characters that make `indent` columns at the start of the line; None if it is indented less."""
    column = 0
    for index, char in enumerate(line):
        if column >= indent:
            return index
        if char not in " \t":
            return None
        column += 4 - column % 4 if char == "\t" else 1
    return len(line)


def _find_material(text: str, tree: tuple[Node, ...]) -> list[_Region]:
    """Find Material's blocks, where they open a paragraph or follow each other."""
    if not any(mark in text for mark in ("!!!", "???", "===")) or not _MATERIAL.search(text):
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


def _cut_regions(text: str, regions: list[_Region]) -> str:
    """Replace each region of the text by a mark, and blanks for the rest of it."""
    out, done = [], 0
    for number, region in enumerate(regions):
        mark = f"{_REGION_MASK}{number}"
        blank = re.sub(r"[^\n]", " ", text[region.start + len(mark) : region.end])
        out += [text[done : region.start], mark, blank]
        done = region.end
    return "".join([*out, text[done:]])


def _insert_regions(node: Node, regions: list[_Region], definitions: str, depth: int) -> Node:
    """Replace each mark in the tree by the Material block it stands for."""
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
    return replace(node, children=tuple(_insert_regions(child, regions, definitions, depth) for child in node.children))


def _shifted(node: Node, outer: Callable[[int], int]) -> Node:
    children = tuple(_shifted(child, outer) for child in node.children)
    return replace(node, start=outer(node.start), end=outer(node.end), children=children)
