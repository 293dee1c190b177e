"""The interface's words, one YAML file a language, and how a language writes numbers, dates and plurals.

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
from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_decimal

FOLDER: Traversable = files(__package__)
"""Where the files are."""


def known() -> tuple[str, ...]:
    """The languages that the interface speaks."""
    return tuple(sorted(each.name[:-4] for each in FOLDER.iterdir() if each.name.endswith(".yml")))


@lru_cache(maxsize=8)
def words(lang: str) -> Mapping[str, str]:
    """All words of a language. A language without a file speaks English."""
    code = lang if (FOLDER / f"{lang}.yml").is_file() else "en"
    return {**_read("en"), **_read(code), "code": code}


def missing(lang: str) -> tuple[str, ...]:
    """The words for which English stands in. A plural is no word of its own, and `common_words` only make detection fast."""
    own, english = words_of_its_own(lang), words_of_its_own("en")
    return tuple(key for key in english if key not in own and not key.endswith(_FORMS) and key != "common_words")


@lru_cache(maxsize=8)
def words_of_its_own(lang: str) -> Mapping[str, str]:
    """What a language's file says."""
    return _read(lang)


_FORMS = ("_zero", "_one", "_two", "_few", "_many")


def counted(texts: Mapping[str, str], key: str, count: int) -> str:
    """A word with its number, in the plural that the language has for it: `note_count_one` is the singular of `note_count`."""
    locale = _locale(texts["code"])
    form = f"{key}_{locale.plural_form(count)}"
    return texts.get(form, texts[key]).format(count=format_decimal(count, locale=locale))


def language_name(lang: str, tree: str) -> str:
    """What a language is called in another, as it stands inside a sentence: `French`, `français`."""
    return str(_locale(tree).languages.get(lang, lang))


def day(date: str, lang: str, *, short: bool = False) -> str:
    """A date of front matter as a language writes it; what is no ISO date, as it was written."""
    try:
        parsed = dt.date.fromisoformat(date)
    except ValueError:
        return date
    return format_date(parsed, "medium" if short else "long", locale=_locale(lang))


def territory(lang: str) -> str:
    """A language with the country that most of its readers are in, for `og:locale`: `fr_FR`."""
    parts = str(get_global("likely_subtags").get(lang, lang)).split("_")
    return f"{lang}_{parts[-1]}" if len(parts) > 1 else lang


@lru_cache(maxsize=32)
def _locale(lang: str) -> Locale:
    return Locale.parse(lang)


def _read(lang: str) -> dict[str, str]:
    file = FOLDER / f"{lang}.yml"
    texts = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {str(key): str(value) for key, value in texts.items()}
