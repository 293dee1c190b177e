"""Read the links at the head of a page to itself in another language: `[Version française](guide.fr.md)`, a flag.

Such a link is named by a language and nothing else, and stands above the first section in a line that says no more. One
that many pages have leads home, and pairs none of them.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from urllib.parse import unquote

from aikb.model.document import Document
from aikb.text.folding import unaccented
from aikb.text.languages import language_code
from aikb.text.tags import tokens

_BLOCKS = 8
"""Blocks at the head of a page that are looked at."""
_WORDS = 12
"""Words that may stand around such links."""
_FILLERS = frozenset(
    "a also aussi available canada autre ce cet cette consulter disponible doc document documentation dans de en est existe "
    "exists for france go here ici in is la langue language le lire lisez lisezmoi me moi of or ou original originale page "
    "passer pour read readme see switch texte the this to traduction traduit translated translation translations version "
    "versions view voir".split()
)
"""What a link to a translation says besides the language."""
_FLAGS = {"🇬🇧": "en", "🇺🇸": "en", "🇫🇷": "fr", ":fr:": "fr", ":gb:": "en", ":uk:": "en", ":us:": "en", ":england:": "en"}
_SHORT = {"angl": "en", "anglaise": "en", "francaise": "fr"}
"""What names of languages are not, and their links say."""
_TOKEN = re.compile(r":[a-z]{2,8}:|[\U0001f1e6-\U0001f1ff]{2}|[^\W\d_]+")


def linked_twins(documents: Sequence[Document], languages: Sequence[str]) -> dict[str, Document]:
    """Find for each document the one that a link at its head calls the same in another language, by path."""
    by_path = {document.path: document for document in documents}
    said: list[tuple[Document, Document]] = []
    for document in documents:
        for lang, target in _links(document, languages):
            other = by_path.get(_path(document, target)) or by_path.get(f"{_path(document, target)}.md")
            if other and other.path != document.path and lang == other.lang != document.lang:
                said.append((document, other))
    both = {(one.path, other.path) for one, other in said}
    claims = Counter((other.path, one.lang) for one, other in said)
    twins: dict[str, Document] = {}
    for one, other in said:
        mutual = (other.path, one.path) in both
        if mutual or (claims[other.path, one.lang] == 1 and other.path not in twins):
            twins.setdefault(one.path, other)
    return _leaders(twins, by_path, languages)


def _leaders(
    twins: Mapping[str, Document], by_path: Mapping[str, Document], languages: Sequence[str]
) -> dict[str, Document]:
    """Choose of each pair the one whose language comes first; a document that two pairs hold keeps the first."""
    leaders: dict[str, Document] = {}
    taken: defaultdict[str, set[str]] = defaultdict(set)
    for path, other in twins.items():
        pair = sorted((by_path[path], other), key=lambda each: (languages.index(each.lang), each.path))
        first, second = pair
        if second.path in leaders or first.path in leaders or second.lang in taken[first.path]:
            continue
        taken[first.path].add(second.lang)
        leaders[second.path] = first
    return leaders


def _path(document: Document, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(document.path), target))


def _links(document: Document, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """List the links at a document's head that are named by a language: the language, and the path they lead to."""
    titles = 0
    for block in document.blocks[:_BLOCKS]:
        if block.kind == "heading":
            titles += 1
            if titles > 1 or block.level > 1:
                return
        elif block.kind == "html":
            if "href" in block.text:
                yield from _named(_anchors(block.text), languages)
        else:
            links = [node for node in block.walk() if node.kind == "link"]
            if links and len(block.plain_text.split()) - sum(len(each.plain_text.split()) for each in links) <= _WORDS:
                yield from _named(((link.plain_text, link.target) for link in links), languages)


def _named(links: Iterator[tuple[str, str]], languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text, target in links:
        path = unquote(target.partition("#")[0].partition("?")[0])
        if path and "://" not in path and (lang := said_language(text, languages)):
            yield lang, path


def _anchors(written: str) -> Iterator[tuple[str, str]]:
    """List the links of raw HTML: what each says, or what its picture is called, and where it leads."""
    target, words = "", list[str]()
    for token in tokens(written):
        if token.name == "a" and token.kind == "open":
            target, words = token.get("href") or "", []
        elif token.name == "a" and token.kind == "close":
            yield " ".join(words), target
        elif token.kind == "text":
            words.append(unescape(token.text))
        elif token.name == "img":
            words.append(token.get("alt") or "")


def said_language(text: str, languages: Sequence[str]) -> str:
    """Read a link's words that say one of some languages and nothing else: `Version française`, `EN`, a flag; else empty."""
    found: set[str] = set()
    bare = False
    for token in _TOKEN.findall(unaccented(text)):
        word = token.casefold()
        if word in _FLAGS:
            found.add(_FLAGS[word])
        elif word == "en":  # English, or the French for `in`
            bare = True
        elif word not in _FILLERS:
            found.add(_SHORT.get(word) or language_code(word))
    if not found and bare:
        found.add("en")
    found.discard("")
    return next(iter(found)) if len(found) == 1 and found <= set(languages) else ""
