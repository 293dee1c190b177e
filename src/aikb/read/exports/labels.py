"""Parse the label at the end of a highlight, `([Location 226](https://…))`, which tells where it is and leads there.

The blank in it is a no-break space in every file that was looked at; some have no address: `(Page 12)`. Templates name the link
as they like, `[🔗](…)`, or not at all; then its address tells that it leads to a passage.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from aikb.model.highlights import Location, LocationKind

PASSAGE_ADDRESS = (
    r"(?:https?://(?:read\.readwise\.io/(?:new/)?read/|(?:www\.)?readwise\.io/(?:to_kindle|open|reader/shared)\b"
    r"|(?:www\.)?instapaper\.com/read/|share\.snipd\.com/snip/|(?:www\.)?airr\.io/quote/|hyp\.is/|hypothes\.is/a/"
    r"|(?:www\.)?omnivore\.app/[^\s()<>#]*\#|play\.google\.com/books/reader\?|read\.amazon\.[a-z.]{2,6}/\S*location=)"
    r"|kindle://book|zotero://open-(?:pdf|epub|snapshot)/|marginnote\dapp://note/|ibooks://)"
    r"[^\s()<>]*(?:\([^()\s]*\)[^()\s]*)*"
)
"""An address that leads to a passage in the program where it was marked; no text has one by chance."""
_ADDRESS = r"\(\s*(?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\s*\)"
_VIEW = "View (?:Highlight|Tweet|Note|Annotation|Page|Source)"
_WORDS = rf"{_VIEW}|View(?: )?|(?:Location|Page|Time|Figure|Loc|Emplacement)\s[^\[\]()]{{1,40}}"
_ITEM = r"(?:\(?\[[^\[\]\n]{0,80}\]\(zotero://select/[^()\s]*\)\)?\s*)?"
"""Zotero's link to the work, before the one to the passage."""
_LEADING = rf"{_ITEM}\(?\[\(?(?P<any>[^\[\]\n]{{0,80}}?)\)?\]\(\s*(?P<address>{PASSAGE_ADDRESS})\s*\)\)?"
_TAGS = r"(?P<tags>(?:\s+(?:—\s+Group:\s+)?#(?:\[\[[^\[\]\n]{1,80}\]\]|[^\s#\[\]()]{1,80}))*)"
_ID = r"(?P<id>\^[\w-]+)?"
LABEL = re.compile(
    rf"(?<!\s)\s*(?:(?:\(\[(?P<label>{_WORDS})\]{_ADDRESS}\)"
    rf"|{_LEADING}(?P<stop>[.,;:]?)){_TAGS}"
    r"|\((?P<bare>(?:Location|Page|Time|Figure)\s[\w.:–-]+)\))"
    rf"\s*{_ID}\s*$"
)
"""At the end of a highlight's text, with the tags and the block id that may follow."""
_BEFORE = (
    r"(?i:\*{0,2}(?:location|page|link|source|url|highlight|lien|emplacement|position|seite)\*{0,2}[ \u00a0]?:{1,2}\*{0,2}\s*"
    r"|(?:[^\W\d_]{3,12}\.? \d{1,2},? \d{4}|\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4})[\s,·-]*)?"
)
"""What a template writes before a label on a line of its own: its name, or a date."""
LOOSE = re.compile(rf"^[\s\\*•—–-]*{_BEFORE}(?:\[\(?(?P<label>{_WORDS})\)?\]{_ADDRESS}|{_LEADING})\s*{_ID}\s*$")
"""As a line of its own: `- [(View Highlight)](…)`, `* [Location 12](…)`."""
_PLACE = re.compile(
    r"(?P<kind>location|loc\.?|emplacement|posición|posição|posizione|page|pages?|pp?\.|página|pagina"
    r"|seite|s\.|time|figure)\s*(?P<value>[^\s,()·](?:[^()]{0,38}[^\s()])?)\s*$",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s(?:>\s)?\\?[—–-]+$")
"""What templates put between a passage and its label."""
_STOPS = (*".!?…,;:", "")
_KINDS: dict[str, LocationKind] = {
    "loc": "location",
    "emp": "location",
    "pos": "location",
    "tim": "time",
    "fig": "figure",
}
_PAGE_OF_ADDRESS = re.compile(r"[?&]page=(?P<page>\d{1,6})\b")


class Ending(NamedTuple):
    """What a highlight ends in, empty where it is not there."""

    text: str
    """All before it."""
    label: str
    url: str
    id: str
    """A block id, with `^`."""
    tags: str
    """As they are written."""


def location(label: str, url: str = "") -> Location | None:
    """Parse a label into a place; None for `View Highlight`. The address may tell the page that the label does not."""
    match = _PLACE.match(" ".join(label.split()))
    if match:
        return Location(_KINDS.get(match["kind"][:3].casefold(), "page"), match["value"])
    page = _PAGE_OF_ADDRESS.search(url)
    return Location("page", page["page"]) if page else None


def split_label(text: str) -> Ending:
    """Split the label from the end of a highlight."""
    match = LABEL.search(text)
    if match is None:
        return Ending(text.rstrip(), "", "", "", "")
    body = _DASH.sub("", text[: match.start()].rstrip())
    stop = match["stop"] or ""
    return Ending(
        body + ("" if body[-1:] in _STOPS else stop),
        named(match) or match["bare"] or "",
        address(match),
        match["id"] or "",
        (match["tags"] or "").strip(),
    )


def named(match: re.Match[str]) -> str:
    """Look up what a label that was found says; a link without a word says that it is one."""
    return match["label"] or match["any"] or ("View Highlight" if match["address"] else "")


def address(match: re.Match[str]) -> str:
    """Look up where a label that was found leads."""
    return match["url"] or match["address"] or ""
