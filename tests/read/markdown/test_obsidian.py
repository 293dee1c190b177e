"""Obsidian's syntax within a note: callouts, marks, tags, footnotes, tasks, formulas, and what only looks like them."""

from __future__ import annotations

import re

import pytest

from conftest import Build, document, found, nodes, places, shown

CALLOUTS = [
    (
        "> [!note] Remember\n> body",
        '<div class="admonition note"><p class="admonition-title">Remember</p><p>body</p></div>',
    ),
    ("> [!faq]- Why?\n> b", '<details class="question"><summary>Why?</summary><p>b</p></details>'),
    ("> [!TIP]+ *T*\n> b", '<details class="tip" open="open"><summary><em>T</em></summary><p>b</p></details>'),
    ("> [!info]\n> b", '<div class="admonition info"><p class="admonition-title">Info</p><p>b</p></div>'),
    ("> [!info|left] T\n> b", '<div class="admonition info"><p class="admonition-title">T</p><p>b</p></div>'),
    ("> [!my-type]\n> b", '<div class="admonition note"><p class="admonition-title">My type</p><p>b</p></div>'),
    ("> [!cite] T\n> - a", '<div class="admonition quote"><p class="admonition-title">T</p><ul><li>a</li></ul></div>'),
    ("> [!bug] T\n> ---", '<div class="admonition bug"><p class="admonition-title">T</p><hr /></div>'),
    (
        "> [!todo] T\n> 2. a",
        '<div class="admonition info"><p class="admonition-title">T</p><ol start="2"><li>a</li></ol></div>',
    ),
    ("> [!note] T\nlazy", '<div class="admonition note"><p class="admonition-title">T</p><p>lazy</p></div>'),
    ("> [!note] T", '<div class="admonition note"><p class="admonition-title">T</p></div>'),
    ("> [x] no callout", "<blockquote><p>[x] no callout</p></blockquote>"),
    ("> \\[!note] no", "<blockquote><p>[!note] no</p></blockquote>"),
]


@pytest.mark.parametrize(("text", "expected"), CALLOUTS)
def test_a_callout_is_a_box(text: str, expected: str) -> None:
    assert re.sub(r"\n(?=</div>)", "", shown(text)) == expected


MARKS = [
    ("==a== b", "<p><mark>a</mark> b</p>"),
    ("==a *b*==", "<p><mark>a <em>b</em></mark></p>"),
    ("*==a==*", "<p><em><mark>a</mark></em></p>"),
    ("==a\nb==", "<p><mark>a\nb</mark></p>"),
    ("if a == b or c == d", "<p>if a == b or c == d</p>"),
    ("if a==b and c==d", "<p>if a==b and c==d</p>"),
    ("\\==a==", "<p>==a==</p>"),
    ("`==a==`", "<p><code>==a==</code></p>"),
    ("=== a ===", "<p>=== a ===</p>"),
    ("==open", "<p>==open</p>"),
    ("这是==重点==内容", "<p>这是<mark>重点</mark>内容</p>"),
]


@pytest.mark.parametrize(("text", "expected"), MARKS)
def test_marks(text: str, expected: str) -> None:
    assert shown(text) == expected


TAGS = [
    ("#a", ("a",)),
    ("see #a/b-c and #d_e.", ("a/b-c", "d_e")),
    ("- #été\n- x", ("été",)),
    ("(#a) “#b”", ("a", "b")),
    ("#1 #2024 #2024/01 #1\ufe0f\u20e3 #\ufe0f\u20e3", ()),
    ("#📚 #to-do/✅ (#🧠) #a📚b", ("📚", "to-do/✅", "🧠", "a📚b")),
    ("#y2024", ("y2024",)),
    ("`#a` [#b](x.md) C# a#b &#35; \\#c https://x.org/#d", ()),
    ("```\n#a\n```", ()),
    ("text {#a}", ()),
    ("**b**#a", ()),
    ("line\n#a", ("a",)),
    ("==#a== *#b*", ("a", "b")),
]


@pytest.mark.parametrize(("text", "expected"), TAGS)
def test_tags_in_a_text_are_the_notes(text: str, expected: tuple[str, ...]) -> None:
    assert document(text).metadata.tags == expected


def test_a_tag_leads_to_its_notes(kb: Build) -> None:
    site = kb({"notes/a.md": "---\ntags: [Front]\n---\n# A\n\n#Two/x\n", "notes/b.md": "# B\n\n#two/X\n"})
    pages = {each.path for each in site.pages if each.path.startswith("tags/")}
    assert pages == {"tags/index.md", "tags/front.md", "tags/two.md", "tags/two/x.md"}


def test_an_inline_footnote_is_a_footnote() -> None:
    html = shown("x^[in *l* [m](b.md) [n]] and ^[two]\n\ny[^1]\n\n[^1]: three", b="# B\n")
    assert re.findall(r'<li id="fn:([\w-]+)">', html) == ["inline-1", "inline-2", "1"]
    assert "in <em>l</em> " in html
    assert "[n]" in html


@pytest.mark.parametrize("text", ["x^[", "x^[]", "`^[a]`", "\\^[a]", "x^2"])
def test_what_is_no_inline_footnote(text: str) -> None:
    assert not [each for each in document(text).blocks if each.kind == "footnote"]


@pytest.mark.parametrize(
    ("sign", "words"), [("/", "in progress"), ("-", "cancelled"), (">", "forwarded"), ("!", "important")]
)
def test_the_state_of_a_task_is_said(sign: str, words: str) -> None:
    html = shown(f"- [{sign}] do it")
    assert 'type="checkbox"' in html
    assert words in html
    assert f"[{sign}]" not in html


def test_a_task_in_another_language_keeps_its_box() -> None:
    french = "- un autre élément de la liste en français avec les mots qui sont nécessaires\n" * 3
    html = shown(f"{french}- [ ] Retry logic and all the words that this English sentence has\n")
    assert html.index("task-list-indicator") < html.index('<span lang="en">')


FORMULAS = [
    ("$$\n- a\n+ b\n$$", ["\n- a\n+ b\n"]),
    ("$$\n# a\n\n> b\n$$", ["\n# a\n\n> b\n"]),
    ("> $$\n> > a\n> $$", ["\n> a\n"]),
    ("- x\n  $$\n  1. a\n  $$", ["\n1. a\n"]),
    ("```math\nx^2\n```", ["x^2"]),
    ("$`w_1`$", ["w_1"]),
    ("$1 x n$", ["1 x n"]),
    ("a$x_1$b", ["x_1"]),
    ("it costs $5 and $6", []),
    ("$5, or $6-$7 a day", []),
    ("US$5 and A$6", []),
    ("$5 and $x_1$", ["x_1"]),
    ("`$x$` \\$y$", []),
    ("```\n$$\n- a\n$$\n```", []),
]


@pytest.mark.parametrize(("text", "expected"), FORMULAS)
def test_formulas(text: str, expected: list[str]) -> None:
    assert [each.text for each in (*nodes(text, "math"), *nodes(text, "math-block"))] == expected


@pytest.mark.parametrize(
    "latex", [r"\begin{aligned}a&=b\\c&=d\end{aligned}", r"\arg\max_x f", r"\text{a & b}", r"\ce{H2O}"]
)
def test_a_formula_is_read(kb: Build, latex: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n$${latex}$$\n"})
    assert found(site) == []


@pytest.mark.parametrize("text", ["$\\unheard{x}$", "```math\n\\unheard\n```"])
def test_what_stays_unread_is_told(kb: Build, text: str) -> None:
    assert [each.code for each in found(kb({"notes/a.md": f"# A\n\n{text}\n"}))] == ["math-invalid"]


MEDIA = [
    ("![[p.png|300]]", '<img alt="" src="p.png" width="300" />'),
    ("![[p.png|300x200]]", '<img alt="" height="200" src="p.png" width="300" />'),
    ("![a|120](p.png)", '<img alt="a" src="p.png" width="120" />'),
    ("![2024](p.png)", '<img alt="2024" src="p.png" />'),
    ("![[p.png|Words]]", '<img alt="Words" src="p.png" />'),
    ("![[p.png|W|200]]", '<figure><img alt="W" src="p.png" width="200" /><figcaption>W</figcaption></figure>'),
    ("![[t.mp3]]", '<audio aria-label="t.mp3" controls preload="none" src="t.mp3"><a href="t.mp3">t.mp3</a></audio>'),
    ("![c](v.mp4)", '<a href="v.mp4">c</a></video>'),
    ("![[d.pdf#page=2]]", '<a class="aikb-file" href="d.pdf#page=2">d.pdf <small>(PDF, p. 2)</small></a>'),
    ("![w|100x50](https://example.org/p.png)", 'rel="noopener noreferrer">w</a></small>'),
    ("![w|50](gone.png)", 'title="image missing">w</small>'),
    ("![a|b](gone.png)", 'title="image missing">a|b</small>'),
    ("[[#]] [[ ]] ![[ ]]", "<p>[[#]] [[ ]] ![[ ]]</p>"),
    ("![[e.canvas|Board]]", '<a class="aikb-file" href="e.canvas">Board <small>(CANVAS)</small></a>'),
]


@pytest.mark.parametrize(("text", "expected"), MEDIA)
def test_an_embedded_file(text: str, expected: str) -> None:
    html = shown(text, ["p.png", "t.mp3", "v.mp4", "d.pdf", "e.canvas"]).replace(
        '<audio controls aria-label="t.mp3"', '<audio aria-label="t.mp3" controls'
    )
    assert expected in html


@pytest.mark.parametrize(
    ("text", "code"), [("```dataview\nLIST\n```", "query-unrun"), ("```mermaid\na\n```", "mermaid-undrawn")]
)
def test_what_only_obsidian_runs_is_code_and_told_once(kb: Build, text: str, code: str) -> None:
    assert places(found(kb({"notes/a.md": f"# A\n\n{text}\n\n{text}\n"}))) == [f"3:1 {code}"]


def test_line_breaks_are_a_setting(kb: Build) -> None:
    files = {"notes/a.md": "# A\n\none\ntwo\n"}
    assert ["<br>" in str(kb(files, breaks=each).pages[0].body.pieces) for each in ("github", "obsidian")] == [
        False,
        True,
    ]


PICTURE = '<img alt="" src="i.png" />'
PICTURES_IN_LINKS = [
    ("[![[i.png]]](https://x.org)", f'<p><a href="https://x.org">{PICTURE}</a></p>'),
    ("[![[i.png|50]]](b.md)", '<p><a href="b.md"><img alt="" src="i.png" width="50" /></a></p>'),
    ("[a ![[i.png]] *b*](b.md) c", f'<p><a href="b.md">a {PICTURE} <em>b</em></a> c</p>'),
    ("[![[i.png]] and ![[i.png]]](b.md)", f'<p><a href="b.md">{PICTURE} and {PICTURE}</a></p>'),
    ("[![[i.png]]](b.md) [x](b.md)", f'<p><a href="b.md">{PICTURE}</a> <a href="b.md">x</a></p>'),
    ("- [![[i.png]]](b.md)", f'<ul><li><a href="b.md">{PICTURE}</a></li></ul>'),
    ("é [![[i.png]]](b.md)", f'<p>é <a href="b.md">{PICTURE}</a></p>'),
    ("[![[i.png]]](<b.md> 't')", f'<p><a href="b.md" title="t">{PICTURE}</a></p>'),
    ("[![[i.png]]][r]\n\n[r]: b.md", f'<p><a href="b.md">{PICTURE}</a></p>'),
    ("[x] ![[i.png]]", f"<p>[x] {PICTURE}</p>"),
    ("`[![[i.png]]](b.md)`", "<p><code>[![[i.png]]](b.md)</code></p>"),
    ("[![a](i.png)](b.md)", '<p><a href="b.md"><img alt="a" src="i.png" /></a></p>'),
]


@pytest.mark.parametrize(("text", "expected"), PICTURES_IN_LINKS)
def test_a_picture_in_a_link(text: str, expected: str) -> None:
    assert shown(text, ["i.png"], b="# B\n") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[b|]]", '<a href="b.md">b</a>'),
        ("[[b| ]]", '<a href="b.md">b</a>'),
        ("[[b#Part|]]", '<a href="b.md#part">b &gt; Part</a>'),
        ("[[nowhere|]]", "nowhere"),
        ("[[b|`c`]]", '<a href="b.md"><code>c</code></a>'),
    ],
)
def test_a_wikilink_without_words_shows_its_name(text: str, expected: str) -> None:
    assert shown(text, b="# B\n\n## Part\n") == f"<p>{expected}</p>"


B_LINK = '<a href="b.md">b</a>'
WIKILINKS_IN_HTML = [
    ("<p>to <b>[[b]]</b>s</p>", f"<p>to <b>{B_LINK}</b>s</p>"),
    ("<div>\n[[b|more words]]\n</div>", '<div><a href="b.md">more words</a></div>'),
    ("<div>[[b#Part]]</div>", '<div><a href="b.md#part">b &gt; Part</a></div>'),
    ("<div>[[B]] and [[b]]</div>", f'<div><a href="b.md">B</a> and {B_LINK}</div>'),
    ("<div>[[nowhere]]</div>", "<div>[[nowhere]]</div>"),
    ("<div>![[b]]</div>", "<div>![[b]]</div>"),
    ("<pre>[[b]]</pre>", "<pre>[[b]]</pre>"),
    ("<div><code>[[b]]</code> [[b]]</div>", f"<div><code>[[b]]</code> {B_LINK}</div>"),
    ('<div><a href="b.md">[[b]]</a></div>', '<div><a href="b.md">[[b]]</a></div>'),
    ("<div>[[b|<i>x</i>]]</div>", "<div>[[b|<i>x</i>]]</div>"),
    ("<!-- [[b]] -->", ""),
    ("<div>[[]] [[ ]] [[|x]] a[[0]][[1]]</div>", "<div>[[]] [[ ]] [[|x]] a[[0]][[1]]</div>"),
    ("- <div>[[b]]</div>", f"<ul><li><div>{B_LINK}</div></li></ul>"),
    ("> <p>[[b]]</p>", f"<blockquote><p>{B_LINK}</p></blockquote>"),
]


@pytest.mark.parametrize(("text", "expected"), WIKILINKS_IN_HTML)
def test_a_wikilink_in_a_block_of_html_is_a_link_where_it_leads_somewhere(text: str, expected: str) -> None:
    assert shown(text, b="# B\n\n## Part\n") == expected


def test_a_wikilink_in_html_says_nothing_that_html_could_be(kb: Build) -> None:
    html = shown("<div>[[b|\"><img src=x onerror=alert(1)>]] [[b|' onclick='x]]</div>", b="# B\n")
    assert "<img" not in html
    assert "onclick" not in re.sub(r">[^<]*<", "><", html)
