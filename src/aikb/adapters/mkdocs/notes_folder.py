"""Takes the place of MkDocs' own reading of `docs_dir`, which walks whatever a symbolic link leads to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions

from aikb.read.files.disk import files_in


class NotesFolder:
    """The notes folder, hidden from MkDocs between two of its events; it then finds nothing to walk."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Send MkDocs where nothing is."""
        self._config, self._given = config, config.docs_dir
        config.docs_dir = os.path.join(config.site_dir, ".aikb-nothing")  # noqa: PTH118 - MkDocs wants a text

    def put_back(self) -> None:
        """Show the folder again."""
        self._config.docs_dir = self._given


def list_notes_folder(top: Path) -> Iterator[Path]:
    """List the files that aikb reads or may publish."""
    return (path for path, problem in files_in(top) if not problem)


def add_files(files: Files, paths: Iterable[Path], config: MkDocsConfig) -> None:
    """Add files of the notes folder to MkDocs' list, as it would have: a plugin's file of the same name stays."""
    added = [
        File(os.path.relpath(path, config.docs_dir), config.docs_dir, config.site_dir, config.use_directory_urls)
        for path in paths
    ]
    set_exclusions(added, config)
    for file in added:
        if file.src_uri not in files.src_uris:
            files.append(file)
