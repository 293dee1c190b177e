"""Sidebars. Bounded: the home page, the glossary, the top folders, and of the page's own folder a window around it.

Plain Material writes the whole tree into every page, so that a site of n notes is n² large.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace

from aikb.compose.tree import Tree
from aikb.index import GLOSSARY_ADDRESS
from aikb.locales import counted
from aikb.model import NavigationItem

_FOLDERS = 40
"""How many folders of one level a sidebar names."""


def sidebar(tree: Tree, address: str) -> tuple[NavigationItem, ...]:
    """The sidebar of the page at an address of a tree."""
    if tree.index.settings.navigation:
        return _written(tree, address)
    folder = "" if address == GLOSSARY_ADDRESS else posixpath.dirname(address)
    items = [_page(tree, tree.words["home"], "index.md", address)]
    if tree.index.terms:
        items.append(_page(tree, tree.words["glossary"], GLOSSARY_ADDRESS, address))
    items += _contents(tree, "", folder, address)
    return tuple(items)


def neighbours(tree: Tree, address: str) -> tuple[str, str]:
    """The addresses before and after a page in its folder; empty at the ends."""
    at = tree.positions.get(address)
    if at is None:
        return "", ""
    siblings = tree.folders[posixpath.dirname(address)]
    return siblings[at - 1] if at else "", siblings[at + 1] if at + 1 < len(siblings) else ""


def _page(tree: Tree, title: str, target: str, address: str, lang: str = "") -> NavigationItem:
    return NavigationItem(title, tree.path(target), active=target == address, lang=lang if lang != tree.lang else "")


def _note(tree: Tree, target: str, address: str) -> NavigationItem:
    item = tree.items[target]
    return replace(item, active=True) if target == address else item


def _contents(tree: Tree, folder: str, current: str, address: str) -> list[NavigationItem]:
    """The folders in `folder`, the current one opened, and the notes beside them."""
    items: list[NavigationItem] = []
    children = tree.subfolders.get(folder, [])
    for child in children[:_FOLDERS] + [each for each in children[_FOLDERS:] if _within(current, each)]:
        inside = tuple(_contents(tree, child, current, address)) if _within(current, child) else ()
        target = f"{child}/index.md"
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
    items = [_note(tree, each, address) for each in siblings[start : start + limit]]
    if len(siblings) > limit:
        target = f"{folder}/index.md" if folder else "index.md"
        items.append(NavigationItem(counted(tree.words, "all_notes", len(siblings)), tree.path(target)))
    return items


def _written(tree: Tree, address: str) -> tuple[NavigationItem, ...]:
    """The user's own `nav`, in the tree's pages."""
    items: list[NavigationItem] = []
    for title, path in tree.index.settings.navigation:
        if "://" in path:
            items.append(NavigationItem(title or path, path))
            continue
        if not path:
            items.append(NavigationItem(title))
            continue
        source = f"{tree.index.settings.docs_dir}/{path}"
        document = tree.index.documents.get(source)
        if document is None:
            continue
        shown = tree.documents[document.address]
        items.append(_page(tree, title or shown.title, document.address, address, "" if title else shown.lang))
    return tuple(items)
