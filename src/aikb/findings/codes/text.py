"""Findings about the text of a note: Markdown, raw HTML, formulas, characters."""

from __future__ import annotations

from aikb.findings.codes.code import Code
from aikb.model.finding import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

TABLE = (
    Code(
        "comment-unclosed",
        _W,
        message="this comment is never closed; everything after it is hidden, as in Obsidian",
        explanation="A line that begins with %% hides the text up to the next %%, and without one the rest of the note.",
        cure="Close the comment with %%, or put the signs in code.",
        example="Seen.\n\n%%\nHidden, and all the rest\n",
    ),
    Code(
        "fence-option",
        _I,
        message="“{option}” is no option of a code block, or has no value it can take; it is left out",
        explanation="The code is shown without it; there are title, linenums and hl_lines, a language, classes and an id.",
        cure="Remove it, or write a value it can take: numbers and ranges of lines, for example.",
        example="```py hl_lines=first\nprint(1)\n```\n",
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
        "html-refused",
        _E,
        message="“{tag}” may not reach a browser; it is shown as text",
        explanation=(
            "What aikb has made of a note holds a tag that could run or load something, or take the place of a part of the "
            "page. An extension of Python-Markdown wrote it, or aikb itself by mistake."
        ),
        cure="Switch the extension off that wrote it; without one, please report the note.",
        example="[A link](a.md){: onclick=alert(1) }\n",
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
        "include-failed",
        _E,
        message="“{directive}” includes nothing: {reason}",
        explanation=(
            "With `snippets: true`, what stands below `base_path` of pymdownx.snippets is included: no file elsewhere, none "
            "that is hidden or in a private folder, nothing from another host, and at most 2 MB for a note."
        ),
        cure="Correct the path, or move the file below `base_path`.",
        example=(
            "mkdocs.yml:\n    docs_dir: notes\n    plugins: [aikb: {languages: [en], snippets: true}]\n"
            '    markdown_extensions: [pymdownx.snippets]\nnotes/index.md:\n    --8<-- "nowhere.md"\n'
        ),
    ),
    Code(
        "include-ignored",
        _W,
        message="“--8<--” is not run; the line is shown as text",
        explanation=(
            "Includes could read any file beside the notes, so aikb does not run pymdownx.snippets unless the setting "
            "`snippets` is true."
        ),
        cure="Set `snippets: true` if all who write notes may publish those files; else link to the text, or paste it.",
        example='--8<-- "other.md"\n',
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
        "math-invalid",
        _W,
        message="this formula cannot be read: {problem}",
        explanation="The formula is shown as it is written.",
        cure="Correct the LaTeX; to write dollars, put a backslash before each.",
        example="Which index: $a_b_c$\n",
    ),
    Code(
        "mermaid-undrawn",
        _I,
        message="this Mermaid diagram is shown as code",
        explanation="Material draws diagrams by a script of another host, and a site loads nothing from there.",
        cure="Name your own copy of its script in the setting `mermaid`; or leave it as code.",
        example="```mermaid\ngraph LR\n    A --> B\n```\n",
    ),
    Code(
        "query-unrun",
        _I,
        message="this {language} block is shown as code: a site has nobody who runs it",
        explanation="Dataview, Tasks and search blocks are run by Obsidian; readers see what is written.",
        cure="Paste what it finds, or leave it.",
        example="```dataview\nLIST FROM #book\n```\n",
    ),
    Code(
        "math-unclosed",
        _W,
        message="“$$” opens a formula here that never closes",
        explanation="The signs and all that follows are shown as text.",
        cure="Close the formula with “$$”.",
        example="$$\n\\frac{a}{b}\n\nMore text.\n",
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
)
