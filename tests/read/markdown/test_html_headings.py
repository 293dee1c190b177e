"""Headings in raw HTML are headings, with ids and a place in the outline; what they hide stays hidden."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from aikb.model.site import Page
from conftest import Build, body_html, document, found, lines, page, shown

HEADINGS = [
    ("<h1>Big tool</h1>", [(1, "big-tool", "Big tool")]),
    ('<h1 align="center">Big tool</h1>', [(1, "big-tool", "Big tool")]),
    ("<H2>Big tool</H2>", [(2, "big-tool", "Big tool")]),
    ('<p align="center">\n<img src="p.png">\n</p>\n<h1 align="center">Big tool</h1>', [(1, "big-tool", "Big tool")]),
    ('<h1 align="center">\n  <br>\n  <img src="p.png" width="9">\n  <br>\n  Big tool\n</h1>', [(1, "big-tool", "Big tool")]),
    ("<h1>Big<br>tool</h1>", [(1, "big-tool", "Big tool")]),
    ('<h2><a href="https://x.org">Big</a> <em>tool</em></h2>', [(2, "big-tool", "Big tool")]),
    ("<h2>Q&amp;A &eacute;t&eacute;</h2>", [(2, "qa-été", "Q&A été")]),
    ('<div align="center">\n\n<h3>Big tool</h3>\n\n</div>', [(3, "big-tool", "Big tool")]),
    ('<div align="center"><h1>One</h1><h2>Two</h2></div>', [(1, "one", "One"), (2, "two", "Two")]),
    ("<details><summary><h3>Big tool</h3></summary>\n\ntext\n\n</details>", [(3, "big-tool", "Big tool")]),
    ('<h1 align="center">\n\nBig *tool*\n\n</h1>', [(1, "big-tool", "Big tool")]),
    ("<h1>\n\n![x](p.png)\n\nBig `tool`\n\n</h1>", [(1, "big-tool", "Big tool")]),
    ("## Same\n\n<h2>Same</h2>\n\n## Same", [(2, "same", "Same"), (2, "same-1", "Same"), (2, "same-2", "Same")]),
    ("<h2>Not *emphasis*</h2>", [(2, "not-emphasis", "Not *emphasis*")]),
    ("<h2>a</h3>", []), ("<h2>never closed\n\ntext", []), ("<h2></h2>", []), ('<h1><img src="p.png"></h1>', []),
    ("<h2><p>a</p></h2>", []), ("<h2><ul><li>a</li></ul></h2>", []), ("<h1><h2>a</h1>", []),
    ("<table><tr><td><h3>a</h3></td></tr></table>", []), ("<table>\n\n<h3>a</h3>\n\n</table>", []),
    ("<!-- <h1>a</h1> -->", []), ("<pre><h1>a</h1></pre>", []), ("`<h1>a</h1>`", []), ("    <h1>a</h1>", []),
    ("```\n<h1>a</h1>\n```", []), ("<h7>a</h7>", []), ("<header>a</header>", []), ("<hr>a</hr>", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADINGS)
def test_headings_in_html_are_sections(text: str, expected: list[tuple[int, str, str]]) -> None:
    sections = document(text).sections
    assert [(each.level, each.id, each.title) for each in sections] == expected


def _shown(found: Page) -> BeautifulSoup:
    return BeautifulSoup(body_html(found), "lxml")


def test_a_readme_is_called_as_its_first_heading(kb: Build) -> None:
    text = '<p align="center"><img src="p.png" alt="logo"></p>\n<h1 align="center">Big tool</h1>\n\nWords.\n\n## Use\n'
    site = kb({"notes/README.md": text}, ["p.png"])
    first = page(site, "index.md")
    assert first.title == "Big tool"
    assert [(each["id"], each["align"]) for each in _shown(first).find_all("h1")] == [("big-tool", "center")]


@pytest.mark.parametrize("target", ["#big-tool", "#user-content-big-tool", "#use", "b.md#second", "b.md#own"])
def test_links_lead_to_headings_in_html(kb: Build, target: str) -> None:
    files = {
        "notes/a.md": f"<h1>Big tool</h1>\n\n[x]({target})\n\n<h2>Use</h2>\n\nb\n",
        "notes/b.md": '# B\n\n<h2 id="own">Second</h2>\n\nb\n',
    }
    assert [each for each in lines(kb(files)) if "anchor-missing" in each] == []


def test_an_id_that_no_heading_has_is_still_missed(kb: Build) -> None:
    assert any("anchor-missing" in each for each in lines(kb({"notes/a.md": "<h1>Big</h1>\n\n[x](#small)\n"})))


@pytest.mark.parametrize(
    "text",
    [
        "<h2 hidden>CANARY</h2>", '<h2 style="display:none">CANARY</h2>', "<div hidden><h2>CANARY</h2></div>",
        "<h2>a <span hidden>CANARY</span></h2>", "<details hidden><summary><h2>CANARY</h2></summary></details>",
        "<template><h2>CANARY</h2></template>", '<h2 id="x" hidden>CANARY</h2>', "<h2>a <!-- CANARY --></h2>",
    ],
)  # fmt: skip
def test_what_a_heading_hides_stays_hidden(kb: Build, text: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n{text}\n\nb\n"})
    assert "CANARY" not in "".join(map(body_html, site.pages)) + repr(site.records) + repr(site.files)


@pytest.mark.parametrize(
    "bad", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:x">y</a>']
)
def test_a_heading_runs_nothing(bad: str) -> None:
    written = shown(f"<h2 onclick=alert(1) align='\"><script>'>T {bad}</h2>")
    assert not any(each in written.lower() for each in ("<script", "onerror", "onclick", "javascript:"))


def test_pictures_of_a_heading_are_pictures_of_the_note(kb: Build) -> None:
    site = kb({"notes/a.md": '<h1><img src="gone.png"> T</h1>\n'})
    assert [each.code for each in found(site)] == ["image-missing"]


def test_many_headings_that_nothing_closes_take_linear_time() -> None:
    assert document("<div>" + "<h1><b>x</b>" * 20_000 + "</div>").blocks[0].kind == "html"
    assert len(document("<div>" + "<h1>x</h1>" * 2_000 + "</div>").sections) == 2_000
