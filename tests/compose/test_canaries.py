"""What an author hid is in nothing that is published: pages, search, the glossary as data."""

from __future__ import annotations

import json

import pytest

from conftest import Build, html_of

HIDDEN = (
    "<!-- CANARY -->",
    "x <!-- CANARY --> y",
    "<!--CANARY-->",
    "<!--\nCANARY\n-->",
    "- x <!-- CANARY -->",
    "> <!-- CANARY -->",
    "[//]: # (CANARY)",
    "[comment]: <> (CANARY)",
    '[//]: # "CANARY"',
    "<?php CANARY ?>",
    "<script>CANARY</script>",
    "<style>.x { content: 'CANARY' }</style>",
    "<b data-x='CANARY'>x</b>",
    "<b style='--x: CANARY'>x</b>",
)


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("path", ["notes/a.md", "glossary/terms.md"])
def test_nothing_that_is_hidden_is_published(kb: Build, hidden: str, path: str) -> None:
    text = f"---\nunknown: CANARY\nreadwise_id: CANARY\n---\n# Glossary\n\n## Tide\n\nThe sea rises.\n\n{hidden}\n\nIt falls.\n"
    site = kb({path: text, "notes/b.md": "# B\n\nThe tide.\n"})
    everything = [html_of(page) for page in site.pages] + list(site.files.values())
    everything += [f"{each.title} {each.text}" for each in site.records]
    everything += [page.metadata.description for page in site.pages]
    assert [each for each in everything if "CANARY" in each] == []
    assert "glossary/glossary.json" in site.files
    json.loads(site.files["glossary/glossary.json"])


EXPORT = """# Work

![rw-book-cover](https://example.org/cover.png)

## Metadata
- Author: [[Ann]]
- Full Title: Work
- Category: #books
- Private: CANARY
- Email: CANARY@example.org
- Reading Progress: CANARY
- **Rating**: CANARY

## Highlights
- A passage that somebody marked ([View](https://readwise.io/open/776))
- Another passage of the book ([View Highlight](https://read.readwise.io/read/777))
- A third passage ([Location 5](https://readwise.io/open/778))
"""


def test_unknown_metadata_of_an_export_is_not_shown(kb: Build) -> None:
    site = kb({"notes/w.md": EXPORT}, readwise_links="never")
    shown = "".join(html_of(page) for page in site.pages) + "".join(each.text for each in site.records)
    assert "A passage that somebody marked" in shown
    assert "CANARY" not in shown
    assert "readwise.io" not in shown
