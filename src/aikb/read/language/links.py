"""Read the links at the head of a page to itself in another language: `[Version française](guide.fr.md)`, a flag.

Such a link is named by a language and nothing else, and stands above the first section in a line that says no more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from urllib.parse import unquote

from aikb.model.node import Node
from aikb.text.folding import unaccented
from aikb.text.languages import language_code
from aikb.text.tags import tokens

_BLOCKS = 8
"""Blocks at the head of a page that are looked at."""
_WORDS = 2
"""Words that may stand around such links, besides those that speak of languages."""
_FILLERS = frozenset(
    "a also aussi autre autres available be by can canada ce cet cette click cliquez consulter d dans de disponible doc "
    "document documentation en est existe exists for france go here ici idioma in int is l la language languages langue "
    "langues le lire lisez lisezmoi me moi of or original originale other ou page passer peut pour read readme see switch "
    "texte the this to traduction traduit translate translated translation translations version versions view voir we your "
    "être".split()
)
"""What a link to a translation says besides the language."""
_FLAGS = {"🇬🇧": "en", "🇺🇸": "en", "🇫🇷": "fr", ":fr:": "fr", ":gb:": "en", ":uk:": "en", ":us:": "en", ":england:": "en"}
_SHORT = {"angl": "en", "anglaise": "en", "francaise": "fr"}
"""What names of languages are not, and their links say."""
_TOKEN = re.compile(r":[a-z]{2,8}:|[\U0001f1e6-\U0001f1ff]{2}|[^\W\d_]+")
_HEAD = 3000
"""Characters in which the first blocks stand."""
_MAY_LINK = re.compile(
    r"(?:\[|>)[^\[\]\n<>]{0,60}?(?:fran[cç]ais|french|angl|engl|\b(?:en|eng|fr)\b|[\U0001f1e6-\U0001f1ff]|:[a-z]{2,8}:)|alt=",
    re.IGNORECASE,
)
"""What a head has that may have such a link, so that few are taken apart."""


def language_links(tree: Sequence[Node], text: str, languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """List the links at a page's head that are named by a language: the language, and the path that they lead to."""
    if len(languages) == 1 or not _MAY_LINK.search(text, 0, _HEAD):
        return ()
    return tuple(_links(tree, languages))


def _links(tree: Sequence[Node], languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    titles = 0
    for block in tree[:_BLOCKS]:
        if block.kind == "heading":
            titles += 1
            if titles > 1 or block.level > 1:
                return
        elif block.kind == "html":
            if "href" in block.text:
                yield from _named(_anchors(block.text), languages)
        else:
            links = [node for node in block.walk() if node.kind == "link"]
            if links and _says_no_more(block, links, languages):
                yield from _named(((link.plain_text, link.target) for link in links), languages)


def _says_no_more(block: Node, links: Sequence[Node], languages: Sequence[str]) -> bool:
    """Tell whether the words around some links say no more than that there are languages, `Read this in`, but for a few."""
    words = Counter(_TOKEN.findall(unaccented(block.plain_text).casefold()))
    words.subtract(word for link in links for word in _TOKEN.findall(unaccented(link.plain_text).casefold()))
    others = [word for word in words.elements() if word not in _FILLERS and word not in _FLAGS]
    return sum(language_code(word) not in languages for word in others) <= _WORDS


def _named(links: Iterable[tuple[str, str]], languages: Sequence[str]) -> Iterator[tuple[str, str]]:
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
