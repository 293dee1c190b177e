"""Find the files that make a step over all files fail, and run the step with their plain texts in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from aikb.model.document import Document, ExportFile
from aikb.read.plain import failure, plain_document, plain_export
from aikb.settings import Settings, SettingsError

Result = TypeVar("Result")
Files = Sequence[Document | ExportFile]
_MOST = 20
"""Files that are replaced before the fault is taken for one of the step itself."""


def run_without_culprits(run: Callable[[Files], Result], files: Files, settings: Settings) -> Result:
    """Run a step; where it raises, with a finding and the plain text of the file that makes it. Raises what is left."""
    kept = list(files)
    for _ in range(_MOST):
        try:
            return run(kept)
        except SettingsError:
            raise
        except Exception as error:
            at = _culprit(run, kept)
            if at is None:
                raise
            plain = _plain(kept[at], settings, error)
            if at and _fails(run, [*kept[:at], plain]):  # the fault is in what one before it says of it
                before = _culprit(run, [kept[at], *kept[:at]])
                at = before - 1 if before else at
                plain = _plain(kept[at], settings, error)
            kept[at] = plain
    return run(kept)


def _culprit(run: Callable[[Files], Result], files: Files) -> int | None:
    """Find the first file with which the step fails over it and those before it; None where it fails over none."""
    if _fails(run, ()):
        return None
    low, high = 0, len(files)  # it works with `low` files, and not with `high`
    while high - low > 1:
        middle = (low + high) // 2
        if _fails(run, files[:middle]):
            high = middle
        else:
            low = middle
    return high - 1


def _fails(run: Callable[[Files], Result], files: Files) -> bool:
    try:
        run(files)
    except Exception:  # noqa: BLE001 - which one, does not matter
        return True
    return False


def _plain(file: Document | ExportFile, settings: Settings, error: Exception) -> Document | ExportFile:
    found = failure(file.source, "related", error)
    return plain_export(file, found) if isinstance(file, ExportFile) else plain_document(file.source, settings, found)
