"""Rank findings as the configuration says: the options `ignore`, `warn` and `fail`, for all files or for some.

A row is the name of a finding, or `CODE in PATTERN` with a pattern of gitignore for paths from the folder of `mkdocs.yml`.
The last row that fits a finding counts, in the order ignore, warn, fail, so that what is ignored in general may fail in one
folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pathspec import GitIgnoreSpec
from rapidfuzz import process

from aikb.findings.codes.table import CODES
from aikb.model.finding import Diagnostic, Severity
from aikb.settings import Settings, SettingsError


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the options."""

    code: str
    severity: Severity | None
    """None where the finding is ignored."""
    where: GitIgnoreSpec | None
    """None for every file."""

    def fits(self, found: Diagnostic) -> bool:
        """Tell whether the row is about a finding."""
        return found.code == self.code and (self.where is None or self.where.match_file(found.path))


def read_rules(settings: Settings) -> tuple[Rule, ...]:
    """Read the rows of the options. Raises SettingsError for a name that is no finding's, with the nearest that is one."""
    options = (
        ("ignore", settings.ignore, None),
        ("warn", settings.warn, Severity.WARNING),
        ("fail", settings.fail, Severity.ERROR),
    )
    return tuple(_rule(option, row, severity) for option, rows, severity in options for row in rows)


def _rule(option: str, row: str, severity: Severity | None) -> Rule:
    code, _, rest = row.strip().partition(" ")
    word, _, pattern = rest.strip().partition(" ")
    if code not in CODES:
        raise SettingsError(f"plugins.aikb.{option}: there is no finding “{code}”{nearest(code)}")
    if rest and (word != "in" or not pattern.strip()):
        raise SettingsError(f"plugins.aikb.{option}: “CODE” or “CODE in PATTERN” is expected, not “{row}”")
    return Rule(code, severity, GitIgnoreSpec.from_lines([pattern.strip()]) if pattern else None)


def nearest(code: str) -> str:
    """Suggest the finding whose name is nearest, as the end of a message; empty where none is near."""
    near = process.extractOne(code, list(CODES), score_cutoff=70)
    return f" (did you mean “{near[0]}”?)" if near else " (`aikb explain` lists them)"


def ranked(found: Iterable[Diagnostic], settings: Settings) -> Iterator[Diagnostic]:
    """Leave out the findings that the configuration ignores, and give the others the rank that it gives them."""
    rules = read_rules(settings)
    if not rules:
        yield from found
        return
    for each in found:
        fitting = [rule for rule in rules if rule.fits(each)]
        if not fitting:
            yield each
        elif fitting[-1].severity:
            yield replace(each, severity=fitting[-1].severity)
