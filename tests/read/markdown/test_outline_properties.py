"""Properties of outlines: Logseq's own are no text, ids are anchors, others stand on lines of their own."""

from __future__ import annotations

import pytest

from conftest import Build, body_html, found, page, shown

ID = "63bc6201-53b1-47a4-834f-83934b69ad49"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n  collapsed:: true\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("- a\n  heading:: true", "<ul>\n<li>a</li>\n</ul>"),
        ("- a\n  created-at:: 1609244764756\n  updated-at:: 1609246099894", "<ul>\n<li>a</li>\n</ul>"),
        ("- a\n  logseq.order-list-type:: number", "<ul>\n<li>a</li>\n</ul>"),
        ("- a\n  card-repeats:: 2\n  b", "<ul>\n<li>a\nb</li>\n</ul>"),
        ("- a\n  background-color:: red\n\t- b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n</ul>"),
        ("a:: b\nc:: d", "<p>a:: b<br>\nc:: d</p>"),
        ("words\nkey:: value\nmore", "<p>words<br>\nkey:: value<br>\nmore</p>"),
        ("collapsed:: perhaps", "<p>collapsed:: perhaps</p>"),
        ("id:: 12", "<p>id:: 12</p>"),
        ("std::vector\na::b", "<p>std::vector\na::b</p>"),
        ("`collapsed:: true`", "<p><code>collapsed:: true</code></p>"),
        ("it is collapsed:: true", "<p>it is collapsed:: true</p>"),
        ("http:// x\nand:: y", "<p>http:// x<br>\nand:: y</p>"),
    ],
)
def test_properties_are_lines_and_logseqs_own_are_nothing(text: str, expected: str) -> None:
    written = shown(text).replace("<br />", "<br>")
    assert "".join(written.split()) == "".join(expected.split())


@pytest.mark.parametrize("size", ["{:height 224, :width 441}", "{:width 9, :height 9}"])
def test_the_size_of_a_picture_is_no_text(size: str) -> None:
    assert ":height" not in shown(f"![a](p.png){size} b", ["p.png"])
    assert ":height" in shown(f"{size} b")


@pytest.mark.parametrize(
    "block",
    [f"- a\n  id:: {ID}", f"- ## A\n  id:: {ID}\n  collapsed:: true", f"- a\n\t- b\n\t  id:: {ID}", f"a\nid:: {ID}"],
)
def test_a_block_is_linked_to_by_its_id(kb: Build, block: str) -> None:
    site = kb({"notes/a.md": f"{block}\n", "notes/b.md": f"# B\n\n[go]((({ID})))\n"})
    assert [each.code for each in found(site)] == []
    address = body_html(page(site, "b.md")).split('href="a.md#')[1].split('"')[0]
    assert f'id="{address}"' in body_html(page(site, "a.md"))
    assert "id::" not in body_html(page(site, "a.md"))


def test_a_block_that_is_nowhere_is_missed(kb: Build) -> None:
    site = kb({"notes/a.md": f"# A\n\n[go]((({ID}))) [x]((x))\n"})
    assert [each.code for each in found(site)] == ["link-missing", "link-missing"]
