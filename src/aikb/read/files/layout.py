"""Recognise what a folder is from its listing: which tool wrote the notes, where they are, what is no note.

Nothing is read here: the listing and the texts of a few configuration files are given. A tool is known by the file that it
cannot do without (`.obsidian/`, `logseq/config.edn`, `hugo.toml`), never by how notes are written.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from aikb.read.glossary.vocabulary import vocabulary

NOTE_SUFFIXES = (".md", ".markdown")
BULKY = frozenset("node_modules bower_components venv __pycache__ _site".split())
"""Folders that tools fill, of which there may be millions of files; no author keeps notes there."""
_TEMPLATES = frozenset("templates template _templates archetypes modèles modeles layouts _layouts _includes".split())
_GLOSSARIES = frozenset("glossary glossaire lexique terms".split())
_PAPERS = frozenset(
    "readme changelog changes license licence contributing security code_of_conduct authors governance support notice".split()
)
"""What a repository says about itself: Markdown, but no note where notes are in a folder beside it."""


@dataclass(frozen=True, slots=True)
class _Tool:
    """How a tool is known by its files, and where it keeps notes below its own folder."""

    name: str
    signs: tuple[str, ...]
    """Patterns of paths, of which one is enough."""
    notes: tuple[str, ...] = ("",)
    """Folders of notes; the first that is there counts."""
    extra: tuple[str, ...] = ()
    """Folders of the tool's own, which are no notes."""


_TOOLS = (
    _Tool("Docusaurus", ("docusaurus.config.*",), ("docs", "blog")),
    _Tool("Starlight", ("astro.config.*",), ("src/content/docs",)),
    _Tool("VitePress", (".vitepress/config.*", "docs/.vitepress/config.*"), ("docs", "")),
    _Tool("Quartz", ("quartz.config.*",), ("content",)),
    _Tool(
        "Hugo",
        ("hugo.toml", "hugo.yaml", "hugo.json", "config/_default/*", "config.toml"),
        ("content",),
    ),
    _Tool("mdBook", ("book.toml",), ("src",)),
    _Tool("Jekyll", ("_config.yml", "_config.yaml"), ("",), ("_layouts", "_includes", "_sass", "_data")),
    _Tool("Logseq", ("logseq/config.edn",), ("",), ("logseq",)),
    _Tool("Obsidian", (".obsidian/*",)),
    _Tool("Foam", (".foam/*",)),
    _Tool("Dendron", ("dendron.yml",), ("vault", "")),
)
"""The first whose notes are there wins: a site generator says where its notes are, an editor that they are all here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a folder is."""

    tools: tuple[str, ...]
    """The tools that it was made with, by name."""
    notes_dir: str
    """The folder of notes; `.` for the folder itself, empty where there are none."""
    notes: tuple[str, ...]
    """The Markdown files and exports in it that would be published."""
    glossary_dir: str
    """A folder of terms beside the notes; empty for none."""
    glossaries: tuple[str, ...]
    """Notes whose names call them glossaries."""
    outside: tuple[str, ...] = ()
    """Markdown beside the folder of notes, which is no part of the site."""
    exports: tuple[str, ...]
    """Exports of highlights among them that are no Markdown."""
    readmes: int
    """How many folders are presented by a README."""
    left_out: tuple[str, ...]
    """Folders in the notes that are templates, ignored or a tool's own, relative to the notes."""
    unread: int
    """How many files of MDX there are: Markdown with JavaScript in it, which is not read."""
    config: str
    """A configuration of MkDocs that is there; empty for none."""


CONFIGS = ("mkdocs.yml", "mkdocs.yaml", ".aikb/mkdocs.yml", ".aikb/mkdocs.yaml")
"""Where the configuration of a site may be, in the order in which they are looked for. MkDocs refuses one beside the notes
themselves, so that notes at the root of a folder have it in a folder of its own, which is hidden: it is no note."""


def survey(
    paths: Collection[str],
    texts: Mapping[str, str],
    ignored: Collection[str] = (),
    exports: Collection[str] = (),
    said: str = "",
) -> Layout:
    """Recognise a folder by the paths of its files, relative to it and with hidden ones.

    `texts` are those of the files that `wanted` names, `ignored` folders that its own `.gitignore` leaves out, `exports` files
    of highlights that are no Markdown, `said` the folder of notes that a configuration names.
    """
    visible = sorted(path for path in paths if not _hidden(path))
    markdown = [path for path in visible if path.lower().endswith(NOTE_SUFFIXES) or path in exports]
    tools = [tool for tool in _TOOLS if any(fnmatchcase(path, sign) for path in paths for sign in tool.signs)]
    tools = [tool for tool in tools if tool.name != "Hugo" or _below(markdown, "content")]
    notes_dir = said if said and _below(markdown, said) else _notes_dir(tools, markdown)
    left_out = [
        folder
        for folder in dict.fromkeys([*_template_folders(markdown, texts), *_extra(tools), *_bulky(markdown), *ignored])
        if _below(markdown, folder) and _inside(folder, notes_dir)
    ]
    notes = [
        path for path in _below(markdown, notes_dir) if not any(path.startswith(f"{folder}/") for folder in left_out)
    ]
    return Layout(
        tools=tuple(tool.name for tool in tools),
        notes_dir=(notes_dir or ".") if notes else "",
        notes=tuple(notes),
        glossary_dir=_glossary_dir(markdown, notes_dir),
        glossaries=tuple(path for path in notes if vocabulary().named.search(_stem(path))),
        outside=tuple(path for path in markdown if "/" not in path) if notes_dir else (),
        exports=tuple(path for path in notes if path in exports),
        readmes=sum(_stem(path) == "readme" for path in notes),
        left_out=tuple(sorted(folder.removeprefix(f"{notes_dir}/") for folder in left_out)),
        unread=sum(path.lower().endswith(".mdx") for path in visible),
        config=next((each for each in CONFIGS if each in paths), ""),
    )


def wanted(paths: Iterable[str]) -> Iterator[str]:
    """List the configuration files whose texts `survey` looks into."""
    yield from (path for path in paths if path in _TEMPLATE_SETTINGS)


_TEMPLATE_SETTINGS = {
    ".obsidian/templates.json": r'"folder"\s*:\s*("(?:[^"\\]|\\.)*")',
    ".obsidian/plugins/templater-obsidian/data.json": r'"templates_folder"\s*:\s*("(?:[^"\\]|\\.)*")',
}
"""Where a vault says which of its folders holds templates, and how."""


def _template_folders(markdown: Collection[str], texts: Mapping[str, str]) -> Iterator[str]:
    """List the folders of templates: those that a vault's settings name, and those called so."""
    for path, pattern in _TEMPLATE_SETTINGS.items():
        match = re.search(pattern, texts.get(path, ""))
        if match and (folder := str(json.loads(match[1], strict=False)).strip("/")):
            yield folder
    for folder in _folders(markdown):
        if posixpath.basename(folder).casefold() in _TEMPLATES:
            yield folder


def _notes_dir(tools: Iterable[_Tool], markdown: Collection[str]) -> str:
    """Find the folder of notes; empty for the folder itself."""
    for tool in tools:
        for folder in tool.notes:
            if _below(markdown, folder):
                return folder
    said = [path for path in markdown if "/" in path or _stem(path) not in _PAPERS]
    tops = Counter(path.partition("/")[0] if "/" in path else "" for path in said)
    if sum(_stem(path) == "readme" for path in markdown) * 2 > len(markdown) > 2:
        return ""  # READMEs beside code: the first of them is the home page
    homes = [top for top in tops if top.casefold() not in _GLOSSARIES | _TEMPLATES | BULKY]
    return homes[0] if len(homes) == 1 else ""


def _glossary_dir(markdown: Collection[str], notes_dir: str) -> str:
    """Find a folder of terms beside the folder of notes."""
    if not notes_dir:
        return ""
    tops = {path.partition("/")[0] for path in markdown if "/" in path}
    return next((top for top in sorted(tops) if top.casefold() in _GLOSSARIES and top != notes_dir), "")


def _extra(tools: Iterable[_Tool]) -> Iterator[str]:
    for tool in tools:
        yield from tool.extra


def _bulky(markdown: Collection[str]) -> Iterator[str]:
    """List the folders that package managers fill, wherever they are."""
    yield from (folder for folder in _folders(markdown) if posixpath.basename(folder) in BULKY)


def _folders(paths: Collection[str]) -> list[str]:
    """List every folder above the paths, in order."""
    found: set[str] = set()
    for path in paths:
        while (path := posixpath.dirname(path)) and path not in found:
            found.add(path)
    return sorted(found)


def _below(paths: Iterable[str], folder: str) -> list[str]:
    return [path for path in paths if path.startswith(f"{folder}/")] if folder else list(paths)


def _inside(folder: str, notes_dir: str) -> bool:
    return not notes_dir or folder.startswith(f"{notes_dir}/")


def _hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _stem(path: str) -> str:
    """Give the name of a file without its suffixes: `glossary` of `a/Glossary.fr.md`."""
    return posixpath.basename(path).casefold().partition(".")[0]
