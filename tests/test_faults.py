"""The rows of the fault corpus about links, ids, highlights, structure and files: each built alone, and all of them together.

Every row is a folder of notes named by its id. `found` lists what is found above info, and the infos that the row asks for, as
`file:line:column severity code`; `shows` and `hides` are about the HTML of the row's pages. Rows about the web (LNK-22, LNK-23)
are in tests/test_external.py. What a row asks for and aikb does otherwise is said beside it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from aikb.cli.main import main
from aikb.findings.report.formats import FORMATS
from aikb.findings.report.result import CheckResult
from aikb.findings.report.text import line
from aikb.model.finding import Diagnostic
from aikb.model.site import Site
from aikb.pipeline import build
from aikb.read.disk import load
from aikb.settings import Settings
from conftest import RENDERER, before_html, body_html, html_of

CANARY = "CANARYWORD"


@dataclass(frozen=True)
class Row:
    """A fault: what is in the folder, and what has to come out."""

    id: str
    files: dict[str, str]
    """Texts by path in the row's folder; `-> target` is a symbolic link."""
    found: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    """What is in the messages."""
    elsewhere: dict[str, str] = field(default_factory=dict)
    """Texts by path in the notes folder."""
    broken: str = ""
    """A known fault of aikb's, and where."""


def export(title: str, *items: str, group: str = "Highlights", address: str = "") -> str:
    """An export of highlights; each row has a title of its own, else they would be one work."""
    about = f"- Author: [[Ann]]\n- URL: {address or f'https://example.org/{title.lower()}'}\n"
    return f"# {title}\n\n## Metadata\n{about}\n## {group}\n" + "".join(f"- {item}\n" for item in items)


def view(identifier: str) -> str:
    """The label of a highlight."""
    return f"([View Highlight](https://read.readwise.io/read/{identifier}))"


LATER = "## New highlights added October 14, 2024 at {} AM\n"
FULL = [f"The passage of number {number}. {view(f'01full{number:02}')}" for number in range(67)]

NFC, NFD = (unicodedata.normalize(form, "Été à Sète") for form in ("NFC", "NFD"))

ROWS = (
    # Links and anchors ---------------------------------------------------------------------------------------------------
    Row(
        # the link leads to the heading, `glossaire_lmsys`, and not to the case-only match: that is where it was meant to land
        "LNK-01",
        {"a.md": "# A\n\n## Glossaire_LMSYS <a name='GlossaireLMSYS'></a>\n\nText\n\nSee [LMSYS](#glossairelmsys).\n"},
        found=("a.md:7:5 warning anchor-case",),
        shows=('href="#glossaire_lmsys"', 'id="glossaire_lmsys"', 'name="GlossaireLMSYS"'),
        says=("no anchor “glossairelmsys” on this page (did you mean “glossaire_lmsys” or “GlossaireLMSYS”?)",),
    ),
    Row(
        "LNK-02",
        {"a.md": "# Nape\n\n## Nopes\n\n## None\n\n## Nole\n\n## Far from it\n\n[x](#nope)\n"},
        found=("a.md:11:1 error anchor-missing",),
        shows=(">x<",),
        says=("no anchor “nope” on this page (did you mean “#nopes” (Nopes) or “#n",),
    ),
    Row(
        "LNK-04",
        {"a.md": "### [LLaMA with block expansion]()\n\n[X.ai official blogpost]()\n"},
        found=("a.md:1:5 warning link-empty", "a.md:3:1 warning link-empty"),
        shows=("LLaMA with block expansion", "X.ai official blogpost"),
        hides=("<a ",),
    ),
    Row(
        "LNK-05",
        {"a.md": "![the alternative]()\n"},
        found=("a.md:1:1 error image-empty",),
        shows=("the alternative",),
        hides=("<img", "src="),
    ),
    Row(
        "LNK-07",
        {"a.md": "See [the text][nope] here.\n"},
        found=("a.md:1:5 error reference-undefined",),
        shows=("the text",),
        hides=("<a ",),
    ),
    Row(
        "LNK-08",
        {"a.md": "[a] and [A]\n\n[a]: https://example.org/first\n[A]: https://example.org/second\n"},
        found=("a.md:4:2 warning reference-duplicate",),
        shows=('<a href="https://example.org/first">a</a>', '<a href="https://example.org/first">A</a>'),
        hides=("second",),
    ),
    Row(
        "LNK-10",
        {"a.md": "[Mixup](/self-supervised-learning/MixMatch/readme.md)\n"},
        found=("a.md:1:1 error link-root-absolute",),
        shows=("Mixup",),
        hides=("<a ", "self-supervised-learning"),
    ),
    Row(
        "LNK-11",
        {"a.md": "![fig](/img/lnk11.png)\n"},
        found=("a.md:1:1 info link-root-relative",),
        shows=('src="../img/lnk11.png"',),
        elsewhere={"img/lnk11.png": ""},
    ),
    Row(
        "LNK-13",
        {"a.md": 'Text <a href="lnk13.md">a link</a> here\n\n<img src="lnk13.png" alt="a picture">\n'},
        found=("a.md:1:6 error link-missing", "a.md:3:1 error image-missing"),
        shows=("a link", "a picture"),
        hides=("href=", "src="),
    ),
    Row(
        "LNK-14",
        {
            "a.md": 'Use `<a name="ghost">` here.\n\n    <a name="ghost">\n\n```html\n<a name="ghost">\n```\n\n[a](#ghost)\n'
        },
        found=("a.md:9:1 error anchor-missing",),
        hides=('<a name="ghost"', '<a id="ghost"', 'id="ghost"'),
    ),
    Row(
        # no snippet is ever included, so an id in one is on no page: the directive is shown, and the link to the id is dead
        "LNK-16",
        {
            "a.md": '[a](#) [b](#top) [c](#:~:text=foo) [d](b.md#:~:text=foo)\n\n--8<-- "b.md"\n\n[e](#inside)\n',
            "b.md": "# B\n\n<a id='inside'></a>\n",
        },
        found=("a.md:3:1 warning include-ignored", "a.md:5:1 error anchor-missing"),
        shows=('href="#:~:text=foo"', 'href="b.md#:~:text=foo"', "--8&lt;--"),
    ),
    Row(
        "LNK-17",
        {"a.md": "See [here](https://www.example.org/search?q=x for (more) words.\n\n## Next\n\nText\n"},
        found=("a.md:1:5 warning link-unterminated",),
        shows=("See [here](", "https://www.example.org/search?q=x", "for (more) words.", '<h2 id="next">Next</h2>'),
    ),
    Row(
        "LNK-19",
        {"a.md": "# Alone\n", "b.md": "[c](c.md)\n", "c.md": "[b](b.md)\n"},
        found=("a.md:1:1 info orphan",),
    ),
    Row(
        "LNK-20",
        {
            "a.md": "[the plan](secret.md) [another](hidden.md#x) <a href='secret.md'>html</a> [[secret]]\n",
            "secret.md": f"---\ndraft: true\n---\n# {CANARY}\n",
            "hidden.md": f"---\npublish: false\ntitle: {CANARY}\n---\n# {CANARY}\n",
        },
        found=(
            "a.md:1:1 error link-to-private",
            "a.md:1:23 error link-to-private",
            "a.md:1:46 error link-to-private",
            "a.md:1:75 error link-to-private",
        ),
        shows=("the plan", "another", "html"),
        hides=(CANARY, "<a ", "href"),
    ),
    # Ids -----------------------------------------------------------------------------------------------------------------
    Row(
        "SLG-01",
        {"a.md": "- [x](#avantages-)\n- [y](#avantages--1)\n\n#### Avantages :\n\n#### Avantages :\n"},
        shows=('id="avantages-"', 'id="avantages--1"', 'href="#avantages-"', 'href="#avantages--1"'),
    ),
    Row(
        "SLG-02",
        {
            "a.md": "[x](#caractéristiques-principales-du-fine-tuning-)\n\n"
            "## Caractéristiques principales du fine-tuning :\n\n[y](#caract%C3%A9ristiques-principales-du-fine-tuning-)\n"
        },
        shows=('id="caractéristiques-principales-du-fine-tuning-"',),
    ),
    Row(
        "SLG-04",
        {
            "a.md": "[x](#itscomplicated) [y](#attention-is-all-you-need-to-build)\n\n## It’s…complicated\n\n"
            "## Attention is all you need… to build\n"
        },
        shows=('id="itscomplicated"', 'id="attention-is-all-you-need-to-build"'),
    ),
    Row(
        "SLG-05",
        {
            "a.md": "[x](#20-are-neuro-symbolic-systems-making-a-comeback)\n\n## Neuro-symbolic systems\n\n"
            "## 20 Are [neuro-symbolic systems](#neuro-symbolic-systems) making a comeback?\n"
        },
        shows=('id="20-are-neuro-symbolic-systems-making-a-comeback"', 'href="#neuro-symbolic-systems"'),
    ),
    Row(
        "SLG-07",
        {"a.md": "# Foo\n\n# Foo\n\n# Foo-1\n\n[x](#foo) [y](#foo-1) [z](#foo-1-1)\n"},
        shows=('id="foo"', 'id="foo-1"', 'id="foo-1-1"'),
    ),
    Row(
        # a finding for each place after the first, with the first's line in it, so that all lines are named
        "SLG-08",
        {"a.md": '# A {#k}\n\n# B {#k}\n\n<a id="k"></a>\n\n[x](#k)\n'},
        found=("a.md:3:1 error id-duplicate", "a.md:5:1 error id-duplicate"),
        shows=('<h1 id="k">A', '<h1 id="b">B'),
        hides=('<a id="k"',),
        says=("id “k” is already used in line 1",),
    ),
    Row(
        "SLG-10",
        {"a.md": "# 𝗧𝗵𝗲 𝗘𝗻𝗱\n\n[x](#the-end)\n"},
        found=("a.md:1:1 info text-styled-unicode",),
        shows=('id="the-end"', "𝗧𝗵𝗲 𝗘𝗻𝗱"),
    ),
    Row(
        "SLG-11",
        {
            "a.md": f"# {NFD}\n\n[x](#{NFC.lower().replace(' ', '-')}) [y](b.md#{NFD.lower().replace(' ', '-')})\n",
            "b.md": f"# {NFC}\n\n[a](a.md)\n",
        },
        shows=(f'id="{NFC.lower().replace(" ", "-")}"', f'href="b.md#{NFC.lower().replace(" ", "-")}"'),
        hides=(f'id="{NFD.lower().replace(" ", "-")}"',),
    ),
    # Highlights ----------------------------------------------------------------------------------------------------------
    Row(
        # the ids and the groups are counted in a test of their own
        "RW-01",
        {
            "a.md": "---\nauthor: [[Ann]]\ndate: 2024-10-11\n---\n"
            + export("Full", *FULL[:8]).rstrip("\n")
            + f"\n{LATER.format('9:56')}- {FULL[8]}\n{LATER.format('11:56')}"
            + "".join(f"- {each}\n" for each in FULL[9:])
        },
        shows=("The passage of number 0.", 'id="h-01full66"'),
        hides=("author:", "Metadata", "View Highlight"),
    ),
    Row(
        "RW-03",
        {"a.md": export("Bullets", "Intro:\n  ● one\n  ● ● two, and more ● three")},
        shows=("<p>Intro:</p>", "<li>one</li>", "<li>two, and more</li>", "<li>three</li>"),
        hides=("●",),
    ),
    Row(
        "RW-04",
        {
            "a.md": export(
                "Cut", "odels built for mobile.", "ll representation of it.", "terprise automation.", "Whole."
            )
        },
        found=tuple(f"a.md:{line}:1 info highlight-truncated" for line in (8, 9, 10)),
        shows=("<p>odels built for mobile.</p>", "<p>ll representation of it.</p>", "<p>terprise automation.</p>"),
    ),
    Row(
        "RW-06",
        {
            "a.md": export("Again", f"As it was. {view('01again')}")
            + LATER.format("9:56")
            + f"- As it became. {view('01again')}\n"
        },
        found=("a.md:10:1 info highlight-duplicate",),
        shows=("As it became.", 'id="h-01again"'),
        hides=("As it was.",),
    ),
    Row(
        "RW-07",
        {
            "a.md": export("Titres", "Un.", group="Nouveaux surlignages ajoutés le 14 octobre 2024 à 9:56")
            + "## My own heading\n- Deux.\n"
        },
        found=("a.md:9:1 warning readwise-heading",),
        shows=("Nouveaux surlignages ajoutés le 14 octobre 2024 à 9:56</h2>", "My own heading</h3>", "Un.", "Deux."),
    ),
    Row(
        "RW-09",
        {"a.md": export("Furniture", "A title\n  #stateofai | 23 →\n  The text.", "#tag at the start of a line")},
        shows=(">p. 23</a>", "<p>#tag at the start of a line</p>"),
        hides=("stateofai", "<h1>tag", 'id="tag'),
    ),
    Row(
        "RW-10",
        {"a.md": export("Open", "```\n  code", "Before <!-- never closed\n  after.", "The last one.")},
        found=("a.md:8:1 warning fence-unclosed", "a.md:10:1 warning html-malformed"),
        shows=("code", "&lt;!-- never closed", "after.", "<p>The last one.</p>"),
        hides=("<!--",),
    ),
    Row(
        # once for a file, whatever the number of addresses
        "RW-12",
        {
            "a.md": export(
                "Private",
                *(f"Passage {number}. {view(f'01private{number}')}" for number in range(67)),
                address="https://readwise.io/reader/document_raw_content/1",
            )
        },
        found=("a.md:1:1 info private-source-url",),
        hides=("readwise.io",),
    ),
    Row(
        "RW-13",
        {"a.md": export("Sizes", view("01empty"), "word " * 40_000, "The last one.")},
        found=("a.md:8:1 info highlight-empty", "a.md:9:1 warning highlight-long"),
        shows=("<details><summary>", "<p>The last one.</p>"),
        hides=("01empty",),
    ),
    # Structure -----------------------------------------------------------------------------------------------------------
    Row(
        "MD-01",
        {"a.md": "Summary\n- item one\n- item two\n  - inner\n"},
        shows=("<p>Summary</p>", "<li>item one</li>", "<li>inner</li>"),
        hides=("- item",),
    ),
    Row(
        "MD-02",
        {"a.md": "Text\n\n#AI #ScalingLaws #LLM"},
        shows=("#ScalingLaws</a>", "<h1>A</h1>"),
        hides=('<h1 id="ai', "<h1>AI"),
    ),
    Row(
        "MD-04",
        {"a.md": "It starts with <bot> and ends with <eot>.\n"},
        found=("a.md:1:16 info html-unknown", "a.md:1:36 info html-unknown"),
        shows=("&lt;bot&gt; and ends with &lt;eot&gt;",),
        hides=("<bot>", "<eot>"),
    ),
    Row(
        "MD-05",
        {"a.md": "The <2.5B parameter models, where a < b && c > d.\n"},
        shows=("The &lt;2.5B parameter models, where a &lt; b &amp;&amp; c &gt; d.",),
    ),
    Row(
        "MD-07",
        {"a.md": "Text\n\n```python\nprint(1)\n\n## lost heading\n"},
        found=("a.md:3:1 warning fence-unclosed",),
        shows=("lost heading",),
        hides=('id="lost-heading"',),
    ),
    Row(
        "MD-08",
        {"a.md": "Before\n\n<!-- oops\n\nAfter\n\n## Heading\n"},
        found=("a.md:3:1 warning html-malformed",),
        shows=("&lt;!-- oops", "<p>After</p>", '<h2 id="heading">'),
        hides=("<!--",),
    ),
    Row(
        "MD-10",
        {"a.md": "0. Initialize\n1. Go\n\nand\n\n- one\n- \n- two\n\ntext\n-> line\n^ note\n"},
        found=("a.md:7:1 info list-item-empty",),
        shows=('start="0"', "text\n-&gt; line\n^ note"),
    ),
    Row(
        "MD-11",
        {"a.md": "# Intro\n\n### Deep\n\n# FrontierMath\n\n## Next\n"},
        found=("a.md:3:1 info heading-order",),
        shows=('<h3 id="deep"', '<h1 id="frontiermath"'),
    ),
    Row(
        # includes are never run, so there is no cycle: the directive is text, and a warning says so
        "MD-13",
        {
            "a.md": 'A\n\n--8<-- "b.md"\n',
            "b.md": 'B\n\n--8<-- "a.md"\n',
            "c.md": '--8<-- "c.md"\n',
            **{f"chain{number}.md": f'--8<-- "chain{number + 1}.md"\n' for number in range(40)},
        },
        found=(
            "a.md:3:1 warning include-ignored",
            "b.md:3:1 warning include-ignored",
            "c.md:1:1 warning include-ignored",
            *sorted(f"chain{number}.md:1:1 warning include-ignored" for number in range(40)),
        ),
        shows=("--8&lt;-- &quot;b.md&quot;".replace("&quot;", '"'),),
    ),
    Row(
        # the same: whether the file is there or not makes no difference
        "MD-14",
        {"a.md": '--8<-- "gone.md"\n\nText\n\n--8<--\ngone.md\n--8<--\n'},
        found=(
            "a.md:1:1 warning include-ignored",
            "a.md:5:1 warning include-ignored",
            "a.md:7:1 warning include-ignored",
        ),
        shows=("--8&lt;--", "Text"),
    ),
    # Files and paths -----------------------------------------------------------------------------------------------------
    Row(
        # the alternative text is info: on the notes this was made for, nothing else may be above it
        "FIL-01",
        {"a.md": "![alt text](./img/fil01.png) and ![A cat](cat01.png)\n"},
        found=(
            "a.md:1:1 info image-alt",
            "a.md:1:1 error image-missing",
            "a.md:1:34 error image-missing",
        ),
        shows=("alt text", "A cat"),
        hides=("<img",),
    ),
    Row(
        # `....` is a folder's name like another one, and not two steps up: nothing is there
        "FIL-02",
        {
            "a.md": "![x](../../../secret.png) [y](..%2f..%2f..%2fx) [z](....//x) <img src='../../../secret.png' alt='w'>\n"
        },
        found=(
            "a.md:1:1 error path-escape",
            "a.md:1:27 error path-escape",
            "a.md:1:49 error link-missing",
            "a.md:1:62 error path-escape",
        ),
        hides=("src=", "href=", "secret.png"),
    ),
    Row(
        "FIL-04",
        {"a/b.md": "# B\n\n[c](c.md)\n", "a/c.md": "# C\n\n[b](b.md)\n", "a/loop": "-> .."},
        found=("a/loop:1:1 warning symlink-loop",),
    ),
    Row(
        # a file that goes away during the build, and one that may not be read: see below
        "FIL-05",
        {"a.md": "# A\n\nText\n", "d.md": "-> nowhere.md"},
        found=("d.md:1:1 error file-unreadable",),
        shows=("Text",),
        says=("cannot be read: a symbolic link to nothing",),
    ),
    Row(
        "FIL-07",
        {"README.md": "# One\n\nFirst\n", "index.md": "# Two\n\nSecond\n"},
        found=("README.md:1:1 error output-collision",),
        shows=("Second",),
        hides=("First",),
        says=("would be the same page as notes/FIL-07/index.md; this file is left out",),
    ),
    Row(
        "FIL-07b",
        {"a.md": "# One\n\nFirst\n", "a/index.md": "# Two\n\nSecond\n"},
        found=("a.md:1:1 error output-collision",),
        shows=("Second",),
        hides=("First",),
    ),
    Row(
        "FIL-08",
        {
            "index.md": "[1](a%20b.md) [2](<a b.md>) [3](c%23d.md) [4](e%3Ff.md) [5](g%2520h.md) [6](100%25.md) [7](100%.md)\n",
            **{name: f"# {name}\n\n[i](index.md)\n" for name in ("a b.md", "c#d.md", "e?f.md", "g%20h.md", "100%.md")},
        },
        found=(
            "100%.md:1:1 info file-name",
            "c#d.md:1:1 info file-name",
            "e?f.md:1:1 info file-name",
            "g%20h.md:1:1 info file-name",
        ),
        shows=('href="a%20b.md"', 'href="c%23d.md"', 'href="e%3Ff.md"', 'href="g%2520h.md"', 'href="100%25.md"'),
    ),
    Row(
        # what is hidden is not even named: it is never looked at
        "FIL-10",
        {
            "a.md": "[the paper](used10.pdf)\n",
            "used10.pdf": "",
            "tax10.pdf": CANARY,
            ".env": CANARY,
            ".obsidian/workspace.md": f"# {CANARY}",
        },
        found=("tax10.pdf:1:1 info asset-unpublished",),
        hides=(CANARY,),
    ),
)


def write(rows: Iterable[Row], folder: Path) -> None:
    """The knowledge base of some rows."""
    (folder / "notes").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(
        "site_name: Faults\ndocs_dir: notes\ntheme: material\nplugins: [aikb]\n", encoding="utf-8"
    )
    for row in rows:
        for path, text in {**{f"{row.id}/{path}": text for path, text in row.files.items()}, **row.elsewhere}.items():
            file = folder / "notes" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if text.startswith("-> "):
                file.symlink_to(text.removeprefix("-> "))
            else:
                file.write_text(text, encoding="utf-8")


def site(folder: Path) -> Site:
    settings = Settings(addresses="sources")
    loaded = load(folder, settings)
    return build(loaded.sources, settings, loaded.assets, loaded.diagnostics, renderer=RENDERER)


def own(row: Row, found: Site) -> list[Diagnostic]:
    """What is found in a row's folder."""
    return [each for each in found.diagnostics if each.path.startswith(f"notes/{row.id}/")]


def listed(row: Row, found: Site) -> list[str]:
    """The same, above info and where the row asks for it, as rows list it."""
    asked = {each.split()[-1] for each in row.found if " info " in each}
    return [
        f"{each.path.removeprefix(f'notes/{row.id}/')}:{each.line}:{each.column} {each.severity} {each.code}"
        for each in own(row, found)
        if each.severity != "info" or each.code in asked
    ]


def bodies(row: Row, found: Site) -> dict[str, str]:
    """The HTML of a row's pages, by path. The same text is in both trees."""
    return {each.path: body_html(each) for each in found.pages if each.path.startswith(f"{row.id}/") and each.source}


def marked(rows: Iterable[Row]) -> list[object]:
    """Rows as parameters; those with a known fault are expected to fail."""
    return [
        pytest.param(row, id=row.id, marks=[pytest.mark.xfail(reason=row.broken)] if row.broken else []) for row in rows
    ]


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all rows."""
    folder = tmp_path_factory.mktemp("together")
    write(ROWS, folder / "kb")
    return folder / "kb"


@pytest.fixture(scope="module")
def all_rows(together: Path) -> Site:
    return site(together)


def holds(row: Row, found: Site) -> None:
    """Fail where a row does not hold."""
    assert listed(row, found) == list(row.found)
    messages = "\n".join(each.message for each in own(row, found))
    shown = "\n".join(body for body in bodies(row, found).values())
    for each in row.says:
        assert each in messages
    for each in row.shows:
        assert each in shown
    for each in row.hides:
        assert each not in shown
    assert CANARY not in shown + messages


@pytest.mark.parametrize("row", marked(ROWS))
def test_alone(row: Row, tmp_path: Path) -> None:
    write([row], tmp_path / "kb")
    found = site(tmp_path / "kb")
    holds(row, found)
    for form in FORMATS.values():
        assert str(tmp_path) not in form(CheckResult(found.diagnostics, verbose=True))
    again = site(tmp_path / "kb")
    assert (again.diagnostics, again.pages, again.records) == (found.diagnostics, found.pages, found.records)


@pytest.mark.parametrize("row", marked(ROWS))
def test_beside_all_others(row: Row, all_rows: Site) -> None:
    holds(row, all_rows)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_one_bad_note_changes_no_other(row: Row, all_rows: Site, tmp_path: Path) -> None:
    write([row], tmp_path / "kb")
    alone = site(tmp_path / "kb")
    assert own(row, alone) == own(row, all_rows)
    assert bodies(row, alone) == bodies(row, all_rows)


def test_every_row_is_a_fault_of_the_table() -> None:
    table = Path(__file__).parent.parent.parent / "shared" / "reference" / "faults.md"
    if not table.is_file():
        pytest.skip("the table of faults, ../shared/reference/faults.md, is not here")
    ids = re.findall(r"^\| ((?:LNK|SLG|MD|FIL|RW)-\d+) \|", table.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted({row.id.rstrip("b") for row in ROWS} | {"LNK-22", "LNK-23"}) == sorted(ids)


# What rows say beyond a list of findings -----------------------------------------------------------------------------------


def one(identifier: str, all_rows: Site) -> tuple[list[Diagnostic], BeautifulSoup]:
    """The findings and the page `a.md` of one row."""
    row = next(row for row in ROWS if row.id == identifier)
    return own(row, all_rows), BeautifulSoup(bodies(row, all_rows)[f"{identifier}/a.md"], "lxml")


def test_lnk_01_is_marked_from_bracket_to_parenthesis_and_mended(all_rows: Site) -> None:
    found = next(each for each in one("LNK-01", all_rows)[0] if each.code == "anchor-case")
    assert (found.line, found.column, found.end_line, found.end_column) == (
        7,
        5,
        7,
        5 + len("[LMSYS](#glossairelmsys)"),
    )
    assert found.fix is not None
    assert found.fix.text == "#glossaire_lmsys"


def test_lnk_01_stands_where_the_seed_has_it(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_bytes((corpus / "seeds" / "state-of-ai.md").read_bytes())
    (found,) = (each for each in site(tmp_path).diagnostics if each.code == "anchor-case")
    assert (found.line, found.column, found.end_line, found.end_column) == (181, 93, 181, 117)


def test_lnk_02_has_at_most_three_near_ids(all_rows: Site) -> None:
    found = next(each for each in one("LNK-02", all_rows)[0] if each.code == "anchor-missing")
    assert re.findall(r"“(#[^”]+)”", found.message) == ["#nopes", "#nape", "#none"]


def test_lnk_13_is_what_markdown_links_are(tmp_path: Path) -> None:
    texts = {"a.md": "<a href='x.md'>x</a> <img src='x.png' alt='x'>\n", "b.md": "[x](x.md) ![x](x.png)\n"}
    write([Row("X", texts)], tmp_path / "kb")
    found: dict[str, list[tuple[str, str]]] = {"a.md": [], "b.md": []}
    for each in site(tmp_path / "kb").diagnostics:
        if each.severity == "error":
            found[Path(each.path).name].append((each.code, each.message))
    assert found["a.md"] == found["b.md"] != []


def test_lnk_19_is_said_once(all_rows: Site) -> None:
    found = [each for each in all_rows.diagnostics if each.path == "notes/LNK-19/a.md"]
    assert [line(each) for each in found] == ["notes/LNK-19/a.md:1:1: info: orphan: no other note leads here"]


@pytest.mark.parametrize("identifier", ["SLG-01", "SLG-07", "SLG-08", "SLG-11"])
def test_ids_are_unique_on_a_page(identifier: str, all_rows: Site) -> None:
    ids = [each["id"] for each in one(identifier, all_rows)[1].find_all(id=True)]
    assert len(ids) == len(set(ids)) > 0


def test_fil_04_shows_each_file_once(all_rows: Site) -> None:
    assert sorted(each.path for each in all_rows.pages if "FIL-04" in each.source and each.tree == "en") == [
        "FIL-04/a/b.md",
        "FIL-04/a/c.md",
    ]


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), FileNotFoundError(2, "No such file")])
def test_fil_05_a_file_that_cannot_be_read_keeps_no_other_from_being_built(
    error: OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # not by its mode, which the user that runs the tests may read all the same
    def read(path: Path) -> bytes:
        if path.name == "gone.md":
            raise error
        return original(path)

    original: Callable[[Path], bytes] = Path.read_bytes
    write([Row("X", {"a.md": "# A\n\n[g](gone.md)\n", "gone.md": "# G\n"})], tmp_path / "kb")
    monkeypatch.setattr(Path, "read_bytes", read)
    found = site(tmp_path / "kb")
    assert [line(each) for each in found.diagnostics if each.severity == "error"] == [
        "notes/X/a.md:3:1: error: link-missing: no such file: gone.md",
        f"notes/X/gone.md:1:1: error: file-unreadable: cannot be read: {str(error.strerror).lower()}",
    ]
    assert "X/a.md" in {each.path for each in found.pages}


def test_rw_01_has_every_highlight_in_its_group_and_in_order(all_rows: Site) -> None:
    source = one("RW-01", all_rows)[1]
    groups = [each.get_text() for each in source.select("h2")]
    assert groups == [
        "Highlights",
        "New highlights added October 14, 2024 at 9:56 AM",
        "New highlights added October 14, 2024 at 11:56 AM",
    ]
    of = [each.find_previous("h2").get_text() for each in source.select("figure")]
    assert [of.count(each) for each in groups] == [8, 1, 58]
    assert [each["id"] for each in source.select("figure")] == [f"h-01full{number:02}" for number in range(67)]
    (page,) = (each for each in all_rows.pages if each.path == "RW-01/a.md")
    assert "2024-10-11" in before_html(page)


def test_rw_12_the_readers_own_library_is_on_no_page(all_rows: Site) -> None:
    pages = [html_of(each) for each in all_rows.pages if each.path.removeprefix("fr/").startswith("RW-12/")]
    assert len(pages) == 4  # the folder's and the work's, in both trees
    assert not [each for each in pages if "readwise.io" in each]
    codes = [each.code for each in all_rows.diagnostics if each.path == "notes/RW-12/a.md"]
    assert codes.count("private-source-url") == 1


def test_fil_10_publishes_what_is_used(all_rows: Site) -> None:
    assert sorted(each.path for each in all_rows.assets) == ["FIL-10/used10.pdf", "img/lnk11.png"]
    assert not [each for each in all_rows.diagnostics if "/." in each.path]


# Rules for every row -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_check_prints_findings_and_no_place_of_this_machine(
    form: str, together: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(together)  # paths are written from where the reader stands
    arguments = ["check", "--config-file", str(together / "mkdocs.yml"), "--format", form, "--verbose"]
    first, second = (CliRunner().invoke(main, arguments) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
    for output in (first.stdout, first.stderr):
        assert str(together) not in output
        assert "Traceback" not in output
        assert CANARY not in output


def test_all_rows_are_a_site(together: Path, tmp_path: Path) -> None:
    code = "from mkdocs.__main__ import cli; cli()"
    arguments = ["build", "-f", str(together / "mkdocs.yml"), "-d", str(tmp_path / "site")]
    result = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    for file in (tmp_path / "site").rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        assert str(together).encode() not in data
        assert CANARY.encode() not in data
    built = {
        path: (tmp_path / "site" / path / "index.html").read_text(encoding="utf-8") for path in ("SLG-05/a", "MD-11/a")
    }
    for text in built.values():
        contents = BeautifulSoup(text, "lxml").select_one(".md-nav--secondary")
        assert contents is not None
        assert not contents.select("a a")  # SLG-05: no link in a link
        assert all(str(each["href"]).startswith("#") for each in contents.find_all("a"))
    deep = BeautifulSoup(built["MD-11/a"], "lxml").select_one(".md-nav--secondary a[href='#deep']")
    assert deep is not None  # MD-11: a tree in spite of the jump
    assert json.loads((tmp_path / "site" / "search" / "meta.json").read_text(encoding="utf-8"))["count"]
