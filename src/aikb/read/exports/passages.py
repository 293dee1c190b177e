"""Parse highlights as two plugins for Obsidian write them: a text that ends in a block id, a remark on it, a rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_RULE = re.compile(r"---+[ \t]*")


@dataclass(slots=True)
class Passage:
    """A text up to its block id, and what stands below it."""

    text: str
    mark: str
    """The block id, without `^`."""
    start: int
    stop: int
    """Where the line of the block id ends."""
    below: list[tuple[int, str]] = field(default_factory=list)
    """The lines that follow it, with their offsets."""

    @property
    def remark(self) -> str:
        """What stands below, as one text."""
        return "\n".join(line for _, line in self.below).strip()

    @property
    def end(self) -> int:
        """Where the last line ends that says something."""
        return max((at + len(line) for at, line in self.below if line.strip()), default=self.stop)


def passages(
    rows: Iterable[tuple[int, str]], mark: re.Pattern[str], section: re.Pattern[str] | None = None
) -> tuple[list[Passage], str]:
    """Split some lines into passages, each with its offset, and what is of no passage.

    `section` is a heading of the reader's own; below one, a passage is one paragraph, what is around it being the reader's.
    Without it nobody but the plugin writes into the file, and a rule may be part of a text.
    """
    split: list[Passage] = []
    above: list[tuple[int, str]] = []
    rest: list[str] = []
    current: Passage | None = None
    in_section = False
    for at, line in rows:
        match = mark.search(line)
        if match:
            if current:
                above = _last_paragraph(current.below)
            elif in_section:
                others, above = above, _last_paragraph(above)
                rest += [each for _, each in others]
            begin = next((number for number, (_, each) in enumerate(above) if not _is_empty(each)), len(above))
            above = above[begin:]
            text = "\n".join([*(each for _, each in above), line[: match.start()]]).rstrip()
            current = Passage(text, match[1], above[0][0] if above else at, at + len(line))
            split.append(current)
            above = []
        elif _RULE.fullmatch(line) and (current or section):
            rest += [each for _, each in above]
            current, above = None, []
        elif section and section.fullmatch(line):
            rest += [*(each for _, each in above), line]
            current, above, in_section = None, [], True
        elif current:
            current.below.append((at, line))
        else:
            above.append((at, line))
    rest += [each for _, each in above]
    return split, "\n".join(rest).strip()


def _is_empty(line: str) -> bool:
    return not line.strip() or _RULE.fullmatch(line) is not None


def _last_paragraph(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Take out the lines at the end of some, up to a blank one."""
    at = len(rows)
    while at and rows[at - 1][1].strip():
        at -= 1
    taken = rows[at:]
    del rows[at:]
    return taken
