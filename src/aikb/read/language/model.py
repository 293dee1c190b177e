"""The model that tells languages apart by their letters: py3langid's, reduced to the languages of a site.

Unpacking its 97 languages takes 0.45 seconds of processor, as long as reading three hundred notes. What two of them need of it
is kept in the user's cache, and loaded from there in a tenth of that. The numbers are the model's own, so the answers are the
same to the last bit.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import sys
import threading
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from aikb.system.cache import Cache

if TYPE_CHECKING:
    from py3langid import langid

_LOADING = threading.Lock()
_LOADED: dict[tuple[str, ...], langid.LanguageIdentifier] = {}
_LOADERS: list[threading.Thread] = []
_CACHES: list[Cache] = []


class _Reduced(msgspec.Struct, array_like=True, frozen=True):
    """The model as numbers of this machine's byte order; `n` languages, `s` states of its automaton, `r` distinct rows."""

    languages: tuple[str, ...]
    weights: bytes
    """float16, one of each feature for each language, in the order of columns."""
    priors: bytes
    """float32, `n`."""
    root: bytes
    """uint32, 256: the row of the first state, which most others repeat for the most part."""
    differs: bytes
    """A bit for each of the `r` times 256 transitions: whether it is another than the root's."""
    transitions: bytes
    """uint32, those that are."""
    rows: bytes
    """The row of each state: uint16 or uint32."""
    features: bytes
    """int32, `s`: the feature that a state counts, or -1."""


def keep_in(cache: Cache | None) -> None:
    """Say where the reduced model is kept between processes; nothing is read before a text is asked about."""
    _CACHES[:] = [cache] if cache else []


def prepare(languages: tuple[str, ...]) -> None:
    """Begin to unpack the model beside whatever else is done. From a cache it is loaded in no time, and only if it is asked."""
    if len(languages) > 1 and not _CACHES:
        _LOADERS.append(threading.Thread(target=identifier, args=(languages,), daemon=True))
        _LOADERS[-1].start()


def load(*groups: tuple[str, ...]) -> None:
    """Load the model of each group of languages now, for processes that are forked after; each would load its own.

    No thread is left that does, and the package's file is unpacked once.
    """
    while _LOADERS:
        _LOADERS.pop().join()
    for languages in groups:
        identifier(languages)
    _whole.cache_clear()


def identifier(languages: tuple[str, ...]) -> langid.LanguageIdentifier:
    """Load the model of these languages, as far as it knows them, once a process."""
    with _LOADING:
        if languages not in _LOADED:
            _LOADED[languages] = _from_cache(languages, _CACHES[0]) if _CACHES else _unpack(languages)
        return _LOADED[languages]


def _from_cache(languages: tuple[str, ...], cache: Cache) -> langid.LanguageIdentifier:
    about = ("py3langid", importlib.metadata.version("py3langid"), sys.byteorder, _Reduced.__annotations__, languages)
    key = hashlib.blake2b(repr(about).encode(), digest_size=20).digest()
    if data := cache.get([key]).get(key):
        try:
            return _restore(msgspec.msgpack.decode(data, type=_Reduced))
        except (msgspec.DecodeError, ValueError):
            pass  # somebody else's idea of a model
    unpacked = _unpack(languages)
    cache.put({key: msgspec.msgpack.encode(_reduce(unpacked))})
    return unpacked


@lru_cache(maxsize=1)
def _whole() -> langid.LanguageIdentifier:
    """Unpack the package's own file. Nobody sets the languages of what this returns: others are made of it."""
    from py3langid import langid  # with NumPy, a third of what a command that detects nothing would load

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def _unpack(languages: tuple[str, ...]) -> langid.LanguageIdentifier:
    """Take the model of some languages out of the package's own file."""
    some = _copied(_whole())
    some.set_languages([lang for lang in languages if lang in some.labels] or None)
    return _copied(some)  # without the other languages' weights, 19 MB


def _copied(model: langid.LanguageIdentifier) -> langid.LanguageIdentifier:
    """Make a model of the numbers of another, of the languages that are set there."""
    return type(model)(
        model.nb_ptc,
        model.nb_pc,
        model.nb_classes,
        model.tk_nextmove,
        model.tk_output,
        norm_probs=True,
        tk_row=model.tk_row,
    )


def _reduce(model: langid.LanguageIdentifier) -> _Reduced:
    """Reduce a model to what its languages that are set need."""
    import numpy as np

    table = np.asarray(model.tk_nextmove, dtype=np.uint32).reshape(-1, 256)
    differs = table != table[0]
    return _Reduced(
        tuple(model.nb_classes),
        np.asarray(model.nb_ptc, dtype=np.float16).tobytes(order="F"),
        np.asarray(model.nb_pc, dtype=np.float32).tobytes(),
        table[0].tobytes(),
        np.packbits(differs).tobytes(),
        table[differs].tobytes(),
        model.tk_row.tobytes(),
        np.asarray(model.tk_output, dtype=np.int32).tobytes(),
    )


def _restore(kept: _Reduced) -> langid.LanguageIdentifier:
    """Restore a reduced model. Raises ValueError where its numbers do not belong together."""
    import numpy as np
    from py3langid import langid

    features = np.frombuffer(kept.features, np.int32)
    states, languages = len(features), len(kept.languages)
    if not states or not languages or len(kept.rows) % states:
        raise ValueError("a model without states or languages")
    rows = array({2: "H", 4: "I"}.get(len(kept.rows) // states, "B"), kept.rows)
    weights = np.frombuffer(kept.weights, np.float16).reshape(-1, languages, order="F")
    priors, root = np.frombuffer(kept.priors, np.float32), np.frombuffer(kept.root, np.uint32)
    transitions = np.frombuffer(kept.transitions, np.uint32)
    differs = np.unpackbits(np.frombuffer(kept.differs, np.uint8)).view(np.bool_)
    table = np.tile(root, len(differs) // 256)
    if len(rows) != states or len(root) != 256 or len(priors) != languages or len(table) != len(differs):
        raise ValueError("a model whose parts are of different sizes")
    table[differs] = transitions
    if table.max() >= states or max(rows) >= len(table) // 256 or features.max() >= len(weights) or features.min() < -1:
        raise ValueError("a model that points out of itself")
    numbers = table.data  # read in place; an array would be a copy of 40 MB
    classes = list(kept.languages)
    return langid.LanguageIdentifier(weights, priors, classes, numbers, features.tolist(), norm_probs=True, tk_row=rows)
