"""News for machines: feeds, clean Markdown, and what a page says of itself."""

from __future__ import annotations

import re

import pytest

from aikb.adapters.mkdocs.linked_data import linked_data
from conftest import Build, page

EXPORT = (
    "# Book\n\n## Metadata\n- Author: [[Ann]]\n- Full Title: Book\n- Category: #books\n\n## Highlights\n- One before.\n\n"
    "## New highlights added March 5, 2024 at 9:00 AM\n- A passage that was marked for its beauty.\n"
)
FILES = {
    "notes/a.md": (
        "---\ndate: 2024-03-04\ntags: [x]\n---\n# Alpha\n\nThe first <!-- secret --> sentence is this one. %% hidden %%\n"
    ),
    "notes/b.md": "---\ndate: 2024-05-06\n---\nA note without a title of its own.\n",
    "notes/c.fr.md": "---\ndate: 2024-01-02\n---\n# Français\n\nLa première phrase est celle-ci, et elle est en français.\n",
    "notes/undated.md": "# Undated\n",
    "notes/book.md": EXPORT,
}


def test_a_tree_has_a_feed_of_its_notes_and_one_of_highlights(kb: Build) -> None:
    feeds = {each.path: each for each in kb(FILES, languages=("en", "fr")).feeds}
    assert list(feeds) == ["feed.xml", "highlights.xml", "fr/feed.xml"]
    assert [(each.path, each.updated) for each in feeds["feed.xml"].entries] == [
        ("b.md", "2024-05-06"),
        ("a.md", "2024-03-04"),
    ]
    assert [each.path for each in feeds["fr/feed.xml"].entries] == ["fr/c.md"]
    highlights = feeds["highlights.xml"].entries
    assert [(each.title, each.updated, each.quotes) for each in highlights] == [
        ("Book", "2024-03-05", ("A passage that was marked for its beauty.",)),
    ]
    assert highlights[0].fragment.startswith("h-")


def test_while_serving_there_are_none(kb: Build) -> None:
    site = kb(FILES, languages=("en", "fr"), serving=True)
    assert site.feeds == ()
    assert "llms.txt" not in site.files


def test_texts_are_published_as_markdown_without_what_is_hidden(kb: Build) -> None:
    files = kb(FILES, languages=("en", "fr")).files
    assert files["a.md"] == "# Alpha\n\nThe first  sentence is this one.\n"
    assert files["b.md"] == "# B\n\nA note without a title of its own.\n"
    assert "> A passage that was marked for its beauty." in files["book.md"]
    assert "- [Alpha](a.md): The first sentence is this one." in files["llms.txt"]
    assert "- [Français](fr/c.md): La première phrase" in files["llms.txt"]
    assert not any("secret" in each or "hidden" in each for each in files.values())
    assert "a.md" not in kb(FILES, languages=("en", "fr"), markdown_pages=False).files


def test_a_page_says_its_first_sentence_and_its_date(kb: Build) -> None:
    site = kb(FILES, languages=("en", "fr"))
    assert page(site, "a.md").summary == "The first sentence is this one."
    assert page(site, "a.md").updated == "2024-03-04"
    data = linked_data(page(site, "a.md"), "https://example.org/a/")
    assert (data["@type"], data["headline"], data["dateModified"], data["keywords"]) == (
        "Article",
        "Alpha",
        "2024-03-04",
        ["x"],
    )
    work = linked_data(page(site, "book.md"), "https://example.org/book/")
    assert work["hasPart"][1]["text"] == "A passage that was marked for its beauty."
    assert work["hasPart"][1]["url"].startswith("https://example.org/book/#h-")
    assert linked_data(page(site, "index.md"), "") == {}


def test_a_term_is_a_defined_term(kb: Build) -> None:
    site = kb({"glossary/t.md": "# Token\n\nA piece of a word.\n", "notes/a.md": "# A\n"})
    term = linked_data(page(site, "glossary/token.md"), "")
    assert (term["@type"], term["name"], term["description"]) == ("DefinedTerm", "Token", "A piece of a word.")


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1b[2J", "\x1b]0;x\x07", "\x7f", "\x1f"]
)
def test_no_published_text_steers_a_terminal(kb: Build, sign: str) -> None:
    work = f"# W{sign}\n\n## Metadata\n- Author: [[A{sign}]]\n\n## Highlights\n- x{sign}y ([View Highlight](https://a.b))\n"
    files = kb(
        {
            "notes/a.md": f"# A{sign}\n\nx{sign}y `c{sign}`\n\n```\nd{sign}\n```\n",
            "notes/w.md": work,
            "glossary/g.md": f"# G\n\n## tide\n\nx{sign}y\n",
        },
        site_name=f"N{sign}",
        site_description=f"D{sign}",
    ).files
    assert {"a.md", "w.md", "llms.txt"} <= set(files)
    assert [path for path, text in files.items() if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)] == []
