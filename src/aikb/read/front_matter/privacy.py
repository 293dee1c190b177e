"""Detect that an author means a note to stay private, in front matter that can be read and in what only looks like it.

Keys are compared without case, accents, blanks and signs. What is clear is taken as it is said; what is not clear, or cannot
be read at all, hides the note: a page that is missing is seen and mended, one that should not be there is not.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

Verdict: TypeAlias = Literal["shown", "hidden", "unclear"]

HIDING = frozenset(
    "draft isdraft brouillon estbrouillon private isprivate prive privee unpublished nonpublie hidden unlisted secret "
    "confidential confidentiel confidentielle unpublish nopublish notpublished donotpublish".split()
)
"""Keys that hide a note where they are true."""
SHOWING = frozenset("publish published ispublished publie publier public ispublic dgpublish listed visible".split())
"""Keys that hide a note where they are false."""
STATES = frozenset(
    "status statut state etat visibility visibilite poststatus publishstatus publicationstatus publicationstate poststate "
    "access accesslevel classification confidentiality confidentialite privacy sharing workflow workflowstate workflowstatus "
    "stage".split()
)
"""Keys that hide a note by a word."""
_VISIBILITY = frozenset("visibility visibilite".split())

_YES = frozenset("true yes on y 1 oui o vrai".split())
_NO = frozenset("false no off n 0 non faux never jamais".split())
_HIDDEN = frozenset(
    "draft drafts brouillon private prive privee unpublished nonpublie hidden secret confidential confidentiel unlisted".split()
)
_VISIBLE = frozenset(
    "public publique visible shown everyone all world published publie publiee open anyone tous".split()
)
_DATE = re.compile(r"\d{4}")
_DATED = frozenset({"published", "publie"})
"""When a page appeared, to those who clip pages."""

_OPENER = re.compile(r"(?:[-—–]{1,10}|\+{3,9}|={3,9}|;{3,9})[ \t]*+\w*+[ \t]*+$|\{(?![:{%#.])|<!--", re.MULTILINE)
_KEY = r"""[^\S\n]*(?:[#>*+:{,-]+[^\S\n]*)?(?:["'`“«]\s*)?(?P<key>[^\W\d_][\w -]{0,30}?)\s*["'`”»]?\s*"""
_LINE = re.compile(_KEY + r"(?P<mark>::?=?|=|：)(?P<value>[^\n]{0,200})")
_PAIR = re.compile(r"""["'](?P<key>[^\W\d_][\w -]{0,30})["']\s*[:=](?P<value>[^\n,}]{0,200})""")
_CLOSER = re.compile(r"[-—–+=;]{3,}|\.\.\.|\}|-->")
_BLANKS = "\ufeff\u200b\u2060\u200e \t\r\n\v\f\u00a0\u0085\u2028\u2029"
_SIGNS = re.compile(r"[\W_]+")
_FIRST_WORD = re.compile(r"[^\W_]+")
_BEFORE = re.compile(r"%(?:[A-Z]+)? |<!--.*-->[ \t]*$|#")
"""A line that may stand above front matter: what it is written in, a remark of somebody's tools, a title, Pandoc's block."""
_LINE_LENGTH = 300
"""Characters of a line that are looked at for a key."""
_HEAD_LINES = 200
"""Lines at the top of a text that are looked at where nothing closes its front matter."""


def fold_key(key: object) -> str:
    """Fold a key or a word to its letters and digits, without case and accents."""
    decomposed = unicodedata.normalize("NFKD", str(key)[:80].casefold())
    return _SIGNS.sub("", "".join(char for char in decomposed if not unicodedata.combining(char)))


def judge(key: str, value: object) -> Verdict:
    """Judge what one key, folded, says of a note. Nothing, and any other key, hides nothing."""
    if value is None:
        return "shown"
    if key in HIDING:
        return ("hidden" if value else "shown") if isinstance(value, bool) else "unclear"
    word = fold_key(value)
    if key in SHOWING:
        if isinstance(value, bool):
            return "shown" if value else "hidden"
        if isinstance(value, (dt.date, dt.datetime)) or word in _YES:
            return "shown"
        if word in _NO or word in _HIDDEN:
            return "hidden"
        if key == "public" or (key in _DATED and (not word or _DATE.search(str(value)))):
            return "shown"  # « public : étudiants » says who a text is for
        return "unclear"
    if key in STATES:
        words = [fold_key(each) for each in value] if isinstance(value, list) else [word]
        if any(each in _HIDDEN for each in words):
            return "hidden"
        if (first := _FIRST_WORD.search(str(value)[:80])) and fold_key(first[0]) in _HIDDEN:
            return "unclear"  # « Draft (v2) »
        if key in _VISIBILITY and not (words and all(each in _VISIBLE for each in words)):
            return "unclear"
    return "shown"


def _renders_nothing(value: object) -> bool:
    """Tell whether Hugo's build options make no page, or one that no list names (https://gohugo.io/content-management/build-options/)."""
    return isinstance(value, Mapping) and any(value.get(key) in ("never", False) for key in ("render", "list"))


def says_published(data: Mapping[str, Any]) -> bool:
    """Tell whether front matter says in so many words that a note is to be published."""
    for key, value in data.items():
        if fold_key(key) in SHOWING and (value is True or (isinstance(value, str) and fold_key(value) in _YES)):
            return True
    return False


def judgements(data: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[str, Any, Verdict]]:
    """Judge every key of front matter that could hide a note, in maps inside it too: the key as written, its value."""
    for key, value in data.items():
        verdict = judge(fold_key(key), value)
        if (fold_key(key) == "permalink" and value is False) or (fold_key(key) == "build" and _renders_nothing(value)):
            verdict = "hidden"
        if verdict != "shown":
            yield str(key), value, verdict
        elif isinstance(value, Mapping) and depth < 3:
            yield from judgements(value, depth + 1)


def named_in(block: str) -> str:
    """Find a key in a block that cannot be read which could hide the note, as written; empty where there is none.

    Draft, publish and private hide it whatever their value seems to be. A state or a date that is one plain word does not.
    """
    for match in (*_lines(block), *_PAIR.finditer(block)):
        key = fold_key(match["key"])
        firm = key in HIDING or (key in SHOWING and key not in _DATED and key != "public")
        if firm or (key in SHOWING | STATES and judge(key, _plain(match["value"])) != "shown"):
            return match["key"].strip()
    return ""


def _lines(block: str) -> Iterator[re.Match[str]]:
    for line in block.splitlines():
        if match := _LINE.match(line[:_LINE_LENGTH]):
            yield match


def _plain(value: str) -> object:
    """Read what stands behind a key on its line; None where nothing does."""
    value = value.split(" #", maxsplit=1)[0].strip().strip("\"'`,;}>“”«»").strip()
    word = fold_key(value)
    if word in _YES | _NO:
        return word in _YES
    return value or None


def hidden_head(text: str) -> str:
    """Find what hides a note whose front matter is not recognised: blanks before it, other fences, no end, none at all.

    Returns the key as written, or nothing.
    """
    start = len(text) - len(text.lstrip(_BLANKS))
    lines = text[start : start + 64_000].splitlines()[:_HEAD_LINES]
    while lines and _BEFORE.match(lines[0]) and (below := _below(lines)):
        if hidden := named_in(lines[0]):
            return hidden
        lines = below
    if lines and _OPENER.match(lines[0]):
        return named_in(_fenced(lines))
    # no fence: MultiMarkdown's metadata, Logseq's properties. The words of a text are no settings: only a clear one counts
    for line in lines:
        match = _LINE.match(line[:_LINE_LENGTH])
        if match is None:
            break
        key, value = fold_key(match["key"]), _plain(match["value"])
        if (key in HIDING and value is True) or (key in SHOWING | STATES and judge(key, value) == "hidden"):
            return match["key"].strip()
    return ""


def _below(lines: list[str]) -> list[str]:
    """Take the lines from a whole block on that stands below a first line; none where there is none."""
    rest = lines[1:]
    while rest and not rest[0].strip():
        rest = rest[1:]
    return rest if rest and (_BEFORE.match(rest[0]) or (_OPENER.match(rest[0]) and _is_block(rest))) else []


def _is_block(lines: list[str]) -> bool:
    """Tell whether a fence is closed, and nothing but keys stands in it."""
    for line in lines[1:]:
        plain = line.strip()
        if _CLOSER.fullmatch(plain):
            return True
        if plain and not (_LINE.match(line[:_LINE_LENGTH]) or line[0] in " \t-"):
            return False
    return False


def _fenced(lines: list[str]) -> str:
    """Take the lines that could be front matter: to a mark that could be its end, else while paragraphs begin with a key."""
    kept, fresh = lines[:1], False
    for line in lines[1:]:
        plain = line.strip()
        if _CLOSER.fullmatch(plain):
            break
        if not plain:
            fresh = True
            continue
        if fresh and not (_LINE.match(line[:_LINE_LENGTH]) or line[0] in " \t"):
            break
        kept.append(line)
        fresh = False
    return "\n".join(kept)
