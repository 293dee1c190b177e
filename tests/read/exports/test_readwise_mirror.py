"""Notes of the plugin readwise-mirror (F12 of the reference)."""

from __future__ import annotations

import pytest

from aikb.model.highlights import Category, Highlight, Location, Work
from aikb.read.exports.mirror import FORMAT
from conftest import export_text

HEAD = """
%%
ID: 6397120
Updated: 2020-11-24
%%

![]( https://example.org/cover.jpg)

# About
Title: [[On tides]]
Authors: [[Ada Brook]], [[Carl Dune]]
Category: #books
Tags: #sea, #slow-reading
Number of Highlights: ==2==
Readwise URL: https://readwise.io/bookreview/6397120
Source URL: https://example.org/tides
Date: [[2020-10-01]]
Last Highlighted: *2020-11-20*
Summary: About the sea.

And the moon.

---
# Document Note

Read again.

# Highlights

"""


def read(text: str) -> Work:
    (work,) = FORMAT.read(export_text(text)).works
    return work


def highlights(items: str) -> tuple[Highlight, ...]:
    return read(HEAD + items).highlights


def test_what_is_said_of_a_work() -> None:
    work = read(f"{HEAD}One ^11111\n\n---\n")
    assert (work.id, work.title, work.authors) == ("6397120", "On tides", ("Ada Brook", "Carl Dune"))
    assert (work.category, work.tags, work.form) == (Category.BOOK, ("sea", "slow-reading"), "mirror")
    assert (work.url, work.readwise_url) == ("https://example.org/tides", "https://readwise.io/bookreview/6397120")
    assert (work.cover, work.date, work.updated) == ("https://example.org/cover.jpg", "2020-10-01", "2020-11-24")
    assert (work.summary, work.note, work.remarks) == ("About the sea.\n\nAnd the moon.", "Read again.", "")


def test_a_highlight_with_all_its_parts() -> None:
    first, second = highlights(
        "The moon pulls\n\nat the sea. ([226](https://readwise.io/to_kindle?action=open&asin=B0&location=226)) "
        "%% Color: yellow %% ^113029508\n\nNote: Why?\n\nAnd how?\n\nTags: #a, #b\n\n[View Highlight](https://example.org/1)\n\n---\n\n"
        "Two ([7](https://readwise.io/to_kindle?action=open&asin=null&location=7)) ^113029509\n\n---\n"
    )
    assert (first.text, first.id) == ("The moon pulls\n\nat the sea.", "113029508")
    assert (first.note, first.tags, first.color) == ("Why?\n\nAnd how?", ("a", "b"), "yellow")
    assert first.location == Location("location", "226")
    assert first.url == "https://readwise.io/to_kindle?action=open&asin=B0&location=226"
    assert (second.text, second.location, second.url) == ("Two", Location("order", "7"), "")


def test_the_older_template() -> None:
    work = read(
        "%%\nID: 1\nUpdated: 2021-05-13\n%%\n![](c.png)\n\n# About\nTitle: [[Readwise/Articles/On tides]]\nAuthor: \n"
        "Category: #articles\nNumber of Highlights: ==1==\n\n\n# Highlights \nOne  ^116204046\n\n**Note: mine**\n\n---\n"
    )
    assert (work.title, work.authors) == ("On tides", ())
    assert [(each.text, each.note, each.id) for each in work.highlights] == [("One", "mine", "116204046")]


def test_rules_fences_headings_and_markup_stay_in_the_text() -> None:
    first, second = highlights(
        "# Highlights\n\nA\n\n---\n\nB\n```\n<!--\n<script>x</script> ^11111\n\n---\nx ^2\nO(n) ^22222\n\n---\n"
    )
    assert first.text == "# Highlights\n\nA\n\n---\n\nB\n```\n<!--\n<script>x</script>"
    assert (second.text, second.id) == ("x ^2\nO(n)", "22222")


def test_a_rule_that_was_removed_and_words_behind_the_last() -> None:
    work = read(f"{HEAD}One ^11111\n\nNote: a\n\nTwo\nlines ^22222\n\n---\nmine\n")
    assert [(each.text, each.note) for each in work.highlights] == [("One", "a"), ("Two\nlines", "")]
    assert work.remarks == "mine"


def test_places_are_those_of_the_file() -> None:
    text = f"{HEAD}One\nmore ^11111\n\nNote: n\n\n---\n"
    (highlight,) = read(text).highlights
    assert text[highlight.start : highlight.end] == "One\nmore ^11111\n\nNote: n"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (HEAD, True),
        ("%%\nID: 1\nUpdated: 2021-05-13\n%%\n", True),
        ("---\nid: 1\n---\n# About\nTitle: [[x]]\nNumber of Highlights: ==1==\n", True),
        ("%% a comment %%\n\nText ^12345\n", False),
        ("# About\n\nTitle: me\n", False),
        ("# Highlights\n\nText ^12345\n", False),
    ],
)
def test_recognition(text: str, known: bool) -> None:
    assert FORMAT.recognises(export_text(text)) is known
