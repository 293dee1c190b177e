"""Highlights under the sections that rest on them: whole, with the words that the section quotes marked."""

from __future__ import annotations

import re

import pytest

from aikb.compose.quotation import LONGEST
from conftest import Build, body_html, page

RUN = "the patient who wait at the edge of the tide pools of the far north inherit what is left there"
EXPORT = "# Tides\n\n## Metadata\n- Author: [[X]]\n- Full Title: Tides\n- Category: #books\n\n## Highlights\n- {} ([Location 1](https://readwise.io/to_kindle?location=1))\n"


def evidence(kb: Build, said: str, highlight: str) -> list[str]:
    """What the evidence of a note's only section shows of a highlight."""
    site = kb({"notes/a.md": f"# A\n\n## B\n\n{said}\n", "notes/book.md": EXPORT.format(highlight)})
    return re.findall(r"<li>(.*?) <a href", body_html(page(site, "a.md")).partition("aikb-evidence")[2])


@pytest.mark.parametrize(
    ("said", "highlight", "shown"),
    [
        (RUN, f"Before it. {RUN}, and after.", f"<q>Before it. <mark>{RUN}</mark>, and after.</q>"),
        (f"**{RUN}**", f"Before it. {RUN}, and after.", f"<q>Before it. <mark>{RUN}</mark>, and after.</q>"),
        (RUN, f"É < & {RUN.upper()}", f"<q>É &lt; &amp; <mark>{RUN.upper()}</mark></q>"),
        (RUN, RUN, f'<span class="aikb-none">Quoted word for word</span><q hidden><mark>{RUN}</mark></q>'),
        (
            f"{RUN}.",
            f"“{RUN}!”",
            f'<span class="aikb-none">Quoted word for word</span><q hidden>“<mark>{RUN}</mark>!”</q>',
        ),
    ],
)
def test_what_is_quoted_of_a_highlight_is_marked(kb: Build, said: str, highlight: str, shown: str) -> None:
    assert evidence(kb, said, highlight) == [shown]


def test_a_long_highlight_is_cut_around_what_is_quoted(kb: Build) -> None:
    (shown,) = evidence(kb, RUN, f"{'before ' * 200}{RUN}{' after' * 200}")
    assert shown.startswith("<q>… before before")
    assert shown.endswith("after after …</q>")
    assert RUN in shown
    assert len(shown) < 2 * LONGEST + len(RUN) + 60
