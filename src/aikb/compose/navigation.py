"""Sidebars. Bounded: the home page, the glossary, the top folders, and of the page's own folder a window around it.

Plain Material writes the whole tree into every page, so that a site of n notes is n² large.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath

from aikb.compose.papers import list_pages, list_title
from aikb.compose.tags import has_tags, tags_address
from aikb.compose.tree import Tree, page_address
from aikb.locales.words import counted
from aikb.model.site import NavigationItem
from aikb.model.source import Source
from aikb.read.document import locate
from aikb.relate.glossary.concepts import FOLDER
from aikb.relate.index import GLOSSARY_ADDRESS
from aikb.settings import Navigation

_FOLDERS = 40
"""How many folders of one level a sidebar names."""
OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/#]")
"""What begins the target of an entry that leads out of the site, as MkDocs sees it."""


def sidebar(tree: Tree, address: str) -> tuple[NavigationItem, ...]:
    """The sidebar of the page at an address of a tree."""
    if tree.index.settings.navigation:
        return _written(tree).sidebar(address)
    term = _is_term(tree, address)
    made = address == GLOSSARY_ADDRESS or term
    folder = "" if made else _folder_of(tree, address)
    items = [_page(tree, tree.words["home"], "index.md", address)]
    if tree.index.terms:
        items.append(_page(tree, tree.words["glossary"], GLOSSARY_ADDRESS, GLOSSARY_ADDRESS if term else address))
    if tree.works:
        items.append(_page(tree, tree.words["sources"], tree.sources, address))
    if list_pages(tree.ways.papers):
        items.append(_page(tree, list_title(tree), tree.papers, _first_of(tree.papers, address)))
    tags = tags_address(tree.index)
    own = "tags.md" in tree.index.variants  # a list of the user's, as of the tags plugin
    if has_tags(tree.index, tree.ways.tags) and not own:
        items.append(_page(tree, tree.words["tags"], tags, _first_of(tags, address)))
    first, *rest = _contents(tree, "", folder, address) or (None,)
    return (*items, replace(first, apart=len(items) > 1), *rest) if first else tuple(items)


def _folder_of(tree: Tree, address: str) -> str:
    """The folder whose notes stand in a page's sidebar: the page's own; for a page that aikb makes beside them, the root."""
    folder = posixpath.dirname(address)
    return folder if folder in tree.folders else ""


def _first_of(first: str, address: str) -> str:
    """The address of the line that is marked on a page: of a page below a list that aikb makes, the list's."""
    return first if address.startswith(f"{posixpath.dirname(first)}/") else address


def _is_term(tree: Tree, address: str) -> bool:
    """Whether the page of a term is at an address."""
    folder, name = posixpath.split(address)
    return folder == FOLDER and name.removesuffix(".md") in tree.index.terms and address not in tree.documents


def neighbours(tree: Tree, address: str) -> tuple[str, str]:
    """The addresses before and after a page: in the user's own `nav`, else among the notes, or the works, of its folder."""
    if not tree.index.settings.navigation:
        return tree.readings.get(address, ("", ""))
    written = _written(tree)
    at = written.positions.get(address)
    if at is None:
        return "", ""
    order = written.order
    return order[at - 1] if at else "", order[at + 1] if at + 1 < len(order) else ""


def _page(tree: Tree, title: str, target: str, address: str, lang: str = "") -> NavigationItem:
    return NavigationItem(title, tree.path(target), active=target == address, lang=lang if lang != tree.lang else "")


def _contents(tree: Tree, folder: str, current: str, address: str) -> list[NavigationItem]:
    """The folders in `folder`, the current one opened, and the notes beside them."""
    items: list[NavigationItem] = []
    children = tree.subfolders.get(folder, [])
    for child in children[:_FOLDERS] + [each for each in children[_FOLDERS:] if _within(current, each)]:
        inside = tuple(_contents(tree, child, current, address)) if _within(current, child) else ()
        target = f"{child}/index.md"
        if target == GLOSSARY_ADDRESS and tree.index.terms and not inside:
            continue  # the list of terms is its page, and is named above
        active = target == address or bool(inside)
        items.append(NavigationItem(tree.folder_title(child), tree.path(target), inside, active))
    if folder == current:
        items += _window(tree, folder, address)
    return items


def _within(current: str, folder: str) -> bool:
    return current == folder or current.startswith(f"{folder}/")


def _window(tree: Tree, folder: str, address: str) -> list[NavigationItem]:
    """The notes of a folder around the page, and a way to all of them."""
    siblings = tree.folders.get(folder, [])
    limit = tree.index.settings.sidebar_limit
    at = tree.positions.get(address, 0)
    start = max(0, min(at - limit // 2, len(siblings) - limit))
    shown = siblings[start : start + limit]
    items = [tree.items[each] for each in shown]
    if address in tree.positions and shown[at - start : at - start + 1] == [address]:
        items[at - start] = replace(items[at - start], active=True)
    if len(siblings) > limit:
        target = f"{folder}/index.md" if folder else "index.md"
        items.append(NavigationItem(counted(tree.words, "all_notes", len(siblings)), tree.path(target)))
    return items


@dataclass(frozen=True, slots=True)
class WrittenNavigation:
    """The user's own `nav` in one tree, or what a plugin made, all groups closed: what its pages' sidebars share."""

    items: tuple[NavigationItem, ...]
    places: Mapping[str, tuple[int, ...]]
    """Where each address is named first: its place in each level."""

    positions: Mapping[str, int]
    """The place of each address among those named."""
    order: tuple[str, ...]

    def sidebar(self, address: str) -> tuple[NavigationItem, ...]:
        """The sidebar of a page, with the groups open that hold it."""
        place = self.places.get(address)
        return _opened(self.items, place) if place else self.items


def _opened(items: tuple[NavigationItem, ...], place: tuple[int, ...]) -> tuple[NavigationItem, ...]:
    at, rest = place[0], place[1:]
    item = items[at]
    opened = replace(item, active=True, children=_opened(item.children, rest) if rest else item.children)
    return (*items[:at], opened, *items[at + 1 :])


@lru_cache(maxsize=2)
def _written(tree: Tree) -> WrittenNavigation:
    items = tuple(_entries(tree, tree.index.settings.navigation))
    return written_navigation(items, {tree.path(address): address for address in (*tree.documents, *_made(tree))})


def written_navigation(items: tuple[NavigationItem, ...], addresses: Mapping[str, str]) -> WrittenNavigation:
    """Find where a navigation names each page; `addresses` are those of the pages' paths."""
    places: dict[str, tuple[int, ...]] = {}
    for item, place in _places(items, ()):
        if item.path in addresses:
            places.setdefault(addresses[item.path], place)
    order = tuple(places)
    return WrittenNavigation(items, places, {address: at for at, address in enumerate(order)}, order)


def _places(
    items: tuple[NavigationItem, ...], above: tuple[int, ...]
) -> Iterator[tuple[NavigationItem, tuple[int, ...]]]:
    for at, item in enumerate(items):
        yield item, (*above, at)
        yield from _places(item.children, (*above, at))


def _entries(tree: Tree, navigation: Navigation) -> Iterator[NavigationItem]:
    made = _made(tree)
    for title, target in navigation:
        if not isinstance(target, str):
            yield NavigationItem(title, children=tuple(_entries(tree, target)))
            continue
        if not target:
            yield NavigationItem(title)
            continue
        address = _address(tree, target)
        if address in tree.documents:
            item = tree.items[address]
            yield replace(item, title=title, lang="") if title else item
        elif address in made:
            yield NavigationItem(title or made[address], tree.path(address))
        elif OUTSIDE.match(target) or target in tree.index.assets:
            yield NavigationItem(title or posixpath.basename(target) or target, target)


def _made(tree: Tree) -> Mapping[str, str]:
    """The titles of the pages that aikb makes, by address; where the notes have a page of their own, that counts."""
    made = {"index.md": tree.words["home"]}
    made |= {f"{folder}/index.md": tree.folder_title(folder) for folder in tree.folders if folder}
    if tree.index.terms:
        made[GLOSSARY_ADDRESS] = tree.words["glossary"]
    if tree.works:
        made[tree.sources] = tree.words["sources"]
    if has_tags(tree.index, tree.ways.tags):
        made[tags_address(tree.index)] = tree.words["tags"]
    if list_pages(tree.ways.papers):
        made[tree.papers] = list_title(tree)
    if tree.has_list:
        made[tree.all_notes] = tree.words["all_pages"]
    return made


def _address(tree: Tree, target: str) -> str:
    """The address that a path of the user's `nav` means, whether or not there is a page; empty for what is private."""
    settings = tree.index.settings
    name = PurePosixPath(unicodedata.normalize("NFC", target)).as_posix()
    if target.endswith("/"):
        name += "/index.md"
    path = settings.note_path(name)
    if path in tree.index.private or not name.lower().endswith((".md", ".markdown")):
        return ""
    document = tree.index.documents.get(path)
    return page_address(document) if document else locate(Source(path, ""), settings).address
