"""Read `mkdocs.yml`, and what it inherits from, as MkDocs does, without MkDocs."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag  # type: ignore[import-untyped]  # MkDocs' own

from aikb.locales.words import LANGUAGE
from aikb.settings import BESIDE, Settings, SettingsError, from_options, frozen_navigation
from aikb.system.regular_file import read_regular_text


class _Loader(yaml.SafeLoader):
    """A safe loader that reads `!ENV` as MkDocs does and passes over its other tags (`!!python/name`)."""


def _ignored(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node)
    return None


def _relative(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """Read `!relative $docs_dir/x` as its text, and `!relative` alone as the folder of whichever note asks."""
    return _ignored(loader, "", node) or BESIDE


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_constructor("!relative", _relative)
_Loader.add_multi_constructor("!", _ignored)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _ignored)


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
    return from_options(options, from_mkdocs(data, config_file.parent))


def way_to(home: Path) -> str:
    """Find the way from the current folder to the knowledge base, with which printed paths begin; Windows may have none."""
    try:
        return Path(os.path.relpath(home)).as_posix()
    except ValueError:
        return str(home)


def read_config(path: Path, seen: tuple[Path, ...] = ()) -> dict[str, Any]:
    """Read a configuration file and what it inherits. Raises SettingsError, with file, line and column."""
    if path in seen:
        raise SettingsError(f"{path.name}: INHERIT comes back to this file")
    try:
        text = read_regular_text(path)
    except FileNotFoundError:
        if seen:
            raise SettingsError(f"{path.name}: no such file; {seen[-1].name} inherits it") from None
        raise SettingsError(
            f"{path}: no such file, here or in a folder above; `aikb new` makes one, --config-file names another"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name}: cannot be read: {error.__class__.__name__}") from None
    try:
        data = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader that also passes over foreign tags
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path.name}:{mark.line + 1}:{mark.column + 1}" if mark else path.name
        problem = getattr(error, "problem", None) or " ".join(str(error).split())
        raise SettingsError(f"{place}: not YAML: {problem}") from None
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


def named_plugins(config: Mapping[str, Any]) -> list[str]:
    """List the plugins that a configuration names, as a list or as a map."""
    plugins = config.get("plugins") or []
    entries = [plugins] if isinstance(plugins, dict) else plugins if isinstance(plugins, list) else []
    return [str(name) for entry in entries for name in (entry if isinstance(entry, dict) else [entry])]


def names_plugin(config: Mapping[str, Any]) -> bool:
    """Tell whether a configuration names aikb's own."""
    return "aikb" in named_plugins(config)


def from_mkdocs(values: Mapping[str, Any], folder: Path, *, serving: bool = False) -> Settings:
    """Make the settings that are MkDocs' own, as `mkdocs.yml` in a folder writes them; what it leaves out has MkDocs' defaults.

    `docs_dir` may be absolute, as MkDocs has it; `exclude_docs` and `draft_docs` are texts.
    """
    docs_dir = os.path.relpath(folder / str(values.get("docs_dir") or "docs"), folder)
    snippets = _extension(values, "pymdownx.snippets")
    return Settings(
        site_name=str(values.get("site_name") or ""),
        site_description=str(values.get("site_description") or ""),
        site_url=str(values.get("site_url") or ""),
        docs_dir=Path(docs_dir).as_posix(),
        navigation=frozen_navigation(values.get("nav")),
        excluded=str(values.get("exclude_docs") or ""),
        drafts=str(values.get("draft_docs") or ""),
        addresses="files" if values.get("use_directory_urls") is False else "directories",
        snippet_paths=() if snippets is None else _paths(snippets.get("base_path", "."), docs_dir),
        snippets_appended=_paths((snippets or {}).get("auto_append"), docs_dir),
        snippets_dedented=bool((snippets or {}).get("dedent_subsections")),
        autorefs=any(name in ("autorefs", "mkdocstrings") for name in named_plugins(values)),
        definition_lists=any(_extension(values, name) is not None for name in _WITH_DEFINITION_LISTS),
        theme_language=_theme_language(values.get("theme")),
        serving=serving,
        languages=(),
    )


_WITH_DEFINITION_LISTS = (
    *("def_list", "extra", "pymdownx.extra"),
    *("markdown.extensions.def_list", "markdown.extensions.extra"),
)


def _extension(values: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """Look up the options of a Markdown extension, as `mkdocs.yml` or MkDocs' own values have them; None where it is off."""
    written = values.get("markdown_extensions") or ()
    rows = [written] if isinstance(written, Mapping) else written if isinstance(written, list) else ()
    configs = values.get("mdx_configs") or {}
    for row in rows:
        if row == name or (isinstance(row, Mapping) and name in row):
            options = row[name] if isinstance(row, Mapping) else configs.get(name)
            return options if isinstance(options, Mapping) else {}
    return None


def _paths(written: object, docs_dir: str) -> tuple[str, ...]:
    """Read a path or a list of them; MkDocs' `!relative $docs_dir/x` is one from the folder of `mkdocs.yml`."""
    places = written if isinstance(written, (list, tuple)) else [written] if written else []
    paths = (os.fspath(each) for each in places if isinstance(each, (str, os.PathLike)))
    return tuple(
        str(each).replace("$config_dir", ".", 1).replace("$docs_dir", docs_dir, 1) for each in paths if str(each)
    )


def _theme_language(theme: object) -> str:
    """Read `theme.language`; empty for what names no language, which is Material's to judge."""
    written = theme.get("language") if isinstance(theme, Mapping) else None
    return written if isinstance(written, str) and re.fullmatch(LANGUAGE, written) else ""
