"""Findings about exports of highlights, and about evidence."""

from __future__ import annotations

from aikb.findings.codes.code import Code
from aikb.model.finding import Severity

_W, _I = Severity.WARNING, Severity.INFO

TABLE = (
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
        "passage-repeated",
        _I,
        message="{other} holds the same passage, word for word",
        explanation=(
            "Two notes have a paragraph, an item or a quotation of 25 words or more in common. Whoever corrects one will "
            "forget the other."
        ),
        cure="Keep it in one note and link to it from the other; or nothing, if both are meant.",
        example=(
            "notes/index.md:\n    # Home\n    \n    See [the pilot](pilot.md).\n    \n"
            "    The pilot of the harbour wrote down every light that he saw from the bridge, the hour, the wind and the\n"
            "    height of the water, for forty years and without a word about himself.\n"
            "notes/pilot.md:\n    # The pilot\n    \n"
            "    The pilot of the harbour wrote down every light that he saw from the bridge, the hour, the wind and the\n"
            "    height of the water, for forty years and without a word about himself.\n"
        ),
    ),
    Code(
        "readwise-unreadable",
        _W,
        message="this looks like an export of highlights, and none can be read in it",
        explanation=(
            "The file has the separators or the first column of an export, and no record of it is whole. None of its "
            "highlights is on the site."
        ),
        cure="Export the highlights again; or move the file out of the notes.",
        example=(
            "notes/index.md:\n    # Home\nnotes/clippings.txt:\n    A book\n    \n    A passage.\n    ==========\n    A book\n"
            "    \n    A passage.\n    ==========\n"
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
)
