"""Read notes of kindle-sync, a plugin for Obsidian that takes highlights from Kindle's own pages, not from Readwise.

`TEXT — location: [226](kindle://…) ^ref-4701`, a remark, a rule; the book is in the front matter. The ids are a hash of 16 bits
of the text, so that two highlights of a long book may share one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from aikb.model.highlights import Category, Highlight, Location, Work
from aikb.read.exports.dates import iso_date
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.items import COLORS, authors, lines
from aikb.read.exports.passages import Passage, passages

_KEY = "kindle-sync"
_MARK = re.compile(r"(?:(?<=\s)|^)\^(ref-[\w-]+)[ \t]*$")
_PLACE = re.compile(
    r"[ \t]*— (?:(?:<mark[^<>]*>)?(?P<color>\w{1,12})(?:</mark>)? \| )?"
    r"(?P<kind>location|page): \[(?P<label>[^\[\]\n]{0,40})\]\((?P<url>[^\s()]*)\)[ \t]*$"
)
_SECTION = re.compile(r"##?[ \t]+(\S.*)")
_TITLE = re.compile(r"^# (\S.*)$", re.MULTILINE)
_REFERENCE = re.compile(r"^[-*][ \t]+Reference: (https?://\S+)$", re.MULTILINE)
_AUTHOR = re.compile(r"^[-*][ \t]+Author: (.+)$", re.MULTILINE)
_LABEL = 4_000


def recognises(text: Text) -> bool:
    """Detect the plugin's own key in front matter; where YAML cannot be read, a line that ends as the plugin ends one."""
    if isinstance(text.data.get(_KEY), Mapping):
        return True
    source = text.source.text
    return f"\n{_KEY}:" in source[:_LABEL] and "](kindle://book?action=open" in source and " ^ref-" in source


def read(text: Text) -> Export:
    """Read the one book of a note."""
    source = text.source.text
    data = text.data.get(_KEY)
    book: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
    begin = _begin(source, text.offset)
    found, rest = passages(lines(source, begin), _MARK, _SECTION)
    top = source[text.offset : begin]
    title, reference, author = _TITLE.search(top), _REFERENCE.search(top), _AUTHOR.search(top)
    asin = _text(book, "asin")
    work = Work(
        title=_text(book, "title") or (title[1].strip() if title else text.metadata.title),
        authors=authors(_text(book, "author") or (author[1] if author else "")),
        category=Category.BOOK,
        url=reference[1] if reference else f"https://www.amazon.com/dp/{asin}" if re.fullmatch(r"\w{10}", asin) else "",
        cover=_text(book, "bookImageUrl"),
        updated=iso_date(_text(book, "lastAnnotatedDate")),
        tags=text.metadata.tags,
        remarks=rest,
        highlights=_highlights(found),
        form=FORMAT.name,
        start=text.offset,
    )
    return Export((work,))


def _text(book: Mapping[str, Any], key: str) -> str:
    """Convert a value of the front matter to text, on one line; numbers and dates as they are printed, lists not at all."""
    value = book.get(key)
    return "" if value is None or isinstance(value, (list, dict)) else " ".join(str(value).split())


def _begin(source: str, start: int) -> int:
    """Find where the highlights begin: below their heading, or below the last heading above one."""
    begin = start
    for at, line in lines(source, start):
        if _MARK.search(line):
            return begin
        if section := _SECTION.fullmatch(line):
            begin = at + len(line) + 1
            if section[1].strip() in ("Highlights", "Highlight"):
                return begin
    return len(source)


def _highlights(found: list[Passage]) -> tuple[Highlight, ...]:
    """Make highlights of passages, in their order; an id that another text has already is none."""
    texts: dict[str, str] = {}
    highlights: list[Highlight] = []
    for passage in found:
        text, place, url, color = passage.text, None, "", ""
        if match := _PLACE.search(text[-_LABEL:]):
            text = text[: len(text) - len(match[0])].rstrip()
            place = (
                Location("page" if match["kind"] == "page" else "location", match["label"]) if match["label"] else None
            )
            url, color = match["url"], (match["color"] or "").casefold()
        first_use = texts.setdefault(passage.mark, text) == text
        highlights.append(
            Highlight(
                text=text,
                id=passage.mark if first_use else "",
                note=passage.remark,
                color=color if color in COLORS else "",
                location=place,
                url=url,
                start=passage.start,
                end=passage.end,
            )
        )
    return tuple(highlights)


FORMAT = Format("kindle-sync", MARKDOWN, recognises, read)
