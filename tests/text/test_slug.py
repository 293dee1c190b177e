"""GitHub's rule for the ids of headings."""

from __future__ import annotations

import unicodedata

import pytest

from aikb.text.slug import Names, Slugger, plain_letters, slug
from conftest import document


@pytest.mark.parametrize(
    ("heading", "identifier"),
    [
        ("Scaling laws", "scaling-laws"),
        ("Avantages :", "avantages-"),
        ("Caractéristiques principales du fine-tuning :", "caractéristiques-principales-du-fine-tuning-"),
        ("It’s…complicated", "itscomplicated"),
        ("Attention is all you need… to build", "attention-is-all-you-need-to-build"),
        ("What is it, really?", "what-is-it-really"),
        ("A -- B", "a----b"),
        ("a - b", "a---b"),
        ("Glossaire_LMSYS", "glossaire_lmsys"),
        ("2.1 GPT-4o & o1", "21-gpt-4o--o1"),
        ("C++ / C#", "c--c"),
        ("L’été à Paris", "lété-à-paris"),
        ("  padded  ", "padded"),
        ("tab\there", "tabhere"),
        ("日本語 の 見出し", "日本語-の-見出し"),
        ("Ⅻ ½ ²", "--"),
        ("𝗧𝗵𝗲 𝗘𝗻𝗱", "the-end"),
        ("🎉", ""),
    ],
)
def test_an_id_keeps_letters_digits_dashes_and_underscores(heading: str, identifier: str) -> None:
    assert slug(heading) == identifier


def test_an_id_is_composed_unicode() -> None:
    assert slug(unicodedata.normalize("NFD", "Évaluation")) == unicodedata.normalize("NFC", "évaluation")


def test_only_styled_letters_are_made_plain() -> None:
    assert plain_letters("𝐁old, 𝒾talic, ﬁne and ²") == "Bold, italic, ﬁne and ²"


def test_repeats_are_numbered_from_one() -> None:
    slugger = Slugger()
    assert [slugger("Foo") for _ in range(3)] == ["foo", "foo-1", "foo-2"]


def test_a_number_that_a_heading_already_has_is_passed_over() -> None:
    slugger = Slugger()
    assert [slugger(text) for text in ("Foo", "Foo", "Foo-1")] == ["foo", "foo-1", "foo-1-1"]


@pytest.mark.parametrize(
    ("taken", "wanted", "expected"),
    [
        ([], ["a", "a", "a"], ["a", "a-1", "a-2"]),
        (["a"], ["a", "a"], ["a-1", "a-2"]),
        (["a-1", "a-2"], ["a", "a", "a"], ["a", "a-3", "a-4"]),
        (["a-2"], ["a", "a", "a"], ["a", "a-1", "a-3"]),
        ([], ["a-1", "a", "a", "a-1"], ["a-1", "a", "a-2", "a-1-1"]),
        ([], ["a", "b", "a", "b"], ["a", "b", "a-1", "b-1"]),
    ],
)
def test_a_name_is_given_once(taken: list[str], wanted: list[str], expected: list[str]) -> None:
    names = Names(taken)
    assert [names(each) for each in wanted] == expected


def test_names_may_be_compared_without_case_and_end_in_something() -> None:
    names = Names(["A.md"], first=2, key=str.casefold)
    assert [names(each, ".md") for each in ("a", "A", "b")] == ["a-2.md", "A-3.md", "b.md"]


def test_a_heading_that_looks_numbered_keeps_its_id() -> None:
    slugger = Slugger()
    assert [slugger(text) for text in ("Foo-1", "Foo", "Foo")] == ["foo-1", "foo", "foo-2"]


@pytest.mark.parametrize(
    ("heading", "identifier"),
    [
        ("## A [link](https://example.org/x) in it", "a-link-in-it"),
        ("## `code` and *emphasis*", "code-and-emphasis"),
        ("## ~~struck~~ **strong**", "struck-strong"),
        ("## A <b>tag</b>", "a-tag"),
        ("## &lt;eot&gt;", "eot"),
        ("## An ![image](x.png) here", "an--here"),
        ("Under\nlined\n---", "under-lined"),
        ("## Closed ##", "closed"),
    ],
)
def test_an_id_is_made_of_what_a_reader_sees(heading: str, identifier: str) -> None:
    assert [section.id for section in document(heading).sections] == [identifier]
