"""Findings about links, anchors and pictures."""

from __future__ import annotations

from aikb.findings.codes.code import Code
from aikb.model.finding import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

TABLE = (
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
        "embed-cycle",
        _W,
        message="this embed leads back to the text it stands in; it is shown as a link",
        explanation="A note that embeds itself, by itself or through others, has no end; aikb cuts it here.",
        cure="Write a link, or embed a section that does not embed this one.",
        example="# A\n\n![[#A]]\n",
    ),
    Code(
        "embed-limit",
        _I,
        message="what this embeds goes deeper or is longer than a page shows; the rest are links",
        explanation="Embeds inside embeds are shown three deep, and up to a hundred on a page.",
        cure="Nothing need be done; link to what readers should open.",
        example="# A\n\n![[#B]]\n\n# B\n\n![[#C]]\n\n# C\n\n![[#D]]\n\n# D\n\n![[#E]]\n\n# E\n\nText\n",
    ),
    Code(
        "footnote-undefined",
        _W,
        message="“[^{label}]” looks like a footnote, but nothing defines it",
        explanation="The brackets are shown as text.",
        cure="Define it with a line “[^label]: text”.",
        example="As others have shown.[^9]\n",
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
        "image-inline",
        _I,
        message="a picture written into the text is left out",
        explanation=(
            "An address that begins with “data:” holds the picture itself. It may hold anything else as well, so none is "
            "published."
        ),
        cure="Save the picture as a file beside the note.",
        example="![](data:image/png;base64,iVBORw0KGgo=)\n",
    ),
    Code(
        "link-ambiguous",
        _I,
        message="“{target}” could be {candidates}; the first is taken, as {reason}",
        explanation=(
            "Several files answer to this name. aikb takes the one in the note's language, then that in the note's "
            "folder, then the one with the shortest path. It is a warning where only the alphabet decides."
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
        "link-dialect",
        _I,
        message="“{target}” is another tool's way to write “{actual}”, which is linked to",
        explanation=(
            "An address of the site stands where GitHub expects a file, or a file's name alone, which Obsidian finds in "
            "any folder, or a wikilink, as in Logseq. aikb leads to the note; on GitHub the link is dead."
        ),
        cure="Write the path of the file, if the notes are to be read on GitHub too.",
        example="notes/index.md:\n    See [the other](other/).\nnotes/other.md:\n    # Other\n",
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
            "The file is somewhere else in the notes. Its name is unique, so aikb links to it; GitHub does not. Where a name "
            "stands alone, as Obsidian writes it, it is only told."
        ),
        cure="Write the path; `aikb check --fix` does so.",
        example="notes/index.md:\n    See [the other](other.md).\nnotes/sub/other.md:\n    # Other\n",
    ),
    Code(
        "link-root-absolute",
        _E,
        message="“{target}” starts at the root of a server, and no such file is in the notes",
        explanation=(
            "An address with a leading slash leaves the site. The text is shown without a link. Where `site_url` puts the site "
            "below a path of its host, other paths are read as other sites there; that is an info."
        ),
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
        explanation=(
            "Only schemes that open a page, a mail or a reading application are linked. What could run or show something "
            "of its own is an error, another application's address a warning."
        ),
        cure="Link to an https: address, or write this one in code.",
        example="See [this](javascript:alert(1)).\n",
    ),
    Code(
        "link-swapped",
        _W,
        message="text and address of this link are swapped; it should be {suggestion}",
        explanation=(
            "A link is its text in brackets, then its address in parentheses. Written the other way round it is no link, "
            "or leads nowhere."
        ),
        cure="Write [text](address); `aikb check --fix` does so.",
        example="See [https://example.org](the example).\n",
    ),
    Code(
        "link-spaces",
        _W,
        message="a link to a name with spaces is text; it should be {suggestion}",
        explanation="The address of a link ends at the first space; with one in it, GitHub and the site show the brackets.",
        cure="Write the address in angle brackets, or %20 for each space; `aikb check --fix` does the first.",
        example="See [part two](Part 2.md).\n",
    ),
    Code(
        "link-to-folder",
        _I,
        message="“{target}” is a folder without notes, which has no page",
        explanation="GitHub lists a folder's files; the site has a page for each folder that holds a note. The text is shown.",
        cure="Link to the files, or write a README.md in the folder.",
        example="notes/index.md:\n    See [the pictures](img/).\n    ![one](img/one.png)\nnotes/img/one.png:\n",
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
        "orphan",
        _I,
        message="no other note leads here",
        explanation="The note is reached by its folder, the sidebar and search only.",
        cure="Link to it from a note that readers come by.",
        example="notes/index.md:\n    # Notes\nnotes/alone.md:\n    # Alone\n",
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
        explanation=(
            "Both pairs of brackets are shown as text. For numbers, citations pasted from elsewhere, it is only told."
        ),
        cure="Define it with a line “[label]: address”, or put a backslash before the bracket.",
        example="See [the paper][smith].\n",
    ),
    Code(
        "shortcut-undefined",
        _W,
        message="“[{label}]” looks like a link, but nothing defines it",
        explanation=(
            "A name or a heading in brackets is most often a link whose definition was forgotten. The brackets are "
            "shown as text. Where several stand in a line, or a colon follows, they are placeholders, and it is only told."
        ),
        cure="Define it with a line “[label]: address”, or put a backslash before the bracket.",
        example="Fine-tuning with [LoRA] is cheap.\n",
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
        "url-malformed",
        _W,
        message="“{target}” is no address; {suggestion} is linked to",
        explanation=(
            "A slash is missing after “https:”, it is written twice, or a whole link stands where its address should. "
            "Browsers do not open such an address."
        ),
        cure="Write the address as suggested; `aikb check --fix` does so.",
        example="See [this](https:/example.org).\n",
    ),
    Code(
        "wikilink-unresolved",
        _I,
        message="no note is called “{target}”",
        explanation="In Obsidian this is a note to be written. The text is shown without a link.",
        cure="Write the note, or correct the name.",
        example="See [[To be written]].\n",
    ),
)
