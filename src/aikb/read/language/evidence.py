"""Weigh what a block says by itself about its language: its articles, its letters, its elisions, and py3langid's opinion.

Evidence is a natural logarithm for each language of the site, the likelier the higher. It is bounded by the number of words:
one word may be a name, and no model is to be believed more than a thousand to one.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aikb.locales.words import known, words_of_its_own
from aikb.model.node import Node
from aikb.read.language.model import identifier, load

LENGTH, _ASKED = 200, 120
"""Characters of a block that are looked at, and that the model is asked about; more only cost time."""
_ENOUGH, _OVER = 2, 4
"""Articles, pronouns and the like of one language that settle a block, and how many times as many where another has some."""
SETTLED = math.log(999)
"""What settles a block: 0.999 with two languages."""
_ARTICLE, _LETTER = math.log(20), math.log(500)
"""What an article says by itself; and a letter, or an elision, that only one of the languages has."""
_TEMPLATE = math.log(19)
"""What a heading says that templates write: much, but not that it is sure, for it tells nothing of other headings."""
_BOUNDS = tuple(math.log(odds) for odds in (1, 2.5, 4, 6, 20, 80, 150))
"""How far the model is believed, by the number of words; of a heading of several, which is rarely a name, twice."""
FEW = 3
"""Words of a block that says little by itself."""
_NAME = math.log(2)
"""How far, where every word begins with a capital and may be a name."""
_SMALL_WORDS = 4
"""Words in small letters that are enough to leave the others out, which may be names."""
_FOREIGN_WORDS, _UNSURE, _SURELY = 8, 0.9, 0.95
"""Words from which a block may be in a language that the site does not have; below which certainty in those that it has the
whole model is asked; and how sure that must be."""
_FEW_ELSEWHERE = 2
"""Small words of other languages in a text from which its blocks are looked at, where the site has one language."""
_ELSEWHERE = (
    "ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ko la lt lv nl no pl pt ro ru sk sl sr sv th tr "
    "uk vi zh"
)
"""The languages that the whole model is asked about."""
_NAMES = {"no": "nb", "la": ""}
"""Those that interfaces know by another name; nobody writes notes in Latin, which the model takes lists of names for."""
_FOREIGN = frozenset(
    "der das und ist nicht ein eine mit auf den dem von zu sich auch wir haben el los las y por para una con del como pero "
    "muy gli che di della per non sono anche nel o os as não uma dos em het een van niet zijn op ook och att det som är "
    "inte og ikke til jest nie się na ich für wird sind oder aber wenn nur noch nach bei wie daß dass kein bin hatte más "
    "este esta está porque cuando desde hasta sino è più questo questa perché nella alla degli ho é um são até também seu "
    "sua ele wij maar deze naar ya hay fue mucho muchos mucha quiero puede cuyo cuya donde quien quién nada siempre nunca "
    "aquí allí había era eran ser esto eso ella ellos nuestro nuestra después antes hacer tiempo ha hanno abbiamo sempre "
    "mai quando dove chi cosa molto tutto tutti fatto così già ancora suo loro questi dello delle sulla isso isto você nós "
    "eles onde quem tudo todos muito mesmo ainda já fazer pelo pela foi hebben heeft wordt worden voor hoe wat waar omdat "
    "dus dan veel geen zonder tussen ihr ihre sein seine werden wurde können zwischen ohne durch gegen unter diese dieser "
    "dieses einen einem eines zum zur vom beim hier dort immer schon mehr sehr alle alles".split()
)
"""Small words of languages that most sites do not have."""
_SHARED = frozenset("an as de die en il in is la le man me no on que se so te un une was we".split())
"""Small words of English and French that are words of those languages too."""

_WORD = re.compile(r"(?<![\\\w])[^\W\d_]+(?:['’\-‑][^\W\d_]+)*\.?")
_NO_PROSE = re.compile(r"\]\([^()]*\)?|`[^`]*`|\$[^$]*\$|\bet al\b")
_ADDRESS = re.compile(r"[\w-]+(?:://|\.[^\W\d_])\S*")
_MAY_BE_ADDRESS = re.compile(r"\.[^\W\d_]|://")
_MAY_BE_TITLE = re.compile(r"[*«“\"]|\b_")
_TITLE = re.compile(
    r"(?<![\w*])\*(?![\s*])[^*\n]+(?<!\s)\*(?![\w*])|\b_(?![\s_])[^_\n]+_\b|«[^«»]+»|“[^“”]+”|\"[^\"\n]+\""
)
"""Words in italics or quotation marks, which may be a title in another language."""
_AROUND = 2
"""Words around a title that tell more of a block than the title."""
_DIGIT = re.compile(r"\d")
_LATIN_WORDS = re.compile(r"\bet al\b")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufaff]")
_SILENT = frozenset({"code-span", "math", "math-block", "tag", "footnote-ref", "image"})


@dataclass(slots=True)
class Evidence:
    """What a block says by itself."""

    words: int
    weights: list[float]
    """A logarithm for each language."""
    reason: str = ""
    """`articles`, `letters` or `words`: what says most; empty where nothing does."""
    prose: tuple[str, ...] = ()
    """The words the model is yet to be asked about; none where that is done, or not needed."""
    bound: float = 0.0
    """How far the model can move it."""


def read_evidence(node: Node, text: str, languages: tuple[str, ...]) -> Evidence:
    """Read a block's articles, letters and elisions; `text` is the source's. `ask` asks the model, where that matters."""
    piece = text[node.start : min(node.end, node.start + LENGTH)]
    if "](" in piece or "`" in piece or "$" in piece or " et al" in piece:
        piece = _NO_PROSE.sub(" ", piece)
    if _MAY_BE_TITLE.search(piece):
        piece = _without_titles(piece)
    piece = piece.replace("’", "'")
    written = piece.lower().split()
    if not piece.isupper():  # `AT`, say, stands for a sign
        written = [
            small for small, word in zip(written, piece.split(), strict=True) if len(word) < 2 or not word.isupper()
        ]
    common = common_words(languages)
    hits = Counter(common[word] for word in common.keys() & written)
    most = max(hits.values(), default=0)
    weights = [0.0] * len(languages)
    clear = most >= _ENOUGH and (len(hits) == 1 or most >= _OVER * (hits.total() - most))
    if clear and (len(written) < _FOREIGN_WORDS or len(_elsewhere(languages).intersection(written)) <= most):
        weights[languages.index(max(hits, key=lambda lang: hits[lang]))] = SETTLED
        return Evidence(len(written), weights, "articles")
    prose = _words(node)
    letters = _letters(prose, languages)
    calendar, marks = _dated(piece, languages), _marks(languages)
    names = len(prose) > 1 and all(word[:1].isupper() for word in prose)
    bound = _BOUNDS[len(prose)] if len(prose) < len(_BOUNDS) else SETTLED
    if names:
        bound = _NAME
    elif node.kind == "heading" and len(prose) > FEW:
        bound *= 2
    for at, lang in enumerate(languages):
        weights[at] = min(_ARTICLE * hits[lang], bound) + _LETTER * (lang in letters)
        weights[at] += _ARTICLE * (lang == calendar) + _ARTICLE * any(
            marks[mark] == lang for mark in marks if mark in piece
        )
    reason = "letters" if letters else "articles" if hits or any(weights) else ""
    if node.kind == "heading" and (lang := _template_language(node, languages)):
        weights[languages.index(lang)] += _TEMPLATE
        return Evidence(len(prose), weights, reason)
    return Evidence(len(prose), weights, reason, tuple(prose), bound if prose else 0.0)


def ask(evidence: Evidence, languages: tuple[str, ...], belief: float = 1.0) -> None:
    """Add the model's opinion to what a block says; `belief` is how much of it, none of an unsure one if not all."""
    if not evidence.prose:
        return
    lang, certainty = detect(" ".join(evidence.prose)[:_ASKED].lower(), languages)
    evidence.prose = ()
    if belief < 1 and certainty < _UNSURE:
        return
    rest = (1 - certainty) / max(len(languages) - 1, 1)
    say = min(math.log(max(certainty, 1e-9) / max(rest, 1e-9)), evidence.bound) * belief if certainty else 0.0
    if say > max(evidence.weights, default=0.0):
        evidence.reason = "words"
    evidence.weights[languages.index(lang)] += say
    highest = max(evidence.weights)
    evidence.weights = [max(each - highest, -SETTLED) for each in evidence.weights]


def foreign_language(node: Node, text: str, languages: tuple[str, ...]) -> str:
    """Detect that a block is surely in a language that the site does not have: that language; empty where it is not.

    The whole model takes half a second to load, so that it is asked only where something speaks for it: few words that the
    site's languages know, letters of another script, or several small words of a language that is none of them.
    """
    piece = text[node.start : min(node.end, node.start + LENGTH)]
    other = len(_OTHER_SCRIPT.findall(piece)) if not piece.isascii() else 0
    if other > 5 and other > len(_LATIN.findall(piece)):
        return _by_whole_model(prose_of(node), languages)
    written = piece.lower().split()
    if len(written) < _FOREIGN_WORDS:
        return ""
    own = common_words(languages)
    foreign = len(_elsewhere(languages).intersection(written))
    if sum(word in own and word not in _SHARED for word in set(written)) > foreign + 1:
        return ""
    if foreign < _FEW_ELSEWHERE and (len(languages) == 1 or _is_sure(node, languages)):
        return ""
    prose = prose_of(node)
    return _by_whole_model(prose, languages) if len(_WORD.findall(prose)) >= _FOREIGN_WORDS else ""


def _is_sure(node: Node, languages: tuple[str, ...]) -> bool:
    """Whether a block is surely in one of several languages."""
    return detect(" ".join(_words(node))[:_ASKED], languages)[1] >= _UNSURE


def _without_titles(text: str) -> str:
    """Leave titles and quotations out of a text, where enough is left to tell its language."""
    rest = _TITLE.sub(" ", text)
    return rest if len(_WORD.findall(rest)) >= (1 if text.startswith("#") else _AROUND) else text


def _dated(text: str, languages: tuple[str, ...]) -> str:
    """Find the language of a date, `3 mars`, `March 3`: that of a month's or a day's name beside a number; else empty."""
    if not _DIGIT.search(text):
        return ""
    names = _own_calendar(languages)
    found = {names[word] for word in map(str.lower, _WORD.findall(text)) if word in names}
    return next(iter(found)) if len(found) == 1 else ""


def may_hold_others(text: str, languages: tuple[str, ...]) -> bool:
    """Tell whether a text has small words of a language that is none of these; it costs little."""
    return len(_elsewhere(languages).intersection(text.lower().split())) >= _FEW_ELSEWHERE


def in_other_script(text: str) -> bool:
    """Whether most letters of a text are in no script of our languages."""
    other = 0 if text.isascii() else len(_OTHER_SCRIPT.findall(text))
    return other > 0 and other > len(_LATIN.findall(text))


def small_words_elsewhere(words: Sequence[str], known: Mapping[str, str]) -> int:
    """Count the words that are articles and the like of languages that most sites do not have."""
    return sum(word in _FOREIGN and word not in known for word in words)


def detect_any(prose: str, languages: tuple[str, ...]) -> str:
    """Detect the language of a text among all there are; empty where that is unsure. It loads the whole model."""
    lang, certainty = detect(prose[:LENGTH].lower(), _every(languages))
    return _NAMES.get(lang, lang) if certainty >= _SURELY else ""


def load_models(languages: tuple[str, ...]) -> None:
    """Load the model of a site's languages, and of all others that a text is asked about, for processes forked after."""
    if len(languages) > 1:
        load(languages, _every(languages))


@lru_cache(maxsize=4)
def _every(languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*languages, *_ELSEWHERE.split())))


def _by_whole_model(prose: str, languages: tuple[str, ...]) -> str:
    lang, certainty = detect(prose[:LENGTH].lower(), _every(languages))
    return lang if certainty >= _SURELY and lang not in languages else ""


@lru_cache(maxsize=10_000)
def detect(text: str, languages: tuple[str, ...]) -> tuple[str, float]:
    """Detect the most likely of `languages`, with its certainty from 0 to 1; the first of them for a text without words.

    Notes repeat themselves: headings of a template, items of a list; what was asked is remembered.
    """
    if len(languages) == 1 or not any(char.isalpha() for char in text):
        return languages[0], 0.0
    written = {lang.partition("-")[0]: lang for lang in reversed(languages)}  # the model knows `pt`, and no `pt-BR`
    language, certainty = identifier(tuple(reversed(written))).classify(text)
    return (written[language], float(certainty)) if language in written else (languages[0], 0.0)


def prose_of(node: Node) -> str:
    """Read what a reader sees of a block, up to the length that is looked at, without code and addresses."""
    pieces: list[str] = []
    size = 0
    stack = [node]
    while stack:
        each = stack.pop()
        if each.kind == "text":
            piece = each.text[: 2 * LENGTH]
            pieces.append(_ADDRESS.sub(" ", piece) if _MAY_BE_ADDRESS.search(piece) else piece)
            size += len(pieces[-1])
            if size > LENGTH:
                break
        elif each.kind in _SILENT:
            pieces.append(" ")
        elif each.kind.endswith("-break") or each.kind in ("cell", "row"):
            pieces.append(" ")
            stack.extend(reversed(each.children))
        elif each.children and not (each.kind == "link" and each.info == "autolink"):
            stack.extend(reversed(each.children))
    text = _LATIN_WORDS.sub(" ", "".join(pieces))
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _prose_around_titles(node: Node) -> str:
    """Read what a reader sees of a block but for titles in italics or quotation marks, where enough is left."""
    text = prose_of(node)
    if any(child.kind == "emphasis" for child in node.children):
        around = prose_of(node.with_children(tuple(child for child in node.children if child.kind != "emphasis")))
        if len(_WORD.findall(around)) >= _AROUND:
            text = around
    return _without_titles(text) if _MAY_BE_TITLE.search(text) else text


def _words(node: Node) -> list[str]:
    """List a block's words: no numbers, abbreviations and, where enough words are left, no names.

    A text in capitals is read in small letters.
    """
    text = _prose_around_titles(node)
    if text.isupper() and (" " in text.strip() or len(text) > 5):
        text = text.lower()
    words: list[str] = []
    small: list[str] = []
    first = True
    for word in _WORD.findall(text):
        ends = word[-1] == "."
        if ends:
            word = word[:-1]
        if word.islower():
            words.append(word)
            small.append(word)
        elif word == "À" or (len(word) > 1 and (word[1:].islower() or word[1] in "'’")):
            words.append(word)
            if first:
                small.append(word)
        first = ends
    return small if len(small) >= _SMALL_WORDS else words


@lru_cache(maxsize=8)
def common_words(languages: tuple[str, ...]) -> Mapping[str, str]:
    """List the articles, pronouns and the like that one of these languages has and no other, each with its language."""
    return _own(languages, "common_words")


@lru_cache(maxsize=8)
def _elsewhere(languages: tuple[str, ...]) -> frozenset[str]:
    """List the small words of other languages that none of these has: of those that the interface speaks, and of others."""
    spoken = frozenset(word for lang in known() for word in words_of_its_own(lang).get("common_words", "").split())
    own = frozenset(word for lang in languages for word in words_of_its_own(lang).get("common_words", "").split())
    return (_FOREIGN | (spoken - _SHARED if own else frozenset())) - own


def _template_language(node: Node, languages: tuple[str, ...]) -> str:
    """Find the language whose templates write a heading; empty where none does."""
    return _template_headings(languages).get(node.plain_text.strip(" :*.0123456789").lower(), "")


@lru_cache(maxsize=8)
def _template_headings(languages: tuple[str, ...]) -> Mapping[str, str]:
    """List the headings that templates of one of these languages write and those of no other, each with its language."""
    listed = [
        (each, lang) for lang in languages for each in words_of_its_own(lang).get("template_headings", "").split(", ")
    ]
    several = Counter(each for each, _ in listed)
    return {each: lang for each, lang in listed if each and several[each] == 1}


@lru_cache(maxsize=8)
def _own_letters(languages: tuple[str, ...]) -> Mapping[str, str]:
    """List the letters that one of these languages has and no other."""
    return _own(languages, "alphabet_letters")


@lru_cache(maxsize=8)
def _own_calendar(languages: tuple[str, ...]) -> Mapping[str, str]:
    """List the names of months and days that one of these languages has and no other."""
    return _own(languages, "calendar_words")


@lru_cache(maxsize=8)
def _marks(languages: tuple[str, ...]) -> Mapping[str, str]:
    """List the quotation marks that one of these languages has and no other."""
    return _own(languages, "quotation_marks")


@lru_cache(maxsize=8)
def _elisions(languages: tuple[str, ...]) -> Mapping[str, str]:
    """List the words that one of these languages cuts before an apostrophe, and no other."""
    return _own(languages, "elided_words")


@lru_cache(maxsize=8)
def _borrowed(languages: tuple[str, ...]) -> frozenset[str]:
    """List the words with letters of another language that each of these has made its own."""
    return frozenset(word for lang in languages for word in words_of_its_own(lang).get("borrowed_words", "").split())


def _own(languages: tuple[str, ...], key: str) -> dict[str, str]:
    lists = {lang: frozenset(words_of_its_own(lang).get(key, "").split()) for lang in languages}
    shared = Counter(word for own in lists.values() for word in own)
    return {word: lang for lang, own in lists.items() for word in sorted(own) if shared[word] == 1}


def _letters(words: Sequence[str], languages: tuple[str, ...]) -> frozenset[str]:
    """Find the languages whose own letters or elisions some words have: `marée`, `l’usage`. A name may have any."""
    letters, elisions, borrowed = _own_letters(languages), _elisions(languages), _borrowed(languages)
    found: set[str] = set()
    for at, word in enumerate(words):
        if not word.isascii() and (word.islower() or at == 0) and word.lower().rstrip("s") not in borrowed:
            kept = word if word.islower() else word.lower()
            found.update(letters[char] for char in kept if char in letters)
        before, apostrophe, after = word.replace("’", "'").partition("'")
        if apostrophe and after[:1].islower() and before.lower() in elisions:
            found.add(elisions[before.lower()])
    return frozenset(found)
