"""Names, front matter and tags that a file system, a template or YAML would choke on: told, and the rest is built."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from conftest import built, contents, on_disk

CONFIGURATION = (
    "site_name: N\nsite_url: https://n.example/\ndocs_dir: notes\ntheme: material\n"
    "plugins:\n- aikb: {languages: [en, fr], search_bundle: true}\n"
)
EXPORT = (
    '[{"user_book_id": 1, "title": "T", "author": "A", "category": "books", "highlights": '
    '[{"id": 1, "text": "abc", "location": 1, "highlighted_at": "2024-01-01T00:00:00Z"}]}]'
)
IN_THE_WAY = (
    "llms.txt feed.xml highlights.xml papers.bib papers.json papers/papers.bib papers/papers.json search/meta.json "
    "search/bundle.js search/opensearch.en.xml previews/meta.json previews/0.json glossary/glossary.json sitemap.xml "
    "robots.txt fr/llms.txt fr/feed.xml fr/sitemap.xml assets/aikb.js index.html x/sitemap.xml x/index.md/deeper"
).split()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A site of notes whose pages would be folders where it has files."""
    text = "---\ndate: 2024-01-01\n---\n# C\n\nhttps://arxiv.org/abs/2401.00001 #x\n"
    notes = {f"notes/{name}.md": text for name in (*IN_THE_WAY, "seen", "b/sitemap")}
    others = {"glossary/t.md": "# Glossary\n\n## Harbour\n\nx\n", "notes/r.json": EXPORT, "mkdocs.yml": CONFIGURATION}
    return contents(built(on_disk(tmp_path_factory.mktemp("names"), {**notes, "notes/x/README.md": "# X\n", **others})))


@pytest.mark.parametrize(
    "file",
    [
        "llms.txt", "feed.xml", "highlights.xml", "papers/papers.bib", "search/meta.json", "search/bundle.js",
        "previews/meta.json", "glossary/glossary.json", "sitemap.xml", "robots.txt", "fr/sitemap.xml",
        "seen/index.html", "b/sitemap/index.html",
        "x/index.md",
    ],
)  # fmt: skip
def test_no_page_stands_where_the_site_has_a_file(site: dict[str, bytes], file: str) -> None:
    assert site[file]


VALUES = (
    "&x [*x]", "&x {a: *x}", "[&x [*x], b]", "[]", "{}", "[[]]", "[{a: [b]}]", "{a: {b: c}}", "2024-01-01T10:00:00Z", "1e400",
    ".nan", ".inf", "0x1F", "!!binary aGk=", "!!set {a, b}", "'\\0'", '"\\0\\u202e\\ud800"', "|\n  a\n  b", "~",
    f"'{'x' * 5_000}'",
    f"'{'é' * 300}'",
    "'../../x'", "/etc/passwd", "javascript:alert(1)", "'<script>'", "gone.html", "404.html", "con",
)  # fmt: skip
KEYS = (
    "title description author tags aliases date lang kind status icon template hide permalink translation_of image cover url "
    "search mentions ref"
).split()


def test_any_value_under_any_key_ends_no_build(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="mkdocs")
    notes = {
        f"notes/n{at}.md": f"---\n{key}: {value}\nx: {VALUES[(at + 7) % len(VALUES)]}\n---\n# N{at}\n\ntext\n"
        for at, (key, value) in enumerate(zip(KEYS * len(VALUES), VALUES * len(KEYS), strict=True))
        if at < 3 * len(VALUES)
    }
    site = built(on_disk(tmp_path, {**notes, "mkdocs.yml": CONFIGURATION}))
    pages = [path for path in contents(site) if path.startswith("n") and path.endswith("/index.html")]
    assert len(pages) > len(notes) - 12  # some have another's address, or are hidden
    assert [each for each in caplog.messages if "page-failed" in each or "html-refused" in each] == []


LONG = "x" * 400
TAGS = f"[{LONG}, {'é' * 300}, ../../x, a/../b, '.', '..', con, 'a?b#c%d']"
TERMS = (LONG, "é" * 200, "../x", "con", "index", "", "?", "%2e%2e")


def test_names_longer_than_a_file_may_have_are_shortened(tmp_path: Path) -> None:
    files = {
        "notes/a.md": f"---\ntags: {TAGS}\n---\n# {LONG}\n\n## {LONG}\n",
        "notes/b.md": f"# B\n\n#a{'/b' * 200} #{LONG} [[{LONG}]] ![[{LONG}.png]]\n",
        "glossary/t.md": "# Glossary\n\n" + "".join(f"## {term}\n\nx\n\n" for term in TERMS),
        "notes/r.json": EXPORT.replace('"T"', f'"{LONG}"').replace('"A"', f'"{LONG}"'),
        "notes/" + "n" * 250 + ".md": "# N\n",
        "notes/" + "d" * 250 + "/" + "e" * 250 + ".md": "# E\n",
        "mkdocs.yml": CONFIGURATION,
    }
    site = built(on_disk(tmp_path, files))
    assert {"a/index.html", "b/index.html"} <= contents(site).keys()
