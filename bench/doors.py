"""`aikb new`, then a build, on folders as people have them: how long, how large, what was found; beside plain Material.

python bench/doors.py [-v] [NAME …]      `-v` prints what `aikb new` says of each folder; names limit the folders

The corpus is read where it is, as a copy; the other folders are made. Seconds are of processors, aikb's without anything kept
from before. Plain Material is asked for all but the largest, with the notes and the theme in its configuration and no more.
The exit code is 1 for a traceback, and for a build that fails.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aikb.mkdocs_file import read_config
from bench import write_notes

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared/corpus"
DIRECTORIES = (("site_dir", "site"), ("docs_dir", "docs"))
"""MkDocs' own, with what they are where they are not set."""
TEXT = {
    "en": "# {name}\n\nThe sea rises and falls twice a day here, and [{other}]({link}) says why that is so.\n",
    "fr": "# {name}\n\nLa mer monte et descend deux fois par jour ici, et [{other}]({link}) dit pourquoi il en est ainsi.\n",
}


def _vault(folder: Path) -> None:
    """Make a vault of Obsidian's: its settings, a template, daily notes, a canvas, wikilinks and embeds."""
    _write(
        folder,
        {
            ".obsidian/app.json": '{"attachmentFolderPath": "files", "userIgnoreFilters": ["Private/"]}',
            ".obsidian/templates.json": '{"folder": "Templates"}',
            "Templates/Day.md": "# {{date}}\n\n{{title}}\n",
            "Private/Diary.md": "# Diary\n\nNobody reads this one but me.\n",
            "Tides.md": "---\ntags: [sea]\naliases: [Tide]\n---\nThe sea [[Moon#Pull|is pulled]].\n\n"
            "![[map.png]]\n\n> [!tip] T\n> See [[Gone]].\n",
            "Science/Moon.md": "## Pull\n\nIt pulls the sea, which [[Tide]] tells more about. ^block\n\n![[Tides]]\n",
            "Daily/2024-05-01.md": "- [ ] read about [[Moon#^block]]\n- #sea\n",
            "Board.canvas": "{}",
            "files/map.png": "",
        },
    )


def _readmes(folder: Path) -> None:
    """Make a repository whose notes are READMEs beside code."""
    _write(
        folder,
        {
            "README.md": TEXT["en"].format(name="Tides", other="the model", link="model/README.md"),
            "model/README.md": TEXT["en"].format(name="Model", other="home", link="../"),
            "model/data/README.md": TEXT["en"].format(name="Data", other="the code", link="../tide.py"),
            "model/tide.py": "print('high')\n",
            "CHANGELOG.md": "# Changes\n\n## 1.0\n\n- The first.\n",
            "node_modules/x/README.md": "# Somebody else's\n",
        },
    )


def _trees(folder: Path) -> None:
    """Make notes in two languages, a folder for each."""
    for lang, text in TEXT.items():
        for name, other in (("tides", "moon"), ("moon", "tides"), ("index", "tides")):
            _write(folder, {f"docs/{lang}/{name}.md": text.format(name=name.title(), other=other, link=f"{other}.md")})


def _root(folder: Path) -> None:
    """Make notes at the root, in folders with spaces and accents."""
    _write(
        folder,
        {
            "Étés à la mer.md": TEXT["fr"].format(name="Étés", other="autre", link="un%20dossier/b.md"),
            "un dossier/b.md": TEXT["fr"].format(name="B", other="autre", link="<../Étés à la mer.md>"),
        },
    )


def _nothing(_: Path) -> None:
    """Leave a folder empty."""


def _many(folder: Path) -> None:
    """Make 10,000 notes."""
    write_notes(folder / "notes", 10_000)


MADE: Mapping[str, Callable[[Path], None]] = {
    "a vault": _vault,
    "READMEs": _readmes,
    "en and fr": _trees,
    "at the root": _root,
    "an empty folder": _nothing,
    "10,000 notes": _many,
}


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    said: str
    seconds: float
    """Of processors."""


def run(*command: str, folder: Path, cache: Path) -> Ended:
    """Run a command of the environment in a folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "AIKB_CACHE_DIR": str(cache), "COLUMNS": "120"}
    done = subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=folder, env=variables, capture_output=True, text=True, check=False,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    return Ended(done.returncode, done.stdout + done.stderr, spent)


def _measured(site: Path) -> tuple[str, str, str]:
    """Count the pages, the trees and the megabytes of a site."""
    pages = [path for path in site.rglob("*.html") if path.name != "404.html"]
    homes = [path for path in (site / "index.html", *site.glob("??/index.html")) if path.exists()]
    languages = {match[1] for path in homes if (match := re.search(r'<html lang="([^"]*)"', path.read_text("utf-8")))}
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    return str(len(pages)), " ".join(sorted(languages)), f"{size / 1e6:.1f}"


def _plain(folder: Path, notes: str, cache: Path) -> tuple[str, str]:
    """Measure processor seconds and megabytes of plain Material on the same notes."""
    place = folder.parent / "plain"
    place.mkdir()
    text = f"site_name: Plain\ndocs_dir: {notes!r}\ntheme: {{name: material, font: false}}\n"
    (place / "mkdocs.yml").write_text(text, encoding="utf-8")
    done = run("mkdocs", "build", "--quiet", folder=place, cache=cache)
    return (f"{done.seconds:.1f}", _measured(place / "site")[2]) if done.code == 0 else ("fails", "–")


def row(name: str, folder: Path, *, verbose: bool) -> tuple[list[str], bool]:
    """Make a site of a folder; a row of the table, and whether something is wrong."""
    cache, notes = folder.parent / "cache", len(list(folder.rglob("*.md")))
    made = run("aikb", "new", folder=folder, cache=cache)
    if verbose:
        print(f"\n## {name}\n\n{made.said}")
    shutil.rmtree(cache, ignore_errors=True)
    built = run("aikb", "build", folder=folder, cache=cache)
    checked = run("aikb", "check", folder=folder, cache=cache)
    summary = (checked.said.strip() or "–").split("\n")[-1]
    config = next(path for path in (folder / ".aikb/mkdocs.yml", folder / "mkdocs.yml") if path.exists())
    data = read_config(config)
    site, where = (os.path.normpath(config.parent / data.get(key, name)) for key, name in DIRECTORIES)
    pages, trees, size = _measured(Path(site))
    plain = ("–", "–") if notes > 5_000 else _plain(folder, where, cache)
    wrong = "Traceback" in made.said + built.said + checked.said or bool(made.code or built.code)
    values = [
        name,
        str(notes),
        f"{made.seconds:.1f}",
        str(made.code),
        f"{built.seconds:.1f}",
        str(built.code),
        pages,
        trees,
        size,
    ]
    return [*values, *plain, str(checked.code), summary], wrong


def main() -> int:
    """Print the table; 1 where a folder gave a traceback or no site."""
    verbose, wanted = "-v" in sys.argv, [each for each in sys.argv[1:] if each != "-v"]
    corpus = {each.name: each for each in sorted(CORPUS.glob("*/"))} if CORPUS.is_dir() else {}
    head = "folder|files|new s|rc|build s|rc|pages|trees|MB|plain s|plain MB|check rc|what the check says"
    rows, wrong = list[list[str]](), False
    for name in [*corpus, *MADE]:
        if wanted and name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "my notes"
            if name in corpus:
                shutil.copytree(corpus[name], folder)
            else:
                folder.mkdir()
                MADE[name](folder)
            values, bad = row(name, folder, verbose=verbose)
            rows.append(values)
            wrong |= bad
    print("\n| " + head.replace("|", " | ") + " |\n|" + " --- |" * len(head.split("|")))
    for values in rows:
        print(f"| {' | '.join(values)} |")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
