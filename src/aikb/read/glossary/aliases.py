"""Extract other names of a term from its definition: only in forms that leave no doubt.

Two forms are known. An abbreviation in brackets whose letters are found in the words before it, “retrieval augmented generation
(RAG)”, in either order, where one of the two is the label: the algorithm of Schwartz and Hearst (2003), which is the
customary one and a dozen lines. And a translation in brackets, “X (en anglais, Y)”, where one of the two is the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aikb.model.glossary import Alias
from aikb.model.node import Node
from aikb.read.glossary.vocabulary import vocabulary
from aikb.text.folding import folded

_BRACKETS = re.compile(r"(?P<before>[^()]{1,160}?)\s*\((?P<inside>[^()]{2,120})\)")
_ARTICLE = re.compile(r"^\s*(?:(?:an?|the|une?|les?|la|des)\s+|l['’])?", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z][\w-]{1,11}")
_SAMPLE = 600
"""Characters of a definition that are looked at."""
_UP_TO = re.compile(r"[.:;,(—–\n]|\s-\s")
_SENTENCE = re.compile(r"[.!?…]\s|\n")


def extract_aliases(label: str, text: str, lang: str) -> Iterator[Alias]:
    """Extract the aliases that the first sentence of a definition gives to what `label` names."""
    end = _SENTENCE.search(text, 0, _SAMPLE)
    sentence = text[: min(end.end() if end else _SAMPLE, _SAMPLE)]
    for match in _BRACKETS.finditer(sentence):
        before, inside = match["before"], match["inside"].strip(" .\"'“”«»")
        lead = _ARTICLE.sub("", before).strip(" \"'“”«»") if match.start() == 0 else ""
        for piece in vocabulary().next_translation.split(inside):
            translation = vocabulary().translation.match(piece)
            if translation:
                yield from _translated(label, lead, translation, lang)
            else:
                yield from _abbreviated(label, before.strip(), piece)


def full_form(label: str, blocks: Sequence[Node]) -> Iterator[Alias]:
    """Find what a label abbreviates at the beginning of its definition: marked words, or all up to the first mark."""
    first = blocks[0] if blocks and blocks[0].kind in ("paragraph", "plain") and blocks[0].children else None
    if first is None or not _ABBREVIATION.fullmatch(label):
        return
    marked = first.children[0]
    written = (
        marked.plain_text if marked.kind in ("strong", "emphasis") else _UP_TO.split(first.plain_text[:_SAMPLE], 1)[0]
    )
    name = written.strip(" .:\"'“”«»")
    if name and label not in name.split() and long_form(label, name) == name:
        yield Alias(name, declared=False)


def _translated(label: str, lead: str, match: re.Match[str], lang: str) -> Iterator[Alias]:
    name = match["name"].strip(" \"'“”«»")
    other = vocabulary().language(match["language"])
    if _same(lead, label):
        yield Alias(name, other, declared=False)
    elif _same(name, label) and lead and len(lead.split()) <= 6:
        yield Alias(lead, lang, declared=False)


def _abbreviated(label: str, before: str, inside: str) -> Iterator[Alias]:
    if _ABBREVIATION.fullmatch(inside):
        long = long_form(inside, before)
        if long and _same(long, label):
            yield Alias(inside, declared=False)
        elif long and _same(inside, label):
            yield Alias(long, declared=False)
    elif (
        _ABBREVIATION.fullmatch(label) and _same(_ARTICLE.sub("", before), label) and long_form(label, inside) == inside
    ):
        yield Alias(inside, declared=False)


def _same(name: str, label: str) -> bool:
    """Compare two names, but for case, accents, dashes, and a plural's s."""
    return bool(name) and folded(name).rstrip("s") == folded(label).rstrip("s")


def long_form(short: str, before: str) -> str:
    """Find the last words of `before` that `short` abbreviates, its letters in order, the first at a word's start."""
    words = before.split()
    text = " ".join(words[-min(len(short) + 5, len(short) * 2) :])
    at = len(text)
    for number, char in reversed(list(enumerate(short.casefold()))):
        if not char.isalnum():
            continue
        at -= 1
        while at >= 0 and (text[at].casefold() != char or (number == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
    name = text[at:].strip(" \"'“”«»")
    return name if (len(name) > len(short) and " " in name) or "-" in name else ""
