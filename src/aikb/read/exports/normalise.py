"""Normalise what every format reads: highlights cleaned, named, and deduped."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import zip_longest
from typing import Any

from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic
from aikb.model.highlights import Highlight, Work
from aikb.model.source import Source
from aikb.read.exports.clean import clean, vocabulary
from aikb.read.exports.format import MARKDOWN, Export
from aikb.read.exports.preamble import is_private
from aikb.text.folding import folded
from aikb.text.reserved import CONTROL, printable

LONG = 20_000
"""Characters of a highlight that is shown folded: Readwise itself cuts at 8,191."""

_READWISE = re.compile(
    r"https?://(?:www\.)?(?:read\.)?readwise\.io/(?:read|open|reader/shared|bookreview/\d+\?highlight=)/?(?P<id>[\w-]+)"
)
_PREFIX = re.compile(r"^\^?(?:rwhi|rwid-?|ref-|id-?)(?=\w)", re.IGNORECASE)
_LISTED = re.compile(r"^\s*(?:[-*+>#|`~!$\[(]|\d+[.)]|@|https?:|www\.)")
_BLOCK_ID = re.compile(r"(?:(?<=\s)|^)\^(?!\d{1,3}[ \t]*$)([A-Za-z0-9][\w-]*)[ \t]*$", re.MULTILINE)
"""An id that an export gives a highlight, at the end of a line: by it people cite the highlight in Obsidian."""
_SPELT = re.compile(r"\\u00|\\[bf]|&#")
"""How JSON and HTML spell control characters, among others."""
_CONTINUED = ("…", "...", "..")
_SMALL = re.compile(r"(?:[a-zà-öø-ÿ]\w*[A-Z0-9]|(?:i|e|x)[A-Z-]|pip |npm |git )")
"""Names that begin with a small letter: iPhone, eBay, k8s."""
_ENDS = re.compile(r"[.!?…:;,\"'”’»)\]*_`|>%\d/=}-]\s*$|^\s*(?:[-*+]|\d+[.)]|\||`{3}|~{3}|#|!\[)")


def identifier(written: str, url: str, text: str) -> str:
    """Make a highlight's id: by the file's own word, by its address in Readwise, else a hash of its cleaned text."""
    if not written and (match := _READWISE.match(url)):
        written = match["id"]
    written = re.sub(r"[^\w-]", "", _PREFIX.sub("", written)).lower()
    return f"h-{written or passage(text)}"


def passage(text: str) -> str:
    """Hash a passage: the same for two texts that differ in case, accents, spaces and punctuation at most."""
    words = re.sub(r"\W", "", folded(text)) or text
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def normalise(export: Export, source: Source) -> Export:
    """Normalise the works of a file: clean, name and dedupe their highlights, and report what is wrong with them."""
    found = list(export.diagnostics)
    works = _printable(export.works) if CONTROL.search(source.text) or _SPELT.search(source.text) else export.works
    named = tuple(_with_block_ids(works, source))
    works = tuple(_normalise_work(work, source, found) for work in named)
    for work in works:
        if is_private(work.readwise_url) or any(is_private(each.url) for each in work.highlights):
            start, end = _place(source, work.start)
            found.append(finding("private-source-url", source, start, end))
            break
    return Export(works, tuple(found))


def _printable(value: Any) -> Any:
    """Leave control characters out of every text of works, highlights, places and headings."""
    if isinstance(value, str):
        return printable(value) if "\n" not in value else "\n".join(map(printable, value.split("\n")))
    if isinstance(value, tuple):
        return tuple(map(_printable, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: _printable(getattr(value, each.name)) for each in fields(value) if each.init}
        )
    return value


def _with_block_ids(works: Sequence[Work], source: Source) -> Iterator[Work]:
    """Give each highlight of a Markdown file the block ids that stand in its text or after it, up to the next, as aliases."""
    marks = list(_BLOCK_ID.finditer(source.text)) if source.path.lower().endswith(MARKDOWN) else []
    starts = sorted({each.start for work in works for each in work.highlights})
    ids: defaultdict[int, list[str]] = defaultdict(list)
    for mark in marks:
        at = bisect_right(starts, mark.start()) - 1
        if at >= 0:
            ids[starts[at]].append(f"^{mark[1]}")
    for work in works:
        yield (
            replace(work, highlights=tuple(_named(each, ids[each.start]) for each in work.highlights)) if ids else work
        )


def _named(highlight: Highlight, ids: Sequence[str]) -> Highlight:
    """Add ids to a highlight's aliases; what a reader left of one at the end of its text is no text."""
    if not ids:
        return highlight
    text = highlight.text
    for identifier in ids:
        text = re.sub(rf"\s+{re.escape(identifier)}\s*$", "", text)
    return replace(highlight, text=text, aliases=tuple(dict.fromkeys((*highlight.aliases, *ids))))


def _place(source: Source, start: int) -> tuple[int, int]:
    return start, source.line_end(start)


def _normalise_work(work: Work, source: Source, found: list[Diagnostic]) -> Work:
    words = vocabulary([each.text for each in work.highlights])
    lone = [each for each in work.highlights if each.note.strip() and not clean(each.text, words).text.strip()]
    spoken = [each for each in work.highlights if each not in lone]
    cleaned = [shown for each in spoken if (shown := _clean(each, words, source, found))]
    highlights = _dedupe(cleaned, source, found)
    dates = (date for each in highlights for date in (each.date, each.group.date if each.group else ""))
    highlights = _with_places(work.title, highlights, spoken)
    remarks = "\n\n".join(filter(None, [work.remarks, *map(_lone_remark, lone)]))
    return replace(work, highlights=highlights, remarks=remarks, updated=work.updated or max(dates, default=""))


def _lone_remark(highlight: Highlight) -> str:
    """Write a remark whose passage is empty, with its place."""
    place = f"{highlight.location.kind} {highlight.location.label}: " if highlight.location else ""
    return place + highlight.note


def _with_places(title: str, highlights: Sequence[Highlight], written: Sequence[Highlight]) -> tuple[Highlight, ...]:
    """Give highlights that are known by their words alone a second id, of the work and the place, if no other is there.

    A link to it holds where the words are corrected.
    """
    named = {each.start for each in written if each.id or _READWISE.match(each.url)}
    places = Counter((each.location.kind, each.location.label) for each in highlights if each.location)
    result = []
    for each in highlights:
        place = each.location
        if place and each.start not in named and place.kind != "order" and places[place.kind, place.label] == 1:
            second = f"h-{passage(f'{title} {place.kind} {place.label}')}"
            each = replace(each, aliases=tuple(dict.fromkeys((*each.aliases, second))))
        result.append(each)
    return tuple(result)


def _clean(highlight: Highlight, words: frozenset[str], source: Source, found: list[Diagnostic]) -> Highlight | None:
    """Clean a highlight, and give it its id; None where it has no text."""
    start, end = _place(source, highlight.start)
    cleaned = clean(highlight.text, words)
    if not cleaned.text.strip():
        found.append(finding("highlight-empty", source, start, end))
        return None
    if cleaned.open_fence:
        found.append(finding("fence-unclosed", source, start, end))
    if cleaned.open_comment:
        found.append(finding("html-malformed", source, start, end, text="<!--"))
    if len(cleaned.text) > LONG:
        found.append(finding("highlight-long", source, start, end, size=len(cleaned.text)))
    elif reason := truncated(cleaned.text):
        found.append(finding("highlight-truncated", source, start, end, reason=reason))
    return replace(
        highlight,
        text=cleaned.text,
        raw=highlight.raw or highlight.text,
        id=identifier(highlight.id, highlight.url, cleaned.text),
        page=cleaned.page or highlight.page,
        headings=tuple(each for each in highlight.headings if each.title),
    )


def _dedupe(highlights: Sequence[Highlight], source: Source, found: list[Diagnostic]) -> tuple[Highlight, ...]:
    """Dedupe highlights: those with one id, then those with the same words, until none is left twice."""
    while True:
        kept: dict[str, list[Highlight]] = {}
        passages: dict[str, str] = {}
        for each in highlights:
            known = each.id if each.id in kept else passages.get(passage(each.text), "")
            if known:
                start, end = _place(source, each.start)
                first = source.position(kept[known][0].start)[0]
                found.append(finding("highlight-duplicate", source, start, end, first=first))
            kept.setdefault(known or each.id, []).append(each)
            passages.setdefault(passage(each.text), known or each.id)
        if len(kept) == len(highlights):
            return tuple(highlights)
        highlights = tuple(map(_merged, kept.values()))


def _merged(same: list[Highlight]) -> Highlight:
    """Merge highlights two by two, as what a thousand of them are known by is copied at each merge."""
    while len(same) > 1:
        pairs = zip_longest(same[::2], same[1::2])
        same = [merge_highlights(first, later) if later else first for first, later in pairs]
    return same[0]


def merge_highlights(first: Highlight, later: Highlight, *, newer: bool = True) -> Highlight:
    """Merge one highlight of two exports: the first one's place, the newer one's text, the notes and tags of both.

    The other text stays known by its hash, so that an export which has it still is of the same highlight.
    """
    notes = dict.fromkeys(note for note in (first.note, later.note) if note)
    kept, other = (later, first) if newer else (first, later)
    hashed = [f"h-{passage(other.text)}"] if passage(other.text) != passage(kept.text) else []
    ids = dict.fromkeys((*first.aliases, later.id, *later.aliases, *hashed))
    ids.pop(first.id, None)
    return replace(
        first,
        text=kept.text,
        raw=kept.raw,
        note="\n\n".join(notes),
        tags=tuple(dict.fromkeys((*first.tags, *later.tags))),
        color=later.color or first.color,
        location=first.location or later.location,
        url=first.url or later.url,
        date=first.date or later.date,
        page=first.page or later.page,
        aliases=tuple(ids),
    )


def truncated(text: str) -> str:
    """Detect that a highlight was cut: at its `start`, at its `end`, or not at all, empty. Nothing is ever added to it."""
    first = text.lstrip(" \"'“‘«(*_")
    if first[:1].islower() and not _LISTED.match(text) and not _SMALL.match(first):
        return "start"
    if text.rstrip().endswith(_CONTINUED):
        return "end"
    last = text.rstrip().rpartition("\n")[2]
    return "end" if len(text) > 60 and not _ENDS.search(last) and last[-1:].islower() else ""
