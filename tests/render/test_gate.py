"""The gate: what is written passes as it is, and nothing else reaches a browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from test_dialect import CONSTRUCTS
from test_roads import both
from test_roads import shown as shown_by

from aikb.model.site import Body, Page, Slot
from aikb.pipeline import build
from aikb.read.files.disk import load
from aikb.render.furniture import Furniture
from aikb.render.gate import balance, pass_gate
from aikb.settings import Settings
from conftest import CORPUS, RENDERER, html_of, knowledge_base, shown
from test_cases import CASES
from test_cases import site as case
from test_properties import CONTEXTS, PAYLOADS, notes

BAD = [
    "<script>alert(1)</script>", "<SCRIPT>alert(1)</SCRIPT>", "<script src=x>", "<script\n>", "<script/x>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)">', '<p onclick="alert(1)">', '<p title="a" onclick="b">', "<p title=a>", "<p title='a'>",
    '<a href="javascript:alert(1)">', '<a href="JavaScript:alert(1)">', '<a href=" javascript:alert(1)">',
    '<a href="java\tscript:alert(1)">', '<a href="java&#9;script:alert(1)">', '<a href="javascript&colon;alert(1)">',
    '<a href="&#106;avascript:alert(1)">', '<a href="\x01javascript:alert(1)">', '<a href="data:text/html,x">',
    '<a href="vbscript:x">', '<a href="view-source:x">', '<a href="blob:x">', '<a href="file:///etc/passwd">',
    '<img src="https://evil.example/x.png">', '<img src="//evil.example/x.png">', '<img src="/\\evil.example/x.png">',
    '<img src="\\\\evil.example/x.png">', '<img src="/\t/evil.example/x.png">', '<img src="data:image/svg+xml,x">',
    '<img src="&#47;/evil.example/x.png">', '<img srcset="https://evil.example/x.png 2x">', '<img name="body" src="x.png">',
    '<div id="__config">', '<div id="__search">', '<p id="__tabbed">', '<a name="__toc">', '<form action="x">', "<form>",
    '<iframe src="x">', '<object data="x">', '<embed src="x">', '<base href="x">', '<meta http-equiv="refresh" content="0">',
    '<link rel="stylesheet" href="x">', "<style>*{}</style>", '<p style="background:url(//evil.example)">',
    '<p style="background: url(x)">', '<p style="width:expression(1)">', '<svg onload="x">', "<svg>", '<math href="x">',
    '<mi xlink:href="x">', "<template>", "<noscript>", "<textarea>", "<title>", "<xmp>", "<plaintext>", "<!DOCTYPE html>",
    "<!-- x", "<!-- x -->", "<![CDATA[", "<?php", "</script>", "</body>", "</article>", "</main", "<", "< p>", "<p",
    '<p title="', '<p title="<', '<p title="a"b>', '<input type="text">', '<input type="hidden">', '<button formaction="x">',
    '<label for="__search">', '<label for="__drawer">', '<p data-md-component="search">', '<p data-tabs="x">',
    '<div data-tabs="1">', '<p is="x">', '<p slot="x">', "<p autofocus>", "<p contenteditable>", '<details ontoggle="x" open>',
    '<video src="https://x.org/y">', '<marquee onstart="x">', '<a ping="https://evil.example" href="x">', '<a xlink:href="x">',
    '<input type="image" src="https://evil.example/">', '<p/onclick="x">', '<p\nonclick="x">', '<p\x0conclick="x">',
]  # fmt: skip


@pytest.mark.parametrize("html", BAD)
@pytest.mark.parametrize("around", ["{}", "<p>a {} b</p>", '<ul>\n<li>x</li>{}</ul><p class="c">y</p>'])
def test_what_is_not_listed_is_shown_as_text(html: str, around: str) -> None:
    refused: list[str] = []
    passed = pass_gate(around.format(html), refused)
    made = BeautifulSoup(passed, "html.parser")
    tags = {tag.name for tag in made.find_all(True)}
    assert refused
    assert tags <= {"p", "ul", "li"}
    assert not [name for tag in made.find_all(True) for name in tag.attrs if name != "class"]
    assert html.partition(">")[0].strip("<>/\x01")[:5] in made.get_text()


GOOD = [
    "", "a &lt; b &amp; c", '<p class="a" lang="fr">x</p>', "<br>", "<br />", "<hr />",
    '<img alt="" loading="lazy" src="./i.png" />',
    '<img src="../../a%20b/i.png">', '<img src="/i.png">', '<img src="a.png">', '<a href="./b/#c">x</a>', '<a href="#c">x</a>',
    '<a href="https://a.org/x?y=1&amp;z=2">x</a>', '<a href="mailto:a@b.org">x</a>', '<a href="it&#39;s/">x</a>',
    '<a href="R&amp;D/">x</a>', '<a href="x/a:b">x</a>', '<a href="?q=a:b">x</a>', '<a href="">x</a>',
    '<a href="//b.org/x">x</a>',
    '<a id="x" name="x"></a>', '<span id="__span-0-1"><a id="__codelineno-0-1" name="__codelineno-0-1" href="#x"></a></span>',
    '<input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio" /><label for="__tabbed_1_1">t</label>',
    '<div class="tabbed-set tabbed-alternate" data-tabs="1:2"></div>', '<input type="checkbox" disabled checked/>',
    '<td style="text-align: left;">x</td>', '<math class="aikb-math" display="inline"><mi mathvariant="bold">x</mi></math>',
    '<details class="note" open="open"><summary>x</summary></details>', "<details open>", '<ol start="3">', "<!-- -->",
    '<div hidden data-search-exclude aria-hidden="true"></div>', '<a class="x" target="_blank" rel="noopener">y</a>',
]  # fmt: skip


@pytest.mark.parametrize("html", GOOD)
@pytest.mark.parametrize("extended", [False, True])
def test_what_is_written_passes_as_it_is(html: str, *, extended: bool) -> None:
    refused: list[str] = []
    assert pass_gate(html, refused, extended=extended) == html
    assert refused == []


OF_EXTENSIONS = [
    '<span class="twemoji"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M1 2Z"/></svg></span>',
    '<div class="progress progress-50plus" style="width:50.00%;"><p class="progress-label">x</p></div>',
    '<kbd class="key-control">Ctrl</kbd>', '<abbr title="x">y</abbr>', '<pre class="mermaid"><code>x</code></pre>',
    '<span class="arithmatex">\\(x\\)</span>', '<ins class="critic">x</ins>', '<mark class="critic">x</mark>',
    '<video controls src="a.mp4"></video>',
    '<video controls src="a.mp4#t=1,2"></video>', '<img src="i.png?raw=true#x">',
    "<dl><dt>a</dt><dd>b</dd></dl>", "<figure><figcaption>x</figcaption></figure>",
]  # fmt: skip


@pytest.mark.parametrize("html", OF_EXTENSIONS)
def test_what_the_users_extensions_write_passes(html: str) -> None:
    refused: list[str] = []
    assert pass_gate(html, refused, extended=True) == html


@pytest.mark.parametrize("html", [each for each in BAD if not each.startswith(("<svg>", "<video", "<iframe"))])
def test_extensions_may_write_no_script_either(html: str) -> None:
    refused: list[str] = []
    made = BeautifulSoup(pass_gate(html, refused, extended=True), "html.parser")
    for tag in made.find_all(True):
        assert tag.name not in (
            "script",
            "style",
            "form",
            "base",
            "link",
            "meta",
            "object",
            "embed",
            "template",
            "title",
        )
        assert not [name for name in tag.attrs if name.startswith("on") or name in ("srcset", "formaction", "action")]
        assert not str(tag.get("id", "")).startswith("__")
        assert ":" not in str(tag.get("href", "")) + str(tag.get("src", ""))


@pytest.mark.parametrize("size", [1_000, 100_000])
@pytest.mark.parametrize("piece", ["<", "<p ", '<p title="', "<!-- ", "&lt;", '<p a="b" ', "</", "<p><p", '<a href="a'])
def test_the_gate_is_linear(piece: str, size: int) -> None:
    assert pass_gate(piece * size, []).count("<") <= size


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_all_that_a_case_shows_passes(folder: Path) -> None:
    refused: list[str] = []
    for page in case(folder).pages:
        pass_gate(html_of(page), refused)
    assert refused == []


@pytest.mark.parametrize(
    "name", ["seeds", "ai-notes", "jardin-fr", "readwise-obsidian", "readwise-custom", "bilingual-suffix"]
)
def test_all_of_the_corpus_passes(corpus: Path, name: str) -> None:
    refused: list[tuple[Page, str]] = []
    settings = Settings(docs_dir=name)
    loaded = load(CORPUS, settings)
    furniture = Furniture(report=lambda page, tag: refused.append((page, tag)))
    for page in build(loaded.sources, settings, loaded.assets, renderer=RENDERER).pages:
        furniture.page(page, "")
    assert refused == []


@pytest.mark.parametrize("text", [text for text, _ in CONSTRUCTS])
def test_every_construct_passes_by_both_roads(text: str) -> None:
    refused: list[str] = []
    for pair in both({"notes/a.md": text, "notes/b.md": "# B\n"}, ["i.png"]):
        for page in pair:
            pass_gate(shown_by(page), refused)
    assert refused == []


@given(notes)
def test_nothing_that_is_written_of_any_text_is_refused(text: str) -> None:
    refused: list[str] = []
    furniture = Furniture(report=lambda _page, tag: refused.append(tag))
    for page in knowledge_base({"notes/a.md": text, "notes/b.md": "# B\n"}, ["i.png"]).pages:
        furniture.page(page, "")
    assert refused == []


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_payload_is_refused_in_any_place(context: str) -> None:
    refused: list[str] = []
    furniture = Furniture(report=lambda _page, tag: refused.append(tag))
    for payload in PAYLOADS:
        for page in knowledge_base(
            {"notes/a.md": context.replace("@", payload), "notes/b.md": "# B\n"}, ["i.png"]
        ).pages:
            furniture.page(page, "")
    assert refused == []


def test_a_text_that_slipped_through_is_shown_and_reported() -> None:
    told: list[str] = []
    site = knowledge_base({"notes/a.md": "# A\n"})
    slipped = Body(("<p>x</p><script>alert(1)</script>", Slot("title", {"title": "T"})))
    for lang in ("en", "fr"):
        page = replace(next(each for each in site.pages if each.path == "a.md"), body=slipped, tree=lang)
        html = Furniture(report=lambda page, tag: told.append(f"{page.source}: {tag}")).page(page, "")
        assert "<p>x</p>&lt;script>alert(1)&lt;/script>" in html
        assert "<h1>T</h1>" in html
    assert told == ["notes/a.md: <script>alert(1)</script>", "notes/a.md: </script>"] * 2


def test_a_template_of_the_users_may_print_anything(tmp_path: Path) -> None:
    (tmp_path / "partials" / "aikb").mkdir(parents=True)
    (tmp_path / "partials" / "aikb" / "title.html").write_text(
        "<video onplay='x'>{{ title }}</video>", encoding="utf-8"
    )
    from aikb.render.furniture import THEME

    told: list[str] = []
    furniture = Furniture((tmp_path, THEME), report=lambda _page, tag: told.append(tag))
    (page,) = (each for each in knowledge_base({"notes/a.md": "x"}).pages if each.path == "a.md")
    assert "<video onplay='x'>A</video>" in furniture.page(page, "")
    assert told == []


@given(st.lists(st.sampled_from([*BAD, *GOOD, " ", "x", '"', ">", "'", "="]), max_size=8).map("".join))
def test_what_has_passed_passes_again(html: str) -> None:
    refused: list[str] = []
    passed = pass_gate(html, [])
    assert pass_gate(passed, refused) == passed
    assert refused == []


def test_titles_in_the_table_of_contents_hold_no_element() -> None:
    assert "<i>" not in shown("# a &lt;i&gt;")


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ("<p>x</p>", "<p>x</p>"),
        ("<p>x", "<p>x</p>"),
        ("x</div>", "x"),
        ("<div>x</div></div></main></article>", "<div>x</div>"),
        ("<b><i>x</b></i>", "<b><i>x</i></b>"),
        ('<div title="</div>">x', '<div title="</div>">x</div>'),
        ("<br><hr /><img src='a'>x</p>", "<br><hr /><img src='a'>x"),
        ("<ul><li>a</ul></li>b", "<ul><li>a</li></ul>b"),
        ("<P>x</p>", "<P>x</p>"),
        ('<svg><path d="M0"/></svg>', '<svg><path d="M0"/></svg>'),
        ("a < b > c", "a < b > c"),
        ("<details><summary>x</details>", "<details><summary>x</summary></details>"),
    ],
)
def test_what_extensions_write_is_made_whole(html: str, whole: str) -> None:
    assert balance(html) == whole
    assert balance(whole) == whole


@pytest.mark.parametrize("text", ["<p>{}", "</p>{}", "<p></b>{}", "<b><i>{}", '<a title="{}'])
def test_balancing_is_linear(text: str) -> None:
    assert len(balance(text.replace("{}", "") * 3_000)) < 100_000


def test_an_extension_that_swallows_half_an_element_leaves_the_page_whole() -> None:
    from dataclasses import replace as changed

    site = knowledge_base({"notes/a.md": "# A\n"})
    body = Body((Slot("title", {"title": "T"}),), markdown="x")
    broken = "\ufdda&lt;div&gt;\ufddb<p>\ufdd80\ufdd8</p></div></article>"
    (page,) = (each for each in site.pages if each.path == "a.md" and each.tree == "en")
    html = Furniture(convert=lambda _text: broken).page(changed(page, body=body, tree=page.lang), "")
    assert html == "&lt;div&gt;<p><h1>T</h1></p>"


@pytest.mark.parametrize(
    "comment", ["<!-- x -->", "<!--! a <b> -- c-->", "<!-- <script> --!>", "<!-->", "<!---->", "<!--\nx\n-->"]
)
def test_comments_of_extensions_are_left_out(comment: str) -> None:
    refused: list[str] = []
    passed = pass_gate(f'<svg viewBox="0 0 1 1">{comment}<path d="m0"/></svg>{comment}z', refused, extended=True)
    assert passed == '<svg viewBox="0 0 1 1"><path d="m0"/></svg>z'
    assert not refused


def test_a_comment_that_never_ends_is_shown() -> None:
    refused: list[str] = []
    assert pass_gate("<p>a <!-- b</p>", refused, extended=True) == "<p>a &lt;!-- b</p>"
    assert refused


@pytest.mark.parametrize(
    ("html", "passes"),
    [
        ('<span role="list"></span>', True),
        ('<span role="listitem"></span>', True),
        ('<span role="dialog"></span>', False),
    ],
)
def test_of_roles_only_lists_pass(html: str, passes: bool) -> None:
    assert (pass_gate(html, []) == html) is passes
