"""`aikb new`: looks at a folder of notes, says what it is, and writes what a site needs beside it."""

from __future__ import annotations

import os
import shlex
import stat
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import yaml
from pathspec import GitIgnoreSpec

from aikb.cli.knowledge import Knowledge
from aikb.cli.output import reported, tell
from aikb.cli.starter_files import BASELINE, Start, configuration, ignore_lines, starter_files
from aikb.findings.report.text import counted
from aikb.ledgers import baseline
from aikb.locales.words import known
from aikb.mkdocs_file import from_mkdocs, named_plugins, names_plugin, read_config
from aikb.model.document import Document
from aikb.model.finding import Diagnostic, Severity
from aikb.model.source import Source
from aikb.read.document import parse
from aikb.read.exports.sniff import is_export
from aikb.read.files.disk import SIZE_LIMIT, decode, head
from aikb.read.files.layout import BULKY, CONFIGS, Layout, survey, wanted
from aikb.read.language import model as language_model
from aikb.read.language.blocks import read_languages
from aikb.read.language.site import with_languages
from aikb.settings import Settings, SettingsError, from_options
from aikb.system.git_remote import git_branch, git_remote, git_root
from aikb.system.regular_file import read_regular

_SAMPLE = 150
"""Notes that are read to count languages; more of them change no share by much."""
_EXPORTS = (".csv", ".json", ".txt")
SECRETS = frozenset({"secret-published", "url-credentials"})
"""Errors that are named one by one, because a baseline would hide them."""
_IN_ITS_PLACE = {
    "i18n": "aikb publishes each language itself",
    "blog": "aikb publishes every note itself; a blog can have a site of its own",
    "material/blog": "aikb publishes every note itself; a blog can have a site of its own",
}
"""Plugins that cannot work beside aikb, which refuses them."""
_NAMED = 3
"""How many of them."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a folder was found to be."""

    start: Start
    languages: Counter[str]
    outside: str
    """The root of the repository, where that is another folder; empty where it is this one."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--debug", is_flag=True, help="Show where a fault of aikb's own happened.")
def new(folder: Path, *, dry_run: bool, debug: bool) -> None:
    """Write what the site of a folder of notes needs. FOLDER is this one by default; no note is touched, nothing overwritten.

    Notes of Obsidian, Logseq, Jekyll, Hugo, Docusaurus, Starlight, MkDocs and others are known where they are. A folder without
    notes gets a small example in English and French.
    """
    with reported(debug=debug):
        seen = _look(folder)
        if seen.start.layout.config:
            read_config(folder / seen.start.layout.config)  # raises before anything is written
        for line in _described(folder, seen):
            tell(line, err=False)
        errors = _errors(folder, seen.start)
        start = replace(seen.start, baseline=bool(errors) and not seen.start.layout.config)
        if errors:
            them = "it" if len(errors) == 1 else "them"
            accepted = f"; {BASELINE} accepts {them} for now, and `aikb check --no-baseline` lists {them}"
            accepted = accepted if start.baseline else ""
            tell(f"check      {counted(len(errors), 'error')} in the notes{accepted}", err=False)
            _warn(folder, errors)
        _write(folder, start, outside=seen.outside, dry_run=dry_run)
        _advise(folder, start.layout)


def _look(folder: Path) -> _Seen:
    """Find out everything about a folder that can be told without checking its notes."""
    root = git_root(folder) if folder.is_dir() else None
    paths = _listing(folder)
    texts = {path: _read(folder / path) for path in wanted(paths)}
    exports = [
        path for path in paths if Path(path).suffix in _EXPORTS and is_export(head(folder / path), Path(path).suffix)
    ]
    layout = survey(paths, texts, _ignored(folder, paths), exports, _said(folder, paths))
    found, languages = _languages(folder, layout)
    start = Start(
        name=folder.resolve().name or "Notes",
        layout=layout,
        languages=[each for each, _ in _sorted(Counter({lang: languages[lang] for lang in found or ("en", "fr")}))],
        remote=git_remote(folder) if root else None,
        branch=git_branch(folder) if root else "main",
    )
    outside = str(root) if root and root.resolve() != folder.resolve() else ""
    return _Seen(start, languages, outside)


def _said(folder: Path, paths: Sequence[str]) -> str:
    """Read where a configuration that is there has its notes; empty for the folder itself, or one that is not in it."""
    config = next((folder / each for each in CONFIGS if each in paths), None)
    if config is None:
        return ""
    try:
        docs_dir = from_mkdocs(read_config(config), config.parent).docs_dir
    except SettingsError:
        return ""  # which says so itself
    path = Path(os.path.relpath(config.parent / docs_dir, folder)).as_posix()
    return "" if path.startswith(".") else path


def _listing(folder: Path) -> list[str]:
    """List the files of a folder, relative to it; hidden folders at the top only, where tools keep what tells them."""
    found: list[str] = []
    for above, folders, names in os.walk(folder):
        here = Path(above).relative_to(folder).as_posix()
        folders[:] = sorted(
            name for name in folders if name not in BULKY and name != ".git" and not (name[0] == "." and here != ".")
        )
        files = [name for name in names if _is_file(Path(above, name))]
        found += files if here == "." else [f"{here}/{name}" for name in files]
    return sorted(found)


def _is_file(path: Path) -> bool:
    """Tell whether something is a file that can be read as one: a named pipe would never end, and some names are no text."""
    try:
        str(path).encode()
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, UnicodeEncodeError):
        return False


def _ignored(folder: Path, paths: Sequence[str]) -> list[str]:
    """List the folders, directly in this one or below, whose files its own `.gitignore` leaves out."""
    spec = GitIgnoreSpec.from_lines(_read(folder / ".gitignore").splitlines())
    folders = {above.as_posix() for path in paths for above in Path(path).parents} - {"."}
    ignored = {each for each in folders if not each.startswith(".") and spec.match_file(f"{each}/")}
    return sorted(each for each in ignored if not any(up.as_posix() in ignored for up in Path(each).parents))


def _read(path: Path) -> str:
    """Read a small file of a tool; nothing where it cannot be."""
    try:
        return read_regular(path, SIZE_LIMIT).decode("utf-8", "replace")
    except OSError:
        return ""


def _languages(folder: Path, layout: Layout) -> tuple[tuple[str, ...], Counter[str]]:
    """Find the languages that a build would choose, and count those of the notes, of a sample where they are many."""
    step = max(1, len(layout.notes) // _SAMPLE)
    paths = [each for each in layout.notes if each not in layout.exports] or layout.notes
    paths = paths[::step]
    sources = [source for path in paths if (source := _source(folder, path))]
    found = (
        with_languages(Settings(docs_dir=layout.notes_dir or ".", languages=()), sources).languages if sources else ()
    )
    candidates = found or known()  # what no tree is made of is a guess at the words of another language
    settings = Settings(docs_dir=layout.notes_dir or ".", languages=candidates)
    language_model.prepare(candidates)
    counts: Counter[str] = Counter()
    for source in sources:
        document = parse(source, settings)
        if isinstance(document, Document) and len(document.source.text) >= 80:
            reading = read_languages(document.blocks, document.source.text, candidates, document.lang)
            counts.update(each for each in (document.lang, reading.mixed) if each)
    return found, counts


def _source(folder: Path, path: str) -> Source | None:
    """Read a note; None for what cannot be read or says nothing."""
    try:
        with (folder / path).open("rb") as file:
            source, _ = decode(file.read(SIZE_LIMIT), path)
    except OSError:
        return None
    return source if source and source.text.strip() else None


def _described(folder: Path, seen: _Seen) -> list[str]:
    """Say what a folder is, a line for each thing that there is."""
    layout = seen.start.layout
    if not layout.notes_dir:
        return [f"{folder}: no notes; a small example in English and French begins the site"]
    where = "" if layout.notes_dir == "." else f" in {layout.notes_dir}/"
    rows = [
        ("folder", f"{folder.resolve()}"),
        ("made with", ", ".join(layout.tools)),
        ("notes", f"{counted(len(layout.notes), 'file')}{where}"),
        ("READMEs", f"{layout.readmes} of them, each the page of its folder" if layout.readmes > 1 else ""),
        (
            "languages",
            ", ".join(f"{lang} {count / seen.languages.total():.0%}" for lang, count in _sorted(seen.languages)),
        ),
        ("highlights", _listed(layout.exports)),
        ("glossary", ", ".join([*filter(None, [layout.glossary_dir]), *layout.glossaries[:3]])),
        ("left out", ", ".join(f"{each}/" for each in layout.left_out)),
        ("outside", _listed(layout.outside, f", beside {layout.notes_dir}/: no part of the site")),
        ("not read", f"{counted(layout.unread, 'file')} of MDX, which is JavaScript" if layout.unread else ""),
        ("published", seen.start.remote.pages or seen.start.remote.url if seen.start.remote else ""),
        ("MkDocs", f"{layout.config} is there, and stays as it is" if layout.config else ""),
    ]
    return [f"{name:10} {text}" for name, text in rows if text]


def _listed(paths: Sequence[str], after: str = "") -> str:
    """Name the first of some files, and what they are; nothing for none."""
    return ", ".join(paths[:3]) + (", …" if len(paths) > 3 else "") + after if paths else ""


def _sorted(languages: Counter[str]) -> list[tuple[str, int]]:
    return sorted(languages.items(), key=lambda each: (-each[1], each[0]))


def _warn(folder: Path, errors: Sequence[Diagnostic]) -> None:
    """Name what a baseline accepts and nobody should: what opens something to whoever reads the site."""
    secrets = [each for each in errors if each.code in SECRETS]
    for each in secrets[:_NAMED]:
        place = f"{os.path.normpath(os.path.relpath(folder / each.path))}:{each.line}"
        tell(f"secret     {place}: {each.message}", err=False)
    if len(secrets) > _NAMED:
        tell(f"secret     … and {len(secrets) - _NAMED} more, in {BASELINE}", err=False)


def _errors(folder: Path, start: Start) -> Sequence[Diagnostic]:
    """List the errors that the check would find with the configuration as it will be."""
    if not start.layout.notes_dir or start.layout.config:
        return ()
    data = yaml.safe_load(configuration(start))
    options: dict[str, object] = next((each["aikb"] for each in data["plugins"] if isinstance(each, dict)), {})
    settings = replace(from_options(options, from_mkdocs(data, folder)), docs_dir=start.layout.notes_dir)
    knowledge = Knowledge.of(folder, settings, no_cache=False)
    return [each for each in knowledge.diagnostics if each.severity is Severity.ERROR]


def _write(folder: Path, start: Start, *, outside: str, dry_run: bool) -> None:
    """Write the files that are not there, and say so. Raises SettingsError where one cannot be written."""
    made = starter_files(start)
    if outside:  # a repository's workflows are at its root, which is not ours to write to
        made = {path: text for path, text in made.items() if not path.startswith(".") or path == start.config}
    verb = "would be written" if dry_run else "written"
    new = {path: text for path, text in made.items() if not os.path.lexists(folder / path)}
    kept = sorted(made.keys() - new.keys())
    try:
        ignored = _left_behind(folder)
        _refuse_elsewhere(folder, [*new, *([".gitignore"] if ignored else [])])
        if not dry_run:
            for path, text in new.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                with (folder / path).open("x", encoding="utf-8", newline="\n") as file:
                    file.write(text)
            if ignored:
                with (folder / ".gitignore").open("a", encoding="utf-8", newline="\n") as file:
                    file.write(ignored)
        names = [*new, *([".gitignore"] if ignored else [])]
        if start.baseline:
            names += _accept(folder, start, dry_run=dry_run)
    except OSError as error:
        raise SettingsError(f"{error.filename}: cannot be written: {error.strerror}") from None
    tell(f"{verb}: {', '.join(_folded(names))}" if names else "nothing to write", err=False)
    if kept:
        tell(f"left as they are: {', '.join(kept)}", err=False)
    if outside:
        tell(f"workflows belong to the repository's root: run `aikb new` in {outside} for them", err=False)


def _refuse_elsewhere(folder: Path, paths: Sequence[str]) -> None:
    """Raise SettingsError for files of which one would be written outside the folder, over a symbolic link in it."""
    for path in paths:
        real = Path(os.path.realpath(folder / path))
        if not real.is_relative_to(os.path.realpath(folder)):
            raise SettingsError(f"{folder / path}: a link leads out of the folder, to {real}; nothing was written")


def _folded(names: Sequence[str]) -> list[str]:
    """Name the example's notes by their folders."""
    return list(
        dict.fromkeys(
            f"{name.partition('/')[0]}/" if name.startswith(("notes/", "glossary/")) else name for name in names
        )
    )


def _left_behind(folder: Path) -> str:
    """Find what `.gitignore` lacks of what a build leaves behind. Raises OSError."""
    path = folder / ".gitignore"
    before = read_regular(path).decode("utf-8", "surrogateescape") if os.path.lexists(path) else ""
    return ignore_lines(before)[len(before) :]


def _accept(folder: Path, start: Start, *, dry_run: bool) -> list[str]:
    """Write the baseline of the errors that there are."""
    path = folder / start.folder / BASELINE
    if path.exists():
        return []
    if not dry_run:
        knowledge = Knowledge.read(folder / start.config, no_cache=False)
        baseline.write(path, (each for each in knowledge.diagnostics if each.severity is not Severity.INFO))
    return [f"{start.folder}{BASELINE}"]


def _advise(folder: Path, layout: Layout) -> None:
    """Say what to do next: what to change in a configuration that is there, and three commands."""
    if layout.config and not names_plugin(config := read_config(folder / layout.config)):
        theme = () if _theme(config) == "material" else ("    theme: material",)
        for line in ("", f"add to {layout.config}:", "", *theme, "    plugins:", "      - aikb", ""):
            tell(line, err=False)
        for name in named_plugins(config):
            if name in _IN_ITS_PLACE:
                tell(f"and take out the plugin {name}: {_IN_ITS_PLACE[name]}", err=False)
    prefix = "" if folder.resolve() == Path.cwd().resolve() else f"cd {shlex.quote(str(folder))} && "
    for line in ("", "next:", f"    {prefix}aikb serve --open", "    aikb check", "    aikb build"):
        tell(line, err=False)


def _theme(config: Mapping[str, Any]) -> object:
    """Read the name of the theme."""
    theme = config.get("theme")
    return theme.get("name") if isinstance(theme, dict) else theme
