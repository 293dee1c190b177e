"""Whole lines that somebody else reads stand in the composed text as in the source, and nothing else does."""

from __future__ import annotations

import pytest

from aikb.model.node import Node
from aikb.render.verbatim import HEADS, OBJECTS, Lines, stretches
from conftest import document

JINJA = (("{{", "}}"), ("{%", "%}"))


def grouped(text: str, pattern: str = "", pairs: tuple[tuple[str, str], ...] = JINJA) -> list[str]:
    """The kinds of the top blocks, or the lines in their place."""
    nodes = document(text).blocks
    return [
        "\n".join(each.lines) if isinstance(each, Lines) else each.kind if isinstance(each, Node) else ""
        for each in stretches(text, pattern, pairs).grouped(nodes)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a\n\n{{ f("\n- x\n") }}\n\nb\n', ["paragraph", '{{ f("\n- x\n") }}', "paragraph"]),
        ("{{ f(\n\n    1,\n\n    2) }}\n", ["{{ f(\n\n    1,\n\n    2) }}"]),
        ("{{ f() }} and {{ g() }}\n", ["paragraph"]),
        ("{{ f(\n", ["paragraph"]),
        ("```\n{{ f(\n) }}\n```\n", ["code"]),
        ("{% if a\n   and b %}\n\nx\n\n{% endif %}\n", ["{% if a\n   and b %}", "paragraph", "paragraph"]),
        ("{{ f(\n1) }}\n{{ g(\n2) }}\n", ["{{ f(\n1) }}\n{{ g(\n2) }}"]),
        ("{{ f(\n1) }}\n\n{{ g(\n2) }}\n", ["{{ f(\n1) }}", "{{ g(\n2) }}"]),
        ("{{ f(\n# 1\n\n1) }} b {{ g(\n\n2) }}\n\nc\n", ["{{ f(\n# 1\n\n1) }} b {{ g(\n\n2) }}", "paragraph"]),
        ("- {{ f(\n  1) }}\n", ["list"]),
        ("{{ f(<!-- hidden -->\n%%too%%1) }}\n", ["{{ f(\n1) }}"]),
    ],
)
def test_what_stands_between_signs_over_lines(text: str, expected: list[str]) -> None:
    assert grouped(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::: a.b_c\n", ["::: a.b_c"]),
        ("::: a.b_c\n    options:\n      x: y\n\ntext\n", ["::: a.b_c\n    options:\n      x: y", "paragraph"]),
        ("::: a\n\n    options:\n        x: y\n\n::: b_c\n", ["::: a\n\n    options:\n        x: y", "::: b_c"]),
        ("a ::: b\n", ["paragraph"]),
        ("```\n::: a_b\n```\n", ["code"]),
    ],
)
def test_objects_with_their_options(text: str, expected: list[str]) -> None:
    assert grouped(text, OBJECTS, ()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/// details | T\n    type: x\n\nc\n///\n", ["/// details | T\n    type: x", "paragraph"]),
        ("/// note\nc\n///\n", ["paragraph"]),
        (
            "//// tab | A\n    new: true\n\n/// note\nc\n///\n\n////\n",
            ["//// tab | A\n    new: true", "paragraph", "paragraph"],
        ),
    ],
)
def test_heads_of_blocks_with_options(text: str, expected: list[str]) -> None:
    assert grouped(text, HEADS, ()) == expected


def test_many_signs_that_never_end_cost_one_look() -> None:
    assert not stretches("{{ a\n" * 200_000, "", JINJA).spans
