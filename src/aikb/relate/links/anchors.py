"""Look up the anchors of one page: by their ids, and by everything that an author may have written instead."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from aikb.model.document import Anchor, Link, Section
from aikb.text.folding import folded
from aikb.text.headings import heading_key, heading_text, link_text, spelled


class AnchorTable:
    """The anchors of one page, by their id and by what an author may have typed instead."""

    def __init__(
        self,
        anchors: Iterable[Anchor],
        sections: Iterable[Section] = (),
        remembered: Mapping[str, str] | None = None,
        text: str = "",
        permalinks: Iterable[Link] = (),
    ) -> None:
        """Take the anchors, sections, text and permalinks of one document, in its order, and the older ids of its headings."""
        self.by_id: dict[str, Anchor] = {}
        self.aliases: dict[str, Anchor] = {}
        self.renamed: dict[str, Anchor] = {}
        self.permalinks: dict[str, str] = {}
        """Ids that only a permalink has, and the id of the section it stands in; empty above all of them."""
        self.titles: dict[str, str] = {}
        self.near: dict[str, tuple[str, ...]] = {}
        """Ids that are spelled like a fragment that is none, remembered by the resolver."""
        self.by_fold: defaultdict[str, list[Anchor]] = defaultdict(list)
        self._sections = tuple(sections)
        self._text = text
        for anchor in anchors:
            self.by_id.setdefault(anchor.id, anchor)
        for section in self._sections:
            self.titles.setdefault(section.id, section.title)
        self._add_aliases()
        starts = [section.span.start for section in self._sections]
        for link in permalinks:
            at = bisect_right(starts, link.span.start) - 1
            if (name := link.target.removeprefix("#")) not in self.by_id:
                self.permalinks.setdefault(name, self._sections[at].id if at >= 0 else "")
        for old, new in (remembered or {}).items():
            if old not in self.by_id and new in self.by_id:
                self.renamed[old] = self.by_id[new]
        for anchor in self.by_id.values():
            self.by_fold[folded(anchor.id)].append(anchor)
        for near in self.by_fold.values():
            near.sort(key=lambda anchor: anchor.kind != "heading")

    def _add_aliases(self) -> None:
        """Know the ids that Python-Markdown would have given, with icons and without."""
        titles = [section.title for section in self._sections]
        plain = [_SHORTCODE.sub("", title) for title in titles]
        for names in (titles, plain) if plain != titles else (titles,):
            for section, other in zip(self._sections, _python_markdown_ids(names), strict=True):
                self.aliases.setdefault(other, self.by_id[section.id])

    @cached_property
    def blocks(self) -> Mapping[str, Anchor]:
        """Blocks and highlights by Obsidian's `^id` in lower case; a highlight as the first of its ids names it."""
        first: dict[int, Anchor] = {}
        headings = {section.span.start: self.by_id[section.id] for section in self._sections}
        blocks: dict[str, Anchor] = {}
        for anchor in self.by_id.values():
            if anchor.kind == "highlight":
                anchor_shown = first.setdefault(anchor.span.start, anchor)
            elif anchor.kind == "block":
                anchor_shown = headings.get(anchor.span.start, anchor)
            else:
                continue
            if anchor.id.startswith("^"):
                blocks.setdefault(anchor.id.casefold(), anchor_shown)
        return blocks

    def heading(self, written: str, *, loose: bool = True) -> Section | None:
        """Find the section that a heading link of Obsidian's means; `H1#H2` is the H2 under an H1. None where there is none.

        `loose`, texts may differ in accents, dashes and underscores as well.
        """
        if not loose:
            places = self._headings.get(f"={spelled(written)}") or self._headings.get(f"~{heading_key(written)}")
            return self._sections[min(places)] if places else None
        whole = self._first(written)
        if whole is not None or "#" not in written:
            return whole
        parts = [part for part in written.split("#") if part.strip()]
        if not parts:  # `[[b##]]`
            return None
        *above, last = parts
        for at in self._places(last):
            wanted = list(above)
            parent = self._parents[at]
            while wanted and parent >= 0:
                if parent in self._places(wanted[-1]):
                    wanted.pop()
                parent = self._parents[parent]
            if not wanted:
                return self._sections[at]
        return self._first(last)

    def link_text(self, identifier: str) -> str:
        """Write the heading with this id as Obsidian names it in a link; the id itself where no heading has it."""
        section = next((each for each in self._sections if each.id == identifier), None)
        return link_text(self._written(section)) or section.title if section else identifier

    def _first(self, written: str) -> Section | None:
        places = self._places(written)
        return self._sections[min(places)] if places else None

    def _places(self, written: str) -> Mapping[int, None]:
        """List the places of the sections that a text names: as it is written, by Obsidian's rule, without accents."""
        for key in (f"={spelled(written)}", f"~{heading_key(written)}", f"?{_letters(written)}"):
            if len(key) > 1 and key in self._headings:
                return self._headings[key]
        return {}

    @cached_property
    def _headings(self) -> Mapping[str, Mapping[int, None]]:
        """Index the places of sections by their texts under three readings, each with a sign before it."""
        headings: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for at, section in enumerate(self._sections):
            written = self._written(section)
            for text in (written, section.title):
                headings[f"={spelled(text)}"][at] = None
                headings[f"~{heading_key(text)}"][at] = None
                headings[f"?{_letters(text)}"][at] = None
        return headings

    @cached_property
    def _parents(self) -> list[int]:
        """List for each section the place of the one above it in level, -1 for none."""
        parents: list[int] = []
        for at, section in enumerate(self._sections):
            parent = at - 1
            while parent >= 0 and self._sections[parent].level >= section.level:
                parent = parents[parent]
            parents.append(parent)
        return parents

    def _written(self, section: Section) -> str:
        return heading_text(self._text[section.span.start : section.span.end]) or section.title


def _letters(text: str) -> str:
    """Fold a text, and leave out all that is neither a letter nor a digit."""
    return folded(re.sub(r"[^\w\s-]", " ", text))


_SHORTCODE = re.compile(r":[\w+-]+:")
"""What is a picture for Material, and so no part of an id: `:material-eye: Views`."""


def _python_markdown_ids(titles: Iterable[str]) -> Iterator[str]:
    """Name headings as Python-Markdown does: of those with one slug the second is `slug_1`; without one, `_1`."""
    taken, numbers = set[str](), dict[str, int]()
    for title in titles:
        identifier = _python_markdown_slug(title)
        if not identifier or identifier in taken:
            match = _NUMBERED.fullmatch(identifier)
            stem = match[1] if match else identifier
            number = max(numbers.get(stem, 0), int(match[2]) if match else 0) + 1
            while f"{stem}_{number}" in taken:
                number += 1
            numbers[stem], identifier = number, f"{stem}_{number}"
        taken.add(identifier)
        yield identifier


_NUMBERED = re.compile(r"(.*)_(\d{1,9})")


def _python_markdown_slug(title: str) -> str:
    """Slugify as Python-Markdown, and so MkDocs, does (markdown.extensions.toc.slugify)."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())
