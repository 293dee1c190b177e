"""Says what a build found, in the log of MkDocs."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mkdocs.plugins import get_plugin_logger

from aikb.findings.report.repeats import fold
from aikb.findings.report.text import line, printable_lines, summary
from aikb.mkdocs_file import way_to
from aikb.model.finding import Diagnostic, Severity

log = get_plugin_logger("aikb")


def harmless(record: logging.LogRecord) -> bool:
    """Escape in a record what could steer a terminal or a runner of CI: names of files and words of notes may stand in it."""
    record.msg, record.args = printable_lines(record.getMessage()), ()
    return True


log.logger.addFilter(harmless)


def tell(found: Diagnostic, home: Path) -> None:
    """Log a finding in the knowledge base whose configuration is in `home`."""
    _log(found, way_to(home))


def _log(found: Diagnostic, way: str) -> None:
    log.log(logging.ERROR if found.severity is Severity.ERROR else logging.WARNING, line(found, way))


def report(found: Sequence[Diagnostic], home: Path, pages: int, sources: int, seconds: float) -> None:
    """Log each warning and error, those that say the same as one, and a line that counts what was read and made."""
    way = way_to(home)
    for each in fold(diagnostic for diagnostic in found if diagnostic.severity is not Severity.INFO):
        _log(replace(each.first, message=each.message), way)
    log.info("%d files read, %d pages, %s (%.1f s)", sources, pages, summary(found), seconds)
