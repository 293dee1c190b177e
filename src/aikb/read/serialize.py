"""Writes what was read of a file as bytes, and reads it back: MessagePack, typed by the model.

Bytes may come from another process or from a cache that somebody else wrote: decoding makes values of the model and nothing
else, and refuses what does not fit their types. A document is two pieces, so that who needs no tree decodes none: the check
reads the first alone, in a fifth of the time.

msgspec was chosen over pickle, which runs what it reads and takes four times as long, and over cattrs on msgpack, which builds
every value in Python. Values are written as arrays without the names of their fields, a third of the size.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from functools import cache, reduce
from operator import or_
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from aikb.model.document import Document, ExportFile
from aikb.model.node import Node, NodeKind
from aikb.model.source import Source


class SerializeError(ValueError):
    """Values that cannot be bytes, or bytes that are no values of ours."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it was read, without its source."""

    head: bytes
    """A letter, `D` for a document or `E` for an export, and everything but the blocks."""
    blocks: bytes = b""
    """The blocks of a document."""


class _Source(msgspec.Struct, array_like=True, frozen=True):
    """A source without its text, which whoever reads the bytes has."""

    path: str
    text: str
    root: str


class _Node(msgspec.Struct, array_like=True, frozen=True):
    """A node as an array; it is its own child's type, which is why it is written out."""

    kind: NodeKind
    start: int
    end: int
    children: tuple[_Node, ...]
    text: str
    info: str
    level: int
    target: str
    title: str


_LETTERS: dict[bytes, Any] = {b"D": Document, b"E": ExportFile}
_FAULTS = (msgspec.MsgspecError, UnicodeError, OverflowError, RecursionError)


def pack(parsed: Document | ExportFile) -> Packed:
    """Write a document or an export. Raises SerializeError, for lone surrogates and numbers beyond 64 bits."""
    source = Source(parsed.source.path, "", parsed.source.root)
    try:
        if isinstance(parsed, ExportFile):
            return Packed(b"E" + _encoded(replace(parsed, source=source), _array(ExportFile)))
        head = _encoded(replace(parsed, source=source, blocks=()), _array(Document))
        return Packed(b"D" + head, _encoded(parsed.blocks, tuple[_Node, ...]))
    except _FAULTS as fault:
        raise SerializeError(str(fault)) from None


def unpack(packed: Packed, source: Source, *, blocks: bool = True) -> Document | ExportFile:
    """Read it back, of the source it was made of; without its blocks, where they are not wanted. Raises SerializeError."""
    model = _LETTERS.get(packed.head[:1])
    if model is None:
        raise SerializeError("neither a document nor an export")
    try:
        parsed: Document | ExportFile = _decoded(packed.head[1:], model)
        if isinstance(parsed, Document):
            source = source.without(parsed.hidden)
        if isinstance(parsed, Document) and blocks:
            return replace(parsed, source=source, blocks=_decoded(packed.blocks, tuple[Node, ...]))
        return replace(parsed, source=source)
    except _FAULTS as fault:
        raise SerializeError(str(fault)) from None


_ENCODER = msgspec.msgpack.Encoder()


def _encoded(value: Any, array: Any) -> bytes:
    return _ENCODER.encode(msgspec.convert(value, array, from_attributes=True))


def _decoded(data: bytes, model: Any) -> Any:
    return msgspec.convert(_decoder(model).decode(data), model, from_attributes=True)


@cache
def _decoder(model: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(_array(model))


@cache
def _array(model: Any) -> Any:
    """Make of a type of the model one that is written as an array: of every dataclass in it, a structure of its fields."""
    if model is Node or model is Source:
        return _Node if model is Node else _Source
    if is_dataclass(model) and isinstance(model, type):
        hints = get_type_hints(model)
        columns = [
            (each.name, _array(hints[each.name]), *([each.default] if each.default is not MISSING else []))
            for each in fields(model)
        ]
        return msgspec.defstruct(model.__name__, columns, array_like=True, frozen=True, kw_only=True)
    arguments = tuple(each if each is Ellipsis else _array(each) for each in get_args(model))
    if arguments == get_args(model):
        return model
    return tuple.__class_getitem__(arguments) if get_origin(model) is tuple else reduce(or_, arguments)
