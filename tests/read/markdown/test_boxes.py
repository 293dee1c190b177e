"""Boxes, tabs and references of other tools: what stands between two lines of marks, and what only looks like that."""

from __future__ import annotations

import time

import pytest
from bs4 import BeautifulSoup

from conftest import document, shown

BOXES = [
    ('{% hint style="info" %}\nx\n{% endhint %}', "admonition info", ""),
    ("{% hint style='danger' %}\n\nx\n\n{% endhint %}", "admonition danger", ""),
    ('{%- hint style="success" -%}\n* x\n{% endhint %}', "admonition success", ""),
    ("{% hint %}\nx\n{% endhint %}", "admonition tip", ""),
    (":::note\nx\n:::", "admonition note", "Note"),
    (":::tip My *title*\n\nx\n\n:::", "admonition tip", "My title"),
    ("::: warning\nx\n:::", "admonition warning", "Warning"),
    (":::info[Read *b*]\nx\n:::", "admonition info", "Read b"),
    ("::::danger[Now]\n:::note\nx\n:::\n::::", "admonition danger", "Now"),
    ("::: details Show\nx\n:::", "details", "Show"),
    ("{{< alert >}}\nx\n{{< /alert >}}", "admonition warning", ""),
    ("{{% notice tip %}}\nx\n{{% /notice %}}", "admonition tip", ""),
    ('{{< callout type="warning" title="Hey" >}}\nx\n{{< /callout >}}', "admonition warning", "Hey"),
    ("#+BEGIN_NOTE\nx\n#+END_NOTE", "admonition note", ""),
    ("#+begin_warning\nx\n#+end_warning", "admonition warning", ""),
    ("- #+BEGIN_TIP\n  x\n  #+END_TIP\n- y", "admonition tip", ""),
    ("1. a\n\n   :::note\n   x\n   :::\n2. b", "admonition note", "Note"),
    (":::note\nx\n:::\n:::tip\ny\n:::", "admonition note", "Note"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "classes", "title"), BOXES)
def test_what_stands_between_marks_is_a_box(text: str, classes: str, title: str) -> None:
    page = BeautifulSoup(shown(text), "lxml")
    box = page.select_one("details" if classes == "details" else f".{classes.replace(' ', '.')}")
    assert box is not None
    named = box.select_one(".admonition-title, summary")
    assert (named.get_text() if named else "") == title
    assert "x" in box.get_text(" ").split()
    for mark in ("{%", ":::", "{{", "#+"):
        assert mark not in page.get_text()


@pytest.mark.parametrize(
    "text",
    [
        '{% hint style="info" %}\nnever', "text\n{% hint %}\nx\n{% endhint %}", "{% hint %}\n{% endhint %}", ":::note\nx",
        "::: {.class}\nx\n:::", ":::unknown\nx\n:::", "`:::note`\n\nx\n\n:::", "a :::note\nx\n:::", "{{< figure src=x >}}\nx",
        "{{< alert >}} x {{< /alert >}}", "#+BEGIN_NOTE\nx", "#+BEGIN_SRC\nx\n#+END_SRC", ":::\nx\n:::", "::note\nx\n::",
        "```\n:::note\nx\n:::\n```", "    {% hint %}\n    x\n    {% endhint %}",
    ],
)  # fmt: skip
def test_what_has_no_end_or_is_no_box_is_text(text: str) -> None:
    page = BeautifulSoup(shown(text), "lxml")
    assert page.select_one(".admonition") is None
    assert "admonition" not in str(page)


def test_tabs_of_gitbook_are_tabs() -> None:
    second = '{% tab title="Two" %}\n{% hint %}\nb\n{% endhint %}\n{% endtab %}'
    text = f'{{% tabs %}}\n{{% tab title="One" %}}\na\n{{% endtab %}}\n\n{second}\n{{% endtabs %}}\n\nc'
    page = BeautifulSoup(shown(text), "lxml")
    assert [each.get_text() for each in page.select(".tabbed-labels label")] == ["One", "Two"]
    assert [each.get_text().strip() for each in page.select(".tabbed-block")] == ["a", "b"]
    assert "{%" not in page.get_text()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{% content-ref url="b.md" %}\n[b](b.md)\n{% endcontent-ref %}', ["b.md"]),
        ('{% embed url="https://x.org/a?b=c" %}', ["https://x.org/a?b=c"]),
        ('{% embed url="https://x.org/a" %}\nwords\n{% endembed %}', ["https://x.org/a"]),
        (
            '{% hint %}\n[b](b.md)\n\n{% content-ref url="c.md" %}\n[c](c.md)\n{% endcontent-ref %}\n{% endhint %}',
            ["b.md", "c.md"],
        ),
    ],
)
def test_references_are_links(text: str, expected: list[str]) -> None:
    assert [link.target for link in document(text).links] == expected
    assert "{%" not in shown(text)


@pytest.mark.parametrize("text", [text for text, _, _ in BOXES])
def test_places_in_a_box_are_those_of_the_note(text: str) -> None:
    read = document(f"# A\n\n{text.replace('x', '[x](gone.md)', 1)}\n")
    for link in read.links:
        assert read.source.text[link.span.start : link.span.end].startswith("[")


@pytest.mark.parametrize(
    "line",
    [":::note\n", "{% hint %}\n", "{% tab title='a' %}\n", "{% content-ref %}\n", ":::note\n:::\n", "#+BEGIN_NOTE\n"],
)
def test_marks_without_end_take_linear_time(line: str) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        document(line * count)
        return time.process_time() - started

    seconds(100)
    assert min(seconds(4_000) for _ in range(3)) < 40 * max(seconds(400), 0.01)
