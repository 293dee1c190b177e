"""Check the rules that need a whole document, or the whole knowledge base."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from aikb.check.secrets import secrets, secrets_beside
from aikb.findings.finding import called, finding
from aikb.model.document import Document, Kind
from aikb.model.finding import Diagnostic
from aikb.model.node import Node
from aikb.relate.evidence.repeated import repeated_passages
from aikb.relate.glossary.concepts import has_text
from aikb.relate.glossary.suggestions import candidates
from aikb.relate.links.embeds import embed_findings
from aikb.relate.relations import Relations
from aikb.render.attributes import attribute_lists
from aikb.render.attributes import handlers as handlers_in
from aikb.render.fence import unread_options
from aikb.text.formula import FormulaError, to_mathml
from aikb.text.sanitize import lint_html
from aikb.text.slug import plain_letters

Rule = Callable[[Document], Iterator[Diagnostic]]


def raw_html(document: Document) -> Iterator[Diagnostic]:
    """Find elements that are no HTML, could run something, or are left open."""
    if "<" not in document.source.text:
        return
    for code, start, end, values in lint_html(document.blocks):
        yield finding(code, document.source, start, end, **values)


_HANDLER = re.compile(r"\{[^{}\n]*\b(?:on[a-z]+|srcdoc|formaction)=", re.IGNORECASE)


def handlers(document: Document) -> Iterator[Diagnostic]:
    """Find handlers in attribute lists, `{: onclick=… }`, which are left out."""
    text = document.source.text
    if "{" not in text or not _HANDLER.search(text):
        return
    for node in _nodes(document):
        for written in dict.fromkeys(attribute_lists(node)) if node.children else ():
            if names := handlers_in(written):
                at = max(text.find(written, node.start, node.end), node.start)
                end = min(at + len(written), document.source.line_end(at))
                yield finding("html-unsafe", document.source, at, end, what=f"the attribute “{names[0]}”")


def formulas(document: Document) -> Iterator[Diagnostic]:
    """Find formulas that cannot be converted."""
    text = document.source.text
    if "$" not in text and "math" not in text:
        return
    for node in _nodes(document):
        if node.kind in ("math", "math-block"):
            try:
                to_mathml(node.latex, display=node.kind == "math-block")
            except FormulaError as error:
                yield finding("math-invalid", document.source, node.start, node.end, problem=error)


_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]+)\]:[ \t]*\S", re.MULTILINE)


def references(document: Document) -> Iterator[Diagnostic]:
    """Find reference definitions given twice; CommonMark takes the first."""
    text = document.source.text
    if "]:" not in text:
        return
    code = [(node.start, node.end) for node in _nodes(document) if node.kind in ("code", "html")]
    first: dict[str, int] = {}
    for match in _DEFINITION.finditer(text):
        if any(start <= match.start(1) < end for start, end in code):
            continue
        label = " ".join(match[1].casefold().split())
        line = document.source.position(match.start(1))[0]
        if label in first:
            values = {"label": match[1], "first": first[label]}
            yield finding("reference-duplicate", document.source, match.start(1), match.end(1), **values)
        first.setdefault(label, line)


_UNTERMINATED = re.compile(r"\[([^\[\]\n]+)\]\((?=\S)(?![^()\n]*(?:\([^()\n]*\)[^()\n]*)*\))")


def unterminated_links(document: Document) -> Iterator[Diagnostic]:
    """Find `[text](address` whose parenthesis never closes before the paragraph does."""
    text = document.source.text
    if not _UNTERMINATED.search(text):
        return
    for node in _nodes(document):
        if node.kind not in ("paragraph", "plain") or "](" not in text[node.start : node.end]:
            continue
        covered = [
            (child.start, child.end) for child in node.walk() if child.kind in ("link", "image", "code-span", "math")
        ]
        for match in _UNTERMINATED.finditer(text, node.start, node.end):
            if not any(start <= match.start() < end for start, end in covered):
                yield finding("link-unterminated", document.source, match.start(), match.end())


def headings(document: Document) -> Iterator[Diagnostic]:
    """Find levels that are skipped, and letters of another alphabet standing for plain ones."""
    level = 0
    for section in document.sections:
        start, end = section.span.start, section.span.end
        end = min(document.source.line_end(start), end)
        if level and section.level > level + 1:
            yield finding("heading-order", document.source, start, end, level=section.level, above=level)
        level = section.level
        if plain_letters(section.title) != section.title:
            plain = plain_letters(section.title)
            yield finding("text-styled-unicode", document.source, start, end, plain=plain)


_UNSEEN = "\u200b\u2060\ufeff"
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def invisible(document: Document) -> Iterator[Diagnostic]:
    """Find characters that turn the text round, and invisible ones in an address."""
    text = document.source.text
    if text.isascii():
        return
    for match in _BIDI.finditer(text):
        yield _invisible(document, match.start())
    if not any(char in text for char in _UNSEEN):
        return
    for link in document.links:
        for at in (at for at in range(link.span.start, link.span.end) if text[at] in _UNSEEN):
            if text[at] in link.target:
                yield _invisible(document, at)


def _invisible(document: Document, at: int) -> Diagnostic:
    return finding("text-invisible", document.source, at, at + 1, number=f"{ord(document.source.text[at]):04X}")


_EMPTY_ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]*$", re.MULTILINE)


def lists(document: Document) -> Iterator[Diagnostic]:
    """Find bullets without text."""
    if not _EMPTY_ITEM.search(document.source.text):
        return
    for node in _nodes(document):
        if node.kind == "item" and not node.children:
            end = min(document.source.line_end(node.start), node.end)
            yield finding("list-item-empty", document.source, node.start, end)


_ALTERNATIVES = frozenset({"alt text", "alt", "image", "img", "texte alternatif"})


def pictures(document: Document) -> Iterator[Diagnostic]:
    """Find alternative texts that an editor put there and nobody wrote."""
    for link in document.links:
        if link.image and link.text.strip().casefold() in _ALTERNATIVES:
            yield finding("image-alt", document.source, link.span.start, link.span.end, text=link.text.strip())


def includes(document: Document) -> Iterator[Diagnostic]:
    """Find directives of pymdownx.snippets, which could read any file of the machine."""
    text = document.source.text
    if "--8<--" not in text or document.source.exact:  # what is left of them was escaped
        return
    for node in _nodes(document):
        if node.kind == "text" and "--8<--" in node.text:
            at = max(text.find("--8<--", node.start, node.end), node.start)
            yield finding("include-ignored", document.source, at, at + 6)


def code_options(document: Document) -> Iterator[Diagnostic]:
    """Find options of code blocks that are left out."""
    if "=" not in document.source.text:
        return
    for node in _nodes(document):
        if node.kind == "code" and "=" in node.info:
            for option in unread_options(node.info):
                start = max(document.source.text.find(option, node.start, node.end), node.start)
                yield finding("fence-option", document.source, start, start + len(option), option=option)


def mixture(document: Document) -> Iterator[Diagnostic]:
    """Find notes in two languages."""
    if document.mixed:
        yield finding("language-mixed", document.path, lang=document.mixed, page=document.lang)


_QUERIES = frozenset({"dataview", "dataviewjs", "tasks", "query", "base", "datacore", "datacorejsx"})


def blocks_of_plugins(document: Document) -> Iterator[Diagnostic]:
    """Find code that Obsidian or a plugin of its runs, one finding a kind and note."""
    seen = set[str]()
    for node in _nodes(document):
        language = node.info.strip().split(" ", 1)[0].strip("{.}").lower() if node.kind == "code" and node.info else ""
        if language in seen or language not in (*_QUERIES, "mermaid"):
            continue
        seen.add(language)
        end = document.source.line_end(node.start)
        if language == "mermaid":
            yield finding("mermaid-undrawn", document.source, node.start, end)
        else:
            yield finding("query-unrun", document.source, node.start, end, language=language)


RULES: tuple[Rule, ...] = (
    raw_html,
    handlers,
    formulas,
    references,
    unterminated_links,
    headings,
    invisible,
    lists,
    pictures,
    blocks_of_plugins,
    includes,
    code_options,
    mixture,
    secrets,
)


def knowledge_base(relations: Relations) -> Iterator[Diagnostic]:
    """Find what no single document shows: orphans, files that nobody sees, names that are hard to link to."""
    index = relations.index
    for path, document in index.documents.items():
        own_page = document.kind is Kind.NOTE and posixpath.basename(document.address) != "index.md"
        if own_page and not index.settings.navigation and not _linked(document, relations):
            yield finding("orphan", path)
        if re.search(r"[#?%:*|<>\"\\]|\s{2}", path):
            yield finding("file-name", path)
    for path, ids in index.remembered.items():
        if path in index.documents:
            present = {section.id for section in index.documents[path].sections}
            for old, new in ids.items():
                if new not in present and old not in index.anchors(path).by_id:
                    yield finding("anchor-vanished", path, id=old)
    for tie in relations.evidence.near:
        document = index.documents[tie.note]
        section = next((each for each in document.sections if each.id == tie.section), None)
        start, end = (section.span.start, section.span.end) if section else (0, 0)
        yield finding(
            "evidence-near", document.source, start, end, words=tie.words, other=index.documents[tie.path].title
        )
    for each in repeated_passages(index.documents.values()):
        place = f"{called(each.other.path)}:{each.line}"
        yield finding("passage-repeated", each.document.source, each.start, each.end, other=place)
    yield from files(relations)
    yield from secrets_beside(relations)
    yield from embed_findings(index, relations.resolutions)
    yield from glossary(relations)


def files(relations: Relations) -> Iterator[Diagnostic]:
    """Find files that are not published: those that no note uses, and what only a plugin of Obsidian's can show."""
    index = relations.index
    read = {document.source.file for document in index.documents.values()}
    for asset in index.assets:
        hidden = "/." in f"/{asset}"  # it is known by its mention only
        if not hidden and asset not in relations.assets and index.settings.note_path(asset) not in read:
            yield finding("asset-unpublished", index.settings.note_path(asset))
    for path, plugin in index.boards.items():
        yield finding("board-unpublished", path, plugin=plugin)


def glossary(relations: Relations) -> Iterator[Diagnostic]:
    """Find terms that nobody mentions or one language lacks, and abbreviations that the glossary does not know."""
    if not relations.glossary.concepts:
        return
    index = relations.index
    used = {mention.concept for mentions in relations.mentions.values() for mention in mentions if not mention.inside}
    for concept in relations.glossary.concepts.values():
        if not any(map(has_text, concept.terms)):
            continue  # that it is empty has been said
        term = concept.terms[0]
        source = index.documents[term.path].source
        start, end = term.span.start, min(source.line_end(term.span.start), term.span.end)
        label = concept.labels[term.lang]
        if concept.id not in used:
            yield finding("term-unused", source, start, end, label=label)
        missing = [lang for lang in index.settings.languages if lang not in concept.labels]
        if missing:
            yield finding("term-untranslated", source, start, end, label=label, missing=", ".join(missing))
    for each in candidates(index.documents.values(), relations.glossary):
        source = index.documents[each.path].source
        end = each.start + len(each.text)
        yield finding("term-candidate", source, each.start, end, text=each.text, count=each.count)


def _linked(document: Document, relations: Relations) -> bool:
    """Tell whether a note leads to this one, or to a twin of it, which for readers is the same page."""
    return any(variant.path in relations.backlinks for variant in relations.index.variants[document.address].values())


def _nodes(document: Document) -> Iterator[Node]:
    for block in document.blocks:
        yield from block.walk()
