"""Measures search on queries of our own: recall among five rows, inverse rank among ten, and how many find nothing, by kind.

`make queries` prints the table for our index, and for Material's own search and Pagefind on a plain site of the same folder, in
one run. A row of these two counts where its section holds the place, as they have no address for a highlight or a post.
Pagefind is asked if it is installed (`pip install pagefind pagefind-bin`). `ARGS=--box` types the queries into the box of our
built site; `-v` names what is missed; `--speed` measures time and bytes at 10,000 notes instead, `--weight` bytes,
files, time and memory at the seeds, 1,000 and 10,000 notes beside Material's and Pagefind's.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from conftest import CORPUS, knowledge_base

from . import speed, weight
from .engines import Ask, in_memory, in_the_box, on_a_plain_site, read_folder
from .judged import HERE, Query, averages, read_queries, samples, score

FOLDERS = {
    "seeds": "",
    "jardin-fr": "",
    "bilingual-suffix": "pages",
    "ai-notes": "",
    "readwise-obsidian": "",
    "readwise-custom": "",
}
"""Folders of the corpus, and where their notes are."""


def sets(folder: str) -> dict[str, list[Query]]:
    """List the queries of a folder: its own, and for the seeds the samples and those written later."""
    found = {path.stem: read_queries(path) for path in sorted(HERE.glob(f"{folder}*.tsv"))}
    return {"samples": samples(CORPUS.parent / "search-queries.json"), **found} if folder == "seeds" else found


def measured(
    ask: Ask, queries: Sequence[Query], told: Callable[[str], None]
) -> dict[str, tuple[int, float, float, int]]:
    """Ask all queries; `told` is told what is missed."""
    scores = []
    for query in queries:
        rows = ask(query.text)
        scores.append(score(query, rows))
        if scores[-1].recall < 1 or scores[-1].rank < 1:
            told(f"    {query.kind} {query.text!r}: {scores[-1].recall:.2f} {scores[-1].rank:.2f}")
            for row in rows[:5]:
                told(f"        {sorted(row)[:2]}")
    return dict(averages(queries, scores))


def main() -> None:
    """Print the table, or the times."""
    if "--speed" in sys.argv:
        speed.measure()
        return
    if "--weight" in sys.argv:
        chosen = tuple(int(each) for each in sys.argv[1:] if each.isdigit())
        weight.measure(chosen or weight.SIZES)
        return
    chosen = [each for each in sys.argv[1:] if each in FOLDERS] or list(FOLDERS)
    for folder in chosen:
        notes = read_folder(CORPUS / folder / FOLDERS[folder])
        with tempfile.TemporaryDirectory() as top:
            ours = in_memory(knowledge_base(notes))
            table: dict[str, dict[str, dict[str, tuple[int, float, float, int]]]] = {}
            _ask("aikb", ours, folder, table)
            if "--box" in sys.argv:
                with in_the_box(notes, Path(top) / "box") as box:
                    _ask("aikb, typed", box, folder, table)
            with on_a_plain_site(notes, Path(top) / "plain") as plain:
                for name in ("material", "pagefind"):
                    theirs = plain(name)
                    if theirs:
                        _ask(name, theirs, folder, table)
                    else:
                        print(f"{name} is not installed")
        _print(table)


def _ask(
    engine: str, ask: Ask, folder: str, table: dict[str, dict[str, dict[str, tuple[int, float, float, int]]]]
) -> None:
    told = print if "-v" in sys.argv and engine.startswith("aikb") else _silent
    for name, queries in sets(folder).items():
        table.setdefault(name, {})[engine] = measured(ask, queries, told)


def _silent(_: str) -> None:
    """Say nothing."""


def _print(table: dict[str, dict[str, dict[str, tuple[int, float, float, int]]]]) -> None:
    for name, engines in table.items():
        print(f"\n{name:24}" + "".join(f"{engine:>24}" for engine in engines))
        kinds = next(iter(engines.values()))
        print(f"{'':18}{'n':>6}" + f"{'R@5   MRR  empty':>24}" * len(engines))
        for kind, (count, *_) in kinds.items():
            cells = (engine[kind][1:] for engine in engines.values())
            print(
                f"{kind:18}{count:6}" + "".join(f"{recall:12.3f}{rank:6.3f}{empty:6}" for recall, rank, empty in cells)
            )


if __name__ == "__main__":
    main()
