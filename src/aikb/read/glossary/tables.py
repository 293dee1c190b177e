"""Read tables of terms: which column has the label, which other names, and which the definition.

The column of the label is known by its head, wherever it stands: `Term`, `Sigle`, `Correct use of term`, a language. A head
that may be of any table, `Name`, counts beside one that defines, `Description`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from aikb.model.glossary import Alias
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.read.glossary.vocabulary import Vocabulary, vocabulary

_WORDS = 4
"""Words of a head that has the word for a term in it."""
_EMPTY = re.compile(r"[\W_]*|n\.?/?a\.?", re.IGNORECASE)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
Row = tuple[str, Span, Span, tuple[Node, ...], tuple[Alias, ...], str]
"""Title, span, place of the label, definition, other names, language of the label: an entry's values."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table of terms hold, by number."""

    label: int
    lang: str
    """The language that the column of the label is named by, if it is."""
    languages: dict[int, str]
    """Columns that have the name in a language."""
    names: frozenset[int]
    """Columns that have other names: the full form, an abbreviation, synonyms."""
    passed: frozenset[int]
    """Columns before the label, a number or a category, that are no part of the definition."""


def columns_of(table: Node) -> Columns | None:
    """Recognise a table of terms by the heads of its columns; None for any other table."""
    head = table.children[0] if table.children and table.children[0].kind == "head" else None
    cells = [cell.plain_text.strip(" :*") for cell in head.children] if head else []
    known = vocabulary()
    if len(cells) < 2:
        return None
    languages = {at: lang for at, cell in enumerate(cells) if (lang := _language(cell, known))}
    label = _label(cells, languages, known)
    if label is None:
        return None
    others = {at: lang for at, lang in languages.items() if at != label}
    names = frozenset(at for at, cell in enumerate(cells) if at != label and at not in others and _names(cell, known))
    return Columns(label, languages.get(label, ""), others, names, frozenset(range(label)) - others.keys() - names)


def _language(cell: str, known: Vocabulary) -> str:
    """Read the language that a head names: `Français`, `English term`, `Terme (EN)`, `En anglais`."""
    if lang := known.language(cell):
        return lang
    words = [
        word
        for word in re.findall(r"[^\W_]+", cell)
        if not known.column.fullmatch(word) and not known.equivalent.fullmatch(word)
    ]
    return known.language(" ".join(words)) if words and len(words) < _WORDS else ""


def _label(cells: Sequence[str], languages: dict[int, str], known: Vocabulary) -> int | None:
    """Find the column of the label: the first that is headed as one, else one in a language, else one beside a definition."""
    exact = [at for at, cell in enumerate(cells) if known.column.fullmatch(cell)]
    if exact and (exact[0] == 0 or not languages.keys() & {0}):
        return exact[0]
    if languages and (len(languages) > 1 or any(known.defining.fullmatch(cell) for cell in cells)):
        return min(languages)
    if exact:
        return exact[0]
    loose = [at for at, cell in enumerate(cells) if len(cell.split()) <= _WORDS and known.column.search(cell)]
    if loose:
        return loose[0]
    defines = any(known.defining.fullmatch(cell) for cell in cells)
    plain = [at for at, cell in enumerate(cells) if known.plain_column.fullmatch(cell)]
    if plain and defines:
        return plain[0]
    return 0 if not any(cells) else None


def _names(cell: str, known: Vocabulary) -> bool:
    return bool(known.full_form.fullmatch(cell) or known.column.fullmatch(cell))


def row_entries(table: Node) -> Iterator[Row]:
    """Read the rows of a table of terms; nothing of another table."""
    columns = columns_of(table)
    if columns is None:
        return
    for row in table.children[1:]:
        cells = [cell for cell in row.children if cell.kind == "cell"]
        written = {at: text for at, cell in enumerate(cells) if not _EMPTY.fullmatch(text := _first_line(cell))}
        at = columns.label if columns.label in written else min(columns.names & written.keys(), default=None)
        if at is None or not (title := written[at].strip(" :")):
            continue
        others = sorted(({*columns.languages} | columns.names) & written.keys() - {at})
        listed = tuple(
            Alias(name, columns.languages.get(number, ""), declared=number in columns.languages)
            for number in others
            for name in _names_in(written[number], table.children[0], number)
        )
        passed = columns.languages.keys() | columns.passed | {at}
        texts = [cell for number, cell in enumerate(cells) if number not in passed and cell.children]
        texts = texts or [cell for number, cell in enumerate(cells) if number != at and cell.children]
        blocks = tuple(Node("paragraph", cell.start, cell.end, cell.children) for cell in texts)
        span, lead = Span(row.start, row.end), Span(cells[at].start, cells[at].end)
        yield title, span, lead, blocks, listed, columns.lang if at == columns.label else ""


def _first_line(cell: Node) -> str:
    """Write what a cell says before its first break, as plain text."""
    first = takewhile(lambda node: not node.kind.endswith("-break") and not _BREAK.match(node.text), cell.children)
    return "".join(node.plain_text for node in first).strip()


def _names_in(written: str, head: Node, number: int) -> list[str]:
    """Split the names of a cell, where its column is headed in the plural: `Synonyms`."""
    title = head.children[number].plain_text.strip(" :*") if number < len(head.children) else ""
    names = re.split(r"[,;]", written) if vocabulary().several.fullmatch(title) else [written]
    return [name.strip() for name in names if name.strip()]
