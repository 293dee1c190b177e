"""Look up the words by which a glossary and what is in it are known, in every language that the interface speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from aikb.locales.words import known, language_name, words, words_of_its_own
from aikb.text.folding import folded, unaccented


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Patterns made of all languages' words."""

    section: re.Pattern[str]
    """A heading under which terms stand."""
    prefix: re.Pattern[str]
    """What a heading may begin with and the term does not: `Glossaire_`."""
    aliases: re.Pattern[str]
    """A line that lists other names, `names`."""
    marked: re.Pattern[str]
    """The language after a name, in brackets."""
    translation: re.Pattern[str]
    """“en anglais, Y”: the language's name and the translation, `name`."""
    next_translation: re.Pattern[str]
    """What stands between two of them."""
    named: re.Pattern[str]
    """A word by which a title or a file's name says that it is a glossary."""
    column: re.Pattern[str]
    """The head of a column of terms: `Term`, `Sigle`."""
    parts: frozenset[str]
    """What sub-headings and bold words inside a definition are called, in small letters: `definition`, `example`."""
    projects: frozenset[str]
    """What the headings of a README that speaks of a program are called, in small letters: `installation`, `license`."""
    excluded: re.Pattern[str]
    """A line that lists what is not the term, `names`."""
    languages: Mapping[str, str]
    """Languages by what they are called, in small letters without accents: `anglais`, `in english`, `en`."""

    def language(self, name: str) -> str:
        """Look up the language that is called so; empty where none is."""
        return self.languages.get(" ".join(unaccented(name).casefold().split()), "")


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Collect the words of all languages, once."""
    names: dict[str, str] = {}
    for lang in known():
        for tree in known():
            name = language_name(lang, tree)
            names |= {name: lang, words(tree)["in_language"].format(language=name): lang}
        names[words(lang)["language"]] = lang
    language_names = _any([*names, *map(unaccented, names)])
    headings = _any(_listed("glossary_headings"))
    return Vocabulary(
        section=re.compile(headings, re.IGNORECASE),
        prefix=re.compile(rf"^(?:{headings}[\s_:-]+|{_any(_listed('term_prefixes'))}\s?[_:]\s?)", re.IGNORECASE),
        aliases=re.compile(rf"\s*{_any(_listed('alias_headings'))}\s*:\s*(?P<names>.+)", re.IGNORECASE),
        marked=re.compile(rf"\s*\(({'|'.join(known())})\)\s*$"),
        translation=re.compile(rf"^(?P<language>{language_names})\s*[,:]?\s+(?P<name>.+)$", re.IGNORECASE),
        next_translation=re.compile(rf"\s*[;,]\s+(?={language_names}\b)", re.IGNORECASE),
        named=re.compile(rf"(?<![^\W_]){headings}(?![^\W_])", re.IGNORECASE),
        column=re.compile(rf"(?:{_any(_listed('term_headings'))})s?", re.IGNORECASE),
        parts=frozenset(folded(name) for name in _listed("part_headings")),
        projects=frozenset(folded(name) for name in _listed("project_headings")),
        excluded=re.compile(rf"\s*{_any(_listed('not_headings'))}\s*:\s*(?P<names>.+)", re.IGNORECASE),
        languages={unaccented(name).casefold(): lang for name, lang in names.items()}
        | {lang: lang for lang in known()},
    )


def _listed(key: str) -> list[str]:
    return [name for lang in known() for name in words_of_its_own(lang).get(key, "").split(", ") if name]


def _any(names: Iterable[str]) -> str:
    """Make a pattern for any of the names, the longest first."""
    return f"(?:{'|'.join(re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name)))})"
