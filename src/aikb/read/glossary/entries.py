"""Read the terms of blocks that no heading names: bold words, items, definition lists, rows of tables, raw HTML, abbreviations.

What is read is an `Entry`: a label with its place, its definition, and the other names that the shape itself gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from aikb.model.glossary import Alias
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.read.glossary import shapes
from aikb.read.glossary.html_lists import with_html_lists
from aikb.read.glossary.shapes import Lead
from aikb.read.glossary.tables import row_entries
from aikb.read.glossary.vocabulary import vocabulary
from aikb.text.folding import folded

_LONGEST = 10
"""Words of a label."""
_NO_WORDS = re.compile(
    r"[\d\W_]+|(?:v(?:ersion)?\s*)?\d+(?:\.\d+)+.*|.*(?<!\d)(?:19|20)\d\d-\d\d(?:-\d\d)?\b.*", re.IGNORECASE
)
"""A number, a date or a version, as the lines of a history begin with."""
_ABBREVIATION = re.compile(r"\*\[(?P<name>[^\]\n]{1,60})\]:\s+(?P<text>\S.*)")
"""The line of an abbreviation, as Markdown Extra and MkDocs have it."""
_LETTER = 2
"""Letters of an item or bold line that sorts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as a shape gives it."""

    title: str
    span: Span
    lead: Span
    """Where the label stands."""
    blocks: tuple[Node, ...]
    listed: tuple[Alias, ...] = ()
    lang: str = ""
    """The language of the label, where the head of a column says it."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of some blocks, and which of these say something that belongs to none."""

    found: tuple[Entry, ...]
    rest: tuple[Node, ...]
    tabled: bool = False
    """Whether all of them are rows of tables."""


def read_entries(blocks: Sequence[Node], *, one: bool = False, glossary: bool = True) -> Entries:
    """Read the entries of blocks, in order. `one` allows for a single bold line over a text, as under a letter.

    In what is surely no `terms` but a note that may hold one, the plainest shapes are not looked for.
    """
    blocks = with_html_lists(blocks)
    found: list[Entry] = []
    rest: list[Node] = []
    titles = shapes.bold_titles(blocks, one=one)
    plain = shapes.plain_paragraphs(blocks) if glossary else {}
    at = 0
    while at < len(blocks):
        block, under = blocks[at], at + 1
        entries: list[Entry] = []
        if at in titles:
            under = next(
                (later for later in range(at + 1, len(blocks)) if later in titles or _sorts(blocks[later])), len(blocks)
            )
            entries = [*_titled(titles[at], block, blocks[at + 1 : under])]
        elif at in plain:
            entries = [_bold(plain[at], block, ())]
        else:
            entries = [*_of_block(block)]
            if entries and block.kind == "paragraph":
                under += _belongs(blocks[under : under + 1])
                if under > at + 1:
                    entries[-1] = replace(entries[-1], blocks=(*entries[-1].blocks, *blocks[at + 1 : under]))
            if not entries and _is_name_of(block, blocks[at + 1 : at + 2]):
                entries = [*_definition_list([[*block.children], *shapes.lines_of(blocks[at + 1])], block)]
                under += bool(entries)
        kept = [entry for entry in entries if may_be_label(entry.title)]
        found += kept
        if not entries and says_something(block):
            rest.append(block)
        at = under
    tables = sum(len([*row_entries(block)]) for block in blocks if block.kind == "table")
    return Entries(tuple(found), tuple(rest), tabled=0 < len(found) == tables)


def may_be_label(title: str) -> bool:
    """Tell whether words may be the label of a term: few, no question or sentence, no date, not what frames an entry."""
    words = title.split()
    bare = title.strip(" :*_.!—–-")
    return (
        0 < len(words) <= _LONGEST
        and not (title.rstrip(" *_").endswith("?") and len(words) > 1)
        and not _NO_WORDS.fullmatch(bare)
        and folded(bare) not in vocabulary().framing
    )


def says_something(block: Node) -> bool:
    """Tell whether a block has words that are no way to another place; pictures, rules and rows of links have none."""
    if block.kind in ("html", "rule", "comment", "heading"):
        return False
    if block.kind == "list":
        return any(says_something(child) for item in block.children for child in item.children)
    return bool(re.sub(r"[\W_]+", "", _outside_links(block)))


def _outside_links(node: Node) -> str:
    if node.kind in ("link", "image", "tag"):
        return ""
    return "".join(map(_outside_links, node.children)) if node.children else node.plain_text


def _sorts(block: Node) -> bool:
    """Tell whether a bold line is one letter, which sorts what follows."""
    alone = block.children[0] if block.kind == "paragraph" and len(block.children) == 1 else None
    return alone is not None and alone.kind == "strong" and len(alone.plain_text.strip()) < _LETTER


def _titled(strong: Node, block: Node, under: Sequence[Node]) -> Iterator[Entry]:
    """Read a bold line with what stands under it; one over entries of its own is a category."""
    inner = read_entries(under)
    if len(inner.found) > 1 and not inner.rest and not _are_parts(inner.found):
        yield from inner.found
        return
    end = under[-1].end if under else block.end
    yield _bold(Lead(strong, ()), replace(block, end=end), under)


def _are_parts(entries: Sequence[Entry]) -> bool:
    """Tell whether entries are the parts of one: `Definition`, `Example`, or names of languages."""
    return any(is_part(entry.title) for entry in entries)


def is_part(title: str) -> bool:
    """Tell whether words name a part of an entry."""
    bare = title.strip(" :")
    return folded(bare) in vocabulary().parts or bool(vocabulary().language(bare))


def _of_block(block: Node) -> Iterator[Entry]:
    if block.kind == "list":
        yield from _of_list(block)
    elif block.kind == "table":
        yield from (Entry(*row) for row in row_entries(block))
    elif block.kind == "definitions":
        yield from _defined(block)
    elif block.kind == "paragraph":
        lines = shapes.lines_of(block)
        if abbreviations := [*_abbreviations(lines)]:
            yield from abbreviations
        elif leads := shapes.leading_lines(block):
            for lead in leads:
                yield _bold(lead, Node("paragraph", lead.strong.start, (lead.rest or (lead.strong,))[-1].end), ())
        elif (only := shapes.lead_of(block) or shapes.copula_lead(block)) is not None:
            yield _bold(only, block, ())
        else:
            yield from _definition_list(lines, block)


def _belongs(following: Sequence[Node]) -> bool:
    """Tell whether the block after an entry's paragraph is a part of it: a list that no marked words lead."""
    if not following or following[0].kind != "list":
        return False
    return not any(item.children and shapes.lead_of(item.children[0]) for item in following[0].children)


def _of_list(block: Node) -> Iterator[Entry]:
    """Read the items of a list; those of a list inside, where an item only sorts."""
    plain = shapes.plain_leads(block)
    for number, item in enumerate(block.children):
        first, *more = item.children or (None,)
        if first is None:
            continue
        if defined := shapes.defined_item(item):
            yield _bold(defined, item, ())
            continue
        found = plain[number] if plain else shapes.lead_of(first) or shapes.item_lead(item)
        inside = [entry for child in more if child.kind == "list" for entry in _of_list(child)]
        sorts = len(first.plain_text.strip(" :")) < _LETTER or (
            found is not None and not found.rest and len(inside) > 1
        )
        if inside and sorts and not _are_parts(inside):
            yield from inside
        elif found is not None:
            yield _bold(found, item, more)


def _bold(found: Lead, block: Node, more: Sequence[Node]) -> Entry:
    """Make the entry of marked words, with what follows them."""
    strong = found.strong
    inner = (Node("paragraph", block.start, block.end, found.rest),) if found.rest else ()
    span = Span(block.children[0].start, block.end) if block.kind == "item" else Span(block.start, block.end)
    listed = (Alias(found.name),) if found.name else ()
    title = strong.plain_text.strip(" :\u00a0\u202f")
    return Entry(title, span, Span(strong.start, strong.end), (*inner, *more), listed)


def _abbreviations(lines: Sequence[Sequence[Node]]) -> Iterator[Entry]:
    """Read lines like `*[HTML]: Hyper Text Markup Language`; nothing where one line is none."""
    matches = [_ABBREVIATION.fullmatch(shapes.written_in(line).strip()) for line in lines]
    for line, match in zip(lines, matches, strict=True) if all(matches) else ():
        if match:
            start, end = line[0].start, line[-1].end
            text = Node("text", end - len(match["text"]), end, text=match["text"])
            listed = (Alias(match["text"], declared=False),)
            yield Entry(
                match["name"], Span(start, end), Span(start, end), (Node("paragraph", start, end, (text,)),), listed
            )


def _defined(block: Node) -> Iterator[Entry]:
    """Read a definition list that was read as one."""
    for names, said, end in shapes.defined_in(block):
        name, *others = shapes.short_lines(names)
        lead = Span(name[0].start, name[-1].end)
        listed = tuple(Alias(shapes.written_in(each), declared=False) for each in others)
        yield Entry(shapes.written_in(name), Span(lead.start, end), lead, said, listed)


def _is_name_of(block: Node, following: Sequence[Node]) -> bool:
    """Tell whether a paragraph of one line stands over a definition that a blank line parts from it."""
    if block.kind != "paragraph" or not following or following[0].kind != "paragraph":
        return False
    lines = shapes.lines_of(block)
    return (
        len(lines) == 1
        and not shapes.is_definition(lines[0])
        and shapes.is_definition(shapes.lines_of(following[0])[0])
    )


def _definition_list(lines: Sequence[Sequence[Node]], block: Node) -> Iterator[Entry]:
    """Read definition lists: `term`, and other names of it on lines of their own, then lines that begin with a colon."""
    at = 0
    while at < len(lines):
        above = list(takewhile(lambda line: not shapes.is_definition(line), lines[at:]))
        at += len(above)
        body: list[Node] = []
        while at < len(lines) and shapes.is_definition(lines[at]):
            first = lines[at][0]
            text = re.sub(r"^\s*:\s+", "", first.text)
            gap = [Node("soft-break", first.start, first.start)] if body else []
            body += [*gap, replace(first, start=first.end - len(text), text=text), *lines[at][1:]]
            at += 1
        if body and above:
            name, *others = shapes.short_lines(above)
            inner = Node("paragraph", block.start, block.end, tuple(body))
            whole = Span(block.start if name is lines[0] else name[0].start, body[-1].end)
            listed = tuple(Alias(shapes.written_in(each), declared=False) for each in others)
            yield Entry(shapes.written_in(name), whole, Span(name[0].start, name[-1].end), (inner,), listed)
