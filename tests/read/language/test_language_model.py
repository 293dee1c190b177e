"""The reduced model answers as the whole one does, to the last bit, whatever became of its cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid import langid

from aikb.read.files.disk import load
from aikb.read.language import model as module
from aikb.read.language.evidence import prose_of as _prose
from aikb.read.markdown.parse import parse_blocks
from aikb.settings import Settings
from aikb.system.cache import Cache

BOTH = ("en", "fr")


@pytest.fixture(scope="module")
def whole() -> langid.LanguageIdentifier:
    return module._unpack(BOTH)


@pytest.fixture(scope="module")
def kept(whole: langid.LanguageIdentifier) -> module._Reduced:
    return module._reduce(whole)


@pytest.fixture(scope="module")
def restored(kept: module._Reduced) -> langid.LanguageIdentifier:
    return module._restore(msgspec.msgpack.decode(msgspec.msgpack.encode(kept), type=module._Reduced))


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Every test loads its own."""
    before = dict(module._LOADED), list(module._CACHES)
    module._LOADED.clear()
    yield
    module._LOADED.clear()
    module._LOADED.update(before[0])
    module._CACHES[:] = before[1]


@given(st.text(max_size=200))
def test_any_text_scores_the_same(
    whole: langid.LanguageIdentifier, restored: langid.LanguageIdentifier, text: str
) -> None:
    assert whole._decide(text).tobytes() == restored._decide(text).tobytes()


def test_every_block_of_the_corpus_scores_the_same(
    whole: langid.LanguageIdentifier, restored: langid.LanguageIdentifier, corpus: Path
) -> None:
    count = 0
    for folder in sorted(path for path in corpus.iterdir() if path.is_dir()):
        for source in load(folder, Settings(docs_dir=".", glossary_dir="no such folder")).sources:
            for block in parse_blocks(source.text)[0]:
                text = _prose(block)
                count += 1
                assert whole._decide(text).tobytes() == restored._decide(text).tobytes()
    assert count > 5_000


@pytest.mark.parametrize(
    "languages", [("en", "fr"), ("fr", "en"), ("en", "fr", "de"), ("sr", "hr"), ("en", "xx"), ("xx", "yy")]
)
def test_any_languages_are_reduced(languages: tuple[str, ...]) -> None:
    whole = module._unpack(languages)
    restored = module._restore(module._reduce(whole))
    for text in ("La mer monte deux fois par jour.", "The sea rises.", "Das Meer steigt.", "Море расте.", "", "42"):
        assert whole.classify(text) == restored.classify(text)


def test_the_second_process_does_not_unpack_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module.keep_in(Cache(tmp_path))
    first = module.identifier(BOTH).classify("La mer monte")
    module._LOADED.clear()
    monkeypatch.setattr(module, "_unpack", lambda languages: pytest.fail("it is in the cache"))
    assert module.identifier(BOTH).classify("La mer monte") == first


def test_several_models_are_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module.keep_in(Cache(tmp_path))
    unpacked: list[str] = []
    from_file = langid.LanguageIdentifier.from_model_file

    def counted(path: str, **options: bool) -> langid.LanguageIdentifier:
        unpacked.append(path)
        return from_file(path, **options)

    monkeypatch.setattr(langid.LanguageIdentifier, "from_model_file", counted)
    module._whole.cache_clear()
    module.load(BOTH, ("en", "fr", "de", "nl"))
    assert len(unpacked) == 1
    assert module.identifier(BOTH).classify("Das Meer steigt zweimal am Tag")[0] in BOTH
    assert module.identifier(("en", "fr", "de", "nl")).classify("Das Meer steigt zweimal am Tag")[0] == "de"


WRONG = {
    "languages": [(), ("en",), ("en", "fr", "de")],
    "weights": [b"", b"\0" * 4, b"\0" * 3],
    "priors": [b"", b"\0" * 4],
    "root": [b"", b"\xff" * 1024],
    "differs": [b"", b"\xff" * 32, b"\0" * 3],
    "transitions": [b"", b"\xff" * 4, b"\0" * 8],
    "rows": [b"", b"\xff", b"\xff" * 209_166],
    "features": [b"", b"\0" * 4, b"\x7f" * 418_332, b"\xf0" * 418_332],
}


@pytest.mark.parametrize(("part", "value"), [(part, value) for part, values in WRONG.items() for value in values])
def test_a_model_that_is_none_is_refused(kept: module._Reduced, part: str, value: object) -> None:
    with pytest.raises((ValueError, msgspec.DecodeError)):
        module._restore(msgspec.structs.replace(kept, **{part: value}))


@pytest.mark.parametrize("data", [b"", b"\xc0", b"\x98", b"\x80\x04cos\nsystem\n", msgspec.msgpack.encode(["en"] * 8)])
def test_what_is_no_model_is_unpacked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    cache = Cache(tmp_path)
    module.keep_in(cache)
    monkeypatch.setattr(Cache, "get", lambda self, keys: dict.fromkeys(keys, data))
    assert module.identifier(BOTH).classify("La mer monte deux fois par jour")[0] == "fr"
