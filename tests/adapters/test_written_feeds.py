"""Feeds as a real build writes them, and what pages show of themselves."""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest

from conftest import built, on_disk, soup

sys.path.append(str(Path(__file__).parents[2] / "bench"))
ways = importlib.import_module("ways")
TOLD = (".xml", ".txt", ".html", ".md")
"""Names of files that programs read."""
ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
CONFIGURATION = (
    "site_name: Site <b>\nsite_url: https://example.org/kb/\ndocs_dir: notes\ntheme: material\nplugins: [aikb]\n"
)
NOTE = "---\ndate: 2024-03-04\n---\n# Alpha </script> & co\n\nThe first sentence is this one. See [b](sub/b.md).\n"


def test_a_published_site_has_feeds_and_its_pages_say_what_they_are(tmp_path: Path) -> None:
    files = {"mkdocs.yml": CONFIGURATION, "notes/a.md": NOTE, "notes/c.md": "# C\n", "notes/sub/b.md": "# B\n"}
    site = built(on_disk(tmp_path, files))
    feed = ET.fromstring((site / "feed.xml").read_bytes())
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert [entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "summary")] == [
        "https://example.org/kb/a/", "Alpha & co", "2024-03-04T12:00:00Z", "The first sentence is this one.",
    ]  # fmt: skip
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get(BASE) == "https://example.org/kb/a/"
    assert 'href="../sub/b/"' in (content.text or "")
    parsed = soup(site / "a" / "index.html")
    data = json.loads(parsed.select_one("script[type='application/ld+json']").string)
    assert data["url"] == "https://example.org/kb/a/"
    assert data["description"] == "The first sentence is this one."
    assert parsed.select_one("meta[name=description]")["content"] == "The first sentence is this one."
    assert parsed.select_one("meta[property='og:description']")["content"] == "The first sentence is this one."
    assert parsed.select_one("link[type='application/atom+xml']")["href"] == "../feed.xml"
    assert "<lastmod>2024-03-04</lastmod>" in (site / "sitemap.xml").read_text(encoding="utf-8")
    policies = {
        soup(site / name / "index.html").select_one("meta[http-equiv='Content-Security-Policy']")["content"]
        for name in ("a", "c")
    }
    assert len(policies) == 1  # what a page says of itself is no script


HIGHLIGHTS = """# A book

![rw-book-cover](https://example.org/cover.png)

## Metadata
- Author: [[A. Writer]]
- Full Title: A book
- Category: #books

## Highlights
- Harbours keep lighthouses. ([Location 12](https://readwise.io/to_kindle?action=open&asin=B0&location=12))
- Été : « les phares » & <b>boats</b>. ([Location 90](https://readwise.io/to_kindle?action=open&asin=B0&location=90))
"""


def test_what_programs_read_is_valid_and_the_same_from_any_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "mkdocs.yml": CONFIGURATION.replace("[aikb]", "[aikb: {languages: [en, fr]}]"),
        "notes/a.md": NOTE,
        "notes/été.fr.md": "---\ndate: 2024-02-29\n---\n# Été & \\<co>\n\nC’est la première phrase, et la voici.\n",
        "notes/undated.md": "# Undated\n",
        "notes/sub/b.md": "---\ndate: 2024-01-01\n---\n# B\n\n&amp; `<x>` ]]> \u2028 and a picture.\n",
        "notes/book.md": HIGHLIGHTS,
    }
    sites = []
    for zone, folder, age in (("UTC", "one", 0), ("Pacific/Auckland", "an other/place", 10**9)):
        root = on_disk(tmp_path / folder, files)
        for path in root.rglob("*.md"):
            os.utime(path, (age, age))
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        sites.append(built(root))
    monkeypatch.delenv("TZ")
    time.tzset()
    told = [sorted(path.relative_to(site) for path in site.rglob("*") if path.suffix in TOLD) for site in sites]
    assert told[0] == told[1]
    assert [(sites[0] / name).read_bytes() for name in told[0]] == [(sites[1] / name).read_bytes() for name in told[1]]
    entries = []
    for name in (name for name in told[0] if name.name in ("feed.xml", "highlights.xml")):
        read = feedparser.parse((sites[0] / name).read_bytes())
        assert not read.bozo
        assert list(ways.atom_faults(ET.fromstring((sites[0] / name).read_bytes()))) == []
        entries += [(entry.title, entry.id) for entry in read.entries]
        assert all(entry.updated_parsed and entry.content[0].value for entry in read.entries)
    assert ("Été & <co>", "https://example.org/kb/fr/%C3%A9t%C3%A9/") in entries
    assert len(set(entries)) == len(entries) >= 3
    assert all(line.startswith("kept") for line in ways.sitemaps(sites[0]))
    assert "kept" in next(ways.pages(sites[0]))


def test_without_an_address_there_is_no_feed(tmp_path: Path) -> None:
    configuration = CONFIGURATION.replace("site_url: https://example.org/kb/\n", "")
    site = built(on_disk(tmp_path, {"mkdocs.yml": configuration, "notes/a.md": NOTE}))
    assert not (site / "feed.xml").exists()
    assert soup(site / "a" / "index.html").select("link[type='application/atom+xml']") == []
