"""What is almost a link, a footnote or a formula; and what is none."""

from __future__ import annotations

import pytest

from conftest import found, knowledge_base


def codes(text: str) -> list[str]:
    return [each.code for each in found(knowledge_base({"notes/a.md": f"# A\n\n{text}\n"}))]


def fixed(text: str) -> list[str]:
    return [each.fix.text for each in found(knowledge_base({"notes/a.md": text})) if each.fix]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("[https://example.org](the example)", "[the example](https://example.org)"),
        ("[https://example.org/a_b](Title)", "[Title](https://example.org/a_b)"),
        ("[www.example.org](Some long title)", "[Some long title](www.example.org)"),
        ("- [https://example.org](Été à Paris)", "[Été à Paris](https://example.org)"),
        ("> [https://example.org](a, b and c!)", "[a, b and c!](https://example.org)"),
        ("(the example)[https://example.org]", "[the example](https://example.org)"),
        ("See (here)[https://example.org/x].", "[here](https://example.org/x)"),
        ("| a |\n|---|\n| (x)[https://example.org] |", "[x](https://example.org)"),
        ("(deux mots)[www.example.org]", "[deux mots](www.example.org)"),
        ("text(s)[https://example.org]", "[s](https://example.org)"),
    ],
)
def test_a_link_written_the_other_way_round(text: str, mended: str) -> None:
    assert codes(text) == ["link-swapped"]
    assert fixed(text) == [mended]


@pytest.mark.parametrize(
    "text",
    [
        "[https://example.org](https://example.org)",
        '[https://example.org](https://example.org "A title")',
        "[https://example.org](<https://example.org/a b>)",
        "[https://example.org](www.example.org)",
        "[https://example.org](#a)",
        "`[https://example.org](the example)`",
        "```\n(the example)[https://example.org]\n```",
        "    (the example)[https://example.org]",
        "[the](https://example.org) (see)[1]",
        "<pre>(a)[https://example.org]</pre>",
        "[a](https://example.org)[https://example.org](https://example.org)",
    ],
)
def test_what_is_no_swapped_link(text: str) -> None:
    assert "link-swapped" not in codes(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](https:/example.org)", "https://example.org"),
        ("[x](http:/example.org/a)", "http://example.org/a"),
        ("[x](https://https://example.org)", "https://example.org"),
        ("[x](http://https://example.org/a?b)", "https://example.org/a?b"),
        ("[x](https://http//example.org)", "http://example.org"),
        ("<a href='https:/example.org'>x</a>", "https://example.org"),
        ("[x]\n\n[x]: https:/example.org", "https://example.org"),
        ("[x](HTTPS:/example.org)", "HTTPS://example.org"),
        ("![x](https:/example.org/i.png)", "https://example.org/i.png"),
        ("[x](<https:/example.org/é>)", "https://example.org/é"),
    ],
)
def test_an_address_that_is_almost_one(text: str, expected: str) -> None:
    site = knowledge_base({"notes/a.md": f"# A\n\n{text}\n"})
    (only,) = (each for each in found(site) if each.code == "url-malformed")
    assert (only.severity, only.suggestion) == ("warning", expected)


@pytest.mark.parametrize(
    "url",
    ["https://example.org/https://x", "https://web.archive.org/web/2020/http://x.org", "http://http.example.org/"],
)
def test_an_address_in_an_address_is_one(url: str) -> None:
    assert codes(f"[x]({url})") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("As shown.[^9]", 1),
        ("As shown.[^9] And.[^note]", 2),
        ("- item[^a]", 1),
        ("> said[^a]", 1),
        ("| a[^x] |\n|---|\n| b |", 1),
        ("# Title[^1]", 1),
        ("**bold[^1]**", 1),
        ("x[^1]\n\n[^1]: defined", 0),
        ("`x[^1]`", 0),
        ("```\nx[^1]\n```", 0),
        ("\\[^1]", 0),
        ("$[^1]$", 0),
        ("regex [^a-z] of code", 1),
        ("x^[inline]", 0),
        ("[^1](https://example.org)", 0),
    ],
)
def test_a_footnote_that_is_not_there(text: str, count: int) -> None:
    assert codes(text).count("footnote-undefined") == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$\nx^2\n\nmore", True),
        ("text\n$$\nx^2", True),
        ("$$ x^2\n\nmore", True),
        ("x^2 $$\n\nmore", True),
        ("- $$\n  x\n\nmore", True),
        ("> $$ x\n\nmore", True),
        ("$$\nx^2\n$$", False),
        ("$$x^2$$", False),
        ("it costs $$ a lot", False),
        ("`$$`", False),
        ("```\n$$\n```", False),
        ("\\$$ x", False),
        ("a $x$ b $y$", False),
    ],
)
def test_a_formula_that_never_closes(text: str, *, expected: bool) -> None:
    assert ("math-unclosed" in codes(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # ids: one place is no duplicate
        ('## Title <a href="#title" id="title"></a>', []),
        ('## Le titre <a name="le-titre"></a>', []),
        ('## Title\n<a id="title"></a>', []),
        ('<a id="title"></a>\n\n## Title', []),
        ('## `x` *y* <a href="#x-y" id="x-y"></a>', []),
        ('## Title <a id="title"></a>\n\n## Title <a id="title-1"></a>', []),
        ('## Title\n\ntext <a id="title"></a>', ["error id-duplicate"]),
        ('## Title <a id="x"></a>\n\n## Other <a id="x"></a>', ["error id-duplicate"]),
        # references and shortcuts
        ("as shown [1][4]", ["info reference-undefined"]),
        ("as shown [1][2, 3]", ["info reference-undefined"]),
        ("- Updated [2e6e81f]", []),
        ("- Updated [91bed6d0] for all", []),
        ("press [Ctrl][U]", ["info reference-undefined"]),
        ("press [⌘][Shift] and [x]", ["info reference-undefined"]),
        ("press [leader][w]", ["info reference-undefined"]),
        ("see [Control][docs]", ["info reference-undefined"]),
        ("see [Control room][docs]", ["error reference-undefined"]),
        ("as shown [12] [13][14]", ["info reference-undefined"]),
        ("see [the paper][smith]", ["error reference-undefined"]),
        ("that is argv[optind][0]", ["info reference-undefined"]),
        ("of a_[key][x]", ["info reference-undefined"]),
        ("[[CODE : [WebFetch] - x]]", ["info wikilink-unresolved"]),
        ("[[a [LoRA] b|c]]", ["info wikilink-unresolved"]),
        ("- [table1] : [columns2]", ["info shortcut-undefined", "info shortcut-undefined"]),
        ("[table1]: of\nno use", []),
        ("[LoRA] and [k8s]", ["info shortcut-undefined", "info shortcut-undefined"]),
        ("Fine-tuning with [LoRA] is cheap.", ["warning shortcut-undefined"]),
        # schemes
        ("![](data:image/png;base64,AAAA)", ["info image-inline"]),
        ("![x](data:image/svg+xml,%3Csvg/%3E)", ["info image-inline"]),
        ('<img src="data:image/gif;base64,R0" alt="x">', ["info image-inline"]),
        ("[x](data:image/png;base64,AAAA)", ["error link-scheme"]),
        ("[x](data:text/html,x)", ["error link-scheme"]),
        ("[x](javascript:alert(1))", ["error link-scheme"]),
        ("[x](vbscript:x)", ["error link-scheme"]),
        ("[x](file:///etc/passwd)", ["error link-scheme"]),
        ("[x](things:///show?id=1)", ["warning link-scheme"]),
        ("[x](vscode://file/a)", ["warning link-scheme"]),
        ("[x](x-devonthink-item://A)", ["warning link-scheme"]),
        ("[x](message:%3Cid%3E)", ["warning link-scheme"]),
        ("[x](slack://channel)", ["warning link-scheme"]),
        # GitHub's prefix
        ("x[^1]\n\n[^1]: n\n\n[y](#user-content-fn-1)", []),
        ("x[^1]\n\n[^1]: n\n\n[y](#user-content-fnref-1)", []),
        ("## Part\n\n[y](#user-content-part)", []),
        ('<a id="here"></a> [y](#user-content-here)', []),
        ("[y](#user-content-nowhere)", ["error anchor-missing"]),
    ],
)
def test_a_severity_follows_the_reader_s_harm(text: str, expected: list[str]) -> None:
    site = knowledge_base({"notes/a.md": f"# A\n\n{text}\n"})
    assert [f"{each.severity} {each.code}" for each in found(site)] == expected


@pytest.mark.parametrize(
    ("origin", "target", "expected"),
    [
        ("notes/a/b.md", "../R-Shiny/", "notes/a/R-Shiny.md"),
        ("notes/a/b.md", "../../top/", "notes/top.md"),
        ("notes/a/b.md", "R-Shiny/", "notes/a/R-Shiny.md"),
        ("notes/a/index.md", "R-Shiny/", "notes/a/R-Shiny.md"),
        ("notes/a/index.md", "../top/", "notes/top.md"),
        ("notes/a/b.md", "../R-Shiny/#part", "notes/a/R-Shiny.md"),
        ("notes/a/b.md", "/a/R-Shiny/", "notes/a/R-Shiny.md"),
        ("notes/a/b.md", "../R-Shiny", "notes/a/R-Shiny.md"),
        ("notes/top.md", "../a/R-Shiny/", "notes/a/R-Shiny.md"),
        ("notes/a/b.md", "../caf%C3%A9/", "notes/a/café.md"),
    ],
)
def test_an_address_of_a_page_stands_for_its_file(origin: str, target: str, expected: str) -> None:
    files = {"notes/a/R-Shiny.md": "# R\n\n## Part\n", "notes/top.md": "# Top\n", "notes/a/café.md": "# C\n"}
    files |= {"notes/a/index.md": "# Index\n", "notes/a/b.md": "# B\n"}
    files[origin] += f"\n[x]({target})\n"
    site = knowledge_base(files)
    (only,) = found(site)
    assert (only.severity, only.code) == ("info", "link-dialect")
    assert expected.rpartition("/")[2] in only.message


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("See [two](Part 2.md).", "<Part 2.md>"),
        ("![a plan](img/my plan.png)", "<img/my plan.png>"),
        ("- [x](../a b/c.md#part one)", "<../a b/c.md#part one>"),
        ("| a |\n| - |\n| [x](b c.PDF) |", "<b c.PDF>"),
        ("> *[x]( b c.md )*", "<b c.md>"),
        ("## A [x](é à.markdown)", "<é à.markdown>"),
    ],
)
def test_a_link_to_a_name_with_spaces(text: str, mended: str) -> None:
    assert [each for each in codes(text) if each == "link-spaces"] == ["link-spaces"]
    assert fixed(text) == [mended]


@pytest.mark.parametrize(
    "text",
    [
        "[x](<Part 2.md>)", "[x](Part%202.md)", '[x](a.md "Part 2.md")', "[x](a.md 'b c.md')", "`[x](Part 2.md)`",
        "```\n[x](Part 2.md)\n```", "\\[x](Part 2.md)", "[x] (see part 2.md)", "[x](see below)", "[1](a note. It is long)",
        "<!-- [x](Part 2.md) -->", "[x](a.md) and (b c.md)", "$[x](a b.md)$", "[[x]](a b.md", "f[x](a, b.c)",
    ],
)  # fmt: skip
def test_what_is_no_link_to_a_name_with_spaces(text: str) -> None:
    assert "link-spaces" not in codes(text)
