"""What stands beside highlights: logs of synchronisations (F3 of the reference) and whole documents (F4)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikb.read.exports import full_text, kindle_sync, logseq, markdown, mirror, roam, sync_log
from aikb.read.exports.detect import may_be_export
from aikb.read.exports.formats import FORMATS as ALL
from aikb.read.exports.items import authors, category, tags
from conftest import export_text

FORMATS = [markdown.FORMAT, logseq.FORMAT, roam.FORMAT, mirror.FORMAT, kindle_sync.FORMAT]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (
            (
                "- [[2022-11-19]] 9:11 PM — Synced 3 highlights from 2 documents.\n    - 1 highlight from [[On tides]]\n"
                "    - 2 highlights from [[Cold: a | b]]\n- [[2022-11-20]] 9:11 PM — Synced 1 highlight from 1 document.\n"
            ),
            True,
        ),
        (
            "title:: Readwise\n\n- On [[Nov 19th, 2022]] at 9:11 PM Readwise synced 12 highlights from 3 books.\n-\n",
            True,
        ),
        ("- On [[October 19th, 2023]] at 11:39 AM Readwise synced 1 highlight from 1 book.\n", True),
        ("# [[2024-05-01]] *(9:11pm)*\n- [[On tides]] *(5 highlights)*\n", True),
        (
            "---\ntags: log\n---\n# Readwise Syncs\n- [[2022-11-19]] 9:11 PM — Synced 3 highlights from 2 documents.\n",
            True,
        ),
        ("", False),
        ("# Readwise Syncs\n", False),
        ("- 3 highlights from [[On tides]]\n", False),
        ("- [[2022-11-19]] 9:11 PM — Synced 3 highlights from 2 documents.\n\nWent for a walk.\n", False),
        ("# [[2024-05-01]]\n- [[On tides]]\n", False),
    ],
)
def test_a_log_has_nothing_else_in_it(text: str, known: bool) -> None:
    assert sync_log.recognises(export_text(text)) is known


METADATA = "# T\n\n## Metadata\n- Author: [[A]]\n- Full Title: T\n- Category: #articles\n- Summary: One.\n\nTwo.\n\n"


@pytest.mark.parametrize(
    ("path", "text", "known"),
    [
        ("a.md", f"{METADATA}## Full Document\nThe whole text.\n\n## A heading\n\nMore.\n", True),
        ("Readwise/Full Document Contents/Articles/T (A).md", "---\ntitle: T\n---\nThe whole text.\n", True),
        (
            "a.md",
            f"{METADATA}## Full Document\n[[x/T.md|See full document content →]]\n\n## Highlights\n- One\n",
            False,
        ),
        ("a.md", f"{METADATA}## Full Document\n[[x/T.md|See full document content →]]\n", False),
        ("a.md", f"{METADATA}## Full Document\nThe text.\n\n## Highlights\n- One\n", False),
        ("a.md", "# T\n\n## Full Document\nText.\n", False),
        ("Full Document Contents.md", "Text.\n", False),
    ],
)
def test_a_whole_document(path: str, text: str, known: bool) -> None:
    assert full_text.recognises(export_text(text, f"notes/{path}")) is known


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (
            "## Full Document\n[[Full Document Contents/Articles/T.md|See full document content →]]\n",
            "Full Document Contents/Articles/T",
        ),
        ("## Full Document\n[See it](<Full%20Document%20Contents/T.md>)\n", "Full Document Contents/T"),
        ("x\n\n### Full Document\n\n[[F/[Java] T.md|See full document content →]]\n\n## Highlights\n", "F/[Java] T"),
        ("## Full Document\n[[a/T\\|Readwise/T.md]]\n", "a/T"),
        ("## Full Document\n[[T]]\n", "T"),
        ("## Full Document\n[See](<Full Document Contents/T.md>)\n", "Full Document Contents/T"),
        ("## Full Document\nThe text, and [[a link]].\n", ""),
        ("## Other\n[[T]]\n", ""),
    ],
)
def test_how_a_note_of_highlights_names_its_document(body: str, name: str) -> None:
    assert full_text.named_in(body) == name


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("[[A Brook, B Dune and C East]]", ("A Brook", "B Dune", "C East")),
        ("Ada Brook, Carl Dune, and Eve East", ("Ada Brook", "Carl Dune", "Eve East")),
        ("Ludwig van Beethoven and Élise de la Tour", ("Ludwig van Beethoven", "Élise de la Tour")),
        ("Simon & Schuster", ("Simon & Schuster",)),
        ("Martin, Robert C.", ("Martin, Robert C.",)),
        ("Department of Science and Technology Policy", ("Department of Science and Technology Policy",)),
        ("[[@name on Twitter]]", ("@name on Twitter",)),
        ("[[A]], [[B]]", ("A", "B")),
        ("[Ada Brook](https://example.org/a?b=c), [Carl Dune](https://example.org/d)", ("Ada Brook", "Carl Dune")),
        ("https://example.org/a, b", ("https://example.org/a, b",)),
        ("[[]]", ()),
        ("None", ()),
        ("", ()),
    ],
)
def test_authors(value: str, names: tuple[str, ...]) -> None:
    assert authors(value) == names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("[[a]] [[b c]] ", ("a", "b c")),
        ("#[[a]] #b, #c/d", ("a", "b", "c/d")),
        ("h2,h1", ("h2", "h1")),
        ("Sea, sea, C#", ("Sea", "C#")),
        ("", ()),
    ],
)
def test_tags(value: str, names: tuple[str, ...]) -> None:
    assert tags(value) == names


def test_categories() -> None:
    assert [category(word).value for word in ("#books", "book", "[[Tweets]]", "#articles 📰", "#films", "")] == [
        "books",
        "books",
        "tweets",
        "articles",
        "",
        "",
    ]


def test_no_other_file_of_the_corpus_is_taken_for_one(corpus: Path) -> None:
    taken: dict[str, set[str]] = {}
    for path in sorted(corpus.rglob("*")):
        if path.suffix in (".md", ".json", ".csv", ".txt"):
            text = export_text("\n" + path.read_text(encoding="utf-8", errors="replace"), str(path))
            for known in (*FORMATS, sync_log, full_text):
                if known.recognises(text):
                    taken.setdefault(getattr(known, "name", "") or known.__name__, set()).add(path.parent.name)
    assert taken == {"kindle-sync": {"Books"}}


PIECES = st.sampled_from(
    [
        *("### Metadata\n", "- Author: x\n", "- Full Title: y\n", "### Highlights\n", "# Highlights\n", "# About\n"),
        *("- Highlights first synced by [[Readwise]] [[Nov 19th, 2022]]\n", "title:: T (highlights)\n", "Author:: y\n"),
        *(
            "%%\nID: 1\nUpdated: x\n%%\n",
            "## Full Document\n",
            "([Page\u00a01](u))",
            "**Note**: ",
            "x",
            "id:: x",
            ":LOGBOOK:",
        ),
        *("- ", "\t", "  ", "\n", "\n---\n", "- -\n", "^12345", "^ref-1", "```", "<!--", "[[", "]]", "\0", "\u2028"),
        *('[{"children": [{"string": "', '"}]}]'),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["a.md", "a.json"]))
def test_nothing_in_a_file_stops_a_reader(text: str, path: str) -> None:
    given_text = export_text("\n" + text, path)
    for known in (*ALL, sync_log, full_text):
        assert may_be_export(given_text) or not known.recognises(given_text)
    for known in FORMATS:
        for work in known.read(given_text).works:
            ends = [0]
            for highlight in work.highlights:
                assert ends[-1] <= highlight.start <= highlight.end <= len(text) + 1
                ends.append(highlight.end if path.endswith(".md") else 0)
