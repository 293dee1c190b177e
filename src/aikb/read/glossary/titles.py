"""Tell by its title or its file's name that a note, or a section, is a glossary."""

from __future__ import annotations

import posixpath
import re

from aikb.model.document import Metadata
from aikb.read.glossary.labels import label
from aikb.read.glossary.vocabulary import vocabulary

_QUESTION = re.compile(
    r"(?:how|why|when|what|which|using|writing|making|building|creating|adding|updating|about|comment|pourquoi|quand|utiliser|écrire"
    r"|faire|créer|ajouter|add|update|write|make|build|create|edit|to)\b",
    re.IGNORECASE,
)
"""How the title of a note begins that speaks of glossaries and is none."""
_SMALL = re.compile(r"(?:mini|petit|short|little|quick|small|brief|bref)[- ]+", re.IGNORECASE)
_APPENDIX = re.compile(
    r"(?:annexe|appendix|annex|partie|part|chapitre|chapter)\s+[\dA-Z]{1,4}\s*[.:–—-]+\s*|[A-Z]\.\s+", re.IGNORECASE
)
_OF = re.compile(r"s?\s+(?:of|for|de|des|du|d[’']|pour)\b|\s*[(:–—]|\s+-\s", re.IGNORECASE)
"""What a section's heading says before the word for a glossary, and after it."""
_LETTERS = 80
"""Letters of a title that is looked at; patterns of several words would take too long for a text without end."""
_TITLE, _HEADING, _FEW = 8, 7, 3
"""Words of a title that says what a note is, and of a heading that says what a section is; and of one with an adjective."""
_BELONGS = re.compile(r"\b(?:of|for|to|in|with|de|du|des|pour|avec)\b|d[’']", re.IGNORECASE)
"""What makes of a glossary a part of something else's name: `Éditeur de glossaire`."""
_BEFORE = 10
"""Letters of a word before the one for a list: `Useful acronyms in this guide`."""
_ADJECTIVE = re.compile(
    r"\s+(?:essentiel(?:le)?s?|introduits?|clés?|utiles?|nécessaires?|important(?:e)?s?|technique?s?|spécifiques?|nouveaux?|nouvelles?"
    r"|propres?|courante?s?|employée?s?|métiers?|(?:à|used|introduced|needed|for|in|you|to)\b)",
    re.IGNORECASE,
)
"""What follows the word for a list: `Vocabulaire essentiel`, `Acronyms in this guide`."""
_A_TERM = re.compile(r"\w_\w")
_FRENCH = re.compile(r"(?:glossaire|lexique)\s+\w[\w-]*(?:\s+\w[\w-]*)?", re.IGNORECASE)
"""An adjective follows a French noun."""


def is_called_glossary(head: str, metadata: Metadata, address: str) -> bool:
    """Tell whether the title of a note says that it is a glossary: the one of its front matter, its `head`, its file's name."""
    name = posixpath.basename(address.removesuffix(".md").removesuffix("/index"))
    titles = [title for title in (metadata.title, head, name) if title and len(title.split()) <= _TITLE]
    return any(_names_glossary(label(title, whole=True)) for title in titles)


def stands_in_glossary(address: str) -> bool:
    """Tell whether a note is a file of a folder that is called a glossary, `docs/glossary/pod.md`, but its page."""
    folder, name = posixpath.split(address)
    return name != "index.md" and bool(vocabulary().section.fullmatch(posixpath.basename(folder)))


def is_called_list(head: str, metadata: Metadata, address: str) -> bool:
    """Tell whether the title of a note says that it lists terms, which are no headings there: `Acronyms`, `Vocabulaire`."""
    name = posixpath.basename(address.removesuffix(".md").removesuffix("/index"))
    titles = [
        label(title, whole=True) for title in (metadata.title, head, name.replace("-", " ").replace("_", " ")) if title
    ]
    return any(len(title) <= _LETTERS and vocabulary().term_list.fullmatch(title) for title in titles)


def _names_glossary(title: str) -> bool:
    """Tell whether a title is one of a glossary: no question, and not of many, as the history of glossaries is."""
    named = vocabulary().named.search(title)
    return named is not None and not _QUESTION.match(title) and (not named[0].endswith("s") or not named.start())


def _bare(title: str) -> str:
    """Take from a heading what its place in a document and its size add: `Annexe A – Petit glossaire`."""
    return _SMALL.sub("", _APPENDIX.sub("", label(title, whole=True).strip(" :"), count=1))


def heads_glossary(written: str) -> bool:
    """Tell whether the heading of a section is one of a glossary: `Glossary`, `Mini-glossaire`, `Glossary of terms`."""
    if len(written) > _LETTERS:
        return False
    title = _bare(written)
    if vocabulary().section.fullmatch(title):
        return True
    if _A_TERM.search(written):  # `Glossaire_MMLU` is the heading of a term
        return False
    words = len(title.split())
    if (listed := vocabulary().term_list.fullmatch(title)) and vocabulary().named.search(listed["words"]):
        return True
    if (named := vocabulary().named.match(title)) and _OF.match(title[named.end() :]) and words <= _HEADING:
        return True
    if _QUESTION.match(title) or words > _FEW:
        return False
    last = vocabulary().named.search(title)
    alone = (
        last and last.end() == len(title) and not last[0].endswith("s") and not _BELONGS.search(title[: last.start()])
    )
    return bool(_FRENCH.fullmatch(title) or alone)


def heads_list(title: str) -> bool:
    """Tell whether the heading of a section says that it lists terms: `Acronyms`, `Definitions and abbreviations`."""
    if len(title) > _LETTERS:
        return False
    title = re.split(r"\s*[(–—:]|\s+(?:used|utilisés|utilisées)\b", _bare(title))[0]
    if vocabulary().term_list.fullmatch(title):
        return True
    if _QUESTION.match(title) or len(title.split()) > _TITLE:
        return False
    first = vocabulary().list_word.search(title)
    last = [found for found in vocabulary().list_word.finditer(title) if found.end() == len(title)]
    before = title[: last[0].start()] if last else ""
    return bool(
        (
            first
            and first.start() <= _BEFORE
            and (_OF.match(title[first.end() :]) or _ADJECTIVE.match(title[first.end() :]))
        )
        or (last and len(before.split()) < _FEW and not _BELONGS.search(before))
    )
