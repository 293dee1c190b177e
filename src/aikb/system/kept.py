"""Values of the last build, for the next one: only what is new, or made of something that changed, is made again.

Everything is kept by all that it is made of, so that a build with what was kept is the one that a fresh build makes. What a
build does not ask for is forgotten at the end of the next one. Kept while serving.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Values by what they are made of, where that is short enough to be a key."""

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


class Compared(Generic[Key, Value]):
    """Values by name, each with what it was made of: a name's value is made again where that is no longer equal."""

    def __init__(self) -> None:
        """Start without any."""
        self._last: dict[Key, tuple[object, Value]] = {}
        self._used: dict[Key, tuple[object, Value]] = {}

    def start(self, *, anew: bool = False) -> None:
        """Begin a build: forget what the last one did not use, or all of it, where the build is `anew`."""
        self._last, self._used = {} if anew else self._used, {}

    def get(self, name: Key, made_of: object, make: Callable[[], Value]) -> Value:
        """Find the value of a name, or make it; what is the same object is equal without a look into it."""
        known = self._last.get(name)
        if known is None or known[0] != made_of:
            known = made_of, make()
        self._used[name] = known
        return known[1]
