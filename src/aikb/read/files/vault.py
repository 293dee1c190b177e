"""Read what Obsidian keeps about a vault beside its notes: what is a template, what is ignored, where attachments are.

`.obsidian/app.json` has `attachmentFolderPath` and `userIgnoreFilters`; `templates.json` (`folder`) and Templater's `data.json`
(`templates_folder`) name folders of templates. Nothing else in that folder is looked at, and nothing in it is published. Where
there is no such folder, a note in a folder called templates that holds a placeholder is a template all the same. A file
`preamble.sty` has macros for the formulas of all notes, as the plugin Extended MathJax reads it.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from aikb.model.source import Source
from aikb.settings import Settings
from aikb.system.regular_file import is_folder, read_regular_text

FOLDER = ".obsidian"
_SIZE_LIMIT = 1_000_000
"""Bytes of a file of settings."""
_TEMPLATES = frozenset("template templates modele modeles modèle modèles gabarits plantillas vorlagen".split())
_PLACEHOLDER = re.compile(r"\{\{[ ]*(?:title|date|time|VALUE|NAME|FIELD)\b[^{}\n]*\}\}|<%[^%]*\btp\.", re.IGNORECASE)
"""Of Obsidian's own templates, of QuickAdd, and of Templater."""


def with_vault(settings: Settings, folder: Path) -> Settings:
    """Add to the settings what the vault says, in the notes folder or beside `mkdocs.yml`; its templates are excluded."""
    settings = replace(settings, macros=_preamble(folder / settings.docs_dir))
    for base, above in ((folder / settings.docs_dir, ""), (folder, settings.docs_dir)):
        kept = base / FOLDER
        if not is_folder(kept):
            continue
        app = _read(kept / "app.json")
        filters = app.get("userIgnoreFilters")
        ignored = [each for each in filters if isinstance(each, str)] if isinstance(filters, list) else []
        templates = (
            _read(kept / "templates.json").get("folder"),
            _read(kept / "plugins" / "templater-obsidian" / "data.json").get("templates_folder"),
        )
        folders = [f"{each.strip('/')}/" for each in templates if isinstance(each, str) and each.strip("/")]
        patterns = [f"/{_escaped(_inside(each, above).rstrip('/'))}/" for each in folders]
        patterns += [pattern for each in ignored for pattern in _patterns(each, above)]
        attachments = app.get("attachmentFolderPath")
        return replace(
            settings,
            vault=True,
            attachments=_inside(attachments, above) if isinstance(attachments, str) else "",
            excluded="\n".join((*settings.excluded.splitlines(), *patterns)),
        )
    return settings


def templates(sources: Iterable[Source], settings: Settings) -> list[str]:
    """List the paths of the notes that are templates by their folder's name and what is in them."""
    notes = (source for source in sources if source.root == "notes")
    return [each.path for each in notes if is_template(settings.in_notes(each.path), each.text)]


def without(settings: Settings, paths: Iterable[str]) -> Settings:
    """Exclude some notes."""
    patterns = [f"/{_escaped(settings.in_notes(path))}" for path in paths]
    return replace(settings, excluded="\n".join((*settings.excluded.splitlines(), *patterns))) if patterns else settings


def is_template(path: str, text: str) -> bool:
    """Tell whether a note is a template for others: it stands in a folder called so, and holds a placeholder."""
    folders = (folder.casefold().strip("_. ") for folder in posixpath.dirname(path).split("/"))
    return any(re.sub(r"^\d+[ ._-]+", "", folder) in _TEMPLATES for folder in folders) and bool(
        _PLACEHOLDER.search(text)
    )


def _read(file: Path) -> dict[str, Any]:
    """Read a file of settings; empty where it is none that can be read."""
    try:
        data = json.loads(read_regular_text(file, _SIZE_LIMIT))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _preamble(vault: Path) -> str:
    """Read the macros for all formulas, where plugins of Obsidian that add them to MathJax look for them."""
    try:
        return read_regular_text(vault / "preamble.sty", _SIZE_LIMIT)
    except (OSError, ValueError):
        return ""


def _patterns(written: str, above: str) -> Iterator[str]:
    """Write a filter of Obsidian's, the beginning of a path, as patterns of gitignore; one that is a regex in slashes has none.

    It is about notes: a picture in a folder that is not to be searched is shown all the same. `above` is the notes folder,
    where the vault is around it.
    """
    if len(written) > 2 and written.startswith("/") and written.endswith("/"):
        return
    path = _escaped(_inside(written, above).strip("/"))
    if path and written.endswith("/"):
        yield f"/{path}/**/*.md"
    elif path:
        yield from (f"/{path}", f"/{path}*.md", f"/{path}*/**/*.md")


def _inside(path: str, above: str) -> str:
    """Write a path of the vault as one of the notes folder."""
    return path.removeprefix(f"{above}/") if above not in ("", ".") else path


def _escaped(path: str) -> str:
    return re.sub(r"([\\*?\[\]!# ])", r"\\\1", path)
