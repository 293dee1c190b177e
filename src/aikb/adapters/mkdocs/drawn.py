"""Which pages of the published site are as a fresh build would draw them: kept by a key of all that they are drawn from.

A page is drawn from its `Page` value, from what it shows of its neighbours, and from the shape of the site: configuration,
and templates. Equal keys give equal bytes; a test edits at random and compares with a fresh build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import jinja2

from aikb.adapters.mkdocs.pages import SitePage, Surroundings
from aikb.adapters.mkdocs.shape import Shape, Stamp, stamps
from aikb.model.site import Page


@dataclass(frozen=True, slots=True)
class _Key:
    page: Page
    neighbours: tuple[tuple[str, str], ...]
    """Path and title of the previous page, the next one, and the home."""

    def equals(self, other: _Key | None) -> bool:
        """Whether it is the same page; equal pages are one object, made so when a build begins."""
        return other is not None and self.page is other.page and self.neighbours == other.neighbours


class Drawn:
    """The pages of the site that is published, and what they were drawn from. Kept while serving."""

    def __init__(self) -> None:
        """Know of no page."""
        self._shape = Shape()
        self._keys: dict[str, _Key] = {}
        self._next: dict[str, _Key] = {}
        """The same of the site that is being built."""
        self._used: tuple[Stamp, ...] = ()
        """The templates that were used, Material's among them."""

    def stale(self, around: Surroundings, shape: Shape, has: Callable[[str], bool]) -> list[SitePage]:
        """The pages that must be drawn; `has` says which files the published site has."""
        used = stamps(path for path, _, _ in self._used)
        self._next = {path: _key(page, around) for path, page in around.pages.items()}
        if shape != self._shape or shape.crumbs or used != self._used:
            return list(around.pages.values())
        moved = around.pages.keys() ^ self._keys.keys()
        return [
            page
            for path, page in around.pages.items()
            if not (has(page.file.dest_uri) and self._next[path].equals(self._keys.get(path)))
            or (moved and not moved.isdisjoint(_paths(page.kb.page)))
        ]

    def published(self, shape: Shape, env: jinja2.Environment) -> None:
        """Know the pages of the site that has just been published, which `stale` was asked for."""
        self._shape, self._keys = shape, self._next
        loaded = {each.filename for each in (env.cache or {}).values() if each.filename}
        self._used = stamps(sorted(loaded.union(path for path, _, _ in self._used)))


def _key(page: SitePage, around: Surroundings) -> _Key:
    value = page.kb.page
    shown = (value.previous, value.next, around.settings.tree_path("index.md", value.tree))
    pages = (around.pages.get(path) for path in shown)
    return _Key(value, tuple(("", "") if each is None else (each.kb.page.path, each.kb.page.title) for each in pages))


def _paths(page: Page) -> Iterator[str]:
    """The paths that a page shows in another way when there is a page of that path; those in its text are in its text."""
    yield page.canonical
    yield from (alternate.path for alternate in page.alternates)
    items = list(page.navigation)
    while items:
        item = items.pop()
        yield item.path
        items += item.children
