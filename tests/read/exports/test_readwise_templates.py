"""Templates of a reader's own: numbered highlights, callouts, quotes without a heading; and notes that only look like them."""

from __future__ import annotations

import pytest

from aikb.model.document import Document, ExportFile
from aikb.model.source import Source
from aikb.read.document import parse
from aikb.settings import Settings

LABEL = "([Location\u00a0{0}](https://readwise.io/to_kindle?action=open&asin=B0&location={0}))"
LOOSE = "[Location {0}](https://readwise.io/to_kindle?action=open&asin=B0&location={0})"
HEAD = (
    "# Sea Atlas\n\n## Metadata\n- Author: [[Jane Roe]]\n- Full Title: Sea Atlas\n- Category: #books\n\n## Highlights\n"
)
ONE, TWO = LABEL.format(12), LABEL.format(22)


def read(text: str, path: str = "notes/Readwise/atlas.md") -> list[tuple[str, str]]:
    parsed = parse(Source(path, text), Settings())
    assert isinstance(parsed, (Document, ExportFile))
    works = parsed.works if isinstance(parsed, ExportFile) else ()
    return [(each.text, each.note) for work in works for each in work.highlights]


@pytest.mark.parametrize(
    "body",
    [
        f"1. First. {ONE}\n2. Second. {TWO}\n   - Note: PLOVER\n",
        f"1) First. {ONE}\n2) Second. {TWO}\n    - Note: PLOVER\n",
        f"10. First. {ONE}\n\n11. Second. {TWO}\n    - Note: PLOVER\n",
        f"> [!quote] Highlight\n> First. {ONE}\n\n> [!quote] Highlight\n> Second. {TWO}\n> **Note:** PLOVER\n",
        f"> [!quote] Highlight 1\n> First. {ONE}\n\n> [!quote] Highlight 2\n> Second. {TWO}\n\nNote: PLOVER\n",
        f"> [!cite] Citation\n> First. {ONE}\n\n> [!cite] Citation\n> Second. {TWO}\n> **My note**: PLOVER\n",
        f"> [!quote]\n> First. {ONE}\n\n> [!quote]\n> Second. {TWO}\n> **Note:** PLOVER\n",
    ],
)
def test_a_template_is_read(body: str) -> None:
    (first, no_note), (second, note) = read(HEAD + body)
    assert (first, no_note, second) == ("First.", "", "Second.")
    assert "PLOVER" in note


@pytest.mark.parametrize(
    ("before", "path"),
    [
        ("", "notes/atlas.md"),
        ("---\ntags: [readwise]\n---\n", "notes/atlas.md"),
        ("", "notes/Readwise/atlas.md"),
    ],
)
def test_quotes_without_a_heading_are_known_by_their_labels(before: str, path: str) -> None:
    quotes = f"> First\n> goes on.\n> — {LOOSE.format(12)} ^rw11\n\n> Second.\n> — {LOOSE.format(22)} ^rw12\n"
    assert [text for text, _ in read(f"{before}# Sea Atlas\n\n{quotes}", path)] == ["First\ngoes on.", "Second."]


def test_an_essay_that_quotes_highlights_is_a_note() -> None:
    essay = "\n\n".join(f"My own thought number {at}.\nIt goes on." for at in range(6))
    quotes = f"> First. {ONE}\n\n> Second. {TWO}\n"
    assert read(f"# On maps\n\n{essay}\n\n{quotes}", "notes/maps.md") == []


def test_a_numbered_list_inside_a_highlight_is_its_text() -> None:
    body = f"- First:\n  1. one\n  2. two {ONE}\n- Second. {TWO}\n"
    assert [text.split("\n")[0] for text, _ in read(HEAD + body)] == ["First:", "Second."]


def test_a_title_of_a_callout_that_says_something_is_text() -> None:
    body = f"> [!quote] First words\n> and more. {ONE}\n\n> [!quote] Second. {TWO}\n"
    assert [text for text, _ in read(HEAD + body)] == ["First words\nand more.", "Second."]
