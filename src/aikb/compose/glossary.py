"""The glossary's list: every term once, in the tree's language where it is defined in it, in dictionary order.

Each term has a page of its own (`term.py`) with all that is known of it: a thousand terms with their uses in ten thousand notes
would be one page of twenty megabytes. The list keeps every id that a link may name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from aikb.compose.definition import defined_in, definition, lead
from aikb.compose.lists import badge
from aikb.compose.term import other_names, visible
from aikb.compose.tree import Tree, relative, term_address
from aikb.compose.uses import Uses
from aikb.locales.words import counted
from aikb.model.glossary import Term
from aikb.relate.concepts import Concept, Glossary, has_text
from aikb.relate.index import GLOSSARY_ADDRESS
from aikb.relate.relations import Relations
from aikb.render.escape import raw, raw_block
from aikb.text.folding import collation_key, unaccented


def glossary_body(tree: Tree, relations: Relations, uses: Mapping[str, Uses]) -> str:
    """Markdown of the list, headings with the ids that notes link to."""
    concepts = sorted(relations.glossary.concepts.values(), key=lambda concept: _order(concept, tree))
    intro = f"{tree.words['glossary_intro']} {counted(tree.words, 'term_count', len(concepts))}."
    parts = [
        f'# {escape(tree.words["glossary"])} {{id="glossary"}}',
        raw_block(f'<p class="aikb-lead">{escape(intro)}</p>'),
    ]
    used: set[str] = {"glossary", *(concept.id for concept in concepts)}
    entries: list[str] = []
    letters: list[str] = []
    for letter, group in groupby(concepts, key=lambda concept: _letter(concept.label(tree.lang))):
        for position, concept in enumerate(group):
            if position == 0:
                letters.append(f'<a href="#{escape(concept.id)}">{escape(letter)}</a>')
            first = f' data-letter="{escape(letter)}"' if position == 0 else ""
            entries += _entry(concept, tree, relations, uses.get(concept.id), used, first)
    label, words = escape(tree.words["by_letter"]), tree.words
    asks = f'data-filter="{escape(words["filter_terms"])}" data-none="{escape(words["filter_terms_none"])}"'
    row = f'<nav class="aikb-letters" aria-label="{label}" {asks} data-search-exclude>{"".join(letters)}</nav>'
    parts.append(raw_block(row))
    return "\n\n".join(parts + entries) + "\n"


def _order(concept: Concept, tree: Tree) -> tuple[bool, tuple[str, str], str]:
    """What begins with no letter comes first, together."""
    label = concept.label(tree.lang)
    return _letter(label) != "#", collation_key(label), concept.id


def _letter(label: str) -> str:
    first = unaccented(unicodedata.normalize("NFKC", label))[:1].upper()
    return first if first.isalpha() else "#"


def _entry(
    concept: Concept, tree: Tree, relations: Relations, uses: Uses | None, used: set[str], first: str
) -> list[str]:
    """One term: a heading that leads to its page, the other ids it is known by, its definition, and what else there is."""
    term = concept.term(tree.lang)
    label = escape(concept.label(tree.lang))
    if term.lang != tree.lang:
        label = f'<span lang="{term.lang}">{label}</span>'
    address = relative(term_address(concept.id), GLOSSARY_ADDRESS)
    parts = [f'## [{raw(label)}](<{address}>) {{id="{concept.id}"{first}}}']
    for other in sorted(_anchors(concept.terms, tree, relations.glossary) - used):
        used.add(other)
        parts.append(raw_block(f'<a id="{escape(other)}"></a>'))
    if names := other_names(concept, tree):
        parts.append(raw_block(f'<p class="aikb-names">{names}</p>'))
    parts.append(definition(term, GLOSSARY_ADDRESS, tree, relations, whole=False))
    facts = []
    if has_text(term) and len(lead(term)) < len(term.blocks):
        facts.append(f"[{escape(tree.words['read_on'])}](<{address}>)")
    if place := defined_in(term, GLOSSARY_ADDRESS, tree):
        facts.append(place)
    if count := sum(visible(uses, tree).values()):
        facts.append(f"[{escape(counted(tree.words, 'use_count', count))}](<{address}#aikb-uses>)")
    facts.append(raw(_languages(concept, tree)))
    parts.append(raw_block('<div class="aikb-origin">') + "\n\n" + " · ".join(facts) + "\n\n" + raw_block("</div>"))
    return parts


def _languages(concept: Concept, tree: Tree) -> str:
    """The languages that the term is defined in."""
    return " ".join(badge(tree, lang) for lang in concept.labels)


def _anchors(terms: Iterable[Term], tree: Tree, glossary: Glossary) -> set[str]:
    """Other ids that lead to a term: its headings', those of places inside its definition, and older ones."""
    found: set[str] = set()
    for term in terms:
        inside = {anchor.id for anchor in glossary.anchors[term.path, term.span]}
        renamed = tree.index.anchors(term.path).renamed
        found |= {term.id} | inside | {old for old, anchor in renamed.items() if anchor.id in inside}
    return found
