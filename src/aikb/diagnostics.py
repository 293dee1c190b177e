"""Findings as values, and the one table that words them.

A finding is made where it is discovered and worded here; `report/` prints it. Severities: error = the reader gets something
broken or unsafe; warning = degraded or ambiguous, fails under `--strict`; info = repaired or advisory.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aikb.model import Source


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
    """What it means for a reader, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that mends a finding: this stretch of `Source.text`, replaced."""

    start: int
    end: int
    text: str
    whole_file: bool = False
    """Whether the file is only written anew, as UTF-8."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, at its place: lines and columns count from 1, in code points."""

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    suggestion: str = ""
    fix: Fix | None = None
    """Where there is one answer only."""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Findings are listed by file and place."""
        return self.path, self.line, self.column, self.code, self.message


def _code(name: str, severity: Severity, message: str, explanation: str) -> tuple[str, Code]:
    return name, Code(name, severity, message, explanation)


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: dict[str, Code] = dict(
    (
        _code(
            "anchor-case",
            _W,
            "no anchor “{fragment}” {where} (did you mean {candidates}?)",
            "The fragment differs from an anchor only in letter case, accents, dashes or underscores. Browsers compare "
            "fragments exactly, so on GitHub the link does not move. aikb links to the anchor it means; write the "
            "fragment as suggested.",
        ),
        _code(
            "anchor-dialect",
            _I,
            "“{fragment}” is another tool's id for “{id}” {where}",
            "Python-Markdown, and so plain MkDocs, writes ids by other rules than GitHub. aikb leads to the heading; on GitHub the link does not move.",
        ),
        _code(
            "anchor-missing",
            _E,
            "no anchor “{fragment}” {where}{hint}",
            "The page exists, but nothing on it has this id. The link leads to the top of the page. Anchors follow "
            "GitHub's rule: lower case, punctuation dropped, spaces to dashes, repeats numbered -1, -2.",
        ),
        _code(
            "anchor-renamed",
            _I,
            "“{fragment}” is an older id of “{id}” {where}",
            "The heading was renamed after this id was published. The old id stays on the page as an alias.",
        ),
        _code(
            "anchor-vanished",
            _W,
            "heading “{id}” was published and is gone",
            "Links to it from elsewhere break. `aikb check --update-anchors` remembers what became of it.",
        ),
        _code(
            "asset-unpublished",
            _I,
            "no note shows this file or links to it; it is not published",
            "Only files that a note uses reach the site, so that nothing private does. Link to it to publish it.",
        ),
        _code(
            "baseline-stale",
            _I,
            "the baseline lists {count} findings that are gone, such as {example}",
            "Write it anew with --write-baseline, so that they fail if they come back.",
        ),
        _code(
            "encoding",
            _E,
            "not UTF-8: byte {byte} at offset {offset}; {outcome}",
            "Notes are read as UTF-8. A file in another encoding is shown as well as it can be read; save it as UTF-8.",
        ),
        _code(
            "external-dead",
            _W,
            "{url} is dead: {reason}; it keeps failing since {first} (an archive to look in: {suggestion})",
            "The page is gone: on three different days or more its host said so, did not exist, refused to talk or could "
            "not prove who it is. Link to where the page went, or to a copy; aikb does not look whether the archive "
            "has one. A dead link changes the exit code with --external-fail only.",
        ),
        _code(
            "external-private-address",
            _W,
            "{url} leads to {detail}, which is no public address; it is not fetched",
            "A reader elsewhere cannot open an address of your own machine or network, and a check that fetched it would "
            "reach what is meant to be closed. This holds after a redirect and for names that lead there, too.",
        ),
        _code(
            "external-suspect",
            _I,
            "{url} failed: {reason}; first on {first}, and three different days make it dead",
            "The link failed, but not yet on three different days. Hosts have bad days; a link that has failed on three is "
            "called dead.",
        ),
        _code(
            "external-unknown",
            _I,
            "nothing can be said of {url}: {reason}",
            "Its host turns programs away, asks to be left alone for a while or did not answer. The link may well be "
            "fine in a browser; it is asked again an hour later at the earliest.",
        ),
        _code(
            "fence-unclosed",
            _W,
            "this code fence is never closed; the rest of the block is shown as code, as GitHub does",
            "Close the block with a line of the same fence characters.",
        ),
        _code(
            "file-name",
            _I,
            "this name is hard to link to on some systems",
            "Characters such as # ? % : * have a meaning in addresses or are not allowed on Windows. aikb publishes the file all the same.",
        ),
        _code(
            "file-unreadable",
            _E,
            "cannot be read: {reason}",
            "A dangling link, a missing permission or a file that vanished. The rest of the site is built.",
        ),
        _code(
            "frontmatter-duplicate-key",
            _W,
            "“{key}” is given twice, here and in line {first}; the last one counts",
            "Front matter names each key once.",
        ),
        _code(
            "frontmatter-limit",
            _E,
            "front matter is too large or too deeply nested ({limit}); it is left out",
            "Front matter is limited to 64 kB, 1,000 nodes and 100 aliases, so that no note can exhaust the build.",
        ),
        _code(
            "frontmatter-type",
            _E,
            "“{key}” should be {expected}, not {found}",
            "The value is not of the kind this key takes. A draft that is unclear stays a draft.",
        ),
        _code(
            "frontmatter-unclosed",
            _E,
            "front matter opens with “---” here and never closes; first line: “{first}”",
            "Close the block with a line of three dashes. Until then the page is built from the whole text.",
        ),
        _code(
            "frontmatter-yaml",
            _E,
            "front matter is not YAML: {problem}; it is left out of the page",
            "The block between the dashes cannot be read. The page is built from the text below it, and nothing of the "
            "block is shown. Quote values that hold “: ”, “#”, “[” or “@”.",
        ),
        _code(
            "heading-order",
            _I,
            "heading of level {level} under one of level {above}",
            "A level is skipped; readers who navigate by headings look for what is missing. The table of contents is whole.",
        ),
        _code(
            "html-malformed",
            _W,
            "“{text}” opens no HTML element; it is shown as text",
            "A “<” that starts nothing a browser knows. Write &lt; or put it in code.",
        ),
        _code(
            "html-unclosed",
            _W,
            "<{tag}> is never closed; aikb closes it here",
            "An element left open swallows the text after it in a browser. Close it.",
        ),
        _code(
            "html-unknown",
            _I,
            "<{tag}> is no HTML element; it is shown as text",
            "GitHub hides an unknown element; aikb shows it. Put it in code to say that it is meant as text.",
        ),
        _code(
            "html-unsafe",
            _W,
            "{what} is left out: it could run or load something",
            "Scripts, styles, frames and event handlers do not reach the site, as on GitHub.",
        ),
        _code(
            "id-duplicate",
            _E,
            "id “{id}” is already used in line {first}",
            "An id is unique on a page; the first place keeps it.",
        ),
        _code(
            "image-alt",
            _I,
            "alternative text “{text}” says nothing of the image",
            "An editor put it there. Say what the image shows, for readers who do not see it.",
        ),
        _code(
            "image-empty",
            _E,
            "image without an address",
            "Nothing can be shown; its alternative text is.",
        ),
        _code(
            "image-missing",
            _E,
            "no such image: {target}{hint}",
            "The file is not in the notes folder. A placeholder with the alternative text is shown.",
        ),
        _code(
            "image-remote",
            _I,
            "image of another host is not loaded: {target}",
            "The site asks nothing of other hosts, so that its readers stay private. A link to the image is shown; put "
            "the file beside the note to show the image itself.",
        ),
        _code(
            "include-ignored",
            _W,
            "“--8<--” is not run; the line is shown as text",
            "Includes could read any file of the machine, so aikb does not run pymdownx.snippets. Link to the text, or paste it.",
        ),
        _code(
            "link-ambiguous",
            _W,
            "“{target}” could be {candidates}; the first is taken",
            "Several notes answer to this name. Write the path.",
        ),
        _code(
            "link-case",
            _W,
            "“{target}” is “{actual}” on disk",
            "Names differ in letter case, which matters on GitHub and on the web. aikb links to the file.",
        ),
        _code(
            "link-empty",
            _W,
            "link without an address",
            "A link that leads nowhere is shown as plain text.",
        ),
        _code(
            "link-missing",
            _E,
            "no such file: {target}{hint}",
            "The link's target is not in the knowledge base. The text is shown without a link.",
        ),
        _code(
            "link-moved",
            _W,
            "no such file: {target}; “{actual}” has its name, and is linked to",
            "The file is somewhere else in the notes. Its name is unique, so aikb links to it; write the path.",
        ),
        _code(
            "link-root-absolute",
            _E,
            "“{target}” starts at the root of a server, and no such file is in the notes",
            "An address with a leading slash leaves the site. Write it relative to the note.",
        ),
        _code(
            "link-root-relative",
            _I,
            "“{target}” is read from the root of the notes",
            "GitHub and a site under a path read a leading slash otherwise. aikb links to the file.",
        ),
        _code(
            "link-scheme",
            _E,
            "“{scheme}:” addresses are not published",
            "Only schemes that open a page, a mail or a reading application are linked.",
        ),
        _code(
            "link-to-private",
            _E,
            "leads to a draft, which is not published",
            "The text is shown without a link.",
        ),
        _code(
            "link-unterminated",
            _W,
            "this link is never closed",
            "The parenthesis of the address does not close before the paragraph does, so nothing is a link. Close it.",
        ),
        _code(
            "list-item-empty",
            _I,
            "this list item is empty",
            "A bullet without text is shown as on GitHub.",
        ),
        _code(
            "math-invalid",
            _W,
            "this formula cannot be read: {problem}",
            "The formula is shown as it is written.",
        ),
        _code(
            "orphan",
            _I,
            "no other note leads here",
            "The note is reached by its folder, the sidebar and search only.",
        ),
        _code(
            "output-collision",
            _E,
            "would be the same page as {other}; this file is left out",
            "Two files would be published at one address. Rename one.",
        ),
        _code(
            "path-escape",
            _E,
            "“{target}” leads outside the notes folder; it is neither read nor published",
            "Links and files stay inside the knowledge base.",
        ),
        _code(
            "reference-duplicate",
            _W,
            "“[{label}]” is already defined in line {first}; that one counts",
            "CommonMark takes the first definition of a label. Remove or rename this one.",
        ),
        _code(
            "reference-undefined",
            _E,
            "“[{label}]” looks like a link, but nothing defines it",
            "Define it with a line “[{label}]: address”, or escape the bracket.",
        ),
        _code(
            "shortcut-undefined",
            _W,
            "“[{label}]” looks like a link, but nothing defines it",
            "Define it with a line “[{label}]: address”, or escape the bracket.",
        ),
        _code(
            "size-limit",
            _E,
            "{size} MB is more than a note may have ({limit} MB); it is left out",
            "Split the note.",
        ),
        _code(
            "suppression-invalid",
            _E,
            "this comment suppresses nothing: {problem}",
            "Write <!-- aikb: ignore CODE --> with the name of a finding; `aikb explain` lists them.",
        ),
        _code(
            "suppression-unused",
            _I,
            "“{ignored}” does not occur in the next block",
            "The comment can go.",
        ),
        _code(
            "symlink-loop",
            _W,
            "this link leads back to a folder it stands in; it is not followed",
            "Each folder is read once.",
        ),
        _code(
            "term-duplicate",
            _E,
            "“{label}” is already defined in {first}",
            "A term has one definition in a language; the first is shown.",
        ),
        _code(
            "term-empty",
            _W,
            "“{label}” has no definition",
            "A heading of the glossary without text under it.",
        ),
        _code(
            "text-control",
            _W,
            "control character U+{number} is left out",
            "Characters without a shape have no place in a page.",
        ),
        _code(
            "text-invisible",
            _W,
            "invisible character U+{number}",
            "It turns the text round, or hides in an address. Remove it.",
        ),
        _code(
            "text-styled-unicode",
            _I,
            "styled letters; the id is made of “{plain}”",
            "Mathematical letters are read out one by one by screen readers. Search finds them by plain letters.",
        ),
        _code(
            "url-credentials",
            _E,
            "this address holds a user name or password; write it without: {suggestion}",
            "Whoever reads the notes could use the user name or password in this address. The text is shown without "
            "a link, and the address is never fetched. Change the password: it has been written down.",
        ),
        _code(
            "wikilink-unresolved",
            _I,
            "no note is called “{target}”",
            "In Obsidian this is a note to be written. The text is shown without a link.",
        ),
    )
)


def finding(
    code: str,
    source: Source | str,
    start: int = 0,
    end: int | None = None,
    fix: Fix | None = None,
    /,
    **values: object,
) -> Diagnostic:
    """Make a finding. `source` is a path where there is no text to point into; the place is then its first character.

    `values` fill the message; the value `suggestion` is kept apart as well.
    """
    entry = CODES[code]
    if isinstance(source, str):
        path, line, column, end_line, end_column = source, 1, 1, 1, 1
    else:
        path = source.path
        line, column = source.position(start)
        end_line, end_column = source.position(start if end is None else end)
    return Diagnostic(
        code,
        entry.severity,
        path,
        line,
        column,
        end_line,
        end_column,
        entry.message.format(**values),
        str(values.get("suggestion", "")),
        fix,
    )
