"""Recognise the shapes that definitions have without a heading of their own.

They are bold words before a text or above it, definition lists, rows of a table; a link, code or words in italics before a
colon or a dash; and plain words before one, where all items of a list, lines or paragraphs are of that shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from aikb.model.node import Node
from aikb.read.glossary.vocabulary import vocabulary


def lines_of(block: Node) -> list[list[Node]]:
    """Split the inlines of a paragraph into lines."""
    lines: list[list[Node]] = [[]]
    for node in block.children:
        if node.kind in ("soft-break", "hard-break"):
            lines.append([])
        else:
            lines[-1].append(node)
    return [line for line in lines if line] or [[]]


def is_definition(line: Sequence[Node]) -> bool:
    """Tell whether a line of a paragraph is the definition in a definition list: it begins with a colon."""
    return bool(line) and line[0].kind == "text" and bool(re.match(r"\s*:\s+\S|\s*:\s+$", line[0].text))


def defined_in(block: Node) -> Iterator[tuple[list[Sequence[Node]], tuple[Node, ...], int]]:
    """Split a definition list that was read as one: the names above, the blocks that say what they are, and where these end."""
    rest = list(block.children)
    while names := list(takewhile(lambda node: node.kind == "defined", rest)):
        said = list(takewhile(lambda node: node.kind == "definition", rest[len(names) :]))
        rest = rest[len(names) + len(said) :]
        blocks = [each for one in said for each in one.children]
        if blocks:
            texts = tuple(replace(each, kind="paragraph") if each.kind == "plain" else each for each in blocks)
            yield [each.children for each in names], texts, said[-1].end


def written_in(line: Sequence[Node]) -> str:
    """Write a line as plain text."""
    return "".join(node.plain_text for node in line)


def short_lines(lines: Sequence[Sequence[Node]]) -> Sequence[Sequence[Node]]:
    """Find the names right above a definition: the last line, and the short ones before it that end no sentence."""
    first = len(lines) - 1
    while (
        first
        and (text := written_in(lines[first - 1]).strip())
        and len(text.split()) <= _WORDS
        and text[-1] not in ".:!?"
    ):
        first -= 1
    return lines[first:]


_BLANKS = re.compile(r"\s*")
_AFTER_LEAD = re.compile(r"^\s*(?:[:—–]|--?\s|=>?\s|→)\s*")
_NAME_AFTER = re.compile(r"^\s*\((?P<name>[^\W\d_][^()]{0,60})\)(?=\s*(?:[:—–]|--?\s|=>?\s|→))")
"""Another name in brackets, before the colon or the dash; `(n.)` and `(f)` are none."""
CLASS_OF_WORDS = re.compile(
    r"(?:n|v|vb|adj|adv|nm|nf|n\.\s?m|n\.\s?f|m|f|pl|plur|sing|noun|verb|adjective|adverb|nom|verbe|adjectif|adverbe|acronym|acronyme"
    r"|abbr|abbrev|abrév|sigle|mod)\b\.?(?:[,\s]\s?[\w.]+){0,3}",
    re.IGNORECASE,
)
"""Which class of words a label is of, as dictionaries say it: `n.`, `verb`, `noun, uncountable`."""
_ASIDE = re.compile(r"\s*[\[(][^\[\]()]{1,60}[\])]\s*")


_MARKED = ("emphasis", "code-span", "link")
"""What may stand for a term before a colon or a dash, but is none by itself."""
_AND = re.compile(r"\s*(?:[,/]|and|et|or|ou)\s*", re.IGNORECASE)
"""What stands between two marked names."""
_NUMBERED = re.compile(r"\s*(?:\(\d{1,3}\)|\d{1,3}[.)])\s+")
_PLAIN = re.compile(
    r"(?P<label>[^\W_](?:[^:—–()\[\].,;!?]|\.(?!\s)){0,50}?(?:\s\([^()]{2,60}\))?)(?P<between>\s+(?:[—–-]|--|=|→|=>)\s+|\s?:\s+)(?=\S|\Z)"
)
"""Plain words before a colon or a dash."""
_SEVERAL = 2
_WORDS = 5
"""Words of a term that nothing marks but what follows it."""


@dataclass(frozen=True, slots=True)
class Lead:
    """The words a paragraph begins with, and what they stand before."""

    strong: Node
    rest: tuple[Node, ...]
    name: str = ""
    """Another name, in brackets after the words."""


def lead_of(block: Node) -> Lead | None:
    """Split off the bold words a paragraph begins with: a colon, a dash or the line's end is between them and the rest.

    Another name in brackets may stand between, or an aside in italics, `*[AI]*`, which stays with the rest. What is not bold
    but marked otherwise has a colon or a dash behind it.
    """
    if block.kind not in ("paragraph", "plain") or not block.children:
        return None
    strong, *rest = block.children
    if strong.kind == "text" and rest and _NUMBERED.fullmatch(strong.text):
        strong, *rest = rest
    if strong.kind in _MARKED and len(strong.plain_text.split()) <= _WORDS and "://" not in strong.target:
        return _marked_lead(strong, rest)
    if strong.kind != "strong":
        return None
    aside, rest = _aside(rest)
    if len(rest) > _SEVERAL and rest[0].kind == "text" and rest[1].kind == "strong" and _AND.fullmatch(rest[0].text):
        return _marked_lead(strong, rest)
    if not aside and (bracketed := _name_in_brackets(rest)):
        name, rest = bracketed
        found = _marked_lead(strong, rest)
        return replace(found, name=name) if found else None
    if not rest:
        return None
    first, name = rest[0], ""
    if first.kind == "text" and (named := _NAME_AFTER.match(first.text)):
        name = "" if CLASS_OF_WORDS.fullmatch(named["name"]) else named["name"].strip()
        first = replace(first, start=first.start + named.end(), text=first.text[named.end() :])
    after = _BLANKS if strong.plain_text.rstrip().endswith(":") else _AFTER_LEAD
    match = after.match(first.text) if first.kind == "text" else None
    if match is None and after is _BLANKS:
        return Lead(strong, (*aside, *rest))
    if match is None:
        broken = first.kind in ("soft-break", "hard-break") and rest[1:]
        return Lead(strong, (*aside, *rest) if aside else tuple(rest[1:])) if broken else None
    kept = replace(first, start=first.start + match.end(), text=first.text[match.end() :])
    if aside and kept.text:
        kept = replace(kept, text=f" {kept.text}")
    return Lead(strong, (*aside, *((kept, *rest[1:]) if kept.text else rest[1:])), name)


def _marked_lead(strong: Node, rest: Sequence[Node]) -> Lead | None:
    """Split off what is marked before a colon or a dash."""
    name = ""
    if len(rest) > _SEVERAL and rest[0].kind == "text" and rest[1].kind == strong.kind and _AND.fullmatch(rest[0].text):
        name, rest = rest[1].plain_text.strip(), rest[2:]
    match = _AFTER_LEAD.match(rest[0].text) if rest and rest[0].kind == "text" else None
    if match is None:
        return None
    kept = replace(rest[0], start=rest[0].start + match.end(), text=rest[0].text[match.end() :])
    after = (kept, *rest[1:]) if kept.text else tuple(rest[1:])
    return Lead(strong, after, name) if after else None


def _name_in_brackets(rest: Sequence[Node]) -> tuple[str, list[Node]] | None:
    """Find another name in italics inside brackets, `(*halyard* en anglais)`: the name, and what stands behind them."""
    if len(rest) < 3 or rest[0].kind != "text" or rest[1].kind != "emphasis" or rest[2].kind != "text":
        return None
    before, bracket, after = rest[2].text.partition(")")
    if (
        not re.fullmatch(r"\s*\([\w. ]{0,12}", rest[0].text)
        or not bracket
        or not re.fullmatch(r"[\w ,.]{0,24}", before)
    ):
        return None
    start = rest[2].end - len(after)
    return rest[1].plain_text.strip(), [replace(rest[2], start=start, text=after), *rest[3:]]


def plain_leads(block: Node) -> list[Lead]:
    """Split off the plain words that all items of a list begin with, before a colon or a dash; none where one item does not."""
    leads: list[Lead] = []
    for item in block.children:
        first = item.children[0] if item.children else None
        lead = _plain_lead(first.children) if first and first.kind in ("paragraph", "plain") else None
        if lead is None:
            return []
        leads.append(lead)
    return leads if len(leads) > 1 else []


def plain_paragraphs(blocks: Sequence[Node]) -> dict[int, Lead]:
    """Split off the plain words that most paragraphs begin with, before a colon or a dash, by number; two at least."""
    found: dict[int, Lead] = {}
    paragraphs = [at for at, block in enumerate(blocks) if block.kind == "paragraph"]
    for at in paragraphs:
        if len(lines_of(blocks[at])) == 1 and (lead := _plain_lead(blocks[at].children)):
            found[at] = lead
    others = sum(lead_of(blocks[at]) is None for at in paragraphs if at not in found)
    return found if len(found) > 1 and len(found) > 2 * max(others - 1, 0) else {}


def leading_lines(block: Node) -> list[Lead]:
    """Split the lines of a paragraph that begin with marked words each, or all with plain ones; none where one does not."""
    lines = lines_of(block)
    if len(lines) < _SEVERAL:
        return []
    wholes = [Node("paragraph", line[0].start, line[-1].end, tuple(line)) for line in lines]
    marked = [lead_of(whole) for whole in wholes]
    leads = marked if any(marked) else [_plain_lead(line) for line in lines]
    return [lead for lead in leads if lead] if all(leads) else []


def _plain_lead(line: Sequence[Node]) -> Lead | None:
    text = line[0] if line else None
    match = _PLAIN.match(text.text) if text and text.kind == "text" else None
    if not text or not match or len(match["label"].split()) > _WORDS:
        return None
    name = Node("text", text.start, text.start + match.end("label"), text=match["label"])
    rest = replace(text, start=text.start + match.end(), text=text.text[match.end() :])
    return Lead(name, ((rest,) if rest.text else ()) + tuple(line[1:]))


def copula_lead(block: Node) -> Lead | None:
    """Split off the bold subject of a sentence that says what it is: `**Sheet** is a rope`; the sentence stays whole."""
    if not block.children or block.children[0].kind != "strong" or len(block.children) < 2:
        return None
    strong, after = block.children[:2]
    if after.kind == "text" and vocabulary().copula.match(after.text):
        return Lead(strong, block.children)
    return None


def item_lead(item: Node) -> Lead | None:
    """Take the marked words that an item consists of for a lead, where blocks of it follow; or its bold subject."""
    first = item.children[0]
    if first.kind not in ("paragraph", "plain"):
        return None
    alone = first.children[0] if len(first.children) == 1 else None
    if (
        alone is not None
        and alone.kind in ("strong", *_MARKED)
        and len(item.children) > 1
        and "://" not in alone.target
    ):
        return Lead(alone, ())
    return copula_lead(first)


def defined_item(item: Node) -> Lead | None:
    """Take an item over a list whose items begin with a colon for a term and its definition, as the MDN writes them."""
    first, *more = item.children
    inner = more[0].children if len(more) == 1 and more[0].kind == "list" else ()
    lines = [each.children[0] for each in inner if each.children and each.children[0].kind in ("paragraph", "plain")]
    if not lines or len(lines) < len(inner) or not all(is_definition(line.children) for line in lines):
        return None
    rest: list[Node] = []
    for line in lines:
        text, *others = line.children
        written = text.text.lstrip().removeprefix(":").lstrip()
        gap = [Node("soft-break", text.start, text.start)] if rest else []
        rest += [*gap, replace(text, start=text.end - len(written), text=written), *others]
    return Lead(Node("strong", first.start, first.end, first.children), tuple(rest))


def bold_titles(blocks: Sequence[Node], *, one: bool = False) -> dict[int, Node]:
    """Find paragraphs that are bold and nothing else, each over a text, as headings would be: the bold words, by number.

    One alone is a remark, unless `one` is enough; a letter sorts, and two in a row are no titles.
    """
    found: dict[int, Node] = {}
    for at, block in enumerate(blocks[:-1]):
        alone = block.children[0] if block.kind == "paragraph" and len(block.children) == 1 else None
        title = alone.plain_text.strip() if alone is not None and alone.kind == "strong" else ""
        if alone and len(title) > 1 and len(title.split()) <= _WORDS + 2 and title[-1] not in ".?!":
            found[at] = alone
    under = {at: alone for at, alone in found.items() if at + 1 not in found and blocks[at + 1].kind in _UNDER}
    return under if len(under) > (not one) and 2 * len(under) > len(found) else {}


_UNDER = ("paragraph", "list", "quote", "code", "table")
"""What may stand under a bold line that is a title."""


def _aside(rest: list[Node]) -> tuple[list[Node], list[Node]]:
    """Split off an aside in italics and brackets that stands between bold words and the text."""
    at = 1 if len(rest) > 1 and rest[0].kind == "text" and not rest[0].text.strip() else 0
    if at < len(rest) and rest[at].kind == "emphasis" and _ASIDE.fullmatch(rest[at].plain_text):
        return rest[at : at + 1], rest[at + 1 :]
    return [], rest
