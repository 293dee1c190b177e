"""Feeds as a real build writes them, and what pages show of themselves."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

from conftest import built, on_disk, soup

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


def test_without_an_address_there_is_no_feed(tmp_path: Path) -> None:
    configuration = CONFIGURATION.replace("site_url: https://example.org/kb/\n", "")
    site = built(on_disk(tmp_path, {"mkdocs.yml": configuration, "notes/a.md": NOTE}))
    assert not (site / "feed.xml").exists()
    assert soup(site / "a" / "index.html").select("link[type='application/atom+xml']") == []
