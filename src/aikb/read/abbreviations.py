"""Find the abbreviations in a note's running text that a glossary may want to explain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aikb.model.document import Abbreviation
from aikb.read.prose import covered

_ABBREVIATION = re.compile(r"(?<![\w.@#$/&-])([A-Z][A-Z0-9]{1,6})s?(?![\w@&]|-\w|\.\w)")
_KNOWN = frozenset(
    "AI AM API BBC CEO CFO CIA COO CPU CTO CSS CSV DIY DM EN EU FAQ FBI FR GB GPU HR HTML HTTP HTTPS IA ID II III IP IT "
    "IV IX JS JSON KB LLC MB MIT NB NY OK ONU PC PDF PM PR PS QA RAM README SA SF SMS SQL TB TODO TV UE UI UK UN URL US "
    "USA USB USD UTC UX VI VII VIII VS XI XII XML YAML ZIP".split()
)
"""Those that need no glossary, Roman numbers among them."""


def find_abbreviations(text: str, prose: Sequence[int]) -> tuple[Abbreviation, ...]:
    """Find the abbreviations in a text where its `prose` stands, each once, in the order in which they first appear."""
    found: dict[str, Abbreviation] = {}
    for match in _ABBREVIATION.finditer(text):
        name = match[1]
        if name not in _KNOWN and covered(prose, match.start(1), match.end(1)):
            first = found.get(name)
            found[name] = Abbreviation(name, first.count + 1 if first else 1, first.start if first else match.start(1))
    return tuple(found.values())
