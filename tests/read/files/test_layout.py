"""What a folder is, from its listing alone."""

from __future__ import annotations

import pytest

from aikb.read.files.layout import survey


@pytest.mark.parametrize(
    ("paths", "tools", "notes_dir"),
    [
        ("a.md b.md", "", "."),
        ("notes/a.md README.md", "", "notes"),
        ("notes/a.md README.fr.md CHANGELOG.md x.py", "", "notes"),
        ("notes/a.md other/b.md", "", "."),
        ("notes/a.md glossary/terms.md", "", "notes"),
        ("notes/a.md templates/b.md", "", "notes"),
        ("notes/a.md node_modules/x/README.md", "", "notes"),
        ("README.md", "", "."),
        ("README.md pkg/a/README.md pkg/b/README.md pkg/a/x.py", "", "."),
        ("a/b/c/d.md", "", "a"),
        ("x.py y.txt", "", ""),
        ("", "", ""),
        (".obsidian/app.json a.md", "Obsidian", "."),
        ("vault/.obsidian/app.json vault/a.md", "", "vault"),
        ("logseq/config.edn pages/a.md journals/b.md", "Logseq", "."),
        ("_config.yml _posts/2024-01-01-a.md", "Jekyll", "."),
        ("hugo.toml content/a.md themes/t/README.md archetypes/default.md", "Hugo", "content"),
        ("config.toml content/a.md", "Hugo", "content"),
        ("config.toml notes/a.md", "", "notes"),
        ("docusaurus.config.ts docs/a.md blog/b.md", "Docusaurus", "docs"),
        ("astro.config.mjs src/content/docs/a.md README.md", "Starlight", "src/content/docs"),
        ("astro.config.mjs notes/a.md", "Starlight", "notes"),
        ("book.toml src/SUMMARY.md", "mdBook", "src"),
        ("quartz.config.ts content/a.md docs/b.md", "Quartz", "content"),
        ("docusaurus.config.js docs/a.md .obsidian/app.json", "Docusaurus Obsidian", "docs"),
        (".github/a.md .x.md", "", ""),
    ],
)
def test_notes_are_found_where_their_tool_keeps_them(paths: str, tools: str, notes_dir: str) -> None:
    layout = survey(paths.split(), {})
    assert (" ".join(layout.tools), layout.notes_dir) == (tools, notes_dir)


@pytest.mark.parametrize(
    ("paths", "ignored", "left_out"),
    [
        ("a.md Templates/t.md", "", "Templates"),
        ("a.md x/_templates/t.md", "", "x/_templates"),
        ("notes/a.md notes/templates/t.md", "", "templates"),
        ("notes/a.md templates/t.md", "", ""),
        ("a.md drafts/b.md", "drafts", "drafts"),
        ("a.md logseq/config.edn logseq/bak/a.md", "", "logseq"),
        ("a.md _config.yml _includes/b.md", "", "_includes"),
        ("a.md templates/x.html", "", ""),
    ],
)
def test_what_is_no_note_is_left_out(paths: str, ignored: str, left_out: str) -> None:
    assert " ".join(survey(paths.split(), {}, ignored.split()).left_out) == left_out


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ('{"folder":"Meta/Tpl"}', ("Meta/Tpl",)),
        ('{"folder":"/Meta/Tpl/","dateFormat":""}', ("Meta/Tpl",)),
        ('{"folder":"M\\u0065ta/Tpl"}', ("Meta/Tpl",)),
        ('{"folder":""}', ()),
        ('{"folder":null}', ()),
        ('{"folder":"Gone"}', ()),
        ('{"folder":"..\\"', ()),
        ("not JSON", ()),
    ],
)
def test_a_vault_says_where_its_templates_are(text: str, left_out: tuple[str, ...]) -> None:
    paths = [".obsidian/templates.json", "a.md", "Meta/Tpl/t.md"]
    assert survey(paths, {".obsidian/templates.json": text}).left_out == left_out


def test_glossaries_readmes_and_exports_are_named() -> None:
    layout = survey(
        ["notes/Glossaire.md", "notes/a/README.md", "notes/b/README.md", "notes/x.csv", "terms/a.md"],
        {},
        exports=["notes/x.csv"],
    )
    assert (layout.glossaries, layout.readmes, layout.exports) == (("notes/Glossaire.md",), 2, ("notes/x.csv",))
    assert survey(["notes/a.md", "lexique/b.md"], {}).glossary_dir == "lexique"


def test_highlights_alone_are_notes() -> None:
    assert survey(["My Clippings.txt"], {}, exports=["My Clippings.txt"]).notes_dir == "."


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml", ".aikb/mkdocs.yml"])
def test_a_configuration_that_is_there_is_found(name: str) -> None:
    assert survey([name, "docs/a.md"], {}).config == name


@pytest.mark.parametrize(
    ("said", "expected", "count"),
    [("docs", "docs", 2), ("site/pages", "site/pages", 1), ("gone", ".", 5), ("", ".", 5)],
)
def test_a_configuration_says_where_the_notes_are(said: str, expected: str, count: int) -> None:
    paths = ["mkdocs.yml", "docs/a.md", "docs/sub/b.md", "site/pages/c.md", "includes/d.md", "e.md"]
    layout = survey(paths, {}, said=said)
    assert (layout.notes_dir, len(layout.notes)) == (expected, count)
