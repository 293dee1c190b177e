"""Findings about files: how they are stored, their front matter, and what the author has accepted."""

from __future__ import annotations

from aikb.findings.codes.code import Code
from aikb.model.finding import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

TABLE = (
    Code(
        "asset-active",
        _E,
        message="this file could run a script in a reader's browser; it is not published",
        explanation=(
            "A page of HTML beside the notes would run under the name of the site, with all that its own pages may do. "
            "Links to it are shown as text."
        ),
        cure="Remove scripts, handlers, frames and forms from it; or publish it elsewhere and link to its address.",
        example=("notes/index.md:\n    See [this](page.html).\nnotes/page.html:\n    <script>alert(1)</script>\n"),
    ),
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
        "file-name-encoding",
        _E,
        message="the name of this file is not UTF-8; it is left out",
        explanation="Such a name, from an old archive or disk, has no address on the web. The rest of the site is built.",
        cure="Rename the file; convmv does so for many.",
        example="notes/index.md:\n    # Notes\nnotes/caf\\xe9.md:\n    # Coffee\n",
    ),
    Code(
        "file-special",
        _W,
        message="this is {kind} and no file; it is left out",
        explanation="What is no file cannot be published; reading it would keep the build waiting.",
        cure="Move it out of the notes.",
        example="notes/index.md:\n    # Notes\nnotes/pipe.md (a named pipe):\n",
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
        "folder-deep",
        _E,
        message="this folder lies in {limit} others; it is not read",
        explanation="A site has addresses of a length that browsers and disks can take.",
        cure="Move the folder up.",
        example=f"notes/index.md:\n    # Notes\nnotes/{'a/' * 101}b.md:\n    # B\n",
    ),
    Code(
        "folder-private",
        _I,
        message="by its name this folder is private; {count} files in it are not published",
        explanation="Folders such as private or _drafts are for their author alone.",
        cure="Rename the folder to publish it, or name other folders in private_folders.",
        example="notes/index.md:\n    # Notes\nnotes/private/a.md:\n    # A\n",
    ),
    Code(
        "frontmatter-date",
        _W,
        message="“{value}” is no date: {problem}; it is not shown",
        explanation="A date that cannot be. Nothing can be sorted by it.",
        cure="Write the year first: 2024-10-11.",
        example="---\ndate: 2024-13-45\n---\nText\n",
    ),
    Code(
        "frontmatter-date-order",
        _I,
        message="“{value}” may be two dates: {problem}; it is shown as written",
        explanation="Two readers may understand this date as two days.",
        cure="Write the year first: 2024-10-11.",
        example="---\ndate: 11/10/2024\n---\nText\n",
    ),
    Code(
        "frontmatter-duplicate-key",
        _W,
        message="“{key}” is given twice, here and in line {first}; the last one counts",
        explanation=(
            "Front matter names each key once. Other tools may take the first of the two. Where the first is empty or says the "
            "same, nothing is lost, and this is an info."
        ),
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
        "frontmatter-private",
        _W,
        message="“{key}” stands in what looks like front matter but cannot be read as such; the note is not published",
        explanation=(
            "A note whose author may have meant to hide it stays private. Front matter begins in the first line with "
            "three dashes, is YAML, and ends with three dashes."
        ),
        cure="Mend the block; or remove the line, if the note is to be published.",
        example=" ---\ndraft: true\n---\nText\n",
    ),
    Code(
        "frontmatter-type",
        _E,
        message="“{key}” should be {expected}, not {found}",
        explanation="The value is not of the kind this key takes. A draft that is unclear stays a draft.",
        cure="Write a text for title and description, a list for tags and authors, true or false for draft and publish.",
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
        "ledger-unreadable",
        _E,
        message="this file cannot be read ({problem}); the rest goes on without it",
        explanation=(
            "What aikb keeps beside mkdocs.yml, most often after a merge that left its marks. Until it is mended, ids "
            "that headings had before lead nowhere, and what was accepted is reported."
        ),
        cure="End the merge, or take the file from an earlier commit; remove it to begin anew.",
        example="notes/index.md:\n    # Notes\nanchors.json:\n    <<<<<<< HEAD\n",
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
        "page-failed",
        _E,
        message="this page cannot be {stage} ({problem}); its text is shown as it is written",
        explanation=(
            "A fault of aikb's own, or a text that takes more time than a page may, costs its own page and no other."
        ),
        cure="Report the text to the authors of aikb; until then, write differently what is unusual in it.",
        example="notes/index.md (which aikb cannot read):\n    # Notes\n",
    ),
    Code(
        "secret-published",
        _E,
        message="this looks like {what} (“{start}…”), and is published for everybody to read",
        explanation="Keys, tokens and private keys open what they belong to for whoever reads them.",
        cure="Revoke it where it was made, then take it out of the note and of its history.",
        example="My key is ghp_4fKq9ZtR7mXw2LbVn8Jd3HsYc6PgUe1TaBoQ.\n",
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
