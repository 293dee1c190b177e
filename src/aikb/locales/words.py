"""Look up the interface's words, one YAML file a language, and how a language writes numbers, dates and plurals.

A language needs a file here and nothing else: what it calls other languages, its plural rules and its dates are Babel's.
English stands in for what a file does not say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

FOLDER: Traversable = files(__package__)
"""Where the files are."""
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""The code of a language as browsers have it, a regular expression: `de`, `pt-BR`."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML may be built without libyaml."""


def known() -> tuple[str, ...]:
    """List the languages that the interface speaks."""
    return tuple(sorted(each.name[:-4] for each in FOLDER.iterdir() if each.name.endswith(".yml")))


@lru_cache(maxsize=8)
def words(lang: str) -> Mapping[str, str]:
    """Look up all words of a language. A language without a file speaks English."""
    if (FOLDER / f"{lang}.yml").is_file():
        return {**words_of_its_own("en"), **words_of_its_own(lang), "code": lang}
    name = language_name(lang, lang)
    named = {"language": name[:1].upper() + name[1:], "switch_to": name[:1].upper() + name[1:], "offer": name}
    return {**words_of_its_own("en"), **named, "code": "en"}


def missing(lang: str) -> tuple[str, ...]:
    """List the words for which English stands in; a plural is no word of its own, and nothing stands in for lists."""
    own, english = words_of_its_own(lang), words_of_its_own("en")
    return tuple(key for key in english if key not in own and not key.endswith((*_FORMS, *_LISTS)))


@lru_cache(maxsize=8)
def words_of_its_own(lang: str) -> Mapping[str, str]:
    """Read what a language's file says."""
    file = FOLDER / f"{lang}.yml"
    texts = yaml.load(file.read_text(encoding="utf-8"), _LOADER) if file.is_file() else {}  # noqa: S506 - safe both
    return {str(key): str(value) for key, value in texts.items()}


_LISTS = ("_words", "_headings", "_prefixes", "_letters", "_marks")
"""Words that are read, not shown: the commonest, which tell the language, as do its letters, elisions and quotation marks;
those that bind others; those that any text may use, and those by which notes are labelled: neither says what a text is about;
those that mean something else when a term of another language is spelled so; and those by which a glossary, a term, a list of
its names and a part of its entry are known."""
_FORMS = ("_zero", "_one", "_two", "_few", "_many")


def counted(texts: Mapping[str, str], key: str, count: int) -> str:
    """Write a word with its number, in the plural that the language has for it: `note_count_one` is one of `note_count`."""
    plural, number = _number(texts["code"], count)
    return texts.get(f"{key}_{plural}", texts[key]).format(count=number)


def number(lang: str, count: int) -> str:
    """Write a number as a language does: `10,000`, `10 000`."""
    return _number(lang, count)[1]


@lru_cache(maxsize=1_000)
def _number(lang: str, count: int) -> tuple[str, str]:
    """Format a number, and tell which plural it takes."""
    locale = _locale(lang)
    return str(locale.plural_form(count)), format_decimal(count, locale=locale)


@lru_cache(maxsize=1_000)
def language_name(lang: str, tree: str) -> str:
    """Name a language in another, as it stands inside a sentence: `French`, `français`."""
    names = _locale(tree).languages
    return str(names.get(lang.replace("-", "_")) or names.get(lang.partition("-")[0], lang))


def is_language(code: str) -> bool:
    """Tell whether a code of two or three letters is a language's: `de`, not `py`."""
    return code in _locale("en").languages


@lru_cache(maxsize=10_000)
def day(date: str, lang: str, *, short: bool = False) -> str:
    """Format a date of front matter as a language writes it; what is no ISO date, as it was written."""
    try:
        parsed = dt.date.fromisoformat(date)
    except ValueError:
        return date
    written = format_date(parsed, "medium" if short else "long", locale=_locale(lang))
    first = words_of_its_own(lang.partition("-")[0]).get("first_of_month", "1")
    return f"{first} {written[2:]}" if written.startswith("1 ") else written


UNDATED = "undated"


def added_on(texts: Mapping[str, str], date: str) -> str:
    """Say when highlights were added: a day in ISO 8601, or a day and a time; UNDATED is only that they are highlights."""
    lang = texts["code"]
    if date == UNDATED:
        return texts["kind_unknown"]
    if "T" not in date:
        return texts["added"].format(date=day(date, lang))
    time = format_time(dt.time.fromisoformat(date[11:16]), texts["time"], locale=_locale(lang))
    return texts["added_at"].format(date=day(date[:10], lang), time=time.replace("\u202f", "\u00a0"))


def territory(lang: str) -> str:
    """Add to a language the country that most of its readers are in, for `og:locale`: `fr_FR`."""
    language, _, country = lang.partition("-")
    parts = str(get_global("likely_subtags").get(language, language)).split("_")
    country = country if len(country) == len("BR") else parts[-1] if len(parts) > 1 else ""
    return f"{language}_{country}" if country else language


@lru_cache(maxsize=32)
def _locale(lang: str) -> Locale:
    """Find what Babel knows of a language; of one that it does not know, what is usual in English."""
    for code in (lang, lang.partition("-")[0], "en"):
        try:
            return Locale.parse(code, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError(lang)
