"""What the last index was made of, for the next one: only records, stems and names that are new are analysed.

Everything here is kept by all that it was made of, so that an index made with it is the one that a fresh build makes. What a
build does not ask for is forgotten at its end. Kept while serving.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Values of the last build and of this one, by what they are made of."""

    def __init__(self) -> None:
        """Start without any."""
        self._last: dict[Key, Value] = {}
        self._used: dict[Key, Value] = {}

    def start(self) -> None:
        """Begin a build: forget what the last one did not use."""
        self._last, self._used = self._used, {}

    def forget(self) -> None:
        """Forget all: something that every value is made of has changed."""
        self._last, self._used = {}, {}

    def get(self, key: Key, make: Callable[[Key], Value]) -> Value:
        """Find the value of a key, or make it."""
        value = self._used.get(key)
        if value is None:
            value = self._last.get(key)
            self._used[key] = value = make(key) if value is None else value
        return value
