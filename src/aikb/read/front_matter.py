"""Parse front matter: YAML between two lines of dashes, as Jekyll, Obsidian and Readwise write it.

python-frontmatter finds the block; PyYAML's safe loader reads it, within limits. What Obsidian and Readwise write without
quotes and YAML refuses or misreads (`author: [[A]], [[B]]`, `[[@name]]`, `title: a: b`) is quoted first, line by line.
A block that still cannot be read is a finding and is never shown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from aikb.findings.finding import finding
from aikb.model.document import Metadata
from aikb.model.finding import Diagnostic
from aikb.model.source import Source
from aikb.settings import MENTIONS

_HANDLER = YAMLHandler(fm_boundary=re.compile(r"^(?:-{3}|\.{3})[ \t]*$", re.MULTILINE))
_LINE = re.compile(r"^(?P<key>[A-Za-z_][\w -]*):[ \t]+(?P<value>\S(?:.*\S)?)[ \t]*$")
_KEY = re.compile(r"\s*(['\"]?\w[\w .-]*+['\"]?\s*+:(\s|$)|#|- )")
_WIKILINK = re.compile(r"\[\[([^\[\]]*)\]\]")
_TEMPLATE = re.compile(r"\w[\w-]*+(?:\.[\w-]++)*+")
_ICON = re.compile(r"[A-Za-z0-9-]++(?:/[A-Za-z0-9-]++)*+")
_PLUGINS = {"excalidraw-plugin": "excalidraw", "kanban-plugin": "kanban"}
"""Keys of files that a plugin of Obsidian's shows as a drawing or a board; as text they mean nothing."""
_HIDDEN = ("navigation", "toc", "footer", "path", "tags")
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
    if not text.startswith("---") or not _HANDLER.detect(text):
        return FrontMatter()
    try:
        block, body = _HANDLER.split(text)
    except ValueError:
        return FrontMatter(diagnostics=tuple(_unclosed(source)))
    start = text.index("\n") + 1 if "\n" in text else len(text)
    offset = len(text) - len(body)
    if _looks_like_prose(block):
        return FrontMatter()
    data, found = _load(block.removeprefix("\n"), source, start)
    metadata, problems = _typed(data, source, start, offset)
    metadata = replace(metadata, plugin=next((plugin for key, plugin in _PLUGINS.items() if key in data), ""))
    return FrontMatter(metadata, {key.lower(): value for key, value in data.items()}, offset, (*found, *problems))


def _unclosed(source: Source) -> list[Diagnostic]:
    first = source.text.split("\n", 2)[1] if "\n" in source.text else ""
    if not re.match(r"[\w-]+:(\s|$)", first):
        return []  # a thematic break at the top of a note
    return [finding("frontmatter-unclosed", source, 0, 3, first=first[:60])]


def _looks_like_prose(block: str) -> bool:
    """Detect that `---` at the top is a thematic break: the text between two of them names no key."""
    lines = [line for line in block.split("\n") if line.strip()]
    return bool(lines) and not any(_KEY.match(line) for line in lines)


def _load(block: str, source: Source, start: int) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Load a block of YAML, at most twice, values quoted where it stumbles: the keys, and findings."""
    if len(block) > _MAX_CHARACTERS:
        return {}, [finding("frontmatter-limit", source, 0, 3, limit=f"{len(block)} characters")]
    error: yaml.YAMLError | None = None
    for candidate in dict.fromkeys((_quoted(block, always=False), _quoted(block, always=True))):
        try:
            if limit := _beyond_limits(candidate):
                return {}, [finding("frontmatter-limit", source, 0, 3, limit=limit)]
            root = yaml.compose(candidate, _Loader)
            data = yaml.load(candidate, _Loader)  # noqa: S506 - CSafeLoader or SafeLoader
        except (yaml.YAMLError, ValueError, RecursionError) as problem:
            error = error or (problem if isinstance(problem, yaml.YAMLError) else yaml.YAMLError(str(problem)))
            continue
        if data is None:
            return {}, []
        if isinstance(data, dict):
            return {str(key): value for key, value in data.items()}, _repeated_keys(root, source, start)
        error = yaml.YAMLError("a list of keys and values is expected")
    mark = getattr(error, "problem_mark", None)
    at = start
    if mark:
        lines = block.split("\n")
        at += sum(len(line) + 1 for line in lines[: mark.line]) + mark.column
    at = min(at, len(source.text))
    problem_text = str(getattr(error, "problem", None) or error)
    return {}, [finding("frontmatter-yaml", source, at, at, problem=problem_text)]


def _beyond_limits(block: str) -> str:
    """Name the limit that a block exceeds; an alias counts with everything it repeats."""
    nodes = aliases = 0
    sizes: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []
    for event in yaml.parse(block, _Loader):
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
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
        if match and ((plain and _WIKILINK.search(value)) or (always and (plain or value[0] in '@*`"'))):
            line = f"{match['key']}: '{_unquoted(value).replace(chr(39), chr(39) * 2)}'"
        lines.append(line)
    return "\n".join(lines)


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def _repeated_keys(root: yaml.Node | None, source: Source, start: int) -> list[Diagnostic]:
    if not isinstance(root, yaml.MappingNode):
        return []
    found, lines = [], dict[str, int]()
    first_line = source.position(start)[0]
    for key, _ in root.value:
        name = str(key.value)
        line = first_line + key.start_mark.line
        if name in lines:
            at = sum(len(text) + 1 for text in source.text.split("\n")[: line - 1]) + key.start_mark.column
            found.append(finding("frontmatter-duplicate-key", source, at, at + len(name), key=name, first=lines[name]))
        lines.setdefault(name, line)
    return found


@dataclass(frozen=True, slots=True)
class _Fields:
    """The keys of a block without regard to case, and what is wrong with their values."""

    data: Mapping[str, tuple[str, Any]]
    source: Source
    start: int
    end: int
    found: list[Diagnostic] = field(default_factory=list)

    def value(self, name: str) -> Any:
        """Look up a value as it was written; None where there is no such key."""
        return self.data.get(name, (name, None))[1]

    def wrong(self, name: str, expected: str) -> None:
        """Tell that a value is not what its key takes."""
        key, value = self.data[name]
        at = self.source.text.find(f"\n{key}", self.start - 1, self.end) + 1
        shown = "a list" if isinstance(value, list) else "a map" if isinstance(value, dict) else f"“{value}”"
        self.found.append(
            finding("frontmatter-type", self.source, at, at + len(key), key=key, expected=expected, found=shown)
        )

    def text(self, *names: str) -> str:
        """Read the first text that one of the keys has."""
        for name in names:
            value = self.value(name)
            if isinstance(value, (list, dict)):
                self.wrong(name, "a text")
            elif value is not None and (cleaned := _clean(value)):
                return cleaned
        return ""

    def texts(self, *names: str) -> tuple[str, ...]:
        """Read the first list of texts that one of the keys has."""
        for name in names:
            value = self.value(name)
            if isinstance(value, dict):
                self.wrong(name, "a list of texts")
            elif value is not None:
                return tuple(_texts(value, split=name.startswith("tag")))
        return ()

    def draft(self) -> bool:
        """Read whether the note is not to be published; what is unclear is not."""
        value = self.value("draft")
        if value is not None and not isinstance(value, bool):
            self.wrong("draft", "true or false")
            return True
        return bool(value) or self.value("publish") is False

    def template(self) -> str:
        """Read the name of a template, which cannot lead out of the theme's folders."""
        name = self.text("template")
        if name and not _TEMPLATE.fullmatch(name):
            self.wrong("template", "the name of a file, without a folder")
            return ""
        return name

    def hidden(self) -> tuple[str, ...]:
        """Read the parts of the page that Material can hide; it passes over other words too."""
        value = self.value("hide")
        if not isinstance(value, (str, list, type(None))):
            self.wrong("hide", f"a list of {', '.join(_HIDDEN)}")
            return ()
        named = _texts(value, split=True)
        return tuple(part for part in _HIDDEN if part in named)

    def mentions(self) -> str:
        """Read which mentions of terms become links in this note; `false` is short for none."""
        value = self.value("mentions")
        if value is None:
            return ""
        rule = ("" if value else "none") if isinstance(value, bool) else value
        if rule not in ("", *MENTIONS):
            self.wrong("mentions", f"one of {', '.join(MENTIONS)}")
            return ""
        return str(rule)

    def searchable(self) -> bool:
        """Read whether search knows the note."""
        value = self.value("search")
        if value is None:
            return True
        excluded = value.get("exclude", False) if isinstance(value, dict) else None
        if not isinstance(excluded, bool):
            self.wrong("search", "a map with “exclude: true”")
            return True
        return not excluded


def _typed(data: dict[str, Any], source: Source, start: int, end: int) -> tuple[Metadata, list[Diagnostic]]:
    """Convert what YAML read to typed metadata, with findings for values of another type."""
    fields = _Fields({key.lower(): (key, value) for key, value in data.items()}, source, start, end)
    draft, date, icon = fields.draft(), fields.text("date"), fields.text("icon")
    metadata = Metadata(
        title=fields.text("title"),
        description=fields.text("description", "summary"),
        date=date[:10] if re.match(r"\d{4}-\d\d-\d\d", date) else date,
        lang=fields.text("lang", "language").lower()[:2],
        kind=fields.text("kind").lower(),
        authors=fields.texts("authors", "author"),
        tags=fields.texts("tags", "tag"),
        aliases=fields.texts("aliases", "alias"),
        draft=draft,
        template=fields.template(),
        hide=fields.hidden(),
        status=fields.text("status"),
        icon=icon if _ICON.fullmatch(icon) else "",  # else an emoji, or another program's name for one
        searchable=fields.searchable(),
        mentions=fields.mentions(),
        translation_of=fields.text("translation_of", "translation-of"),
        permalink=fields.text("permalink"),
    )
    return metadata, fields.found


def _clean(value: object) -> str:
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    return " ".join(_WIKILINK.sub(r"\1", str(value)).split())


def _texts(value: object, *, split: bool) -> list[str]:
    """Convert to a list of texts: from a list, one text, or wikilinks in a row; tags are compared without case."""
    if isinstance(value, str):
        links = _WIKILINK.findall(value)
        items: list[object] = list(links) if links else list(value.split(",")) if split else [value]
    elif isinstance(value, list):
        items = [_unwrapped(item) for item in value]
    else:
        items = [value]
    result: dict[str, str] = {}
    for item in items:
        if not isinstance(item, (list, dict, type(None))) and (
            cleaned := _clean(item).removeprefix("#") if split else _clean(item)
        ):
            result.setdefault(cleaned.casefold(), cleaned)
    return list(result.values())


def _unwrapped(item: object) -> object:
    """Unwrap an item of a list; `- [[A]]` is a list in a list to YAML, and a wikilink to its author."""
    while isinstance(item, list) and len(item) == 1:
        item = item[0]
    return item
