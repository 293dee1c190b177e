"""`mkdocs.yml` as aikb reads it, and how it says what is wrong there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mkdocs.config import load_config

import aikb
from aikb.adapters.mkdocs.configuration import AikbConfig, settings_of, written_in
from aikb.mkdocs_file import from_mkdocs, read_settings
from aikb.options_schema import json_schema
from aikb.settings import (
    MENTIONS,
    OPTIONS,
    Navigation,
    Settings,
    SettingsError,
    from_options,
    frozen_navigation,
)

LIST = "plugins.aikb.languages: a list of languages (“en”, “pt-BR”) is expected"
SCHEMA = Path(aikb.__file__).parent / "options.schema.json"

SIX_LINES = (
    "site_name: Mes notes\nsite_url: https://example.org\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb\n"
)


def settings(folder: Path, text: str) -> Settings:
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return read_settings(folder / "mkdocs.yml")


def test_six_lines_are_enough(tmp_path: Path) -> None:
    assert settings(tmp_path, SIX_LINES) == Settings(
        site_name="Mes notes", site_url="https://example.org", languages=()
    )


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("", "docs_dir", "docs"),
        ("docs_dir: ./my/notes/", "docs_dir", "my/notes"),
        ("docs_dir: .", "docs_dir", "."),
        ("site_name: 12", "site_name", "12"),
        ("site_description: x", "site_description", "x"),
        ("plugins: [search, aikb]", "languages", ()),
        ("plugins:\n- aikb:\n    languages: [de, pt-BR]", "languages", ("de", "pt-BR")),
        ("theme:\n  language: pt-BR", "theme_language", "pt-BR"),
        ("theme:\n  language: 12", "theme_language", ""),
        ("theme: material", "theme_language", ""),
        ("plugins:\n- aikb:\n    languages: [fr]", "languages", ("fr",)),
        ("plugins:\n- aikb:\n    languages: [fr, en]\n    enabled: true", "languages", ("fr", "en")),
        ("plugins:\n- aikb:\n    glossary_dir: terms", "glossary_dir", "terms"),
        ("plugins:\n- aikb:\n    sidebar_limit: 5", "sidebar_limit", 5),
        ("plugins:\n- aikb:", "sidebar_limit", 30),
        ("plugins:\n  search: {}\n  aikb:\n    sidebar_limit: 5", "sidebar_limit", 5),
        ("", "addresses", "directories"),
        ("use_directory_urls:", "addresses", "directories"),
        ("use_directory_urls: true", "addresses", "directories"),
        ("use_directory_urls: no", "addresses", "files"),
        ("nav:\n- a.md\n- T: b.md", "navigation", (("", "a.md"), ("T", "b.md"))),
        ("markdown_extensions:\n- x:\n    y: !!python/name:a.b\nsite_name: !ENV [A, b]\ndocs_dir: n", "docs_dir", "n"),
    ],
)
def test_a_setting_is_read(tmp_path: Path, text: str, field: str, value: object) -> None:
    assert getattr(settings(tmp_path, text), field) == value


def test_what_is_inherited_is_merged(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("site_name: base\ndocs_dir: notes\nplugins: [aikb]\n", encoding="utf-8")
    read = settings(tmp_path, "INHERIT: base.yml\nsite_name: own\n")
    assert (read.site_name, read.docs_dir) == ("own", "notes")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "plugins:\n- aikb:\n    glossry_dir: x",
            "plugins.aikb: unknown key “glossry_dir” (did you mean “glossary_dir”?)",
        ),
        ("plugins:\n- aikb:\n    langage: [fr]", "plugins.aikb: unknown key “langage” (did you mean “languages”?)"),
        (
            "plugins:\n- aikb:\n    languages: fr",
            "plugins.aikb.languages: a list of languages (“en”, “pt-BR”) is expected, not 'fr'",
        ),
        (
            "plugins:\n- aikb:\n    languages: []",
            "plugins.aikb.languages: a list of languages (“en”, “pt-BR”) is expected, each once, not []",
        ),
        (
            "plugins:\n- aikb:\n    languages: [fr, fr]",
            "plugins.aikb.languages: a list of languages (“en”, “pt-BR”) is expected, each once, not ['fr', 'fr']",
        ),
        (
            "plugins:\n- aikb:\n    languages: [english]",
            "plugins.aikb.languages: a list of languages (“en”, “pt-BR”) is expected, each once, not ['english']",
        ),
        ("plugins:\n- aikb:\n    sidebar_limit: true", "plugins.aikb.sidebar_limit: a number is expected, not True"),
        ("plugins:\n- aikb:\n    evidence: 1.5", "plugins.aikb.evidence: a number of words is expected, not 1.5"),
        ("plugins:\n- aikb:\n    typography: 1", "plugins.aikb.typography: true or false is expected, not 1"),
        (
            "plugins:\n- aikb:\n    mentions: some",
            f"plugins.aikb.mentions: one of {', '.join(MENTIONS)} is expected, not 'some'",
        ),
        (
            "plugins:\n- aikb:\n    readwise_links: no",
            "plugins.aikb.readwise_links: serve, always or never is expected, not False",
        ),
        ("plugins:\n- aikb: [x]", "mkdocs.yml: plugins.aikb: a map is expected, not ['x']"),
        ("plugins: aikb", "mkdocs.yml: plugins: a list is expected, not 'aikb'"),
        ("plugins: 3", "mkdocs.yml: plugins: a list is expected, not 3"),
        ("site_name: [", "mkdocs.yml:1:13: not YAML: expected the node content, but found '<stream end>'"),
        ("a: 1\n\tb: 2", "mkdocs.yml:2:1: not YAML: found character '\\t' that cannot start any token"),
        ("- a\n- b", "mkdocs.yml: a map is expected at the top"),
        ("INHERIT: mkdocs.yml", "mkdocs.yml: INHERIT comes back to this file"),
        (
            "INHERIT: gone.yml",
            "gone.yml: no such file; mkdocs.yml inherits it",
        ),
    ],
)
def test_a_mistake_is_one_readable_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=f"^{re.escape(message)}$"):
        settings(tmp_path, text)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\x80"])
def test_bytes_that_are_no_text_are_said_to_be_unreadable(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(data)
    with pytest.raises(SettingsError, match=r"mkdocs.yml: cannot be read: UnicodeDecodeError"):
        read_settings(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    "text", ["plugins: [3, [aikb]]", "plugins:\n  aikb: {}", "docs_dir: [a]", "nav: 3", "INHERIT: [a]"]
)
def test_what_mkdocs_itself_refuses_does_not_raise_here(tmp_path: Path, text: str) -> None:
    assert isinstance(settings(tmp_path, text), Settings)


@pytest.mark.parametrize(
    ("nav", "expected"),
    [
        (None, ()),
        ("a.md", (("", "a.md"),)),
        ([{"G": ["a.md", {"T": "b.md"}]}], (("G", (("", "a.md"), ("T", "b.md"))),)),
        ([{"G": None}, 3], (("G", ""),)),
    ],
)
def test_a_nav_is_frozen(nav: object, expected: Navigation) -> None:
    assert frozen_navigation(nav) == expected


def test_options_change_nothing_else() -> None:
    base = Settings(site_name="x", docs_dir="y")
    options: Mapping[str, Any] = {"sidebar_limit": 3}
    assert from_options(options, base) == Settings(site_name="x", docs_dir="y", sidebar_limit=3)


def test_every_option_is_a_field_with_its_default() -> None:
    silent = from_mkdocs({}, Path())
    assert {name: getattr(silent, name) for name in OPTIONS} == {name: row.default for name, row in OPTIONS.items()}


def test_mkdocs_knows_every_option() -> None:
    assert [name for name, _ in AikbConfig._schema] == list(OPTIONS)


def test_the_schema_beside_the_program_is_the_programs() -> None:
    written = SCHEMA.read_text(encoding="utf-8")
    wanted = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    assert written == wanted, f"write this into {SCHEMA}:\n\n{wanted}"


VALUES = (True, 0, 1.5, "x", "", None, [], ["a"], ["a", 1], ["en"], ["fr", "fr"], ["de"], {}, "none", "never", "all")


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("name", [*OPTIONS, "langages"])
def test_the_schema_takes_what_the_program_takes(name: str, value: object) -> None:
    try:
        from_options({name: value}, Settings())
        taken = True
    except SettingsError:
        taken = False
    assert jsonschema.Draft202012Validator(json_schema()).is_valid({name: value}) == taken


@pytest.mark.parametrize(
    "text",
    [
        "",
        "docs_dir: ./notes/../notes/",
        "site_description: x",
        "nav:\n- T: a.md\n- G: [b.md]",
        "exclude_docs: |\n  /private/",
        "draft_docs: |\n  *.tmp.md",
        "theme: {name: material, language: pt-BR}",
        "use_directory_urls: false",
    ],
)
def test_mkdocs_and_the_check_read_the_same_settings(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(
        f"theme: material\nsite_name: A\nplugins:\n- aikb:\n    sidebar_limit: 3\n{text}\n", encoding="utf-8"
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "notes").mkdir()
    config = load_config(str(file))
    plugin = config.plugins["aikb"].config
    assert settings_of(plugin, config, written_in(config), serving=False) == read_settings(file)


@pytest.mark.parametrize(
    ("value", "lang", "name", "title"),
    [
        ("{fr: {site_name: Mes notes}}", "fr", "site_name", "Mes notes"),
        ("{fr: {/sub/deep/: Profond}}", "fr", "sub/deep", "Profond"),
        ("{pt-BR: {x: 1}}", "pt-BR", "x", "1"),
        ("{fr: {site_name: Mes notes}}", "en", "site_name", "default"),
        ("{}", "fr", "site_name", "default"),
    ],
)
def test_titles_by_language(tmp_path: Path, value: str, lang: str, name: str, title: str) -> None:
    assert settings(tmp_path, f"{SIX_LINES[:-1]}: {{titles: {value}}}\n").title(lang, name, "default") == title


@pytest.mark.parametrize("value", ["[a]", "x", "{fr: x}", "{Deutsch: {a: b}}", "{fr: [a]}"])
def test_titles_that_cannot_be_meant(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsError, match=r"plugins\.aikb\.titles"):
        settings(tmp_path, f"{SIX_LINES[:-1]}: {{titles: {value}}}\n")
