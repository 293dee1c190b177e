"""Rank records for a query, from the files of the index alone: what the box in the browser does, for the command line.

`theme/assets/aikb-search.js` is the same in JavaScript; a test holds the two to the same rows. The score of a record is the sum
over the words of rarity times impact, times the share of the query that the record covers, to the power of 1.5; in this share a
word counts by the root of its rarity, so that a record without the rare word of a query comes after one without a common word.
The first rows, whose texts are read to be shown, are put in order once more by how closely the words stand together in them and
how far their titles are what was typed.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aikb.compose.search.closeness import closeness, likeness
from aikb.compose.search.files import Files, Row, order
from aikb.compose.search.query import Query, parse
from aikb.compose.search.spelling import alike, beginning, begun, distance, meant, typos
from aikb.compose.search.stem import singular, stem
from aikb.compose.search.words import Word, chunks, ending, normalised, stems

_PREFIX, _TYPO, _NAME, _TRANSLATION, _PHRASE, _UNKNOWN = 0.55, 0.57, 0.75, 0.65, 0.85, 0.9
_WHOLE, _OTHER, _JOINED = 1.1, 1.3, 0.9
"""What a match counts that is not the word itself: longer word, misspelling, other name, translation, translation of several
words together, of a word that the notes do not have, compound as a whole, other word of one stem, two words as one."""
_USUAL = 7
"""The impact of a word that a text of usual length has once."""
_EXPANSIONS, _EQUIVALENTS = 40, 10
_ROOT, _SHARED = 5, 0.6
"""Words of one root begin with so many letters of a stem, and so much of the longer one: `roboticien`, `robotics`."""
_CORRECTED, _ALIKE = 3, 3
"""Words that are like none of those that begin as they do, the longest, and of each the words that end as it does which are
looked up."""
_AROUND = 2
"""Files before and after that of a word in which a misspelling of its third letter or a later one may be."""
_ONE = (0, 3)
"""Places in the order of equivalents of what is written as one word: typed so, and not typed so."""
_CANDIDATES = 60
_FREE, _PER_PAGE = 5, 3
"""Rows that may all be of one page, and how many of one there are after these."""
_CLOSE, _LIKE, _FIRST = 0.9, 0.4, 10
"""What words that follow one another as they are typed add, what a title adds that is the query, and among how many rows."""
_NEAR = 0.3
"""What a longer word or a correction counts at least to stand for the word where closeness is measured."""
_OWN = 1.02
"""The reader's language goes before equal others."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found."""

    number: int
    score: float
    missing: tuple[str, ...]
    """Words of the query that it does not have."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds."""

    hits: tuple[Hit, ...]
    total: int
    """Records that have every word; where none has, all that have one."""
    answers: tuple[int, ...] = ()
    """The definitions of the term that the query is, in whatever language."""
    nearest: tuple[str, ...] = ()
    """Words like those typed, where nothing has these: the hits are theirs."""


@dataclass(slots=True)
class _Matches:
    """What a word of the query found: the best score of each record."""

    text: str
    stem: str
    rows: list[Row]
    """Where the word begins a file of stems, and what may be read instead of it."""
    known: bool
    named: bool
    """Whether it has other names or translations, so that it is no misspelling of another word."""
    meant: str
    """The stem that names and translations are looked up by: its own, or the one that it is a misspelling of."""
    weights: dict[str, tuple[float, Row, float]] = field(default_factory=dict)
    """By stem: what it counts, its row, how rare it is taken for."""
    near: list[tuple[Row, int]] = field(default_factory=list)
    """What the word may be a misspelling of, with the number of steps."""
    best: dict[int, float] = field(default_factory=dict)
    rarity: float = 0.0
    found_by: set[str] = field(default_factory=set)
    """Its stem, and those of the words that it begins or may be a misspelling of."""

    @property
    def unlike(self) -> bool:
        """Whether nothing is near the word among those that begin as it does."""
        return not self.named and not self.weights and all(steps > 1 for _, steps in self.near)

    def add(self, number: int, score: float) -> None:
        if score > self.best.get(number, 0.0):
            self.best[number] = score


def search(text: str, files: Files, lang: str = "") -> Found:
    """Search; `lang` is the reader's language."""
    return _Search(parse(text, frozenset(files.meta["stop"])), files, lang).run()


class _Search:
    def __init__(self, query: Query, files: Files, lang: str) -> None:
        self._query = query
        self._files = files
        self._lang = lang
        self._read: dict[int, None] = {}
        """The files that were looked into, in order."""

    def run(self) -> Found:
        allowed = self._allowed()
        matches = self._matched()
        answers = self._bridged(matches)
        for each in matches.values():
            if not each.known:
                each.rarity = self._rarity(max(1, len(each.best)))
        hits = (
            self._scored(list(matches.values()), allowed)
            if matches
            else [Hit(number, 0.0, ()) for number in sorted(allowed or ())]
        )
        if self._query.phrases:
            hits = self._with_phrases(hits) or hits
        whole = sum(not hit.missing for hit in hits)
        if not hits and not any(each.best for each in matches.values()):
            return self._near([each.text for each in matches.values()], answers)
        return Found(tuple(self._closest(self._grouped(hits), matches)), whole or len(hits), answers)

    def _near(self, typed: Sequence[str], answers: tuple[int, ...]) -> Found:
        """Find what the words nearest to those typed find, where these find nothing."""
        nearest = alike(typed, [row for number in self._read for row in self._files.stems(number).values()])
        query = replace(parse(" ".join(nearest), frozenset(self._files.meta["stop"])), filters=self._query.filters)
        found = _Search(query, self._files, self._lang).run() if nearest else Found((), 0)
        return Found(tuple(replace(hit, missing=tuple(typed)) for hit in found.hits), found.total, answers, nearest)

    def _rarity(self, count: int) -> float:
        return math.log(1 + (self._files.meta["count"] - count + 0.5) / (count + 0.5))

    def _stems(self, number: int) -> Mapping[str, Row]:
        self._read[number] = None
        return self._files.stems(number)

    def _row(self, stem: str) -> Row | None:
        return self._stems(self._files.at(stem)).get(stem)

    def _matched(self) -> dict[int, _Matches]:
        """Find each word, words that it begins, and words that it may be a misspelling of."""
        counted = [(at, typed) for at, typed in enumerate(self._query.words) if typed.counts]
        matches = {at: self._look_up(typed.word.folded, typed.word.stem, open_=typed.open) for at, typed in counted}
        unlike = [each for each in matches.values() if each.unlike and len(each.text) > 3]
        for each in sorted(unlike, key=lambda each: -len(each.stem))[:_CORRECTED]:
            each.near += typos(each.text, each.stem, self._ending_alike(each.stem))
            each.near += [] if each.near else typos(each.text, each.stem, self._beginning_alike(each.stem))
            if not each.near:
                self._part(each)
        for each in matches.values():
            if not each.known:
                self._guess(each)
            kept = sorted(each.weights.values(), key=lambda one: (-one[0], order(one[1].stem)))[:_EXPANSIONS]
            each.found_by = {each.stem, *(row.stem for weight, row, _ in kept if weight > _NEAR)}
            for weight, row, rarity in kept:
                for number, level in row.postings.items():
                    each.add(number, weight * rarity * level / _USUAL)
        return matches

    def _look_up(self, text: str, stem: str, *, open_: bool) -> _Matches:
        """Look for a word among those that begin as it does."""
        first = self._files.at(stem)
        last = min(self._files.at(f"{text}\uffff"), first + 1) if open_ or len(text) > 3 else first
        rows = [row for number in range(first, last + 1) for row in self._stems(number).values() if row.stem[0] != ":"]
        exact = next((row for row in rows if row.stem == stem and row.postings), None)
        named = any(row.stem == stem and row.equivalents for row in rows)
        found = _Matches(text, stem, rows, known=exact is not None, named=named, meant=meant(stem, rows))
        if exact:
            found.rarity = self._rarity(exact.count)
            found.weights[stem] = 1.0, exact, found.rarity
        if (open_ and len(text) > 1) or not exact:
            for row in rows:
                length = begun(text, row) if row.stem != stem and row.postings else 0
                if length:
                    weight = _PREFIX * max(0.4, len(text) / length) * (0.6 if exact else 1)
                    found.weights[row.stem] = weight, row, self._rarity(row.count)
        if not exact and not named:
            found.near = typos(text, stem, rows)
        return found

    def _ending_alike(self, stem: str) -> list[Row]:
        """Find the words nearest to one among those that end as it does."""
        listed = self._row(ending(stem))
        steps = [(distance(stem, each, 2), each) for each in listed.surfaces] if listed else []
        least = min([2, *(number for number, _ in steps)])
        alike = [each for number, each in steps if number == least][:_ALIKE]
        return [row for row in map(self._row, alike) if row]

    def _beginning_alike(self, stem: str) -> list[Row]:
        """Read the words that begin with the first two letters of one, in the files around its own."""
        at, here = self._files.at, self._files.at(stem)
        around = range(max(here - _AROUND, at(stem[:2])), min(here + _AROUND, at(f"{stem[:2]}\uffff")) + 1)
        return [row for number in around for row in self._stems(number).values()]

    def _part(self, word: _Matches) -> None:
        """Find records that have the two words which a word would be without a blank between them."""
        known, left = {row.stem for row in word.rows if row.postings}, _ALIKE
        for at in range(len(word.text) - 2, 2, -1):
            pair = stem(word.text[:at]), stem(word.text[at:])
            if pair[0] in known and left:
                found, _ = self._together(pair)
                left = 0 if found else left - 1
                for number, score in found:
                    word.add(number, score * _JOINED)

    def _guess(self, word: _Matches) -> None:
        """Weigh what a word that is not there may be a misspelling of; if there is nothing, what has the same root."""
        weights = word.weights
        least = min((steps for _, steps in word.near), default=0)
        found = [each for each in word.near if each[1] == least]
        usual = self._rarity(max((row.count for row, _ in found), default=1))
        for row, steps in found:
            if weights.get(row.stem, (0.0,))[0] <= 0.4:
                rarity = min(self._rarity(row.count), usual * 1.25)  # what is written often is rather meant
                weights[row.stem] = _TYPO / math.sqrt(steps), row, rarity
        if weights or word.named:
            return
        for row in word.rows:
            shared = beginning(word.stem, row.stem) if row.postings else 0
            longer = max(len(word.stem), len(row.stem))
            if shared >= _ROOT and shared >= longer * _SHARED:
                weights[row.stem] = _PREFIX * shared / longer, row, self._rarity(row.count)

    def _bridged(self, matches: Mapping[int, _Matches]) -> tuple[int, ...]:
        """Look up other names and translations of what was typed; the answers that it is a name of."""
        typed = [matches[at].meant if at in matches else each.word.stem for at, each in enumerate(self._query.words)]
        jobs: list[tuple[int, int, float, tuple[str, ...], tuple[int, ...]]] = []
        answers: dict[int, None] = {}
        for first, after, word in self._query.wholes:
            self._job(jobs, first, after, _ONE[0], _WHOLE, (word.stem,), matches)
        for at in matches:
            for kind, weight, rest, target in self._bonds(self._query.words[at].word, typed[at]):
                after = at + 1 + len(rest)
                if tuple(typed[at + 1 : after]) != rest:
                    continue
                if weight:
                    self._job(jobs, at, after, kind, weight, target, matches)
                elif all(at <= each < after for each in matches):
                    answers[int(target[0])] = None
            if at + 1 in matches:
                joined = stems(self._query.words[at].word.folded + self._query.words[at + 1].word.folded)
                if len(joined) == 1 and self._files.at(joined[0]) in self._read:
                    self._job(jobs, at, at + 2, _ONE[1], _JOINED, (joined[0],), matches)
        jobs.sort(key=lambda job: (job[0], -len(job[4])))
        for kind, _, weight, target, covered in jobs[:_EQUIVALENTS]:
            found, rarity = self._together(target)
            for at in covered:
                own = matches[at].rarity if matches[at].known else rarity
                capped = rarity and kind not in _ONE  # no more than the word itself, but for a compound of it
                share = weight * min(1.0, own / rarity) if capped else weight
                for number, score in found:
                    matches[at].add(number, score * share)
        return tuple(answers)

    def _bonds(self, word: Word, meant: str) -> Iterator[tuple[int, float, tuple[str, ...], tuple[str, ...]]]:
        """List what may be looked up beside a word: order, weight (0 for an answer), what must follow, and the stems."""
        row, own = self._row(meant), singular(word.folded)
        other = self._row(own) if own != word.stem else None
        for bond, rest, target in other.equivalents if other else ():  # the texts have another word of its stem
            if bond != "a":
                yield 1, _OTHER, rest, target
        single = _TRANSLATION if row is not None and row.postings else _UNKNOWN
        for bond, rest, target in row.equivalents if row else ():
            weight = {"a": 0.0, "n": _NAME}.get(bond, _PHRASE if rest else single)
            yield 1 if bond == "n" else 2, weight, rest, target

    def _job(
        self,
        jobs: list[tuple[int, int, float, tuple[str, ...], tuple[int, ...]]],
        first: int,
        after: int,
        order: int,
        weight: float,
        target: tuple[str, ...],
        matches: Mapping[int, _Matches],
    ) -> None:
        covered = tuple(at for at in range(first, after) if at in matches)
        if covered:
            jobs.append((order, first, weight, target, covered))

    def _together(self, target: tuple[str, ...]) -> tuple[list[tuple[int, float]], float]:
        """Find the records that have all of some stems, with what they count on average; and how rare the stems are."""
        telling = [stem for stem in target if stem not in self._files.meta["stop"]] or list(target)
        rows = [self._row(stem) for stem in telling]
        if not rows or rows[0] is None:
            return [], 0.0
        found = []
        for number in rows[0].postings:
            score = 0.0
            for row in rows:
                level = row.postings.get(number, 0) if row else 0
                if not level or row is None:
                    break
                score += self._rarity(row.count) * level / _USUAL
            else:
                found.append((number, score / len(rows)))
        return found, sum(self._rarity(row.count) for row in rows if row) / len(rows)

    def _allowed(self) -> set[int] | None:
        """Find the records that the filters leave; None without filters."""
        allowed: set[int] | None = None
        by_key: dict[str, set[int]] = {}
        for key, value in self._query.filters:
            by_key.setdefault(key, set()).update(self._filtered(key, normalised(value).lower()))
        for numbers in by_key.values():
            allowed = numbers if allowed is None else allowed & numbers
        return allowed

    def _filtered(self, key: str, value: str) -> Iterable[int]:
        files = self._files
        if key == "lang":
            return (number for number, lang in enumerate(files.langs) if lang == value)
        if key == "kind":
            kinds = [at for at, kind in enumerate(files.meta["kinds"]) if value and kind.startswith(value)]
            return (number for number, kind in enumerate(files.kinds) if kind in kinds)
        if key == "tag":
            value = f":tag:{'-'.join(word.folded for each in chunks(value.replace('/', ' ')) for word in each.parts)}"
            numbers_of = range(files.at(value), min(files.at(f"{value}\uffff"), files.at(value) + 1) + 1)
            rows = [row for at in numbers_of for row in self._stems(at).values() if row.stem.startswith(value)]
            return {number for row in rows for number in row.postings}
        numbers: set[int] | None = None
        for each in stems(value):
            row = self._row(f":source:{each}")
            mine = set(row.postings) if row else set()
            numbers = mine if numbers is None else numbers & mine
        return numbers or set()

    def _scored(self, matches: Sequence[_Matches], allowed: set[int] | None) -> list[Hit]:
        whole = sum(math.sqrt(each.rarity) for each in matches) or 1.0
        sums: dict[int, list[float]] = {}
        for each in matches:
            for number, score in each.best.items():
                if allowed is None or number in allowed:
                    entry = sums.setdefault(number, [0.0, 0.0])
                    entry[0] += score
                    entry[1] += min(1.0, score / (each.rarity * 0.5 or 1.0)) * math.sqrt(each.rarity)
        hits = []
        for number, (score, covered) in sums.items():
            share = covered / whole
            own = _OWN if self._files.langs[number] == self._lang else 1.0
            value = _rounded(score * share * math.sqrt(share) * own)
            missing = tuple(each.text for each in matches if number not in each.best)
            hits.append(Hit(number, value, missing))
        return sorted(hits, key=lambda hit: (-hit.score, hit.number))

    def _with_phrases(self, hits: Sequence[Hit]) -> list[Hit]:
        """Keep the records that have the phrases; of the best ones, whose texts are read."""
        kept = []
        for hit in [hit for hit in hits if not hit.missing][:_CANDIDATES]:
            record, _ = self._files.record(hit.number)
            text = f" {' '.join(word.folded for each in chunks(f'{record[2]} {record[3]}') for word in each.parts)} "
            if all(f" {' '.join(phrase)} " in text for phrase in self._query.phrases):
                kept.append(hit)
        return kept

    def _closest(self, hits: list[Hit], matches: Mapping[int, _Matches]) -> list[Hit]:
        """Put the first rows in order once more, by how closely the words stand together, and how far a title is the query."""
        if len(self._query.words) < 2 or len(hits) < 2 or self._query.phrases:
            return hits
        words = [
            matches[at].found_by if at in matches else {typed.word.stem} for at, typed in enumerate(self._query.words)
        ]
        first = []
        for hit in hits[:_FIRST]:
            _, _, title, text, *_ = self._files.record(hit.number)[0]
            more = _CLOSE * closeness(f"{title} . {text}", words) + _LIKE * likeness(title, words)
            first.append((-_rounded(hit.score * (1 + more)), hit))
        first.sort(key=lambda each: each[0])
        return [hit for _, hit in first] + hits[_FIRST:]

    def _grouped(self, hits: Sequence[Hit]) -> list[Hit]:
        """Put what is more than a few of one page after the rest."""
        shown, more, counts = list(hits[:_FREE]), list[Hit](), dict[int, int]()
        for hit in shown:
            page = bisect_right(self._files.pages, hit.number)
            counts[page] = counts.get(page, 0) + 1
        for hit in hits[_FREE:]:
            page = bisect_right(self._files.pages, hit.number)
            counts[page] = counts.get(page, 0) + 1
            (shown if counts[page] <= _PER_PAGE else more).append(hit)
        return shown + more


def _rounded(value: float) -> float:
    return math.floor(value * 1e6 + 0.5) / 1e6
