"""Measures how fast the box answers at 10,000 notes: `make queries ARGS=--speed`.

The index is made of records that resample the paragraphs of this repository's own notes, with words added so that the
vocabulary grows with them; a small site's box reads it in Chromium. Warm is the engine alone, each query asked a second time:
from the words to the texts of the first ten rows. Cold is a new reader's first query: the files of the index that came before
the first row is drawn, and what they weigh when a host compresses them.
"""

from __future__ import annotations

import gzip
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from aikb.compose.search.index import build_search
from aikb.model.site import Record
from aikb.settings import Settings
from chromium import launched, served, until
from conftest import ROOT, built, on_disk

_SMALL = "site_name: S\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
_SECTIONS = 3
_NEW = 2
"""Words of its own that a section has."""
_ASKED = 60
_WARM = """async queries => {
  const files = new window.aikbSearch.Files(name => fetch(`/search/${name}.json`).then(answer => answer.json()))
  const times = []
  for (const query of queries) {
    for (const round of [0, 1]) {
      const start = performance.now()
      const found = await window.aikbSearch.search(query, files, "en")
      await Promise.all(found.hits.slice(0, 10).map(hit => files.record(hit.number)))
      if (round) times.push(performance.now() - start)
    }
  }
  return times
}"""
_AT_FIRST_ROW = """new MutationObserver((_, observer) => {
  if (!document.querySelector(".md-search-result__link")) return
  observer.disconnect()
  window.atFirstRow = performance.getEntriesByType("resource").map(each => each.name).filter(name => name.endsWith(".json"))
}).observe(document.querySelector(".md-search-result__list"), { childList: true })"""


def records(notes: int, rng: random.Random) -> list[Record]:
    """Make the records of so many notes."""
    pieces, _ = words_of(rng)
    found = []
    for number in range(notes):
        for part in range(_SECTIONS):
            own = " ".join(_word(rng) for _ in range(_NEW))
            path, title = f"{number % 40}/n{number}.md", f"{_word(rng)} {number}"
            text = f"{rng.choice(pieces)} {rng.choice(pieces)} {own}"
            fragment = f"part-{part}" if part else ""
            found.append(
                Record(path, fragment, title, text, lang="en", page=f"Note {number}", address=path, trees=("en", "fr"))
            )
    return found


def words_of(rng: random.Random) -> tuple[list[str], Callable[[], str]]:
    """Read the paragraphs of this repository's own notes; and what makes a word that they do not have."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("notes/**/*.md"))]
    pieces = [piece for text in texts for piece in text.split("\n\n") if 40 < len(piece) < 1_500]
    return pieces, lambda: _word(rng)


def _word(rng: random.Random) -> str:
    return "".join(rng.choice("bcdfglmnprstv") + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))


def asked(made: list[Record], rng: random.Random) -> list[str]:
    """Make queries: one to four words of a text, a third of them with a letter missing, and some in the other language."""
    queries = ["mémoire des modèles", "how does the search find notes", "apprentissage", "liens cassés", "a"]
    while len(queries) < _ASKED:
        words = [word for word in rng.choice(made).text.split() if word.isalpha() and len(word) > 4]
        query = " ".join(rng.sample(words, min(len(words), rng.randint(1, 4))))
        at = rng.randrange(1, max(2, len(query)))
        queries.append(query[:at] + query[at + 1 :] if rng.random() < 1 / 3 else query)
    return queries


def measure(notes: int = 10_000) -> None:
    """Print the times of warm queries, and the requests and bytes of first ones."""
    rng = random.Random(notes)
    made = records(notes, rng)
    start = time.process_time()
    files = build_search(made, (), Settings(languages=("en", "fr")))
    spent = time.process_time() - start
    print(f"{notes} notes, {len(made)} records: {len(files)} files, {spent / notes * 1000:.2f} ms of processor a note")
    queries = asked(made, rng)
    with tempfile.TemporaryDirectory() as top:
        site = built(on_disk(Path(top), {"mkdocs.yml": _SMALL, "notes/a.md": "# A\n\nSea.\n"}))
        shutil.rmtree(site / "search")
        on_disk(site, files)
        with served(site) as origin, launched() as browser:
            page = browser.new_page(bypass_csp=True)
            page.goto(f"{origin}/")
            page.keyboard.press("/")
            until(page, "!!window.aikbSearch")
            times = sorted(page.evaluate(_WARM, queries))
            print(
                f"warm: median {times[len(times) // 2]:.0f} ms, p95 {times[int(len(times) * 0.95)]:.0f}, most {times[-1]:.0f}"
            )
            page.close()
            requests, sizes = [], []
            for query in queries[:20]:
                context = browser.new_context(bypass_csp=True)
                page = context.new_page()
                page.goto(f"{origin}/")
                page.keyboard.press("/")
                until(page, "!!window.aikbSearch")
                page.evaluate(_AT_FIRST_ROW)
                page.locator("[name=query]").fill(query)
                until(page, "!!window.atFirstRow")
                names = [name.rpartition("/")[2] for name in page.evaluate("window.atFirstRow")]
                requests.append(len(names))
                sizes.append(sum(len(gzip.compress((site / "search" / name).read_bytes(), 9)) for name in names))
                context.close()
    print(f"cold: requests before the first row {sum(requests) / len(requests):.1f}, most {max(requests)};", end=" ")
    print(f"kB {sum(sizes) / len(sizes) / 1000:.0f}, most {max(sizes) / 1000:.0f}, beside the scripts")
