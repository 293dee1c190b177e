"""Turn what stands over a definition into the label of a term, and find the names that it says besides."""

from __future__ import annotations

import re

from aikb.read.glossary.aliases import long_form
from aikb.read.glossary.shapes import CLASS_OF_WORDS
from aikb.read.glossary.vocabulary import vocabulary
from aikb.text.folding import folded
from aikb.text.inflection import is_small
from aikb.text.slug import plain_letters

_LONGEST, _NAME_WORDS, _LETTERS = 12, 5, 160
"""Words of a label that is respelled, and of each of two names with a slash between; letters of one that is split."""
_MARKS = re.compile(r"^(?:\d+(?:\.\d+)+\.?\s+|\d+[.)]\s+|[^\w\s(\[«“\"'#.+&@$/\\-]+\s+|[\ufe0f\u200d]+)+")
"""Numbers, pictures and marks before a label."""
_BRACKETS = re.compile(r"(?P<before>[^()]+)\((?P<inside>[^()]+)\)")
_ABBREVIATION = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z][\w&-]{1,11}")
_VERSUS = re.compile(r"(?P<one>.{2,60}?)\s+(?:vs\.?|versus|contre)\s+(?P<other>.{2,60})", re.IGNORECASE)


_APART = re.compile(r"(?P<one>[^:–—]+?)\s*(?:\s[–—-]\s|:\s|[–—]|,\s)\s*(?P<other>[^:–—]+)")
"""A name and another with a dash or a colon between."""
_OR = re.compile(
    r"(?P<one>[^,()]+),\s+(?:or|ou|a\.?k\.?a\.?|also|aussi|alias|dit|dite|alternatively)\s+(?P<other>[^,()]+)",
    re.IGNORECASE,
)
_CLASS = re.compile(
    rf"\s*(?:[(\[]\s*{CLASS_OF_WORDS.pattern}\s*[)\]]|,\s+(?:n|v|adj|adv|nm|nf|noun|verb|nom|verbe)\.?)$", re.IGNORECASE
)
"""Which class of words a label is of, as dictionaries say it."""
_PLURAL = re.compile(r"\((?:e?s|x|es)\)$")
_QUOTED = re.compile(r"^[\"“«„]\s*(?P<name>[^\"“”«»„]+?)\s*[\"”»“]$")
"""The ending of a plural behind a label, and quotation marks around it."""
_SAME = 4
"""First letters that a label and its plural share."""
_SAID_BEFORE = re.compile(
    r"(?:or|ou|a\.?k\.?a\.?|also(?: called| known as)?|aussi(?: appelée?)?|alias|dite?|syn\.?|synonym|synonyme|i\.e\.|formerly"
    r"|abrégé|abbr\.?)\s*:?\s+",
    re.IGNORECASE,
)
"""What brackets may say before another name."""


def label(title: str, *, whole: bool = False, marked: bool = False) -> str:
    """Turn a heading into a label, as a reader names the term: `Glossaire_MMLU` is MMLU, `Neuro-symbolic-systems` three words.

    Numbers, pictures and marks before it go; `whole` keeps what else it begins with. Words that are `marked` in a text are
    written there as their author wants them, and keep their underscores.
    A compound with a small word in it, `chain-of-thought`, is a word already.
    """
    title = plain_letters(title)
    title = _MARKS.sub("", title).strip() or title
    title = title.rstrip(" :\u00a0\u202f") or title
    title = _QUOTED.sub(r"\g<name>", _PLURAL.sub("", title)) or title
    title = title.strip() if whole else vocabulary().prefix.sub("", title.strip()) or title.strip()
    if "_" in title and not marked:
        return title.replace("_", " ")
    if " " not in title and len(parts := title.split("-")) > 2 and not any(map(is_small, parts)):
        return f"{parts[0]}-{' '.join(parts[1:])}"
    return title


def respell(name: str, text: str) -> str:
    """Respell a label as the definition spells its words: `Fine Tuning` is Fine-tuning where that is what it speaks of.

    Only capitals at the start of words and blanks between them are doubted. Capitals go where the text has every one of the
    words in small letters; a name keeps them.
    """
    words = name.split(" ")
    if not 1 < len(words) <= _LONGEST:
        return name
    small = [word[:1].lower() + word[1:] for word in words]
    plain = all(
        is_small(word) or (word[1:].islower() and re.search(rf"\b{re.escape(word)}\b", text))
        for word in small
        if word.isalpha()
    )
    out = [words[0]]
    for at in range(1, len(words)):
        before, word = words[at - 1], words[at]
        pair = rf"\b{re.escape(before)}%s{re.escape(word)}\b"
        joined = False
        if word[:1].isalpha() and before[:1].isalpha() and len(before) > 1 < len(word):
            hyphened = re.search(pair % "-", text, re.IGNORECASE)
            joined = bool(hyphened and not re.search(pair % r"\s", text, re.IGNORECASE))
            if (plain and word[1:] == word[1:].lower()) or (joined and hyphened and small[at] in hyphened[0]):
                word = small[at]
        if joined:
            out[-1] += f"-{word}"
        else:
            out.append(word)
    return " ".join(out)


def names_in_label(name: str) -> tuple[str, tuple[str, ...]]:
    """Split a label that says several names: `SDU (Service Data Unit)`, `Modèle géant (Large Model, LM)`, `Bow / Prow`.

    Returns the label and the other names. Brackets that abbreviate and translate nothing stay: `Sheet (of a sail)`; what class
    of words the label is, `Sheet (n.)`, goes.
    """
    if len(name) > _LETTERS:
        return name, ()
    name = _CLASS.sub("", name) or name
    match = _BRACKETS.fullmatch(name)
    if match:
        before, inside = match["before"].strip(), match["inside"].strip()
        for short, long in ((inside, before), (before, inside)):
            if _ABBREVIATION.fullmatch(short) and abbreviates(short, long):
                return before, (inside,)
        return (before, others) if (others := _listed(before, inside)) else (name, ())
    if (apart := _APART.fullmatch(name)) and any(
        _ABBREVIATION.fullmatch(short) and abbreviates(short, long)
        for short, long in ((apart["one"], apart["other"]), (apart["other"], apart["one"]))
    ):
        return apart["one"], (apart["other"],)
    if (both := name.split(", ")) and len(both) == 2 and " " not in name.replace(", ", "") and _are_one(*both):
        return both[0], (both[1],)
    if said := _OR.fullmatch(name):
        return said["one"], (said["other"],)
    parts = [part.strip() for part in re.split(r"\s/\s", name)]
    if len(parts) == 2 and all(part[:1].isalpha() and len(part.split()) <= _NAME_WORDS for part in parts):
        return parts[0], (parts[1],)
    return name, ()


def _are_one(one: str, other: str) -> bool:
    """Tell whether two words are singular and plural: `Matrix, matrices`."""
    return one[:_SAME].lower() == other[:_SAME].lower() and len(one) >= _SAME


def _listed(before: str, inside: str) -> tuple[str, ...]:
    """Read the names in brackets after a name: a translation, or names of which one abbreviates another; else nothing."""
    if translation := vocabulary().translation.match(inside):
        return (translation["name"].strip(" \"'“”«»"),)
    if said := _SAID_BEFORE.match(inside):
        return tuple(each.strip() for each in re.split(r"[,;/]", inside[said.end() :]) if each.strip())
    parts = [part.strip() for part in re.split(r"[,;/]\s*|\s+(?:or|ou)\s+", inside)]
    if not 1 < len(parts) <= 3 or not all(part[:1].isalpha() and len(part.split()) <= _NAME_WORDS for part in parts):
        return ()
    known = any(
        _ABBREVIATION.fullmatch(short) and any(abbreviates(short, long) for long in (before, *parts) if long != short)
        for short in parts
    )
    return tuple(parts) if known else ()


def abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of an abbreviation are found in a name of several words, in order."""
    return bool(" " in long or "-" in long) and bool(long_form(short, long))


def versus(name: str) -> tuple[str, str] | None:
    """Split a label that sets two things against each other: `Fine-tuning vs Distillation`."""
    match = _VERSUS.fullmatch(name)
    return (match["one"].strip(), match["other"].strip()) if match else None


def operand_in(title: str, operands: tuple[str, str]) -> tuple[str, tuple[str, ...]] | None:
    """Read a sub-heading that names one of two operands: its label and other names; None where it names none.

    `Rope binding (Lashing)` under `Lashing vs Whipping` is Rope binding, called Lashing too.
    """
    name = label(title)
    match = _BRACKETS.fullmatch(name)
    outside, inside = (match["before"].strip(), match["inside"].strip()) if match else (name, "")
    for operand in operands:
        if folded(operand) in (folded(outside), folded(inside)):
            others = [each for each in (inside, operand) if each and folded(each) != folded(outside)]
            seen = {folded(each): each for each in reversed(others)}
            return outside, tuple(reversed(seen.values()))
    return None
