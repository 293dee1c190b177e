"""Parse a note as GitHub does, into a tree of Nodes with spans.

pyromark (pulldown-cmark) parses CommonMark with GitHub's tables, strikethrough, task lists, footnotes, alerts and math, and
Obsidian's wikilinks. Where its reading is not GitHub's or not the reader's, single characters of the text are masked by a
noncharacter (U+FDD0 and on) before a second parse, and put back in the tree:

- `_ * ~` inside a bare address are no emphasis (GFM, "Autolinks (extension)");
- two amounts of money are no formula, and the lines of one no lists; an HTML comment without an end does not hide the rest;
- the title of a callout is a block by itself; what the author hid (`comments`) is no character at all;
- Material's admonitions, details and tabs, and boxes of other tools, are cut out and parsed by themselves, without indentation;
- definition lists likewise, where the user has switched them on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self, TypeAlias

from aikb.model.node import Node
from aikb.model.source import Span
from aikb.read.markdown.boxes import Box, find_boxes, may_have_boxes
from aikb.read.markdown.callouts import title_of, with_callouts
from aikb.read.markdown.comments import masked as masked_comments
from aikb.read.markdown.dedented import Dedented, shifted, without_indent
from aikb.read.markdown.definition_lists import with_definition_lists
from aikb.read.markdown.events import DEEPEST, FORMULA, MASKS, tree_of
from aikb.read.markdown.formulas import displayed, is_money, is_shell, with_formulas
from aikb.read.markdown.html_blocks import with_markdown_in_html
from aikb.read.markdown.linked_pictures import brackets_in_link, with_linked_pictures
from aikb.read.markdown.unclosed import mask_unclosed
from aikb.text.reserved import CONTROL

_REGION_MASK = "\ufddf"
_FIRST = 0xF0000
"""The code point behind the mask of the first region."""
_Inner: TypeAlias = Callable[[str], tuple[Node, ...]]
"""Parses a piece of a text by itself."""
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


def parse_blocks(
    text: str, hidden: Iterable[Span] = (), *, definitions: bool = False
) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Parse a note into its blocks, and the shortcut references (`[x]`) that nothing defines, as `text` nodes.

    `hidden` are stretches that the author hid; `definitions`, whether definition lists are read. For a control character the
    parser sees a space, so offsets stay.
    """
    return _parse(mask_unclosed(masked_comments(CONTROL.sub(" ", text), hidden), MASKS), 0, definitions)


def _parse(text: str, depth: int, lists: bool) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Parse a text, `depth` regions deep, with definition `lists` or without."""
    # pulldown-cmark does not take a tab in a table's delimiter row
    masked = text
    if "|" in text and "\t" in text:
        masked = _DELIMITER_ROW.sub(
            lambda match: match[1] + match[2].replace("\t", " ") if "|" in match[0] else match[0], text
        )
    masked, tree, undefined = _fixpoint(_mask_addresses(masked), text, lists)
    regions = _find_material(text, tree) if depth < DEEPEST // 3 else []
    blank: list[Span] = []
    if may_have_boxes(text) and depth < DEEPEST // 3:
        boxes, blank = find_boxes(text, tree)
        regions = _outermost([*regions, *map(_Region.of, boxes)])
    lists = lists and depth < DEEPEST // 3
    if not regions and not blank and not lists:
        return tree, undefined
    inner: _Inner = lambda piece: _parse(piece, depth + 1, lists)[0]  # noqa: E731
    references = "".join(f"\n\n{match[0]}" for match in _DEFINITION.finditer(text))
    if regions or blank:
        _, cut, still_undefined = _fixpoint(_cut_regions(masked, regions, blank), text, lists)
        cut = tuple(_insert_regions(node, regions, inner, references) for node in cut)
        if not any(_REGION_MASK in node.text for root in cut for node in root.walk()):
            tree, undefined = cut, still_undefined
    return with_definition_lists(tree, text, inner, references) if lists else tree, undefined


def _fixpoint(masked: str, text: str, lists: bool) -> tuple[str, tuple[Node, ...], tuple[Node, ...]]:
    """Parse and mask what proves to be no markup until nothing changes: the masked text, its blocks, its references."""
    for _ in range(20):
        tree, undefined = tree_of(masked)
        again = _mask_mistakes(masked, tree)
        if again == masked:
            break
        masked = again
    if "$" in text or "math" in text:
        tree = tuple(with_formulas(node, text) for node in tree)
    tree = with_linked_pictures(tree, text)
    if "[!" in text:
        tree = tuple(with_callouts(node, text) for node in tree)
    if "markdown" in text and "<" in text:
        tree = tuple(
            each for node in tree for each in with_markdown_in_html(node, lambda piece: _parse(piece, 0, lists)[0])
        )
    return masked, tree, undefined


def _mask(chars: list[str], at: int, length: int = 1) -> None:
    chars[at : at + length] = [MASKS.get(char, char) for char in chars[at : at + length]]


def _mask_each(chars: list[str], places: Iterable[int]) -> None:
    for at in places:
        _mask(chars, at)


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
    if not any(mark in text for mark in ("$", "<!--", "[[", "[!")):
        return text
    chars = list(text)  # changed in place: a text is not written anew for every amount of money in it
    for start, end in displayed(text, tree) if "$$" in text else ():
        chars[start:end] = FORMULA * (end - start)
    for root in tree:
        for node in root.walk():
            if node.kind == "math":
                if "$" in node.text.replace("\\$", ""):
                    _mask(chars, node.start)  # an amount of money before it, or before a formula
                elif is_money(chars, node) or is_shell(chars, node):
                    _mask(chars, node.start)
                    _mask(chars, node.end - 1)
            elif node.kind == "html" and node.text.lstrip().startswith("<!--") and "-->" not in node.text:
                _mask(chars, chars.index("<", node.start))
            elif node.kind == "image" and node.info != "wikilink":
                _mask_each(chars, brackets_in_link(text, node))
            elif node.kind == "quote" and (title := title_of(text, node)) is not None:
                chars[title : title + 2] = "# "
            elif (
                node.kind in ("link", "image")
                and node.info == "wikilink"
                and (not node.target.strip(" #|") or chars[node.end : node.end + 1] == ["("])
            ):
                at = node.start + (node.kind == "image")  # [[ ]] is text, [[1]](address) a link on GitHub
                _mask(chars, at + 1)
                _mask(chars, node.end - 2)
    return "".join(chars)


# Material's blocks ---------------------------------------------------------------------------------------------------


class _Region:
    """A Material block: the line that opens it, and its text without indentation, with the way back to the note."""

    def __init__(self, start: int, header: str, body: list[tuple[int, str]]) -> None:
        """Take `body`, for each line its offset in the note, after the indentation, and what stands there."""
        self.start, self.header = start, header
        self._title = re.search(r'(?<=")[^"\n].*(?="$)', header)
        self.opening = header[: self._title.start() - 1].rstrip() if self._title else header
        self._named = start + self._title.start() if self._title else start
        self.body = Dedented(body)
        self.end = self.body.end

    @classmethod
    def of(cls, box: Box) -> Self:
        """Make one of a box of another tool."""
        region = cls(box.start, box.opening, list(box.body))
        region.end, region._named = box.end, box.title.start if box.title else region._named
        return region

    def caption(self) -> tuple[Node, ...]:
        """Parse the title in quotes as inlines; a title that would be a block of another kind is plain text."""
        if self._title is None:
            return ()
        start, end = self._named, self._named + len(self._title[0])
        tree = _parse(self._title[0], 0, False)[0]
        text = (Node("text", start, end, text=self._title[0]),)
        inlines = tree[0].children if len(tree) == 1 and tree[0].kind == "paragraph" else None
        children = text if inlines is None else tuple(shifted(each, lambda offset: start + offset) for each in inlines)
        return (Node("caption", start, end, children),)


def _openers(node: Node, text: str) -> Iterator[int]:
    """List where the lines of a paragraph begin that may open a block: its first, and those under it, if no further in.

    A line at the margin under a quotation or an item, which goes on with its paragraph elsewhere, opens one too.
    """
    if node.kind in ("paragraph", "plain"):
        first = text.rfind("\n", 0, node.start) + 1
        yield first
        margin = node.start - first
        for match in _MATERIAL.finditer(text, node.start, node.end):
            if len(match[1]) < margin + 4:
                yield match.start()


def _find_material(text: str, tree: tuple[Node, ...]) -> list[_Region]:
    """Find Material's blocks, where they open a paragraph or follow each other."""
    if not any(mark in text for mark in ("!!!", "???", "===")) or not _MATERIAL.search(text):
        return []
    openers = {start for root in tree for node in root.walk() for start in _openers(node, text)}
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
            cut = without_indent(line, indent)
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


def _outermost(regions: list[_Region]) -> list[_Region]:
    """Leave out the regions that lie in others, which are found when these are read."""
    kept: list[_Region] = []
    for region in sorted(regions, key=lambda each: (each.start, -each.end)):
        if not kept or region.start >= kept[-1].end:
            kept.append(region)
    return kept


def _cut_regions(text: str, regions: list[_Region], empty: Sequence[Span] = ()) -> str:
    """Replace each region of the text by a mark and blanks, and by blanks what is to be `empty`; none lies in another.

    A mark is a heading, which may stand right under a paragraph.
    """
    out, done = [], 0
    marks = [
        (region.start, region.end, f"# {_REGION_MASK}{chr(_FIRST + number)}") for number, region in enumerate(regions)
    ]
    for start, end, mark in sorted([*marks, *((span.start, span.end, "") for span in empty)]):
        blank = re.sub(r"[^\n]", " ", text[start + len(mark) : end])
        out += [text[done:start], mark, blank]
        done = end
    return "".join([*out, text[done:]])


def _insert_regions(node: Node, regions: list[_Region], parse: _Inner, references: str) -> Node:
    """Replace each mark in the tree by the Material block it stands for."""
    if node.kind == "heading":
        first = node.children[0] if node.children else None
        if first and first.kind == "text" and first.text.startswith(_REGION_MASK):
            region = regions[ord(first.text[1]) - _FIRST]
            children = region.body.blocks(parse, references)
            if not region.opening:
                return children[0] if children else node
            return Node("material", region.start, region.end, (*region.caption(), *children), info=region.opening)
        return node
    if not node.children:
        return node
    return node.with_children([_insert_regions(child, regions, parse, references) for child in node.children])
