"""The interface's words: the same in every language."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import aikb
from aikb.locales import words as locales
from aikb.locales.words import counted, day, known, language_name, missing, territory, words
from aikb.read.glossary.vocabulary import vocabulary
from conftest import Build, before_html, page

KNOWN_LANGUAGES = known()
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


def test_every_word_that_the_code_asks_for_is_there() -> None:
    asked = set()
    for path in [*ROOT.rglob("*.py"), *ROOT.rglob("*.html")]:
        asked |= set(re.findall(r"""words(?:\[|\.get\()["'](\w+)["']""", path.read_text(encoding="utf-8")))
    assert asked
    assert asked - set(own("en")) == set()


def test_a_language_without_a_file_speaks_english() -> None:
    german, english = words("de"), words("en")
    assert {key for key in english if german[key] != english[key]} == {"language", "switch_to", "offer"}
    assert [words(lang)["language"] for lang in ("de", "pt-BR", "sh")] == ["Deutsch", "Português", "Serbo-Croatian"]
    assert [territory(lang) for lang in ("de", "pt-BR", "zh-Hant", "sh")] == ["de_DE", "pt_BR", "zh_CN", "sh"]


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A third language: a file, and nothing else."""
    for lang in KNOWN_LANGUAGES:
        (tmp_path / f"{lang}.yml").write_bytes((ROOT / "locales" / f"{lang}.yml").read_bytes())
    texts = "glossary_headings: Glossar\nalias_headings: auch\n"
    texts += (
        'language: Deutsch\nhome: Start\nnotice: "Dieser Text ist auf {language}."\nnote_count: "{count} Notizen"\n'
    )
    (tmp_path / "de.yml").write_text(texts, encoding="utf-8")
    monkeypatch.setattr(locales, "FOLDER", tmp_path)
    for cached in (locales.words, locales.words_of_its_own, vocabulary):
        cached.cache_clear()
    yield
    for cached in (locales.words, locales.words_of_its_own, vocabulary):
        cached.cache_clear()


@pytest.mark.usefixtures("german")
def test_a_third_language_needs_a_file_and_nothing_else(kb: Build) -> None:
    text = "# Ebbe\n\nDas Meer steigt und fällt zweimal am Tag, und alles am Ufer lebt danach.\n"
    site = kb({"notes/a.md": text, "notes/b.de.md": text}, languages=("en", "fr", "de"))
    assert [(each.path, each.lang) for each in site.pages if each.address == "a.md"] == [
        ("a.md", "de"),
        ("de/a.md", "de"),
        ("fr/a.md", "de"),
    ]
    assert "Ce texte n’existe qu’en allemand." in before_html(page(site, "fr/a.md"))
    assert "Dieser Text" not in before_html(page(site, "de/a.md"))
    assert page(site, "de/index.md").navigation[0].title == "Start"
    assert counted(words("de"), "note_count", 12_345) == "12.345 Notizen"
    assert counted(words("de"), "term_count", 2) == "2 terms"


# LNG-06 of the fault corpus
@pytest.mark.usefixtures("german")
def test_a_glossary_in_a_third_language_is_one(kb: Build) -> None:
    entry = "### Ebbe\n\n#### Deutsch\n\nDas Meer fällt.\n\nAuch: Niedrigwasser\n\n#### auf Englisch\n\nIt falls.\n"
    note = f"# A\n\n## Glossar\n\n{entry}\n### Flut\n\nFlut (auf Englisch, flood) ist das Gegenteil der Ebbe.\n"
    site = kb({"notes/a.de.md": note.replace("auf E", "E")}, languages=("en", "fr", "de"))
    ebb, flood = json.loads(site.files["glossary/glossary.json"])["terms"]
    assert ({*ebb["labels"]}, ebb["aliases"][0]["text"]) == ({"de", "en"}, "Niedrigwasser")
    assert flood["aliases"] == [{"text": "flood", "lang": "en", "declared": False}]


@pytest.mark.usefixtures("german")
def test_words_that_a_language_lacks_are_listed(kb: Build) -> None:
    site = kb({"notes/a.md": "# A\n"}, languages=("en", "de"))
    (finding,) = (each for each in site.diagnostics if each.code == "words-missing")
    assert (finding.path, finding.severity) == ("locales/de.yml", "info")
    assert finding.message.startswith(f"{len(missing('de'))} words of the interface are not translated: glossary,")
    assert missing("fr") == ()


@pytest.mark.parametrize(
    ("date", "lang", "expected"),
    [
        ("2024-10-17", "en", "October 17, 2024"),
        ("2024-10-17", "fr", "17 octobre 2024"),
        ("2024-08-01", "fr", "1er août 2024"),
        ("2024-08-11", "fr", "11 août 2024"),
        ("2024-08-01", "fr-CA", "1er août 2024"),
        ("2024-08-01", "en", "August 1, 2024"),
        ("2024-08-01", "en-GB", "1 August 2024"),
        ("2024-08-01", "it", "1 agosto 2024"),
        ("autumn 2024", "fr", "autumn 2024"),
        ("2024-13-45", "fr", "2024-13-45"),
    ],
)
def test_a_date_is_written_as_the_language_does(date: str, lang: str, expected: str) -> None:
    assert day(date, lang) == expected


def test_languages_are_named_and_placed() -> None:
    assert [language_name(lang, tree) for lang, tree in (("fr", "en"), ("en", "fr"), ("zz", "fr"))] == [
        "French",
        "anglais",
        "zz",
    ]
    assert [territory(lang) for lang in ("fr", "en", "de")] == ["fr_FR", "en_US", "de_DE"]


@pytest.mark.parametrize(
    ("lang", "count", "expected"),
    [
        ("en", 0, "0 notes"),
        ("en", 1, "1 note"),
        ("en", 2, "2 notes"),
        ("en", 12_345, "12,345 notes"),
        ("fr", 0, "0 note"),
        ("fr", 1, "1 note"),
        ("fr", 2, "2 notes"),
        ("fr", 12_345, "12\u202f345 notes"),
        ("fr", 1_000_000, "1\u202f000\u202f000 notes"),
    ],
)
def test_a_number_chooses_the_word(lang: str, count: int, expected: str) -> None:
    assert counted(words(lang), "note_count", count) == expected


@pytest.mark.parametrize(("lang", "written"), [("en", "10,000"), ("fr", "10\u202f000")])
def test_a_number_is_written_as_the_language_does(lang: str, written: str) -> None:
    assert locales.number(lang, 10_000) == written
