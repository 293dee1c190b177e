"""Read Logseq's pages, as Readwise's plugin writes them: properties, then an outline that is nested by tabs.

A line of a block that is not its first is indented by the block's tabs and two blanks, so that a `-` after blanks is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikb.model.highlights import Highlight, Work
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.items import IMAGE, authors, category, lines, tags, unlinked
from aikb.read.exports.landmarks import first_item
from aikb.read.exports.outline import Item, highlights, holds_highlight, markdown, nested

_TITLE = re.compile(r"^(?:- )?(?:full-)?title:: ", re.MULTILINE)
_SYNCED = re.compile(r"Highlights first synced by (?:#|\[\[)?Readwise|New highlights added \[\[")
_PROPERTY = re.compile(r"(?:- |  )?([\w-]{1,40}):: ?(.*)")
_LONG = ("summary", "document-note")
_OWN = re.compile(r"\s*(?:id|collapsed|heading|background-color|logseq\.[\w.-]+|card-[\w-]+|hl-[\w-]+|ls-type):: .*")
_TABBED = re.compile(r"(?P<indent>\t*)-(?: (?P<text>.*)|$)")
_SPACED = re.compile(r"(?P<indent> *)-(?: (?P<text>.*)|$)")
_HEAD = 4_000


def recognises(text: Text) -> bool:
    """Detect a page that names its title as Readwise does, and has been synchronised, or has bullets with links to passages."""
    start = text.offset
    return _TITLE.search(text.source.text, start, start + _HEAD) is not None and (
        _SYNCED.search(text.source.text) is not None or first_item(text) is not None
    )


def read(text: Text) -> Export:
    """Read the one work of a page."""
    properties, cover, above, start = _head(text)
    items = nested(_bullets(text.source.text, start))
    marked: list[Highlight] = []
    others: list[Item] = []
    flat = not any(item.is_header for item in items)
    for item in items:
        image = IMAGE.fullmatch(item.text.strip())
        if item.is_header:
            marked.extend(highlights(item))
        elif image and not item.children and not cover:
            cover = image[1]
        elif flat and holds_highlight(item):
            marked.extend(highlights(Item("Highlights", item.start, item.end, [item])))
        elif item.text.strip() or item.children:
            others.append(item)
    title = _title(properties.get("full-title", "")) or _title(properties.get("title", "")).removesuffix("(highlights)")
    dates = [each.group.date for each in marked if each.group and each.group.date]
    remarks = "\n\n".join(part for part in (above, markdown(others)) if part)
    work = Work(
        title=unlinked(title),
        authors=authors(properties.get("author", "")),
        category=category(properties.get("category", "")),
        url=properties.get("url", "").strip("<> "),
        cover=cover,
        updated=max(dates, default=""),
        tags=tags(properties.get("tags", "") or properties.get("document-tags", "")),
        note=properties.get("document-note", "").strip(),
        summary=properties.get("summary", "").strip(),
        remarks=remarks,
        highlights=tuple(marked),
        form=FORMAT.name,
        start=text.offset,
    )
    return Export((work,))


def _head(text: Text) -> tuple[dict[str, str], str, str, int]:
    """Split off the page's properties, its cover, what else stands above the first bullet, and where that is."""
    properties: dict[str, str] = {}
    cover, others, last = "", list[str](), ""
    for at, line in lines(text.source.text, text.offset):
        match, image = _PROPERTY.fullmatch(line.rstrip()), IMAGE.fullmatch(line.strip())
        if match:
            last = match[1].casefold()
            properties.setdefault(last, match[2].strip())
        elif line.startswith(("- ", "\t")) or line == "-":
            return properties, cover, "\n".join(others).strip(), at
        elif image:
            cover, last = cover or image[1], ""
        elif last in _LONG:
            properties[last] += f"\n{line.rstrip()}"
        else:
            others.append(line)
    return properties, cover, "\n".join(others).strip(), len(text.source.text)


def _title(value: str) -> str:
    """Strip a title of its quotation marks, and restore `#`."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    return value.replace("\\#", "#").strip()


def _bullets(text: str, start: int) -> Iterator[tuple[int, Item]]:
    """List the bullets of the outline with their indents, each with the lines that belong to it."""
    bullet = _TABBED if "\n\t" in text or "\n  - " not in text else _SPACED
    indent, rows, begin, end, logbook = "", list[str](), start, start, False
    for at, line in lines(text, start):
        match = bullet.fullmatch(line)
        if match:
            if rows:
                yield len(indent), Item("\n".join(rows).rstrip(), begin, end)
            indent, rows, begin, end, logbook = match["indent"], [match["text"] or ""], at, at + len(line), False
        elif not rows or _OWN.fullmatch(line):
            continue
        elif logbook or line.strip() == ":LOGBOOK:":
            logbook = line.strip() != ":END:"
        else:
            rows.append(line.removeprefix(indent).removeprefix("  "))
            end = at + len(line) if line.strip() else end
    if rows:
        yield len(indent), Item("\n".join(rows).rstrip(), begin, end)


FORMAT = Format("logseq", MARKDOWN, recognises, read)
