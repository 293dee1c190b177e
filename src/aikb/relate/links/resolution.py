"""What one link means, and the findings and edits that go with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from urllib.parse import quote

from aikb.findings.finding import finding
from aikb.model.document import Document, Link
from aikb.model.finding import Diagnostic, Fix, Severity

ResolutionKind: TypeAlias = Literal["external", "page", "folder", "asset", "term", "broken", "empty"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a link means."""

    kind: ResolutionKind
    """`empty` is a link without an address; `term`, the page of a concept, is no author's link."""
    path: str = ""
    """The source that a `page` link leads to; the asset or the folder, from the root of the notes."""
    fragment: str = ""
    """The id on that page, as its page has it; of an asset, what is written: `#page=2` of a PDF."""
    url: str = ""
    """Of an external link, ready to be written."""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def is_private(self) -> bool:
        """Whether it leads to what is not published."""
        return any(each.code == "link-to-private" for each in self.diagnostics)


def broken(link: Link, origin: Document, code: str, kind: ResolutionKind = "broken", **values: object) -> Resolution:
    """Make the resolution of a link that leads nowhere, for the reason that the code names."""
    return Resolution(kind, diagnostics=(link_finding(code, link, origin, **values),))


def link_finding(
    code: str,
    link: Link,
    origin: Document,
    fix: Fix | None = None,
    severity: Severity | None = None,
    /,
    **values: object,
) -> Diagnostic:
    """Make a finding about a link; with another severity than the table's where the harm is another."""
    made = finding(code, origin.source, link.span.start, link.span.end, fix, **values)
    return replace(made, severity=severity) if severity else made


def with_finding(resolution: Resolution, diagnostic: Diagnostic) -> Resolution:
    """Add a finding to what a link means."""
    return replace(resolution, diagnostics=(*resolution.diagnostics, diagnostic))


_WRITTEN = {
    "inline": re.compile(r"\]\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>[^\s<]\S*?))(?:\s.*)?\)", re.DOTALL),
    "wikilink": re.compile(r"!?\[\[(?P<plain>[^\[\]|\n]*).*", re.DOTALL),
    "html": re.compile(
        r".*?\s(?:href|src)\s*=\s*(?:\"(?P<angled>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s\"'>]+)).*",
        re.IGNORECASE | re.DOTALL,
    ),
}
"""Where the address stands in a link, by how the link is written."""


def address_fix(link: Link, origin: Document, old: str, new: str) -> Fix | None:
    """Make the edit that writes `new` for `old` in a link's address; None where the author wrote it in another way."""
    text, start, end = origin.source.text, link.span.start, link.span.end
    if link.kind == "inline":
        start = text.rfind("](", start, end)
    pattern = _WRITTEN.get(link.kind)
    match = pattern.fullmatch(text, start, end) if pattern and old and start >= 0 else None
    if match is None:
        return None
    group = match.lastgroup or "plain"
    at = match[group].find(old)
    if at < 0 or match[group].find(old, at + 1) >= 0:
        return None
    if not old.startswith("#") and link.kind != "wikilink":
        new = quote(new, safe="/~!$&'()*+,;=:@" + (" " if group != "plain" else ""))
    return Fix(match.start(group) + at, match.start(group) + at + len(old), new)
