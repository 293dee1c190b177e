"""The page of a term: its definition, its other names, the other language's definition, and where it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from aikb.compose.definition import defined_in, definition
from aikb.compose.note import anchor
from aikb.compose.tree import Tree, page_address, relative, term_address
from aikb.compose.uses import Use, Uses
from aikb.locales.words import counted, language_name
from aikb.model.document import Kind
from aikb.model.glossary import Term
from aikb.relate.concepts import Concept, has_text
from aikb.relate.relations import Relations
from aikb.render.escape import lang_attribute, plain, raw, raw_block
from aikb.text.folding import collation_key


def term_body(concept: Concept, tree: Tree, relations: Relations, related: Iterable[str]) -> str:
    """Markdown of the page of a concept. `related` are the ids of concepts that its definitions name, or that name it."""
    address = term_address(concept.id)
    term = concept.term(tree.lang)
    label = escape(concept.label(tree.lang))
    if term.lang != tree.lang:
        label = f'<span lang="{term.lang}">{label}</span>'
    parts = [f'# {raw(label)} {{id="{concept.id}" .aikb-entry}}']
    if names := other_names(concept, tree):
        parts.append(raw_block(f'<p class="aikb-names">{names}</p>'))
    if term.lang != tree.lang and has_text(term):
        parts.append(raw_block(f'<p class="aikb-notice">{escape(_notice(term, tree))}</p>'))
    parts.append(definition(term, address, tree, relations, whole=True))
    if place := defined_in(term, address, tree):
        parts.append(raw_block('<div class="aikb-origin">') + f"\n\n{place}\n\n" + raw_block("</div>"))
    for other in concept.terms:
        if other is not term:
            title = escape(tree.words["definition_in"].format(language=language_name(other.lang, tree.lang)))
            parts += [
                raw_block(f'<details class="aikb-other"><summary>{title}</summary>'),
                definition(other, address, tree, relations, whole=True, named=False),
                raw_block("</details>"),
            ]
    if others := _see_also(related, tree, relations, address):
        parts.append(
            raw_block(f'<p class="aikb-see">{escape(tree.words["see_also"])}{tree.words["colon"]}{others}</p>')
        )
    parts.append(f'## {plain(tree.words["used"])} {{id="aikb-uses"}}')
    return "\n\n".join(parts) + "\n"


def _notice(term: Term, tree: Tree) -> str:
    """That a definition is in another language than its page."""
    return tree.words["notice"].format(language=language_name(term.lang, tree.lang))


def other_names(concept: Concept, tree: Tree) -> str:
    """The other names as markup, those of the tree's language first; empty where there are none."""
    names: dict[str, str] = {}
    for lang, label in concept.labels.items():
        names.setdefault(label, lang)
    for alias in concept.aliases:
        names.setdefault(alias.text, alias.lang)
    names.pop(concept.label(tree.lang), None)
    if not names:
        return ""
    ordered = sorted(names.items(), key=lambda each: (each[1] not in ("", tree.lang), collation_key(each[0])))
    shown = (
        f'<span lang="{lang}">{escape(name)}</span>' if lang not in ("", tree.lang) else f"<span>{escape(name)}</span>"
        for name, lang in ordered
    )
    return f"{escape(tree.words['also_called'])}{tree.words['colon']}{', '.join(shown)}"


def _see_also(related: Iterable[str], tree: Tree, relations: Relations, address: str) -> str:
    concepts = [relations.glossary.concepts[each] for each in related]
    links = [(concept.label(tree.lang), concept.id, concept.term(tree.lang).lang) for concept in concepts]
    links.sort(key=lambda each: collation_key(each[0]))
    return ", ".join(
        f'<a href="{escape(relative(term_address(each), address))}" data-term="{escape(each)}"'
        + lang_attribute(lang, tree.lang)
        + f">{escape(label)}</a>"
        for label, each, lang in links
    )


def visible(uses: Uses | None, tree: Tree) -> Mapping[str, int]:
    """How many mentions there are in the documents that a tree shows, by path."""
    counts = uses.counts if uses else {}
    documents = tree.index.documents
    return {
        path: count for path, count in counts.items() if tree.documents.get(documents[path].address) is documents[path]
    }


def term_uses(concept: Concept, tree: Tree, uses: Uses | None) -> str:
    """Where a concept is used, to stand below the rest: raw blocks only, which need no reading as Markdown."""
    counts, address = visible(uses, tree), term_address(concept.id)
    if uses is None or not counts:
        return raw_block(f'<p class="aikb-none">{escape(tree.words["unused"])}</p>')
    documents = tree.index.documents
    shown = [use for use in uses.shown if use.path in counts]
    notes = [use for use in shown if documents[use.path].kind is not Kind.SOURCE]
    highlights = [use for use in shown if documents[use.path].kind is Kind.SOURCE]
    parts = []
    for group, word in ((notes, "in_notes"), (highlights, "in_highlights")):
        if group:
            heading = f'<h3 class="aikb-heading">{escape(tree.words[word])}</h3>'
            parts.append(raw_block(f'<div class="aikb-uses">{heading}{_list(group, address, tree)}</div>'))
    rest = sum(uses.places[path] for path in counts) - len(shown)
    if rest > 0:
        parts.append(raw_block(f'<p class="aikb-none">{escape(counted(tree.words, "more_places", rest))}</p>'))
    return "\n\n".join(parts)


def _list(uses: Iterable[Use], address: str, tree: Tree) -> str:
    """The places by page, and under each the sentence."""
    lines = []
    for path, group in groupby(uses, key=lambda use: use.path):
        document = tree.index.documents[path]
        target = relative(page_address(document), address)
        titles = {section.id: section.title for section in document.sections}
        language = lang_attribute(document.lang, tree.lang)
        places = []
        for use in group:
            own = document.titled and document.sections and use.place == document.sections[0].id
            title = "" if own else titles.get(use.place, "")
            fragment = f"{target}#{use.place}" if use.place else target
            times = f'<small class="aikb-times">×{use.count}</small>' if use.count > 1 else ""
            head = " ".join((anchor(title, fragment, document.lang, tree), *[times] * bool(times), "")) if title else ""
            sentence = f"{escape(use.before)}<mark>{escape(use.words)}</mark>{escape(use.after)}"
            if not title:
                door = f'<a href="{escape(fragment)}" aria-label="{escape(document.title)}">→</a>'
                sentence = " ".join((sentence, *[times] * bool(times), door))
            places.append(f"<li>{head}<q{language}>{sentence}</q></li>")
        page = anchor(document.title, target, document.lang, tree)
        lines.append(f"<li>{page}<ul>{''.join(places)}</ul></li>")
    return f"<ul>{''.join(lines)}</ul>"
