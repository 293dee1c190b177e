"""The engines that are asked: ours in memory and in the box, Material's worker and Pagefind on a plain site of the folder."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

from playwright.sync_api import Page

from aikb.cli.search import shown_rows
from aikb.compose.search.files import Files
from aikb.compose.search.index import build_search
from aikb.compose.search.ranking import search
from aikb.compose.search.words import normalised
from aikb.model.site import Record, Site
from aikb.settings import Settings
from chromium import answered, launched, served
from conftest import built, knowledge_base, on_disk

from .judged import Row

Ask: TypeAlias = Callable[[str], list[Row]]
_AIKB = "site_name: S\nsite_url: https://e.org/\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
_PLAIN = (
    "site_name: S\nsite_url: https://e.org/\ndocs_dir: notes\ntheme: material\n"
    "plugins:\n  - search:\n      lang: [en, fr]\n"
)
_BEGINNING = 40
"""Letters of a text by which it is known in a section of another engine."""
_TEN = 10

_START_MATERIAL = """async () => {
  const config = JSON.parse(document.getElementById("__config").textContent)
  const base = new URL(config.base, location)
  const index = await (await fetch(new URL("search/search_index.json", base + "/"))).json()
  const worker = new Worker(new URL(config.search, base + "/"))
  const told = type => new Promise(done => worker.addEventListener("message", function hear({ data }) {
    if (data.type === type) { worker.removeEventListener("message", hear); done(data.data) }
  }))
  const ready = told(1)
  worker.postMessage({ type: 0, data: { config: index.config, docs: index.docs, options: { suggest: false } } })
  await ready
  window.ask = async text => {
    const answer = told(3)
    worker.postMessage({ type: 2, data: text })
    const { items } = await answer
    return items.flat().map(each => each.location).slice(0, 10)
  }
}"""
"""Speaks to Material's worker as its own box does: set up, and ask; each section is a row, in the order of the box."""
_START_PAGEFIND = """async () => {
  const pagefind = await import("/pagefind/pagefind.js")
  await pagefind.init()
  window.ask = async text => {
    const { results } = await pagefind.search(text)
    const pages = await Promise.all(results.slice(0, 10).map(each => each.data()))
    return pages.flatMap(page => page.sub_results.map(each => each.url)).slice(0, 10)
  }
}"""


def read_folder(folder: Path) -> dict[str, str]:
    """Read the Markdown of a folder of the corpus, as it stands in `notes/`."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".mdx") and path.is_file())
    names = ((path, path.relative_to(folder).with_suffix(".md").as_posix()) for path in paths)
    return {f"notes/{name}": path.read_text(encoding="utf-8") for path, name in names}


def in_memory(site: Site, lang: str = "en") -> Ask:
    """Ask our index as `aikb search` does; the definition above the rows is no row."""
    files = Files(build_search(site.records, site.names, Settings()))
    places = _Places(site.records)

    def ask(text: str) -> list[Row]:
        rows = shown_rows(search(text, files, lang), files, lang, _TEN + 2)
        return [places.ours(row["url"]) for row in rows if not row["answer"]][:_TEN]

    return ask


@contextmanager
def in_the_box(notes: Mapping[str, str], folder: Path) -> Iterator[Ask]:
    """Ask the box of the built site in Chromium; the rows as a reader sees them."""
    places = _Places(knowledge_base(notes).records)
    with served(built(on_disk(folder, {"mkdocs.yml": _AIKB, **notes}))) as origin, launched() as browser:
        page = browser.new_page()
        page.goto(f"{origin}/")
        page.keyboard.press("/")

        def ask(text: str) -> list[Row]:
            page.locator("[name=query]").fill("")
            page.locator("[name=query]").fill(text)
            answered(page)
            links = page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")
            return [places.ours(link.removeprefix(f"{origin}/")) for link in links[:_TEN]]

        yield ask


@contextmanager
def on_a_plain_site(notes: Mapping[str, str], folder: Path) -> Iterator[Callable[[str], Ask | None]]:
    """Build the folder with plain Material, for `material` or `pagefind` to be asked; None if it is not installed."""
    places = _Places(knowledge_base(notes).records)
    site = built(on_disk(folder, {"mkdocs.yml": _PLAIN, **notes}))
    with served(site) as origin, launched() as browser:

        def engine(name: str) -> Ask | None:
            if name == "pagefind" and not _indexed(site):
                return None
            page = browser.new_page()
            page.goto(f"{origin}/{_some_page(site)}")
            page.evaluate(_START_MATERIAL if name == "material" else _START_PAGEFIND)
            return lambda text: [places.theirs(unquote(url)) for url in _asked(page, text)]

        places.know(site)
        yield engine


def _asked(page: Page, text: str) -> Sequence[str]:
    found: Sequence[str] = page.evaluate("text => window.ask(text)", text)
    return found


def _some_page(site: Path) -> str:
    return next(path.relative_to(site).as_posix() for path in sorted(site.rglob("index.html")))


def _indexed(site: Path) -> bool:
    """Index a site with Pagefind, in the one language that finds most; False where it is not installed."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--force-language", "en"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


class _Places:
    """Which places an address leads to."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records: dict[str, list[Record]] = {}
        for record in records:
            self._records.setdefault(record.address.removesuffix(".md").removesuffix("/index"), []).append(record)
        self._sections: dict[str, tuple[str, str]] = {}

    def ours(self, url: str) -> Row:
        """Tell the place of one of our rows."""
        page, _, section = unquote(url).partition("#")
        page = page.strip("/") or "index"
        name = page if page in self._records else page.removeprefix("fr/")
        files = {record.address for record in self._records.get(name, ())} or {f"{name}.md"}
        return frozenset((file, section) for file in files)

    def know(self, site: Path) -> None:
        """Learn the sections of a plain site, of Material's index of it."""
        index: dict[str, Any] = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
        for each in index["docs"]:
            self._sections[unquote(each["location"])] = (
                _letters(each["title"]),
                _letters(re.sub("<[^>]*>", " ", each["text"])),
            )

    def theirs(self, location: str) -> Row:
        """Tell the places of a row of another engine: all that stand in its section, as it has no address for a highlight."""
        location = location.removeprefix("/")
        page = location.partition("#")[0].strip("/")
        title, text = self._sections.get(location, ("", ""))
        mine = self._records.get(page, [])
        held = [each for each in mine if _letters(each.title) == title or _letters(each.text)[:_BEGINNING] in text]
        return frozenset((each.address, each.fragment) for each in held) or frozenset({(f"{page}.md", "")})


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", normalised(text).lower())
