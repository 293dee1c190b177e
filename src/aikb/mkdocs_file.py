"""Read `mkdocs.yml`, and what it inherits from, as MkDocs does, without MkDocs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag  # type: ignore[import-untyped]  # MkDocs' own

from aikb.settings import BESIDE, Settings, SettingsError, from_mkdocs, from_options
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
