"""Read notes of readwise-mirror, a plugin for Obsidian: `TEXT ^id` between rules, the id being Readwise's.

The plugin writes a file anew each time, so that whatever stands above an id since the last passage is the highlight, rules in
it included.
"""

from __future__ import annotations

import re

from aikb.model.highlights import Highlight, Location, Work
from aikb.read.exports.dates import iso_date
from aikb.read.exports.fields import address
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.items import authors, category, lines, tags
from aikb.read.exports.passages import Passage, passages

_COMMENT = re.compile(r"\s*%%[ \t]*\n(?:ID: (?P<id>\d+)[ \t]*\n)Updated: ?(?P<updated>.*)\n%%")
_ABOUT = re.compile(r"^# About[ \t]*$", re.MULTILINE)
_NUMBER = re.compile(r"^Number of Highlights: ==\d+==", re.MULTILINE)
_SECTION = re.compile(r"# (About|Document Note|Highlights)[ \t]*")
_FIELD = re.compile(
    r"(Title|Authors?|Category|Tags|Number of Highlights|Readwise URL|Source URL|Date|Last Highlighted|Summary): ?(.*)"
)
_COVER = re.compile(r"^!\[[^\]\n]*\]\(\s*(\S+?)\s*\)", re.MULTILINE)
_ID = re.compile(r"(?:(?<=\s)|^)\^(\d{4,})[ \t]*$")
_COLOR = re.compile(r"[ \t]*%% Color: ([\w-]{1,40}) %%[ \t]*$")
_PLACE = re.compile(
    r"[ \t]*\(\[([^\[\]\n]{0,40})\]"
    r"\((https://readwise\.io/to_kindle\?action=open&asin=([^&\s()]*)&location=[^\s()]*)\)\)[ \t]*$"
)
_OPEN = re.compile(r"\[View Highlight\]\((\S*)\)[ \t]*")
_TAGS = re.compile(r"Tags: (?=#)(.*)")
_NOTE = re.compile(r"(\*\*)?Note: ?(.*)", re.DOTALL)
_HEAD = 8_000
_LABEL = 4_000


def recognises(text: Text) -> bool:
    """Detect a note that begins with the plugin's comment, or has its list of facts."""
    source, start = text.source.text, text.offset
    if _COMMENT.match(source, start):
        return True
    about = _ABOUT.search(source, start, start + _HEAD)
    return about is not None and _NUMBER.search(source, about.end(), about.end() + _HEAD) is not None


def read(text: Text) -> Export:
    """Read the one work of a note."""
    source = text.source.text
    comment = _COMMENT.match(source, text.offset)
    sections, fields = _sections(source, text.offset)
    begin = sections.get("Highlights", len(source))
    cover = _COVER.search(source, text.offset, sections.get("About", begin))
    found, rest = passages(lines(source, begin), _ID)
    note = ""
    if "Document Note" in sections:
        note = source[sections["Document Note"] : begin].rsplit("# Highlights", 1)[0].strip()
    title = re.sub(r"^Readwise/[^/]+/", "", fields.get("title", "").removeprefix("[[").removesuffix("]]"))
    work = Work(
        title=title or text.metadata.title,
        authors=authors(fields.get("authors", "") or fields.get("author", "")) or text.metadata.authors,
        category=category(fields.get("category", "")),
        id=comment["id"] if comment else "",
        url=address(fields.get("source url", "")),
        readwise_url=address(fields.get("readwise url", "")),
        cover=cover[1] if cover else "",
        date=iso_date(fields.get("date", "")),
        updated=iso_date((comment["updated"] if comment else "") or fields.get("last highlighted", "")),
        tags=tags(fields["tags"]) if fields.get("tags") else (),
        note=note,
        summary=fields.get("summary", "").removesuffix("---").strip(),
        remarks=rest,
        highlights=tuple(_highlight(passage) for passage in found),
        form=FORMAT.name,
        start=text.offset,
    )
    return Export((work,))


def _sections(source: str, start: int) -> tuple[dict[str, int], dict[str, str]]:
    """Find where the text of each section begins, and read the facts of the first."""
    sections: dict[str, int] = {}
    rows: dict[str, list[str]] = {}
    key = ""
    for at, line in lines(source, start):
        section, field = _SECTION.fullmatch(line), _FIELD.fullmatch(line)
        if section and section[1] not in sections:
            sections[section[1]] = at + len(line) + 1
            key = ""
            if section[1] == "Highlights":
                break
        elif field and "About" in sections and "Document Note" not in sections and key != "summary":
            key = field[1].casefold()
            rows[key] = [field[2]]
        elif key:
            rows[key].append(line)
    return sections, {name: "\n".join(value).strip() for name, value in rows.items()}


def _highlight(passage: Passage) -> Highlight:
    text, color, place, remark = passage.text, "", None, passage.remark
    if match := _COLOR.search(text):
        text, color = text[: match.start()].rstrip(), match[1]
    url = ""
    if match := _PLACE.search(text[-_LABEL:]):
        text = text[: len(text) - len(match[0])].rstrip()
        with_book = match[3] not in ("", "null", "undefined")  # else no one can tell whether pages are counted, or what
        place = Location("location" if with_book else "order", match[1]) if match[1] else None
        url = match[2] if with_book else ""
    rows = remark.split("\n")
    if match := _OPEN.fullmatch(rows[-1]):
        rows.pop()
        url = url or match[1]
    while rows and not rows[-1].strip():
        rows.pop()
    tagged = _TAGS.fullmatch(rows[-1]) if rows else None
    if tagged:
        rows.pop()
    remark = "\n".join(rows).strip()
    if match := _NOTE.match(remark):
        remark = match[2].removesuffix("**").strip() if match[1] else match[2].strip()
    return Highlight(
        text=text,
        id=passage.mark,
        note=remark,
        tags=tags(tagged[1]) if tagged else (),
        color=color,
        location=place,
        url=url,
        start=passage.start,
        end=passage.end,
    )


FORMAT = Format("mirror", MARKDOWN, recognises, read)
