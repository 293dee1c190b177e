"""Findings about files: how they are stored, their front matter, and what the author has accepted."""

from __future__ import annotations

from aikb.findings.codes.code import Code
from aikb.model.finding import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

TABLE = (
    Code(
        "asset-unpublished",
        _I,
        message="no note shows this file or links to it; it is not published",
        explanation="Only files that a note uses reach the site, so that nothing private does.",
        cure="Link to the file to publish it.",
        example="notes/index.md:\n    # Notes\nnotes/tax.pdf:\n",
    ),
    Code(
        "baseline-stale",
        _I,
        message="the baseline lists {count} findings that are gone, such as {example}",
        explanation="What the baseline accepts no longer occurs. If it came back, it would not fail.",
        cure="Write the baseline anew with --write-baseline.",
        example=(
            "notes/index.md:\n"
            "    # Notes\n"
            "baseline.json:\n"
            '    {"version": 1, "findings": [\n'
            '    {"path": "notes/index.md", "code": "link-missing", "message": "no such file: b.md"}\n'
            "    ]}\n"
        ),
    ),
    Code(
        "board-unpublished",
        _I,
        message="only Obsidian's plugin {plugin} can show this file; it is not published",
        explanation="A drawing or a board is kept as a note whose text means nothing without its plugin.",
        cure="Export it as a picture or a note to publish it.",
        example="notes/plan.md:\n    ---\n    kanban-plugin: board\n    ---\n    ## To do\n",
    ),
    Code(
        "encoding",
        _E,
        message="not UTF-8: byte {byte} at offset {offset}; {outcome}",
        explanation="Notes are read as UTF-8. A file in another encoding is shown as well as it can be read.",
        cure="Save the file as UTF-8; for UTF-16, `aikb check --fix` does so.",
        example="notes/index.md (saved as Windows-1252):\n    # Un été à Paris\n",
    ),
    Code(
        "file-name",
        _I,
        message="this name is hard to link to on some systems",
        explanation=(
            "Characters such as # ? % : * have a meaning in addresses or are not allowed on Windows. aikb publishes "
            "the file all the same."
        ),
        cure="Rename the file with letters, digits, dashes and dots.",
        example="notes/index.md:\n    See [why](why%3F.md).\nnotes/why?.md:\n    # Why\n",
    ),
    Code(
        "file-unreadable",
        _E,
        message="cannot be read: {reason}",
        explanation="A dangling link, a missing permission or a file that vanished. The rest of the site is built.",
        cure="Remove the link, or give the file back its place and permissions.",
        example="notes/index.md:\n    # Notes\nnotes/gone.md -> nowhere.md\n",
    ),
    Code(
        "frontmatter-duplicate-key",
        _W,
        message="“{key}” is given twice, here and in line {first}; the last one counts",
        explanation="Front matter names each key once. Other tools may take the first of the two.",
        cure="Remove one of them.",
        example="---\ntitle: One\ntitle: Two\n---\nText\n",
    ),
    Code(
        "frontmatter-limit",
        _E,
        message="front matter is too large or too deeply nested ({limit}); it is left out",
        explanation=(
            "Front matter is limited to 64 kB, 1,000 nodes and 100 aliases, so that no note can exhaust the build. The "
            "page is built from the text below it."
        ),
        cure="Move what is long into the text; write out what aliases repeat.",
        example=(
            "---\n"
            "a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n"
            "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
            "c: [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
            "---\n"
            "Text\n"
        ),
    ),
    Code(
        "frontmatter-type",
        _E,
        message="“{key}” should be {expected}, not {found}",
        explanation="The value is not of the kind this key takes. A draft that is unclear stays a draft.",
        cure="Write a text for title and description, a list for tags and authors, true or false for draft.",
        example="---\ntitle: [One, Two]\n---\nText\n",
    ),
    Code(
        "frontmatter-unclosed",
        _E,
        message="front matter opens with “---” here and never closes; first line: “{first}”",
        explanation="Without an end, the block is part of the text. The page shows it.",
        cure="Close the block with a line of three dashes.",
        example="---\ntitle: Notes\n\nText\n",
    ),
    Code(
        "frontmatter-yaml",
        _E,
        message="front matter is not YAML: {problem}; it is left out of the page",
        explanation=(
            "The block between the dashes cannot be read. The page is built from the text below it, and nothing of the "
            "block is shown."
        ),
        cure="Quote values that hold “: ”, “#”, “[” or “@”; close what is open.",
        example="---\ntags: [one, two\n---\nText\n",
    ),
    Code(
        "output-collision",
        _E,
        message="would be the same page as {other}; this file is left out",
        explanation="Two files would be published at one address. The first in the order of names is.",
        cure="Rename one of them.",
        example="notes/README.md:\n    # One\nnotes/index.md:\n    # Two\n",
    ),
    Code(
        "size-limit",
        _E,
        message="{size} MB is more than a note may have ({limit} MB); it is left out",
        explanation="A note of this size would take the build's time and the reader's.",
        cure="Split the note.",
        example="notes/index.md (9 MB):\n",
    ),
    Code(
        "suppression-invalid",
        _E,
        message="this comment suppresses nothing: {problem}",
        explanation="A comment to aikb that names no finding it knows.",
        cure="Write <!-- aikb: ignore CODE --> with the name of a finding; `aikb explain` lists them.",
        example="<!-- aikb: ignore everything -->\n\nText\n",
    ),
    Code(
        "suppression-unused",
        _I,
        message="“{ignored}” does not occur in the next block",
        explanation="The comment suppresses a finding that is not there.",
        cure="Remove the comment.",
        example="<!-- aikb: ignore link-missing -->\n\nText\n",
    ),
    Code(
        "symlink-loop",
        _W,
        message="this link leads back to a folder it stands in; it is not followed",
        explanation="A folder cannot stand in itself; each folder is read once.",
        cure="Remove the symbolic link.",
        example="notes/index.md:\n    # Notes\nnotes/loop -> .\n",
    ),
    Code(
        "template-unpublished",
        _I,
        message="this is a template for notes, and is not published",
        explanation="It stands in a folder of templates, and holds placeholders that Obsidian fills in when a note is made.",
        cure="Nothing; move it out of that folder to publish it.",
        example="notes/index.md:\n    # Home\nnotes/templates/day.md:\n    # {{title}}\n",
    ),
)
