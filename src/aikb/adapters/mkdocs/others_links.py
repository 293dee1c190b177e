"""Links that plugins, hooks and extensions write into a page, to files, as MkDocs resolves those of its own pages.

What is in a note when aikb reads it has been resolved or reported there. What a macro, a hook or an included file brings, and
what stands in lines that an extension reads as they are, is seen in the page's HTML first.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from urllib.parse import unquote, urlsplit

from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from aikb.adapters.mkdocs.pages import SitePage, Surroundings
from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic
from aikb.model.source import Source
from aikb.read.files.layout import NOTE_SUFFIXES
from aikb.text.tags import Token, opening_tag, tokens

_ADDRESSES = {"a": "href", "img": "src"}
_ENCLOSED = re.compile(r"(?:<(?=([^<>]+)>)|\"(?=([^\"]+)\"))")
"""Where something is enclosed. The sign at its end may begin the next."""


@dataclass
class OthersLinks:
    """Resolves what others link to, in one build."""

    around: Surroundings
    texts: Mapping[str, Source]
    """What was read, by path."""
    find_file: Callable[[str], File | None]
    """Finds a file of the notes by its path from their root, and has it published."""
    tell: Callable[[Diagnostic], None]
    """Says what is found."""
    found: Iterable[Diagnostic] = ()
    """What has been told."""
    _told: set[tuple[str, int]] = field(default_factory=set)
    """Paths and lines of findings about links."""
    _reported: set[tuple[str, int, str]] = field(default_factory=set)
    _addresses: dict[str, str] = field(default_factory=dict)
    """The address of each note, by the path of its source."""

    def __post_init__(self) -> None:
        self._told = {
            (each.path, each.line) for each in self.found if each.code.startswith(("link-", "image-", "anchor-"))
        }
        for page in self.around.pages.values():
            if page.kb.page.source:
                self._addresses.setdefault(page.kb.page.source, page.kb.page.address)

    def relinked(self, page: SitePage, html: str, rewritten: bool) -> str:
        """Write a page's HTML with the addresses that others wrote resolved; `rewritten`, where its text is theirs in part."""
        if not rewritten and ".md" not in html:
            return html
        composed, out, done = _composed(page.kb.page.body.markdown), list[str](), 0
        for token in tokens(html):
            name = _ADDRESSES.get(token.name, "") if token.kind == "open" else ""
            address = (token.get(name) or "") if name else ""
            if not address or address in composed or escape(address) in composed:
                continue
            new = self._resolved(address, page)
            if new is None:
                self._report(address, page, image=name == "src")
            elif new != address:
                out += [html[done : token.start], _with(token, name, new)]
                done = token.end
        return "".join([*out, html[done:]])

    def _resolved(self, address: str, page: SitePage) -> str | None:
        """Resolve an address from the page's note; as it is where it names no file, None for a note that is not there."""
        parts, settings = urlsplit(address), self.around.settings
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return address
        own = settings.in_notes(page.kb.page.source) if page.kb.page.source else page.kb.page.address
        path = posixpath.normpath(posixpath.join(posixpath.dirname(own), unquote(parts.path)))
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        if path.endswith(NOTE_SUFFIXES):
            found = self._addresses.get(settings.note_path(path), "")
            target = self.around.pages.get(settings.tree_path(found, page.kb.tree)) if found else None
            return None if target is None else get_relative_url(target.url or ".", page.url) + fragment
        file = self.find_file(path)
        return address if file is None else get_relative_url(file.url, page.url) + fragment

    def _report(self, address: str, page: SitePage, *, image: bool) -> None:
        """Say that a link leads nowhere, and where it stands in the note, if it does; what was told is not told again."""
        source = self.texts.get(page.kb.page.source)
        at = source.text.find(f"({address}") + 1 if source is not None else 0
        told = (page.kb.page.source or page.kb.page.path, source.position(at)[0] if source and at else 0, address)
        if not page.is_original or told[:2] in self._told or told in self._reported:
            return
        self._reported.add(told)
        code = "image-missing" if image else "link-missing"
        if source is not None and at:
            self.tell(finding(code, source, at, at + len(address), target=address, hint=""))
        else:
            self.tell(finding(code, told[0], target=address, hint=""))


def _with(token: Token, name: str, address: str) -> str:
    attributes = tuple((each, address if each == name else value) for each, value in token.attributes)
    return opening_tag(replace(token, attributes=attributes))


def _composed(markdown: str) -> frozenset[str]:
    """List what stands in angle brackets or quotation marks: the addresses that a page was composed with are among it."""
    return frozenset(match[1] or match[2] for match in _ENCLOSED.finditer(markdown))
