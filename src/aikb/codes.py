"""The table of findings: the one place that names, ranks, words and explains them.

`aikb explain CODE` prints a row of it, `report/sarif.py` hands the rows to code scanning, and the README lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters to a reader of the site."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return ("error", "warning", "info").index(self.value)


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding."""

    name: str
    severity: Severity
    message: str
    """A format string for what was found; its fields are the `values` given to `finding`."""
    explanation: str
    """What it means for a reader, the first sentence by itself."""
    cure: str
    """What to do about it."""
    example: str
    """What triggers it, and nothing else: the text of `notes/index.md`; or files, each a line with its path and a colon,
    then its text indented by four spaces; a symbolic link is `path -> target`."""


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

_TABLE = (
    Code(
        "alias-conflict",
        _E,
        message="“{alias}” is listed as another name of “{label}”, and already means “{other}” ({first})",
        explanation="A name leads to one term. Here it stays with the other term, and is no name of this one.",
        cure="Take it off one of the lists, or make one entry of the two terms.",
        example=(
            "glossary/terms.en.md:\n"
            "    # Glossary\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    A piece of text.\n"
            "\n"
            "    ## Subword\n"
            "\n"
            "    A part of a word.\n"
            "\n"
            "    Aliases: token\n"
            "glossary/terms.fr.md:\n"
            "    # Glossaire\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    Un morceau de texte.\n"
            "\n"
            "    ## Subword\n"
            "\n"
            "    Une partie d'un mot.\n"
            "notes/index.md:\n"
            "    # Notes\n"
            "\n"
            "    A subword is a token.\n"
        ),
    ),
    Code(
        "anchor-case",
        _W,
        message="no anchor “{fragment}” {where} (did you mean {candidates}?)",
        explanation=(
            "The fragment differs from an anchor only in letter case, accents, dashes or underscores. Browsers compare "
            "fragments exactly, so on GitHub the link does not move. aikb links to the anchor it means."
        ),
        cure="Write the fragment as suggested; `aikb check --fix` does so where one anchor is meant.",
        example="# Fine_tuning\n\nSee [above](#FineTuning).\n",
    ),
    Code(
        "anchor-dialect",
        _I,
        message="“{fragment}” is another tool's id for “{id}” {where}",
        explanation=(
            "Python-Markdown, and so plain MkDocs, writes ids by other rules than GitHub. aikb leads to the heading; "
            "on GitHub the link does not move."
        ),
        cure="Write the id that GitHub gives the heading; `aikb check --fix` does so.",
        example="# Pros & cons\n\nSee [above](#pros-cons).\n",
    ),
    Code(
        "anchor-missing",
        _E,
        message="no anchor “{fragment}” {where}{hint}",
        explanation="The page exists, but nothing on it has this id. The link leads to the top of the page.",
        cure=(
            "Write the id of a heading by GitHub's rule: lower case, punctuation dropped, spaces to dashes, repeats "
            'numbered -1, -2. Or give the place an id of its own: <a id="name"></a>.'
        ),
        example="# Notes\n\nSee [below](#nowhere).\n",
    ),
    Code(
        "anchor-renamed",
        _I,
        message="“{fragment}” is an older id of “{id}” {where}",
        explanation=(
            "The heading was renamed after this id was published. The old id stays on the page as an alias, so the "
            "link works."
        ),
        cure="Write the new id; `aikb check --fix` does so.",
        example=(
            "notes/index.md:\n"
            "    # New title\n"
            "\n"
            "    See [above](#old-title).\n"
            "anchors.json:\n"
            '    {"version": 1, "pages": {"notes/index.md": {"old-title": "new-title"}}}\n'
        ),
    ),
    Code(
        "anchor-vanished",
        _W,
        message="heading “{id}” was published and is gone",
        explanation=(
            "`anchors.json` remembers this id, and no heading of the note has it any more. Links to it from elsewhere "
            "lead to the top of the page."
        ),
        cure=(
            "Run `aikb check --update-anchors`: a renamed heading keeps its old id as an alias. If the text is gone "
            "for good, take the id's line out of anchors.json."
        ),
        example=(
            "notes/index.md:\n"
            "    # Notes\n"
            "anchors.json:\n"
            '    {"version": 1, "pages": {"notes/index.md": {"notes": "notes", "method": "method"}}}\n'
        ),
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
        "encoding",
        _E,
        message="not UTF-8: byte {byte} at offset {offset}; {outcome}",
        explanation="Notes are read as UTF-8. A file in another encoding is shown as well as it can be read.",
        cure="Save the file as UTF-8; for UTF-16, `aikb check --fix` does so.",
        example="notes/index.md (saved as Windows-1252):\n    # Un été à Paris\n",
    ),
    Code(
        "evidence-near",
        _I,
        message="“{words}” is also in {other}, which is too little to be evidence",
        explanation=(
            "A section and a highlight share a few words, or a title of one word. The page ties nothing to it: a wrong "
            "tie is worse than none. `aikb evidence` lists all ties."
        ),
        cure="Nothing; or quote a few words more, or set `evidence` to fewer words.",
        example=(
            "notes/index.md:\n    # Reading well\n\n    A book says that first things come first of all, they tell us.\n"
            "notes/book.md:\n    # A book\n\n    ## Metadata\n    - Author: [[A. Author]]\n\n    ## Highlights\n"
            "    - Mind that first things come first of necessity.\n"
        ),
    ),
    Code(
        "external-dead",
        _W,
        message="{url} is dead: {reason}; it keeps failing since {first} (an archive to look in: {suggestion})",
        explanation=(
            "The page is gone: on three different days or more its host said so, did not exist, refused to talk or "
            "could not prove who it is. A dead link changes the exit code with --external-fail only."
        ),
        cure="Link to where the page went, or to a copy; aikb does not look whether the archive has one.",
        example="See [the paper](https://example.org/gone).\n",
    ),
    Code(
        "external-private-address",
        _W,
        message="{url} leads to {detail}, which is no public address; it is not fetched",
        explanation=(
            "A reader elsewhere cannot open an address of your own machine or network, and a check that fetched it "
            "would reach what is meant to be closed. This holds after a redirect and for names that lead there, too."
        ),
        cure="Link to a public address, or write the address in code.",
        example="See [the dashboard](http://192.168.0.10/status).\n",
    ),
    Code(
        "external-suspect",
        _I,
        message="{url} failed: {reason}; first on {first}, and three different days make it dead",
        explanation="The link failed, but not yet on three different days. Hosts have bad days.",
        cure="Wait for the next checks, or look at the link in a browser.",
        example="See [the paper](https://example.org/gone).\n",
    ),
    Code(
        "external-unknown",
        _I,
        message="nothing can be said of {url}: {reason}",
        explanation=(
            "Its host turns programs away, asks to be left alone for a while or did not answer. The link may well be "
            "fine in a browser; it is asked again an hour later at the earliest."
        ),
        cure="Open the link in a browser if you doubt it.",
        example="See [the post](https://www.linkedin.com/posts/someone).\n",
    ),
    Code(
        "fence-unclosed",
        _W,
        message="this code fence is never closed; the rest of the block is shown as code, as GitHub does",
        explanation="Everything after the fence is code, headings and links too.",
        cure="Close the block with a line of the same fence characters.",
        example="```python\nprint(1)\n\n## A heading that is lost\n",
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
        "heading-order",
        _I,
        message="heading of level {level} under one of level {above}",
        explanation=(
            "A level is skipped; readers who navigate by headings look for what is missing. The table of contents is "
            "whole."
        ),
        cure="Use the next level.",
        example="# One\n\n### Three\n",
    ),
    Code(
        "highlight-duplicate",
        _I,
        message="the highlight of line {first} again; it is shown once, with the newest text",
        explanation=(
            "The same passage stands twice, by its Readwise id or word for word: exports that are made again repeat it. "
            "Notes and tags of both are kept."
        ),
        cure="Remove one of them, or leave it.",
        example=(
            "# A book\n\n## Metadata\n- Author: [[A. Author]]\n\n## Highlights\n"
            "- First things come first.\n- First things come first.\n"
        ),
    ),
    Code(
        "highlight-empty",
        _I,
        message="a highlight without text is left out",
        explanation="An item of an export with a label and nothing else; a picture that was not exported leaves one behind.",
        cure="Nothing, or remove the item.",
        example=(
            "# A book\n\n## Metadata\n- Author: [[A. Author]]\n\n## Highlights\n"
            "- First things come first.\n- ([Page 12](https://example.org/12))\n"
        ),
    ),
    Code(
        "highlight-long",
        _W,
        message="a highlight of {size} characters is shown folded",
        explanation=(
            "More than anyone marks by hand; Readwise itself cuts at 8,191 characters. The page shows it when it is asked to."
        ),
        cure="Cut the highlight, or leave it.",
        example=(
            "notes/index.md (1 MB):\n    # A book\n\n    ## Metadata\n    - Author: [[A. Author]]\n\n    ## Highlights\n"
            "    - First things come first\n"
        ),
    ),
    Code(
        "highlight-truncated",
        _I,
        message="the highlight seems cut at its {reason}",
        explanation=(
            "It begins with a small letter, or ends without a stop. It is shown as it is: what is missing is not guessed."
        ),
        cure="Complete it in Readwise, or leave it.",
        example=("# A book\n\n## Metadata\n- Author: [[A. Author]]\n\n## Highlights\n- irst things come first.\n"),
    ),
    Code(
        "html-malformed",
        _W,
        message="“{text}” opens no HTML element; it is shown as text",
        explanation=(
            "A “<” that starts nothing a browser knows, such as a comment that never ends. aikb shows it and the text "
            "after it."
        ),
        cure="Close the comment, write &lt; or put it in code.",
        example="Before\n\n<!-- never closed\n\nAfter\n",
    ),
    Code(
        "html-unclosed",
        _W,
        message="<{tag}> is never closed; aikb closes it here",
        explanation="An element left open swallows the text after it in a browser.",
        cure="Close the element.",
        example="<details>\n\nText\n",
    ),
    Code(
        "html-unknown",
        _I,
        message="<{tag}> is no HTML element; it is shown as text",
        explanation="GitHub hides an unknown element; aikb shows it.",
        cure="Put it in code to say that it is meant as text.",
        example="The dialogue ends with <eot> and nothing else.\n",
    ),
    Code(
        "html-unsafe",
        _W,
        message="{what} is left out: it could run or load something",
        explanation="Scripts, styles, frames and event handlers do not reach the site, as on GitHub.",
        cure="Remove it, or show it in code.",
        example="<script>alert(1)</script>\n",
    ),
    Code(
        "id-duplicate",
        _E,
        message="id “{id}” is already used in line {first}",
        explanation="An id is unique on a page; the first place keeps it. Links cannot lead to the second.",
        cure="Give one of the two another id.",
        example="# One {#k}\n\n# Two {#k}\n",
    ),
    Code(
        "image-alt",
        _I,
        message="alternative text “{text}” says nothing of the image",
        explanation="An editor put this text there. Readers who do not see the image learn nothing from it.",
        cure="Say what the image shows.",
        example="notes/index.md:\n    ![alt text](image.png)\nnotes/image.png:\n",
    ),
    Code(
        "image-empty",
        _E,
        message="image without an address",
        explanation="Nothing can be shown but its alternative text.",
        cure="Write the image's address between the parentheses, or remove it.",
        example="![A cat]()\n",
    ),
    Code(
        "image-missing",
        _E,
        message="no such image: {target}{hint}",
        explanation="The file is not in the notes folder. A placeholder with the alternative text is shown.",
        cure="Put the file beside the note, or correct the path.",
        example="![A cat](img/cat.png)\n",
    ),
    Code(
        "image-remote",
        _I,
        message="image of another host is not loaded: {target}",
        explanation=(
            "The site asks nothing of other hosts, so that its readers stay private. A link to the image is shown."
        ),
        cure="Put the file beside the note to show the image itself.",
        example="![A cat](https://example.org/cat.png)\n",
    ),
    Code(
        "include-ignored",
        _W,
        message="“--8<--” is not run; the line is shown as text",
        explanation="Includes could read any file of the machine, so aikb does not run pymdownx.snippets.",
        cure="Link to the text, or paste it.",
        example='--8<-- "other.md"\n',
    ),
    Code(
        "language-mixed",
        _I,
        message="much of this note is in “{lang}”, the rest in “{page}”",
        explanation=(
            "Two languages share the note. Each passage is marked with its own, and a line over the text says so; "
            "`aikb language FILE` shows what each block was taken for."
        ),
        cure="Nothing, if that is meant; else move one language into a file of its own, as the note's translation.",
        example=(
            "# Tides\n"
            "\n"
            "The sea rises and falls twice a day, and the shore with all that lives there follows it.\n"
            "\n"
            "La lune attire l’eau de la mer, qui monte et descend deux fois par jour sur nos plages.\n"
        ),
    ),
    Code(
        "link-ambiguous",
        _W,
        message="“{target}” could be {candidates}; the first is taken",
        explanation=(
            "Several notes answer to this name. aikb takes the one in the note's language, then the one with the "
            "shortest path."
        ),
        cure="Write the path.",
        example=(
            "notes/index.md:\n"
            "    [[dup]] is [this](one/dup.md) or [that](two/dup.md).\n"
            "notes/one/dup.md:\n"
            "    # Dup\n"
            "notes/two/dup.md:\n"
            "    # Dup\n"
        ),
    ),
    Code(
        "link-case",
        _W,
        message="“{target}” is “{actual}” on disk",
        explanation="Names differ in letter case, which matters on GitHub and on the web. aikb links to the file.",
        cure="Write the name as it is on disk; `aikb check --fix` does so.",
        example="notes/index.md:\n    See [the other](Other.md).\nnotes/other.md:\n    # Other\n",
    ),
    Code(
        "link-empty",
        _W,
        message="link without an address",
        explanation="A link that leads nowhere is shown as plain text.",
        cure="Write an address between the parentheses, or remove the brackets.",
        example="See [the paper]().\n",
    ),
    Code(
        "link-missing",
        _E,
        message="no such file: {target}{hint}",
        explanation="The link's target is not in the knowledge base. The text is shown without a link.",
        cure="Correct the path, or write the note.",
        example="See [the other](gone.md).\n",
    ),
    Code(
        "link-moved",
        _W,
        message="no such file: {target}; “{actual}” has its name, and is linked to",
        explanation=(
            "The file is somewhere else in the notes. Its name is unique, so aikb links to it; GitHub does not."
        ),
        cure="Write the path; `aikb check --fix` does so.",
        example="notes/index.md:\n    See [the other](other.md).\nnotes/sub/other.md:\n    # Other\n",
    ),
    Code(
        "link-root-absolute",
        _E,
        message="“{target}” starts at the root of a server, and no such file is in the notes",
        explanation="An address with a leading slash leaves the site. The text is shown without a link.",
        cure="Write the address relative to the note.",
        example="See [the other](/about/team.md).\n",
    ),
    Code(
        "link-root-relative",
        _I,
        message="“{target}” is read from the root of the notes",
        explanation="GitHub and a site under a path read a leading slash otherwise. aikb links to the file.",
        cure="Write the address relative to the note; `aikb check --fix` does so.",
        example="notes/index.md:\n    See [the other](/other.md).\nnotes/other.md:\n    # Other\n",
    ),
    Code(
        "link-scheme",
        _E,
        message="“{scheme}:” addresses are not published",
        explanation="Only schemes that open a page, a mail or a reading application are linked.",
        cure="Link to an https: address, or write this one in code.",
        example="See [this](javascript:alert(1)).\n",
    ),
    Code(
        "link-to-private",
        _E,
        message="leads to a draft, which is not published",
        explanation="The text is shown without a link, and the draft's title is not.",
        cure="Publish the draft, or remove the link.",
        example=(
            "notes/index.md:\n"
            "    See [the plan](plan.md).\n"
            "notes/plan.md:\n"
            "    ---\n"
            "    draft: true\n"
            "    ---\n"
            "    # Plan\n"
        ),
    ),
    Code(
        "link-unterminated",
        _W,
        message="this link is never closed",
        explanation="The parenthesis of the address does not close before the paragraph does, so nothing is a link.",
        cure="Close the parenthesis.",
        example="See [the results](https://example.org/search?q=x\n\nNext paragraph.\n",
    ),
    Code(
        "list-item-empty",
        _I,
        message="this list item is empty",
        explanation="A bullet without text is shown as on GitHub.",
        cure="Remove the bullet, or write its text.",
        example="- one\n-\n- three\n",
    ),
    Code(
        "locale-ambiguous",
        _W,
        message="{claim}; {outcome}",
        explanation=(
            "A file's language, or what it translates, is said in two ways that do not go together. Readers may find a "
            "text where they do not look for it."
        ),
        cure="Keep one of the two: the suffix, the folder, or the front matter.",
        example="notes/index.fr.md:\n    ---\n    lang: en\n    ---\n    # Tides\n",
    ),
    Code(
        "locale-mismatch",
        _W,
        message="“{target}” is in “{lang}”; its text in “{own}” is “{suggestion}”",
        explanation=(
            "The note links to a text in another language than its own, though there is one in its own. The site shows "
            "readers the text of their tree; on GitHub they meet the other language."
        ),
        cure="Link to the text in the note's language; `aikb check --fix` does so.",
        example=(
            "notes/index.fr.md:\n"
            "    # Accueil\n"
            "\n"
            "    Lire [les marées](tides.md).\n"
            "notes/tides.fr.md:\n"
            "    # Marées\n"
            "notes/tides.md:\n"
            "    # Tides\n"
            "notes/index.md:\n"
            "    # Home\n"
            "\n"
            "    Read [about tides](tides.md).\n"
        ),
    ),
    Code(
        "math-invalid",
        _W,
        message="this formula cannot be read: {problem}",
        explanation="The formula is shown as it is written.",
        cure="Correct the LaTeX; to write dollars, put a backslash before each.",
        example="Which index: $a_b_c$\n",
    ),
    Code(
        "orphan",
        _I,
        message="no other note leads here",
        explanation="The note is reached by its folder, the sidebar and search only.",
        cure="Link to it from a note that readers come by.",
        example="notes/index.md:\n    # Notes\nnotes/alone.md:\n    # Alone\n",
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
        "path-escape",
        _E,
        message="“{target}” leads outside the notes folder; it is neither read nor published",
        explanation="Links and files stay inside the knowledge base.",
        cure="Copy the file into the notes folder, or link to its public address.",
        example="See [this](../../secret.md).\n",
    ),
    Code(
        "private-source-url",
        _I,
        message="addresses in your own Readwise library are not published",
        explanation=(
            "Only you can open them, and they tell the ids of your documents. `mkdocs serve` shows them, the published "
            "site does not; the setting `readwise_links` decides."
        ),
        cure="Nothing; or set `readwise_links: always`, if they are meant for everyone.",
        example=(
            "# A book\n\n## Metadata\n- Author: [[A. Author]]\n- URL: https://readwise.io/reader/document_raw_content/1\n\n"
            "## Highlights\n- First things come first.\n"
        ),
    ),
    Code(
        "readwise-heading",
        _W,
        message="“{title}” is no heading that Readwise writes; what follows is read as highlights under it",
        explanation="The headings of an export say when its highlights were added. Any other is taken for a chapter.",
        cure="Write a chapter as a heading of the third level, or move your own text into a note.",
        example=(
            "# A book\n\n## Metadata\n- Author: [[A. Author]]\n\n## Highlights\n"
            "- First things come first.\n\n## Later on\n- Then come the others.\n"
        ),
    ),
    Code(
        "readwise-log",
        _I,
        message="a log of Readwise's synchronisations is left out",
        explanation="It tells when highlights were written to this folder, and nothing about what they say.",
        cure="Nothing; or write `kind: note` in its front matter, to have it shown.",
        example=(
            "notes/index.md:\n    # Notes\nnotes/syncs.md:\n"
            "    - [[2024-10-14]] 9:11 PM — Synced 3 highlights from 2 documents.\n        - 2 highlights from [[A book]]\n"
        ),
    ),
    Code(
        "readwise-record",
        _W,
        message="this record cannot be read: {problem}",
        explanation="A record of an export has not the shape of its format. It is left out; the others are read.",
        cure="Export the highlights again, or mend the record.",
        example=(
            "notes/index.md:\n    # Notes\nnotes/readwise.json:\n"
            '    {"count": 1, "nextPageCursor": null, "results": [\n'
            '    {"user_book_id": 1, "title": "A book", "highlights": 7}]}\n'
        ),
    ),
    Code(
        "readwise-repeated",
        _I,
        message="another export of {other}, whose page shows the highlights of both",
        explanation=(
            "Files that are moved, renamed or exported again leave one behind. Each highlight is shown once, with the newest "
            "text."
        ),
        cure="Remove one of the files, or leave both.",
        example=(
            "notes/index.md:\n    # A book\n\n    ## Metadata\n    - Author: [[A. Author]]\n\n    ## Highlights\n"
            "    - First things come first.\nnotes/old.md:\n    # A book\n\n    ## Metadata\n    - Author: [[A. Author]]\n\n"
            "    ## Highlights\n    - Then come the others.\n"
        ),
    ),
    Code(
        "reference-duplicate",
        _W,
        message="“[{label}]” is already defined in line {first}; that one counts",
        explanation="CommonMark takes the first definition of a label, in whatever letter case.",
        cure="Remove or rename this one.",
        example="See [docs].\n\n[docs]: https://example.org/one\n[Docs]: https://example.org/two\n",
    ),
    Code(
        "reference-undefined",
        _E,
        message="“[{label}]” looks like a link, but nothing defines it",
        explanation="Both pairs of brackets are shown as text.",
        cure="Define it with a line “[label]: address”, or put a backslash before the bracket.",
        example="See [the paper][smith].\n",
    ),
    Code(
        "shortcut-undefined",
        _W,
        message="“[{label}]” looks like a link, but nothing defines it",
        explanation=(
            "A name or a heading in brackets is most often a link whose definition was forgotten. The brackets are "
            "shown as text."
        ),
        cure="Define it with a line “[label]: address”, or put a backslash before the bracket.",
        example="Fine-tuning with [LoRA] is cheap.\n",
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
        "term-candidate",
        _I,
        message="“{text}” is used {count} times and no term of the glossary",
        explanation="An abbreviation that readers meet three times or more, and that the glossary does not explain.",
        cure="Define it, or add it to the aliases of a term. `aikb glossary --suggest` lists all of them.",
        example=(
            "glossary/terms.en.md:\n"
            "    # Glossary\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    A piece of text.\n"
            "glossary/terms.fr.md:\n"
            "    # Glossaire\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    Un morceau de texte.\n"
            "notes/index.md:\n"
            "    # Notes\n"
            "\n"
            "    RLHF sees every token. RLHF is costly, and RLHF helps.\n"
        ),
    ),
    Code(
        "term-duplicate",
        _E,
        message="“{label}” is already defined in this language at {first}",
        explanation="A term has one definition in a language; the first is shown.",
        cure="Merge the definitions.",
        example=(
            "glossary/terms.en.md:\n"
            "    # Glossary\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    A piece of text.\n"
            "\n"
            "    ## token\n"
            "\n"
            "    A part of a word.\n"
            "glossary/terms.fr.md:\n"
            "    # Glossaire\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    Un morceau de texte.\n"
            "notes/index.md:\n"
            "    # Notes\n"
            "\n"
            "    One token after the other.\n"
        ),
    ),
    Code(
        "term-empty",
        _W,
        message="“{label}” has no definition",
        explanation="A heading of the glossary without text under it.",
        cure="Write the definition, or remove the heading.",
        example="glossary/terms.md:\n    # Glossary\n\n    ## LoRA\n",
    ),
    Code(
        "term-untranslated",
        _I,
        message="“{label}” has no definition in {missing}",
        explanation="Readers of that language see the definition that there is, marked as being in another language.",
        cure="Add a heading of the same name to the glossary's file in that language, or leave it.",
        example=(
            "glossary/terms.en.md:\n"
            "    # Glossary\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    A piece of text.\n"
            "notes/index.md:\n"
            "    # Notes\n"
            "\n"
            "    One token after the other.\n"
        ),
    ),
    Code(
        "term-unused",
        _I,
        message="no note speaks of “{label}”",
        explanation="No note links to the term, and none names it in its running text.",
        cure="Add the names it goes by in the notes (`Aliases: …` under the heading), or leave it.",
        example=(
            "glossary/terms.en.md:\n"
            "    # Glossary\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    A piece of text.\n"
            "glossary/terms.fr.md:\n"
            "    # Glossaire\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    Un morceau de texte.\n"
        ),
    ),
    Code(
        "text-control",
        _W,
        message="control character U+{number} is left out",
        explanation="Characters without a shape have no place in a page.",
        cure="Remove it; such characters come with text copied out of a PDF or a terminal.",
        example="Copied from \x1ba terminal\n",
    ),
    Code(
        "text-invisible",
        _W,
        message="invisible character U+{number}",
        explanation=(
            "A character without a shape turns the text round, or hides in an address. What is read is not what is "
            "written."
        ),
        cure="Remove it.",
        example="Invoice \u202egpj.exe\n",
    ),
    Code(
        "text-styled-unicode",
        _I,
        message="styled letters; the id is made of “{plain}”",
        explanation=(
            "Mathematical letters are read out one by one by screen readers. Search finds them by plain letters."
        ),
        cure="Write plain letters, with ** around them for bold.",
        example="# 𝗧𝗵𝗲 𝗘𝗻𝗱\n",
    ),
    Code(
        "translation-missing",
        _I,
        message="there is no text in “{lang}” of this note",
        explanation=(
            "Other notes of this knowledge base are translated, this one is not. Readers of the other tree see it as it "
            "is, with a notice."
        ),
        cure="Translate it, if readers of the other language need it: the file's name ends in `.fr.md`, say.",
        example=(
            "notes/index.md:\n"
            "    # Home\n"
            "\n"
            "    Read [about salt](salt.md).\n"
            "notes/index.fr.md:\n"
            "    # Accueil\n"
            "notes/salt.md:\n"
            "    # Salt\n"
        ),
    ),
    Code(
        "translation-stale",
        _I,
        message="{other}, which this text translates, was changed later{when}",
        explanation=(
            "The text that this one translates was changed later. It is known from git, or else from `translations.json`, "
            "which remembers what was translated."
        ),
        cure=(
            "Bring the translation up to date and commit it; without git, run `aikb check --update-translations` then. "
            "If nothing is to change, take its entry out of translations.json first."
        ),
        example=(
            "notes/index.md:\n"
            "    # Home, and more\n"
            "notes/index.fr.md:\n"
            "    # Accueil\n"
            "translations.json:\n"
            '    {"version": 1, "pages": {"notes/index.fr.md":\n'
            '      {"of": "notes/index.md", "original": "an older text", "own": "f8cb41b4da69cd3f"}}}\n'
        ),
    ),
    Code(
        "translation-unresolved",
        _W,
        message="translation_of: no note is “{target}”",
        explanation="The front matter names a note that this one translates, and there is none. It has a page of its own.",
        cure="Write the path of the note, from this file's folder or from the root of the notes.",
        example="---\nlang: fr\ntranslation_of: tide.md\n---\n# Marées\n",
    ),
    Code(
        "url-credentials",
        _E,
        message="this address holds a user name or password; write it without: {suggestion}",
        explanation=(
            "Whoever reads the notes could use the user name or password in this address. The text is shown without a "
            "link, and the address is never fetched."
        ),
        cure="Write the address without them, and change the password: it has been written down.",
        example="See [the feed](https://me:secret@example.org/).\n",
    ),
    Code(
        "wikilink-unresolved",
        _I,
        message="no note is called “{target}”",
        explanation="In Obsidian this is a note to be written. The text is shown without a link.",
        cure="Write the note, or correct the name.",
        example="See [[To be written]].\n",
    ),
    Code(
        "words-missing",
        _I,
        message="{count} words of the interface are not translated: {keys}",
        explanation="English stands in for each word that the language's file does not have.",
        cure="Add them to the file, with the keys of `locales/en.yml`.",
        example="locales/de.yml:\n    language: Deutsch\n",
    ),
)

CODES: dict[str, Code] = {code.name: code for code in _TABLE}
