"""Read what stands above the highlights in a Markdown export: title, cover, and what is known of the work.

Front matter and body say the same things twice, each in its own way: titles in YAML are escaped for HTML and cut, those in the
body are whole; so the body goes first. What is not understood is kept as a remark, but for
fields of the metadata: an export may hold what was never meant to be read by others.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aikb.model.highlights import Category, Work
from aikb.read.exports.dates import iso_date
from aikb.read.exports.format import Text
from aikb.read.exports.full_text import named_in
from aikb.read.exports.items import authors, category, tags, unlinked
from aikb.text.folding import folded

_TITLE = re.compile(r"^# +(?P<title>.*\S)")
_OWN_TITLE = re.compile(r"^#{1,3} +(?P<title>.*\S) +\(Highlights\) *$")
_COVER = re.compile(
    r"!\[[^\]]{0,300}\]\(\s*<?(?P<url>[^\s<>]+?)>?\s*(?:\"[^\"]*\")?\)|<img[^<>]* src=[\"'](?P<src>[^\"']+)",
    re.IGNORECASE,
)
_METADATA = re.compile(r"^#{1,4} +(Metadata|Métadonnées|About)\s*$", re.IGNORECASE)
_FIELD = re.compile(
    r"^(?:[-*+] +)?\*{0,2}(?P<key>[A-Za-zÀ-ÿ][\w À-ÿ-]{0,40}?)\*{0,2} ?:{1,2}\*{0,2}(?:[ \t]+(?P<value>.*)|$)"
)
_CALLOUT = re.compile(r"^> ?\[!(?P<type>[^\]|]+)(?:\|[^\]]*)?\][+-]?[ \t]*(?P<title>.*)$")
_END = "\0"
"""A line that ends the metadata; no file has one."""
_LINKED = re.compile(r"^\[(?P<text>[^\[\]]*)\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)$")
_HASHTAGS = re.compile(r"^\s*(?:#[\w/-]+\s*)+$")
_HEADING = re.compile(r"^#{1,6} +")
_KEYS = {
    "title": "full title|titre complet|title|titre",
    "authors": "author|authors|author(s)|auteur|auteurs|autor|autore|by",
    "category": "category|catégorie|media",
    "note": "document note|document notes",
    "tags": "document tags|tags|topics",
    "summary": "summary|résumé",
    "url": "url|link|source|source url|source-url",
    "date": "date|published date|source published date|published",
}
_AUTHORS = ("auteur", "auteurs", "autor", "autore", "auteur(s)", "author(s)", "by", "creator")
_NAMES = {name: key for key, names in _KEYS.items() for name in names.split("|")}


@dataclass(slots=True)
class _Found:
    fields: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    late: bool = False
    """Whether the title's heading stands below other text: then it may be one of a part."""
    cover: str = ""
    remarks: list[str] = field(default_factory=list)


def read_preamble(text: Text, end: int) -> Work:
    """Read the work as the front matter and the text up to an offset describe it, without highlights."""
    parts = _read(text.source.text[text.offset : end])
    values = {key: "\n".join(lines).strip() for key, lines in parts.fields.items()}
    data, metadata = text.data, text.metadata
    named = _plain(metadata.title or _word(data, "titre"))
    title = _plain(values.get("title", "")) or (named if parts.late else "") or parts.title or named
    kind = category_of(values.get("category", ""), _word(data, "category", "media"), *metadata.tags, *_folders(text))
    url = _address(values.get("url", "")) or _address(_word(data, "url", "source-url", "source_url", "link", "source"))
    readwise = url if is_private(url) else ""
    return Work(
        title=title,
        authors=max(
            authors(values.get("authors", "")),
            tuple(each for name in metadata.authors for each in authors(name)),
            authors(_word(data, *_AUTHORS)),
            key=len,
        ),
        category=kind,
        id=_word(data, "bookid", "readwise_id", "user_book_id"),
        url=url,
        readwise_url=readwise,
        cover=parts.cover or _address(_word(data, "imageurl", "cover", "image", "bookimageurl")),
        date=iso_date(metadata.date) or metadata.date or iso_date(values.get("date", "")),
        tags=tuple(dict.fromkeys([*tags(values.get("tags", "")), *metadata.tags])),
        note=values.get("note", ""),
        summary=_plain(values.get("summary", "")) or _plain(metadata.description),
        full_text=named_in(text.source.text[text.offset : end]),
        remarks="\n".join(parts.remarks).strip("\n"),
    )


def with_remarks(work: Work, remarks: list[str]) -> Work:
    """Add to a work what else its file says: lines of hashtags are its tags, a title or a cover is not said twice."""
    lines, named = [], list(work.tags)
    for line in [*work.remarks.split("\n"), "", *remarks]:
        if _HASHTAGS.match(line):
            named += [tag for tag in re.findall(r"#([\w/-]+)", line) if tag not in named]
        elif not (_HEADING.match(line) and folded(_HEADING.sub("", line)) == folded(work.title)) and not (
            "rw-book-cover" in line and work.cover
        ):
            lines.append(line)
    return replace(work, tags=tuple(named), remarks=re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"))


def is_private(url: str) -> bool:
    """Tell whether an address leads into the reader's own library, which nobody else can open."""
    return bool(re.match(r"https?://(?:www\.|read\.)?readwise\.io/", url))


def category_of(*words: str) -> Category:
    """Find the first of some words that names a kind of work: `#articles`, `books`, `reference/articles`, a folder's name."""
    return next((named for word in words if (named := category(word.rpartition("/")[2]))), Category.UNKNOWN)


def _without_callouts(rows: Iterable[str]) -> Iterator[str]:
    """Open the callouts that hold metadata, as templates for Obsidian put it: `> [!info]- Metadata`, `> Author:: [[A]]`."""
    held: list[str] = []
    for line in [*rows, _END]:
        if held and line.startswith(">"):
            held.append(line)
            continue
        if held:
            yield from _opened(held)
        held = [line] if _CALLOUT.match(line) else []
        if not held and line != _END:
            yield line


def _opened(callout: list[str]) -> Iterator[str]:
    """Open a callout under that name, or with nothing in it but fields of which one is known; any other stays as it is."""
    inside = [line.removeprefix(">").removeprefix(" ") for line in callout[1:]]
    fields = [match for line in inside if line.strip() and (match := _FIELD.match(line))]
    title = _CALLOUT.match(callout[0])
    named = title is not None and _METADATA.match(f"# {title['title'].strip(' *:')}") is not None
    known = any(match["key"].strip().casefold() in _NAMES for match in fields)
    if not (known and (named or len(fields) == sum(1 for line in inside if line.strip()))):
        yield from callout
        return
    yield "## Metadata"
    yield from inside
    yield _END


def _read(body: str) -> _Found:
    parts = _Found()
    last: list[str] | None = None
    in_metadata = False
    for line in _without_callouts(body.split("\n")):
        if line == _END:
            in_metadata, last = False, None
        elif match := _OWN_TITLE.match(line) or (None if parts.title else _TITLE.match(line)):
            parts.title = _plain(match["title"])
            parts.late = any(each.strip() for each in parts.remarks)
        elif _METADATA.match(line):
            in_metadata = True
        elif not parts.cover and (match := _COVER.search(line)):
            parts.cover = html.unescape(match["url"] or match["src"])
        elif (match := _FIELD.match(line)) and (name := _NAMES.get(match["key"].strip().casefold())):
            last = parts.fields.setdefault(name, [])
            last.append((match["value"] or "").strip())
        elif in_metadata and _FIELD.match(line):
            last = None  # what we do not know may be nobody's business
        elif (in_metadata or parts.fields) and (match := re.match(r"^[-*+] +(\[[^\[\]]*\]\([^()\s]*\))\s*$", line)):
            parts.fields.setdefault("url", [match[1]])
        elif last is not None and re.match(r"^ {2,}\S", line):
            last.append(line.strip())
        elif (
            last is not None
            and last is parts.fields.get("note")
            and not _HEADING.match(line)
            and not _HASHTAGS.match(line)
        ):
            last.append(line.strip())  # the reader's own words, and a blank line between them
        elif line.strip() or parts.remarks:
            in_metadata = in_metadata and not _HEADING.match(line)
            parts.remarks.append(line)
            last = None
    return parts


def _word(data: Mapping[str, Any], *keys: str) -> str:
    """Find the first text or number that the front matter has under one of some keys."""
    for key in keys:
        value = data.get(key)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def _address(value: str) -> str:
    """Parse an address out of `<u>`, `[text](u)` or `u`; empty where a template was not filled in."""
    value = value.split("\n", maxsplit=1)[0].strip()
    if match := _LINKED.match(value):
        value = match["url"]
    value = value.strip("<>")
    return value if "{{" not in value and value.casefold() != "none" else ""


def _plain(text: str) -> str:
    """Strip a value of wikilinks, entities and quotes; exports escape titles once or twice."""
    text = " ".join(html.unescape(html.unescape(unlinked(text))).split())
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1] else text


def _folders(text: Text) -> list[str]:
    return text.source.path.split("/")[-2::-1]
