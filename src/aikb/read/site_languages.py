"""Decide the languages of a site that names none: the theme's, then those that the notes are written in, most used first.

A tree of its own costs a page for every note, so that a language needs a real share: a twentieth of what is written, or the
name of a file (`b.fr.md`, `fr/b.md`) that says so, as a translation does. Exports of highlights do not count, which are other
people's words. What decides is counted in the sources themselves, before any is parsed, as parsing asks for the languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from aikb.locales.words import known, words_of_its_own
from aikb.model.source import Source
from aikb.read.document import Place, locate
from aikb.read.exports.detect import detect_format, may_be_export
from aikb.read.exports.format import Text
from aikb.read.front_matter import FrontMatter, read_front_matter
from aikb.read.language_evidence import common_words, detect
from aikb.settings import Settings

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
_NO_PROSE = re.compile(
    r"^(```|~~~).*?^\1[^\n]*$|`[^`\n]*`|\]\([^)\n]*\)|https?://\S+|<[^>\n]*>", re.MULTILINE | re.DOTALL
)
_WORD = re.compile(r"[^\W\d_]+")
_DEFAULT = "en"
"""The language of notes that tell none."""


def with_languages(settings: Settings, sources: Iterable[Source]) -> Settings:
    """Fill in the languages of a site whose configuration names none; settings that have them stay as they are."""
    if settings.languages:
        return settings
    return replace(settings, languages=_languages(settings, list(sources)))


def _languages(settings: Settings, sources: Sequence[Source]) -> tuple[str, ...]:
    first = settings.theme_language
    candidates = tuple(dict.fromkeys([*([first] if first else []), *known()]))
    places = [locate(source, replace(settings, languages=candidates)) for source in sources]
    named = {place.lang for place in places if place.lang}
    counts = Counter[str]()
    for source, front in _chosen(sources):
        counts.update(_words_of(source, front, candidates))
    used = {lang for lang in candidates if lang in named or counts[lang] >= max(_SHARE * counts.total(), 1)}
    if len(used) == 1 and not used.isdisjoint(_translated(places)):
        used.add(max((lang for lang in candidates if lang not in used), key=lambda lang: counts[lang]))
    if first:
        used.add(first)
    return tuple(sorted(used, key=lambda lang: (lang != first, -counts[lang], candidates.index(lang)))) or (_DEFAULT,)


def _translated(places: Iterable[Place]) -> set[str]:
    """Collect the languages of notes beside others whose names say none: `b.fr.md` beside `b.md`, its original."""
    plain = {place.address for place in places if not place.lang}
    return {place.lang for place in places if place.lang and place.address in plain}


def _chosen(sources: Sequence[Source]) -> Sequence[tuple[Source, FrontMatter]]:
    """Choose the notes that are asked; exports of highlights only where there is nothing else."""
    written = [each for each in sources if each.path.lower().endswith((".md", ".markdown"))]
    some = [(each, read_front_matter(each)) for each in written[:: max(1, -(-len(written) // _NOTES))]]
    return [(source, front) for source, front in some if not _is_export(source, front)] or some


def _is_export(source: Source, front: FrontMatter) -> bool:
    text = Text(source, front.metadata, front.data, front.offset)
    return source.root == "notes" and may_be_export(text) and detect_format(text) is not None


def _words_of(source: Source, front: FrontMatter, candidates: tuple[str, ...]) -> Counter[str]:
    """Count the words of a note that tell its language; where it says it itself, a usual number of its words does."""
    body = source.text[front.offset : front.offset + _LENGTH]
    if front.metadata.lang in candidates:
        return Counter({front.metadata.lang: len(_WORD.findall(body)) // _TELLING + 1})
    body = _NO_PROSE.sub(" ", body)
    if all(words_of_its_own(lang) for lang in candidates):
        common = common_words(candidates)
        return Counter(common[word] for word in _WORD.findall(body.lower()) if word in common)
    pieces = [piece for piece in re.split(r"\n[ \t]*\n", body) if len(_WORD.findall(piece)) >= _SHORT]
    counts = Counter[str]()
    for piece in pieces[:: max(1, -(-len(pieces) // _PIECES))]:
        counts[detect(piece[:_PIECE], candidates)[0]] += len(_WORD.findall(piece))
    return counts
