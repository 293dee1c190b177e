"""Which Content-Security-Policy the pages carry, and whether they carry one.

The policy of `text/policy` lets a page run and load what is the site's own. What the user's configuration brings may need
more, and nothing tells what: a script of theirs that asks another host, a font, analytics, a plugin. Where `mkdocs.yml` brings
any of it the policy is left out, unless the user asks for it, and one line says why.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from material.plugins.search.plugin import SearchPlugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from aikb.adapters.mkdocs.pages import SitePage
from aikb.render.options import Options
from aikb.settings import Settings
from aikb.system.regular_file import read_regular
from aikb.text.policy import Allowed, needs, with_policy

_QUIET = frozenset(
    "aikb search tags meta group info offline optimize privacy redirects awesome-pages section-index minify rss blog "
    "literate-nav git-revision-date git-revision-date-localized".split()
)
"""Plugins whose pages load nothing from elsewhere and hold no script that is not the same for every build."""
_ELSEWHERE = re.compile(r"(?:https?:)?//[\w[]|\beval\s*\(|\bnew\s+Function\b", re.IGNORECASE)
"""In a script or template: an address of another host, or code made of text."""
_HANDLER = re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE)
_TEMPLATES, _SCRIPTS = ("*.html",), ("*.js", "*.mjs")


def reason_against(settings: Settings, options: Options, config: MkDocsConfig) -> str:
    """Find what speaks against a policy, in words for the log; empty for nothing."""
    if settings.serving or settings.security_policy == "never":
        return "it is not wanted"
    if settings.security_policy == "always":
        return ""
    return next(_reasons(options, config), "")


def _reasons(options: Options, config: MkDocsConfig) -> Iterator[str]:
    extra: Any = config.extra
    for name in ("extra_javascript", "extra_css"):
        yield from (f"{name}: {each} is elsewhere" for each in map(str, config[name]) if _is_elsewhere(each))
    if config.theme.get("font"):
        yield "theme.font: fonts come from Google"
    if extra.get("analytics"):
        yield "extra.analytics asks another host"
    if extra.get("polyfills"):
        yield "extra.polyfills may ask another host"
    if mermaid := [each for each in _fences(config) if "mermaid" in each]:
        yield f"pymdownx.superfences: diagrams of {mermaid[0]} come from another host"
    yield from (f"markdown_extensions: {name} is not known" for name in options.road.unknown if name != "toc")
    yield from (f"hooks: {name} may add anything" for name in config.hooks)  # which are among the plugins, too
    others = [name for name, plugin in config.plugins.items() if not _is_quiet(name, plugin)]
    yield from (f"plugins: {name} is not known" for name in others)
    for file, text in own_files(config):
        if _ELSEWHERE.search(text) or (file.suffix == ".html" and _HANDLER.search(text)):
            yield f"{file.name} may load or run what it would stop"


def _is_elsewhere(address: str) -> bool:
    return bool(urlsplit(address).netloc)


def _is_quiet(name: str, plugin: object) -> bool:
    return isinstance(plugin, SearchPlugin) or name.rpartition("/")[2] in _QUIET


def _fences(config: MkDocsConfig) -> list[str]:
    given = (config["mdx_configs"] or {}).get("pymdownx.superfences") or {}
    return [str(each.get("name", "")) for each in given.get("custom_fences") or ()]


def own_files(config: MkDocsConfig) -> Iterator[tuple[Path, str]]:
    """The scripts and templates that the user has added, with their text; those that can be read."""
    files = [Path(config.docs_dir) / str(name) for name in config.extra_javascript]
    if config.theme.custom_dir:
        folder = Path(config.theme.custom_dir)
        files += (path for pattern in (*_TEMPLATES, *_SCRIPTS) for path in sorted(folder.rglob(pattern)))
    for file in files:
        with contextlib.suppress(OSError, ValueError):
            yield file, read_regular(file).decode("utf-8", "replace")


class PagePolicy:
    """Writes the policy into pages. What a page needs is read in it, since other plugins may have changed it.

    Where nobody can have, the scripts of Material's templates differ by a page's tree, depth and template alone, and one
    page tells for all like it.
    """

    def __init__(self, options: Options, config: MkDocsConfig) -> None:
        """Take what every page needs, by the configuration: the numbers of a repository, and styles that others set."""
        others = [
            each for name, each in config.plugins.items() if name != "aikb" and not isinstance(each, SearchPlugin)
        ]
        self._alike = not (others or config.hooks or config.theme.custom_dir)
        inline = options.highlight.get("noclasses") or options.highlight.get("linenums_style") == "pymdownx-inline"
        # Mermaid writes styles into its pictures; and instant navigation keeps the policy of the first page
        styled = options.diagrams or not self._alike or options.road.foreign or bool(inline)
        self._always = Allowed(connections=frozenset(_repository(config)), attributes=styled)
        self._known: dict[tuple[str, int, str], Allowed] = {}

    def page(self, html: str, page: Page) -> str:
        """A page with its policy."""
        if not (self._alike and isinstance(page, SitePage)):
            return self.template(html)
        key = page.kb.tree, page.url.count("/"), str(page.meta.get("template", ""))
        if key not in self._known:
            self._known[key] = needs(html) | self._always
        return with_policy(html, self._known[key])

    def template(self, html: str) -> str:
        """A page that shows no note, with its policy."""
        return with_policy(html, needs(html) | self._always)


def _repository(config: MkDocsConfig) -> Iterator[str]:
    """The host that Material's script asks for the stars of a repository."""
    host = urlsplit(config.repo_url or "").hostname or ""
    if host == "github.com":
        yield "https://api.github.com"
    elif "gitlab" in host:
        yield f"https://{host}"
