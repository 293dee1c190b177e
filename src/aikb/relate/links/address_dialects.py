"""Read the address of a Markdown link as another tool writes it, where GitHub has nothing at that place.

- Logseq: a wikilink as the address, `[words]([[Note]])`
  and the id of a block, `[words](((63bc6201-…)))`
- pasted from a page: a whole link as the address, `[words]([https://a.b](https://a.b))`
- Jekyll, Hugo, Docusaurus: `{{ site.baseurl }}/b`, `{{ '/b.png' | relative_url }}`, `@site/docs/b.md`, `pathname:///b.pdf`
- GitHub: a line of a file, `b.md#L10`
"""

from __future__ import annotations

import re
from bisect import bisect_right

from aikb.model.document import Document

_WIKILINK = re.compile(r"\[\[(?P<name>[^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")
_BLOCK = re.compile(r"\(\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)\)")
_LINK = re.compile(r"\[[^\[\]\n]*\]\(<?(?P<url>https?://[^\s()<>]+)>?\)?")
_BASE = re.compile(r"\A(?:\{\{-?\s*(?:[\w$]+\.)*\w*(?:url|path)\w*\s*-?\}\})+(?=/)", re.IGNORECASE)
"""What a generator puts before an address: `{{ site.url }}{{ site.baseurl }}`."""
_FILTERED = re.compile(
    r"\{\{-?\s*(['\"])(?P<path>[^'\"{}]+)\1\s*\|\s*(?:relative|absolute)_url\s*-?\}\}(?P<rest>[^{}]*)"
)
_SITE = re.compile(r"\A(?:@site/|pathname://(?=/))+")
_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{")
_LINES = re.compile(r"L(\d{1,7})(?:C\d+)?(?:-L?\d+(?:C\d+)?)?")


def wikilink_in(target: str) -> str:
    """Read the name in a wikilink that stands as an address; empty where none does."""
    match = _WIKILINK.fullmatch(target)
    return match["name"].strip() if match else ""


def block_in(target: str) -> str:
    """Read the id of a block that stands as an address, as anchors have it; empty where none does."""
    match = _BLOCK.fullmatch(target)
    return f"^{match[1]}" if match else ""


def link_in(target: str) -> str:
    """Read the address in a link that stands as an address; empty where none does."""
    match = _LINK.fullmatch(target)
    return match["url"] if match else ""


def without_generator(target: str) -> str:
    """Write an address as a path of the notes, without what a generator would fill in."""
    if match := _FILTERED.fullmatch(target):
        return match["path"] + match["rest"]
    return _SITE.sub("", _BASE.sub("", target))


def is_template(path: str) -> bool:
    """Tell whether a part of a path is filled in by a program, so that nobody knows here where it leads."""
    return bool(_TEMPLATE.search(path))


def section_of_line(fragment: str, document: Document) -> str | None:
    """Find the section that a line of a file is in, as GitHub counts them; its id, empty above all, None for no line."""
    match = _LINES.fullmatch(fragment)
    if match is None:
        return None
    lines = [document.source.position(section.span.start)[0] for section in document.sections]
    before = bisect_right(lines, int(match[1]))
    return document.sections[before - 1].id if before else ""
