"""Define, check and read the settings of a knowledge base: one table of options, a field of `Settings` each.

To add an option, add a field with `_option`. Its check, the message of a mistake, the plugin's option in MkDocs, the JSON
schema (`options.schema.json`) and the page of the documentation are made of it.

An unknown key is an error that names the nearest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any, Literal, TypeAlias, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from aikb.locales.words import LANGUAGE

Addresses: TypeAlias = Literal["directories", "files", "sources"]
Navigation: TypeAlias = tuple[tuple[str, "str | Navigation"], ...]
"""A `nav` as frozen values: a title with a path, or with the entries of a group."""
Value = TypeVar("Value")
MENTIONS = ("first-per-section", "all", "none")
"""Which mentions of terms become links."""
PUBLISH = ("all", "marked")
"""Which notes are published."""
BREAKS = ("github", "obsidian")
"""Whose reading of a single line break counts."""
READWISE_LINKS = ("serve", "always", "never")
"""When addresses in the reader's own Readwise library are shown."""
EXPORTER_TAGS = tuple(
    "articles article books book tweets tweet podcasts podcast supplementals literature-note literature-notes readwise "
    "readwise-highlights kindle kindle-highlights clippings highlights imported".split()
)
SECURITY_POLICY = ("auto", "always", "never")
"""When pages carry a Content-Security-Policy."""


BESIDE = "$page_dir"
"""A path that is the folder of whichever note asks: MkDocs' `!relative` without a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A row of the table of options."""

    name: str
    default: Any
    """Also says the type: a tuple is a list in YAML."""
    expected: str
    """What a message says that a value should be."""
    doc: str
    """What it does, in Markdown."""
    choices: tuple[str, ...] = ()
    """The only words there are, for a word or for each word of a list."""
    pattern: str = ""
    """A regular expression that each word of a list matches as a whole."""
    distinct: bool = False
    """Whether a list holds one word or more, each once."""
    by_language: bool = False
    """Whether it is a map of maps of words, by language."""

    @property
    def type(self) -> type:
        """The Python type of a value as YAML reads it."""
        if self.by_language:
            return dict
        return list if isinstance(self.default, tuple) else type(self.default)


def _option(
    default: Value,
    doc: str,
    expected: str,
    *,
    choices: tuple[str, ...] = (),
    pattern: str = "",
    distinct: bool = False,
    by_language: bool = False,
    unset: Value | None = None,
) -> Value:
    """Declare a field of Settings that is an option of the plugin; `unset` is its value where a configuration is silent."""
    row = {"expected": expected, "doc": doc, "choices": choices, "pattern": pattern, "distinct": distinct}
    row["by_language"] = by_language
    row |= {"default": default if unset is None else unset}
    return field(default=default, metadata={"option": row})


class SettingsError(Exception):
    """A configuration that cannot be used; the message names the file, the key and the way out. Exit code 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set. The first group comes from `mkdocs.yml` itself, the rest are the plugin's options."""

    site_name: str = "Notes"
    site_description: str = ""
    site_url: str = ""
    docs_dir: str = "notes"
    """The notes folder, relative to `mkdocs.yml`."""
    navigation: Navigation = ()
    """The user's own `nav`; empty to derive it from the folders."""
    excluded: str = ""
    """MkDocs' `exclude_docs`, lines of gitignore patterns: what never reaches the site."""
    drafts: str = ""
    """MkDocs' `draft_docs`, likewise."""
    vault: bool = False
    """Whether the notes are a vault of Obsidian's: there is a folder `.obsidian`."""
    attachments: str = ""
    """Where Obsidian puts attachments (`attachmentFolderPath`), from the root of the notes, or `./x` beside each note."""
    macros: str = ""
    """Macros of LaTeX for the formulas of all notes: the `preamble.sty` of a vault."""
    addresses: Addresses = "directories"
    """How pages address each other: `a/` for `a.md`, `a.html` (MkDocs' `use_directory_urls: false`), or by their sources."""
    snippet_paths: tuple[str, ...] = ()
    """`base_path` of pymdownx.snippets, relative to `mkdocs.yml` or absolute, or BESIDE; empty where that extension is off."""
    snippets_appended: tuple[str, ...] = ()
    """Its `auto_append`."""
    snippets_dedented: bool = False
    """Its `dedent_subsections`."""
    autorefs: bool = False
    """Whether a plugin looks up the references that no note defines: autorefs, or mkdocstrings, which brings it."""
    definition_lists: bool = False
    """Whether `def_list` of Python-Markdown is on, by its own name or as a part of `extra`."""
    theme_language: str = ""
    """`theme.language`, where the user wrote one: the language of Material's interface, and the first of the site."""
    serving: bool = False
    """Whether the site is only for its author's eyes, `mkdocs serve`."""

    languages: tuple[str, ...] = _option(
        ("en", "fr"),
        "the trees of the site; the first is at the root, the others under `/fr/`. Unset: `theme.language` where you set it, "
        "then the languages that the notes are written in, most used first",
        "a list of languages (“en”, “pt-BR”)",
        pattern=LANGUAGE,
        distinct=True,
        unset=(),
    )
    """Empty until `read/site_languages` has decided, where the configuration names none."""
    titles: tuple[tuple[str, str, str], ...] = _option(
        (),
        "what the site and its folders are called in each language: `fr: {site_name: Mes notes, site_description: …, "
        "reading/books: Livres}`; without it, as `mkdocs.yml` and the folders' own pages say",
        "a map of languages, each a map of names to titles",
        by_language=True,
    )
    """Language, `site_name`, `site_description` or the path of a folder, title."""
    glossary_dir: str = _option(
        "glossary",
        "the folder of terms beside `mkdocs.yml`; `# Glossary` and `# Glossaire` sections of notes count too",
        "a folder",
    )
    sidebar_limit: int = _option(30, "how many notes of its own folder a page's sidebar lists", "a number")
    neighbourhood: int = _option(
        6, "from how many neighbours on (notes, works, terms) a note shows them, with a map; 0 for never", "a number"
    )
    mentions: str = _option(
        MENTIONS[0],
        "which mentions of the glossary's terms become links: these, `all` or `none`",
        f"one of {', '.join(MENTIONS)}",
        choices=MENTIONS,
    )
    mentions_stop: tuple[str, ...] = _option((), "words that are never linked by themselves", "a list of words")
    typography: bool = _option(
        False,
        "French text is shown with narrow no-break spaces before `: ; ? !` and inside « »",
        "true or false",
    )
    discarded: bool = _option(
        False, "highlights that their reader tagged `discard` in Readwise are shown too", "true or false"
    )
    breaks: str = _option(
        BREAKS[0],
        "what a single line break in a paragraph is: a blank, as on `github`, or a new line, as in `obsidian`",
        "github or obsidian",
        choices=BREAKS,
    )
    mermaid: str = _option(
        "",
        "your copy of Mermaid's script (`mermaid.min.js`) beside `mkdocs.yml`: it is published with the site and draws "
        "diagrams; without it they are code, and nothing is loaded from elsewhere",
        "a file",
    )
    evidence: int = _option(
        8,
        "how many words in a row tie a highlight to the section that quotes it; 0 ties nothing",
        "a number of words",
    )
    publish: str = _option(
        PUBLISH[0],
        "which notes are published: `all` that do not say otherwise, or only those `marked` with `publish: true`",
        "all or marked",
        choices=PUBLISH,
    )
    private_folders: tuple[str, ...] = _option(
        ("private", "privé", "drafts", "brouillons", "trash"),
        "names of folders whose notes and files are never published; letter case, accents and `_` or `.` before do not count",
        "a list of names of folders",
    )
    picture_metadata: bool = _option(
        False,
        "pictures keep what a camera or an editor wrote into them: where and when, by whom and with what",
        "true or false",
    )
    readwise_links: str = _option(
        READWISE_LINKS[0],
        "when addresses in your own Readwise library are shown: `serve` (to you alone), `always`, `never`",
        "serve, always or never",
        choices=READWISE_LINKS,
    )
    security_policy: str = _option(
        SECURITY_POLICY[0],
        "when pages say what they may run and load, by a Content-Security-Policy: `auto` unless `mkdocs.yml` brings something "
        "it could stop, `always`, `never`",
        "auto, always or never",
        choices=SECURITY_POLICY,
    )
    exporter_tags: tuple[str, ...] = _option(
        EXPORTER_TAGS, "tags that programs put on everything they export; they have no page", "a list of tags"
    )
    markdown_pages: bool = _option(
        True,
        "a published site has each text as Markdown too, beside its page, and `llms.txt` lists them for language models",
        "true or false",
    )
    snippets: bool = _option(
        False,
        "`pymdownx.snippets` of `markdown_extensions` is run: notes may include what stands below its `base_path`, and "
        "what `auto_append` names is at the end of each; `dedent_subsections` is heeded, no other option of it is",
        "true or false",
    )
    search_words: str = _option(
        "",
        "a word list of your own beside `mkdocs.yml`, for search across languages: lines `français = English`",
        "a file",
    )
    search_bundle: bool = _option(
        False,
        "search is also written as one script, so that it works on a site opened from a disk, without a server",
        "true or false",
    )
    ignore: tuple[str, ...] = _option(
        (), "findings that are not reported: `orphan`, or `orphan in drafts/**`", "a list of findings"
    )
    warn: tuple[str, ...] = _option((), "findings that are warnings, likewise", "a list of findings")
    fail: tuple[str, ...] = _option((), "findings that are errors, likewise", "a list of findings")
    baseline: str = _option("", "the file beside `mkdocs.yml` of findings that are accepted for now", "a file")

    def note_path(self, path: str) -> str:
        """Convert a path from the root of the notes to one from the folder of `mkdocs.yml`, as sources have it."""
        return path if self.docs_dir == "." else f"{self.docs_dir}/{path}"

    def in_notes(self, path: str) -> str:
        """Convert the path of a source to one from the root of the notes; of what is not in them, as it is."""
        return path.removeprefix(f"{self.docs_dir}/")

    def given_title(self, path: str) -> str:
        """Look up the title that the user's `nav` gives to a source; empty where it gives none."""
        return _titles(self.navigation).get(self.in_notes(path), "") if self.navigation else ""

    def title(self, lang: str, name: str, default: str) -> str:
        """Look up what the site or a folder is called in a language."""
        return next((title for *key, title in self.titles if key == [lang, name]), default)

    def tree_path(self, address: str, lang: str) -> str:
        """Make the path of the page at an address of a language's tree; the first language's tree is at the root."""
        return address if lang == self.languages[0] else f"{lang}/{address}"


OPTIONS: Mapping[str, Option] = {
    row.name: Option(name=row.name, **row.metadata["option"]) for row in fields(Settings) if "option" in row.metadata
}
"""The plugin's options by name, in the order of README.md."""


def from_options(options: Mapping[str, Any], base: Settings) -> Settings:
    """Replace the settings that the plugin's options name. Raises SettingsError for a key or value that cannot be meant."""
    return replace(base, **{key: _checked(key, value) for key, value in options.items() if key != "enabled"})


def _checked(key: str, value: object) -> Any:
    """Check an option's value; the value, a list as a tuple of words. Raises SettingsError."""
    option = OPTIONS.get(key)
    if option is None:
        near = process.extractOne(key, list(OPTIONS), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.5)
        hint = f" (did you mean “{near[0]}”?)" if near else f" (there are: {', '.join(sorted(OPTIONS))})"
        raise SettingsError(f"plugins.aikb: unknown key “{key}”{hint}")
    unsuitable = not isinstance(value, option.type) or (isinstance(value, bool) and option.type is not bool)
    if unsuitable or (isinstance(value, str) and option.choices and value not in option.choices):
        raise SettingsError(f"plugins.aikb.{key}: {option.expected} is expected, not {value!r}")
    if isinstance(value, dict):
        return _by_language(option, value)
    if not isinstance(value, list):
        return value
    words = tuple(str(word) for word in value)
    unknown = option.choices and not set(words) <= set(option.choices)
    unknown = unknown or not all(re.fullmatch(option.pattern, word) for word in words if option.pattern)
    if unknown or (option.distinct and (not words or len(set(words)) < len(words))):
        which = f"one or more of {', '.join(option.choices)}" if option.choices else f"{option.expected} is expected"
        raise SettingsError(f"plugins.aikb.{key}: {which}, each once, not {list(words)}")
    return words


def _by_language(option: Option, value: Mapping[Any, Any]) -> tuple[tuple[str, str, str], ...]:
    """Check a map of maps, and flatten it. Raises SettingsError."""
    rows = list[tuple[str, str, str]]()
    for lang, names in value.items():
        if not isinstance(names, Mapping) or not re.fullmatch(LANGUAGE, str(lang)):
            raise SettingsError(f"plugins.aikb.{option.name}: {option.expected} is expected, not {value!r}")
        rows += [(str(lang), str(name).strip("/"), str(title)) for name, title in names.items()]
    return tuple(rows)


@lru_cache(maxsize=2)
def _titles(navigation: Navigation) -> Mapping[str, str]:
    """Collect the titles that a `nav` gives, by path; the first counts."""
    return {path: title for title, path in reversed([*_listed(navigation)]) if title}


def _listed(navigation: Navigation) -> Iterator[tuple[str, str]]:
    for title, value in navigation:
        if isinstance(value, str):
            yield title, value
        else:
            yield from _listed(value)


def frozen_navigation(nav: object) -> Navigation:
    """Freeze a user's `nav`, with its hierarchy; a group without entries has an empty path."""
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
