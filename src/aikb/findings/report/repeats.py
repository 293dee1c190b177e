"""Fold repeats of one defect: a slip made in a template is one thing to mend, not forty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aikb.model.finding import Diagnostic

SHOWN = 3
"""So many findings of one file may say the same before they are folded."""
_LINES = 10


@dataclass(frozen=True, slots=True)
class Repeated:
    """A finding, and those of the same file that say the same of other places."""

    first: Diagnostic
    others: tuple[Diagnostic, ...] = ()

    @property
    def message(self) -> str:
        """What was found, and where else."""
        if not self.others:
            return self.first.message
        numbers = sorted({each.line for each in self.others})
        lines = ", ".join(str(number) for number in numbers[:_LINES]) + (" …" if len(numbers) > _LINES else "")
        word = "line" if len(numbers) == 1 else "lines"
        return f"{self.first.message} (and {len(self.others)} more: {word} {lines})"


def fold(findings: Iterable[Diagnostic]) -> list[Repeated]:
    """Fold repeated findings, in their order: more than SHOWN of one file, code and message stand at the first one's place."""
    groups: dict[tuple[str, str, str], list[Diagnostic]] = {}
    for each in findings:
        groups.setdefault((each.path, each.code, each.message), []).append(each)
    folded: list[Repeated] = []
    for group in groups.values():
        if len(group) > SHOWN:
            folded.append(Repeated(group[0], tuple(group[1:])))
        else:
            folded.extend(Repeated(each) for each in group)
    return sorted(folded, key=lambda each: each.first.order)
