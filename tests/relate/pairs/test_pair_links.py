"""Pairs that neither a suffix nor front matter says: a link at a page's head, the names of generators, names of a home page."""

from __future__ import annotations

import pytest
from test_pairs import EN, FR, front

from aikb.read.language.links import said_language
from understanding.measure import relations

ENGLISH, FRENCH = f"# Tides\n\n{EN}", f"# Marées\n\n{FR}"
OTHER = "# Knots\n\nThe pilot ties the rope twice, and nobody on board says a word about it.\n"
AUTRE = "# Nœuds\n\nLe pilote noue la corde deux fois, et personne à bord n'en dit un mot.\n"


def headed(link: str, text: str) -> str:
    """Put a line under a text's title."""
    return text.replace("\n", f"\n\n{link}\n", 1)


TWINS = {
    "a link": {"a.md": headed("[Version française](b.md)", ENGLISH), "b.md": FRENCH},
    "a link above the title": {"a.md": f"[Français](b.md)\n\n{ENGLISH}", "b.md": FRENCH},
    "a flag": {"a.md": headed("🇫🇷 [Version française](b.md)", ENGLISH), "b.md": FRENCH},
    "a flag alone": {"a.md": headed("[🇬🇧](a.md) · [🇫🇷](b.md)", ENGLISH), "b.md": FRENCH},
    "a flag with a colon": {"a.md": headed("[:fr:](b.md) [:uk:](a.md)", ENGLISH), "b.md": FRENCH},
    "a row of languages": {
        "a.md": headed("[English](a.md) | [Deutsch](c.md) | [Français](b.md)", ENGLISH),
        "b.md": FRENCH,
    },
    "a code": {"a.md": headed("**EN** / [FR](b.md)", ENGLISH), "b.md": FRENCH},
    "a sentence": {"a.md": headed("*This page is also available in [French](b.md).*", ENGLISH), "b.md": FRENCH},
    "a quote": {"a.md": headed("> [Lire en français](b.md)", ENGLISH), "b.md": FRENCH},
    "a list": {"a.md": headed("- [Version française](b.md)", ENGLISH), "b.md": FRENCH},
    "HTML": {"a.md": f'<p align="center">\n<a href="./b.md">Français</a>\n</p>\n\n{ENGLISH}', "b.md": FRENCH},
    "from the French page": {"a.md": ENGLISH, "b.md": headed("[English version](a.md)", FRENCH)},
    "from the French page with a word": {"a.md": ENGLISH, "b.md": headed("[Version anglaise](./a.md)", FRENCH)},
    "from both": {"a.md": headed("[FR](b.md)", ENGLISH), "b.md": headed("[EN](a.md)", FRENCH)},
    "in folders": {"en/x/01-a.md": headed("[Français](../../fr/x/01-b.md)", ENGLISH), "fr/x/01-b.md": FRENCH},
    "without an ending": {"a.md": headed("[Français](b)", ENGLISH), "b.md": FRENCH},
    "LISEZMOI": {"x/README.md": ENGLISH, "x/LISEZMOI.md": FRENCH},
    "lisez-moi": {"x/index.md": ENGLISH, "x/lisez-moi.md": FRENCH},
    "README_FR": {"x/README.md": ENGLISH, "x/README_FR.md": FRENCH},
    "README-fr_FR": {"x/README.md": ENGLISH, "x/README-fr_FR.md": FRENCH},
    "README.FR": {"x/README.md": ENGLISH, "x/README.FR.md": FRENCH},
    "a page named by its language": {"x/en.md": ENGLISH, "x/fr.md": FRENCH},
    "a page named by its language beside README": {"x/README.md": ENGLISH, "x/fr.md": FRENCH},
    "pages with names of languages": {"x/english.md": ENGLISH, "x/francais.md": FRENCH},
    "a prefix": {"x/en-a.md": ENGLISH, "x/fr-a.md": FRENCH},
    "a prefix on one": {"x/a.md": ENGLISH, "x/fr_a.md": FRENCH},
    "a name as suffix": {"x/a-english.md": ENGLISH, "x/a-french.md": FRENCH},
    "a name as suffix in French": {"x/a_anglais.md": ENGLISH, "x/a_français.md": FRENCH},
    "brackets": {"x/a.md": ENGLISH, "x/a (fr).md": FRENCH},
    "a blank": {"x/A EN.md": ENGLISH, "x/A FR.md": FRENCH},
    "a folder with a country": {"en-US/a.md": ENGLISH, "fr-FR/a.md": FRENCH},
    "a folder in capitals": {"EN/a.md": ENGLISH, "FR/a.md": FRENCH},
    "a folder with a country below": {"x/a.md": ENGLISH, "x/fr_CA/a.md": FRENCH},
    "a folder of translations": {"x/README.md": ENGLISH, "x/translations/README.fr.md": FRENCH},
    "a folder of translations in docs": {"README.md": ENGLISH, "docs/i18n/README.fr.md": FRENCH},
    "Docusaurus": {"docs/x/a.md": ENGLISH, "i18n/fr/docusaurus-plugin-content-docs/current/x/a.md": FRENCH},
    "Docusaurus' blog": {"blog/a.md": ENGLISH, "i18n/fr/docusaurus-plugin-content-blog/a.md": FRENCH},
    "Docusaurus' versions": {
        "versioned_docs/version-2.0/a.md": ENGLISH,
        "i18n/fr/docusaurus-plugin-content-docs/version-2.0/a.md": FRENCH,
    },
    "Polyglot": {
        "a.md": front(ENGLISH, lang="en", page_id="tides"),
        "b.md": front(FRENCH, lang="fr", page_id="tides"),
    },
    "Pelican": {"a.md": front(ENGLISH, lang="en", slug="tides"), "b.md": front(FRENCH, lang="fr", slug="tides")},
    "numbers in folders": {"en/02-harbours.md": ENGLISH, "fr/02-les-ports.md": FRENCH},
    "numbers in folders below": {"x/en/1. Ports.md": ENGLISH, "x/fr/1. Les ports.md": FRENCH},
    "a code in the middle": {"a_en_v2.md": ENGLISH, "a_fr_v2.md": FRENCH},
    "folders that end in a code": {"guides-en/a.md": ENGLISH, "guides-fr/a.md": FRENCH},
    "folders that begin with a name": {"english-guides/a.md": ENGLISH, "french-guides/a.md": FRENCH},
    "a folder that ends in a code beside one": {"guides/a.md": ENGLISH, "guides_fr/a.md": FRENCH},
    "a key that names the page": {
        "a.md": front(ENGLISH, lang="en", fr="b.md"),
        "b.md": front(FRENCH, lang="fr", en="a.md"),
    },
    "a sentence with a list": {
        "a.md": headed("*Read this in other languages: [English](a.md), [Français](b.md).*", ENGLISH),
        "b.md": FRENCH,
    },
    "a sentence with a list in French": {
        "a.md": ENGLISH,
        "b.md": headed("*Lire dans une autre langue : [English](a.md), [Français](b.md).*", FRENCH),
    },
    "a key with a language in it": {
        "en-US/a.md": front(ENGLISH, alternateFr="/fr-FR/b"),
        "fr-FR/b.md": front(FRENCH, alternateEn="/en-US/a"),
    },
    "an original": {"a.md": ENGLISH, "b.md": front(FRENCH, original="a.md")},
    "a pointer in French": {"a.md": ENGLISH, "b.md": front(FRENCH, traduction_de="a.md")},
    "a link from the root": {"x/a.md": headed("[Français](/y/b.md)", ENGLISH), "y/b.md": FRENCH},
    "a folder of locales": {"source/a.md": ENGLISH, "locale/fr/source/a.md": FRENCH},
    "a folder of locales inside": {"docs/a.md": ENGLISH, "docs/i18n/fr/a.md": FRENCH},
    "VO and VF": {"a (VO).md": ENGLISH, "a (VF).md": FRENCH},
    "VF beside the original": {"a.md": ENGLISH, "a_VF.md": FRENCH},
    "a map of translations": {"a.md": front(ENGLISH, translations="{fr: /b}"), "b.md": FRENCH},
}
STRANGERS = {
    "an article in English": {"a.md": AUTRE + "\nVoir [l'article en anglais](b.md).\n", "b.md": ENGLISH},
    "a language below the first section": {"a.md": ENGLISH + "\n## More\n\n[Français](b.md)\n", "b.md": FRENCH},
    "a link in a long sentence": {
        "a.md": headed(
            "We went to the market and there I met the man who taught me [French](b.md) in a year.", ENGLISH
        ),
        "b.md": FRENCH,
    },
    "a book in French": {
        "a.md": headed("The book is out in [French](b.md) since May, and sells well.", ENGLISH),
        "b.md": FRENCH,
    },
    "numbers in one folder": {"01-a.md": ENGLISH, "01-b.md": FRENCH},
    "numbers that are dates": {"en/2024-a.md": ENGLISH, "fr/2024-b.md": FRENCH},
    "two of one number": {"en/01-a.md": ENGLISH, "en/01-c.md": OTHER, "fr/01-b.md": FRENCH},
    "a key that names a title": {"a.md": front(ENGLISH, lang="en", fr="Marées"), "Marées.md": front(FRENCH, lang="fr")},
    "lessons of languages": {"lessons/english/a.md": ENGLISH, "lessons/french/a.md": OTHER},
    "a link to another site": {"a.md": headed("[Français](https://example.org/b.md)", ENGLISH), "b.md": FRENCH},
    "an original that is a picture": {"a.md": front(ENGLISH, original="photo.jpg"), "b.md": FRENCH},
    "all pages lead home": {
        "a.md": headed("[Français](c.md)", ENGLISH),
        "b.md": headed("[Français](c.md)", OTHER),
        "c.md": FRENCH,
    },
    "a link to one in the same language": {"a.md": headed("[Français](b.md)", ENGLISH), "b.md": OTHER},
    "countries": {"x/fr.md": ENGLISH, "x/de.md": OTHER},
    "words that look like a language": {"x/mise.md": FRENCH, "x/mise-en.md": AUTRE},
    "a prefix that is a word": {"x/en-route.md": FRENCH, "x/route.md": AUTRE},
    "a page named by a language it is not in": {"x/README.md": ENGLISH, "x/french.md": OTHER},
    "LISEZMOI in English": {"x/README.md": ENGLISH, "x/LISEZMOI.md": OTHER},
    "a slug that two programs share": {"a.md": front(ENGLISH, slug="tides"), "b.md": front(FRENCH, slug="tides")},
}


def _pairs(files: dict[str, str]) -> list[list[str]]:
    variants = relations({f"notes/{path}": text for path, text in files.items()}).index.variants.values()
    return [sorted(each.path.removeprefix("notes/") for each in pair.values()) for pair in variants if len(pair) > 1]


@pytest.mark.parametrize("files", TWINS.values(), ids=TWINS)
def test_two_files_are_a_pair(files: dict[str, str]) -> None:
    assert _pairs(files) == [sorted(files)]
    assert _pairs(dict(reversed(files.items()))) == [sorted(files)]


@pytest.mark.parametrize("files", STRANGERS.values(), ids=STRANGERS)
def test_two_files_are_no_pair(files: dict[str, str]) -> None:
    assert _pairs(files) == []


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Version française", "fr"),
        ("Read me in English", "en"),
        ("Lisez-moi en français", "fr"),
        ("en français", "fr"),
        ("EN", "en"),
        ("Français (France)", "fr"),
        ("English 🇬🇧", "en"),
        ("Deutsch", ""),
        ("English / Français", ""),
        ("l'article en anglais", ""),
        ("French food", ""),
        ("Guide", ""),
        ("", ""),
    ],
)
def test_the_words_of_a_link_say_a_language(text: str, lang: str) -> None:
    assert said_language(text, ("en", "fr")) == lang
