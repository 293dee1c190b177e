"""Every document and export comes back from bytes as it was, and no bytes do anything but that."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikb.analysis import read
from aikb.model.document import Document, ExportFile
from aikb.model.node import Node
from aikb.model.source import Source
from aikb.read.files.disk import load
from aikb.read.serialize import Packed, SerializeError, _Node, _Source, pack, unpack
from aikb.settings import Settings
from conftest import document, sources

CASES = Path(__file__).parent.parent / "cases"
FIXTURES = CASES.parent / "fixtures"
WHOLE = Settings(docs_dir=".", glossary_dir="no such folder")


def read_text(text: str, path: str = "notes/a.md") -> Document | ExportFile:
    settings = Settings()
    return read(sources({path: text}, settings)[0], settings)


def again(parsed: Document | ExportFile) -> Document | ExportFile:
    return unpack(pack(parsed), parsed.source)


@pytest.mark.parametrize("folder", [*sorted(CASES.iterdir()), FIXTURES], ids=lambda folder: folder.name)
def test_every_case_comes_back(folder: Path) -> None:
    for settings in (WHOLE, replace(WHOLE, docs_dir="notes", glossary_dir="glossary")):
        if (folder / settings.docs_dir).is_dir():
            for source in load(folder, settings).sources:
                parsed = read(source, settings)
                assert again(parsed) == parsed


def test_every_file_of_the_corpus_comes_back(corpus: Path) -> None:
    kinds = set()
    for folder in sorted(path for path in corpus.iterdir() if path.is_dir()):
        for source in load(folder, WHOLE).sources:
            parsed = read(source, WHOLE)
            assert again(parsed) == parsed, source.path
            kinds.add(type(parsed))
    assert kinds == {Document, ExportFile}


_WRITTEN = (
    "# é\n|- [ ] a\n|  - b\n|> [!note]\n|> q\n|```py\n|\tx\n|```\n|$x$|[[a]]|![i](j.png)|[a](b 'c')|<b>|</b>|[^1]|[^1]: note\n|"
    "<!-- aikb: ignore orphan -->\n|**t**: d\n|\n|\n\n|![](x)|https://a.org/x|---\n|title: x\n|\0|\u2028|\U0001d5e7|text |"
    "# Glossary\n|## T\n|{: lang=fr }\n|^id\n|1. a\n|~~s~~|*e*|`c`|&amp;|\\*|ﬁ"
)
PIECES = st.sampled_from([*_WRITTEN.split("|"), "| a | b |\n|--|--|\n", '!!! note "a"\n    b\n', '=== "t"\n    c\n'])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_note_comes_back(text: str) -> None:
    parsed = read_text(text)
    assert again(parsed) == parsed
    assert hash(again(parsed)) == hash(parsed)


@given(st.text(max_size=300))
def test_any_text_comes_back(text: str) -> None:
    for path in ("notes/a.md", "glossary/b.fr.md"):
        parsed = read_text(text, path)
        assert again(parsed) == parsed


def test_without_its_blocks_a_document_is_the_same() -> None:
    parsed = document("# A\n\nSome *text*.\n")
    packed = pack(parsed)
    assert unpack(packed, parsed.source, blocks=False) == replace(parsed, blocks=())
    assert unpack(Packed(packed.head), parsed.source, blocks=False) == replace(parsed, blocks=())
    with pytest.raises(SerializeError):
        unpack(Packed(packed.head), parsed.source)


def test_kinds_are_shared_between_nodes() -> None:
    parsed = document("a\n\nb\n")
    restored = again(parsed)
    assert isinstance(restored, Document)
    assert restored.blocks[0].kind is restored.blocks[1].kind


@pytest.mark.parametrize("level", [2**70, -(2**70)])
def test_what_has_no_bytes_is_refused(level: int) -> None:
    parsed = document("# A\n")
    with pytest.raises(SerializeError):
        pack(replace(parsed, blocks=(Node("heading", 0, 1, level=level),)))


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(SerializeError):
        pack(replace(document("# A\n"), title="\ud800"))


def deep(levels: int) -> bytes:
    node = [*("quote", 0, 1), [], "", "", 0, "", ""]
    data = msgspec.msgpack.encode(node)
    head, tail = data.split(b"\x90", 1)
    return b"\x91" + (head + b"\x91") * levels + data + tail * levels


WRONG = [
    b"",
    b"\xc0",
    b"\x80\x04cos\nsystem\n(S'false'\ntR.",
    b"\xdd\xff\xff\xff\xff",
    b"\xdb\xff\xff\xff\xff",
    msgspec.msgpack.encode([["made"]]),
    msgspec.msgpack.encode([["no kind", 0, 1, [], "", "", 0, "", ""]]),
    msgspec.msgpack.encode([["text", "0", 1, [], "", "", 0, "", ""]]),
    msgspec.msgpack.encode({"kind": "text"}),
    msgspec.msgpack.encode([["text", 0, 1, [], b"\xff", "", 0, "", ""]]),
    deep(100_000),
]


@pytest.mark.parametrize("data", WRONG)
def test_bytes_that_are_no_document_are_refused(data: bytes) -> None:
    parsed = document("# A\n")
    good = pack(parsed)
    for packed in (
        Packed(data, good.blocks),
        Packed(b"D" + data, good.blocks),
        Packed(b"E" + data),
        Packed(good.head, data),
    ):
        with pytest.raises(SerializeError):
            unpack(packed, parsed.source)


@given(st.integers(0, 2_000), st.binary(max_size=4))
def test_changed_bytes_make_values_of_the_model_or_none(at: int, piece: bytes) -> None:
    parsed = document("# A\n\n- [b](c.md) *d*\n\n| x |\n|---|\n| y |\n")
    good = pack(parsed)
    for name in ("head", "blocks"):
        data = bytearray(getattr(good, name))
        data[at % len(data) : at % len(data) + len(piece)] = piece
        try:
            restored = unpack(replace(good, **{name: bytes(data)}), parsed.source)
        except SerializeError:
            continue
        assert isinstance(restored, (Document, ExportFile))


def test_a_node_and_a_source_are_written_with_all_their_fields() -> None:
    assert [each.name for each in fields(Node)] == list(_Node.__struct_fields__)
    left_out = {"origin", "places", "exact"}  # of sources that are made of others, which are made anew
    assert [each.name for each in fields(Source) if each.name not in left_out] == list(_Source.__struct_fields__)
