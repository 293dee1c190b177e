"""What the ways into a knowledge base promise, measured on a published site: `python bench/ways.py FOLDER …`.

Each folder holds a `mkdocs.yml`; a number is so many notes, resampled from our own. Each is built twice: the second time in
another folder, another time zone, with other times of its files and another seed of hashes. Printed are the largest pages of
lists, what feedparser and the rules of Atom (RFC 4287) and of sitemaps (sitemaps.org) say of the files for machines, whether
all JSON-LD parses and every page has a preview, what differs between the two builds, and what the ways take of a build
(`walls.py`).
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
from bs4 import BeautifulSoup

import bench

ATOM, SITEMAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LIST = 150_000
"""Bytes of HTML of a list, at most."""


def main(folders: list[str]) -> int:
    """Measure each folder; 1 where a promise is broken."""
    broken = 0
    with tempfile.TemporaryDirectory() as scratch:
        for each in folders:
            print(f"\n# {each}", flush=True)
            for line in measured(each, Path(scratch) / each.strip("/").replace("/", "-")):
                broken += line.startswith("BROKEN")
                print(line, flush=True)
    print(f"\n{broken} promises broken")
    return int(broken > 0)


def measured(name: str, scratch: Path) -> Iterator[str]:
    """Build a knowledge base twice and say what is found."""
    first, second = scratch / "one", scratch / "another" / "place"
    if name.isdigit():
        bench.write_notes(first / "notes", int(name))
        (first / "mkdocs.yml").write_text(
            f"{bench.CONFIGURATIONS['aikb']}site_url: https://example.org/kb/\n", encoding="utf-8"
        )
    else:
        shutil.copytree(name, first, ignore=shutil.ignore_patterns("site", ".git"))
    shutil.copytree(first, second)
    for at, path in enumerate(sorted(second.rglob("*.md"))):
        os.utime(path, (1_000_000_000 + at, 1_000_000_000 + at))
    build(first, TZ="UTC", PYTHONHASHSEED="1")
    build(second, TZ="Pacific/Auckland", PYTHONHASHSEED="2")
    site = first / "site"
    yield from lists(site)
    yield from feeds(site)
    yield from sitemaps(site)
    yield from pages(site)
    yield from differences(site, second / "site")
    command = [sys.executable, str(Path(__file__).with_name("walls.py")), "site-of-one-process", "ways"]
    printed = subprocess.run(command, cwd=first, check=True, capture_output=True, text=True).stdout
    shares: dict[str, float] = json.loads(printed.splitlines()[-1])
    yield f"of the processor time of a build {sum(shares.values()):.1%}: " + ", ".join(
        f"{part} {share:.1%}" for part, share in shares.items()
    )


def build(folder: Path, **environment: str) -> None:
    """Build a site into `site`."""
    with tempfile.TemporaryDirectory() as kept:
        everything = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "AIKB_CACHE_DIR": kept, **environment}
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        subprocess.run(command, cwd=folder, check=True, env=everything, stderr=subprocess.DEVNULL)


def lists(site: Path) -> Iterator[str]:
    """Say how large the pages of lists are: those that aikb has made, which are no text to tell search engines of."""
    sizes: dict[str, int] = {}
    for path in site.rglob("*.html"):
        html = path.read_bytes()
        if b"application/ld+json" not in html and path.name == "index.html":
            sizes[path.relative_to(site).as_posix()] = len(html)
    largest = sorted(sizes.items(), key=lambda each: -each[1])[:4]
    shown = ", ".join(f"{path} {size / 1000:.0f} kB" for path, size in largest)
    yield verdict(not largest or largest[0][1] <= LIST, f"{len(sizes)} pages of lists, the largest {shown}")


def feeds(site: Path) -> Iterator[str]:
    """Read all feeds with feedparser, and hold them against the rules of Atom."""
    for path in sorted(each for each in site.rglob("*.xml") if each.name in ("feed.xml", "highlights.xml")):
        read, root = feedparser.parse(path.read_bytes()), ET.fromstring(path.read_bytes())
        faults = list(atom_faults(root))
        ids = [entry.id for entry in read.entries]
        whole = sum(bool(entry.content[0].value) for entry in read.entries)
        good = not read.bozo and not faults and len(set(ids)) == len(ids) > 0 == len(ids) - whole
        yield verdict(
            good, f"{path.relative_to(site)}: {len(ids)} entries, {whole} with their content; {faults[:3] or 'valid'}"
        )


def atom_faults(root: ET.Element) -> Iterator[str]:
    """List what breaks RFC 4287, sections 4.1.1 and 4.1.2."""
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            found = element.findall(f"{ATOM}{name}")
            if len(found) != 1 or not (found[0].text or "").strip():
                yield f"{len(found)} {name}"
        if not urlsplit(element.findtext(f"{ATOM}id", "")).scheme:
            yield "an id that is no IRI"
        try:
            moment = dt.datetime.fromisoformat(element.findtext(f"{ATOM}updated", ""))
            if moment.tzinfo is None:
                yield "a date without its zone"
        except ValueError:
            yield "a date that is none"
        links = [each.get("rel", "alternate") for each in element.findall(f"{ATOM}link")]
        if links.count("alternate") != 1:
            yield "not one alternate link"
    if root.find(f"{ATOM}author") is None and any(e.find(f"{ATOM}author") is None for e in root.iter(f"{ATOM}entry")):
        yield "an entry without an author"


def sitemaps(site: Path) -> Iterator[str]:
    """Hold sitemaps against their protocol."""
    for path in sorted(site.rglob("sitemap.xml")):
        root = ET.fromstring(path.read_bytes())
        urls = [each.findtext(f"{SITEMAP}loc", "") for each in root.findall(f"{SITEMAP}url")]
        days = [each.text or "" for each in root.iter(f"{SITEMAP}lastmod")]
        faults = [url for url in urls if urlsplit(url).scheme not in ("http", "https") or len(url) > 2_048]
        faults += [day for day in days if not re.fullmatch(r"\d{4}-\d\d-\d\d", day) or not dt.date.fromisoformat(day)]
        good = root.tag in (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex") and not faults
        good = good and len(set(urls)) == len(urls) <= 50_000 and path.stat().st_size <= 50_000_000
        yield verdict(
            good, f"{path.relative_to(site)}: {len(urls)} addresses, {len(days)} days; {faults[:3] or 'valid'}"
        )


def pages(site: Path) -> Iterator[str]:
    """Parse what every page says to machines: JSON-LD, and the preview of a pasted link."""
    kinds, without, count, shown = Counter[str](), [], 0, ""
    for path in sorted(site.rglob("index.html")):
        tree, found = BeautifulSoup(path.read_bytes(), "lxml"), list[str]()
        for script in tree.select('script[type="application/ld+json"]'):
            found += types_of(json.loads(script.string or ""))
        kinds.update(found)
        previews = {str(each["property"]): str(each["content"]) for each in tree.select("meta[property]")}
        count += 1
        if not previews.get("og:title") or not previews.get("og:url", "").startswith("http"):
            without.append(path.relative_to(site).as_posix())
        elif previews.get("og:description") and "Article" in found and not shown:
            shown = f"{previews['og:title']} | {previews['og:description']}"
    yield verdict(not without, f"{count} pages, JSON-LD {dict(kinds)}; without a preview: {without[:3] or 'none'}")
    yield f"a preview: {shown[:200]}"


def types_of(data: object) -> Iterator[str]:
    """List the types of the things that JSON-LD speaks of."""
    if isinstance(data, list):
        for each in data:
            yield from types_of(each)
    elif isinstance(data, dict):
        if "@type" in data:
            yield str(data["@type"])
        for each in data.values():
            yield from types_of(each)


def differences(one: Path, other: Path) -> Iterator[str]:
    """Compare what the two builds have written."""
    names = {path.relative_to(root).as_posix() for root in (one, other) for path in root.rglob("*") if path.is_file()}
    differ = [
        name
        for name in sorted(names)
        if not name.endswith(".gz")
        and not (
            (one / name).is_file()
            and (other / name).is_file()
            and (one / name).read_bytes() == (other / name).read_bytes()
        )
    ]
    yield verdict(not differ, f"{len(names)} files, the same in both builds but for: {differ[:4] or 'none'}")


def verdict(good: bool, text: str) -> str:
    """Put before a line whether it keeps what is promised."""
    return f"{'kept  ' if good else 'BROKEN'} {text}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
