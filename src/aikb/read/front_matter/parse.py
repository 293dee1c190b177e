"""Parse front matter: YAML between two lines of dashes, as Jekyll, Obsidian and Readwise write it, and Hugo's TOML and JSON.

The block ends with three dashes, or with YAML's own three dots. PyYAML's safe loader reads it, within limits. What Obsidian
and Readwise write without quotes and YAML refuses or misreads (`author: [[A]], [[B]]`, `[[@name]]`, `title: a: b`) is quoted
first, line by line.
A block that still cannot be read is a finding and is never shown; where it could have hidden the note (`privacy`), it does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from aikb.findings.finding import finding
from aikb.model.document import Metadata
from aikb.model.finding import Diagnostic, Severity
from aikb.model.source import Source
from aikb.read.front_matter.metadata import typed_metadata
from aikb.read.front_matter.privacy import (
    HIDING,
    SHOWING,
    STATES,
    fold_key,
    hidden_head,
    judge,
    judgements,
    named_in,
)
from aikb.read.front_matter.toml_and_json import OtherBlock, read_other_block
from aikb.read.front_matter.values import WIKILINK

_OPENING = re.compile(r"---[ \t]*+\r?(?:\n|$)")
_CLOSING = re.compile(r"^(---|\.\.\.)[ \t]*+\r?$", re.MULTILINE)
_LINE = re.compile(r"^(?P<key>[A-Za-z_][\w -]*):[ \t]+(?P<value>\S(?:.*\S)?)[ \t]*$")
_FLOW = re.compile(r"\s*\{\s*(?:\"[^\"\n]+\"|'[^'\n]+'|[\w-]+)\s*:(?=.*\}\s*\Z)", re.DOTALL)
"""A map on one line, or JSON, as Obsidian's Digital Garden writes it between the dashes."""
_KEY = re.compile(r"\s*(['\"]?\w[\w .-]*+['\"]?\s*+:(\s|$)|#|- )")
_PLUGINS = {"excalidraw-plugin": "excalidraw", "kanban-plugin": "kanban"}
"""Keys of files that a plugin of Obsidian's shows as a drawing or a board; as text they mean nothing."""
_NO_VALUE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What PyYAML raises for a value that is not of the kind its tag names: `!!int ''`, `!!bool maybe`, `!!timestamp x`."""
_MAX_CHARACTERS, _MAX_NODES, _MAX_ALIASES = 64_000, 1_000, 100


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # PyYAML may be built without libyaml
    """PyYAML's safe loader, to which a number is text where it has more digits than anyone counts with."""


def _number(loader: Any, node: yaml.ScalarNode) -> Any:
    if len(node.value) > 40:
        return node.value
    return loader.construct_yaml_float(node) if node.tag.endswith("float") else loader.construct_yaml_int(node)


_Loader.add_constructor("tag:yaml.org,2002:int", _number)
_Loader.add_constructor("tag:yaml.org,2002:float", _number)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file's front matter: what it says to every kind of note, and everything it says."""

    metadata: Metadata = field(default_factory=Metadata)
    data: Mapping[str, Any] = field(default_factory=dict)
    """As YAML has it, keys in lower case."""
    offset: int = 0
    """Where the body begins."""
    diagnostics: tuple[Diagnostic, ...] = ()


def read_front_matter(source: Source) -> FrontMatter:
    """Read the front matter of a file; nothing where there is none, and findings where it cannot be read."""
    text = source.text
    if text[:1] in "+{" and not source.path.lower().endswith(".json") and (other := read_other_block(text)) is not None:
        return _of_other(other, source)
    opening = _OPENING.match(text)
    if opening is None:
        return _without_block(source)
    closing = _end(text, opening.end())
    if closing is None:
        return _without_block(source, tuple(_unclosed(source)))
    start, offset = opening.end(), closing.end()
    block = text[start : closing.start()]
    if _looks_like_prose(block) and not _hides(block, source):
        return _without_block(source)
    loaded, found = _load(block, source, start)
    data = loaded or {}
    metadata, problems = typed_metadata(data, source, start, offset)
    metadata = replace(metadata, plugin=next((plugin for key, plugin in _PLUGINS.items() if key in data), ""))
    hidden = named_in(block) if loaded is None else hidden_head(text[offset:])
    if hidden and not metadata.draft:
        metadata = replace(metadata, draft=True)
        found.append(finding("frontmatter-private", source, 0, 3, key=hidden))
    return FrontMatter(metadata, {key.lower(): value for key, value in data.items()}, offset, (*found, *problems))


def _of_other(block: OtherBlock, source: Source) -> FrontMatter:
    """Make front matter of a block of TOML or JSON, whatever it says; nothing of it is shown."""
    start, end = block.span.start, block.span.end
    if block.data is None:
        found = [finding("frontmatter-yaml", source, 0, 3, problem=block.problem)]
        hidden = named_in(source.text[start:end])
        if hidden:
            found.append(finding("frontmatter-private", source, 0, 3, key=hidden))
        return FrontMatter(Metadata(draft=bool(hidden)), offset=block.offset, diagnostics=tuple(found))
    metadata, problems = typed_metadata(block.data, source, start, end)
    return FrontMatter(
        metadata, {key.lower(): value for key, value in block.data.items()}, block.offset, tuple(problems)
    )


def _end(text: str, start: int) -> re.Match[str] | None:
    """Find the line that ends the block. Three dots end one that names a key; others are an ellipsis."""
    at, named = start, False
    for closing in _CLOSING.finditer(text, start):
        if closing[1] == "---":
            return closing
        named = named or any(map(_KEY.match, text[at : closing.start()].splitlines()))
        if named:
            return closing
        at = closing.end()
    return None


def _without_block(source: Source, found: tuple[Diagnostic, ...] = ()) -> FrontMatter:
    """Make the front matter of a file that has none that can be read, but may have meant to."""
    if hidden := hidden_head(source.text):
        found = (*found, finding("frontmatter-private", source, 0, 0, key=hidden))
    return FrontMatter(Metadata(draft=bool(hidden)), diagnostics=found)


def _unclosed(source: Source) -> list[Diagnostic]:
    first = source.text.split("\n", 2)[1] if "\n" in source.text else ""
    if not re.match(r"[\w-]+:(\s|$)", first):
        return []  # a thematic break at the top of a note
    return [finding("frontmatter-unclosed", source, 0, 3, first=first[:60])]


def _looks_like_prose(block: str) -> bool:
    """Detect that `---` at the top is a thematic break: the text between two of them names no key."""
    lines = [line for line in block.split("\n") if line.strip()]
    return bool(lines) and not any(_KEY.match(line) for line in lines) and not _FLOW.match(block)


def _hides(block: str, source: Source) -> bool:
    """Tell whether a block says that the note is private, in YAML that no line shows: `<<: {draft: true}`, `? draft`."""
    loaded, _ = _load(block, source, 0)
    return any(judgements(loaded or {}))


def _load(block: str, source: Source, start: int) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    """Load a block of YAML, at most twice, values quoted where it stumbles: the keys, None if it cannot be; and findings."""
    if len(block) > _MAX_CHARACTERS:
        return None, [finding("frontmatter-limit", source, 0, 3, limit=f"{len(block)} characters")]
    error: yaml.YAMLError | None = None
    for candidate in dict.fromkeys((_quoted(block, always=False), _quoted(block, always=True))):
        try:
            if limit := _beyond_limits(candidate):
                return None, [finding("frontmatter-limit", source, 0, 3, limit=limit)]
            root = yaml.compose(candidate, _Loader)
            data = yaml.load(candidate, _Loader)  # noqa: S506 - CSafeLoader or SafeLoader
            named = _all_private(data, root) if isinstance(data, dict) else None
        except yaml.YAMLError as problem:
            error = error or problem
            continue
        except _NO_VALUE as problem:
            error = error or yaml.YAMLError(f"a value is not what its tag says ({problem})")
            continue
        if data is None:
            return {}, []
        if named is not None:
            return named, _repeated_keys(root, source, start)
        error = yaml.YAMLError("a list of keys and values is expected")
    mark = getattr(error, "problem_mark", None)
    at = start
    if mark:
        lines = block.split("\n")
        at += sum(len(line) + 1 for line in lines[: mark.line]) + mark.column
    at = min(at, len(source.text))
    problem_text = str(getattr(error, "problem", None) or error)
    return None, [finding("frontmatter-yaml", source, at, at, problem=problem_text)]


def _all_private(data: dict[Any, Any], root: yaml.Node | None) -> dict[str, Any]:
    """Give the keys as texts. Of a key that is given twice the last value counts, but not where another hides the note."""
    named = {str(key): value for key, value in data.items()}
    if isinstance(root, yaml.MappingNode):
        for key, node in root.value:
            folded_key = fold_key(key.value)
            hides = folded_key in HIDING | SHOWING | STATES
            value = _value(node) if hides else None
            if judge(folded_key, value) != "shown":
                named[str(key.value)] = value
    return named


def _value(node: yaml.Node) -> Any:
    """Construct what a node of the block says, as the loader does."""
    loader = _Loader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _beyond_limits(block: str) -> str:
    """Name the limit that a block exceeds; an alias counts with everything it repeats, and may not stand in what it names."""
    nodes = aliases = 0
    sizes: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []
    for event in yaml.parse(block, _Loader):
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            if any(anchor == event.anchor for anchor, _ in opened):
                return "a value that holds itself"
            nodes += sizes.get(event.anchor or "", 0)
        elif isinstance(event, yaml.CollectionStartEvent):
            opened.append((event.anchor, nodes))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = opened.pop()
            sizes[anchor or ""] = nodes - before
        nodes += isinstance(event, yaml.NodeEvent)
        if nodes > _MAX_NODES:
            return f"more than {_MAX_NODES} nodes"
        if aliases > _MAX_ALIASES:
            return f"more than {_MAX_ALIASES} aliases"
    return ""


def _quoted(block: str, *, always: bool) -> str:
    """Quote the values of a block that hold wikilinks or, `always`, any character YAML could stumble over."""
    lines = []
    for line in block.split("\n"):
        match = _LINE.match(line)
        value = match["value"] if match else ""
        plain = value and value[0] not in "\"'|>&*!{" and not (value[0] == "[" and not value.startswith("[["))
        if match and ((plain and WIKILINK.search(value)) or (always and (plain or value[0] in '@*`"'))):
            line = f"{match['key']}: '{_unquoted(value).replace(chr(39), chr(39) * 2)}'"
        lines.append(line)
    return "\n".join(lines)


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def _repeated_keys(root: yaml.Node | None, source: Source, start: int) -> list[Diagnostic]:
    if not isinstance(root, yaml.MappingNode):
        return []
    found, keys = [], dict[str, tuple[int, yaml.Node]]()
    first_line = source.position(start)[0]
    for key, value in root.value:
        name, line = str(key.value), first_line + key.start_mark.line
        first, before = keys.setdefault(name, (line, value))
        if value is not before:
            at = sum(len(text) + 1 for text in source.text.split("\n")[: line - 1]) + key.start_mark.column
            repeated = finding("frontmatter-duplicate-key", source, at, at + len(name), key=name, first=first)
            harmless = isinstance(before, yaml.ScalarNode) and before.value in ("", value.value)
            found.append(replace(repeated, severity=Severity.INFO) if harmless else repeated)
    return found
