"""Read names of files and folders that say a language in ways that may mean something else: `guide_fr.md`, `french/guide.md`.

`plan_de.md` or `made-in.md` may be anything; so such a name counts only where another file has the same name with another
language, or with none, and where each is written in the language that its name says.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from aikb.model.document import Document
from aikb.text.languages import language_code, names_language

_SUFFIX = re.compile(r"(?P<stem>.*[^\W_].*?)(?:[-_.]| ?\(| )(?P<lang>[^\W\d_]{2,12})\)?")
_LOCAL = re.compile(r"(?P<stem>.*[^\W_].*?)[-_. ](?P<lang>[A-Za-z]{2,3})[-_][A-Za-z]{2}")
"""A language after any sign, and one with its country."""
_PREFIX = re.compile(r"(?P<lang>[^\W\d_]{2,12}?)(?:[-_][A-Z]{2})?[-_. ](?P<stem>.*[^\W_].*)")
_LOCALE = re.compile(r"(?P<lang>[A-Za-z]{2,3})[-_][A-Za-z]{2}")
_WORDS = re.compile(r"[^\W\d_]+")
_MIDDLE = re.compile(r"(?<=[^\W_])[-_.](?P<lang>[A-Za-z]{2,3})[-_.](?=[^\W_])")
"""A code between other parts of a name: `manual_fr_v2`."""
_NUMBER = re.compile(r"(\d{1,3})[-_. ]")
_VERSIONS = {"vf": "fr", "va": "en", "vo": ""}
"""Versions as films have them: French, English, original."""
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


def original_address(address: str, at: int, known: Collection[str] = ()) -> str:
    """Give the address that a file in the folder of a language, number `at`, shares with its original.

    That may stand beside a folder of translations, `locale/fr/b.md`, where the address is a `known` one.
    """
    if match := _DOCUSAURUS.match(address):
        version = match["version"] or "current"
        folder = {"docs": "docs", "blog": "blog", "pages": "src/pages"}[match["kind"]]
        if version != "current":
            folder = f"versioned_docs/{version}"
        return f"{match['above']}{folder}/{address[match.end() :]}"
    parts = address.split("/")
    whole = "/".join(parts[:at] + parts[at + 1 :])
    return next((above for above in addresses_above(whole) if above in known), whole)


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


def apply_numbers(documents: Sequence[Document], languages: Sequence[str]) -> list[Document]:
    """Move documents of folders named by languages to one address where their names begin with the same number.

    Chapters are called otherwise in each language, `en/02-harbours.md` and `fr/02-les-ports.md`, and numbered alike.
    """
    alone = Counter(document.address for document in documents)
    groups: defaultdict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in documents:
        folder, name = posixpath.split(document.address)
        if document.in_glossary or not (match := _NUMBER.match(name)):
            continue
        parts = folder.split("/")
        below = folder_language(parts, languages)
        if below and below[1] == document.lang:
            groups["/".join(parts[: below[0]] + parts[below[0] + 1 :]), match[1]].append(document)
        elif document.marked:
            groups[folder, match[1]].append(document)
    moved: dict[str, Document] = {}
    for group in groups.values():
        langs = {document.lang for document in group}
        places = {posixpath.dirname(document.path) for document in group}
        if len(langs) == len(group) == len(places) > 1 and all(alone[each.address] == 1 for each in group):
            first = min(group, key=lambda each: each.path)
            moved |= {each.path: replace(each, address=first.address, marked=True) for each in group}
    return [moved.get(document.path, document) for document in documents] if moved else list(documents)


def _addresses_without_language(document: Document) -> Iterator[str]:
    """List the addresses that a document may share with others when its language is left out of its name."""
    if document.marked:
        yield from addresses_above(document.address)
        return
    folder, name = posixpath.split(document.address.removesuffix(".md"))
    if _HOMES_IN.get(name.lower()) == document.lang or _says(name, document.lang):
        yield posixpath.join(folder, "index.md")
    if beside := _folder_without_language(folder, document.lang):
        yield f"{beside}/{name}.md"
    if not _says_one_of(name, document.lang):
        return
    for pattern in (_LOCAL, _SUFFIX, _PREFIX):
        match = pattern.fullmatch(name)
        if match and _says(match["lang"], document.lang):
            stem = "index" if match["stem"].lower() in _HOMES else match["stem"]
            yield posixpath.join(folder, f"{stem}.md")
            return
    match = _MIDDLE.search(name)
    if match and _says(match["lang"], document.lang):
        yield posixpath.join(folder, f"{name[: match.start() + 1]}{name[match.end() :]}.md")


def _folder_without_language(folder: str, lang: str) -> str:
    """Leave a language out of the name of a folder, `guides-fr/`; empty where none has one."""
    parts = folder.split("/")
    for at, part in enumerate(parts):
        for pattern in (_SUFFIX, _PREFIX) if _says_one_of(part, lang) else ():
            match = pattern.fullmatch(part)
            if match and _says(match["lang"], lang):
                return "/".join([*parts[:at], match["stem"], *parts[at + 1 :]])
    return ""


def _says_one_of(name: str, lang: str) -> bool:
    return any(_says(word, lang) for word in _WORDS.findall(name))


def _says(word: str, lang: str) -> bool:
    """Tell whether a word is the code of a language, or its name."""
    return word.lower() == lang or _VERSIONS.get(word.lower()) in (lang, "") or names_language(word, lang)
