"""Papers and works as BibTeX and CSL-JSON: whatever their words are, an entry is one entry."""

from __future__ import annotations

import json
import re

import pytest

from aikb.compose.citations import Cited, bibtex_entry, csl_item
from aikb.text.identifiers import identify

WORDS = (
    "plain", "{A} b {c}", "x} @misc{evil, title={y}", "{", "}", "}{", "\\", "\\}", "a % b # c $ d",
    '"},\n@misc{evil,\n title={x}', "a\r\n}\n@book{b,", "\u2028}\u2028", "{{", "}}, x = {", "\x00}", "@string{a = 1}",
    "~^_&",
)  # fmt: skip


def fields(entry: str) -> dict[str, str]:
    """The fields of one entry, as BibTeX finds them: it counts braces, those behind a backslash too."""
    head = re.match(r"@(?:misc|book)\{[A-Za-z0-9.:/_-]*,\n", entry)
    assert head is not None
    found: dict[str, str] = {}
    at, depth, start = head.end(), 0, head.end()
    for at in range(head.end(), len(entry)):
        depth += (entry[at] == "{") - (entry[at] == "}")
        if depth < 0:
            break
        if (depth == 0 and entry[at] == ",") or (depth == 0 and entry[at + 1 : at + 3] == "\n}"):
            name, _, value = entry[start : at + (entry[at] != ",")].partition(" = ")
            found[name.strip()] = value
            start = at + 1
    assert entry[at:] == "}\n", "the entry ends where it is meant to"
    return found


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("field", ["title", "authors", "url", "name"])
def test_no_word_ends_an_entry(words: str, field: str) -> None:
    known = {"title": "T", "authors": ("A",), "url": "https://a.org/x", "name": "10.1000/x"}
    known[field] = (words, "B") if field == "authors" else words
    cited = Cited(key="k", year=2024, kind="doi", **known)  # type: ignore[arg-type]
    assert set(fields(bibtex_entry(cited))) <= {"title", "author", "year", "doi", "url"}
    assert json.loads(json.dumps(csl_item(cited)))["id"] == "k"


@pytest.mark.parametrize(
    "address",
    [
        "https://doi.org/10.1000/{x},url={y", "https://doi.org/10.1000/a%7D%2Ctitle%3D%7Bevil", "https://doi.org/10.1000/a{b}c",
        "https://doi.org/10.1000/a}", "https://doi.org/10.1000/%7B", "https://dx.doi.org/10.1000/a%5Cb", "doi:10.1000/a}b{c",
        "https://example.org/doi/10.1000/a%7Db", "https://doi.org/10.1000/a%0A%7D%0A@misc%7Bb", "https://doi.org/10.1000/a%00b",
    ],
)  # fmt: skip
def test_no_identifier_ends_an_entry(address: str) -> None:
    thing = identify(address)
    assert thing is not None
    entry = bibtex_entry(Cited(key="k", title="T", authors=(), year=0, url=thing.url, kind=thing.kind, name=thing.name))
    assert set(fields(entry)) <= {"title", "doi", "url"}
