"""Passages known by the link that each ends in, whatever it is called and wherever it stands; and notes with such links."""

from __future__ import annotations

import pytest

from aikb.model.document import Document, ExportFile
from aikb.model.source import Source
from aikb.read.document import parse
from aikb.settings import Settings

A, B = (
    "https://read.readwise.io/read/01hr3k5v0p0m5c2qyq7a4n8w1x",
    "https://read.readwise.io/read/01hr3k6b2n7d9f4grt8zy5e3s2",
)
KINDLE = "https://readwise.io/to_kindle?action=open&asin=B0&location=12"
ZOTERO = "zotero://open-pdf/library/items/EFGH5678?page=12&annotation=IJKL9012"


def read(text: str, path: str = "notes/clips/atlas.md") -> list[tuple[str, str]]:
    parsed = parse(Source(path, text), Settings())
    assert isinstance(parsed, (Document, ExportFile))
    works = parsed.works if isinstance(parsed, ExportFile) else ()
    return [(each.text, each.note) for work in works for each in work.highlights]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        (f"[]({A})", "A wall."),
        (f"[🔗]({A})", "A wall."),
        (f"([🔗]({A}))", "A wall."),
        (f"[View Highlight]({A})", "A wall."),
        (f"[(View Highlight)]({A})", "A wall."),
        (f"— [Emplacement 12]({KINDLE})", "A wall."),
        (f"– [p. 12]({KINDLE})", "A wall."),
        (f"\\- [(Location 12)]({KINDLE})", "A wall."),
        (f"[⤴️](https://omnivore.app/me/walls-18e#{'0' * 8})", "A wall."),
        (f"([Roe, p. 12](zotero://select/library/items/AB)) ([pdf]({ZOTERO}))", "A wall."),
        ("[12](kindle://book?action=open&asin=B0&location=12) ^ref-12", "A wall."),
        ("[Jane Roe, 23 Feb](https://hypothes.is/a/AbCd)", "A wall."),
        (f"([link]({A})) #Highlight #[[2023-05-31]]", "A wall."),
        (f"[]({A}).", "A wall."),
    ],
)
@pytest.mark.parametrize("lead", ["- ", "> ", ""])
def test_a_link_to_a_passage_ends_it_whatever_it_is_called(label: str, lead: str, text: str) -> None:
    other = f"[x]({B})"
    note = f"# Walls\n\n{lead}A wall. {label}\n\n{lead}A second wall, higher than it. {other}\n"
    assert read(note) == [(text, ""), ("A second wall, higher than it.", "")]


@pytest.mark.parametrize(
    "body",
    [
        f"One. [x]({A})\nNote: HERON\n\nTwo. [x]({B})\n",
        f"One. [x]({A})\n\nNote: HERON\n\nTwo. [x]({B})\n",
        f"One. [x]({A})\n\nHERON\n\nTwo. [x]({B})\n",
        f"One. [x]({A})\n\n**My thought:** HERON\n\nTwo. [x]({B})\n",
        f"> One. [x]({A})\n\n**Ma note :** HERON\n\n> Two. [x]({B})\n",
        f"> One.\n[x]({A})\n\nHERON\n\n> Two.\n[x]({B})\n",
        f"> One.\n> — [x]({A})\n\nHERON\n\n> Two.\n> — [x]({B})\n",
        f"> [!quote]- One. [x]({A})\n>> [!note] My note:\nHERON\n\n> [!quote]- Two. [x]({B})\n",
        f"> [!quote]- One. [x]({A})\n> > [!info] 📝 **Ann's Note**:\n> > HERON\n\n> [!quote]- Two. [x]({B})\n",
        f"> [!cite]\n> One. [x]({A})\n>\n> > [!comment]+ HERON\n\n> [!cite]\n> Two. [x]({B})\n",
        f"- One. [x]({A})\n    - Note: HERON\n- Two. [x]({B})\n",
        f"- One. [x]({A})\n    - **Ma note :** HERON\n- Two. [x]({B})\n",
        f"- One. [x]({A})\n  - Commentaire : HERON\n- Two. [x]({B})\n",
        f"“One.” ([p. 1]({ZOTERO})) HERON\n\n“Two.” ([p. 2]({ZOTERO}))\n",
        f"| Highlight | Note | Link |\n| --- | :-: | --- |\n| One. | HERON | [x]({A}) |\n| Two. | | [x]({B}) |\n",
        f"| Link | Quote | Thoughts |\n| --- | --- | --- |\n| [x]({A}) | One. | HERON |\n| [x]({B}) | Two. | |\n",
        f"| Passage | Mine | Page |\n| --- | --- | --- |\n| One. [x]({A}) | HERON | 4 |\n| Two. [x]({B}) | | 5 |\n",
    ],
)
def test_what_the_reader_says_of_a_passage_stays_with_it(body: str) -> None:
    (one, note), (two, none) = read(f"# Walls\n\n{body}")
    assert (one, two, none) == ("One.", "Two.", "")
    assert "HERON" in note


ESSAY = (
    "I have been reading about walls again, and one sentence stays with me, though I do not know what to make of it."
)


@pytest.mark.parametrize(
    "text",
    [
        f"# Walls\n\n{ESSAY}\n\n{ESSAY}\n\nA wall. [x]({A})\n\n{ESSAY}\n\nTwo. [x]({B})\n",
        f"# Walls\n\n{ESSAY} It says so ([View Highlight]({A})), and more. {ESSAY}\n\nAnd so ([x]({B})) it is.\n",
        f"# Walls\n\n```\n- One. ([View Highlight]({A}))\n- Two. ([View Highlight]({B}))\n```\n",
        f"# Walls\n\n~~~\n> One. [x]({A})\n\n> Two. [x]({B})\n~~~\n\nReadwise writes it so.\n",
        "# Walls\n\n- One ([#1](https://github.com/a/b/pull/1))\n- Two ([#2](https://github.com/a/b/pull/2))\n",
        "# 2.4\n\n## Highlights\n\n- Faster\n- Smaller\n\n## Metadata\n\n- Author: the team\n",
        "# Week 12\n\n## Highlights\n\n- met Ann\n\n## Tools\n\nReadwise costs too much.\n",
        f"| Name | Link |\n| --- | --- |\n| Walls | [x]({A}) |\n| Quays | [x]({B}) |\n",
        f"# Walls\n\nSee [this]({A}) and [that]({B}).\n\n{ESSAY}\n",
        "# Walls\n\n> A wall. (p. 12)\n\n> Two. (p. 14)\n",
    ],
)
def test_a_note_with_such_links_is_a_note(text: str) -> None:
    assert read(text, "notes/walls.md") == []


def test_bullets_of_logseq_need_no_header() -> None:
    head = "title:: Readwise/Walls\nauthor:: [[Jane Roe]]\nfull-title:: Walls\n"
    page = (
        f"{head}\n- One. ([View Highlight]({A})) #Highlight\n\t- Note: HERON\n"
        f"- Two. ([View Highlight]({B}))\n- my own line\n"
    )
    parsed = parse(Source("notes/pages/walls.md", page), Settings())
    assert isinstance(parsed, ExportFile)
    (work,) = parsed.works
    assert [(each.text, each.note, each.tags) for each in work.highlights] == [
        ("One.", "HERON", ("Highlight",)),
        ("Two.", "", ()),
    ]
    assert (work.title, work.authors, work.remarks) == ("Walls", ("Jane Roe",), "- my own line")


@pytest.mark.parametrize(
    "body",
    [
        f"• One. [x]({A})\nHERON\n• Two lines. [x]({B})\n",
        f"• One. [x]({A})\nNote: HERON\n• Two\nlines. [x]({B})\n",
        f"– One. [x]({A})\nNote: HERON [x]({A})\n– Two\nlines. [x]({B})\n",
        f"One. [x]({A})\nHERON\nTwo lines. [x]({B})\n",
        f"‣ One. [x]({A}) #wall\nHERON\n‣ Two lines. [x]({B})\n",
        f"“One.” ([p. 1]({ZOTERO})) HERON\n“Two lines.” ([p. 2]({ZOTERO}))\n",
        f"> [!quote]+ 1\n> One.\n> [open]({A})\n> #wall\n> HERON\n\n> [!quote]+ 2\n> Two lines.\n> [open]({B})\n",
        f"> [!quote] #1\n> One. [open]({A})\n> **Note**: HERON\n\n> [!quote] #2\n> Two lines. [open]({B})\n",
    ],
)
def test_passages_stand_line_by_line(body: str) -> None:
    (one, note), (two, none) = read(f"# Walls\n\n## Highlights\n\n{body}")
    assert (one, " ".join(two.split()), none) == ("One.", "Two lines.", "")
    assert "HERON" in note


@pytest.mark.parametrize("line", ["• One.\n", f"• One. [x]({A})\n", f"Note: [x]({A})\n", "“One.”\n", f"[x]({A})\n"])
def test_a_paragraph_of_many_lines_takes_time_linear_in_it(line: str) -> None:
    assert read(f"# Walls\n\n## Highlights\n\nOne. [x]({B})\n{line * 20_000}") != []


HEAD = "# Walls\n\n## Metadata\n- Author: [[Jane Roe]]\n- Full Title: Walls\n- Category: #books\n\n## Highlights\n"


@pytest.mark.parametrize(
    "body",
    [
        f"- One. ([x]({A}))\n    - HERON\n- Two. ([x]({B}))\n",
        f"- One. ([x]({A}))\n\t- HERON\n- Two. ([x]({B}))\n",
        f"- One. ([x]({A}))\n    - #wall\n    - HERON\n      and more\n- Two. ([x]({B}))\n",
        f"- One. ([x]({A})) #wall\n    * HERON\n- Two. ([x]({B}))\n",
        f"- [ ] One. ([x]({A}))\n    - Note: HERON\n- [x] Two. ([x]({B}))\n",
        f"- [[2024-03-13]] 09:48 One. — [original](https://hyp.is/Ab/c)\n    - HERON\n- Two. ([x]({B}))\n",
        f"- [[2024-03-13]] One. — [original](https://hyp.is/Ab/c) — Group: #Public\n    - HERON\n- Two. ([x]({B}))\n",
        f"One.\n\nLocation: [12]({KINDLE})\nNote: HERON\n\n---\n\nTwo.\n\nLocation: [13]({KINDLE}3)\n",
        f"One.\n\n**Link:** [x]({A})\n\nHERON\n\nTwo.\n\n**Link:** [x]({B})\n",
        f"One.\n\nMarch 4, 2024 [57]({A})\n\nHERON\n\nTwo.\n\nMarch 5, 2024 [58]({B})\n",
        f"One.\n[x]({A})\nHERON\n\nTwo.\n[x]({B})\n",
        f"> [!quote] Roe, *Walls*, p. [12]({ZOTERO})\n> One.\n>\n> **Comment:** HERON\n\n> [!quote] [13]({ZOTERO}3)\n> Two.\n",
        f'<mark style="background: #5fb236">One.</mark> [(p. 2)]({ZOTERO})\nHERON\n\n==Two.== [(p. 3)]({ZOTERO}3)\n',
    ],
)
def test_a_template_has_the_link_the_tags_and_the_remark_where_it_likes(body: str) -> None:
    (one, note), (two, none) = read(HEAD + body)
    assert (one, two, none) == ("One.", "Two.", "")
    assert "HERON" in note


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ("---\nsource: kobo\n---\n# Walls\n", "notes/walls.md"),
        ("---\ntags: [kindle]\n---\n# Walls\n", "notes/walls.md"),
        ("---\nGlasp URL: https://glasp.co/x\n---\n# Walls\n", "notes/walls.md"),
        ("---\ndoc_type: hypothesis-highlights\n---\n# Walls\n", "notes/walls.md"),
        ("# Walls\n", "notes/Kobo/walls.md"),
        ("# Walls\n", "notes/Readwise/walls.md"),
        ("# Walls\n\n![rw-book-cover](https://example.org/a.png)\n", "notes/walls.md"),
        ("# Walls\n\n## Metadata\n- Author: Jane Roe\n", "notes/walls.md"),
    ],
)
@pytest.mark.parametrize("heading", ["## Highlights", "#### Highlights & Notes", "## 📝 Highlights", "# Surlignages"])
def test_passages_without_a_link_are_known_by_the_program_that_is_named(head: str, path: str, heading: str) -> None:
    assert read(f"{head}\n{heading}\n\n> One.\n\nHERON\n\n> Two.\n", path) == [("One.", "HERON"), ("Two.", "")]


@pytest.mark.parametrize("heading", ["## My thoughts", "# Notes", "## Actions", "## Voir aussi"])
def test_the_readers_own_section_below_the_highlights_is_no_highlight(heading: str) -> None:
    own = f"{heading}\nThe second one.\n\n- ask HERON\n- read more\n"
    later = f"## New highlights added March 5, 2024 at 9:00 AM\n- Three. ([x]({A}3))\n"
    parsed = parse(Source("notes/a.md", f"{HEAD}- One. ([x]({A}))\n- Two. ([x]({B}))\n\n{own}\n{later}"), Settings())
    assert isinstance(parsed, ExportFile)
    (work,) = parsed.works
    assert [each.text for each in work.highlights] == ["One.", "Two.", "Three."]
    assert own.strip() in work.remarks


def test_a_chapter_of_highlights_without_labels_stays_one() -> None:
    assert len(read(f"{HEAD}- One.\n- Two. ([x]({B}))\n\n## Chapter 2\n- Three.\n")) == 3


def test_a_heading_below_other_text_is_no_title_where_the_front_matter_has_one() -> None:
    text = f"---\ntitle: Walls\n---\n> [!abstract]\n> Of walls.\n\n# Notes\n> One. [x]({A})\n\n> Two. [x]({B})\n"
    parsed = parse(Source("notes/a.md", text), Settings())
    assert isinstance(parsed, ExportFile)
    assert [each.title for each in parsed.works] == ["Walls"]
