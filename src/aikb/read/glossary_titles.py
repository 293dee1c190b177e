"""Tell by its title or its file's name that a note, or a section, is a glossary."""

from __future__ import annotations

import posixpath
import re

from aikb.model.document import Metadata
from aikb.read.term_labels import label
from aikb.read.vocabulary import vocabulary

_QUESTION = re.compile(
    r"(?:how|why|when|what|using|writing|making|building|comment|pourquoi|quand|utiliser|écrire|faire)\b", re.IGNORECASE
)
"""How the title of a note begins that speaks of glossaries and is none."""
_SMALL = re.compile(r"(?:mini|petit|short|little|quick|small|brief|bref)[- ]+", re.IGNORECASE)
_OF = re.compile(r"s?\s+(?:of|de|des|du|d[’'])\b|\s*\(", re.IGNORECASE)
"""What a section's heading says before the word for a glossary, and after it."""
_TITLE, _HEADING = 8, 6
"""Words of a title that says what a note is, and of a heading that says what a section is."""


def is_called_glossary(head: str, metadata: Metadata, address: str) -> bool:
    """Tell whether the title of a note says that it is a glossary: the one of its front matter, its `head`, its file's name."""
    name = posixpath.basename(address.removesuffix(".md").removesuffix("/index"))
    titles = [title for title in (metadata.title, head, name) if title and len(title.split()) <= _TITLE]
    return any(_names_glossary(label(title, whole=True)) for title in titles)


def _names_glossary(title: str) -> bool:
    """Tell whether a title is one of a glossary: no question, and not of many, as the history of glossaries is."""
    named = vocabulary().named.search(title)
    return named is not None and not _QUESTION.match(title) and (not named[0].endswith("s") or not named.start())


def heads_glossary(title: str) -> bool:
    """Tell whether the heading of a section is one of a glossary: `Glossary`, `Mini-glossaire`, `Glossary of terms`."""
    title = _SMALL.sub("", label(title, whole=True).strip(" :"))
    if vocabulary().section.fullmatch(title):
        return True
    named = vocabulary().named.match(title)
    return bool(named and _OF.match(title[named.end() :]) and len(title.split()) <= _HEADING)
