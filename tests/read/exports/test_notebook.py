"""Notebooks of Kindle and KOReader, and the JSON of two programs: what names a passage's place stands above it."""

from __future__ import annotations

import json

import pytest

from aikb.model.document import ExportFile
from aikb.model.highlights import Work
from aikb.model.source import Source
from aikb.read.document import parse
from aikb.settings import Settings


def work(text: str, path: str = "notes/notebook.md") -> Work:
    parsed = parse(Source(path, text), Settings())
    assert isinstance(parsed, ExportFile), path
    (read,) = parsed.works
    return read


@pytest.mark.parametrize(
    ("one", "note", "two"),
    [
        (
            "Highlight (yellow) - Page 12 · Location 145",
            "Note - Page 12 · Location 145",
            "Highlight (blue) - Location 165",
        ),
        (
            "#### Highlight (**yellow**) - Page 12 · Location 145",
            "#### Note - Page 12",
            "#### Highlight (**blue**) - Page 14",
        ),
        ("**Highlight (yellow) - Page 12**", "**Note - Page 12**", "**Highlight (pink) - Page 14**"),
        ("### Highlight(yellow) - Location 145", "### Note - Location 145", "### Highlight(yellow) - Location 165"),
        (
            "Highlight (orange) - Chapter 2: Sea > Page 12 · Location 145",
            "Note - Chapter 2: Sea > Page 12",
            "Highlight (blue) - Chapter 3 > Page 14",
        ),
        (
            "Surlignement (jaune) - Page 12 · Emplacement 145",
            "Note - Page 12 · Emplacement 145",
            "Surlignement (bleu) - Page 14",
        ),
        (
            "Markierung (gelb) - Seite 12 · Position 145",
            "Notiz - Seite 12 · Position 145",
            "Markierung (blau) - Seite 14",
        ),
        ("Subrayado (amarillo) - Página 12", "Nota - Página 12", "Subrayado (azul) - Página 14"),
        ("Evidenziazione (giallo) - Pagina 12", "Nota - Pagina 12", "Evidenziazione (blu) - Pagina 14"),
        ("* Highlight - Page xii", "* Note - Page xii", "* Highlight - Page xiv"),
        ("### Page 12 @ 03 March 2024 09:12:45 PM", "---", "### Page 14 @ 04 March 2024 08:40:11 AM"),
    ],
)
def test_a_line_says_what_follows(one: str, note: str, two: str) -> None:
    head = "# Sea Atlas\n\nRoe, Jane\n\n## Chapter One"
    read = work(f"{head}\n\n{one}\n\nThe first.\n\n{note}\n\nmy HERON\n\nmore\n\n{two}\n\nThe second.\n")
    assert (read.title, read.authors) == ("Sea Atlas", ("Jane Roe",))
    assert [(each.text, each.note) for each in read.highlights] == [
        ("The first.", "my HERON\n\nmore"),
        ("The second.", ""),
    ]
    assert all(each.location for each in read.highlights)
    assert read.highlights[0].headings[0].title == "Chapter One"


@pytest.mark.parametrize(
    "head",
    [
        "# Notebook for\nSea Atlas\nJane Roe\n",
        "# Your Notebook\n\n## Kindle Notes & Highlights\n\n**Sea Atlas**\n\nRoe, Jane\n\nCitation (APA): Roe, J.\n",
        "Votre bloc-notes\n\n# Sea Atlas\n\nde Jane Roe\n",
        "# Sea Atlas\n##### Jane Roe\n",
        "---\ntitle: Sea Atlas\nauthor: Jane Roe\n---\n",
        "---\ntitle: Sea Atlas\nauthor: Jane Roe\n---\n# Sea Atlas\n",
    ],
)
def test_the_head_names_the_work(head: str) -> None:
    read = work(f"{head}\nHighlight (yellow) - Page 1\n\nThe first.\n\nHighlight (yellow) - Page 2\n\nThe second.\n")
    assert (read.title, read.authors, read.remarks) == ("Sea Atlas", ("Jane Roe",), "")


def test_a_chapter_may_stand_between_passages_without_a_mark() -> None:
    marks = "Highlight (yellow) - Page 1\n\nThe first.\n\nChapter Two\n\nHighlight (yellow) - Page 2\n\nThe second.\n"
    assert [[each.title for each in one.headings] for one in work(f"# Sea\n\n{marks}").highlights] == [
        [],
        ["Chapter Two"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Plan\n\nHighlight - Page 12\n\nThe first.\n",
        "# Plan\n\nNote - Page 12\n\nbuy it\n\nNote - Page 14\n\nsell it\n",
        "# Log\n\n## Highlight of May - the sea\n\nWe went.\n\n## Highlight of June - the hills\n\nWe stayed.\n",
        "# Log\n\n### Page 12\n\ntext\n\n### Page 14\n\ntext\n",
    ],
)
def test_a_note_with_such_words_is_a_note(text: str) -> None:
    assert not isinstance(parse(Source("notes/a.md", text), Settings()), ExportFile)


BOOKCISION = {
    "asin": "B07ABC",
    "title": "Sea Atlas",
    "authors": "Jane Roe",
    "highlights": [
        {
            "text": "The first.",
            "isNoteOnly": False,
            "location": {"url": "kindle://book?x=1", "value": 145},
            "note": "HERON",
        },
        {
            "text": "a thought EGRET",
            "isNoteOnly": True,
            "location": {"url": "kindle://book?x=2", "value": 150},
            "note": None,
        },
    ],
}
KOREADER = {
    "title": "Sea Atlas",
    "author": "Jane Roe",
    "number_of_pages": 200,
    "entries": [
        {"text": "The first.", "note": "HERON", "page": 12, "chapter": "One", "time": 1709500000, "drawer": "lighten"},
        {"text": "", "note": "a thought EGRET", "page": 13, "chapter": "One"},
    ],
}


@pytest.mark.parametrize(
    "data", [BOOKCISION, [BOOKCISION], KOREADER, {"documents": [KOREADER], "version": "json/1.0.0"}]
)
def test_json_of_a_book_is_read(data: object) -> None:
    read = work(json.dumps(data), "notes/atlas.json")
    assert (read.title, read.authors) == ("Sea Atlas", ("Jane Roe",))
    assert [(each.text, each.note) for each in read.highlights] == [("The first.", "HERON")]
    assert "a thought EGRET" in read.remarks


def test_json_that_breaks_off_is_told() -> None:
    parsed = parse(Source("notes/atlas.json", json.dumps(BOOKCISION)[:-9]), Settings())
    assert [each.code for each in parsed.diagnostics] == ["readwise-record"]
