"""Parse what exports say of a highlight or a work in a word or two: tags, names, categories, and a bullet's parts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from aikb.model.highlights import Category, Highlight
from aikb.read.exports.labels import Ending, location, split_label

COLORS = ("yellow", "blue", "pink", "orange", "green", "purple", "red")
"""What Readwise and Kindle name colours; in Markdown they arrive as tags."""

IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\(\s*([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\s*\)")
"""A picture in Markdown, a cover say, with its address."""

_TAG = re.compile(r"#?\[\[([^\[\]\n]+)\]\]|(?<![^\s,])#([^\s#,\[\]]+)")
_LINK = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_NAMED_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\s]*\)")
_ENTITY = re.compile(r"&[A-Za-z]{2,8};")
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,2}([^*_]+)[*_]{1,2}(?!\w)")
_AND = re.compile(r",\s*(?:and\s|&)\s*|\s(?:and|&)\s|,\s*", re.IGNORECASE)
_NAME = re.compile(r"(?:(?:de|del|di|da|du|la|le|van|von|der|den|ter|bin|al|el|y)\s)*[^\W\d_a-z]\S*(?:\s\S+)+")
_LOWER = re.compile(r"\s(?!(?:de|del|di|da|du|la|le|van|von|der|den|ter|bin|al|el|y)\b)[a-z]")
NOTE_WORDS = (
    r"(?:(?:my|own|personal|ma|mes|mon|ma propre|mia|mi|meine?)\s)?(?:notes?|comments?|thoughts?|commentaires?|remarques?"
    r"|notiz(?:en)?|anmerkung(?:en)?|notas?|notities?|comentarios?|commenti?)"
)
"""How templates call what the reader wrote himself."""
TAG_WORDS = r"(?:tags?|étiquettes?|mots[- ]clés?|etiquetas?|etichette|schlagw[oö]rter)"
_ATTACHED = re.compile(rf"\**(?:(?P<tags>{TAG_WORDS})|{NOTE_WORDS})\**\s?::?\**(?:[ \t]+|(?=\n)|$)", re.IGNORECASE)
_TAIL = 4_000
"""Where a label can be: at the end, and an address is no longer than this."""


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
    """List the lines of a stretch of text, each with its offset."""
    end = len(text) if end is None else end
    while start < end:
        at = text.find("\n", start, end)
        stop = end if at < 0 else at
        yield start, text[start:stop]
        start = stop + 1


def dedented(line: str, width: int) -> str:
    """Strip a line of the indentation of what it continues, or as much of it as there is."""
    line = line.expandtabs(4) if line[:1] == "\t" else line
    return line[min(width, len(line) - len(line.lstrip(" "))) :]


def unlinked(text: str) -> str:
    """Strip a text of the brackets of wikilinks, on one line."""
    return " ".join(_LINK.sub(r"\1", text).split())


def tags(value: str) -> tuple[str, ...]:
    """Parse tags in any of the ways they are listed: `[[a]] [[b]]`, `#[[a]] #b`, `#a, #b`, `a, b`."""
    names = [match[1] or match[2] for match in _TAG.finditer(value)] or value.split(",")
    cleaned = {tag.casefold(): tag for tag in (" ".join(each.split()).lstrip("#") for each in reversed(names))}
    return tuple(tag for tag in reversed(cleaned.values()) if tag)


def color_of(names: Iterable[str]) -> str:
    """Find the colour that is among some tags."""
    return next((name.casefold() for name in names if name.casefold() in COLORS), "")


def authors(value: str) -> tuple[str, ...]:
    """Parse who wrote a work.

    Readwise lists all in one text, which is taken apart only where each part is a person's whole name: `Simon & Schuster` and
    `Martin, Robert C.` are one author.
    """
    value = html.unescape(html.unescape(_ENTITY.sub(lambda match: match[0].lower(), value)))
    value = _EMPHASIS.sub(r"\1", value.strip())
    if value.count("[[") != value.count("]]"):
        value = value.replace("[[", "").replace("]]", "").strip(" ,")
    linked = [name for name in _LINK.findall(value) if name.strip()] or _NAMED_LINK.findall(value)
    names: list[str] = []
    for name in linked or [_LINK.sub(r"\1", value)]:
        name = " ".join(name.split())
        parts = [part.strip() for part in _AND.split(name) if part.strip()]
        whole = all(_NAME.fullmatch(part) and not _LOWER.search(part) for part in parts)
        names.extend(parts if whole else [name])
    return tuple(dict.fromkeys(name for name in names if name and name != "None"))


def category(value: str) -> Category:
    """Parse the category that `#books`, `books` or `Book` names."""
    word = unlinked(value).lstrip("#").split(" ", 1)[0].casefold()
    for each in Category:
        if each and word in (each.value, each.value[:-1]):
            return each
    return Category.UNKNOWN


def attached(text: str) -> tuple[str, str]:
    """Parse a bullet under a highlight: `tags` or `note`, and what it says; else nothing, and its text."""
    match = _ATTACHED.match(text)
    if match is None:
        return "", text
    return "tags" if match["tags"] else "note", text[match.end() :].strip()


def labelled(text: str) -> Ending:
    """Split the label from the end of a highlight, whose text may be long."""
    cut = max(len(text) - _TAIL, 0)
    ending = split_label(text[cut:])
    return ending._replace(text=text[:cut] + ending.text if ending.label or not cut else text.rstrip())


def highlight(text: str, tagged: str = "", note: str = "", mark: str = "") -> Highlight:
    """Make a highlight of its text, label and all, and of what is attached to it; `mark` is a block id that stands apart."""
    body, label, url, block_id, tail = labelled(text)
    named = tags(f"{tail} {tagged}".strip())
    return Highlight(
        text=body.strip("\n"),
        id=(block_id or mark).lstrip("^"),
        note=note,
        tags=named,
        color=color_of(named),
        location=location(label, url) if label else None,
        url=url,
    )
