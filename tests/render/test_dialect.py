"""GitHub's Markdown as Python-Markdown shows it: each construct of real notes, and GitHub's own renderer beside it."""

from __future__ import annotations

import html as entities
import re

import pytest
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from aikb.render.python_markdown import AikbExtension
from conftest import body_html, document, knowledge_base, page, shown

cmarkgfm = pytest.importorskip("cmarkgfm")

CONSTRUCTS = [
    # lists
    ("Summary\n- item\n- b", "<p>Summary</p><ul><li>item</li><li>b</li></ul>"),
    ("Summary\n* item", "<p>Summary</p><ul><li>item</li></ul>"),
    ("Summary\n1. item", "<p>Summary</p><ol><li>item</li></ol>"),
    ("Born in\n1986. Then", "<p>Born in\n1986. Then</p>"),
    (
        "- a\n  - b\n    - c\n- d\n    - e\n        - f",
        ("<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d<ul><li>e<ul><li>f</li></ul></li></ul></li></ul>"),
    ),
    ("- a\n\t- b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
    ("0. a\n1. b", '<ol start="0"><li>a</li><li>b</li></ol>'),
    ("7. a\n8. b", '<ol start="7"><li>a</li><li>b</li></ol>'),
    ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
    ("1. a\n1. b", "<ol><li>a</li><li>b</li></ol>"),
    ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
    ("- a\n-\n- b", "<ul><li>a</li><li></li><li>b</li></ul>"),
    ("- a\n- \n- b", "<ul><li>a</li><li></li><li>b</li></ul>"),
    ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
    ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
    ("- a\n\n  - b\n\n    c\n- d", "<ul><li><p>a</p><ul><li><p>b</p><p>c</p></li></ul></li><li><p>d</p></li></ul>"),
    ("- a\n  b", "<ul><li>a\nb</li></ul>"),
    ("- a\nlazy", "<ul><li>a\nlazy</li></ul>"),
    ("- a\n\ntext\n\n- b", "<ul><li>a</li></ul><p>text</p><ul><li>b</li></ul>"),
    ("- # a\n- b", '<ul><li><h1 id="a">a</h1></li><li>b</li></ul>'),
    ("- > a\n- b", "<ul><li><blockquote><p>a</p></blockquote></li><li>b</li></ul>"),
    ("- - a\n- b", "<ul><li><ul><li>a</li></ul></li><li>b</li></ul>"),
    ("> a\n> - b\n>   - c", "<blockquote><p>a</p><ul><li>b<ul><li>c</li></ul></li></ul></blockquote>"),
    # text that is no markup
    (
        "#AI #LLM",
        ('<p><a class="aikb-tag" href="tags/ai.md">#AI</a> <a class="aikb-tag" href="tags/llm.md">#LLM</a></p>'),
    ),
    ("text\nand #AI", '<p>text\nand <a class="aikb-tag" href="tags/ai.md">#AI</a></p>'),
    ("<2.5B parameters", "<p>&lt;2.5B parameters</p>"),
    ("a < b && c > d", "<p>a &lt; b &amp;&amp; c &gt; d</p>"),
    ("a <bot> b", "<p>a &lt;bot&gt; b</p>"),
    ("-> a\n^ b", "<p>-&gt; a\n^ b</p>"),
    ("term\n: definition", "<p>term\n: definition</p>"),
    ("*[HTML]: x\n\nHTML", "<p>*[HTML]: x</p><p>HTML</p>"),
    ("a\n+ b", "<p>a</p><ul><li>b</li></ul>"),
    ("a_b_c __d__e", "<p>a_b_c __d__e</p>"),
    ("2\\. a", "<p>2. a</p>"),
    ("\\- a\n\\# b\n\\> c", "<p>- a\n# b\n&gt; c</p>"),
    ("\\~~~\na\n\\~~~", "<p>~~~\na\n~~~</p>"),
    ("\\`\\`\\`\na\n\\`\\`\\`", "<p>```\na\n```</p>"),
    ("\\*a\\* \\_b\\_ \\[c](d) \\<e>", "<p>*a* _b_ [c](d) &lt;e&gt;</p>"),
    ("/// note\na\n///", "<p>/// note\na\n///</p>"),
    ("[TOC]", "<p>[TOC]</p>"),
    ("{x=1} and \\vspace{.5cm} {#b}", "<p>{x=1} and \\vspace{.5cm} {#b}</p>"),
    ("&copy; &amp;copy; &#35; &lt;b&gt;", "<p>© &amp;copy; # &lt;b&gt;</p>"),
    ("wzxhzdk:0 klzzwxh:0000", "<p>wzxhzdk:0 klzzwxh:0000</p>"),
    # inlines
    ("costs \\$15 and $60", "<p>costs $15 and $60</p>"),
    ("~~gone~~ ~so~", "<p><del>gone</del> <del>so</del></p>"),
    ("**a**b *c*d", "<p><strong>a</strong>b <em>c</em>d</p>"),
    ("***a*** **_b_**", "<p><em><strong>a</strong></em> <strong><em>b</em></strong></p>"),
    ("`` a`b `` ` c `", "<p><code>a`b</code> <code>c</code></p>"),
    (
        "`<b>` `&amp;` `a|b` `<!-- x -->`",
        "<p><code>&lt;b&gt;</code> <code>&amp;amp;</code> <code>a|b</code> <code>&lt;!-- x --&gt;</code></p>",
    ),
    ("a  \nb\\\nc", "<p>a<br>b<br>c</p>"),
    ("https://a.org/x_y_z, ok", '<p><a href="https://a.org/x_y_z">https://a.org/x_y_z</a>, ok</p>'),
    ("www.a.org a@b.org", '<p><a href="http://www.a.org">www.a.org</a> <a href="mailto:a@b.org">a@b.org</a></p>'),
    (
        "R&amp;D https://a.org \\_ www.b.org",
        '<p>R&amp;D <a href="https://a.org">https://a.org</a> _ <a href="http://www.b.org">www.b.org</a></p>',
    ),
    ("[a](https://a.org \"T 'q' <b> *c*\")", '<p><a href="https://a.org" title="T \'q\' &lt;b&gt; *c*">a</a></p>'),
    ("[a](https://a.org/x(y)z*)", '<p><a href="https://a.org/x(y)z*">a</a></p>'),
    ("[a *b* `c`](https://a.org)(d)", '<p><a href="https://a.org">a <em>b</em> <code>c</code></a>(d)</p>'),
    (
        "!\\[a](https://a.org) ![](x)[b](https://b.org)",
        (
            '<p>![a](<a href="https://a.org">https://a.org</a>) <small class="aikb-image aikb-image--missing" '
            'title="image missing">image missing</small><a href="https://b.org">b</a></p>'
        ),
    ),
    ("[a][r] [r] [s]\n\n[r]: https://r.org", '<p><a href="https://r.org">a</a> <a href="https://r.org">r</a> [s]</p>'),
    ("[a]() b", "<p>a b</p>"),
    # blocks
    ("a\n***\nb", "<p>a</p><hr /><p>b</p>"),
    ("c\n---\nb", '<h2 id="c">c</h2><p>b</p>'),
    ("# a #\n## b ##c", '<h1 id="a">a</h1><h2 id="b-c">b ##c</h2>'),
    ("#", "<h1></h1>"),
    ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
    ("> a\nb", "<blockquote><p>a\nb</p></blockquote>"),
    (
        "text\n| a | b |\n|---|:-:|\n| 1 | `x\\|y` |",
        (
            '<p>text</p><table><thead><tr><th>a</th><th align="center">b</th></tr></thead><tbody><tr>'
            '<td>1</td><td align="center"><code>x|y</code></td></tr></tbody></table>'
        ),
    ),
    (
        "a | b\n|-\t|-\n1 | 2\nafter",
        (
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr><tr><td>"
            "after</td><td></td></tr></tbody></table>"
        ),
    ),
    (
        "| a |\n|---|\n| *b* \\| c |",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><em>b</em> | c</td></tr></tbody></table>",
    ),
    (
        "a[^x] b[^x]\n\n[^x]: note\n\n    more",
        (
            '<p>a<sup id="fnref:x"><a class="footnote-ref" href="#fn:x">1</a></sup> b<sup id="fnref2:x"><a '
            'class="footnote-ref" href="#fn:x">1</a></sup></p><div class="footnote"><ol><li id="fn:x"><p>note</p>'
            '<p>more&#160;<a class="footnote-backref" href="#fnref:x" title="Jump back to footnote 1 in the text">'
            '&#8617;</a><a class="footnote-backref" href="#fnref2:x" title="Jump back to footnote 1 in the text">'
            "&#8617;</a></p></li></ol></div>"
        ),
    ),
    (
        "> [!NOTE]\n> a\n> - b",
        '<div class="admonition note"><p class="admonition-title">Note</p><p>a</p><ul><li>b</li></ul></div>',
    ),
    ("> [!CAUTION]\n> a", '<div class="admonition danger"><p class="admonition-title">Caution</p><p>a</p></div>'),
    # Material
    (
        '!!! note "T *e*"\n    a\n    - b',
        ('<div class="admonition note"><p class="admonition-title">T <em>e</em></p><p>a</p><ul><li>b</li></ul></div>'),
    ),
    ('!!! note ""\n    a', '<div class="admonition note"><p>a</p></div>'),
    (
        '!!! note "[x](javascript:alert(1))"\n    a',
        (
            '<div class="admonition note"><p class="admonition-title"><span class="aikb-broken" title="this link '
            'leads nowhere">x</span></p><p>a</p></div>'
        ),
    ),
    ('??? "T"\n    a', "<details><summary>T</summary><p>a</p></details>"),
    ("???+ tip\n    a", '<details class="tip" open="open"><summary>Tip</summary><p>a</p></details>'),
    ("## T {#k .c}", '<h2 class="c" id="k">T</h2>'),
    ("## T { #k data-label=1 onclick=alert(1) style=x }", '<h2 data-label="1" id="k">T</h2>'),
    ("text\n{: .c onclick=alert(1) }", '<p class="c">text</p>'),
    (
        "[a](https://a.org){.md-button target=_blank onclick=x}",
        '<p><a class="md-button" href="https://a.org" target="_blank">a</a></p>',
    ),
    ("*a*{.x} **b**{#y} `c`{.z}", '<p><em class="x">a</em> <strong id="y">b</strong> <code class="z">c</code></p>'),
    (
        "| a | b {.x} |\n|---|---|\n| c | d |",
        (
            '<table><thead><tr><th>a</th><th class="x">b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr>'
            "</tbody></table>"
        ),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONSTRUCTS)
def test_a_construct_is_shown(text: str, expected: str) -> None:
    assert shown(text) == expected


def outline(html: str) -> str:
    """The elements and words of a page, without attributes and the marks of tasks."""
    html = re.sub(r"<br ?/?>", " ", html)
    html = re.sub(r"<(?!/?(?:ul|ol|li|blockquote|h[1-6]|table|tr|t[hd]|p|pre|em|strong|del|hr)\b)[^>]*>", "", html)
    html = re.sub(r"<(\w+)[^>]*>", r"<\1>", html)
    return re.sub(r"\s+", " ", re.sub(r"\s*(</?\w+>)\s*", r"\1", entities.unescape(html))).strip()


@pytest.mark.parametrize(
    "text", [text for text, _ in CONSTRUCTS if not re.search(r"!!!|\?\?\?|[}]|\[!|\[\^|<bot>|~so~", text)]
)
def test_a_construct_has_githubs_structure(text: str) -> None:
    github = cmarkgfm.markdown_to_html_with_extensions(
        text, extensions=["table", "autolink", "strikethrough", "tasklist"]
    )
    ours = re.sub(r'<small class="aikb-image.*?</small>', "", shown(text))
    assert outline(ours) == outline(re.sub(r"<!-- raw HTML omitted -->", "", github))


def code(text: str) -> list[tuple[str, str]]:
    """Class and text of each block of code."""
    html = body_html(page(knowledge_base({"notes/a.md": text}), "a.md"))
    blocks = re.findall(r'<div class="language-(\S+) highlight">(.*?)</code>', html, re.DOTALL)
    return [(name, entities.unescape(re.sub(r"<[^>]*>", "", body)).rstrip("\n")) for name, body in blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```py\na = 1\n\nb\n```", [("py", "a = 1\n\nb")]),
        ("~~~\na\n~~~", [("text", "a")]),
        ("    a\n\n      b", [("text", "a\n\n  b")]),
        ("text\n```\na\n```\nmore", [("text", "a")]),
        ("````\n```\na\n```\n````", [("text", "```\na\n```")]),
        ("- x\n  ```py\n  a\n\n  b\n  ```\n- y", [("py", "a\n\nb")]),
        ("- x\n  - y\n    ```\n    a\n    ```", [("text", "a")]),
        ("- ```\n  a\n  ```", [("text", "a")]),
        ("1. x\n\n       a", [("text", "a")]),
        ("> ```\n> a\n> ```", [("text", "a")]),
        ("> [!TIP]\n> ```\n> a\n> ```", [("text", "a")]),
        ("!!! note\n    ```\n    a\n    ```", [("text", "a")]),
        ('=== "T"\n    ```\n    a\n    ```', [("text", "a")]),
        ("[^1]\n\n[^1]: x\n\n    ```\n    a\n    ```", [("text", "a")]),
        ("```\n# a\n- b\n<script>\n```", [("text", "# a\n- b\n<script>")]),
        ("```\n<!--html--><b><!--/html-->\n```", [("text", "<!--html--><b><!--/html-->")]),
        ("```js {1,3}\na\n```", [("js", "a")]),
        ("```c++\na\n```", [("c++", "a")]),
        ("```py never closed\na", [("py", "a")]),
    ],
)
def test_code_is_shown_as_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert code(text) == expected


def test_the_options_of_superfences_work() -> None:
    html = shown('```python title="a <b>.py" linenums="3" hl_lines="1"\nx\n```')
    assert '<span class="filename">a &lt;b&gt;.py</span>' in html
    assert '<span class="hll">' in html
    assert 'class="linenos"' in html


@pytest.mark.parametrize(
    "info", ["{.py onclick=alert(1)}", "{.py style=x}", '"><img src=x onerror=alert(1)>', "py onclick=x"]
)
def test_the_options_of_a_fence_cannot_hold_handlers(info: str) -> None:
    html = shown(f"```{info}\na\n```")
    assert re.search(r"\son\w+=|style=|<img", html) is None


def test_tasks_have_boxes() -> None:
    html = shown("- [ ] a\n- [x] b\n  - [X] c")
    assert re.findall(r'<input type="checkbox" disabled( checked)?/>', html) == ["", " checked", " checked"]
    assert outline(html) == "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"


def test_tabs_next_to_each_other_are_one_set() -> None:
    html = shown('=== "A"\n    a\n=== "B"\n    - b\n\nafter')
    assert html.count('class="tabbed-set') == 1
    assert re.findall(r"<label for=\S+>(\w)</label>", html) == ["A", "B"]
    assert html.endswith("<ul><li>b</li></ul></div></div></div><p>after</p>")


@pytest.mark.parametrize(
    "text",
    [
        "<!--html--><script>alert(1)</script><!--/html-->",
        "\\<!--html--><script>alert(1)</script><!--/html-->",
        "`<!--html--><script>alert(1)</script><!--/html-->`",
        '!!! note "<!--html--><script>alert(1)</script><!--/html-->"\n    a',
        '=== "<!--block--><script>alert(1)</script><!--/html-->"\n    a',
        "![<!--html--><script>alert(1)</script><!--/html-->](i.png)",
        '[x](https://a.org "<!--html--><script>alert(1)</script><!--/html-->")',
        "# <!--html--><script>alert(1)</script><!--/html-->",
        "[^<!--html--><script>alert(1)</script><!--/html-->]\n\n[^<!--html--><script>alert(1)</script><!--/html-->]: x",
        "$<!--html--><script>alert(1)</script><!--/html-->$",
        "$$\\text{<!--/html--><script>alert(1)</script>}$$",
        "```<!--html--><script>alert(1)</script><!--/html-->\na\n```",
        "# a {#<!--html--><script>}",
        "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    ],
)
def test_the_marks_of_raw_html_cannot_be_forged(text: str) -> None:
    assert "<script" not in shown(text, ["i.png"])


def test_a_text_is_written_once_for_all_trees() -> None:
    site = knowledge_base({"notes/a.md": "# A\n\n[b](sub/b.md)\n", "notes/sub/b.md": "# B\n"})
    assert page(site, "a.md").body == page(site, "fr/a.md").body
    assert body_html(page(site, "a.md")) == '<h1 id="a">A</h1>\n<p><a href="sub/b.md">b</a></p>'


def test_an_alert_speaks_the_language_of_its_text() -> None:
    assert 'class="admonition-title">Attention</p>' in shown("---\nlang: fr\n---\n> [!CAUTION]\n> a")


@pytest.mark.parametrize("name", ["a b", "c#d", "e?f", "100%", "g%20h", "i:j", "é(1)"])
def test_any_file_name_can_be_linked_to(name: str) -> None:
    encoded = "".join(f"%{ord(char):02X}" if char in "%#?: " else char for char in name)
    html = shown(f"[x](<{encoded}.md>) ![y](<{encoded}.png>)", [f"{name}.png"], **{name: "# T"})
    assert html == f'<p><a href="{encoded}.md">x</a> <img alt="y" src="{encoded}.png" /></p>'


def test_rendering_leaves_no_trace_in_the_next_page() -> None:
    first = "[^1] *[HTML]: x\n\n[^1]: a\n\n# One {#k}\n"
    assert shown(first) == shown(first)
    assert document(first) == document(first)


def test_a_footnote_without_text_shows_no_marker() -> None:
    html = shown("a[^1] b\n\n[^1]:\n\nend\n")
    assert 'class="footnote-backref"' in html
    assert "html--" not in html


def test_a_pattern_of_the_users_own_is_looked_for_in_plain_text_too() -> None:
    class Arrow(InlineProcessor):
        def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
            return "→", m.start(0), m.end(0)

    text = "# One --> two\n\nThree --> *four*\n"
    md = Markdown(extensions=[AikbExtension()])
    assert md.convert(text) == "<h1>One --&gt; two</h1>\n<p>Three --&gt; <em>four</em></p>"
    md.inlinePatterns.register(Arrow("-->", md), "arrow", 5)
    assert md.reset().convert(text) == "<h1>One → two</h1>\n<p>Three → <em>four</em></p>"
