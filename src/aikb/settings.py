"""The settings of a knowledge base: flat, defaulted, read from the plugin's block in `mkdocs.yml`.

`aikb check` reads the same file as MkDocs does, without MkDocs. An unknown key is an error that names the nearest one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from yaml_env_tag import construct_env_tag  # type: ignore[import-untyped]  # MkDocs' own

from aikb.locales.words import known

Navigation: TypeAlias = tuple[tuple[str, "str | Navigation"], ...]
"""A `nav` as frozen values: a title with a path, or with the entries of a group."""


class SettingsError(Exception):
    """A configuration that cannot be used; the message names the file, the key and the way out. Exit code 2."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. The first group comes from `mkdocs.yml` itself, the rest from the plugin's options."""

    site_name: str = "Notes"
    site_description: str = ""
    docs_dir: str = "notes"
    """The notes folder, relative to `mkdocs.yml`."""
    languages: tuple[str, ...] = ("en", "fr")
    """The trees of the site; the first is at the root."""
    glossary_dir: str = "glossary"
    """The glossary folder, relative to `mkdocs.yml`; it need not exist."""
    sidebar_limit: int = 30
    """How many pages of its own folder a sidebar lists."""
    typography: bool = False
    """Whether French text is shown with narrow no-break spaces before `: ; ? !` and inside « »."""
    evidence: int = 8
    """How many words in a row make a highlight evidence for a section; 0 ties nothing."""
    readwise_links: str = "serve"
    """When addresses in the reader's own Readwise library are shown: `serve`, `always` or `never`."""
    serving: bool = False
    """Whether the site is only for its author's eyes, `mkdocs serve`."""
    excluded: str = ""
    """MkDocs' `exclude_docs`, lines of gitignore patterns: what never reaches the site."""
    drafts: str = ""
    """MkDocs' `draft_docs`, likewise."""
    navigation: Navigation = ()
    """The user's own `nav`; empty to derive it from the folders."""
    mentions: str = "first-per-section"
    """Which mentions of the glossary's terms become links: one of MENTIONS."""
    mentions_stop: tuple[str, ...] = ()
    """Words that are never linked by themselves, whatever the glossary says."""

    def note_path(self, path: str) -> str:
        """A path from the root of the notes as one from the folder of `mkdocs.yml`, as sources have it."""
        return path if self.docs_dir == "." else f"{self.docs_dir}/{path}"

    def in_notes(self, path: str) -> str:
        """The way back: the path of a source from the root of the notes; of what is not in them, as it is."""
        return path.removeprefix(f"{self.docs_dir}/")

    def tree_path(self, address: str, lang: str) -> str:
        """The path of the page at an address of a language's tree; the first language's tree is at the root."""
        return address if lang == self.languages[0] else f"{lang}/{address}"


_OPTIONS = {
    "languages": (list, "a list of languages"),
    "glossary_dir": (str, "a folder"),
    "sidebar_limit": (int, "a number"),
    "typography": (bool, "true or false"),
    "evidence": (int, "a number of words"),
    "readwise_links": (str, "serve, always or never"),
    "mentions": (str, "one of first-per-section, all, none"),
    "mentions_stop": (list, "a list of words"),
}
MENTIONS = ("first-per-section", "all", "none")
_CHOICES = {"readwise_links": ("serve", "always", "never")}


class _Loader(yaml.SafeLoader):
    """A safe loader that reads `!ENV` as MkDocs does and passes over its other tags (`!!python/name`, `!relative`)."""


def _ignored(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node)
    return None


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("!", _ignored)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _ignored)


def from_options(options: Mapping[str, Any], base: Settings) -> Settings:
    """Settings from the plugin's options. Raises SettingsError for a key or value that cannot be meant."""
    changes: dict[str, Any] = {}
    for key, value in options.items():
        if key == "enabled":
            continue
        if key not in _OPTIONS:
            near = process.extractOne(
                key, list(_OPTIONS), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.5
            )
            hint = f" (did you mean “{near[0]}”?)" if near else f" (there are: {', '.join(sorted(_OPTIONS))})"
            raise SettingsError(f"plugins.aikb: unknown key “{key}”{hint}")
        kind, expected = _OPTIONS[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise SettingsError(f"plugins.aikb.{key}: {expected} is expected, not {value!r}")
        if value not in _CHOICES.get(key, (value,)):
            raise SettingsError(f"plugins.aikb.{key}: {expected} is expected, not “{value}”")
        changes[key] = value
    if "languages" in changes:
        languages = tuple(str(lang) for lang in changes["languages"])
        unknown = [lang for lang in languages if lang not in known()]
        if not languages or unknown or len(set(languages)) < len(languages):
            raise SettingsError(
                f"plugins.aikb.languages: one or more of {', '.join(known())}, each once, not {list(languages)}"
            )
        changes["languages"] = languages
    if changes.get("mentions", MENTIONS[0]) not in MENTIONS:
        raise SettingsError(
            f"plugins.aikb.mentions: {_OPTIONS['mentions'][1]} is expected, not {changes['mentions']!r}"
        )
    if "mentions_stop" in changes:
        changes["mentions_stop"] = tuple(str(word) for word in changes["mentions_stop"])
    return replace(base, **changes)


def frozen_navigation(nav: object) -> Navigation:
    """A user's `nav`, with its hierarchy; a group without entries has an empty path."""
    if isinstance(nav, str):
        return (("", nav),)
    if isinstance(nav, list):
        return tuple(each for entry in nav for each in frozen_navigation(entry))
    if isinstance(nav, dict):
        return tuple(
            (str(title), value if isinstance(value, str) else frozen_navigation(value) or "")
            for title, value in nav.items()
        )
    return ()


def read_settings(config_file: Path) -> Settings:
    """Read `mkdocs.yml`, and what it inherits from, as MkDocs would. Raises SettingsError."""
    data = read_config(config_file)
    plugins = data.get("plugins") or []
    if not isinstance(plugins, (list, dict)):
        raise SettingsError(f"{config_file.name}: plugins: a list is expected, not {plugins!r}")
    options: Mapping[str, Any] = {}
    for plugin in [plugins] if isinstance(plugins, dict) else plugins:
        if isinstance(plugin, dict) and "aikb" in plugin:
            options = plugin["aikb"] or {}
    if not isinstance(options, Mapping):
        raise SettingsError(f"{config_file.name}: plugins.aikb: a map is expected, not {options!r}")
    docs_dir = os.path.relpath(config_file.parent / str(data.get("docs_dir") or "docs"), config_file.parent)
    base = Settings(
        site_name=str(data.get("site_name") or ""),
        site_description=str(data.get("site_description") or ""),
        docs_dir=Path(docs_dir).as_posix(),
        navigation=frozen_navigation(data.get("nav")),
        excluded=str(data.get("exclude_docs") or ""),
        drafts=str(data.get("draft_docs") or ""),
    )
    return from_options(options, base)


def read_config(path: Path, seen: tuple[Path, ...] = ()) -> dict[str, Any]:
    """What a configuration file says, and what it inherits. Raises SettingsError, with file, line and column."""
    if path in seen:
        raise SettingsError(f"{path.name}: INHERIT comes back to this file")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(
            f"{path.name}: no such file (run this beside mkdocs.yml, or name it with --config-file)"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name}: cannot be read: {error.__class__.__name__}") from None
    try:
        data = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader that also passes over foreign tags
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path.name}:{mark.line + 1}:{mark.column + 1}" if mark else path.name
        raise SettingsError(f"{place}: not YAML: {getattr(error, 'problem', None) or error}") from None
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise SettingsError(f"{path.name}: a map is expected at the top")
    parent = data.pop("INHERIT", None)
    if isinstance(parent, str):
        return _merged(read_config(path.parent / parent, (*seen, path)), data)
    return data


def _merged(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in changes.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = _merged(result[key], value) if both else value
    return result
