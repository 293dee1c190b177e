"""The command line: `aikb check`, `aikb explain`.

Exit codes: 0 nothing at or above the threshold, 1 findings, 2 usage or configuration, 3 a fault of ours.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import traceback
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Self

import click

from aikb import __version__
from aikb.anchors import FILE as ANCHORS
from aikb.anchors import read_anchors, updated, write_anchors
from aikb.baseline import Compared, compare
from aikb.baseline import read as read_baseline
from aikb.baseline import write as to_baseline
from aikb.check.suppression import accepted
from aikb.codes import CODES, Severity
from aikb.diagnostics import Diagnostic
from aikb.fix import diff, fixes, write_fixes
from aikb.index import Index
from aikb.load import load
from aikb.model import Document, Source
from aikb.pipeline import read, understand
from aikb.processes import shared
from aikb.relate import Relations
from aikb.report import FORMATS
from aikb.report.github import job_summary
from aikb.report.run import Run, Terminal
from aikb.report.selection import SelectionError, select
from aikb.report.text import printable, summary
from aikb.settings import Settings, SettingsError, read_settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aikb")
def main() -> None:
    """Check a folder of notes; `mkdocs build` and `mkdocs serve` publish it."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("-f", "--config-file", type=click.Path(path_type=Path), default="mkdocs.yml", show_default=True)
@click.option("--strict", is_flag=True, help="Fail for warnings too.")
@click.option("-v", "--verbose", is_flag=True, help="List what is only informative too.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--fix", is_flag=True, help="Mend what has one answer, and report the rest.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--baseline", type=click.Path(path_type=Path), help="Report and fail for what this file does not list.")
@click.option("--write-baseline", is_flag=True, help="Write what is found to the baseline.")
@click.option("--update-anchors", is_flag=True, help="Remember the ids of headings, so that renamed ones keep them.")
@click.option("--external", is_flag=True, help="Ask other hosts whether what is linked to is there.")
@click.option(
    "--external-fail", is_flag=True, help="Fail for dead external links, which otherwise change no exit code."
)
@click.option("--cache", type=click.Path(path_type=Path), help="Where answers are kept.  [default: .aikb-cache]")
@click.option("--debug", is_flag=True, help="Show where a fault of aikb's own happened.")
def check(
    paths: tuple[Path, ...],
    config_file: Path,
    *,
    strict: bool,
    verbose: bool,
    form: str,
    fix: bool,
    show_diff: bool,
    baseline: Path | None,
    write_baseline: bool,
    update_anchors: bool,
    external: bool,
    external_fail: bool,
    cache: Path | None,
    debug: bool,
) -> None:
    """Find what is broken in the notes: every finding with file, line and column.

    PATHS, files or folders of the knowledge base, limit what is reported.
    """
    for wrong, problem in (
        ((external_fail or cache) and not external, "--external-fail and --cache go with --external"),
        (write_baseline and not baseline, "--write-baseline goes with --baseline FILE"),
        (write_baseline and paths, "--write-baseline lists the findings of all files; it goes without PATHS"),
        (fix and show_diff, "--fix and --diff: one of them"),
    ):
        if wrong:
            raise click.UsageError(problem)
    gc.disable()  # one short run over many values without cycles
    folder = config_file.parent
    notes = []
    try:
        if update_anchors:
            notes += _remember(config_file)
        knowledge = _Knowledge.read(config_file)
        chosen = select(knowledge.paths, folder, paths)
        edits = fixes(knowledge.found(chosen)) if fix or show_diff else {}
        if fix and (changed := write_fixes(folder, edits, knowledge.sources)):
            notes.append(f"mended: {', '.join(changed)}")
            knowledge = _Knowledge.read(config_file)
        found = knowledge.found(chosen)
        if external:
            found += _external(knowledge.index, knowledge.relations, chosen, cache or folder / ".aikb-cache")
            found = tuple(sorted(found, key=lambda diagnostic: diagnostic.order))
        if baseline:
            compared = _compared(found, baseline, chosen if paths else None, write=write_baseline)
            found = compared.new
            notes.append(f"{compared.known} in the baseline")
        run = Run(found, knowledge.sources, verbose=verbose, terminal=_terminal(), folder=_folder(folder))
        report: str | bytes = FORMATS[form](run)
        markdown = job_summary(run) if form == "github" else ""
        if show_diff:
            report = diff(folder, edits, knowledge.sources)
    except (SettingsError, SelectionError) as error:
        click.echo(f"aikb: {error}", err=True)
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 - a fault of ours has an exit code of its own
        if debug:
            traceback.print_exc()
        click.echo(f"aikb: a fault of aikb's own: {error.__class__.__name__}: {error} (--debug shows where)", err=True)
        sys.exit(3)
    _write(report)
    _append(markdown, os.environ.get("GITHUB_STEP_SUMMARY", ""))
    sources = knowledge.sources
    files = f"{len(chosen & sources.keys())} of {len(sources)}" if paths else str(len(sources))
    click.echo("; ".join([f"{files} files, {summary(found)}", *notes]), err=True)
    threshold = Severity.WARNING if strict else Severity.ERROR
    sys.exit(any(_counts(diagnostic, threshold, external_fail=external_fail) for diagnostic in found))


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """A knowledge base, read and understood."""

    settings: Settings
    sources: Mapping[str, Source]
    index: Index
    relations: Relations
    diagnostics: tuple[Diagnostic, ...]

    @classmethod
    def read(cls, config_file: Path) -> Self:
        """From disk. Raises SettingsError."""
        settings = read_settings(config_file)
        loaded = load(config_file.parent, settings)
        slim = shared(lambda source: _slim(read(source, settings)), loaded.sources)
        documents = [replace(each, source=source) for each, source in zip(slim, loaded.sources, strict=True)]
        remembered = read_anchors(config_file.parent)
        index, relations, found = understand(documents, settings, loaded.assets, loaded.diagnostics, remembered)
        return cls(settings, {source.path: source for source in loaded.sources}, index, relations, found)

    @property
    def paths(self) -> frozenset[str]:
        """Everything that a finding can be about."""
        assets = (self.settings.note_path(path) for path in self.index.assets)
        return frozenset((*assets, *self.sources, *(each.path for each in self.diagnostics)))

    def found(self, chosen: Collection[str]) -> tuple[Diagnostic, ...]:
        """The findings in some of its files."""
        return tuple(each for each in self.diagnostics if each.path in chosen)


def _slim(document: Document) -> Document:
    """What the check still needs of a document that has been examined; less to carry from another process."""
    blocks = document.blocks if "aikb:" in document.source.text else ()
    return replace(document, source=Source(document.path, "", document.source.root), blocks=blocks)


def _remember(config_file: Path) -> list[str]:
    """Write what `--update-anchors` promises; a line where that changed the file."""
    index = _Knowledge.read(config_file).index
    pages = updated(index.remembered, index.documents.values(), index.private)
    return [f"{ANCHORS} written"] if write_anchors(config_file.parent, pages) else []


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what a finding means, what triggers it and what to do about it; without CODE, list them all."""
    if code is None:
        for entry in CODES.values():
            _write(f"{entry.severity.value:8} {entry.name}\n")
        return
    if code not in CODES:
        raise click.UsageError(f"there is no finding “{code}”; `aikb explain` lists them")
    entry = CODES[code]
    meaning, cure = (click.wrap_text(each, 80) for each in (entry.explanation, entry.cure))
    example = "\n".join(f"    {printable(each)}".rstrip() for each in entry.example.rstrip().split("\n"))
    _write(f"{entry.name} ({entry.severity.value})\n\n{meaning}\n\nFor example:\n\n{example}\n\n{cure}\n")


def _external(index: Index, relations: Relations, chosen: Collection[str], cache: Path) -> tuple[Diagnostic, ...]:
    """What other hosts say. Nothing of it is loaded where nobody asks for it."""
    from aikb.external.address import Addresses
    from aikb.external.check import check_external, outlinks
    from aikb.external.fetch import Fetcher
    from aikb.report.progress import progress

    links = [link for link in outlinks(index, relations) if link.document.path in chosen]
    with Fetcher(Addresses()) as fetcher, progress("external links") as shown:
        found = check_external(links, cache, fetcher, shown)
    by_path = {path: list(each) for path, each in groupby(found, key=lambda diagnostic: diagnostic.path)}
    return tuple(left for path, each in by_path.items() for left in accepted(index.documents[path], each))


def _counts(diagnostic: Diagnostic, threshold: Severity, *, external_fail: bool) -> bool:
    """Whether a finding changes the exit code. Other people's hosts do so only where that is asked for."""
    if diagnostic.code.startswith("external-"):
        return external_fail and diagnostic.code == "external-dead"
    return diagnostic.severity.rank <= threshold.rank


def _compared(
    found: tuple[Diagnostic, ...], baseline: Path, chosen: Collection[str] | None, *, write: bool
) -> Compared:
    """The findings against a baseline, which may be written first; of some files only, unless `chosen` is None."""
    if write:
        to_baseline(baseline, found)
    known = read_baseline(baseline)
    if chosen is not None:
        known = {each: count for each, count in known.items() if each[0] in chosen}
    return compare(found, known, baseline.name)


def _terminal() -> Terminal | None:
    """The terminal on the standard output, if it is one. `NO_COLOR` counts when it is not empty: https://no-color.org."""
    if not sys.stdout.isatty():
        return None
    color = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Terminal(shutil.get_terminal_size().columns, color, sys.stdout.encoding)


def _folder(folder: Path) -> str:
    """Where the knowledge base is in the repository that is checked, which is the current folder where GitHub names none."""
    root = os.path.realpath(os.environ.get("GITHUB_WORKSPACE") or ".")
    inside = Path(os.path.realpath(folder))
    return f"{inside.relative_to(root).as_posix()}/".removeprefix("./") if inside.is_relative_to(root) else ""


def _write(text: str | bytes) -> None:
    """Write to the standard output whatever it can show, and the rest as escapes; bytes as they are."""
    if isinstance(text, bytes):
        click.echo(text, nl=False)
        return
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=False)


def _append(markdown: str, path: str) -> None:
    """Add to the summary of a job. A summary that cannot be written changes nothing about the notes."""
    if not (markdown and path):
        return
    try:
        with Path(path).open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(markdown)
    except OSError as error:
        click.echo(f"aikb: the job's summary cannot be written: {error.strerror}", err=True)
