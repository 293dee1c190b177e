"""What stands above the highlights, where a template for Obsidian has put it into a callout."""

from __future__ import annotations

import pytest

from aikb.read.exports.preamble import read_preamble
from conftest import export_text

FIELDS = "Author:: [[Ann Alpha]]\nFull Title:: The Book\nCategory:: #books\nURL:: https://example.org/b"


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


@pytest.mark.parametrize(
    "written",
    [
        f"## Metadata\n\n{FIELDS}",
        f"> [!info] Metadata\n{quoted(FIELDS)}",
        f"> [!info]- Metadata\n{quoted(FIELDS)}",
        f"> [!abstract|left]+ **Metadata**\n{quoted(FIELDS)}",
        f"> [!summary] Métadonnées\n{quoted(FIELDS)}",
        f">[!info]\n{quoted(FIELDS)}",
        f"> [!note] About this book\n{quoted(FIELDS)}",
        "> [!info]- Metadata\n" + quoted("\n".join(f"- {line}" for line in FIELDS.split("\n"))),
        "> [!info]- Metadata\n" + quoted(FIELDS.replace("\n", "\n\n")),
        "> [!info]- Metadata\n" + quoted(FIELDS.replace("Author::", "**Author**:").replace("URL::", "**URL:**")),
        f"# The Book\n\n> [!info]- Metadata\n{quoted(FIELDS)}\n",
    ],
)
def test_metadata_in_a_callout_are_metadata(written: str) -> None:
    text = export_text(f"{written}\n\nSomething else.\n")
    work = read_preamble(text, len(text.source.text))
    assert (work.title, work.authors, work.category, work.url, work.remarks) == (
        "The Book",
        ("Ann Alpha",),
        "books",
        "https://example.org/b",
        "Something else.",
    )


@pytest.mark.parametrize(
    "callout",
    [
        "> [!tip] Read this\n> It is good.",
        "> [!quote]\n> Author: says who\n> and more words",
        "> [!warning]- Metadata\n> are not here.",
        "> plain quote\n> Author: X",
    ],
)
def test_any_other_callout_is_a_remark(callout: str) -> None:
    text = export_text(f"# The Book\n\n{callout}\n")
    assert read_preamble(text, len(text.source.text)).remarks == callout


def test_a_private_field_in_a_callout_of_metadata_is_not_shown() -> None:
    text = export_text("> [!info] Metadata\n> Author:: [[A]]\n> Bank account:: 1234\n\nWords.\n")
    assert read_preamble(text, len(text.source.text)).remarks == "Words."
