"""A reader's library of any size, in four of the formats that highlights are exported in; the same for the same seed.

Sentences are made of this file's words, and no two passages of a library have a long run of words in common but those that an
export repeats on purpose: a changed clipping, a row that stands twice.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

NOUNS = (
    "model corpus reader margin tide harbour engine ledger garden signal archive bridge theory lantern market cellar orbit "
    "grammar valley budget kernel mirror season forest station pattern shelter compass railway parish canvas turbine island "
    "protein treaty quarry violin glacier census furnace orchard pigment satellite vineyard monument plateau syllable reservoir"
).split()
VERBS = (
    "follows outlives measures hides repeats carries predicts forgets rebuilds divides explains crosses questions replaces "
    "teaches weighs gathers delays resembles interrupts surrounds inherits corrects absorbs"
).split()
ADJECTIVES = (
    "small patient early hollow northern costly silent rival common distant careful restless narrow ordinary sudden faithful "
    "uneven printed borrowed quiet public wooden tidal empirical"
).split()
LINKS = "because although while unless whenever before after until".split()
PREPOSITIONS = "of under beyond against within near across without".split()
FIRST = "Ada Bruno Clara Denis Elsa Farid Greta Hugo Inès Jonas Karim Léa Marta Nils Odile Pavel".split()
LAST = "Ashford Brunel Castaing Delorme Eriksen Fontaine Galloway Hartmann Ivers Jourdain Keller Lambert Moreau".split()
TAGS = "method evidence history favorite later doubt economics language".split()

PER_WORK = 30
"""Highlights of a work, about as many as people make."""
LIGATURES = {"fi": "ﬁ", "fl": "ﬂ"}


@dataclass(frozen=True)
class Passage:
    """A highlight, before it is written in some format."""

    number: int
    text: str
    note: str
    tags: tuple[str, ...]
    location: int
    date: datetime


@dataclass(frozen=True)
class Book:
    """A work with its highlights."""

    number: int
    title: str
    author: str
    passages: tuple[Passage, ...]

    @cached_property
    def address(self) -> str:
        """Where it would be on the web."""
        return f"https://example.org/works/{self.number}"


def library(count: int, seed: int) -> dict[str, bytes]:
    """Write the files of a library with `count` highlights, by their paths in the notes folder: a quarter in each format."""
    quarter, rest = divmod(count, len(FORMATS))
    files: dict[str, bytes] = {}
    for at, write in enumerate(FORMATS.values()):
        files |= write(quarter + (at < rest), seed * len(FORMATS) + at)
    return files


def books(count: int, seed: int) -> Iterator[Book]:
    """Works with `count` highlights together."""
    rng = random.Random(seed)
    start = datetime(2020, 1, 1, 8, 0, tzinfo=UTC)
    for number, first in enumerate(range(0, count, PER_WORK)):
        title = f"{rng.choice(ADJECTIVES).title()} {rng.choice(NOUNS).title()} {seed}-{number}"
        location, passages = 0, []
        for each in range(first, min(first + PER_WORK, count)):
            location += rng.randrange(3, 40)
            tags = tuple(rng.sample(TAGS, rng.choice((0, 0, 0, 1, 2))))
            note = _sentence(rng) if rng.random() < 0.1 else ""
            date = start + timedelta(minutes=37 * each)
            passages.append(Passage(seed * 1_000_000 + each, _text(rng), note, tags, location, date))
        yield Book(seed * 100_000 + number, title, f"{rng.choice(FIRST)} {rng.choice(LAST)}", tuple(passages))


def api(count: int, seed: int) -> dict[str, bytes]:
    """As `aikb pull` writes: a file a book."""
    files = {}
    for book in books(count, seed):
        highlights = [
            {
                "id": each.number,
                "is_deleted": False,
                "text": each.text,
                "location": each.location,
                "location_type": "order",
                "note": each.note,
                "color": "yellow",
                "highlighted_at": f"{each.date:%Y-%m-%dT%H:%M:%SZ}",
                "url": f"https://read.readwise.io/read/01h{each.number:020}",
                "book_id": book.number,
                "tags": [{"id": TAGS.index(tag), "name": tag} for tag in each.tags],
                "readwise_url": f"https://readwise.io/open/{each.number}",
            }
            for each in reversed(book.passages)
        ]
        page = {
            "user_book_id": book.number,
            "is_deleted": False,
            "title": book.title,
            "author": book.author,
            "readable_title": book.title,
            "source": "reader",
            "category": "articles",
            "book_tags": [],
            "readwise_url": f"https://readwise.io/bookreview/{book.number}",
            "source_url": book.address,
            "highlights": highlights,
        }
        data = {"count": 1, "nextPageCursor": None, "results": [page]}
        files[f"readwise/{book.number}.json"] = json.dumps(data, ensure_ascii=False, indent=1).encode()
    return files


def csv_export(count: int, seed: int) -> dict[str, bytes]:
    """One file of all works; a fortieth of the rows stand twice."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,"
        "Document tags".split(",")
    )
    repeats = count // 40
    for book in books(count - repeats, seed):
        for at, each in enumerate(book.passages):
            date = f"{each.date:%Y-%m-%d %H:%M:%S}+00:00"
            place = ("location", str(each.location), date)
            row = [each.text, book.title, book.author, "", each.note, "", ",".join(each.tags), *place, ""]
            writer.writerow(row)
            if repeats and at % (PER_WORK - 1) == 0:
                writer.writerow(row)
                repeats -= 1
    return {"readwise-data.csv": written.getvalue().encode()}


def obsidian(count: int, seed: int) -> dict[str, bytes]:
    """As Readwise's own Obsidian plugin writes: a file a work, the last third of it in a later group."""
    files = {}
    for book in books(count, seed):
        later = len(book.passages) * 2 // 3
        lines = [
            *("---", f"title: {book.title}", f'author: "[[{book.author}]]"', "---", "", f"# {book.title}", ""),
            f"![rw-book-cover](https://example.org/covers/{book.number}.png)",
            *(
                "",
                "## Metadata",
                f"- Author: [[{book.author}]]",
                f"- Full Title: {book.title}",
                "- Category: #articles",
            ),
            *(f"- URL: {book.address}", "", "## Highlights"),
        ]
        for at, each in enumerate(book.passages):
            if at == later and at:
                lines.append(f"## New highlights added {each.date:%B} {each.date.day}, {each.date.year} at 9:56 AM")
            label = f"([View Highlight](https://read.readwise.io/read/01h{each.number:020}))"
            lines.append(f"- {each.text.replace(chr(10), chr(10) + '  ')} {label}")
            if each.tags:
                lines.append(f"    - Tags: {' '.join(f'[[{tag}]]' for tag in each.tags)} ")
            if each.note:
                lines.append(f"    - Note: {each.note}")
        files[f"Readwise/Articles/{book.title}.md"] = ("\n".join(lines) + "\n").encode()
    return files


def clippings(count: int, seed: int) -> dict[str, bytes]:
    """One file of all works in a Kindle's records; every tenth passage was changed, and its beginning is left behind."""
    records: list[str] = []
    made = 0

    def add(book: Book, kind: str, place: str, date: datetime, text: str) -> None:
        added = f"{date:%A}, {date:%B} {date.day}, {date.year} {date.hour % 12 or 12}:{date:%M:%S %p}"
        records.append(
            f"\ufeff{book.title} ({book.author})\n- Your {kind} on {place} | Added on {added}\n\n{text}\n==========\n"
        )

    for book in books(count, seed):
        for each in book.passages:
            text, place = each.text.replace("\n", " "), f"Location {each.location}-{each.location + 2}"
            if each.number % 10 == 0 and made + 1 < count:
                add(book, "Highlight", place, each.date, " ".join(text.split()[:6]))
                made += 1
            if made == count:
                break
            add(book, "Highlight", place, each.date, text)
            made += 1
            if each.note:
                add(book, "Note", f"Location {each.location + 2}", each.date, each.note)
    return {"My Clippings.txt": "".join(records).replace("\n", "\r\n").encode()}


FORMATS: Mapping[str, Callable[[int, int], dict[str, bytes]]] = {
    "api": api,
    "csv": csv_export,
    "obsidian": obsidian,
    "clippings": clippings,
}
"""How to write `count` highlights, by the names of the formats' readers."""


def _text(rng: random.Random) -> str:
    """Make a passage: a sentence or a few; some with what real exports have in them."""
    text = " ".join(_sentence(rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 5))))
    oddity = rng.random()
    if oddity < 0.02:
        text = "".join(
            LIGATURES.get(pair, pair) for pair in text.replace("fi", "\0fi\0").replace("fl", "\0fl\0").split("\0")
        )
    elif oddity < 0.05:
        text += "\n" + "\n".join(f"● {_sentence(rng)}" for _ in range(3))
    elif oddity < 0.08:
        text += f"\n\n{_sentence(rng)}"
    elif oddity < 0.10:
        text = f"#tides | {rng.randrange(1, 200)} → {text}"
    elif oddity < 0.12:
        text = text[1:]
    return text


def _sentence(rng: random.Random) -> str:
    """Make some fifteen words, and a number or two."""

    def thing() -> str:
        noun = f"{rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}"
        return f"{noun} {rng.choice(PREPOSITIONS)} the {rng.choice(NOUNS)}" if rng.random() < 0.4 else noun

    first = f"the {thing()} {rng.choice(VERBS)} a {thing()}"
    second = f"{rng.choice(LINKS)} each {thing()} {rng.choice(VERBS)} {rng.randrange(2, 999)} {rng.choice(NOUNS)}s"
    sentence = f"{first} {second}" if rng.random() < 0.7 else f"{second}, {first}"
    return f"{sentence[0].upper()}{sentence[1:]}."
