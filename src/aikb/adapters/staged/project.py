"""The `mkdocs.yml` of a staged folder: the user's own, without plugins, with what theirs left open filled in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig

from aikb.adapters.mkdocs.configuration import EXTENSIONS
from aikb.compose.addresses import page_url
from aikb.locales.words import words
from aikb.model.site import PERMALINK
from aikb.settings import Settings

DOCS, OVERRIDES = "docs", "overrides"
OWN_EXTENSION = "aikb.render.python_markdown"
_KEPT = ("site_name", "site_url", "site_author", "site_description", "copyright", "repo_url", "repo_name")
_LEFT_OUT = frozenset({"pymdownx.snippets"})
"""Extensions that read other files of the notes; composed texts have nothing left for them."""
_SEARCH_WORDS = (
    "search_none search_nearest search_missing search_failed search_kind search_count_one search_count search_note "
    "search_highlight search_term search_post search_page search_list search_notes search_highlights search_terms "
    "search_posts search_pages search_lists search_more filter"
).split()


def project(config: MkDocsConfig, settings: Settings, written: Mapping[str, Any]) -> str:
    """Write the configuration. `written` is the user's, `config` is theirs with the theme's values filled in."""
    theme = dict(written["theme"]) if isinstance(written.get("theme"), dict) else {}
    filled = ("font", "palette", "features", "favicon", "icon", "logo")
    theme |= {key: config.theme.get(key) for key in filled if config.theme.get(key) not in (None, "")}
    theme |= {"name": "material", "language": config.theme["language"], "custom_dir": OVERRIDES, "variant": "classic"}
    theme["palette"] = _named(theme.get("palette"), words(config.theme["language"]))
    features = [str(each) for each in theme.get("features") or () if not str(each).startswith("content.action")]
    values: dict[str, Any] = {
        **{key: written[key] for key in _KEPT if key in written},
        "docs_dir": DOCS,
        "site_dir": "site",
        "use_directory_urls": config.use_directory_urls,
        "theme": {**theme, "features": features},
        "plugins": ["search"],
        "markdown_extensions": _extensions(config),
        "extra_css": [str(each) for each in config.extra_css],
        "extra_javascript": [str(each) for each in config.extra_javascript],
        "extra": {**_mapping(written.get("extra")), "alternate": True, "aikb": _own(settings)},
        "validation": {"unrecognized_links": "ignore", "anchors": "ignore", "omitted_files": "ignore"},
    }
    head = "# Made by `aikb stage`: a change here is lost when it runs again.\n"
    return head + yaml.dump(_plain(values), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def _named(palette: object, texts: Mapping[str, str]) -> object:
    """Name the switch of a palette in words, where ours gives it the key of some."""
    if isinstance(palette, (list, tuple)):
        return [_named(each, texts) for each in palette]
    if isinstance(palette, Mapping):
        return {
            key: _named(each, texts) if key == "toggle" else texts.get(each, each) if key == "name" else each
            for key, each in palette.items()
        }
    return palette


def _mapping(value: object) -> Mapping[str, Any]:
    return {key: each for key, each in value.items() if key != "alternate"} if isinstance(value, dict) else {}


def _own(settings: Settings) -> dict[str, Any]:
    """Gather the interface's words that templates ask for, by tree, and what the trees' languages call themselves."""
    every = {lang: words(lang) for lang in settings.languages}
    return {
        "words": {lang: {key: texts[key] for key in _SEARCH_WORDS if key in texts} for lang, texts in every.items()},
        "languages": {lang: texts["language"] for lang, texts in every.items()},
        "trees": [
            {
                "lang": lang,
                "home": page_url(settings.tree_path("index.md", lang), settings.addresses) or ".",
                "home_word": texts["home"],
                "not_found": texts["not_found"],
            }
            for lang, texts in every.items()
        ],
    }


def _extensions(config: MkDocsConfig) -> list[Any]:
    """List the user's extensions and ours with their options; ours reads what the pages are written in, and comes last."""
    entries: list[Any] = []
    given = config["mdx_configs"] or {}
    for name in dict.fromkeys([*config.markdown_extensions, *EXTENSIONS]):
        options = {**given.get(name, {})}
        if options.get("permalink_title") == PERMALINK:
            options["permalink_title"] = words(config.theme["language"])["permalink_heading"]
        if name not in _LEFT_OUT:
            entries.append({name: options} if options else name)
    return [*entries, OWN_EXTENSION]


def _plain(value: Any) -> Any:
    """Make a value one that YAML has: functions by their names, as MkDocs reads them, and nothing of a type of ours."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, Path):
        return value.as_posix()
    return _Name(f"{value.__module__}.{value.__qualname__}") if callable(value) else value


class _Name(str):
    """The name of a function."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes functions as `!!python/name:`."""


_Dumper.add_representer(
    _Name, lambda dumper, name: dumper.represent_scalar(f"tag:yaml.org,2002:python/name:{name}", "")
)
