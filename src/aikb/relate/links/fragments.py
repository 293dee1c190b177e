"""Resolve the fragment of a link to a page that exists.

In this order: as it is written; percent-decoded; in Unicode NFC; GitHub's own prefix `user-content-`; of a wikilink, first of
all a heading by its text or a block by its `^id`; the section in which a permalink to it stands; an alias (an older id of the
heading, another tool's slug); then, with a warning and a fix, what differs only in case, accents, dashes or underscores. A fix
is written as the author's tool would: an id in a Markdown link, the heading's text in a wikilink.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from aikb.findings.finding import called
from aikb.model.document import Anchor, Document, Link
from aikb.relate.index import Index
from aikb.relate.links.address_dialects import section_of_line
from aikb.relate.links.anchors import AnchorTable
from aikb.relate.links.resolution import Resolution, address_fix, link_finding
from aikb.text.folding import folded
from aikb.text.slug import slug

_GUESSES = 200
"""For so many dead fragments of a page something alike is looked for; a page with more has another defect."""
_SHOWN = 3
"""How many guesses a message names."""
_BROWSER_FRAGMENTS = ("", "top")
_GITHUB = "user-content-"
"""What GitHub puts before every id of a note in its HTML; people copy it from the address bar."""


def resolve_fragment(link: Link, origin: Document, target: Document, fragment: str, index: Index) -> Resolution:
    """Resolve the fragment of a link to a page that exists."""
    if fragment.startswith(":~:") or fragment in _BROWSER_FRAGMENTS:
        return Resolution("page", target.path, fragment if fragment.startswith(":~:") else "")
    table = index.anchors(target.path)
    decoded = unicodedata.normalize("NFC", unquote(fragment))
    place = _place(link, table, fragment, decoded, obsidian=origin.path in index.obsidian)
    if place is not None:
        return Resolution("page", target.path, place)
    if fragment in table.permalinks and target is origin:
        return Resolution("page", target.path, table.permalinks[fragment])
    where = "on this page" if target is origin else f"in {called(target.path)}"
    for aliases, code in (
        (table.renamed, "anchor-renamed"),
        (table.aliases, "anchor-dialect"),
        (table, "anchor-dialect"),
    ):
        if anchor := _alias(aliases, decoded):
            new = _written(link, table, anchor.id)
            fix = address_fix(link, origin, f"#{fragment}", f"#{new}")
            values = {"fragment": decoded, "id": new, "where": where, "suggestion": f"#{new}"}
            finding = link_finding(code, link, origin, fix, **values)
            return Resolution("page", target.path, anchor.id, diagnostics=(finding,))
    if near := table.by_fold.get(folded(decoded)):
        places = {anchor.section for anchor in near}
        new = _written(link, table, near[0].id)
        fix = address_fix(link, origin, f"#{fragment}", f"#{new}") if len(places) == 1 else None
        candidates = _quoted(_written(link, table, anchor.id) for anchor in near)
        values = {"fragment": decoded, "where": where, "candidates": candidates, "suggestion": f"#{new}"}
        finding = link_finding("anchor-case", link, origin, fix, **values)
        return Resolution("page", target.path, near[0].id, diagnostics=(finding,))
    if link.kind != "wikilink" and (section := section_of_line(decoded, target)) is not None:
        return Resolution("page", target.path, section)
    hint, suggestion = _guess(link, decoded, table, target, origin, index)
    values = {"fragment": decoded, "where": where, "hint": hint, "suggestion": suggestion}
    return Resolution("page", target.path, diagnostics=(link_finding("anchor-missing", link, origin, **values),))


def is_missing(resolution: Resolution) -> bool:
    """Tell whether a link leads to a page that has nothing of its fragment."""
    return any(diagnostic.code == "anchor-missing" for diagnostic in resolution.diagnostics)


def _place(link: Link, table: AnchorTable, fragment: str, decoded: str, *, obsidian: bool) -> str | None:
    """Find the id that a fragment means as its author's tool has it; None where it takes a guess or an alias."""
    if decoded.rpartition("#")[2].startswith("^"):
        block = table.blocks.get(decoded.rpartition("#")[2].strip().casefold())
        if block is not None:
            return block.id
    readings = (fragment, decoded)
    if link.kind != "wikilink":
        for name in readings:
            if name in table.by_id:
                return table.by_id[name].id
    wikilink = link.kind == "wikilink"
    for name in readings if obsidian or wikilink else ():
        if section := table.heading(name, loose=False):
            return section.id
    for name in readings:
        if name in table.by_id:
            return table.by_id[name].id
    another_tools = decoded in table.renamed or decoded in table.aliases
    if wikilink and not another_tools and (section := table.heading(decoded)):
        return section.id
    return _github(table, decoded)


def _github(table: AnchorTable, name: str) -> str | None:
    """Find the id that GitHub shows with its prefix; its footnotes are `fn-1` where ours are `fn:1`."""
    if not name.startswith(_GITHUB):
        return None
    rest = name.removeprefix(_GITHUB)
    kind, _, label = rest.partition("-")
    if kind in ("fn", "fnref") and f"fn:{label}" in table.by_id:
        return f"{kind}:{label}"
    return rest if rest in table.by_id else None


def _alias(aliases: dict[str, Anchor] | AnchorTable, decoded: str) -> Anchor | None:
    """Look up an alias; of a whole table, a heading by a text with blanks, which only Obsidian writes."""
    if not isinstance(aliases, AnchorTable):
        return aliases.get(decoded)
    section = aliases.heading(decoded) if " " in decoded else None
    return aliases.by_id[section.id] if section else None


def _written(link: Link, table: AnchorTable, identifier: str) -> str:
    """Write a place as the author's tool does: the heading's text in a wikilink, else the id."""
    return table.link_text(identifier) if link.kind == "wikilink" else identifier


def _quoted(names: Iterable[str]) -> str:
    return " or ".join(f"“{name}”" for name in list(names)[:3])


def _guess(
    link: Link, fragment: str, table: AnchorTable, target: Document, origin: Document, index: Index
) -> tuple[str, str]:
    """Guess what a fragment meant, best first: anchors of the page that are spelled alike, then the same id in other notes."""
    wanted = slug(fragment) if link.kind == "wikilink" else fragment
    if wanted not in table.near and len(table.near) < _GUESSES:
        close = process.extract(
            wanted, list(table.by_id), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.6, limit=3
        )
        table.near[wanted] = tuple(str(name) for name, _, _ in close)
    guesses = [(f"#{_written(link, table, name)}", table.titles.get(name, "")) for name in table.near.get(wanted, ())]
    for path in index.homes.get(wanted, ())[:_SHOWN]:
        if path != target.path:
            others = index.anchors(path)
            relative = posixpath.relpath(path, posixpath.dirname(origin.path) or ".")
            name = posixpath.splitext(relative)[0] if link.kind == "wikilink" else relative
            guesses.append((f"{name}#{_written(link, others, wanted)}", others.titles.get(wanted, "")))
    if not guesses:
        return "", ""
    shown = " or ".join(
        f"“{address}”" + (f" ({title})" if title and link.kind != "wikilink" else "")
        for address, title in guesses[:_SHOWN]
    )
    return f" (did you mean {shown}?)", guesses[0][0]
