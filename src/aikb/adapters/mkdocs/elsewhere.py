"""Which settings of the user's make a reader's browser ask another host: said once a build, a line a setting.

Nothing of ours does. What the user has set stays as it is; they may not know what it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from aikb.adapters.mkdocs.configuration import written_in
from aikb.adapters.mkdocs.security import own_files

log = get_plugin_logger("aikb")

_LOADED = re.compile(
    r"""(?:\bsrc\s*=\s*|\bfetch\(\s*|\bimport\s*\(?\s*|\bfrom\s+|url\(\s*)["']?((?:https?:)?//[\w.-]+)|"""
    r"""<link\b[^<>]*\bhref\s*=\s*["']?((?:https?:)?//[\w.-]+)""",
    re.IGNORECASE,
)
"""In a script or a template: what is loaded from another host, up to the end of its name."""
_ANALYTICS = {"google": "www.googletagmanager.com"}
_REPOSITORIES = {"github.com": "api.github.com", "gitlab.com": "gitlab.com"}
"""Whom Material's script asks for the stars of a repository."""


def tell_hosts(config: MkDocsConfig) -> None:
    """Say which settings make pages ask which hosts."""
    if any(name.rpartition("/")[2] == "privacy" and plugin.config.enabled for name, plugin in config.plugins.items()):
        return  # which loads all of it while building
    for setting, hosts in _asked(config):
        log.info("%s: pages ask %s", setting, ", ".join(hosts))


def drop_shim(config: MkDocsConfig, *, needed: bool) -> None:
    """Take out what the offline plugin has pages fetch for Material's search, which ours has no use for.

    Where Material's search is `needed`, it is said.
    """
    added = [each for each in _polyfills(config.extra) if "iframe-worker" in each]
    if not added or set(added) <= set(_polyfills(written_in(config).get("extra"))):
        return
    if needed:
        log.info("offline: pages ask %s, for Material's search", ", ".join(_hosts(added)))
    else:
        config.extra["polyfills"] = [each for each in config.extra["polyfills"] if each not in added]


def _polyfills(extra: Any) -> list[str]:
    """List the scripts that pages fetch before all others."""
    given = extra.get("polyfills") if isinstance(extra, Mapping) else None
    return [each for each in given if isinstance(each, str)] if isinstance(given, list) else []


def _asked(config: MkDocsConfig) -> Iterator[tuple[str, list[str]]]:
    theme, extra = config.theme, config.extra
    for name, addresses in (
        ("extra_css", config.extra_css),
        ("extra_javascript", config.extra_javascript),
        ("extra.polyfills", _polyfills(config.extra)),
    ):
        if hosts := _hosts(map(str, addresses)):
            yield name, hosts
    if theme.get("font"):
        yield "theme.font", ["fonts.googleapis.com", "fonts.gstatic.com"]
    for name in ("logo", "favicon"):
        if hosts := _hosts([str(theme.get(name) or "")]):
            yield f"theme.{name}", hosts
    analytics: Any = extra.get("analytics")
    provider = str(analytics.get("provider", "")) if isinstance(analytics, dict) else ""
    if provider in _ANALYTICS:
        yield "extra.analytics", [_ANALYTICS[provider]]
    repository = urlsplit(config.repo_url or "").hostname or ""
    if repository in _REPOSITORIES:
        yield "repo_url", [_REPOSITORIES[repository]]
    for file, text in own_files(config):
        found = (match[1] or match[2] for match in _LOADED.finditer(text))
        if hosts := _hosts(found):
            yield file.name, hosts


def _hosts(addresses: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(host for each in addresses if (host := urlsplit(each).hostname)))
