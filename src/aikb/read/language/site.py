"""Decide the languages of a site that names none: the theme's, then those that the notes are written in, most used first.

Notes that know few words of the languages of our interface may be in any other; the whole model is asked about them, which
takes half a second, only where they are a real share of all.

A tree of its own costs a page for every note, so that a language needs a real share: a twentieth of what is written, or the
name of a file (`b.fr.md`, `fr/b.md`) that says so, as a translation does. Exports of highlights do not count, which are other
people's words. What decides is counted in the sources themselves, before any is parsed, as parsing asks for the languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from aikb.locales.words import known, words_of_its_own
from aikb.model.source import Source
from aikb.read.document import Place, locate
from aikb.read.exports.detect import holds_export
from aikb.read.exports.format import Text
from aikb.read.front_matter.parse import FrontMatter, read_front_matter
from aikb.read.language.evidence import common_words, detect, detect_any, in_other_script, small_words_elsewhere
from aikb.settings import Settings
from aikb.system.kept import Kept

_SHARE = 0.05
"""The least share of the words that are known to be of one language."""
_NOTES = 400
"""How many notes are asked; of more of them every second, third and so on."""
_LENGTH = 100_000
"""Characters that are read of each."""
_PIECES, _PIECE, _SHORT = 12, 300, 8
"""Paragraphs of a note that the model is asked about, the characters of each, and how many words it has at least."""
_TELLING = 4
"""Of how many words one is an article, a pronoun or the like."""
_FEW, _ENOUGH = 0.03, 30
"""The share of such words below which a note of so many words may be in any language."""
_NO_PROSE = re.compile(
    r"^(```|~~~).*?^\1[^\n]*$|`[^`\n]*`|\]\([^)\n]*\)|https?://\S+|<[^>\n]*>", re.MULTILINE | re.DOTALL
)
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff]{2}")
"""About a word, in scripts without blanks between words: of Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
_MIXED = 2
"""How many of our languages' small words, which others have too (`la`, `il`, `in`), weigh as much as one of theirs."""


def with_languages(settings: Settings, sources: Iterable[Source], last: KeptWords | None = None) -> Settings:
    """Fill in the languages of a site whose configuration names none; settings that have them stay as they are.

    `last` is what the last build counted.
    """
    if settings.languages:
        return settings
    last = last or KeptWords()
    last.notes.start()
    last.words.start()
    return replace(settings, languages=_languages(settings, list(sources), last))


def _languages(settings: Settings, sources: Sequence[Source], last: KeptWords) -> tuple[str, ...]:
    first = settings.theme_language
    candidates = tuple(dict.fromkeys([*([first] if first else []), *known()]))
    asked = replace(settings, languages=candidates)
    places = [locate(source, asked) for source in sources]
    named = {place.lang for place in places if place.lang}
    notes = [
        last.words.get((note.source, candidates), partial(_words_of, note.front)) for note in _chosen(sources, last)
    ]
    counts = _counted(notes, candidates)
    candidates = tuple(dict.fromkeys((*candidates, *sorted(counts))))
    used = {lang for lang in candidates if lang in named or counts[lang] >= max(_SHARE * counts.total(), 1)}
    if len(used) == 1 and not used.isdisjoint(_translated(places)):
        used.add(max((lang for lang in candidates if lang not in used), key=lambda lang: counts[lang]))
    if first:
        used.add(first)
    return tuple(sorted(used, key=lambda lang: (lang != first, -counts[lang], candidates.index(lang)))) or _unknown(
        notes
    )


def _unknown(notes: Sequence[_Words]) -> tuple[str, ...]:
    """Choose for notes that tell no language: all of ours where there are hardly words to tell it, else the first."""
    return known() if sum(each.total for each in notes) < _SHORT else known()[:1]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a note tell of its language."""

    counts: Counter[str]
    """Those that tell one of our languages."""
    total: int = 0
    foreign: str = ""
    """The note's prose, where it may be in none of them."""


@dataclass(frozen=True, slots=True)
class _Note:
    """A source, with what stands at its head."""

    source: Source
    front: FrontMatter
    is_export: bool


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What was counted in each source, for the next build of the same process."""

    notes: Kept[Source, _Note] = field(default_factory=Kept)
    words: Kept[tuple[Source, tuple[str, ...]], _Words] = field(default_factory=Kept)


def _counted(notes: Sequence[_Words], candidates: tuple[str, ...]) -> Counter[str]:
    """Count the telling words of all notes; those that may be in another language are asked about where they are many."""
    ask = sum(each.total for each in notes if each.foreign) >= max(_SHARE * sum(each.total for each in notes), 1)
    counts = Counter[str]()
    for each in notes:
        spoken = Counter[str]()
        for piece in _pieces(each.foreign) if ask else ():
            if lang := detect_any(piece, candidates):
                spoken[lang] += len(piece)
        lang = max(spoken, key=lambda lang: (spoken[lang], lang), default="")
        if lang and lang not in candidates:
            counts[lang] += each.total // _TELLING + 1
        else:
            counts.update(each.counts)
    return counts


def _pieces(body: str) -> list[str]:
    """Choose paragraphs that a model can be asked about."""
    blocks = re.split(r"\n[ \t]*\n", body)
    pieces = [piece for piece in blocks if len(_WORD.findall(piece)) >= _SHORT or in_other_script(piece)]
    return [piece[:_PIECE] for piece in pieces[:: max(1, -(-len(pieces) // _PIECES))]]


def _translated(places: Iterable[Place]) -> set[str]:
    """Collect the languages of notes beside others whose names say none: `b.fr.md` beside `b.md`, its original."""
    plain = {place.address for place in places if not place.lang}
    return {place.lang for place in places if place.lang and place.address in plain}


def _chosen(sources: Sequence[Source], last: KeptWords) -> Sequence[_Note]:
    """Choose the notes that are asked; exports of highlights only where there is nothing else."""
    written = [each for each in sources if each.path.lower().endswith((".md", ".markdown"))] or list(sources)
    some = [last.notes.get(each, _note) for each in written[:: max(1, -(-len(written) // _NOTES))]]
    return [each for each in some if not each.is_export] or some


def _note(source: Source) -> _Note:
    front = read_front_matter(source)
    text = Text(source, front.metadata, front.data, front.offset)
    return _Note(source, front, source.root == "notes" and holds_export(text))


def _words_of(front: FrontMatter, asked: tuple[Source, tuple[str, ...]]) -> _Words:
    """Count the words of a note that tell its language, of some; where it says it itself, a usual number of its words does."""
    source, candidates = asked
    body = source.text[front.offset : front.offset + _LENGTH]
    if front.metadata.lang in candidates:
        total = len(_WORD.findall(body))
        return _Words(Counter({front.metadata.lang: total // _TELLING + 1}), total)
    body = _NO_PROSE.sub(" ", body)
    if all(words_of_its_own(lang) for lang in candidates):
        common, words = common_words(candidates), _WORD.findall(body.lower())
        counts = Counter(common[word] for word in words if word in common)
        few = counts.total() < _FEW * len(words) and len(words) >= _ENOUGH
        small = len(words) >= _SHORT and _MIXED * small_words_elsewhere(words, common) > counts.total()
        foreign = few or small or in_other_script(body)
        return _Words(counts, len(words), body if foreign else "")
    counts = Counter[str]()
    for piece in _pieces(body):
        counts[detect(piece, candidates)[0]] += len(_WORD.findall(piece)) + len(_UNSPACED.findall(piece))
    return _Words(counts)
