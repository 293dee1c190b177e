"""What holds for any text: hypothesis writes the notes, the same ones every time; `--hypothesis-profile=long` tries others."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from aikb.analysis import read
from aikb.findings.report.text import line
from aikb.model.document import Link
from aikb.model.site import Site
from aikb.model.source import Asset, Source, Span
from aikb.pipeline import build
from aikb.relate.index import build_index
from aikb.relate.links.resolve import resolve
from aikb.settings import Settings
from aikb.text.slug import Slugger, slug
from conftest import body_html, document, html_of, knowledge_base

anything = st.text(st.characters(codec="utf-8"), max_size=200)
PIECES = (
    "a", "b c", "é", "𝗧", "👩\u200d👩\u200d👧", " ", "  ", "    ", "\t", "\n", "\n\n", "\n- ", "\n  - ", "\n1. ",
    "\n0) ", "\n> ", "\n# ", "\n## ", "\n---\n", "\n===\n", "\n```\n", '\n```py title="x"\n', "\n~~~\n", "\n    ",
    "*", "**", "_", "~~", "`", "``", "[", "]", "(", ")", "](", "![", "[[", "]]", "|", "\n|---|---|\n",
    "\n| a | b |\n", "<", ">", "<b>", "</b>", "<div>", "</div>", "<details>", "<a name='x'>", "<!--", "-->",
    "<!--html-->", "<!--block-->", "<!--/html-->", "<![", "<?", "&", "&amp;", "&#60;", "$", "$$", "\\", "{", "}",
    "{: .c }", "{#k}", "#tag", "[^1]", "\n[^1]: ", "\n[r]: b.md\n", "[r]", "b.md", "#frag", "https://a.org/x_y",
    "http://[", "www.a.org", "a@b.org", "javascript:alert(1)", "<script>", "</script>",
    "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "onclick=alert(1)", "{: onclick=alert(1) }", "style=x",
    '\n!!! note "t"\n    ', '\n=== "t"\n    ', '\n!!! note "', '\n=== "', '"\n    ', "\n??? tip\n    ",
    "\n> [!NOTE]\n> ", "- [ ] ", "---\ntitle: x\n---\n", "\x00", "\x02", "\x03", "\ufdd0", "\u202e", "\u200b", "\r",
    "\u2028", "\x85", "'", '"', '--8<-- "x"', "[TOC]", "*[A]: b",
)  # fmt: skip
soup = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def filled(pair: tuple[str, str]) -> str:
    """A context with something in it."""
    context, inner = pair
    return context.replace("@", inner)


CONTEXTS = (
    "@", "\\@", "x @ y", "[x](@)", "[x](<@>)", "[x](b.md '@')", "![@](i.png)", "![x](@)", "[@](b.md)",
    "[r]\n\n[r]: @", "<@>", "[[@]]", "[[b|@]]", "![[@]]", "<a href='@'>x</a>", '<a href="@">x</a>', "<a href=@>x</a>",
    '<img alt="@" src=i.png>', "<img src='@'>", "<p title='@'>x</p>", "<div @>x</div>", "<div\n@\n>\n\nx\n\n</div>",
    "<b>@", "<!-- @ -->", "<!-- @", '!!! note "@"\n    x', "!!! note @\n    x", "??? tip\n    @", '=== "@"\n    x',
    "# @", "# x {@}", "# x {#@}", "@\n===", "| @ |\n|---|\n| @ |", "[^1]\n\n[^1]: @", "[^@]\n\n[^@]: x", "`@`",
    "``@``", "```@\nx\n```", "```py title='@'\nx\n```", "```{@}\nx\n```", "```\n@\n```", "    @", "$@$", "$$@$$",
    "$\\text{@}$", "*x*{@}", "[x](https://a.org){: @ }", "![x](i.png){@}", "x\n{: @ }", "- @", "- x\n\n    @", "> @",
    "> [!@]\n> x", "> [!NOTE]\n> @", "- [ ] @", "---\ntitle: @\n---\n",
    "---\nauthor: '@'\ntags: ['@']\ndate: '@'\n---\nx", "## Glossary\n\n### @\n\n@",
)  # fmt: skip
PAYLOADS = (
    "javascript:alert(1)", " JaVaScRiPt&#58;alert(1)", "java&Tab;script:alert(1)", "data:text/html,x",
    "<script>alert(1)</script>", "<img src=i.png onerror=alert(1)>", "<p onclick=alert(1) style=x>",
    "<svg onload=alert(1)>", "</code><script>alert(1)</script>", '" onclick="alert(1)', "' onclick='alert(1)",
    "onclick=alert(1)", '.x onclick="alert(1)"', "--><script>alert(1)</script>", "]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "\\<script>alert(1)</script>",
    "<!--html--><script>alert(1)</script><!--/html-->", "<!--block--><script>alert(1)</script><!--/html-->",
    "<!--/html--><script>alert(1)</script>", "\x02wzxhzdk:0\x03", "</title><script>alert(1)</script>",
    "[x](javascript:alert(1))", "![x](i.png){ onload=alert(1) }", "<a id=__config name=__x href=javascript:alert(1)>",
)  # fmt: skip
hostile = st.recursive(
    st.one_of(st.sampled_from(PAYLOADS), soup),
    lambda inner: st.tuples(st.sampled_from(CONTEXTS), inner).map(filled),
    max_leaves=3,
)
notes = st.one_of(anything, soup, hostile)


@given(notes)
def test_any_text_is_a_document(text: str) -> None:
    parsed = document(text)
    for each in parsed.diagnostics:
        assert 1 <= each.line <= text.count("\n") + 1
        assert (each.line, each.column) <= (each.end_line, each.end_column)
    for section in parsed.sections:
        assert 0 <= section.span.start <= section.span.end <= section.end <= len(text)


def written(kind: str, raw: str) -> bool:
    """Whether a piece of text is a link of this kind and nothing else."""
    forms = {
        "wikilink": r"!?\[\[.*\]\]",
        "inline": r"!?\[.*\]\(.*\)",
        "reference": r"!?\[.*\]",
        "html": r"<(?i:a|img)\b.*>",
        "autolink": r"<[^\s<>]+>|[^ \t\n\r\f\v<]+",
    }
    return re.fullmatch(forms[kind], raw, re.DOTALL) is not None


LINKED = (
    "[x](b.md)", "![x](i.png)", "[x][r]", "[[b|x]]", "<a href=b.md>", "https://a.org/x", "<https://a.org>",
    '!!! note "[x](b.md)"\n    é [x](b.md)', "- é\n\n    ??? tip\n\n        [x](b.md)", "| é |\n|---|\n| [x](b.md) |",
)  # fmt: skip


@given(st.tuples(soup, st.sampled_from(LINKED), soup).map("".join))
def test_the_span_of_a_link_is_the_raw_link(text: str) -> None:
    links = document(text).links
    assert len({link.span for link in links}) == len(links)
    for link in links:
        assert written(link.kind, text[link.span.start : link.span.end]), text[link.span.start : link.span.end]


@given(anything, st.sampled_from(["inline", "wikilink", "html", "autolink"]), st.booleans())
def test_resolving_is_total(target: str, kind: str, image: bool) -> None:
    origin = document("# A\n\n## b", "notes/sub/a.md")
    index, _ = build_index([origin, document("x", "notes/b.md")], [Asset("i.png", "")], Settings())
    resolution = resolve(Link(target, Span(0, 1), kind, image), origin, index)
    assert resolution.kind in {"external", "page", "asset", "broken", "empty", "folder"}
    assert (resolution.kind == "page") == (resolution.path in index.documents)
    assert (resolution.kind == "asset") == (resolution.path in index.assets)
    assert (resolution.kind == "external") == bool(resolution.url)
    assert not any(re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", line(each)) for each in resolution.diagnostics)


names = st.sampled_from(
    ["a", "b", "c", "A", "é", "x y", "a.fr", "fr/a", "sub/a", "sub/index", "README", "index", "sub/README"]
)
knowledge = st.dictionaries(names.map(lambda name: f"notes/{name}.md"), soup, max_size=5)


@given(knowledge, st.randoms(use_true_random=False))
def test_the_order_of_files_never_changes_the_site(files: dict[str, str], random: object) -> None:
    chosen = Settings()
    sources = [Source(path, text) for path, text in files.items()]
    shuffled = sources.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assets = [Asset("i.png", ""), Asset("sub/i.png", "")]
    assert build(sources, chosen, assets) == build(shuffled, chosen, assets[::-1])


@given(knowledge)
def test_a_parse_that_is_remembered_makes_the_same_site(files: dict[str, str]) -> None:
    chosen = Settings()
    sources = [Source(path, text) for path, text in files.items()]
    known = {source: read(source, chosen) for source in sources}
    assert build(sources, chosen) == build(sources, chosen, reader=lambda source, _: known[source])


@given(anything)
def test_a_slug_is_idempotent(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@given(st.lists(st.sampled_from(["a", "A", "a-1", "a-1-1", "b", "", "-1", "a 1"]), max_size=12))
def test_ids_are_unique_on_a_page(titles: list[str]) -> None:
    slugger = Slugger()
    ids = [slugger(title) for title in titles]
    assert len(set(ids)) == len(ids)


def is_safe(html: str) -> bool:
    """Nothing in a page runs, frames, or leads to code."""
    for element in BeautifulSoup(html, "lxml").find_all(True):
        if element.name in {
            "script",
            "iframe",
            "object",
            "embed",
            "style",
            "form",
            "svg",
            "base",
            "meta",
            "link",
            "template",
        }:
            return False
        for name, value in element.attrs.items():
            text = value if isinstance(value, str) else " ".join(value)
            if name.startswith("on") or name in {"srcdoc", "formaction"}:
                return False
            if name == "style" and element.name not in {"td", "th"}:
                return False
            if name in {"href", "src"} and re.match(r"\s*(?:javascript|data|vbscript)\s*:", text, re.IGNORECASE):
                return False
    return True


def all_html(site: Site) -> str:
    return "\n".join(html_of(each) for each in site.pages if each.tree == "en")


@given(notes)
def test_whatever_is_written_renders_safely(text: str) -> None:
    html = all_html(knowledge_base({"notes/a.md": text}, ["i.png"]))
    assert is_safe(html)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef]", html)


@pytest.mark.parametrize("context", CONTEXTS)
def test_nothing_hostile_survives_in_any_place(context: str) -> None:
    for payload in PAYLOADS:
        html = all_html(knowledge_base({"notes/a.md": filled((context, payload)), "notes/b.md": "# B"}, ["i.png"]))
        assert is_safe(html), f"{payload!r} in {context!r}: {html}"


@given(soup, soup)
def test_a_note_never_changes_how_another_is_shown(text: str, other: str) -> None:
    stable = "---\nlang: en\n---\n# Stable\n\nText *here*.\n"
    alone = knowledge_base({"notes/z.md": stable})
    beside = knowledge_base(
        {"notes/z.md": stable, "notes/a.md": text.replace("z", ""), "notes/b.md": other.replace("z", "")}
    )
    pages = [next(each for each in site.pages if each.source == "notes/z.md") for site in (alone, beside)]
    assert pages[0].body == pages[1].body


words = st.lists(st.text("abcdéà0 .,", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=5)


@given(words)
def test_no_word_of_a_plain_note_is_lost(paragraphs: list[str]) -> None:
    html = body_html(
        next(each for each in knowledge_base({"notes/a.md": "\n\n".join(paragraphs)}).pages if each.source)
    )
    shown = " ".join(BeautifulSoup(html, "lxml").get_text().split())
    for paragraph in paragraphs:
        for word in re.findall(r"[abcdéà]+", paragraph):
            assert word in shown


FAMILIES: dict[str, Callable[[int], str]] = {
    "brackets": lambda count: "[" * count,
    "images": lambda count: "![" * count,
    "empty links": lambda count: "[](" * count,
    "wikilinks": lambda count: "[[" * count + "]]" * count,
    "quotes": lambda count: "> " * count + "a",
    "emphasis": lambda count: "*a **a " * count,
    "underscores": lambda count: "_a " * count + "a_ " * count,
    "nested lists": lambda count: "- " * count + "a",
    "nested lines": lambda count: "\n".join("  " * level + "- a" for level in range(count // 8)),
    "admonitions in admonitions": lambda count: "".join("    " * level + "!!! note\n" for level in range(count // 8)),
    "open divisions": lambda count: "<div" * count,
    "divisions": lambda count: "<div>\n\n" * count,
    "comments": lambda count: "<!-- a\n\n" * (count // 4),
    "declarations": lambda count: "<![ x " * count,
    "open tags": lambda count: "x<b>" * count,
    "backticks": lambda count: "`a``" * count,
    "dollars": lambda count: "$a " * count,
    "spaces": lambda count: " " * 10 * count + "x",
    "spaces in a heading": lambda count: "# a" + " " * 10 * count + "b",
    "marks in a heading": lambda count: "# a " + "#" * 10 * count + "b",
    "tabs in a table": lambda count: "a\n|" + "\t" * 10 * count + "-" + "\t" * 10 * count + "x",
    "parentheses after an address": lambda count: "http://a" + ")" * count,
    "digits": lambda count: "$1" + "1" * 10 * count + "$",
    "an undefined label": lambda count: "[a" + "-" * min(count, 990) + "!]",
    "options of a fence": lambda count: "```py" + " " * 10 * count + "x\n",
    "attribute lists": lambda count: "{a=b " * count,
    "rows": lambda count: "a|b\n-|-\n" + "1|2\n" * count,
    "footnotes": lambda count: "".join(f"[^{number}]" for number in range(count // 4)) + "\n\n[^1]: a",
    "dead anchors": lambda count: "# a\n" + "[x](#nope) " * count,
    "front matter": lambda count: "---\na: x" + " " * 10 * count + "y\n---\n",
    "prose in front matter": lambda count: "---\na" + " " * 10 * count + "y\n---\n",
}


def seconds(text: str) -> float:
    started = time.process_time()
    all_html(knowledge_base({"notes/a.md": text}))
    return time.process_time() - started


@pytest.mark.parametrize("family", FAMILIES)
def test_no_text_takes_long(family: str) -> None:
    write = FAMILIES[family]
    costs = []
    for _ in range(4):  # a machine may be busy; what grows too much does so each time
        costs.append((seconds(write(1_000)), seconds(write(2_000))))
        if costs[-1][1] < max(6 * costs[-1][0], 0.5):
            return
    pytest.fail(f"1,000 and 2,000 repeats take {costs}")
