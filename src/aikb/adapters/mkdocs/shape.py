"""What all pages of a site are drawn with: the configuration and the templates, as a value that can be compared."""

from __future__ import annotations

import contextlib
import os
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from material import templates as material_templates
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.theme import Theme

from aikb.adapters.mkdocs.configuration import THEME
from aikb.settings import Settings
from aikb.system.regular_file import read_regular

_REACHING = frozenset(
    ("pages", "nav", "previous_page", "next_page", "parent", "ancestors", "plugins", "build_date_utc", "_around")
)
"""Names by which a template reaches beyond its page; how Material's own and ours do is in the key of a page."""
_MATERIAL = Path(material_templates.__file__).parent
_LARGE = 1_000_000
"""Bytes beyond which a file of a theme is no template."""

Stamp = tuple[str, int, int]
"""A file, its time of change in nanoseconds, and its size; -1 where it is not there."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What all pages are drawn with."""

    configuration: str = ""
    templates: tuple[Stamp, ...] = ()
    """The files of the user's theme and of ours; Material's are thousands, and those that were used tell enough."""
    reaching: bool = False
    """Whether a template of the user's reaches beyond its page, into what only MkDocs' own order of work gives it."""
    crumbs: bool = False
    """Whether pages show the titles of those that lead to them, by the user's `nav`."""


def shape_of(config: MkDocsConfig, settings: Settings) -> Shape:
    """The shape of a site."""
    files = [path for folder in config.theme.dirs if _is_users(Path(folder)) for path in _files(Path(folder))]
    own = [path for path in files if THEME not in path.parents]
    env = config.theme.get_env() if own else jinja2.Environment(autoescape=False)  # noqa: S701 - it renders nothing
    return Shape(
        f"{settings!r}\n{_written(config)}",
        stamps(map(str, files)),
        any(_reaches(path, env) for path in own),
        bool(config.nav) and "navigation.path" in (config.theme.get("features") or ()),
    )


def stamps(files: Iterable[str]) -> tuple[Stamp, ...]:
    """How the files are on disk now."""
    return tuple(_stamp(file) for file in files)


def _stamp(file: str) -> Stamp:
    with contextlib.suppress(OSError):
        found = Path(file).stat()
        return file, found.st_mtime_ns, found.st_size
    return file, -1, -1


def _is_users(folder: Path) -> bool:
    """Whether a folder of templates is neither Material's nor MkDocs' own."""
    return folder != _MATERIAL and folder.parent.name != "mkdocs"


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, followlinks=True):
        folders.sort()
        yield from (Path(root, name) for name in sorted(names))


def _reaches(path: Path, env: jinja2.Environment) -> bool:
    """Whether a file is a template that may show more than its page, or that cannot be told."""
    try:
        data = read_regular(path)
    except OSError:
        return True
    if len(data) > _LARGE or not (b"{{" in data or b"{%" in data):
        return False
    try:
        tree = env.parse(data.decode())
    except (UnicodeDecodeError, jinja2.TemplateError):
        return path.suffix in (".html", ".xml")  # else it is a script or a style sheet with braces of its own
    names = {node.name for node in tree.find_all(nodes.Name)} | {node.attr for node in tree.find_all(nodes.Getattr)}
    names |= {node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
    return not names.isdisjoint(_REACHING)


def _written(value: Any) -> str:
    """A configuration as text that is the same for the same configuration, loaded once more."""
    if isinstance(value, Theme):
        return f"{value.name} {value.dirs!r} {sorted(value.static_templates)!r} {_written(dict(value.items()))}"
    if isinstance(value, BasePlugin):
        return f"{type(value).__qualname__} {_written(value.config)}"
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key!r}:{_written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_written, value)) + "]"
    if isinstance(value, set | frozenset):
        return repr(sorted(map(_written, value)))
    if isinstance(value, types.FunctionType | type):
        return f"{value.__module__}.{value.__qualname__}"
    return repr(value)  # of an unknown kind it names a place in memory, and so never equals another's
