"""What the plugin fills in where the user's `mkdocs.yml` is silent: theme, Markdown extensions, search."""

from __future__ import annotations

import copy
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from material.extensions.emoji import to_svg, twemoji
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from pymdownx.emoji import to_alt

from aikb.check.severity import read_rules
from aikb.locales.words import known
from aikb.mkdocs_file import from_mkdocs, read_config
from aikb.model.site import PERMALINK
from aikb.read.files.disk import Loaded, load
from aikb.render.scripts import PAGE
from aikb.settings import OPTIONS, Settings, SettingsError, from_options

log = get_plugin_logger("aikb")
THEME = Path(__file__).parent.parent.parent / "theme"

EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "toc": {"permalink": True, "permalink_title": PERMALINK},
    "tables": {"use_align_attribute": True},  # a policy for content lets no style stand in an element
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


def _own_emoji(index: str, shortname: str, alias: str, uc: str | None, *rest: Any) -> Any:
    """Make an emoji the character itself, and an icon of Material's, which is none, a picture in the page."""
    icons = rest[-1].inlinePatterns["emoji"].emoji_index["emoji"]
    drawn = not uc and "path" in icons.get(shortname, ())
    return (to_svg if drawn else to_alt)(index, shortname, alias, uc, *rest)


EMOJI = "pymdownx.emoji"
_OWN_EMOJI: Mapping[str, Any] = {"emoji_index": twemoji, "emoji_generator": _own_emoji}
"""Emoji without a request to another host; the extension's own makes one for each."""
_PICTURED = frozenset({"pymdownx.emoji", "material.extensions.emoji", "materialx.emoji"})
"""Where the generators come from that make of an emoji a picture of another host's, Material's documented one too."""

FEATURES = (
    "content.code.copy",
    "navigation.footer",
    "navigation.instant",
    "navigation.instant.progress",
    "navigation.top",
    "search.highlight",
    "search.share",
    "search.suggest",
    "toc.follow",
)
NO_ADDRESS = "site_url is not set: search engines are not told which pages are translations of each other"
"""What a build of several languages says once; it fails no site that works."""
TOOLTIPS = "content.tooltips"
"""Material's tooltips, which read a title as HTML: titles hold words of authors, and of those whom they highlight."""
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
    # MkDocs has made patterns, a theme and paths of them; the path of `!relative` is none before a page is drawn
    texts = {key: written.get(key) for key in ("exclude_docs", "draft_docs", "theme", "markdown_extensions", "plugins")}
    try:
        settings = from_options(given, from_mkdocs({**config, **texts}, folder, serving=serving))
        read_rules(settings)
    except SettingsError as error:
        raise PluginError(str(error)) from None
    return settings


def loaded_notes(folder: Path, settings: Settings) -> Loaded:
    """Read the notes from disk. Raises PluginError in one readable line."""
    try:
        return load(folder, settings)
    except SettingsError as error:
        raise PluginError(str(error)) from None


def _holds(folder: str, *others: str | None) -> bool:
    """Tell whether a folder is one of others, or is above one, as the disk has them."""
    top = Path(folder).resolve()
    return any(top in (place, *place.parents) for place in (Path(each).resolve() for each in others if each))


def set_theme(config: MkDocsConfig, settings: Settings, given: Mapping[str, Any]) -> None:
    """Add our templates and stylesheet, and what the user left open of the theme. Raises PluginError without Material."""
    theme, written = config.theme, given.get("theme")
    if not isinstance(written, dict):
        written = {}
    if not (theme.name or "").startswith("material"):
        raise PluginError(f"theme: aikb needs Material for MkDocs (“theme: material”), not “{theme.name}”")
    own_place = 1 if theme.custom_dir else 0
    if theme.custom_dir and _holds(theme.custom_dir, config.docs_dir, config.config_file_path):
        raise PluginError("theme.custom_dir: this folder holds the notes, and all that is in it would be published")
    if str(THEME) not in theme.dirs:
        theme.dirs.insert(own_place, str(THEME))
    if "font" not in written:
        theme["font"] = False
    if "language" not in written:
        theme["language"] = settings.languages[0]
    set_languages(config, settings)
    if "palette" not in written:
        theme["palette"] = [dict(option) for option in PALETTE]
    if "features" not in written:
        theme["features"] = [feature for feature in FEATURES if config.site_url or "instant" not in feature]
    if TOOLTIPS in (theme["features"] or ()):
        theme["features"] = [feature for feature in theme["features"] if feature != TOOLTIPS]
        log.info("theme.features: %s runs titles as HTML and is switched off; browsers show titles as text", TOOLTIPS)
    if "favicon" not in written:
        theme["favicon"] = "assets/aikb.svg"
    icon = dict(theme.get("icon") or {})
    if "logo" not in written:
        icon.setdefault("logo", "material/notebook-outline")
    theme["icon"] = icon
    # true but no list: the header shows our switcher, and the head none of Material's links, which lead to whole trees
    config.extra.setdefault("alternate", len(settings.languages) > 1)
    _add_assets(config)


def set_languages(config: MkDocsConfig, settings: Settings) -> None:
    """Say in which languages the interface is English in part, and speak English where Material has no words either."""
    theme = config.theme
    for lang in settings.languages:
        if lang not in known():
            log.info("languages: aikb has no words in “%s”; what it adds to Material's interface is in English", lang)
    if not any((Path(folder) / f"partials/languages/{theme['language']}.html").is_file() for folder in theme.dirs):
        log.warning("theme.language: Material has no words in “%s”; its interface is in English", theme["language"])
        theme["language"] = "en"


def tell_no_address(config: MkDocsConfig, settings: Settings) -> None:
    """Say that search engines are not told of translations; under `--strict` a warning would fail a site that works."""
    if not config.site_url and len(settings.languages) > 1:
        log.log(logging.INFO if config.strict else logging.WARNING, NO_ADDRESS)


def _add_assets(config: MkDocsConfig) -> None:
    """Add our style sheets and script, once, before the user's own."""
    sheets = ("assets/aikb.css", "assets/aikb-ways.css")
    config.extra_css[:0] = [sheet for sheet in sheets if sheet not in config.extra_css]
    if PAGE not in map(str, config.extra_javascript):
        config.extra_javascript.insert(0, c.ExtraScriptValue(PAGE))


def set_markdown(config: MkDocsConfig) -> None:
    """Add the Markdown extensions that are missing; options the user gave one stay."""
    configs = config["mdx_configs"]
    for name, options in EXTENSIONS.items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
        configs[name] = {**options, **(configs.get(name) or {})}
    if EMOJI in config.markdown_extensions:
        configs[EMOJI] = _with_own_emoji(configs.get(EMOJI) or {})


def _with_own_emoji(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Have emoji be characters, unless the user brings a generator of their own."""
    given = options.get("emoji_generator")
    if given is None:
        return {**_OWN_EMOJI, **options}
    if getattr(given, "__module__", "") not in _PICTURED or given.__name__ == to_alt.__name__:
        return options
    log.info(
        "%s: “%s” loads a picture from another host for each emoji; they are characters here", EMOJI, given.__name__
    )
    return {**options, "emoji_generator": _own_emoji, "alt": "unicode"}


def in_language(config: MkDocsConfig, settings: Settings, lang: str) -> MkDocsConfig:
    """Copy a configuration with what the site is called in a language; the configuration itself where that is the same."""
    named = {key: settings.title(lang, key, "") for key in ("site_name", "site_description")}
    if not any(named.values()):
        return config
    copied = copy.copy(config)
    copied.update({key: title for key, title in named.items() if title})
    return copied
