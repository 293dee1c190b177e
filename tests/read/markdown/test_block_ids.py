"""Obsidian's block ids: anchors that are not shown."""

from __future__ import annotations

import pytest

from conftest import document, found, knowledge_base, shown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("words ^abc", '<p>words<a id="^abc"></a></p>'),
        ("words\n^abc", '<p>words<a id="^abc"></a></p>'),
        ("words\n\n^abc", '<p>words<a id="^abc"></a></p>'),
        ("**bold** ^abc", '<p><strong>bold</strong><a id="^abc"></a></p>'),
        ("`code`  ^abc", '<p><code>code</code><a id="^abc"></a></p>'),
        ("- one ^a1\n- two", '<ul><li>one<a id="^a1"></a></li><li>two</li></ul>'),
        ("- one\n- two\n\n^abc", '<a id="^abc"></a><ul><li>one</li><li>two</li></ul>'),
        ("> said ^abc", '<blockquote><p>said<a id="^abc"></a></p></blockquote>'),
        ("> said\n\n^abc", '<a id="^abc"></a><blockquote><p>said</p></blockquote>'),
        ("1. a\n\n   ^abc", '<ol><li><p>a<a id="^abc"></a></p></li></ol>'),
        ("- [ ] task ^abc", "^abc"),
        ("^abc", '<a id="^abc"></a>'),
    ],
)
def test_an_id_is_an_anchor_and_no_text(text: str, html: str) -> None:
    written = shown(text)
    assert html in written
    assert "^abc" not in written.replace('id="^abc"', "")
    assert [anchor.id for anchor in document(text).anchors if anchor.kind == "block"] == [
        "^a1" if "^a1" in text else "^abc"
    ]


@pytest.mark.parametrize("block", ["| a |\n|---|\n| b |", "```\ncode\n```", "> [!note]\n> x", "---", "<div>x</div>"])
def test_an_id_alone_belongs_to_the_block_before_it(block: str) -> None:
    text = f"{block}\n\n^abc\n\n[[#^abc]]\n"
    written = shown(text)
    assert written.startswith('<a id="^abc"></a>')
    assert found(knowledge_base({"notes/a.md": f"# A\n\n{text}"})) == []
    (anchor,) = (each for each in document(text).anchors if each.kind == "block")
    assert text[anchor.span.start : anchor.span.end].strip() == block


@pytest.mark.parametrize(
    "text",
    [
        "x ^2",
        "10 ^12",
        "a^b",
        "`x ^abc`",
        "**bold**^abc",
        "^abc and more",
        "a ^b_c",
        "```\nx ^abc\n```",
        "$x ^abc$",
        "x^^",
    ],
)
def test_a_caret_that_is_no_id_is_text(text: str) -> None:
    assert "^" in shown(text)
    assert [anchor.id for anchor in document(text).anchors] == []


def test_a_heading_keeps_githubs_id_and_answers_to_its_block_id() -> None:
    assert shown("## Part two ^p2\n\n[[#^p2]] [[#Part two]]").startswith('<h2 id="part-two-p2">Part two</h2>')
    site = knowledge_base({"notes/a.md": "# A\n\n## Part two ^p2\n\n[[#^p2]] [[#Part two]] [x](#part-two-p2)\n"})
    assert found(site) == []


EXPORTS = {
    "rw123456": "# Sea Atlas\n\n## Metadata\n- Author: [[Someone]]\n- Full Title: Sea Atlas\n- Category: #books\n\n"
    "## Highlights\n- The tide turns twice. ([Location 12](https://readwise.io/to_kindle?x=1)) ^{id}\n"
    "- The moon pulls. ([Location 14](https://readwise.io/to_kindle?x=2))\n",
    "ref-9123": "---\nkindle-sync:\n  bookId: '1'\n  title: Sea Atlas\n  author: Someone\n---\n# Sea Atlas\n## Metadata\n"
    "* Author: Someone\n\n## Highlights\nThe tide turns twice. — location: [12](kindle://x) ^{id}\n\n---\n"
    "The moon pulls. — location: [14](kindle://x) ^ref-77\n\n---\n",
}


@pytest.mark.parametrize("identifier", ["rw123456", "rwhi123456", "rwID-77", "my-own-word", "Quote1"])
def test_an_export_s_ids_name_its_highlights(identifier: str) -> None:
    book = EXPORTS["rw123456"].replace("{id}", identifier)
    text = f"# A\n\n[[Book#^{identifier}]] [t](Book.md#^{identifier})\n\n![[Book#^{identifier}]]\n"
    site = knowledge_base({"notes/Book.md": book, "notes/a.md": text})
    assert [each for each in found(site) if each.path == "notes/a.md"] == []


def test_a_kindle_export_s_ids_name_its_highlights() -> None:
    book = EXPORTS["ref-9123"].replace("{id}", "ref-9123")
    site = knowledge_base({"notes/Book.md": book, "notes/a.md": "# A\n\n[[Book#^ref-9123]] [[Book#^ref-77]]\n"})
    assert [each for each in found(site) if each.path == "notes/a.md"] == []
    wrong = knowledge_base({"notes/Book.md": book, "notes/a.md": "# A\n\n[[Book#^ref-1]]\n"})
    assert [each.code for each in found(wrong) if each.path == "notes/a.md"] == ["anchor-missing"]


def test_two_ids_after_a_block_both_lead_to_it() -> None:
    """Obsidian writes a second one where somebody links to the first."""
    anchors = {each.id for each in document("> quote\n\n^one\n\n^two\n\nText\n").anchors if each.kind == "block"}
    assert anchors == {"^one", "^two"}
    assert "^</" not in shown("> quote\n\n^one\n\n^two\n\nText\n")
