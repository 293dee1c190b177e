"""Read names of files and folders that say a language in ways that may mean something else: `guide_fr.md`, `french/guide.md`.

`plan_de.md` or `made-in.md` may be anything; so such a suffix counts only where another file of the folder has the same name
with another language, or with none, and where each is written in the language that its name says.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from aikb.model.document import Document
from aikb.text.languages import language_code

_SUFFIX = re.compile(r"(?P<stem>.*[^\W_].*)[-_](?P<lang>[A-Za-z]{2,3})")
_LOCAL = re.compile(r"(?P<stem>.*[^\W_].*)[-_.](?P<lang>[A-Za-z]{2,3})[-_][A-Za-z]{2}")
"""A language after a hyphen or an underscore, or one with its country after any sign."""


def folder_language(folders: Sequence[str], languages: Sequence[str]) -> tuple[int, str] | None:
    """Find the folder that is named by a language: its number, and the language; `fr` at the top is read elsewhere."""
    for at, name in enumerate(folders):
        if at and name in languages:
            return at, name
        if len(name) > len("fra") and (code := language_code(name)) in languages and name.isalpha():
            return at, code
    return None


def apply_suffixes(documents: Sequence[Document]) -> list[Document]:
    """Move documents whose name ends in a language to the address that they share with those in others."""
    moves: defaultdict[str, dict[str, Document]] = defaultdict(dict)
    for document in sorted(documents, key=lambda each: each.path):
        folder, name = posixpath.split(document.address.removesuffix(".md"))
        if document.marked or document.in_glossary:
            continue
        for match in (pattern.fullmatch(name) for pattern in (_LOCAL, _SUFFIX)):
            if match and match["lang"].lower() == document.lang:
                moves[f"{posixpath.join(folder, match['stem'])}.md"].setdefault(document.lang, document)
                break
    if not moves:
        return list(documents)
    whole = {document.address: document for document in documents if document.address in moves}
    moved: dict[str, Document] = {}
    for address, variants in moves.items():
        other = whole.get(address)
        if other is not None and other.lang in variants:
            continue
        if len(variants) + (other is not None) > 1:
            moved |= {each.path: replace(each, address=address, marked=True) for each in variants.values()}
    return [moved.get(document.path, document) for document in documents]
