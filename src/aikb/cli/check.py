"""`aikb check`: every finding with file, line and column."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from aikb.check.fix import diff, fixes, write_fixes
from aikb.check.suppression import accepted
from aikb.cli.changes import changes
from aikb.cli.configuration import config_option
from aikb.cli.knowledge import Knowledge, cache_option
from aikb.cli.output import reported, tell, write
from aikb.findings.report.formats import FORMATS
from aikb.findings.report.github import job_summary
from aikb.findings.report.result import CheckResult, Terminal
from aikb.findings.report.selection import select
from aikb.findings.report.text import counted, summary
from aikb.ledgers import translations
from aikb.ledgers.anchors import FILE as ANCHORS
from aikb.ledgers.anchors import read_anchors, updated, write_anchors
from aikb.ledgers.baseline import compare
from aikb.ledgers.baseline import read as read_baseline
from aikb.ledgers.baseline import write as to_baseline
from aikb.ledgers.unreadable import read_or_tell
from aikb.mkdocs_file import read_settings, way_to
from aikb.model.finding import Diagnostic, Severity
from aikb.relate.relations import Relations
from aikb.settings import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line asks for."""

    paths: tuple[Path, ...]
    config_file: Path
    strict: bool
    verbose: bool
    form: str
    """The name of a format, a key of FORMATS."""
    fix: bool
    show_diff: bool
    baseline: Path | None
    write_baseline: bool
    no_baseline: bool
    update_anchors: bool
    update_translations: bool
    pages: bool
    external: bool
    external_fail: bool
    cache: Path | None
    """The folder where the answers of other hosts are kept."""
    debug: bool
    no_cache: bool


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@config_option
@cache_option
@click.option("--strict", is_flag=True, help="Fail for warnings too.")
@click.option("-v", "--verbose", is_flag=True, help="List what is only informative too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="For whom it is printed.",
)
@click.option("--fix", is_flag=True, help="Mend what has one answer, and report the rest.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--baseline", type=click.Path(path_type=Path), help="Report and fail for what this file does not list.")
@click.option("--write-baseline", is_flag=True, help="Write what is found to the baseline.")
@click.option("--no-baseline", is_flag=True, help="Report what the baseline accepts, too.")
@click.option("--update-anchors", is_flag=True, help="Remember the ids of headings, so that renamed ones keep them.")
@click.option("--update-translations", is_flag=True, help="Remember what each translation was made of.")
@click.option("--pages", is_flag=True, help="Draw every page too, and report what a build would meet there.")
@click.option("--external", is_flag=True, help="Ask other hosts whether what is linked to is there.")
@click.option(
    "--external-fail", is_flag=True, help="Fail for dead external links, which otherwise change no exit code."
)
@click.option("--cache", type=click.Path(path_type=Path), help="Where answers are kept.  [default: .aikb-cache]")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.option("--debug", is_flag=True, help="Show where a fault of aikb's own happened.")
def check(**values: Any) -> None:
    """Find what is broken, with file, line and column.

    PATHS, files or folders of the knowledge base, limit what is reported.
    """
    watch = values.pop("watch")
    options = Options(**values)
    if problem := _conflict(options):
        raise click.UsageError(problem)
    if not watch:
        gc.disable()  # one short run over many values without cycles
        sys.exit(_run(options))
    with suppress(KeyboardInterrupt):
        for _ in changes(options.config_file):
            _run(options)


def _run(options: Options) -> int:
    """Check once, and print; the exit code."""
    folder = options.config_file.parent
    with reported(debug=options.debug):
        notes = _update_ledgers(options)
        knowledge = _read(options)
        chosen = select(knowledge.paths, folder, options.paths)
        edits = fixes(knowledge.found(chosen)) if options.fix or options.show_diff else {}
        if options.fix and (changed := write_fixes(folder, edits, knowledge.sources)):
            notes.append(f"mended: {', '.join(changed)}")
            knowledge = _read(options)
        found, accepted_before = _without_known(options, knowledge, _findings(options, knowledge, chosen), chosen)
        result = _result(found, knowledge, options)
        report: str | bytes = FORMATS[options.form](result)
        markdown = job_summary(result) if options.form == "github" else ""
        if options.show_diff:
            report = diff(folder, edits, knowledge.sources)
        write(report)
    _append(markdown, os.environ.get("GITHUB_STEP_SUMMARY", ""))
    sources = knowledge.sources
    total = counted(len(sources), "file")
    files = f"{len(chosen & sources.keys())} of {total}" if options.paths else total
    mendable = [] if options.fix or options.show_diff else _mendable(result.listed)
    tell("; ".join([f"{files}, {summary(found)}", *notes, *accepted_before, *mendable]))
    threshold = Severity.WARNING if options.strict else Severity.ERROR
    return int(any(_is_failure(diagnostic, threshold, external_fail=options.external_fail) for diagnostic in found))


def _read(options: Options) -> Knowledge:
    return Knowledge.read(options.config_file, no_cache=options.no_cache, whole=options.pages)


def _mendable(listed: Collection[Diagnostic]) -> list[str]:
    """Say how many of the findings that are shown `--fix` would mend."""
    count = sum(each.fix is not None for each in listed)
    return [f"{count} can be mended with --fix"] if count else []


def _without_known(
    options: Options, knowledge: Knowledge, found: tuple[Diagnostic, ...], chosen: Collection[str]
) -> tuple[tuple[Diagnostic, ...], list[str]]:
    """Leave out what the baseline accepts: that of the command line, else the configuration's. And a line about it."""
    named = knowledge.settings.baseline
    file = options.baseline or (options.config_file.parent / named if named else None)
    if file is None or options.no_baseline:
        return found, []
    kept = [each for each in found if options.verbose or each.severity is not Severity.INFO]
    if options.write_baseline:
        to_baseline(file, kept)
    if not file.is_file():
        read_baseline(file)  # raises
    name = os.path.relpath(file, options.config_file.parent)
    known, broken = read_or_tell(read_baseline, file, name)
    if options.paths:
        known = {each: count for each, count in known.items() if each[0] in chosen}
    compared = compare((*found, *broken), known, name, knowledge.paths)
    return compared.new, [f"{compared.known} in the baseline"]


_BASELINE_OF_NONE = "--write-baseline goes with --baseline FILE, or `baseline:` in mkdocs.yml"
_BASELINE_OF_ALL = "--write-baseline lists the findings of all files; it goes without PATHS"


def _conflict(options: Options) -> str:
    """Say which options do not go together; empty where all do."""
    rules = (
        (
            (options.external_fail or options.cache) and not options.external,
            "--external-fail and --cache go with --external",
        ),
        (options.write_baseline and not options.baseline and not _names_baseline(options), _BASELINE_OF_NONE),
        (options.write_baseline and options.paths, _BASELINE_OF_ALL),
        (
            options.no_baseline and (options.baseline or options.write_baseline),
            "--no-baseline goes without --baseline and --write-baseline",
        ),
        (options.fix and options.show_diff, "--fix and --diff: one of them"),
    )
    return next((problem for applies, problem in rules if applies), "")


def _names_baseline(options: Options) -> bool:
    """Tell whether the configuration names a baseline; one that cannot be read is reported later."""
    with suppress(SettingsError):
        return bool(read_settings(options.config_file).baseline)
    return False


def _findings(options: Options, knowledge: Knowledge, chosen: Collection[str]) -> tuple[Diagnostic, ...]:
    """List the findings in the chosen files, those of other hosts among them where `--external` asks for them."""
    found = knowledge.found(chosen)
    if options.pages:
        found = tuple(sorted((*found, *_of_pages(knowledge, chosen)), key=lambda diagnostic: diagnostic.order))
    if not options.external:
        return found
    cache = options.cache or options.config_file.parent / ".aikb-cache"
    found += _check_external(knowledge.relations, chosen, cache)
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))


def _of_pages(knowledge: Knowledge, chosen: Collection[str]) -> tuple[Diagnostic, ...]:
    """Draw all pages. Nothing of that is loaded where nobody asks for it."""
    from aikb.cli.pages import findings_of_pages

    return findings_of_pages(knowledge, chosen)


def _result(found: tuple[Diagnostic, ...], knowledge: Knowledge, options: Options) -> CheckResult:
    folder = options.config_file.parent
    return CheckResult(
        found,
        knowledge.sources,
        verbose=options.verbose,
        terminal=_terminal(),
        folder=_folder(folder),
        way=way_to(folder),
    )


def _update_ledgers(options: Options) -> list[str]:
    """Write the ledgers that `--update-anchors` and `--update-translations` name; a line for each that changed."""
    notes: list[str] = []
    if options.update_anchors:
        notes += _update_anchors(options)
    if options.update_translations:
        notes += _update_translations(options)
    return notes


def _update_anchors(options: Options) -> list[str]:
    """Write what `--update-anchors` promises; a line where that changed the file."""
    read_anchors(options.config_file.parent)  # one that cannot be read is not overwritten
    index = Knowledge.read(options.config_file, no_cache=options.no_cache).index
    pages = updated(index.remembered, index.documents.values(), index.private)
    return [f"{ANCHORS} written"] if write_anchors(options.config_file.parent, pages) else []


def _update_translations(options: Options) -> list[str]:
    """Write what `--update-translations` promises; a line where that changed the file."""
    folder = options.config_file.parent
    entries = translations.updated(
        translations.read_translations(folder),
        Knowledge.read(options.config_file, no_cache=options.no_cache).index.translations(),
    )
    return [f"{translations.FILE} written"] if translations.write_translations(folder, entries) else []


def _check_external(relations: Relations, chosen: Collection[str], cache: Path) -> tuple[Diagnostic, ...]:
    """Check the external links. Nothing of that is loaded where nobody asks for it."""
    from aikb.findings.report.progress import progress
    from aikb.online.external.address import Addresses
    from aikb.online.external.check import check_external, outlinks
    from aikb.online.external.fetch import Fetcher

    links = [link for link in outlinks(relations) if link.document.path in chosen]
    with Fetcher(Addresses()) as fetcher, progress("external links") as shown:
        found = check_external(links, cache, fetcher, shown)
    by_path = {path: list(each) for path, each in groupby(found, key=lambda diagnostic: diagnostic.path)}
    return tuple(left for path, each in by_path.items() for left in accepted(relations.index.documents[path], each))


def _is_failure(diagnostic: Diagnostic, threshold: Severity, *, external_fail: bool) -> bool:
    """Tell whether a finding changes the exit code. Other people's hosts do so only where that is asked for."""
    if diagnostic.code.startswith("external-"):
        return external_fail and diagnostic.code == "external-dead"
    return diagnostic.severity.rank <= threshold.rank


def _terminal() -> Terminal | None:
    """Describe the terminal on the standard output, if it is one. `NO_COLOR` counts when not empty: https://no-color.org."""
    if not sys.stdout.isatty():
        return None
    color = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Terminal(shutil.get_terminal_size().columns, color, sys.stdout.encoding)


def _folder(folder: Path) -> str:
    """Find where the knowledge base is in its repository, which is the current folder where GitHub names none."""
    root = os.path.realpath(os.environ.get("GITHUB_WORKSPACE") or ".")
    inside = Path(os.path.realpath(folder))
    return f"{inside.relative_to(root).as_posix()}/".removeprefix("./") if inside.is_relative_to(root) else ""


def _append(markdown: str, path: str) -> None:
    """Add to the summary of a job. A summary that cannot be written changes nothing about the notes."""
    if not (markdown and path):
        return
    try:
        with Path(path).open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(markdown)
    except OSError as error:
        tell(f"aikb: the job's summary cannot be written: {error.strerror}")
