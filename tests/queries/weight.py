"""Weighs search at growing sizes, beside Material's and Pagefind's on the same notes: `make queries ARGS=--weight`.

For the seeds, 1,000 and 10,000 notes: kilobytes before the box is used and before the first rows (an average of queries, each
by a new reader, as a host sends them compressed), files, milliseconds of processor a note, and megabytes of memory at the most,
each beside what reading the notes takes. Material's index is made by its own plugin of pages that Python-Markdown draws, and
Pagefind indexes these pages; its own program's memory is all that it takes. `ARGS="--weight 1000"` weighs one size.
"""

from __future__ import annotations

import gzip
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import markdown
import material
from material.plugins.search.plugin import SearchIndex
from mkdocs.structure.toc import get_toc
from playwright.sync_api import Page

from aikb.cli.knowledge import Knowledge
from aikb.compose.search.index import build_search
from aikb.compose.search.records import names, records
from aikb.compose.tree import Tree
from chromium import launched, served
from conftest import CORPUS, built, on_disk

from .engines import read_folder
from .speed import before_rows, words_of

SIZES = (0, 1_000, 10_000)
"""Notes; 0 are the seeds."""
_ASKED = 12
_SMALL = "site_name: S\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
_EXTENSIONS = ["toc", "tables", "fenced_code", "footnotes"]
_LUNR = ("stemmer.support", "multi", "fr")
"""What Material's worker loads for English and French."""
_ROWS = """async text => {
  const pagefind = await import("/pagefind/pagefind.js")
  const { results } = await pagefind.search(text)
  await Promise.all(results.slice(0, 5).map(each => each.data()))
}"""


@dataclass(frozen=True, slots=True)
class Weight:
    """What search takes at a size."""

    before_use: float
    """Kilobytes that every page loads."""
    before_rows: float
    files: int
    milliseconds: float
    """Of processor, a note."""
    memory: float
    """Megabytes."""


def measure(sizes: tuple[int, ...]) -> None:
    """Print the table."""
    print(f"{'notes':>7} {'engine':10}{'kB at load':>12}{'kB to rows':>12}{'files':>8}{'ms a note':>11}{'MB':>7}")
    for size in sizes:
        notes = read_folder(CORPUS / "seeds") if size == 0 else made(size)
        queries = _queries(notes)
        with tempfile.TemporaryDirectory() as top:
            for name, engine in (("aikb", _ours), ("material", _material), ("pagefind", _pagefind)):
                found = engine(notes, Path(top) / name, queries)
                if found:
                    print(
                        f"{len(notes):7,} {name:10}{found.before_use:12.0f}{found.before_rows:12.0f}{found.files:8,}"
                        f"{found.milliseconds:11.2f}{found.memory:7.0f}",
                        flush=True,
                    )


def made(count: int) -> dict[str, str]:
    """Make notes that resample the paragraphs of this repository's own, with words added so that the vocabulary grows."""
    rng = random.Random(count)
    pieces, word = words_of(rng)
    notes = {}
    for number in range(count):
        parts = [f"# {word()} {number}"]
        for _ in range(3):
            parts += [f"## {word()} {word()}", f"{rng.choice(pieces)}", f"{rng.choice(pieces)} {word()} {word()}."]
        notes[f"notes/{number % 40}/n{number}.md"] = "\n\n".join(parts) + "\n"
    return notes


def _queries(notes: Mapping[str, str]) -> list[str]:
    """Make queries of one to three words of a note."""
    rng, texts = random.Random(_ASKED), list(notes.values())
    words = [
        [each for each in rng.choice(texts).split() if each.isalpha() and len(each) > 4] for _ in range(_ASKED * 2)
    ]
    return [" ".join(rng.sample(some, rng.randint(1, 3))) for some in words if len(some) > 3][:_ASKED]


def _apart(work: Callable[..., Any], *given: object) -> Any:
    """Do something in a process of its own, whose memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def _measured(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Do something: its result, seconds of processor, and megabytes by which the most memory grew."""
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    result = work()
    spent = time.process_time() - start
    return result, spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def _ours(notes: Mapping[str, str], folder: Path, queries: list[str]) -> Weight:
    on_disk(folder, {"mkdocs.yml": _SMALL, **notes})
    count, spent, memory = _apart(_index, folder)
    site = built(on_disk(folder / "small", {"mkdocs.yml": _SMALL, "notes/a.md": "# A\n\nSea.\n"}))
    shutil.rmtree(site / "search")
    shutil.copytree(folder / "search", site / "search")

    loaded, to_rows = _weighed(site, "index.html", queries, _asked_the_box)
    return Weight(loaded, to_rows, count, spent / len(notes) * 1000, memory)


def _asked_the_box(page: Page, query: str) -> set[str]:
    return {f"search/{name}" for name in before_rows(page, query)}


def _index(folder: Path) -> tuple[int, float, float]:
    knowledge = Knowledge.read(folder / "mkdocs.yml", no_cache=True, whole=True)
    settings, relations = knowledge.settings, knowledge.relations
    trees = [Tree(lang, relations.index) for lang in settings.languages]
    files, spent, memory = _measured(lambda: build_search(records(relations, trees), names(relations), settings))
    on_disk(folder, files)
    return len(files), spent, memory


def _material(notes: Mapping[str, str], folder: Path, _: list[str]) -> Weight:
    spent, memory = _apart(_index_as_material, dict(notes), folder)
    top = Path(material.__file__).parent / "templates/assets/javascripts"
    scripts = [*top.glob("workers/search.*.js"), *(top / f"lunr/min/lunr.{name}.min.js" for name in _LUNR)]
    kilobytes = sum(map(_sent, [folder / "search_index.json", *scripts]))
    return Weight(kilobytes, kilobytes, 1, spent / len(notes) * 1000, memory)


def _index_as_material(notes: Mapping[str, str], folder: Path) -> tuple[float, float]:
    """Index pages as Material's plugin does, and write them for Pagefind."""
    pages = []
    for path, text in notes.items():
        url = path.removeprefix("notes/").removesuffix(".md") + "/"
        drawn = markdown.Markdown(extensions=_EXTENSIONS)
        html = drawn.convert(text)
        pages.append(SimpleNamespace(meta={}, toc=get_toc(drawn.toc_tokens), content=html, url=url, title=url))  # type: ignore[attr-defined]
    config = {"lang": ["en", "fr"], "separator": r"[\s\-]+", "pipeline": [], "fields": {}}

    def work() -> str:
        index = SearchIndex(**config)
        for page in pages:
            index.add_entry_from_context(page)
        return str(index.generate_search_index(None))

    text, spent, memory = _measured(work)
    on_disk(folder, {"search_index.json": text})
    frame = "<!doctype html><html lang=en><head><title>{}</title></head><body><main>{}</main></body></html>"
    on_disk(folder / "site", {f"{page.url}index.html": frame.format(page.title, page.content) for page in pages})
    return spent, memory


def _pagefind(notes: Mapping[str, str], folder: Path, queries: list[str]) -> Weight | None:
    """Index the pages that were made for Material."""
    site = folder.parent / "material/site"
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--force-language", "en"]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, after = os.wait4(child.pid, 0)
    if status:
        print(f"{len(notes):7,} pagefind is not installed")
        return None
    spent = after.ru_utime + after.ru_stime
    files = sum(1 for path in (site / "pagefind").rglob("*") if path.is_file())
    loaded, to_rows = _weighed(site, next(_pages(site)), queries, lambda page, query: page.evaluate(_ROWS, query))
    return Weight(loaded, to_rows, files, spent / len(notes) * 1000, after.ru_maxrss / 1024)


def _pages(site: Path) -> Iterator[str]:
    return (path.relative_to(site).as_posix() for path in sorted(site.rglob("index.html")))


def _weighed(
    site: Path, start: str, queries: list[str], ask: Callable[[Page, str], set[str] | None]
) -> tuple[float, float]:
    """Weigh what a page loads of search, and what a new reader's query loads until the first rows, on average.

    `ask` says which files of an index came until then, if more come afterwards.
    """
    loaded, to_rows = [], []
    with served(site) as origin, launched() as browser:
        for query in queries:
            page = browser.new_context(bypass_csp=True).new_page()
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url.removeprefix(f"{origin}/")))
            page.goto(f"{origin}/{start}")
            page.wait_for_load_state("networkidle")
            loaded.append(sum(_sent(site / name) for name in set(asked) if "search" in name or "pagefind" in name))
            asked.clear()
            came = ask(page, query)
            others = {name for name in asked if came is None or not name.endswith(".json")}
            to_rows.append(sum(_sent(site / name) for name in others | (came or set())))
            page.context.close()
    return sum(loaded) / len(loaded), sum(to_rows) / len(to_rows)


def _sent(path: Path) -> float:
    """Kilobytes of a file as a host sends it; Pagefind's own are compressed already."""
    text = path.read_bytes() if path.is_file() else b""
    return min(len(text), len(gzip.compress(text, 9))) / 1000
