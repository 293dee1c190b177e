"""Split off what must not reach the site: drafts, private folders, and what the user's MkDocs excludes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathspec import GitIgnoreSpec

from aikb.findings.finding import finding
from aikb.model.document import Document
from aikb.model.finding import Diagnostic
from aikb.model.source import Asset
from aikb.settings import Settings
from aikb.text.folding import folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Documents and files, what is private taken out."""

    documents: tuple[Document, ...]
    assets: Mapping[str, Asset]
    """By path from the root of the notes."""
    private: frozenset[str]
    """The paths of what was taken out, as sources have them."""
    active: frozenset[str]
    """The paths of files that run scripts, likewise."""
    boards: Mapping[str, str]
    """The plugins of notes that only these can show, by path."""
    diagnostics: tuple[Diagnostic, ...]


def split_private(documents: Iterable[Document], assets: Iterable[Asset], settings: Settings) -> Split:
    """Split off what must not reach the site."""
    documents, assets = list(documents), list(assets)
    excluded, hides = _excluded(settings), PrivateFolders(settings)
    private, shown = _split_documents(documents, excluded, hides, settings)
    hidden_assets, known = _split_assets(assets, excluded, hides, settings)
    private |= hidden_assets
    told = _private_folders(private, excluded, hides, settings)
    return Split(
        documents=tuple(shown),
        assets=known,
        private=frozenset(private),
        active=frozenset(settings.note_path(asset.path) for asset in assets if asset.active),
        boards={each.path: each.metadata.plugin for each in documents if each.metadata.plugin},
        diagnostics=tuple(told),
    )


def _excluded(settings: Settings) -> GitIgnoreSpec:
    """Compile the patterns of the user's `exclude_docs` and `draft_docs`, as MkDocs reads them."""
    return GitIgnoreSpec.from_lines([*settings.excluded.splitlines(), *settings.drafts.splitlines()])


class PrivateFolders:
    """The folders whose names say that they are nobody's business."""

    def __init__(self, settings: Settings) -> None:
        """Take the names from the settings; the notes folder itself may have any."""
        self._names = frozenset(map(_folded_name, settings.private_folders))
        self._tops = tuple(f"{top}/" for top in (settings.docs_dir, settings.glossary_dir) if top != ".")

    def above(self, path: str) -> str:
        """Find the topmost of them that a path from the folder of `mkdocs.yml` leads through; empty for none."""
        top = next((each for each in self._tops if path.startswith(each)), "")
        folders = path.removeprefix(top).split("/")[:-1]
        for count, folder in enumerate(folders, 1):
            if _folded_name(folder) in self._names:
                return top + "/".join(folders[:count])
        return ""


def _folded_name(folder: str) -> str:
    return folded(folder.strip("/").lstrip("._"))


def not_excluded(documents: Iterable[Document], settings: Settings) -> list[Document]:
    """Leave out the notes that `exclude_docs` names, templates most often: nobody asks what is wrong with them."""
    spec = GitIgnoreSpec.from_lines(settings.excluded.splitlines())
    return [
        each for each in documents if each.source.root != "notes" or not spec.match_file(settings.in_notes(each.path))
    ]


def _split_documents(
    documents: Iterable[Document], excluded: GitIgnoreSpec, hides: PrivateFolders, settings: Settings
) -> tuple[set[str], list[Document]]:
    """Split off what must not reach the site: the paths of that, and the other documents."""
    shown, private = list[Document](), set[str]()
    for document in documents:
        inside = document.source.root == "notes"
        unmarked = settings.publish == "marked" and not document.metadata.publish
        ignored = inside and excluded.match_file(settings.in_notes(document.path))
        if document.metadata.draft or document.metadata.plugin or unmarked or ignored or hides.above(document.path):
            private.add(document.path)
        else:
            shown.append(document)
    return private, shown


def _private_folders(
    private: Iterable[str], excluded: GitIgnoreSpec, hides: PrivateFolders, settings: Settings
) -> list[Diagnostic]:
    """Tell which folders are not published by their name alone, and how many files that leaves out."""
    left = (path for path in private if not excluded.match_file(settings.in_notes(path)))
    counts = Counter(folder for path in left if (folder := hides.above(path)))
    return [finding("folder-private", folder, count=count) for folder, count in sorted(counts.items())]


def _split_assets(
    assets: Iterable[Asset], excluded: GitIgnoreSpec, hides: PrivateFolders, settings: Settings
) -> tuple[set[str], dict[str, Asset]]:
    """Split off the files that must not reach the site: their paths as sources have them, and the others by path."""
    private, known = set[str](), dict[str, Asset]()
    for asset in assets:
        if hides.above(settings.note_path(asset.path)) or asset.active:
            private.add(settings.note_path(asset.path))
        elif not excluded.match_file(asset.path):
            known[asset.path] = asset
    return private, known
