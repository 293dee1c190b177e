"""Raw HTML in notes: what is safe stays, the rest is text or gone, and what is left open is closed."""

from __future__ import annotations

import pytest

from aikb.text.sanitize import Cleaner, lint_html
from aikb.text.tags import tokens
from conftest import document, shown


def clean(text: str) -> str:
    cleaner = Cleaner()
    return cleaner.feed(text, 0) + cleaner.close()


@pytest.mark.parametrize(
    "text",
    [
        "a <kbd>k</kbd> <sub>1</sub><sup>2</sup>",
        '<p align="center">x</p>',
        '<div class="grid" id="d">x</div>',
        "<details open><summary>S</summary>x</details>",
        '<ol start="3" reversed><li>x</li></ol>',
        '<table><tr><td colspan="2">x</td></tr></table>',
        "<ruby>漢<rt>kan</rt></ruby>",
        '<time datetime="2024-01-02">x</time>',
        "x<br>y<wbr>z",
        "&lt;b&gt; &amp; &copy; &#60;",
    ],
)
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>a", "a"),
        ("<script src=x />a", "a"),
        ("<style>p{}</style>a", "a"),
        ("<svg><a><set attributeName=href to=javascript:alert(1)></a></svg>a", "a"),
        ("<math><mtext></math>a", "a"),
        ("<template><img src=x onerror=alert(1)></template>a", "a"),
        ("<textarea></textarea>a", "a"),
        ("<iframe src=x></iframe>a", "a"),
        ("<form action=javascript:x><button formaction=javascript:y>z</button></form>a", "za"),
        ("<base href=x><meta http-equiv=refresh><link rel=stylesheet href=x>a", "a"),
        ("<video src=x></video><audio></audio><embed><object></object>a", "a"),
        ("<font color=red>a</font>", "a"),
        ("<!-- c --><?php x ?><!DOCTYPE html>a", "a"),
        ("<img srcset=x onload=y>", "<img>"),
        ("<div onclick=x ONLOAD=y style=z srcdoc=q>a</div>", "<div>a</div>"),
        ("<details ontoggle=x open>a</details>", "<details open>a</details>"),
        ('<a id="__config" name="__x">a</a>', "<a>a</a>"),
        ('<p title="&quot;&gt;<script>">a</p>', '<p title="&quot;&gt;&lt;script&gt;">a</p>'),
        ("<p title='\"><script>'>a</p>", '<p title="&quot;&gt;&lt;script&gt;">a</p>'),
        ('<p class="a" class="b">a</p>', '<p class="a">a</p>'),
        ("<bot>a</bot>", "&lt;bot&gt;a&lt;/bot&gt;"),
        ("<x-y>a", "&lt;x-y&gt;a"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("<![ x", "&lt;![ x"),
        ("<B CLASS=x>a</B>", '<b class="x">a</b>'),
    ],
)
def test_what_is_not_safe_is_left_out_or_shown_as_text(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>a", "<b>a</b>"),
        ("<b><i>a</b>b</i>", "<b><i>a</i></b>b"),
        ("</div>a", "a"),
        ('<a name="X">a<a> b', '<a name="X">a</a> b'),
        ('<a name="X">a<a name="Y">b</a>', '<a name="X">a</a><a name="Y">b</a>'),
        ("<br/>a</br>", "<br>a"),
        ("<div/>a", "<div></div>a"),
        ("<li>a", "<li>a</li>"),
    ],
)
def test_what_is_left_open_is_closed(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_an_element_may_be_opened_in_one_piece_and_closed_in_another() -> None:
    cleaner = Cleaner()
    pieces = [cleaner.feed("<details>", 0), cleaner.feed("</details>", 20), cleaner.close()]
    assert (pieces, cleaner.problems) == (["<details>", "</details>", ""], [])


def found(text: str) -> list[str]:
    read = document(text)
    positions = ((read.source.position(start), code) for code, start, _, _ in lint_html(read.blocks))
    return sorted(f"{line}:{column} {code}" for (line, column), code in positions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("é <bot> x", ["1:3 html-unknown"]),
        ("a <script>x</script>", ["1:3 html-unsafe"]),
        ("<div onclick=x>\n</div>", ["1:1 html-unsafe"]),
        ("<details>\n\ntext", ["1:1 html-unclosed"]),
        ("x\n\n- <b>y\n- z", ["3:3 html-unclosed"]),
        ("> <div>\n\n</div>", ["1:3 html-unclosed"]),
        ("!!! note\n    <div>\n", ["2:5 html-unclosed"]),
        ('!!! note "a <bot>"\n    x', ["1:13 html-unknown"]),
        ("| <b>a |\n|---|\n| b |", ["1:3 html-unclosed"]),
        ("# <u>a", ["1:3 html-unclosed"]),
        ("`<script>` and\n\n    <script>\n\n```\n<script>\n```", []),
        ("<div>\n\n*a*\n\n</div>", []),
        ("<ul><li>a<li>b</ul>", []),
        ("<2.5B and a < b", []),
    ],
)
def test_every_problem_is_found_once_at_its_place(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>\n\n*a*\n\n</div>", "<div><p><em>a</em></p></div>"),
        ("<div>\n*a*\n</div>", "<div>*a*</div>"),
        (
            "<details>\n<summary>S</summary>\n\n- a\n- b\n\n</details>\n\nafter",
            "<details><summary>S</summary><ul><li>a</li><li>b</li></ul></details><p>after</p>",
        ),
        ("- <div>\n- b", "<ul><li><div></div></li><li>b</li></ul>"),
        ("> <b>x\n\ny", "<blockquote><p><b>x</b></p></blockquote><p>y</p>"),
        ("<div>\n```\n<b>x</b>\n```\n</div>", "<div>```<b>x</b>```</div>"),
        ("<div>\n~~~\nx\n~~~\n</div>", "<div>~~~x~~~</div>"),
        ("a <!-- c --> b", "<p>a  b</p>"),
        ("<!-- never closed\n\ntext", "<p>&lt;!-- never closed</p><p>text</p>"),
        ('<a href="b.md#c">x</a>', '<p><a href="b.md#c">x</a></p>'),
        ('<a href="nope.md">x</a>', "<p><a>x</a></p>"),
        ('<a href="x" href="javascript:alert(1)">x</a>', "<p><a>x</a></p>"),
        ('x <img src="i.png" alt="&lt;i" width=9>', '<p>x <img src="i.png" alt="&lt;i" width="9"></p>'),
    ],
)
def test_markdown_around_html_is_read_as_on_github(text: str, expected: str) -> None:
    assert shown(text, ["i.png"], b="# C").replace("\n", "") == expected


def test_alternative_text_of_a_missing_image_cannot_hold_markup() -> None:
    html = shown('x <img src="gone.png" alt="</small><script>alert(1)</script>">')
    assert "&lt;/small&gt;&lt;script&gt;" in html
    assert "<script" not in html


@pytest.mark.parametrize("name", ["blockquote", "q", "del", "ins"])
@pytest.mark.parametrize(
    ("cite", "kept"),
    [
        ("https://a.org/x", True),
        ("HTTP://a.org/x?y=1#z", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("file:///home/ann/x", False),
        ("//a.org/x", False),
        ("/\\a.org/x", False),
        ("https://ann:pass@a.org/", False),
        ("data:text/html,x", False),
        ("../private/x.md", False),
        ("https:a.org", False),
    ],
)
def test_the_source_of_a_quotation_is_an_address_of_the_web(name: str, cite: str, kept: bool) -> None:
    assert ("cite=" in shown(f'<{name} cite="{cite}">words</{name}>')) == kept


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<!-- a -->b", ["comment", "text"]),
        ("<!-- a --!>b<i>-->", ["comment"]),
        ("<!doctype x>b", ["comment", "text"]),
        ("<?x y>b", ["comment", "text"]),
        ("a<![ x", ["text"]),
        ("a<!-- x", ["text"]),
        ("a<!x", ["text"]),
        ("<!-- a --><!-- b --><i>", ["comment", "comment", "open"]),
        ("<!---->a", ["comment", "text"]),
    ],
)
def test_comments_end_where_they_do_in_every_python(text: str, kinds: list[str]) -> None:
    found = tokens(text)
    assert [each.kind for each in found][: len(kinds)] == kinds
    assert "".join(text[each.start : each.end] for each in found) == text
