"""Terms: the headings of the glossary folder, and those under a `# Glossary` or `# Glossaire` heading of any note."""

from __future__ import annotations

import re

from aikb.model import Kind, Node, Section, Source, Span, Term

_SECTION = re.compile(r"glossary|glossaire|lexique", re.IGNORECASE)
_PREFIX = re.compile(r"^(glossary|glossaire|lexique|term|terme)[\s_:-]+", re.IGNORECASE)


def find_terms(
    source: Source, kind: Kind, lang: str, tree: tuple[Node, ...], sections: list[Section]
) -> tuple[Term, ...]:
    """The terms a document defines, in order. A term's definition reaches to the next heading of its level or above."""
    span = _glossary_span(source, kind, sections)
    if span is None:
        return ()
    level, start, end = span
    inside = [section for section in sections if start <= section.span.start < end and section.level > level]
    if not inside:
        return ()
    top = min(section.level for section in inside)
    heads = [section for section in inside if section.level == top]
    terms = []
    for section, following in zip(heads, [*heads[1:], None], strict=True):
        stop = following.span.start if following else end
        blocks = tuple(node for node in tree if section.span.end <= node.start < stop)
        terms.append(Term(label(section.title), section.id, lang, source.path, Span(section.span.start, stop), blocks))
    return tuple(terms)


def label(title: str) -> str:
    """A heading as a reader names the term: `Glossaire_MMLU` is MMLU, `Neuro-symbolic-systems` reads as words."""
    title = _PREFIX.sub("", title.strip()) or title.strip()
    if "_" in title:
        return title.replace("_", " ")
    if " " not in title and len(parts := title.split("-")) > 2:
        return f"{parts[0]}-{' '.join(parts[1:])}"
    return title


def _glossary_span(source: Source, kind: Kind, sections: list[Section]) -> tuple[int, int, int] | None:
    """Level of the heading over the terms, and where they begin and end."""
    if kind is Kind.GLOSSARY:
        tops = [section for section in sections if section.level == 1]
        return (1 if len(tops) == 1 else 0), 0, len(source.text) + 1
    for index, section in enumerate(sections):
        if _SECTION.fullmatch(section.title.strip(" :")):
            after = (later.span.start for later in sections[index + 1 :] if later.level <= section.level)
            return section.level, section.span.end, next(after, len(source.text) + 1)
    return None
