"""Read names of files and folders that say a language in ways that may mean something else: `guide_fr.md`, `french/guide.md`.

`plan_de.md` or `made-in.md` may be anything; so such a name counts only where another file has the same name with another
language, or with none, and where each is written in the language that its name says.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aikb.model.document import Document
from aikb.text.folding import unaccented
from aikb.text.languages import language_code

_SUFFIX = re.compile(r"(?P<stem>.*[^\W_].*?)(?:[-_.]| ?\(| )(?P<lang>[^\W\d_]{2,12})\)?")
_LOCAL = re.compile(r"(?P<stem>.*[^\W_].*?)[-_. ](?P<lang>[A-Za-z]{2,3})[-_][A-Za-z]{2}")
"""A language after any sign, and one with its country."""
_PREFIX = re.compile(r"(?P<lang>[^\W\d_]{2,12}?)(?:[-_][A-Z]{2})?[-_. ](?P<stem>.*[^\W_].*)")
_LOCALE = re.compile(r"(?P<lang>[A-Za-z]{2,3})[-_][A-Za-z]{2}")
_CODE = 3
"""Letters of a code; what is longer is a name, `french`."""
_HOMES = ("readme", "index", "_index")
_HOMES_IN = {"lisezmoi": "fr", "lisez-moi": "fr", "lisez_moi": "fr", "readme": "en"}
"""What the page of a folder is called in one language."""
_OF_TRANSLATIONS = frozenset(
    "i18n l10n lang langs language languages langues locale locales traductions translations".split()
)
"""Folders that hold translations of what stands beside them."""
_DOCUSAURUS = re.compile(
    r"(?P<above>(?:.*/)?)i18n/(?P<lang>[^/]+)/docusaurus-plugin-content-(?P<kind>docs|blog|pages)/(?:(?P<version>version-[^/]+|current)/)?"
)
"""Where Docusaurus has the translations of `docs/`, `versioned_docs/`, `blog/` and `src/pages/`."""


def folder_language(folders: Sequence[str], languages: Sequence[str]) -> tuple[int, str] | None:
    """Find the folder that is named by a language: its number, and the language; `fr` at the top is read elsewhere."""
    for at, name in enumerate(folders):
        if at and name in languages:
            return at, name
        if (lang := _locale_of(name)) in languages or (
            len(name) > _CODE and (lang := language_code(name)) in languages and name.isalpha()
        ):
            return at, lang
    return None


def _locale_of(name: str) -> str:
    """Read a folder's name that is a code in capitals or with a country: `FR`, `fr-CA`."""
    match = _LOCALE.fullmatch(name)
    return match["lang"].lower() if match else name.lower() if name.isupper() and len(name) <= _CODE else ""


def original_address(address: str, at: int) -> str:
    """Give the address that a file in the folder of a language, number `at`, shares with its original."""
    if match := _DOCUSAURUS.match(address):
        version = match["version"] or "current"
        folder = {"docs": "docs", "blog": "blog", "pages": "src/pages"}[match["kind"]]
        if version != "current":
            folder = f"versioned_docs/{version}"
        return f"{match['above']}{folder}/{address[match.end() :]}"
    parts = address.split("/")
    return "/".join(parts[:at] + parts[at + 1 :])


def addresses_above(address: str) -> Iterator[str]:
    """List where the original of a file in a folder of translations may be: beside that folder, or one above."""
    parts = address.split("/")
    for at, name in enumerate(parts[:-1]):
        if name.lower() in _OF_TRANSLATIONS:
            yield "/".join(parts[:at] + parts[at + 1 :])
            if at:
                yield "/".join(parts[: at - 1] + parts[at + 1 :])


def apply_suffixes(documents: Sequence[Document]) -> list[Document]:
    """Move documents whose name says a language to the address that they share with those in others."""
    whole = {document.address: document for document in documents if not document.in_glossary}
    moves: defaultdict[str, dict[str, Document]] = defaultdict(dict)
    for document in sorted(documents, key=lambda each: each.path):
        if not document.in_glossary:
            for address in _addresses_without_language(document):
                moves[address].setdefault(document.lang, document)
    moved: dict[str, Document] = {}
    for address in sorted(moves):
        variants = {lang: each for lang, each in moves[address].items() if each.path not in moved}
        other = whole.get(address)
        if other is not None and (other.lang in variants or other.path in moved):
            continue
        if len(variants) + (other is not None) > 1:
            moved |= {each.path: replace(each, address=address, marked=True) for each in variants.values()}
    return [moved.get(document.path, document) for document in documents]


def _addresses_without_language(document: Document) -> Iterator[str]:
    """List the addresses that a document may share with others when its language is left out of its name."""
    if document.marked:
        yield from addresses_above(document.address)
        return
    folder, name = posixpath.split(document.address.removesuffix(".md"))
    if _HOMES_IN.get(name.lower()) == document.lang:
        yield posixpath.join(folder, "index.md")
    if _says(name, document.lang):
        yield posixpath.join(folder, "index.md")
    for pattern in (_LOCAL, _SUFFIX, _PREFIX):
        match = pattern.fullmatch(name)
        if match and _says(match["lang"], document.lang):
            stem = "index" if match["stem"].lower() in _HOMES else match["stem"]
            yield posixpath.join(folder, f"{stem}.md")
            return


def _says(word: str, lang: str) -> bool:
    """Tell whether a word is the code of a language, or its name."""
    return word.lower() == lang or (len(word) > _CODE - 1 and language_code(unaccented(word)) == lang)
