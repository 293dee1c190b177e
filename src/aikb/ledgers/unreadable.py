"""Go on without a ledger that cannot be read: a merge left its marks in it, or it is empty. It is never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic
from aikb.settings import SettingsError

Key = TypeVar("Key")
Value = TypeVar("Value")


def read_or_tell(
    read: Callable[[Path], Mapping[Key, Value]], path: Path, name: str
) -> tuple[Mapping[Key, Value], tuple[Diagnostic, ...]]:
    """Read a ledger by the function that raises SettingsError; where it does, an empty one and a finding under its name."""
    try:
        return read(path), ()
    except SettingsError as error:
        problem = str(error).removeprefix(f"{path}: ").removeprefix(f"{name}: ").removeprefix("cannot be read: ")
        return {}, (finding("ledger-unreadable", name, problem=problem),)
