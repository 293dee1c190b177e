"""Which file, section or block a wikilink means: one vault, and a table of what is written in it."""

from __future__ import annotations

import unicodedata
from functools import cache

import pytest
from bs4 import BeautifulSoup

from aikb.model.document import Document, Link
from aikb.model.source import Asset, Span
from aikb.read.document import parse
from aikb.relate.index import Index, build_index
from aikb.relate.links.resolve import resolve
from aikb.settings import Settings
from conftest import Build, body_html, found, knowledge_base, page, sources

VAULT = {
    "notes/index.md": "# Welcome\n",
    "notes/Sync/Security.md": "# Sync and security\n",
    "notes/Publish/Security.md": "# Publish and security\n",
    "notes/Sync/README.md": "# All about sync\n\n## Setup\n",
    "notes/ruby/concat.md": "# Concat in Ruby\n",
    "notes/lang/JS/concat.md": "# Concat in JavaScript\n",
    "notes/guide/index.md": "# The guide\n",
    "notes/guide/part/one.md": "# First part\n",
    "notes/empty/leaf.md": "# Leaf\n",
    "notes/dup/a/same.md": "# Same in a\n",
    "notes/dup/b/same.md": "# Same in b\n",
    "notes/dup/b/deep/same.md": "# Same, deeper\n",
    "notes/Café au lait.md": "# Coffee\n",
    "notes/data-sets.md": "# Sets of data\n",
    "notes/v1.2 plan.md": "# Plan of a version\n",
    "notes/Uppercase.MD": "# In capitals\n",
    "notes/al.md": "---\naliases: [Alias One, Security, Naïve Bayes]\n---\n# Titled by heading\n",
    "notes/title.md": "---\ntitle: al\n---\nText.\n",
    "notes/paper.pdf.md": "# About the paper\n",
    "notes/tides.md": "# Tides\n\nThe sea rises and falls.\n\n## Spring tide\n\n## Moon\n",
    "notes/tides.fr.md": "# Marées\n\nLa mer monte et descend.\n\n## Vive-eau\n",
    "notes/lune.fr.md": "# Lune\n\nLa lune attire l’eau de la mer.\n",
    "notes/secret.md": "---\ndraft: true\n---\n# Hush\n",
    "notes/board.md": "---\nkanban-plugin: board\n---\n## To do\n",
    "notes/percent%20name.md": "# Percent\n",
    "notes/(x) [y].md": "# Brackets\n",
    "notes/H.md": (
        "# Top\n\n## 10.2 With Pandoc\n\n## C++ & C\n\n## URL (**U**niform)\n\n## `wiki` links\n\n"
        "## C major ([[Sync/Security|Ionian (I)]] Ionian )\n\n## Ära: été, naïveté\n\n## 🚀 Start here\n\n"
        "## Methods\n\n### Setup\n\n## Results\n\n### Setup\n\n## Q&A: why | how?\n\n## A/B testing\n\n## 50% off #sale\n\n"
        "## Under_score-dash\n\n## Dup\n\n## Dup\n\n## Explicit {#my-id}\n\nUnderlined\n---------\n\n## Closed ##\n\n"
        "## With id ^hid\n\nA block. ^blk\n\n- one ^item-1\n- two\n\n| a |\n|---|\n| b |\n\n^table1\n\nText ^UPPER\n"
    ),
}
ASSETS = ("pic.png", "a/plan.png", "b/plan.png", "b/deep/one.jpg", "paper.pdf", "board.canvas", "Ünï.png", "x y.png")
NFD = unicodedata.normalize("NFD", "Café au lait")


@cache
def index() -> Index:
    settings = Settings()
    documents = [parse(source, settings) for source in sources(VAULT, settings)]
    return build_index(
        [each for each in documents if isinstance(each, Document)], [Asset(p, "") for p in ASSETS], settings
    )[0]


def meant(written: str, origin: str, *, image: bool = False) -> str:
    """What `[[written]]` means in a note, and what is found."""
    resolution = resolve(Link(written, Span(0, 1), "wikilink", image), index().documents[f"notes/{origin}"], index())
    place = resolution.path.removeprefix("notes/") + (f"#{resolution.fragment}" if resolution.fragment else "")
    findings = [f"{each.code}" + ("!" * (each.severity == "warning")) for each in resolution.diagnostics]
    return " ".join([resolution.kind.removeprefix("page"), place, *findings]).strip().replace("  ", " ")


@pytest.mark.parametrize(
    ("written", "origin", "expected"),
    [
        # 1 the path from the note's folder, then from the root, exactly
        ("Sync/Security", "index.md", "Sync/Security.md"),
        ("Security", "Sync/README.md", "Sync/Security.md"),
        ("Security", "Publish/Security.md", "Publish/Security.md"),
        ("../ruby/concat", "guide/index.md", "ruby/concat.md"),
        ("./one", "guide/part/one.md", "guide/part/one.md"),
        ("/ruby/concat", "guide/part/one.md", "ruby/concat.md"),
        ("../../index", "guide/part/one.md", "index.md"),
        ("ruby/../lang/JS/concat", "index.md", "lang/JS/concat.md"),
        ("../nowhere", "guide/index.md", "broken wikilink-unresolved"),
        ("../../../etc/passwd", "guide/index.md", "broken wikilink-unresolved"),
        # 2 the end of a path
        ("JS/concat", "index.md", "lang/JS/concat.md"),
        ("part/one", "index.md", "guide/part/one.md"),
        ("part/one.md", "index.md", "guide/part/one.md"),
        ("a/same", "index.md", "dup/a/same.md"),
        ("b/same", "index.md", "dup/b/same.md"),
        ("deep/same", "index.md", "dup/b/deep/same.md"),
        ("art/one", "index.md", "broken wikilink-unresolved"),
        ("Perl/concat", "index.md", "broken wikilink-unresolved"),
        ("v1.2 plan", "ruby/concat.md", "v1.2 plan.md"),
        ("v1.2 plan.md", "ruby/concat.md", "v1.2 plan.md"),
        ("(x) [y]", "ruby/concat.md", "(x) [y].md"),
        # several, and why one
        ("concat", "index.md", "ruby/concat.md link-ambiguous"),
        ("same", "index.md", "dup/a/same.md link-ambiguous!"),
        ("same", "dup/b/deep/same.md", "dup/b/deep/same.md"),
        ("Security", "index.md", "Publish/Security.md link-ambiguous!"),
        # 3 any letter case
        ("js/CONCAT", "index.md", "lang/JS/concat.md"),
        ("sync/security", "index.md", "Sync/Security.md"),
        ("uppercase", "index.md", "Uppercase.MD"),
        ("INDEX", "guide/part/one.md", "index.md link-ambiguous"),
        # Unicode
        ("Café au lait", "index.md", "Café au lait.md"),
        (NFD, "index.md", "Café au lait.md"),
        # 4 accents, spaces and hyphens
        ("cafe au lait", "index.md", "Café au lait.md"),
        ("Café-au-lait", "index.md", "Café au lait.md"),
        ("data sets", "index.md", "data-sets.md"),
        ("data_sets", "ruby/concat.md", "data-sets.md"),
        ("DataSets", "ruby/concat.md", "data-sets.md"),
        # 5 folders and their pages
        ("Sync", "index.md", "Sync/README.md"),
        ("sync/", "index.md", "Sync/README.md"),
        ("README", "Sync/Security.md", "Sync/README.md"),
        ("Sync/README", "index.md", "Sync/README.md"),
        ("Sync/index", "index.md", "Sync/README.md"),
        ("guide", "index.md", "guide/index.md"),
        ("guide/index", "ruby/concat.md", "guide/index.md"),
        ("guide/README", "ruby/concat.md", "guide/index.md"),
        ("guide/part", "index.md", "folder guide/part"),
        ("part", "index.md", "folder guide/part"),
        ("empty", "index.md", "folder empty"),
        ("empty/index", "index.md", "folder empty"),
        ("index", "guide/part/one.md", "index.md"),
        # 6 aliases, 7 titles; a file's name comes before both
        ("Alias One", "index.md", "al.md"),
        ("alias-one", "index.md", "al.md"),
        ("naive bayes", "index.md", "al.md"),
        ("al", "index.md", "al.md"),
        ("Titled by heading", "index.md", "al.md"),
        ("publish and security", "index.md", "Publish/Security.md"),
        # the note's own language
        ("tides", "index.md", "tides.md"),
        ("tides", "lune.fr.md", "tides.fr.md"),
        ("tides.fr", "index.md", "tides.fr.md"),
        ("Marées", "index.md", "tides.fr.md"),
        ("tides#Spring tide", "lune.fr.md", "tides.md#spring-tide"),
        ("tides#Vive-eau", "lune.fr.md", "tides.fr.md#vive-eau"),
        # other files
        ("pic.png", "guide/part/one.md", "asset pic.png"),
        ("PIC.PNG", "index.md", "asset pic.png"),
        ("b/plan.png", "index.md", "asset b/plan.png"),
        ("a/plan.png", "index.md", "asset a/plan.png"),
        ("plan.png", "index.md", "asset a/plan.png link-ambiguous!"),
        ("one.jpg", "index.md", "asset b/deep/one.jpg"),
        ("deep/one.jpg", "ruby/concat.md", "asset b/deep/one.jpg"),
        ("pic", "index.md", "broken wikilink-unresolved"),
        ("x-y.png", "index.md", "asset x y.png"),
        ("paper.pdf", "index.md", "asset paper.pdf"),
        ("paper.pdf#page=2", "index.md", "asset paper.pdf#page=2"),
        ("board.canvas#node", "index.md", "asset board.canvas#node"),
        (unicodedata.normalize("NFD", "Ünï.png"), "index.md", "asset Ünï.png"),
        # written with care or without
        ("ruby/concat ", "index.md", "ruby/concat.md"),
        (" ruby/concat", "index.md", "ruby/concat.md"),
        ("ruby/concat\\", "index.md", "ruby/concat.md"),
        ("Caf%C3%A9%20au%20lait", "index.md", "Café au lait.md"),
        ("percent%20name", "index.md", "percent%20name.md"),
        # what is not published
        ("secret", "index.md", "broken link-to-private"),
        ("board", "index.md", "broken"),
        ("nobody", "index.md", "broken wikilink-unresolved"),
    ],
)
def test_a_wikilink_means_a_file(written: str, origin: str, expected: str) -> None:
    assert meant(written, origin) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("H#10 2 With Pandoc", "10-2-with-pandoc|102-with-pandoc"),
        ("H#10.2 With Pandoc", "102-with-pandoc"),
        ("H#10.2 with pandoc", "102-with-pandoc"),
        ("H#C++ & C", "c--c"),
        ("H#C & C", "c--c"),
        ("H#URL (**U**niform)", "url-uniform"),
        ("H#URL (Uniform)", "url-uniform"),
        ("H#`wiki` links", "wiki-links"),
        ("H#wiki links", "wiki-links"),
        ("H#C major ( Sync/Security Ionian (I) Ionian )", "c-major-ionian-i-ionian-"),
        ("H#C major (Ionian (I) Ionian )", "c-major-ionian-i-ionian-"),
        ("H#Ära: été, naïveté", "ära-été-naïveté"),
        ("H#Ära été, naïveté", "ära-été-naïveté"),
        ("H#Ara: ete, naivete", "ära-été-naïveté"),
        (unicodedata.normalize("NFD", "H#Ära: été, naïveté"), "ära-été-naïveté"),
        ("H#🚀 Start here", "-start-here"),
        ("H#Start here", "-start-here"),
        ("H#Setup", "setup"),
        ("H#Methods#Setup", "setup"),
        ("H#Results#Setup", "setup-1"),
        ("H#Top#Results#Setup", "setup-1"),
        ("H#Nowhere#Setup", "setup"),
        ("H#Q&A why how?", "qa-why--how"),
        ("H#A/B testing", "ab-testing"),
        ("H#50% off sale", "50-off-sale"),
        ("H#Under_score-dash", "under_score-dash"),
        ("H#Dup", "dup"),
        ("H#Explicit", "my-id"),
        ("H#my-id", "my-id"),
        ("H#Underlined", "underlined"),
        ("H#Closed", "closed"),
        ("H# Closed ", "closed"),
        ("H#Closed\\", "closed"),
        ("H#With id", "with-id-hid"),
        ("H#^hid", "with-id-hid"),
        ("H#^blk", "^blk"),
        ("H#^BLK", "^blk"),
        ("H#^upper", "^UPPER"),
        ("H#^item-1", "^item-1"),
        ("H#^table1", "^table1"),
        ("H#Results#^blk", "^blk"),
        ("H#url-uniform", "url-uniform"),
        ("H#Start%20here", "-start-here"),
        ("Sync#Setup", "setup"),
    ],
)
def test_a_heading_is_named_by_its_text_and_a_block_by_its_id(written: str, expected: str) -> None:
    place = meant(written, "index.md")
    assert place.partition("#")[2] in expected.split("|")
    assert " anchor-" not in place


@pytest.mark.parametrize("written", ["H#Nothing like it", "H#^soup1", "#^soup1", "#Nowhere", "tides#^none"])
def test_what_is_nowhere_is_found(written: str) -> None:
    assert meant(written, "index.md").endswith(" anchor-missing")


def test_the_order_of_files_changes_nothing() -> None:
    settings = Settings()
    documents = [each for each in (parse(s, settings) for s in sources(VAULT, settings)) if isinstance(each, Document)]
    turned, _ = build_index(documents[::-1], [Asset(path, "") for path in ASSETS[::-1]], settings)
    origin = index().documents["notes/index.md"]
    for written in ("same", "plan.png", "Security", "concat", "al", "part", "tides"):
        link = Link(written, Span(0, 1), "wikilink")
        assert resolve(link, origin, turned) == resolve(link, origin, index())


def test_an_ambiguous_link_says_why_one_was_taken() -> None:
    files = {
        "notes/a.md": "# A\n\n[[x]] [[y]] [[z]]\n",
        "notes/one/x.md": "# X1\n",
        "notes/one/two/x.md": "# X2\n",
        "notes/one/y.md": "# Y1\n",
        "notes/two/y.md": "# Y2\n",
        "notes/sea/z.md": "---\nlang: fr\n---\n# Z\n",
        "notes/deep/er/z.md": "---\nlang: en\n---\n# Z\n",
    }
    messages = [
        f"{each.severity} {each.message}" for each in found(knowledge_base(files)) if each.code == "link-ambiguous"
    ]
    assert [message.rpartition(", as ")[2] for message in messages] == [
        "its path is the shortest",
        "it comes first in the alphabet",
        "it is in the note's language",
    ]
    assert [message.split()[0] for message in messages] == ["info", "warning", "info"]


def test_the_folder_of_attachments_comes_before_a_shorter_path() -> None:
    files = {"notes/a.md": "![[p.png]]", "notes/sub/b.md": "![[p.png]]"}
    for attachments, shown in (("files/in", "files/in/p.png"), ("", "img/p.png"), ("./img", "sub/img/p.png")):
        site = knowledge_base(
            files, ["x/p.png", "files/in/p.png", "img/p.png", "sub/img/p.png"], attachments=attachments
        )
        assert shown in {asset.path for asset in site.assets}


@pytest.mark.parametrize(
    "text",
    [
        "| a |\n|---|\n| [[b\\|Bee]] |",
        "| [[b\\|Bee]] |\n|---|",
        "- [[b\\|Bee]]",
        "[[b\\|Bee]] and text",
        "> | a |\n> |---|\n> | [[b\\|Bee]] |",
        "| a | c |\n|---|---|\n| [[b#Two\\|Bee]] | x |",
        "| a |\n|---|\n| [[b#^id\\|Bee]] |",
        "| a |\n|---|\n| **[[b\\|Bee]]** |",
        "1. x\n\n   | a |\n   |---|\n   | [[b\\|Bee]] |",
        "| a |\n|---|\n| [[b.md\\|Bee]] |",
    ],
)
def test_a_pipe_with_a_backslash_separates_as_one_without(text: str) -> None:
    site = knowledge_base({"notes/a.md": f"# A\n\n{text}\n", "notes/b.md": "# B\n\n## Two\n\nText ^id\n"})
    assert found(site) == []
    html = body_html(page(site, "a.md"))
    (only,) = (link["href"] for link in BeautifulSoup(html, "lxml").find_all("a") if link.text == "Bee")
    assert only.startswith("b.md")


@pytest.mark.parametrize(
    ("written", "expected", "edits"),
    [
        ("[x](one.md)", ["info link-dialect"], ["deep/one.md"]),
        ("[x](one)", ["info link-dialect"], ["deep/one.md"]),
        ("[x](deep/one.md)", [], []),
        ("[x](er/two%20b.md)", ["info link-dialect"], ["deep/er/two%20b.md"]),
        ("[x](same.md)", ["warning link-ambiguous", "info link-dialect"], []),
        ("[x](./one.md)", ["warning link-moved"], ["deep/one.md"]),
        ("[x](gone.md)", ["error link-missing"], []),
        ("![x](pic.png)", ["info link-dialect"], ["img/pic.png"]),
        ("[x](deep/one.md#Part%20two)", [], []),
        ("[x](deep/one.md#part-two)", [], []),
        ("[x](deep/one.md#%5Eid1)", [], []),
        ("[x](deep/one.md#PART-TWO)", ["warning anchor-case"], ["#part-two"]),
    ],
)
def test_a_markdown_link_of_a_note_from_obsidian(written: str, expected: list[str], edits: list[str]) -> None:
    files = {
        "notes/a.md": f"# A\n\n[[deep/one]] {written}\n",
        "notes/deep/one.md": "# One\n\n## Part two\n\nText ^id1\n",
        "notes/deep/er/two b.md": "# Two\n",
        "notes/p/same.md": "# Same\n",
        "notes/q/same.md": "# Same\n",
    }
    findings = found(knowledge_base(files, ["img/pic.png"]))
    assert [f"{each.severity} {each.code}" for each in findings] == expected
    assert [each.fix.text for each in findings if each.fix] == edits


@pytest.mark.parametrize(
    "written",
    [
        "[[b##]]", "[[b###]]", "[[b# #]]", "![[b##]]", "[[b## ##|x]]", "[[##]]", "[[###]]", "[[b#\u200b#]]", "[[b#^#]]",
        "[[b#^^]]", "[[b#|]]", "[[b##Part]]", "[[b#Part#]]", "[[b##Part##]]", f"[[b{'#' * 500}]]", "![[b#^]]", "[x](b.md##)",
    ],
)  # fmt: skip
def test_signs_without_a_heading_cost_no_page(kb: Build, written: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n{written}\n", "notes/b.md": "# B\n\n## Part\n\nwords\n"})
    assert "page-failed" not in {each.code for each in site.diagnostics}
    assert {"a.md", "b.md"} <= {each.path for each in site.pages}


@pytest.mark.parametrize(
    ("notes", "code"),
    [
        ({"one": "# Done", "two": "# Done"}, "wikilink-unresolved"),
        ({"d/one": "# Done", "e/two": "# Done"}, "wikilink-unresolved"),
        ({"one": "---\ntitle: Done\n---\n", "two": "# Done"}, "wikilink-unresolved"),
        ({"one": "# Done"}, ""),
        ({"one": "# Done", "sub/two": "# Done", "sub/here": "# Here\n\n[[Done]]\n"}, "link-ambiguous"),
        ({"done": "# One", "two": "# Done"}, ""),
        ({"one": "---\naliases: [Done]\n---\n# One", "two": "# Done"}, ""),
    ],
)
def test_a_title_that_several_notes_have_is_no_name(notes: dict[str, str], code: str) -> None:
    """Journals begin every day with the same heading; no tool finds a note by that."""
    here = {} if "sub/here" in notes else {"here": "# Here\n\n[[Done]]\n"}
    site = knowledge_base({f"notes/{name}.md": text for name, text in {**notes, **here}.items()})
    assert [each.code for each in found(site) if "link" in each.code] == ([code] if code else [])
