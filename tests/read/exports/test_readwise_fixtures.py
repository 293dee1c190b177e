"""One file of every format that exists as files, tests/fixtures/readwise, named by its format: the same work in each.

They hold what real exports have been seen to hold: ligatures, soft hyphens, `●` lists, furniture, cuts at both ends, headings,
fences, tables and raw markup inside a highlight, labels with no-break spaces, front matter that YAML refuses, records that are
deleted, repeated, extended or empty. Counts over real exports are here too.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_readwise import as_text, bare, work

from aikb.model.source import Source
from aikb.read.exports import canonical, full_text, sync_log
from aikb.read.exports.detect import detect_format, read_export
from aikb.read.exports.formats import FORMATS
from aikb.read.files.disk import decode
from conftest import FIXTURES, Build, found, html_of

READWISE = FIXTURES / "readwise"
EXPORTS = sorted(path for path in READWISE.iterdir() if path.stem not in ("sync-log", "full-text"))

TEXTS = (
    "The tides are significant, and the flow of coastal water is required\u00a0reading.",
    "What a harbour needs:\n- a wall against the sea\n- a light that is seen from far\n- and a keeper",
    "Small harbours do well\n\nThey cost $15 a boat, where others ask $60 and more.",
    "arbours that were never finished are the ones that people paint.",
    "The last ferry leaves before the tide does, and nobody on the pier ever knew who took the generatio",
    "Readwise ends this one by itself…",
    "- an empty bullet first\n- and one that is not",
    "# A heading of the page\n## And one below it\nwith the text after them.",
    "```python\n  def tide(hour):\nreturn hour % 12\n```",
    "| hour | height |\n|---|---|\n| 6 | 4.2 m |",
    "A map of <key, value> pairs and a <script>alert(1)</script> as raw text.",
    "See [[Moon]] and [[Sun|the other one]] for #astronomy and #tides.",
    "R&amp;D &#39;at sea&#39; costs &quot;more&quot; than &echo; says.",
    "𝗧𝗶𝗱𝗲𝘀 𝗲𝘁 𝗺𝗮𝗿𝗲\u0301𝗲𝘀 are written in bold letters.",
    "@keeper: a thread begins here.\n\n@keeper: and it goes on.",
    "![](https://example.org/chart.png)",
)
ON_ONE_LINE = {
    7: "# A heading of the page with the text after it.",
    14: "@keeper: a thread begins here, and it goes on.",
}
"""What Kindle has instead: it knows no lines, and its plugin parts a file by headings."""


def loaded(path: Path, folder: str = "notes") -> Source:
    source, problems = decode(path.read_bytes(), f"{folder}/{path.name}")
    assert source is not None
    assert not problems
    return source


def test_every_format_has_a_fixture() -> None:
    others = {"canonical", "notebook", "table"}  # which all become; whose passages are a paragraph, or a line
    assert {path.stem for path in EXPORTS} == {form.name for form in FORMATS} - others


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name)
def test_a_format_is_known_by_its_content_and_reads_what_all_others_read(path: Path) -> None:
    source = loaded(path)
    text = as_text(source.text, source.path)
    form = detect_format(text)
    assert form is not None
    assert form.name == path.stem
    assert not sync_log.recognises(text)
    assert not full_text.recognises(text)
    export = read_export(text, form)
    (made,) = export.works
    texts = [ON_ONE_LINE.get(at, each) if path.stem == "kindle-sync" else each for at, each in enumerate(TEXTS)]
    assert [each.text for each in made.highlights] == texts
    assert len({each.id for each in made.highlights}) == len(TEXTS)
    notes = {at: each.note.split(".")[0] for at, each in enumerate(made.highlights) if each.note and at % 3 == 0}
    assert notes == {at: f"My view of {at}" for at in (0, 3, 6, 9, 12, 15) if at in notes}
    assert len(notes) == (4 if path.stem == "quotes" else 6)  # whose templates have one with some kinds only
    assert [each.page for each in made.highlights if each.page] == [23]
    cut = [each.message for each in export.diagnostics if each.code == "highlight-truncated"]
    assert len(cut) >= 3
    assert made.title.startswith("Tides")
    assert made.authors[0] in ("Ada Brook", "ada@example.org")


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name)
def test_a_work_of_any_format_is_read_back_as_it_was_written(path: Path) -> None:
    source = loaded(path)
    text = as_text(source.text, source.path)
    form = detect_format(text)
    assert form is not None
    for made in read_export(text, form).works:
        assert bare(work(canonical.write(made))) == bare(made)


def test_logs_and_whole_documents_are_no_exports() -> None:
    log, whole = (as_text(loaded(READWISE / name).text) for name in ("sync-log.md", "full-text.md"))
    assert (sync_log.recognises(log), full_text.recognises(log)) == (True, False)
    assert (sync_log.recognises(whole), full_text.recognises(whole)) == (False, True)


def test_all_fixtures_are_one_site(kb: Build) -> None:
    site = kb({f"notes/{path.name}": loaded(path).text for path in sorted(READWISE.iterdir())})
    assert [str(each) for each in found(site) if each.severity == "error"] == []
    bodies = "\n".join(html_of(each) for each in site.pages)
    assert "<script>" not in bodies
    assert "https://example.org/cover.jpg" not in bodies


# Real exports: what is found, against what the files have marked, counted without the readers ---------------------------


MARKS = {
    "obsidian": re.compile(r"^[-*+] ", re.MULTILINE),
    "quotes": re.compile(r"^### (?:id\d+|(?:Location|Page)\s\S+)$", re.MULTILINE),
    "kindle-sync": re.compile(r"\^ref-[\w-]+$", re.MULTILINE),
}
"""What begins or ends a highlight in those files, by format."""
METADATA = re.compile(r"^#{2,3} Metadata$.*?(?=^## )", re.MULTILINE | re.DOTALL)
"""What a second export in a file says of its work; its items are no highlights."""
GROUPS = re.compile(r"^## (?:Highlights|New highlights added).*$", re.MULTILINE)


def differences(path: Path) -> tuple[str, int, int, str]:
    """The format of an export, how many highlights it has marked, how many were read, and what tells the two apart."""
    source = loaded(path)
    text = as_text(source.text, str(path))
    form = detect_format(text)
    if form is None:
        return "", 0, 0, ""
    first = GROUPS.search(source.text)
    begin = first.end() if first and form.name != "kindle-sync" else 0
    marked = len(MARKS[form.name].findall(METADATA.sub("", source.text[begin:])))
    export = read_export(text, form)
    shown = sum(len(each.highlights) for each in export.works)
    again = sum(each.code == "highlight-duplicate" for each in export.diagnostics)
    empty = sum(each.code == "highlight-empty" for each in export.diagnostics)
    told = f"{path.name}: {marked} marked, {shown} shown, {again} twice, {empty} empty"
    return form.name, marked, shown + again + empty, told


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("readwise-obsidian", {"kindle-sync": (100, 2654), "obsidian": (158, 1446)}),
        ("readwise-custom", {"quotes": (27, 544)}),
    ],
)
def test_every_marked_highlight_of_real_exports_is_read(
    folder: str, expected: dict[str, tuple[int, int]], corpus: Path
) -> None:
    """None is missed. Two of a work are shown as one where the file has them twice: 17 of the 4,656."""
    read = [differences(path) for path in sorted((corpus / folder).rglob("*.md"))]
    assert [told for _, marked, found, told in read if marked != found] == []
    by_format = {name: [marked for form, marked, _, _ in read if form == name] for name in expected}
    assert {name: (len(marked), sum(marked)) for name, marked in by_format.items()} == expected
    assert {form for form, *_ in read if form} == set(expected)


def test_every_record_of_real_clippings_is_read(corpus: Path) -> None:
    """644 records, all highlights; 89 of them are what their readers have made longer or shorter since, or made again."""
    source = loaded(corpus / "kindle-clippings" / "My Clippings.txt")
    records = re.split(r"^={10}$\n?", source.text.replace("\ufeff", ""), flags=re.MULTILINE)
    marked = [each for each in records if re.match(r"[^\n]+\n- (?:Your Highlight|Votre surlignement) ", each)]
    text = as_text(source.text, source.path)
    form = detect_format(text)
    assert form is not None
    export = read_export(text, form)
    shown = sum(len(each.highlights) for each in export.works)
    again = sum(each.code == "highlight-duplicate" for each in export.diagnostics)
    assert (len(marked), shown + again, again) == (644, 644, 89)
