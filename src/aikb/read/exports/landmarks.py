"""Find where the highlights of a Markdown export begin, and whether a file is one: by its headings, or by its items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from aikb.read.exports.format import Text
from aikb.read.exports.labels import LABEL, LOOSE, PASSAGE_ADDRESS

GROUP = re.compile(
    r"^#{1,4} +[^\w\s#]{0,3} ?(?:my |kindle |readwise |mes |meine )?(?P<title>"
    r"(?:Highlights|Surlignages|Surlignements|Passages surlignés|Annotations|Markierungen|Hervorhebungen|Subrayados|Destacados"
    r"|Destaques|Evidenziazioni|Markeringen)(?=\s*(?:$|[:\[#(]|\d|first |&|and ))[^\n]*"
    r"|New highlights added\b.*|Nouveaux surlignages\b.*)$",
    re.IGNORECASE,
)
ITEM = re.compile(r"^(?P<marker>[-*+](?: {1,3}|\t|$))")
_MARGIN_ITEM = re.compile(r"^[-*+][ \t]", re.MULTILINE)
NUMBERED = re.compile(r"^(?P<marker>\d{1,4}[.)](?: {1,3}|\t))")
"""An item of a list that its reader has numbered."""
_LANDMARK = re.compile(rf"(?:{GROUP.pattern})|^(?P<fence>`{{3,}}|~{{3,}})", re.IGNORECASE | re.MULTILINE)
"""A heading of highlights, or a fence: what is in one is an example."""
_ADDRESS = re.compile(rf"{PASSAGE_ADDRESS}|^(?P<fence>`{{3,}}|~{{3,}})", re.MULTILINE)
_METADATA = re.compile(r"^#{1,4} +(?:Metadata|Métadonnées)\b", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(
    r"^(?:[-*+] +)?\*{0,2}[A-Za-zÀ-ÿ][\w À-ÿ-]{0,40}\*{0,2} ?:{1,2}(?:\*{0,2}\s|\s*$)|^\s*!\[|^\s*\[[^\]]*\]\([^)]*\)\s*$|^#"
)
"""A line that says something of the work."""
_BLOCK = re.compile(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_HEAD = 24
"""Words that may stand above the passages of an export, besides what is said of the work."""
_TAIL = 4_000
_SAYS = ("source", "via", "doc_type", "type", "from", "app", "category")
"""Keys of front matter whose value may name a program."""
_PROGRAMS = frozenset(
    "readwise kindle kobo koreader glasp hypothesis omnivore instapaper raindrop snipd matter moonreader ibooks".split()
)
_TWO = 2
"""Items that make an export; one does, where a tag or a folder says so."""
_AGAIN = re.compile(
    r"^(?:#{1,2} [^\n]*\n(?:[ \t]*\n|!\[[^\n]*\n)*)?#{2,3} Metadata[ \t]*$"
    r"|^---[ \t]*\n(?=(?:[\w -]+:[^\n]*\n|[ \t]+[^\n]*\n|- [^\n]*\n)+---[ \t]*$)",
    re.MULTILINE,
)
"""The head of another export: its title and metadata, or front matter."""


def is_readwise(text: Text) -> bool:
    """Detect a Markdown file that says that it is an export and has a heading for highlights, or whose items are passages."""
    start = first_group(text)
    return first_item(text) is not None if start is None else is_marked(text, start)


def is_marked(text: Text, start: int) -> bool:
    """Tell whether a file with a heading of highlights at `start` is an export: by its head, its place, or its links.

    A report or a paper may have such a heading, too, and a diary may speak of Readwise anywhere.
    """
    source = text.source.text
    head = source[:start]
    return bool(
        "rw-book-cover" in source
        or "readwise" in source[: text.offset].casefold()
        or says_readwise(text)
        or _says_program(text)
        or _METADATA.search(head)
        or next(_ends(text, start), None) is not None
    )


def first_group(text: Text, end: int | None = None) -> int | None:
    """Find where the first heading of highlights begins."""
    fence = ""
    for match in _LANDMARK.finditer(text.source.text, text.offset, len(text.source.text) if end is None else end):
        mark = match["fence"]
        if not mark and not fence:
            return match.start()
        if mark and (not fence or mark.startswith(fence)):
            fence = "" if fence else mark
    return None


def first_item(text: Text) -> int | None:
    """Find where the first item of a file begins without a heading of highlights, if its items end in links to passages."""
    ends = ((at, line) for at, line in _ends(text, text.offset) if not line.startswith((">", "|")))
    found = [at for at, line in ends if not (ITEM.match(line) and LOOSE.match(line))]  # a link alone is a list of links
    if len(found) < (1 if says_readwise(text) else _TWO):
        return None
    source = text.source.text
    items = [at for at in _items(source, text.offset) if at <= found[-1]]
    starts = [max((at for at in items if at <= end), default=-1) for end in found[:_TWO]]
    return starts[0] if starts[0] >= 0 and len(set(starts)) == len(starts) else None


def first_quote(text: Text) -> int | None:
    """Find where the first passage begins of a file without a heading of highlights: a block quote, or a paragraph.

    A note of one's own may quote highlights, too: where no tag or folder says otherwise, most words are of passages.
    """
    source = text.source.text
    found = [at for at, line in _ends(text, text.offset) if not line.startswith("|")]
    start = _start_of_passage(source, found[0], text.offset) if found else len(source)
    first = source[start : source.find("\n", start)]
    if not first or ITEM.match(first) or NUMBERED.match(first):
        return None
    if says_readwise(text) or (len(found) >= _TWO and _mostly_passages(source, start, found)):
        return start
    return None


def first_row(text: Text) -> int | None:
    """Find where the table begins whose rows end in links to passages."""
    source = text.source.text
    start = next((at for at, line in _ends(text, text.offset) if line.startswith("|")), None)
    while start is not None and source[source.rfind("\n", 0, start - 1) + 1 : start].startswith("|"):
        start = source.rfind("\n", 0, start - 1) + 1
    return start


def _start_of_passage(source: str, at: int, least: int) -> int:
    """Find where the passage begins that ends in a link: its block, or the one above a link that stands alone."""
    start = _start_of_block(source, at, least)
    above = source[least:start].rstrip()
    if start == at and LOOSE.match(source[at : source.find("\n", at)]) and above:
        begin = _start_of_block(source, least + len(above), least)
        return start if source.startswith(("#", "---", "***"), begin) else begin
    return start


def _start_of_block(source: str, at: int, least: int) -> int:
    """Find where the block begins that ends in a link: a line of its own below a block quote belongs to that."""
    start = at
    while start > least:
        above = source.rfind("\n", 0, start - 1) + 1
        line = source[above : start - 1]
        if above < least or not line.strip() or line.startswith(("#", "---", "***")):
            break
        start = above
    return start


def _mostly_passages(source: str, start: int, ends: list[int]) -> bool:
    """Tell whether half of the words from the first passage on are of passages, and few stand above."""
    blocks = [match for match in _BLOCK.finditer(source, start) if not match[0].startswith("#")]
    marks = iter([*ends, len(source)])
    following = next(marks)
    holding = set[int]()
    for at, match in enumerate(blocks):
        if match[0].startswith(">"):
            holding.add(at)
        while following < match.end():
            holding |= {at, at - 1} if LOOSE.match(match[0].split("\n", 1)[0]) else {at}
            following = next(marks)
    sizes = [len(match[0].split()) for match in blocks]
    passages = sum(size for at, size in enumerate(sizes) if at in holding)
    others = sum(sizes) - passages
    above = sum(len(line.split()) for line in source[:start].split("\n") if not _FIELD.match(line))
    return passages >= others and above <= max(_HEAD, passages)


def _ends(text: Text, start: int) -> Iterator[tuple[int, str]]:
    """List the lines that end in a link to a passage, outside of code: where each begins, and the line."""
    source = text.source.text
    fence, last = "", -1
    for match in _ADDRESS.finditer(source, start):
        mark, begin = match["fence"], source.rfind("\n", 0, match.start() + 1) + 1
        if mark:
            fence = mark if not fence else "" if mark.startswith(fence) else fence
        elif not fence and begin != last:
            end = source.find("\n", match.end())
            line = source[begin : end if end >= 0 else len(source)]
            if _is_written(line):
                continue
            if line.startswith("|") or LABEL.search(line[-_TAIL:]) or LOOSE.match(line) or _is_quoted(line):
                last = begin
                yield begin, line


def _is_written(line: str) -> bool:
    """Tell whether a line that links to a page in Zotero, and to no annotation on it, is the reader's own sentence."""
    return (
        "zotero://" in line and "annotation=" not in line and not line.startswith((">", "“", "«", '"', "<mark", "=="))
    )


def _is_quoted(line: str) -> bool:
    """Tell whether a line is a passage in quotation marks with its link, as Zotero writes it; a remark may follow."""
    return line.startswith(("“", "«", '"', "„", "- “", "* “")) and "zotero://" in line


def says_readwise(text: Text) -> bool:
    """Tell whether a tag or a folder says that a file is Readwise's."""
    return any("readwise" in each.casefold() for each in (*text.metadata.tags, *text.source.path.split("/")[:-1]))


def _says_program(text: Text) -> bool:
    """Tell whether the front matter or a folder names a program that exports what is marked in it."""
    said = [*text.data, *(text.data.get(key) for key in _SAYS), *text.metadata.tags, *text.source.path.split("/")[:-1]]
    words = {word for each in said if isinstance(each, str) for word in re.split(r"[^a-z]+", each.casefold())}
    return not words.isdisjoint(_PROGRAMS)


def _items(source: str, offset: int) -> Iterator[int]:
    """List where the items at the left margin begin."""
    return (match.start() for match in _MARGIN_ITEM.finditer(source, offset))


def segments(text: Text, start: int) -> list[tuple[int, int]]:
    """Split a file at the heads of further exports below its highlights, which begin at `start`: where each begins and ends."""
    source = text.source.text
    begins = [match.start() for match in _AGAIN.finditer(source, start)]
    bounds = [text.offset, *begins, len(source)]
    return [(one, other) for one, other in pairwise(bounds) if one < other]
