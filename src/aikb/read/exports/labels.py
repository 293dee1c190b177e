"""Parse the label at the end of a highlight, `([Location 226](https://…))`, which tells where it is and leads there.

The blank in it is a no-break space in every file that was looked at; some have no address: `(Page 12)`.
"""

from __future__ import annotations

import re

from aikb.model.highlights import Location, LocationKind

_ADDRESS = r"\(\s*(?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\s*\)"
_WORDS = (
    r"View(?: (?:Highlight|Tweet|Note|Annotation|Page|Source))?"
    r"|(?:Location|Page|Time|Figure|Loc|Emplacement)\s[^\[\]()]{1,40}"
)
LABEL = re.compile(
    rf"(?<!\s)\s*(?:\(\[(?P<label>{_WORDS})\]{_ADDRESS}\)|\((?P<bare>(?:Location|Page|Time|Figure)\s[\w.:–-]+)\))"
    r"\s*(?P<id>\^[\w-]+)?\s*$"
)
"""At the end of a highlight's text, with the block id that may follow."""
LOOSE = re.compile(rf"^[\s\\*•—–-]*\[\(?(?P<label>{_WORDS})\)?\]{_ADDRESS}\s*(?P<id>\^[\w-]+)?\s*$")
"""As a line of its own: `- [(View Highlight)](…)`, `* [Location 12](…)`."""
_KINDS: dict[str, LocationKind] = {
    "location": "location",
    "loc": "location",
    "emplacement": "location",
    "page": "page",
    "time": "time",
}


def location(label: str) -> Location | None:
    """Parse a label into a place; None for `View Highlight`."""
    kind, _, value = " ".join(label.split()).partition(" ")
    known = _KINDS.get(kind.casefold(), "figure" if kind == "Figure" else None)
    return Location(known, value) if known and value else None


def split_label(text: str) -> tuple[str, str, str, str]:
    """Split a highlight into text, label, address and block id; empty where they are not."""
    match = LABEL.search(text)
    if match is None:
        return text.rstrip(), "", "", ""
    return text[: match.start()].rstrip(), match["label"] or match["bare"], match["url"] or "", match["id"] or ""
