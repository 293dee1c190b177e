"""The glossary's page: every term once, in the tree's language where it is defined in it, in dictionary order."""

from __future__ import annotations

import unicodedata
from html import escape
from itertools import groupby

from aikb.compose.dialect import Writer
from aikb.compose.escape import raw, raw_block
from aikb.compose.note import link
from aikb.compose.tree import Tree, href, relative
from aikb.index import GLOSSARY_ADDRESS
from aikb.locales import counted
from aikb.model import Term
from aikb.relate import Relations
from aikb.slug import slug
from aikb.text import collation_key, unaccented


def glossary_body(tree: Tree, relations: Relations) -> str:
    """Markdown of the glossary, headings with the ids that notes link to."""
    chosen = sorted(
        ((_for_reader(terms, tree), terms) for terms in tree.index.terms.values()),
        key=lambda pair: collation_key(pair[0].label),
    )
    lead = f"{tree.words['glossary_intro']} {counted(tree.words, 'term_count', len(chosen))}."
    parts = [
        f'# {escape(tree.words["glossary"])} {{id="glossary"}}',
        raw_block(f'<p class="aikb-lead">{escape(lead)}</p>'),
    ]
    groups = [(letter, list(pairs)) for letter, pairs in groupby(chosen, key=lambda pair: _letter(pair[0].label))]
    used: set[str] = {"glossary"}
    entries: list[str] = []
    letters: list[str] = []
    for letter, pairs in groups:
        for position, (term, terms) in enumerate(pairs):
            identifier = _identifier(term, used)
            if position == 0:
                letters.append(f'<a href="#{identifier}">{escape(letter)}</a>')
            entries += _entry(term, terms, identifier, used, tree, relations, letter="" if position else letter)
    label = escape(tree.words["by_letter"])
    row = f'<nav class="aikb-letters" aria-label="{label}" data-search-exclude>{"".join(letters)}</nav>'
    parts.append(raw_block(row))
    return "\n\n".join(parts + entries) + "\n"


def _for_reader(terms: tuple[Term, ...], tree: Tree) -> Term:
    order = (tree.lang, *tree.index.settings.languages)
    return min(terms, key=lambda term: (order.index(term.lang), not term.blocks))


def _letter(label: str) -> str:
    first = unaccented(unicodedata.normalize("NFKC", label))[:1].upper()
    return first if first.isalpha() else "#"


def _identifier(term: Term, used: set[str]) -> str:
    base = term.id if term.id and term.id not in used else slug(term.label) or "term"
    identifier, number = base, 0
    while identifier in used:
        number += 1
        identifier = f"{base}-{number}"
    used.add(identifier)
    return identifier


def _entry(
    term: Term,
    terms: tuple[Term, ...],
    identifier: str,
    used: set[str],
    tree: Tree,
    relations: Relations,
    *,
    letter: str,
) -> list[str]:
    """One term: heading (the first of a letter says so), definition, and where it was defined if that is a note."""
    document = tree.index.documents[term.path]
    own = document.source.root == "glossary"
    label = escape(term.label)
    if term.lang != tree.lang:
        label = f'<span lang="{term.lang}">{label}</span>'
    first = f' data-letter="{escape(letter)}"' if letter else ""
    parts = [f'## {raw(label)} {{id="{identifier}"{first}}}']
    others = {each.id for each in terms}.union(*(_anchors(each, tree) for each in terms))
    for other in sorted(others - used):
        used.add(other)
        parts.append(raw_block(f'<a id="{escape(other)}"></a>'))
    writer = Writer(
        resolutions=dict(relations.resolutions[term.path]),
        href=lambda resolution: href(resolution, GLOSSARY_ADDRESS, tree.index),
    )
    blocks = term.blocks if own else term.blocks[:1]
    definition = writer.document([node for node in blocks if node.kind != "heading"]).strip()
    if not any(node.plain_text.strip() for node in term.blocks):
        definition = raw_block(f'<p class="aikb-none">{escape(tree.words["no_definition"])}</p>')
    if term.lang != tree.lang:
        definition = "\n\n".join((raw_block(f'<div lang="{term.lang}">'), definition, raw_block("</div>")))
    parts.append(definition)
    if not own:
        place = link(document.title, f"{relative(document.address, GLOSSARY_ADDRESS)}#{term.id}", document.lang, tree)
        before, _, rest = tree.words["defined_in"].partition("{place}")
        parts.append(raw_block('<div class="aikb-origin">') + f"\n\n{before}{place}{rest}\n\n" + raw_block("</div>"))
    return parts


def _anchors(term: Term, tree: Tree) -> set[str]:
    """Other ids that lead to a term: those its own file gives places inside its definition, and older ones."""
    document = tree.index.documents[term.path]
    if document.source.root != "glossary":
        return set()
    inside = {
        anchor.id
        for anchor in document.anchors
        if term.span.start <= anchor.span.start < term.span.end and anchor.kind != "footnote"
    }
    renamed = tree.index.anchors(term.path).renamed
    return inside | {old for old, anchor in renamed.items() if anchor.id in inside}
