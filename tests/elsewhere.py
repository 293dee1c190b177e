"""Which hosts the pages of a site would ask: by what is written in them, and by what Chromium does with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from chromium import served

_LOADED = {
    "audio": "src", "embed": "src", "iframe": "src", "img": "src", "input": "src", "object": "data", "script": "src",
    "source": "src", "track": "src", "video": "src", "image": "href", "use": "href",
}  # fmt: skip
_LOADING = frozenset(
    "apple-touch-icon dns-prefetch icon manifest modulepreload preconnect prefetch preload stylesheet".split()
)
_IN_STYLES = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""")


def written_hosts(site: Path) -> set[str]:
    """The other hosts that the HTML and CSS of a site name where a browser loads what is named."""
    return {
        host
        for path in sorted(site.rglob("*"))
        if path.suffix in (".html", ".css")
        for address in _addresses(path)
        if (host := urlsplit(address).netloc)
    }


def _addresses(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    yield from _IN_STYLES.findall(text if path.suffix == ".css" else "")
    soup = BeautifulSoup(text if path.suffix == ".html" else "", "lxml")
    for element in soup.select(",".join([*_LOADED, "link", "style", "[style]", "[srcset]", "[poster]"])):
        if element.name == "link":
            yield str(element.get("href", "")) if _LOADING & set(element.get("rel") or ()) else ""
        yield str(element.get(_LOADED.get(element.name, ""), ""))
        yield str(element.get("poster", ""))
        yield from re.findall(r"\S+", str(element.get("srcset", "")))
        yield from _IN_STYLES.findall(f"{element.get('style', '')} {element.string if element.name == 'style' else ''}")


def asked_hosts(site: Path, browser: Browser) -> tuple[int, set[str]]:
    """Open each page of a site, wide and as on a phone: how many were opened, and what other hosts were asked."""
    hosts, opened = set[str](), 0
    with served(site) as address:
        for width, height in ((1280, 800), (390, 844)):
            context = browser.new_context(viewport={"width": width, "height": height})
            page = context.new_page()
            page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
            for path in sorted(site.rglob("*.html")):
                page.goto(f"{address}/{path.relative_to(site).as_posix()}", wait_until="load")
                opened += 1
            context.close()
    return opened, hosts - {urlsplit(address).netloc, ""}
