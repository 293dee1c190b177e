"""Notes, sections and blocks in place of an embed."""

from __future__ import annotations

import re
import time

import pytest

from conftest import Build, body_html, found, page, places, shown

B = "# B\n\nfirst ^one\n\n## Part\n\npart[^1]\n\n### Sub\n\nsub\n\n## Last\n\n- item\n\n[^1]: note\n"


@pytest.mark.parametrize(
    ("embed", "there", "absent"),
    [
        ("![[b]]", ["first", "part", "sub", "item", "note"], []),
        ("![[b#Part]]", ["part", "sub", "note"], ["first", "item"]),
        ("![[b#Part|alias]]", ["part"], ["first"]),
        ("![[b#^one]]", ["first"], ["part", "item"]),
        ("- ![[b#^one]]", ["first"], ["part"]),
        ("> ![[b#Part]]", ["part"], ["first"]),
        ("text\n![[b#^one]]\nmore", ["text", "first", "more"], ["part"]),
        ("![[b#Gone]]", [], ["first", "part"]),
        ("in the middle ![[b]] of a line", [], ["first"]),
    ],
)
def test_an_embed_shows_what_it_names(kb: Build, embed: str, there: list[str], absent: list[str]) -> None:
    html = body_html(page(kb({"notes/a.md": f"# A\n\n## S\n\n{embed}\n", "notes/b.md": B}), "a.md"))
    assert [each for each in there if not re.search(rf"\b{each}\b", html)] == []
    assert [each for each in absent if re.search(rf"\b{each}\b", html)] == []


@pytest.mark.parametrize(
    "block",
    [
        "| head |\n|---|\n| words |",
        "> words",
        "> said\n>\n> words",
        "- one\n- words",
        "1. one\n   - words",
        "```\nwords\n```",
        "> [!note]\n> words",
        "<div>words</div>",
        "$$\nwords\n$$",
        "words",
    ],
)
def test_a_block_whose_id_stands_alone_is_embedded(kb: Build, block: str) -> None:
    other = f"# B\n\nfirst\n\n{block}\n\n^abc\n\nlast\n"
    html = body_html(page(kb({"notes/a.md": "# A\n\n![[b#^abc]]\n", "notes/b.md": other}), "a.md"))
    text = re.sub(r"<[^>]*>", "", html)
    assert "words" in text
    assert not re.search(r"first|last", text)


def test_its_source_is_named_and_headings_go_below_with_ids_of_their_own(kb: Build) -> None:
    html = body_html(page(kb({"notes/a.md": "# A\n\n### S\n\n![[b]]\n\n![[b]]\n", "notes/b.md": B}), "a.md"))
    assert html.count('<a href="b.md"><cite>B</cite></a>') == 2
    assert re.findall(r'<h(\d) id="([\w-]+)"', html)[2:4] == [("4", "embed-1-part"), ("5", "embed-1-sub")]
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_links_lead_where_the_source_leads(kb: Build) -> None:
    files = {"notes/a.md": "# A\n\n![[d/b]]\n", "notes/d/b.md": "# B\n\n[c](c.md) [up](#b)\n", "notes/d/c.md": "# C\n"}
    html = body_html(page(kb(files), "a.md"))
    assert 'href="d/c.md"' in html
    assert 'href="d/b.md#b"' in html


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a": "# A\n\n![[a]]\n"}, ["3:1 embed-cycle"]),
        ({"a": "# A\n\n![[b]]\n", "b": "# B\n\n![[a]]\n"}, ["3:1 embed-cycle"]),
        ({"a": "# A\n\n![[#S]]\n\n## S\n\ntext\n"}, []),
        ({"a": "# A\n\n![[b]]\n\n![[b]]\n", "b": "# B\n"}, []),
        ({"a": "![[b]]\n", "b": "![[c]]\n", "c": "![[d]]\n", "d": "![[e]]\n", "e": "text\n"}, ["1:1 embed-limit"]),
    ],
)
def test_what_has_no_end_is_cut_and_told(kb: Build, files: dict[str, str], told: list[str]) -> None:
    site = kb({f"notes/{name}.md": text for name, text in files.items()})
    assert places(found(site)) == told


def test_a_draft_is_not_embedded(kb: Build) -> None:
    site = kb({"notes/a.md": "# A\n\n![[b]]\n", "notes/b.md": "---\ndraft: true\n---\n# B\n\nCANARY\n"})
    assert "CANARY" not in repr([each.body for each in site.pages])


def test_what_a_page_embeds_is_found_on_its_own_page_only(kb: Build) -> None:
    site = kb({"notes/a.md": "# A\n\n![[b]]\n", "notes/b.md": "# B\n\nCANARY\n"})
    assert [each.path for each in site.records if "CANARY" in each.text] == ["b.md"]


def test_rings_of_embeds_take_linear_time(kb: Build) -> None:
    def seconds(count: int) -> float:
        files = {f"notes/n{at}.md": f"# N\n\n{'word ' * 40}\n\n![[n{(at + 1) % count}]]\n" for at in range(count)}
        before = time.process_time()
        kb(files, languages=("en",))
        return time.process_time() - before

    seconds(50)
    assert seconds(800) < 8 * seconds(200) + 0.5


EMBED = (
    '<section class="aikb-embed"><p class="aikb-embed-source">From <a href="b.md#^k"><cite>B</cite></a></p>'
    "<p>bee</p></section>"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("words ![[b#^k]]", f"<p>words</p>{EMBED}"),
        ("words ![[b#^k]]\nmore", f"<p>words</p>{EMBED}<p>more</p>"),
        ("**w**: ![[b#^k]] %%why%%", f"<p><strong>w</strong>:</p>{EMBED}"),
        ("- words ![[b#^k]]\n- x", f"<ul><li>words{EMBED}</li><li>x</li></ul>"),
        ("> words ![[b#^k]]", f"<blockquote><p>words</p>{EMBED}</blockquote>"),
        ("![[b#^k]] words", '<p><a href="b.md#^k">b &gt; ^k</a> words</p>'),
        ("a ![[b#^k]] b", '<p>a <a href="b.md#^k">b &gt; ^k</a> b</p>'),
        ("## H ![[b#^k]]\n\nx", '<h2 id="h">H <a href="b.md#^k">b &gt; ^k</a></h2><p>x</p>'),
    ],
)
def test_an_embed_at_the_end_of_a_line_stands_below_its_words(text: str, expected: str) -> None:
    assert shown(text, b="# B\n\nbee ^k\n") == expected


def test_an_embed_after_a_box_stands_in_its_item() -> None:
    html = shown("- [x] ![[b#^k]]", b="# B\n\nbee ^k\n")
    assert html.startswith('<ul class="task-list"><li class="task-list-item"><label class="task-list-control">')
    assert html.endswith(f"{EMBED}</li></ul>")
