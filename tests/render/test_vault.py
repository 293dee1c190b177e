"""A vault of Obsidian's constructs, several in one another: what a page shows of each, and what it must not show."""

from __future__ import annotations

import re

import pytest

from aikb.findings.report.text import line
from conftest import Build, found, html_of, page

VAULT = {
    "notes/b.md": (
        '# Bee\n\nbee text ^k\n\n## Part: One / two? (C# & "x")\n\npart text[^1]\n\n[^1]: fn of b\n\n- li one ^li\n- li two\n\n'
        "| h | i |\n|---|---|\n| 1 | 2 |\n\n^tab\n\n> quoted words\n\n^quo\n\n> [!tip] Boxed\n> in box\n\n^box\n\n"
        "### Été | pipe\n\nunder été\n\n## Émoji 🎉 head\n\nemo\n"
    ),
    "notes/202001011200.md": "# Zettel\n\nzettel body\n",
    "notes/A & B.md": "# A and B\n\nab\n",
    "notes/sub/Deep note.md": "# Deep\n\n## H1\n\nx\n\n### H2\n\ny\n",
    "notes/Ünï côdé.md": "# Uni\n",
    "notes/a.b.c.md": "# Dots\n",
    "notes/q.md": '---\naliases: [Quick, "The | Bar"]\n---\n# Q\n\nqq\n',
}
ASSETS = ["i.png", "doc.pdf", "board.canvas", "talk.mp3", "clip.mp4", "data.base", "sheet.xlsx"]
PART = 'href="b.md#part-one--two-c--x"'
BEE = "<cite>Bee</cite></a></p>"

SHOWN: list[tuple[str, list[str]]] = [
    # callouts and what stands in them
    (
        "> [!note] Outer\n> a\n> > [!tip]- Inner\n> > ![[b#^k]]\n> > after",
        [
            '<details class="tip"><summary>Inner</summary><section class="aikb-embed">',
            "<p>bee text</p></section><p>after</p></details></div>",
        ],
    ),
    ("> [!info] Pic\n> ![[i.png|100]]\n> tail", ['src="./i.png" width="100" />tail</p></div>']),
    (
        "> [!note] T\n> text[^n] and ^[inline *note*]\n>\n> [^n]: the *note*",
        ['text<sup id="fnref:n">', '<li id="fn:n"><p>the <em>note</em>', "<p>inline <em>note</em>"],
    ),
    ("> [!note] T\n> text[^o]\n\n[^o]: outside", ['<li id="fn:o"><p>outside']),
    (
        "> [!note] $x^2$ title\n> $$\n> a+b\n> $$\n> and $y_1$",
        ['<p class="admonition-title"><span hidden>x^2</span><math', 'display="block"', "y_1</span>"],
    ),
    ("> [!note]\n> ```dataview\n> LIST\n> ```", ['<p class="admonition-title">Note</p>', "LIST"]),
    (
        "> [!faq]- Q *em* [[b|link]]?\n> A1\n> > [!note]+ N\n> > x\n\nout",
        [
            '<summary>Q <em>em</em> <a href="b.md">link</a>?</summary>',
            '<details class="note" open="open">',
            "</details><p>out</p>",
        ],
    ),
    (
        "> [!warning]\n> one\nlazy\n\npara\n> [!tip] after para\n> x",
        ["<p>one lazy</p>", '<p>para</p><div class="admonition tip">'],
    ),
    (
        "> [!recipe] Soup\n> x\n\n> [!NOTE|right]+ Up\n> z",
        ['<p class="admonition-title">Soup</p>', '<details class="note" open="open"><summary>Up</summary>'],
    ),
    (
        "- item\n  > [!note] In\n  > x\n- next\n\n1. n\n   > [!tip]- F\n   > y",
        ['<li>item<div class="admonition note">', '<li>n<details class="tip">'],
    ),
    (
        "> [!note] A table\n> | a | [[b\\|x]] |\n> |---|---|\n> | 1 | `c\\|d` |",
        ['<th><a href="b.md">x</a></th>', "<code>c|d</code>"],
    ),
    ("> [!todo] T\n> - [/] half\n>   - [x] done", ["aikb-state--half", "checked"]),
    # embeds
    ("see [[b#^tab]] and ![[b#^tab]]", ['<a href="b.md#^tab">', "<td>1</td><td>2</td>"]),
    ("![[b#^li]]", [BEE + "<ul><li>li one</li></ul>"]),
    ("![[b#^quo]]", [BEE + "<blockquote><p>quoted words</p></blockquote>"]),
    ("![[b#^box]]", [BEE + '<div class="admonition tip"><p class="admonition-title">Boxed</p>']),
    (
        '![[b#Part: One / two? (C# & "x")|shown]]',
        ['<h2 id="embed-1-part-one--two-c--x">', "fn of b", "Été | pipe</h3>"],
    ),
    ("![[sub/Deep note#H1]]", ['<h2 id="embed-1-h1">H1</h2><p>x</p><h3 id="embed-1-h2">H2</h3>']),
    (
        "- ![[b#^k]]\n- text ![[b#^k]] tail\n  - ![[i.png]]",
        ['<li><section class="aikb-embed">', '<li>text <a href="b.md#^k">', "<li><img"],
    ),
    (
        "| a | b |\n|-|-|\n| ![[b#^k]] | ![[202001011200]] |",
        ['<td><a href="b.md#^k">', '<td><a href="202001011200.md">'],
    ),
    (
        "![[i.png|A caption|120x80]] ![[i.png|120]] ![cap|50](i.png)",
        [
            'alt="A caption" height="80"',
            'alt="" loading="lazy" src="./i.png" width="120"',
            'alt="cap" loading="lazy" src="./i.png" width="50"',
        ],
    ),
    (
        "![[board.canvas]] ![[doc.pdf#page=3]] ![[doc.pdf#page=3|Doc p3]] ![[data.base]] [[doc.pdf#page=2|p2]] ![[sheet.xlsx]]",
        [
            "board.canvas <small>(CANVAS)",
            'href="./doc.pdf#page=3">doc.pdf <small>(PDF, p. 3)',
            "Doc p3 <small>",
            "(BASE)",
            'href="./doc.pdf#page=2">p2<',
            "(XLSX)",
        ],
    ),
    (
        "![[talk.mp3#t=30]] ![[clip.mp4|300]] ![[clip.mp4#t=10,20]]",
        [
            '<audio controls aria-label="talk.mp3"',
            'src="./talk.mp3#t=30"',
            'src="./clip.mp4" width="300"',
            'src="./clip.mp4#t=10,20"',
        ],
    ),
    ("[![[i.png]]](https://a.b) [![a](i.png)](b.md)", ['<a href="https://a.b"><img', '<a href="b.md"><img alt="a"']),
    (
        '![*em* cap](i.png) ![](i.png "title") ![a\\|100](i.png)',
        ['alt="em cap"', 'title="title"', 'alt="a" loading="lazy" src="./i.png" width="100"'],
    ),
    # links
    ('[[b#Part One two? (C & "x")]] [[b#Part: One / two? (C# & "x")]] [[b#Part One two C x|al]]', [PART + ">al</a>"]),
    ("[[b#Été pipe]] [[b#été pipe|s]] [[b#Émoji 🎉 head]]", ['href="b.md#été--pipe">s<', 'href="b.md#émoji--head">']),
    (
        "| a | b |\n|---|---|\n| [[b\\|Bee \\| x]] | ![[i.png\\|30]] |\n| [[b#^k\\|blk]] | `a\\|b` |",
        ['<td><a href="b.md">Bee | x</a></td>', 'width="30"', '<a href="b.md#^k">blk</a>', "<code>a|b</code>"],
    ),
    (
        "[[202001011200]] [[202001011200|Zet]] [[202001011200#Zettel]]",
        ['href="202001011200.md">202001011200<', ">Zet<", 'href="202001011200.md#zettel"'],
    ),
    (
        "[[A & B]] [[a.b.c]] [[Ünï côdé]] [[uni code]] [[sub/Deep note#H1#H2]] [[deep note]] [[Deep note.md]] [[Quick]]",
        [
            'href="A%20&amp;%20B.md"',
            'href="a.b.c.md"',
            'href="Ünï%20côdé.md">uni code',
            'href="sub/Deep%20note.md#h2"',
            'href="sub/Deep%20note.md">Deep note.md',
            'href="q.md">Quick',
        ],
    ),
    (
        "[x](<A & B.md>) [y](A%20&%20B.md) [w](b#^k) [v](#^here)\n\nhere ^here",
        ['href="A%20&amp;%20B.md">y<', 'href="b.md#^k">w<', 'href="#^here">v<', '<p>here<a id="^here"></a></p>'],
    ),
    ("\\[[b]] `[[b]]`", ["[[b]] <code>[[b]]</code>"]),
    (
        "<span>[[b]]</span>\n\n<div>\n\n[[b|x]] ![[i.png]]\n\n</div>",
        ['<span><a href="b.md">b</a></span>', '<a href="b.md">x</a> <img'],
    ),
    (
        "para one ^mid more\n\npara two ^end\n\n- item ^it\n  - sub ^sb\n\n[[#^end]] [[#^it]] [[#^sb]]",
        ["<p>para one ^mid more</p>", 'two<a id="^end"></a>', 'sub<a id="^sb"></a>', 'href="#^sb"'],
    ),
    (
        "## ==H== `c` $x$\n\n[[#H c $x$]] [[#==H== `c` $x$]]",
        ['<h2 id="h-c-x"><mark>H</mark> <code>c</code>', 'href="#h-c-x">H c $x$<'],
    ),
    # comments
    ("- one %%SECRET%% end\n- two\n  %%\n  SECRET\n  %%\n- three", ["<p>three</p>"]),
    ("| a | b |\n|-|-|\n| x %%SECRET%% | y |", ["<td>x</td><td>y</td>"]),
    ("> [!note] T %%SECRET%%\n> body %%SECRET%%\n> %%\n> SECRET\n> %%\n> tail", ["<p>body</p><p>tail</p>"]),
    ("## Head %%SECRET%%\n\n[[#Head]]", ['<h2 id="head">Head</h2>', '<a href="#head">Head</a>']),
    ("before %%SECRET\n\nSECRET\n\n- SECRET\n%% after", ["<p>before after</p>"]),
    ("a ==m %%SECRET%% n== [[b|x %%SECRET%% y]] **s %%SECRET%%**", ["<mark>m n</mark>"]),
    ("x^[note %%SECRET%% end] y", ["<p>note end"]),
    # inlines
    (
        "#été/école #a-b_c/d #2024 #y2024 #日本 (#paren) #tag, x#no \\#no",
        ['href="tags/été/école.md">#été/école', "#2024 <a", ">#日本<", "(<a", "x#no #no"],
    ),
    ("https://a.b/#tag [x](https://a.b/#t) #real", ['<a href="https://a.b/#tag">', ">#real</a>"]),
    ("x^[see [[b|Bee]] and https://a.b] y^[second]", ['<a href="https://a.b">https://a.b</a>', "<p>second"]),
    ("x^[https://a.b/[c].] y", ['<a href="https://a.b/[c]">https://a.b/[c]</a>.']),
    ("- [ ] x^[see www.a.org/b] y", ['<a href="http://www.a.org/b">']),
    (
        "==https://a.b/x== and ==see https://a.b== and https://a.b/?q=eA==",
        [
            '<mark><a href="https://a.b/x">',
            '<mark>see <a href="https://a.b">https://a.b</a></mark>',
            'href="https://a.b/?q=eA=="',
        ],
    ),
    (
        "- [ ] a\n- [x] b\n- [/] c\n- [-] d\n- [>] e\n- [?] f\n- [!] g\n- [x]nospace",
        [
            "aikb-state--half",
            "aikb-state--cancelled",
            "aikb-state--forwarded",
            "aikb-state--question",
            "aikb-state--urgent",
            "<li>[x]nospace</li>",
        ],
    ),
    ("==a **b** c== a==b==c ==open", ["<mark>a <strong>b</strong> c</mark> a<mark>b</mark>c ==open"]),
    (
        "~~==x==~~ ==~~y~~== **==z==**",
        ["<del><mark>x</mark></del> <mark><del>y</del></mark> <strong><mark>z</mark></strong>"],
    ),
    (
        "costs $5 and $6, **$7**; $x$-axis; 5$ a 6$",
        ["costs $5 and $6, <strong>$7</strong>; <span hidden>x</span>", "5$ a 6$"],
    ),
    ("- a\n  ```mermaid\n  graph TD; A-->B\n  ```\n- b", ["graph TD; A--&gt;B", "</li><li>b</li>"]),
    ('```js {1,3} title="x"\nlet a\n```\n\n~~~~\n```\nnested\n~~~~', ['<span class="filename">x</span>', "```"]),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_a_construct_is_shown_as_obsidian_means_it(kb: Build, text: str, expected: list[str]) -> None:
    site = kb({**VAULT, "notes/a.md": f"# X\n\n{text}\n\nAFTER\n"}, ASSETS, languages=("en",))
    html = re.sub(r"\n(?=<)|(?<=>)\n", "", html_of(page(site, "a.md")))
    html = re.sub(r"\s+", " ", re.sub(r">\s+<(?=p|div|t[dhr]|li|ul|section|details|summary)", "><", html))
    for each in expected:
        assert each in html
    assert "<p>AFTER</p>" in html
    assert "SECRET" not in html
    told = [line(each) for each in found(site) if each.path == "notes/a.md" and each.severity != "info"]
    assert told == []


def test_properties_of_all_kinds_are_read_and_none_is_shown_as_text(kb: Build) -> None:
    text = (
        '---\ntitle: Props\ntags:\n  - a/b\n  - "#c"\naliases: Solo\ncssclasses: [wide]\nnum: 3\nflag: true\ndate: 2024-01-02\n'
        'when: 2024-01-02T10:00:00\nrel: "[[b]]"\nlist: ["[[b|B]]", x]\nempty:\n---\n\nbody [[Solo]]\n'
    )
    site = kb({**VAULT, "notes/a.md": text}, languages=("en",))
    html = html_of(page(site, "a.md"))
    assert '<h1 id="props">Props</h1>' in html or "<h1>Props</h1>" in html
    assert 'datetime="2024-01-02"' in html
    assert 'href="tags/a/b.md"' in html
    assert 'href="tags/c.md"' in html
    assert 'body <a href="a.md">Solo</a>' in html
    assert "cssclasses" not in html
    assert [each.code for each in found(site) if each.path == "notes/a.md" and each.severity != "info"] == []
