"""A site that is kept up by edits is the one that a fresh build makes."""

from __future__ import annotations

from functools import cache

from hypothesis import given, strategies

from aikb.analysis import read
from aikb.model.source import Asset
from aikb.pipeline import LastBuild, build
from aikb.settings import Settings
from conftest import RENDERER, sources

BOOK = "# A book\n\n## Metadata\n- Author: [[Ann]]\n- Category: #books\n\n## Highlights\n- {} ([Location 1](https://readwise.io/to_kindle?action=open&asin=B&location=1))\n"
LONG = " ".join(f"word{number}" for number in range(30))
START = {
    "notes/twice.md": f"# Twice\n\n{LONG}\n",
    "notes/index.md": "# Home\n\nThe cat sat on the mat. See [a](a.md#one), [book](book.md) and [f](fr/b.md#deux).\n",
    "notes/a.md": "# A\n\nThe token is read.\n\n## One\n\nWords of the passage that everybody reads again and again in it.\n",
    "notes/b.en.md": "# B\n\n## Two\n\nThe dog looked at the cat, and slept.\n\n![[book]]\n",
    "notes/fr/b.md": "# B\n\n## Deux\n\nLe chien regarde le chat, et dort. Voir [a](../a.md).\n",
    "notes/book.md": BOOK.format("Words of the passage that everybody reads again and again"),
    "glossary/terms.md": "# Glossary\n\n## Token\n\nA piece of text. See [a](../notes/a.md#one).\n",
}
TEXTS = strategies.sampled_from(
    [
        "# A\n\nAnother text about the token.\n",
        "# Other title\n\n## One\n\nWords of the passage that everybody reads again and again.\n",
        "# A\n\n## Renamed\n\nThe cat [b](b.en.md#two) sat.\n\n![[book]]\n",
        "---\nlang: fr\n---\n# Le titre\n\nLe chat dort sur le tapis. [x](img/p.png)\n",
        "---\ndraft: true\n---\n# Hidden\n",
        "---\naliases: [Beta]\ntitle: Named\n---\nSee [[a]] and [[book]].\n",
        BOOK.format("A new highlight that nobody has read"),
        f"# Repeated\n\nBefore.\n\n{LONG}\n\nAfter.\n",
        "",
    ]
)
PATHS = strategies.sampled_from([*START, "notes/new.md", "notes/fr/a.md", "notes/deep/er/note.md"])
EDITS = strategies.lists(strategies.tuples(PATHS, TEXTS, strategies.booleans()), min_size=1, max_size=5)


@given(EDITS)
def test_a_kept_site_equals_a_fresh_one(edits: list[tuple[str, str, bool]]) -> None:
    files, last, settings = dict(START), LastBuild(), Settings()
    kept = cache(read)  # what was read, as serving remembers it

    for path, text, gone in [("", "", False), *edits]:
        if gone:
            files.pop(path, None)
        elif path:
            files[path] = text
        given_assets = [Asset("img/p.png", "")] if len(files) % 2 else []
        again = build(sources(files, settings), settings, given_assets, reader=kept, renderer=RENDERER, last=last)
        assert again == build(sources(files, settings), settings, given_assets, renderer=RENDERER)


def test_a_text_that_did_not_change_is_not_rendered_again() -> None:
    last, settings = LastBuild(), Settings()
    first = build(sources(START, settings), settings, renderer=RENDERER, last=last)
    files = {**START, "notes/a.md": START["notes/a.md"] + "\nMore.\n"}
    again = build(sources(files, settings), settings, renderer=RENDERER, last=last)
    kept = {page.path for page in again.pages if any(page.body is other.body for other in first.pages)}
    assert "fr/b.md" in kept
    assert "a.md" not in kept
