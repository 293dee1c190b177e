"""Read Roam's pages: the Markdown that it exports, a file a page, and its JSON, a file with all.

In the Markdown, only the first line of a block is indented; the others begin at the margin, blank lines and all, as they are in
the highlight. A `-` at the margin therefore belongs to a highlight whose label is still to come.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic
from aikb.model.highlights import Highlight, Work
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.items import IMAGE, authors, category, lines, tags, unlinked
from aikb.read.exports.labels import LABEL
from aikb.read.exports.outline import DEEPEST, Item, highlights, markdown, nested

_SYNCED = re.compile(r"Highlights (?:first )?synced by (?:#Readwise|#?\[\[Readwise\]\])|New highlights added \[\[")
_BULLETED = re.compile(rf"^[-*] (?:#{{1,6}} )?(?:{_SYNCED.pattern})", re.MULTILINE)
_AUTHOR = re.compile(r"^[ \t]*+(?:[-*][ \t]*+)?(?:Author|Full Title|Category)::[ \t]", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\**([A-Z][\w ]{0,40}?)\**::\**[ \t]*(.*)", re.DOTALL)
_BULLET = re.compile(r"(?P<indent>[ \t]*)[-*] (?P<text>.*)")
_LINKED = re.compile(r"\[[^\]\n]*\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
_TITLED = re.compile(r'"title"\s*:\s*("(?:[^"\\]|\\.)*")')
_HEAD = 4_000


def recognises(text: Text) -> bool:
    """Detect a page with Readwise's attributes and a header of its, or a JSON export with such pages."""
    source = text.source.text
    if text.source.path.casefold().endswith(".json"):
        return (
            source.lstrip()[:1] in ("[", "{")
            and '"children"' in source
            and '"string"' in source
            and _SYNCED.search(source) is not None
        )
    start = text.offset
    return _AUTHOR.search(source, start, start + _HEAD) is not None and _BULLETED.search(source, start) is not None


def read(text: Text) -> Export:
    """Read the work of a page, or of each page of an export that Readwise wrote."""
    if text.source.path.casefold().endswith(".json"):
        return _from_json(text)
    source = text.source
    items = nested(_bullets(source.text, text.offset))
    name = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return Export((_work(text.metadata.title or name, items, text.offset),))


def _work(name: str, items: list[Item], start: int) -> Work:
    attributes: dict[str, str] = {}
    cover, found, others = "", list[Highlight](), list[Item]()
    for item in items:
        attribute, image = _ATTRIBUTE.fullmatch(item.text), IMAGE.fullmatch(item.text.strip())
        if item.is_header:
            found.extend(highlights(item))
        elif attribute and attribute[1].casefold() not in attributes:
            attributes[attribute[1].casefold()] = attribute[2].strip()
        elif image and not cover:
            cover = image[1]
        elif item.text.strip() or item.children:
            others.append(item)
    address = attributes.get("url", "")
    linked = _LINKED.fullmatch(address)
    dates = [each.group.date for each in found if each.group and each.group.date]
    return Work(
        title=unlinked(attributes.get("full title", "") or name.strip().removesuffix("(highlights)")),
        authors=authors(attributes.get("author", "")),
        category=category(attributes.get("category", "")),
        url=linked[1] if linked else address.strip("<> "),
        cover=cover,
        updated=max(dates, default=""),
        tags=tags(attributes.get("document tags", "")),
        note=attributes.get("document note", ""),
        summary=attributes.get("summary", ""),
        remarks=markdown(others),
        highlights=tuple(found),
        form=FORMAT.name,
        start=start,
    )


def _bullets(text: str, start: int) -> Iterator[tuple[int, Item]]:
    """List the blocks of a page with their indents."""
    rows = list(lines(text, start))
    matches = [_BULLET.fullmatch(line) for _, line in rows]
    structural = [at for at, match in enumerate(matches) if match and (match["indent"] or _at_top(match["text"]))]
    labelled = [at for at, (_, line) in enumerate(rows) if line.endswith(")") and LABEL.search(line[-4_000:])]
    indent, block, begin, end, inside, closed = "", list[str](), start, start, False, False
    for number, ((at, line), match) in enumerate(zip(rows, matches, strict=True)):
        begins = match is not None and (match["indent"] or _at_top(match["text"]) or not inside or closed)
        if match and not begins:
            begins = _next(labelled, number) >= _next(structural, number + 1)
        if match and begins:
            if block:
                yield len(indent.expandtabs(4)), Item("\n".join(block).rstrip(), begin, end)
            indent, block, begin, end = match["indent"], [match["text"]], at, at + len(line)
            inside = bool(indent)
            closed = inside and bool(labelled) and _next(labelled, number) == number
        elif closed and line.strip() and not line.startswith((" ", "\t")):
            yield len(indent.expandtabs(4)), Item("\n".join(block).rstrip(), begin, end)
            indent, block, begin, end, inside, closed = "", [line], at, at + len(line), False, False
        elif block:
            block.append(line.removeprefix(indent).removeprefix("  ") if indent and line.startswith(indent) else line)
            end = at + len(line) if line.strip() else end
            closed = closed or (inside and _next(labelled, number) == number)
    if block:
        yield len(indent.expandtabs(4)), Item("\n".join(block).rstrip(), begin, end)


def _at_top(text: str) -> bool:
    """Detect whether a bullet at the margin is a block of the page for certain."""
    return Item(text).is_header or _ATTRIBUTE.fullmatch(text) is not None


def _next(numbers: list[int], number: int) -> int:
    """Find the first of some line numbers from a line on; beyond all lines where there is none."""
    at = bisect_left(numbers, number)
    return numbers[at] if at < len(numbers) else 1 << 60


def _from_json(text: Text) -> Export:
    source = text.source
    try:
        pages = json.loads(source.text)
    except json.JSONDecodeError as problem:
        at = min(problem.pos, len(source.text))
        return Export((), (finding("readwise-record", source, at, at, problem=f"it is no JSON: {problem.msg}"),))
    except (ValueError, RecursionError):
        return Export(
            (), (finding("readwise-record", source, problem="it is nested too deep, or has too long a number"),)
        )
    places = {match[1]: match.start(1) for match in reversed(list(_TITLED.finditer(source.text)))}
    works: list[Work] = []
    found: list[Diagnostic] = []
    for page in pages if isinstance(pages, list) else [pages]:
        if not isinstance(page, dict) or not isinstance(page.get("children"), list):
            continue  # a page without a block, which Roam's graph has many of
        named = page.get("title")
        title = named if isinstance(named, str) else ""
        start = places.get(json.dumps(title, ensure_ascii=False)) or places.get(json.dumps(title)) or 0
        items: list[Item] = []
        problems: list[str] = []
        _blocks(page["children"], items, start, problems, 1)
        if not any(_SYNCED.search(item.text) and item.is_header for item in items):
            continue  # the reader's own page
        found += [finding("readwise-record", source, start, problem=problem) for problem in problems]
        works.append(_work(title, items, start))
    return Export(tuple(works), tuple(found))


def _blocks(records: list[Any], into: list[Item], start: int, problems: list[str], depth: int) -> None:
    """Read blocks from records; one that is none is a problem, and what is under it is read all the same."""
    for record in records:
        string = record.get("string") if isinstance(record, dict) else None
        if not isinstance(record, dict) or not isinstance(string, str):
            problems.append("a block has no text" if isinstance(record, dict) else "a block is not an object")
        else:
            into.append(Item(string, start, start))
        children = record.get("children", []) if isinstance(record, dict) else []
        if not isinstance(children, list):
            problems.append("the blocks under a block are not a list")
        elif children:
            target = into[-1].children if isinstance(string, str) and depth < DEEPEST else into
            if depth > 20 * DEEPEST:
                problems.append("blocks are nested too deep")
            else:
                _blocks(children, target, start, problems, depth + 1)


FORMAT = Format("roam", (*MARKDOWN, ".json"), recognises, read)
