"""How aikb lives with other plugins: what cannot work is refused in one line, what has no effect is said once.

Plugins that date pages, name their authors or put them in a feed ask for a page's source. A note's page has its note's; a page
that aikb makes has none, and none of their events is called for it: they would take the build's time for its date.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from material.plugins.tags.plugin import TagsPlugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel

from aikb.adapters.mkdocs.pages import SitePage
from aikb.adapters.mkdocs.render import Rewriters
from aikb.render.kept import COMMENTS, MARKERS, REFERENCES
from aikb.render.verbatim import OBJECTS
from aikb.settings import Settings

log = get_plugin_logger("aikb")

_REFUSED = {
    "mkdocs_static_i18n": "i18n: aikb publishes each language itself; take the plugin out, and set aikb's `languages`",
    "material.plugins.blog": "blog: aikb publishes every note itself, and the blog plugin would publish posts once more; "
    "take it out, or keep the blog in a site of its own",
    "material.plugins.projects": "projects: aikb builds one site; build each project by itself",
}
"""Modules of plugins that cannot work beside aikb, with what to do."""
_SOURCED = (
    "mkdocs_rss_plugin",
    "mkdocs_git_authors_plugin",
    "mkdocs_git_committers_plugin_2",
    "mkdocs_git_revision_date_localized_plugin",
)
"""Modules of plugins that ask for a page's source."""
_LISTING = ("mkdocs_rss_plugin",)
"""Those that list pages, in which each text belongs once."""
_TEMPLATES = (
    "mkdocs_macros",
    "mkdocs_include_markdown_plugin",
    "mkdocs_git_authors_plugin",
    "mkdocs_git_revision_date_localized_plugin",
)
"""Modules of plugins that fill in what stands between signs."""
_JINJA = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
"""What stands around variables, statements and comments."""
_PAGE_EVENTS = ("page_markdown", "page_content", "page_context", "post_page")
_WITHOUT_EFFECT = {
    "navigation.prune": "sidebars list one folder only",
    "toc.integrate": "sidebars list one folder only, and the table of contents stays beside the text",
}
"""Features of Material's that change nothing, with the reason."""


def refuse(config: MkDocsConfig) -> None:
    """Refuse plugins that cannot work beside aikb. Raises PluginError, in one line."""
    for name, plugin in config.plugins.items():
        for module, reason in _REFUSED.items():
            if _is_from(plugin, module) and plugin.config.get("enabled", True):
                raise PluginError(f"plugins.{name}: {reason}")


def refuse_other_folder(config: MkDocsConfig, read: Path) -> None:
    """Refuse a plugin that puts another folder in the place of the notes that were `read`. Raises PluginError."""
    if os.path.abspath(config.docs_dir) != os.path.abspath(read):  # noqa: PTH100 - a link stays one
        raise PluginError(
            f"docs_dir: another plugin has MkDocs read {config.docs_dir}, as monorepo does; aikb reads the notes where you "
            "keep them: take the plugin out, and build each project by itself"
        )


def tell_without_effect(written: Any) -> None:
    """Say once which options of the user's change nothing."""
    theme = written.get("theme")
    features = theme.get("features") if isinstance(theme, dict) else None
    for feature in features if isinstance(features, list) else ():
        if feature in _WITHOUT_EFFECT:
            log.info("%s has no effect: %s", feature, _WITHOUT_EFFECT[feature])


def shield(config: MkDocsConfig) -> None:
    """Keep the events of plugins that ask for a page's source from pages that have none."""
    for event in _PAGE_EVENTS:
        methods = config.plugins.events[event]
        methods[:] = [_shielded(method) for method in methods]
    methods = config.plugins.events["env"]
    methods[:] = [_listing_by_tree(method) for method in methods]


def _listing_by_tree(method: Callable[..., Any]) -> Callable[..., Any]:
    """Have the tags plugin list, on a page, the pages of its tree alone: each note is a page of every tree."""
    plugin = getattr(method, "__self__", None)
    if not isinstance(plugin, TagsPlugin):
        return method

    @wraps(method)
    def called(env: Any, /, **named: Any) -> Any:
        manager = plugin.listings

        def populate(listing: Any, mappings: Iterable[Any], renderer: Any) -> None:
            tree = _tree_of(listing.page)
            own = [each for each in mappings if _tree_of(each.item) in (tree, None)]
            type(manager).populate(manager, listing, own, renderer)

        manager.populate = populate
        return method(env, **named)

    return called


def _tree_of(page: object) -> str | None:
    return page.kb.page.tree if isinstance(page, SitePage) else None


def names_navigation(config: MkDocsConfig) -> bool:
    """Whether another plugin or a hook has a say in the navigation: one that listens to `on_nav`, or makes `nav` of files."""
    return any(_navigators(config))


def rewriters(config: MkDocsConfig) -> Rewriters:
    """Tell what other plugins and hooks do to pages' Markdown: the known ones by their marks, of others nobody knows."""
    every, marks, kept, comments, pairs = False, list[str](), list[str](), list[str](), list[tuple[str, str]]()
    lines = [OBJECTS] if any(_is_from(each, "mkdocstrings") for each in config.plugins.values()) else []
    if any(_is_from(each, "mkdocs_autorefs") for each in config.plugins.values()):
        kept.append(REFERENCES)
    for method in config.plugins.events["page_markdown"]:
        plugin = getattr(method, "__self__", None)
        if isinstance(plugin, TagsPlugin):
            marks.append(rf"<!--\s*{plugin.config.listings_directive}")
            comments.append(rf"<!--\s*?{plugin.config.listings_directive}.*?\s*-->")
        elif any(_is_from(plugin, module) for module in _TEMPLATES):
            signs = _signs(plugin)
            pairs += signs
            marks += [re.escape(opening) for opening, _ in signs]
            kept += [rf"{re.escape(opening)}.*?{re.escape(closing)}" for opening, closing in signs]
        elif not _is_from(plugin, "mkdocs_rss_plugin"):
            every = True
            kept.append(MARKERS)
            pairs += _JINJA
            comments.append(COMMENTS)
    once = tuple(dict.fromkeys(kept))
    return Rewriters(every, tuple(marks), once, tuple(comments), tuple(lines), tuple(dict.fromkeys(pairs)))


def _signs(plugin: Any) -> list[tuple[str, str]]:
    """List the signs around what a plugin fills in, as its options say, or as Jinja has them."""
    given = plugin.config
    if _is_from(plugin, "mkdocs_include_markdown_plugin"):
        return [(given.get("opening_tag") or "{%", given.get("closing_tag") or "%}")]
    return [
        (given.get(f"j2_{kind}_start_string") or opening, given.get(f"j2_{kind}_end_string") or closing)
        for kind, (opening, closing) in zip(("variable", "block", "comment"), _JINJA, strict=True)
    ]


def in_order(pages: Iterable[SitePage], *, alone: bool) -> list[File]:
    """List the files of pages; for other plugins as MkDocs walks a folder: its index, its files, the folders in it."""
    files = [page.file for page in pages]
    return files if alone else sorted(files, key=_walked)


def _walked(file: File) -> tuple[tuple[bool, bool, str], ...]:
    *folders, name = file.src_uri.split("/")
    return (*((True, True, folder) for folder in folders), (False, file.name != "index", name))


def lists_tags(config: MkDocsConfig) -> bool:
    """Tell whether the tags plugin shows the tags of each note, with links to the user's own list of them."""
    return any(isinstance(each, TagsPlugin) and each.config.enabled for each in config.plugins.values())


def tags_of_tree(references: Iterable[Any], tree: str, settings: Settings) -> None:
    """Let the tags of a page lead to the list in its own tree: Material takes any of those that are as near."""
    others = settings.languages[1:]
    for reference in references:
        reference.links.sort(key=lambda link: _tree(link.url, others) != (tree if tree in others else ""))


def _tree(url: str, others: Sequence[str]) -> str:
    """Find the tree of an address; empty for the first."""
    top = url.partition("/")[0]
    return top if top in others else ""


def settings_of_navigation(config: MkDocsConfig) -> list[File]:
    """List the hidden files in which plugins look for the order of a folder; none is published."""
    if not names_navigation(config):
        return []
    docs = Path(config.docs_dir)
    return [
        File(
            path.relative_to(docs).as_posix(),
            str(docs),
            config.site_dir,
            config.use_directory_urls,
            inclusion=InclusionLevel.EXCLUDED,
        )
        for name in (".nav.yml", ".pages")
        for path in sorted(docs.rglob(name))
    ]


def _navigators(config: MkDocsConfig) -> Iterator[Any]:
    for method in config.plugins.events["nav"]:
        module = str(getattr(method, "__module__", ""))
        if not module.startswith(("aikb.", "material.plugins.")):
            yield method
    yield from (plugin for plugin in config.plugins.values() if _is_from(plugin, "mkdocs_literate_nav"))


def _shielded(method: Callable[..., Any]) -> Callable[..., Any]:
    plugin = getattr(method, "__self__", None)
    if not any(_is_from(plugin, module) for module in _SOURCED):
        return method
    lists = any(_is_from(plugin, module) for module in _LISTING)

    @wraps(method)
    def called(item: Any, /, *arguments: Any, **named: Any) -> Any:
        page = named.get("page")
        if isinstance(page, SitePage) and not (page.file.abs_src_path and (page.is_original or not lists)):
            return None  # MkDocs goes on with what it has
        if not (isinstance(page, SitePage) and lists and not page.markdown):
            return method(item, *arguments, **named)
        words = Markup(page.content).striptags().replace("¶", "")  # noqa: S704 - and escaped again
        page.markdown = str(escape(words))  # an abstract is made of it
        try:
            return method(item, *arguments, **named)
        finally:
            page.markdown = ""

    return called


def _is_from(plugin: Any, module: str) -> bool:
    return f"{type(plugin).__module__}.".startswith(f"{module}.")
