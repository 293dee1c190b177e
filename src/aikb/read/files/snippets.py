"""Read what pymdownx.snippets includes, `--8<-- "part.md:section"`, where the setting `snippets` allows it.

Syntax: https://facelessuser.github.io/pymdown-extensions/extensions/snippets/. The extension itself reads lines, sections and
files in files; what it may open is decided here: files below `base_path` (`!relative`: the note's folder), wherever symbolic
links lead; nothing hidden and nothing in a private folder, nothing from another host, no more than `LARGEST` bytes for a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from markdown import Markdown
from pymdownx.snippets import SnippetExtension, SnippetPreprocessor

from aikb.findings.finding import finding
from aikb.model.document import Kind
from aikb.model.finding import Diagnostic
from aikb.model.source import Source
from aikb.read.exports.detect import holds_export
from aikb.read.exports.format import Text
from aikb.read.front_matter.parse import read_front_matter
from aikb.settings import BESIDE, Settings
from aikb.system.regular_file import is_file
from aikb.text.folding import folded

LARGEST = 2_000_000
"""Bytes that are included in one note, or at the end of every note: an include that doubles itself ends there."""


class _Refused(Exception):  # noqa: N818 - it is no error of ours
    """A file that is not included, and why."""


class _Includer(SnippetPreprocessor):  # type: ignore[misc]  # pymdownx is untyped
    """The extension's own reader, which may open less."""

    def __init__(self, folder: Path, settings: Settings, note: str = "") -> None:
        options: dict[str, Any] = SnippetExtension().getConfigs()
        beside = str(PurePosixPath(note).parent) if note else ""
        places = [beside if each == BESIDE else each for each in settings.snippet_paths]
        options |= {"base_path": [str(folder / each) for each in places if each], "restrict_base_path": True}
        options |= {"check_paths": True, "url_download": False, "dedent_subsections": settings.snippets_dedented}
        super().__init__(options, Markdown())
        self.seen = set[str]()
        self.size = 0
        self._private = frozenset(folded(name.strip("._")) for name in settings.private_folders)

    def get_snippet_path(self, path: str) -> str:
        """Find a file to include. Raises _Refused."""
        if path.casefold().startswith(("http://", "https://")):
            raise _Refused("nothing is loaded from another host")
        hidden = [part for part in path.split("/") if part.startswith(".") and part not in (".", "..")]
        if hidden or {folded(part.strip("._")) for part in path.split("/")[:-1]} & self._private:
            raise _Refused("hidden files and private folders are not published")
        for base in map(Path, self.base_path):
            file, inside = (base / path).resolve(), base.resolve()
            if inside in file.parents and is_file(file):
                self.size += file.stat().st_size
                if self.size > LARGEST:
                    raise _Refused(f"more than {LARGEST // 1_000_000} MB would be included")
                return str(file)
        raise _Refused("no such file below base_path")

    def included(self, lines: list[str]) -> list[str]:
        """Read a directive's lines: what stands in its place. Raises _Refused."""
        self.seen.clear()
        try:
            return list(self.parse_snippets(lines))
        except UnicodeDecodeError:
            raise _Refused("it is no text in UTF-8") from None
        except OSError as error:
            raise _Refused(f"it cannot be read: {(error.strerror or error.__class__.__name__).lower()}") from None
        except _Refused:
            raise
        except Exception as error:  # noqa: BLE001 - SnippetMissingError, and whatever a specification of lines can raise
            raise _Refused(str(error) or error.__class__.__name__) from None


def with_snippets(sources: Iterable[Source], folder: Path, settings: Settings, found: list[Diagnostic]) -> list[Source]:
    """Include in notes what they ask for; findings are added to `found`."""
    snippets = _Snippets(folder, settings, found)
    return [snippets.in_source(source) if source.root == "notes" else source for source in sources]


@dataclass
class _Snippets:
    """Includes what notes ask for, and what the configuration appends to all of them."""

    folder: Path
    """Of `mkdocs.yml`; `base_path` is relative to it."""
    settings: Settings
    found: list[Diagnostic]
    """Findings are added to it."""
    _appended: str | None = None

    def in_source(self, source: Source) -> Source:
        """Include what a note asks for; the same source where that is nothing."""
        text, places = self._expanded(source) if "8<-" in source.text else (source.text, [(0, 0, len(source.text))])
        if (appended := self._of_configuration()) and not _is_export(source):
            places.append((len(text), len(source.text), len(source.text)))
            text = f"{text}\n\n{appended}"
        return (
            source
            if text == source.text
            else replace(source, text=text, origin=source, places=tuple(places), exact=True)
        )

    def _expanded(self, source: Source) -> tuple[str, list[tuple[int, int, int]]]:
        """Expand a text, and tell where its stretches come from."""
        includer = _Includer(self.folder, self.settings, source.path)
        out, places, here = list[str](), list[tuple[int, int, int]](), 0
        for start, end, lines in _stretches(source.text):
            written = lines
            if _is_directive(lines[0]):
                try:
                    written = includer.included(lines)
                except _Refused as reason:
                    written = []
                    values = {"directive": " ".join(lines).strip()[:80], "reason": str(reason)}
                    self.found.append(finding("include-failed", source, start, end, **values))
            if written:
                places.append((here, start, end if written is lines else start))
                out += written
                here += sum(map(len, written)) + len(written)
        return "\n".join(out), places

    def _of_configuration(self) -> str:
        """Read what `auto_append` names, once."""
        if self._appended is None:
            self._appended = ""
            includer = _Includer(self.folder, self.settings)
            for name in self.settings.snippets_appended:
                directive = ["--8<--", name, "--8<--"]
                try:
                    self._appended += "\n".join([*includer.included(directive), "", ""])
                except _Refused as reason:
                    self.found.append(finding("include-failed", "mkdocs.yml", directive=name, reason=str(reason)))
        return self._appended


def _is_directive(line: str) -> bool:
    return "8<-" in line and (
        SnippetPreprocessor.RE_ALL_SNIPPETS.match(line) is not None
        or SnippetPreprocessor.RE_SNIPPET_SECTION.match(line) is not None
    )


def _stretches(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Cut a text into lines without a directive, and directives: start, end, lines."""
    start = at = 0
    run: list[str] = []
    block = False
    for line in text.split("\n"):
        match = SnippetPreprocessor.RE_ALL_SNIPPETS.match(line) if "8<-" in line else None
        marks_block = match is not None and match["block_marker"] is not None and not match["escape"]
        if not block and (_is_directive(line) or (run and _is_directive(run[0]))) and run:
            yield start, at, run
            start, run = at, []
        run.append(line)
        at += len(line) + 1
        block ^= marks_block
    if run:
        yield start, len(text), run


def _is_export(source: Source) -> bool:
    """Tell whether a file is an export of highlights, whose last highlight nothing may follow."""
    front = read_front_matter(source)
    text = Text(source, front.metadata, front.data, front.offset)
    return front.metadata.kind != Kind.NOTE and holds_export(text)
