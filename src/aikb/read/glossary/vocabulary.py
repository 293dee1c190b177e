"""Look up the words by which a glossary and what is in it are known, in every language that the interface speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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
    term_list: re.Pattern[str]
    """One or more words that call a section a list of terms: `Acronyms`, `Definitions, acronyms and abbreviations`."""
    list_word: re.Pattern[str]
    """A word that calls a section a list of terms, or a glossary."""
    terms: re.Pattern[str]
    """The heading of a part of a glossary that holds the terms: `Terms`, `Liste des termes`, and any list's."""
    column: re.Pattern[str]
    """The head of a column of terms: `Term`, `Sigle`; as a word of a head too."""
    plain_column: re.Pattern[str]
    """The head of the first column of many tables, of terms or not: `Name`."""
    defining: re.Pattern[str]
    """The head of a column of definitions: `Meaning`."""
    full_form: re.Pattern[str]
    """The head of a column of other names: `Stands for`, `Synonyms`."""
    several: re.Pattern[str]
    """The head of a column whose cells list names: `Synonyms`."""
    equivalent: re.Pattern[str]
    """A word that stands beside a language in the head of a column: `Translation`."""
    copula: re.Pattern[str]
    """The word after a bold subject that begins to say what it is: `is`, `means`."""
    framing: frozenset[str]
    """Headings and bold words around the terms of a glossary, in small letters: `changelog`, `see also`."""
    edges: frozenset[str]
    """The same of words that may be terms, which they are not before the first and after the last: `introduction`."""
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
    names |= {f"{name}e": lang for name, lang in names.items() if name.endswith("ais")}  # `traduction anglaise`
    language_names = _any([*names, *map(unaccented, names)])
    language_names = _any([*names, *map(unaccented, names)])
    return Vocabulary(
        **_of_titles(),
        **_of_columns(),
        aliases=re.compile(rf"\s*{_any(_listed('alias_headings'))}\s*:\s*(?P<names>.+)", re.IGNORECASE),
        marked=re.compile(rf"\s*\(({'|'.join(known())})\)\s*$"),
        translation=re.compile(rf"^(?P<language>{language_names})\s*[,:]?\s+(?P<name>.+)$", re.IGNORECASE),
        next_translation=re.compile(rf"\s*[;,]\s+(?={language_names}\b)", re.IGNORECASE),
        copula=re.compile(rf"\s+{_any(_listed('copula_words'))}\s", re.IGNORECASE),
        framing=_folded("framing_headings"),
        edges=_folded("edge_headings"),
        parts=_folded("part_headings"),
        projects=_folded("project_headings"),
        excluded=re.compile(rf"\s*{_any(_listed('not_headings'))}\s*:\s*(?P<names>.+)", re.IGNORECASE),
        languages={unaccented(name).casefold(): lang for name, lang in names.items()}
        | {lang: lang for lang in known()},
    )


def _of_titles() -> dict[str, Any]:
    """Make the patterns of titles and headings."""
    headings = _any(_listed("glossary_headings"))
    lists = _any([*_listed("glossary_headings"), *_listed("term_list_headings")])
    terms = _any(["terms", "termes", *_listed("term_headings")])
    before, and_ = _any(_listed("list_words")), r"(?:\s*[,/&+]\s*|\s+(?:and|et|or|ou)\s+)+"
    both = rf"(?:{lists}|{terms}s?)"
    listed = rf"{lists}(?:{and_}{both})*|{terms}s?(?:{and_}{terms}s?)*{and_}{lists}(?:{and_}{both})*"
    return {
        "section": re.compile(headings, re.IGNORECASE),
        "prefix": re.compile(rf"^(?:{headings}[\s_:-]+|{_any(_listed('term_prefixes'))}\s?[_:]\s?)", re.IGNORECASE),
        "named": re.compile(rf"(?<![^\W_]){headings}(?![^\W_])", re.IGNORECASE),
        "term_list": re.compile(rf"(?:{before}\s*)*(?P<words>{listed})(?:\s+{before})*", re.IGNORECASE),
        "list_word": re.compile(rf"(?<![^\W_]){lists}(?![^\W_])", re.IGNORECASE),
        "terms": re.compile(rf"(?:{before}\s*)*{both}(?:{and_}{both})*(?:\s+{before})*", re.IGNORECASE),
    }


def _of_columns() -> dict[str, Any]:
    """Make the patterns of heads of columns."""
    columns = _any(_listed("term_headings"))
    equivalent = _any([*_listed("equivalent_headings"), *_listed("term_headings")])
    return {
        "column": re.compile(rf"(?<![^\W_]){columns}s?(?:\s*[/&]\s*{columns}s?)*(?![^\W_])", re.IGNORECASE),
        "plain_column": re.compile(rf"{_any(_listed('name_headings'))}s?", re.IGNORECASE),
        "defining": re.compile(rf"{_any(_listed('definition_headings'))}s?(?:\s.*)?", re.IGNORECASE),
        "full_form": re.compile(_any(_listed("full_form_headings")), re.IGNORECASE),
        "several": re.compile(_any(_listed("alias_headings")), re.IGNORECASE),
        "equivalent": re.compile(rf"{equivalent}s?", re.IGNORECASE),
    }


def _folded(key: str) -> frozenset[str]:
    return frozenset(folded(name) for name in _listed(key))


def _listed(key: str) -> list[str]:
    return [name for lang in known() for name in words_of_its_own(lang).get(key, "").split(", ") if name]


def _any(names: Iterable[str]) -> str:
    """Make a pattern for any of the names, the longest first."""
    return f"(?:{'|'.join(re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name)))})"
