"""A page that is made, and the menu that names it."""

from typing import Any

from mkdocs.structure.files import File


def on_files(files: Any, *, config: Any) -> Any:
    """Add the list of releases."""
    files.append(File.generated(config, "releases.md", content="# Releases\n\nThe **third** one brought foghorns.\n"))
    return files


def on_nav(nav: Any, **_: Any) -> Any:
    """See the menu."""
    assert nav.items
    return nav
