"""The interface's words: the same in every language."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml

import aikb
from aikb.locales import counted, words
from aikb.settings import KNOWN_LANGUAGES

ROOT = Path(aikb.__file__).parent


def own(lang: str) -> dict[str, str]:
    """What a language's file itself says, without the English that stands in."""
    texts: dict[str, str] = yaml.safe_load((ROOT / "locales" / f"{lang}.yml").read_text(encoding="utf-8"))
    return texts


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", KNOWN_LANGUAGES)
def test_every_language_has_the_same_words(lang: str) -> None:
    assert sorted(own(lang)) == sorted(own("en"))
    assert [key for key, text in own(lang).items() if not isinstance(text, str) or not text.strip()] == []


@pytest.mark.parametrize("lang", KNOWN_LANGUAGES)
def test_every_word_takes_the_same_values(lang: str) -> None:
    assert {key: fields(text) for key, text in own(lang).items()} == {
        key: fields(text) for key, text in own("en").items()
    }


@pytest.mark.parametrize("lang", KNOWN_LANGUAGES)
def test_every_language_names_the_others(lang: str) -> None:
    assert {f"{kind}_{other}" for kind in ("notice", "badge", "in") for other in KNOWN_LANGUAGES} <= set(own(lang))


def test_every_word_that_the_code_asks_for_is_there() -> None:
    asked = set()
    for path in [*ROOT.rglob("*.py"), *ROOT.rglob("*.html")]:
        asked |= set(re.findall(r"""words(?:\[|\.get\()["'](\w+)["']""", path.read_text(encoding="utf-8")))
    assert asked
    assert asked - set(own("en")) == set()


def test_a_language_without_a_file_speaks_english() -> None:
    assert words("de") == words("en")


@pytest.mark.parametrize(
    ("lang", "count", "expected"),
    [
        ("en", 0, "0 notes"),
        ("en", 1, "1 note"),
        ("en", 2, "2 notes"),
        ("en", 12_345, "12\u202f345 notes"),
        ("fr", 0, "0 note"),
        ("fr", 1, "1 note"),
        ("fr", 2, "2 notes"),
    ],
)
def test_a_number_chooses_the_word(lang: str, count: int, expected: str) -> None:
    assert counted(words(lang), "note_count", count) == expected
