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

from playwright.sync_api import Page

from aikb.compose.search.index import build_search
from aikb.locales.words import words
from aikb.model.site import Record
from aikb.settings import Settings
from chromium import launched, served, until
from conftest import ROOT, built, on_disk

_SMALL = "site_name: S\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
_SECTIONS = 3
_NEW = 2
"""Words of its own that a section has."""
_ASKED = 60
_COLD = 5
"""Queries of a kind that a new reader asks."""
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
_AT_FIRST_ROW = """none => {
  new MutationObserver((_, observer) => {
    const shown = document.querySelector(".md-search-result__link, .aikb-answer__link")
    if (!shown && !document.querySelector(".md-search-result__meta").textContent.startsWith(none)) return
    observer.disconnect()
    window.firstSaid = document.querySelector(".md-search-result__meta").textContent
    window.atFirstRow = performance.getEntriesByType("resource").map(each => each.name).filter(name => name.endsWith(".json"))
  }).observe(document.querySelector(".md-search-result"), { childList: true, characterData: true, subtree: true })
}"""
"""Notes the files that have come when the first row is drawn, or it is said that there is none."""
_FRENCH = (
    "mémoire des modèles|apprentissage|liens cassés|traduction|téléphone portable|comment publier un glossaire ?|"
    "où sont les notes de lecture ?|élagage des couches|chaussettes dépareillées lessive|poêle brocante dimanche"
)
_SIGNS = "???|«»|---|C++|.NET|10^6|GPT-4o|o1-preview|a|q|é|שלום|日本語|<img src=x onerror=alert(1)>|tag:x|lang:fr note"


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
        query = _words(made, rng, rng.randint(1, 4))
        queries.append(_typed_badly(query, rng) if rng.random() < 1 / 3 else query)
    return queries


def kinds(made: list[Record], rng: random.Random, each: int) -> dict[str, list[str]]:
    """Make queries of all kinds that a new reader may begin with, so many of a kind."""
    some = range(each)
    texts = [rng.choice(made).text.replace('"', "").split() for _ in some]
    return {
        "a word": [_words(made, rng, 1) for _ in some],
        "three words": [_words(made, rng, 3) for _ in some],
        "a typo": [_typed_badly(_words(made, rng, 1), rng) for _ in some],
        "three typos": [" ".join(_typed_badly(_words(made, rng, 1), rng) for _ in range(3)) for _ in some],
        "a beginning": [_words(made, rng, 1)[: rng.randint(2, 5)] for _ in some],
        "a word of no text": [_unknown(rng) for _ in some],
        "four words of no text": [" ".join(_unknown(rng) for _ in range(4)) for _ in some],
        "a phrase": [f'"{" ".join(text[2:5])}"' for text in texts],
        "a rare word among others of no text": [
            f"{' '.join(_unknown(rng) for _ in range(8))} {text[-1]}" for text in texts
        ],
        "ten words": [f"how does {' '.join(text[-10:-2])}?" for text in texts],
        "300 words": [" ".join(_words(made, rng, 1) for _ in range(300)) for _ in some],
        "300 words of no text": [" ".join(_unknown(rng) for _ in range(300)) for _ in some],
        "French": _FRENCH.split("|")[: 3 * each],
        "signs": _SIGNS.split("|")[: 6 * each],
    }


def _words(made: list[Record], rng: random.Random, count: int) -> str:
    found: list[str] = []
    while not found:
        found = [word for word in rng.choice(made).text.split() if word.isalpha() and len(word) > 4]
    return " ".join(rng.sample(found, min(len(found), count)))


def _typed_badly(query: str, rng: random.Random) -> str:
    at = rng.randrange(1, max(2, len(query)))
    swapped = query[: at - 1] + query[at : at + 1] + query[at - 1] + query[at + 1 :]
    return rng.choice([query[:at] + query[at + 1 :], swapped])


def _unknown(rng: random.Random) -> str:
    return "".join(rng.choice("bcdfghjklmnpqrstvwxz") for _ in range(rng.randint(5, 12)))


def asked_for(page: Page, origin: str, query: str) -> list[str]:
    """Ask as a new reader; the files of the index that come before the first row, or before it is said that there is none."""
    page.goto(f"{origin}/")
    return before_rows(page, query)


def before_rows(page: Page, query: str) -> list[str]:
    """Ask the box of a page for the first time, and list the files of the index that come before the first row."""
    page.keyboard.press("/")
    until(page, "!!window.aikbSearchBox")
    page.evaluate(_AT_FIRST_ROW, words("en")["search_none"].partition("{")[0])
    page.locator("[name=query]").fill(query)
    until(page, "!!window.atFirstRow")
    found: list[str] = page.evaluate("window.atFirstRow")
    return [name.rpartition("/")[2] for name in found]


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
            requests, sizes = {}, []
            for kind, some in kinds(made, rng, _COLD).items():
                for query in some:
                    context = browser.new_context(bypass_csp=True)
                    names = asked_for(context.new_page(), origin, query)
                    requests[kind] = max(requests.get(kind, 0), len(names))
                    sizes.append(sum(len(gzip.compress((site / "search" / name).read_bytes(), 9)) for name in names))
                    context.close()
    print("cold: most requests before the first row:", ", ".join(f"{kind} {most}" for kind, most in requests.items()))
    print(f"cold: kB {sum(sizes) / len(sizes) / 1000:.0f}, most {max(sizes) / 1000:.0f}, beside the scripts")
