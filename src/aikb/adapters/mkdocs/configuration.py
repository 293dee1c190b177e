"""What the plugin fills in where the user's `mkdocs.yml` is silent: theme, Markdown extensions, search."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from material.plugins.search.plugin import SearchPlugin
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from aikb.check.severity import read_rules
from aikb.settings import OPTIONS, Settings, SettingsError, from_mkdocs, from_options, read_config

THEME = Path(__file__).parent.parent.parent / "theme"

EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "toc": {"permalink": True, "permalink_title": "Permalink"},
    "tables": {},
    "attr_list": {},
    "footnotes": {},
    "admonition": {},
    "pymdownx.details": {},
    "pymdownx.superfences": {},
    "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}
"""Python-Markdown's extensions, unless the user named them; `abbr`, `def_list` and the like are theirs to add."""

FEATURES = (
    "content.code.copy",
    "content.tooltips",
    "navigation.footer",
    "navigation.instant",
    "navigation.instant.progress",
    "navigation.top",
    "navigation.tracking",
    "search.highlight",
    "search.share",
    "search.suggest",
    "toc.follow",
)
PALETTE: tuple[Mapping[str, Any], ...] = (
    {
        "media": "(prefers-color-scheme)",
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": "material/brightness-auto", "name": "palette_light"},
    },
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": "material/weather-sunny", "name": "palette_dark"},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": "material/weather-night", "name": "palette_auto"},
    },
)
SEPARATOR = (
    r"[\s\u00a0\u202f\-_,:;.!?…()\[\]{}«»\"“”„/\\|=+*#&<>•●—–]+"
    r"|\b(?:[ldjmnstcLDJMNSTC]|[qQ]u|[jJ]usqu|[lL]orsqu|[pP]uisqu)['’]|['’]"
)
"""Where Material's search cuts words: at French elisions too, so that `architecture` finds « l'architecture »."""


class AikbConfig(base.Config):  # type: ignore[no-untyped-call]  # mkdocs' own is untyped
    """The plugin's options, made of the table in `aikb.settings`, which also checks what MkDocs does not."""

    _schema = tuple((option.name, c.Optional(c.Type(option.type))) for option in OPTIONS.values())


def written_in(config: MkDocsConfig) -> Mapping[str, Any]:
    """What the user wrote in `mkdocs.yml`; MkDocs has filled the rest with defaults. Raises PluginError."""
    try:
        return read_config(Path(config.config_file_path))
    except SettingsError as error:
        raise PluginError(str(error)) from None


def settings_of(options: AikbConfig, config: MkDocsConfig, written: Mapping[str, Any], *, serving: bool) -> Settings:
    """The plugin's options and MkDocs' own as Settings. Raises PluginError in one readable line."""
    folder = Path(config.config_file_path).parent
    given = {key: value for key, value in options.items() if value is not None}
    texts = {key: written.get(key) for key in ("exclude_docs", "draft_docs")}  # MkDocs has made patterns of them
    try:
        settings = from_options(given, from_mkdocs({**config, **texts}, folder, serving=serving))
        read_rules(settings)
    except SettingsError as error:
        raise PluginError(str(error)) from None
    return settings


def set_theme(config: MkDocsConfig, settings: Settings, given: Mapping[str, Any]) -> None:
    """Add our templates and stylesheet, and what the user left open of the theme. Raises PluginError without Material."""
    theme, written = config.theme, given.get("theme")
    if not isinstance(written, dict):
        written = {}
    if not (theme.name or "").startswith("material"):
        raise PluginError(f"theme: aikb needs Material for MkDocs (“theme: material”), not “{theme.name}”")
    own_place = 1 if theme.custom_dir else 0
    if str(THEME) not in theme.dirs:
        theme.dirs.insert(own_place, str(THEME))
    if "font" not in written:
        theme["font"] = False
    if "language" not in written:
        theme["language"] = settings.languages[0]
    if "palette" not in written:
        theme["palette"] = [dict(option) for option in PALETTE]
    if "features" not in written:
        theme["features"] = [feature for feature in FEATURES if config.site_url or "instant" not in feature]
    if "favicon" not in written:
        theme["favicon"] = "assets/aikb.svg"
    icon = dict(theme.get("icon") or {})
    if "logo" not in written:
        icon.setdefault("logo", "material/notebook-outline")
    theme["icon"] = icon
    # true but no list: the header shows our switcher, and the head none of Material's links, which lead to whole trees
    config.extra.setdefault("alternate", len(settings.languages) > 1)
    _add_assets(config)


def _add_assets(config: MkDocsConfig) -> None:
    """Add our stylesheet and scripts, once, before the user's own."""
    if "assets/aikb.css" not in config.extra_css:
        config.extra_css.insert(0, "assets/aikb.css")
    present = {str(script) for script in config.extra_javascript}
    missing = [script for script in ("assets/aikb.js", "assets/aikb-glossary.js") if script not in present]
    config.extra_javascript[:0] = [c.ExtraScriptValue(script) for script in missing]


def set_markdown(config: MkDocsConfig) -> None:
    """Add the Markdown extensions that are missing; options the user gave one stay."""
    configs = config["mdx_configs"]
    for name, options in EXTENSIONS.items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
        configs[name] = {**options, **(configs.get(name) or {})}


def set_search(config: MkDocsConfig, settings: Settings) -> None:
    """Material's search, in all languages at once, unless the user set it up; MkDocs drops its default beside `plugins:`."""
    if any(isinstance(plugin, SearchPlugin) for plugin in config.plugins.values()):
        return
    plugin = SearchPlugin()
    plugin.load_config({"lang": list(settings.languages), "separator": SEPARATOR})
    config.plugins["material/search"] = plugin
