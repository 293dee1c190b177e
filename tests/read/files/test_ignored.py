"""What on disk is content, and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aikb.read.files.disk import Loaded, load
from aikb.read.files.vault import is_template, with_vault
from aikb.settings import Settings
from conftest import built, found, knowledge_base, on_disk, soup


def paths(loaded: Loaded) -> list[str]:
    return [source.path.removeprefix("notes/") for source in loaded.sources]


def loaded(root: Path, files: dict[str, str]) -> Loaded:
    return load(on_disk(root, {"notes/a.md": "# A\n", **files}), Settings())


@pytest.mark.parametrize(
    ("name", "patterns"),
    [
        ("notes/node_modules/x/README.md", {}),
        ("notes/deep/node_modules/README.md", {}),
        ("notes/__pycache__/x.md", {}),
        ("notes/env/lib/x.md", {"notes/env/pyvenv.cfg": ""}),
        ("notes/my-python/x.md", {"notes/my-python/pyvenv.cfg": ""}),
        ("notes/out/x.md", {"notes/.gitignore": "out/\n"}),
        ("notes/sub/out/x.md", {"notes/.gitignore": "out/\n"}),
        ("notes/sub/x.tmp.md", {"notes/.gitignore": "*.tmp.md\n"}),
        ("notes/sub/x.md", {"notes/sub/.gitignore": "x.md\n"}),
        ("notes/sub/x.md", {"notes/sub/.gitignore": "*\n!y.md\n"}),
        ("notes/sub/x.md", {".gitignore": "/notes/sub/\n"}),
        ("notes/sub/x.md", {".gitignore": "sub\n"}),
        ("notes/.hidden/x.md", {}),
    ],
)
def test_what_programs_install_and_git_ignores_is_no_content(
    tmp_path: Path, name: str, patterns: dict[str, str]
) -> None:
    assert paths(loaded(tmp_path, {name: "# X\n", **patterns})) == ["a.md"]


@pytest.mark.parametrize(
    "patterns",
    [
        {"notes/.gitignore": "*.log\n"},
        {".gitignore": "/site/\nnotes/\n"},
        {".gitignore": "*\n"},
        {"notes/.gitignore": "sub/*\n!sub/x.md\n"},
        {"notes/.gitignore": "x.md\n", "notes/sub/.gitignore": "!x.md\n"},
        {"notes/.gitignore": "\\\n[\n"},
        {"notes/other/.gitignore": "x.md\n"},
        {"notes/pyvenv.md": "x"},
        {"notes/.gitignore": "# sub/\n"},
        {"other/.gitignore": "*\n"},
    ],
)
def test_all_else_is_content(tmp_path: Path, patterns: dict[str, str]) -> None:
    assert "sub/x.md" in paths(loaded(tmp_path, {"notes/sub/x.md": "# X\n", **patterns}))


def test_patterns_above_count_up_to_the_top_of_the_repository(tmp_path: Path) -> None:
    files = {".gitignore": "out/\n", ".git/HEAD": "", "kb/notes/out/x.md": "# X\n", "kb/notes/a.md": "# A\n"}
    assert paths(load(on_disk(tmp_path, files) / "kb", Settings())) == ["a.md"]
    (tmp_path / "kb" / ".git").mkdir()
    assert paths(load(tmp_path / "kb", Settings())) == ["a.md", "out/x.md"]


VAULT = {
    "notes/.obsidian/app.json": json.dumps({"attachmentFolderPath": "files", "userIgnoreFilters": ["Old/", "draft-"]}),
    "notes/.obsidian/templates.json": json.dumps({"folder": "Forms"}),
    "notes/.obsidian/plugins/templater-obsidian/data.json": json.dumps({"templates_folder": "more forms/inner"}),
}


def shown(root: Path, files: dict[str, str]) -> set[str]:
    """The notes of a vault that have a page."""
    top = {
        "mkdocs.yml": "site_name: V\ntheme: material\ndocs_dir: notes\nplugins:\n  - aikb\n",
        "notes/index.md": "# V\n",
    }
    site = built(on_disk(root, {**top, **VAULT, **files}))
    return {path.parent.name for path in site.rglob("index.html") if "fr" not in path.relative_to(site).parts}


def test_templates_and_ignored_notes_have_no_page(tmp_path: Path) -> None:
    files = {
        f"notes/{name}.md": f"# {name}\n"
        for name in ("kept", "Forms/form1", "more forms/inner/form2", "more forms/kept2", "Old/old1", "Old/x/old2")
    }
    files |= {"notes/draft-one.md": "# D\n", "notes/Olden/kept3.md": "# K\n", "notes/sub/draft-kept.md": "# K\n"}
    names = shown(tmp_path, files)
    assert names >= {"kept", "kept2", "kept3", "draft-kept"}
    assert not names & {"form1", "form2", "old1", "old2", "draft-one"}


def test_a_picture_in_an_ignored_folder_is_shown(tmp_path: Path) -> None:
    shown(
        tmp_path,
        {"notes/k.md": "# K\n\n![[p.png]] ![x](templates/q.png)\n", "notes/Old/p.png": "", "notes/templates/q.png": ""},
    )
    assert [img["src"] for img in soup(tmp_path / "site/k/index.html").select("article img")] == [
        "../Old/p.png",
        "../templates/q.png",
    ]
    assert (tmp_path / "site/Old/p.png").is_file()
    assert (tmp_path / "site/templates/q.png").is_file()


def test_a_vault_around_the_notes_is_read_too(tmp_path: Path) -> None:
    files = {name.removeprefix("notes/"): text for name, text in VAULT.items()}
    files[".obsidian/app.json"] = json.dumps(
        {"attachmentFolderPath": "notes/files", "userIgnoreFilters": ["notes/Old/"]}
    )
    settings = with_vault(Settings(), on_disk(tmp_path, {**files, "notes/a.md": ""}))
    assert (settings.vault, settings.attachments) == (True, "files")
    assert settings.excluded.splitlines()[-1] == "/Old/**/*.md"


@pytest.mark.parametrize("text", ["", "{", "[1]", '"x"', '{"folder": 3}', "\x00", "[" * 100_000, '{"folder": "/"}'])
def test_settings_that_cannot_be_read_say_nothing(tmp_path: Path, text: str) -> None:
    names = ("app.json", "templates.json", "plugins/templater-obsidian/data.json")
    files = {f"notes/.obsidian/{name}": text for name in names}
    settings = with_vault(Settings(excluded="x"), on_disk(tmp_path, {**files, "notes/a.md": ""}))
    assert (settings.vault, settings.attachments, settings.excluded) == (True, "", "x")


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("templates/note.md", "# {{title}}", True),
        ("Templates/note.md", "date: {{date:YYYY-MM-DD}}", True),
        ("_templates/note.md", "{{ title }}", True),
        ("Modèles/note.md", "{{time}}", True),
        ("99 - Templates/note.md", "{{title}}", True),
        ("x/template/deep/note.md", "<% tp.file.title %>", True),
        ("x/templates/q.md", "{{VALUE:name}}", True),
        ("templates/about.md", "How I write templates.", False),
        ("notes/note.md", "# {{title}}", False),
        ("templates/jinja.md", "{{ page.url }}", False),
        ("templates.md", "{{title}}", False),
    ],
)
def test_a_template_is_known_by_its_folder_and_its_placeholders(path: str, text: str, *, expected: bool) -> None:
    assert is_template(path, text) is expected


@pytest.mark.parametrize(
    "written",
    [
        "![](.gitbook/assets/p%201.png)",
        "![x](<.gitbook/assets/p 1.png>)",
        "[[.gitbook/assets/p 1.png]]",
        "![[.gitbook/assets/p 1.png|300]]",
        '<img src=".gitbook/assets/p 1.png" alt="x">',
        "<a href='.gitbook/assets/p%201.png'>x</a>",
        "[x][1]\n\n[1]: <.gitbook/assets/p 1.png>",
        "[x](./.gitbook/assets/p%201.png)",
        "[x](/.gitbook/assets/p%201.png)",
        "- | a |\n  |---|\n  | ![x](.gitbook/assets/p%201.png) |",
        "[x](.gitbook/assets/p%201.png#part)",
    ],
)
def test_a_file_in_a_hidden_folder_is_there_if_a_note_names_it(tmp_path: Path, written: str) -> None:
    files = {"notes/b.md": written, "notes/.gitbook/assets/p 1.png": "", "notes/.gitbook/assets/other.png": ""}
    assert [asset.path for asset in loaded(tmp_path, files).assets] == [".gitbook/assets/p 1.png"]


@pytest.mark.parametrize(
    "name",
    [
        ".git/config",
        ".obsidian/workspace.json",
        ".ssh/id",
        ".trash/x.png",
        ".env",
        "a/.git/config",
        ".vscode/settings.json",
    ],
)
def test_a_hidden_folder_with_a_program_s_own_files_stays_shut(tmp_path: Path, name: str) -> None:
    assert [
        asset.path for asset in loaded(tmp_path, {"notes/b.md": f"[x]({name})", f"notes/{name}": "secret"}).assets
    ] == []


@pytest.mark.parametrize(
    ("name", "content", "active", "secret"),
    [
        ("x.html", "<script>alert(1)</script>", True, False),
        ("x.xhtml", "<p onclick='x'>y</p>", True, False),
        ("x.htm", "<a href='javascript:x'>y</a>", True, False),
        ("x.json", '{"t": "ghp_aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0kP5lO6"}', False, True),
        ("x.env", "AWS=AKIAQ7ZRT3VW5KJ2HN8X", False, True),
        ("x.pem", "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----", False, True),
        ("x.txt", "harmless", False, False),
        ("deep/x.html", "<script>alert(1)</script>", True, False),
        ("deep/x.log", "ghp_aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0kP5lO6", False, True),
        ("x", "ghp_aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0kP5lO6", False, True),
    ],
)
@pytest.mark.parametrize("folder", ["files", ".files"])
def test_a_file_is_looked_into_in_a_hidden_folder_too(
    tmp_path: Path, folder: str, name: str, content: str, active: bool, secret: bool
) -> None:
    (asset,) = loaded(tmp_path, {"notes/b.md": f"[x]({folder}/{name})", f"notes/{folder}/{name}": content}).assets
    assert (asset.active, asset.secret is not None) == (active, secret)


@pytest.mark.parametrize("written", ["[x](.h/p.md)", "[x](.h/p.markdown)", "![[.h/p.md]]", "<a href='.h/p.MD'>x</a>"])
def test_a_note_in_a_hidden_folder_is_no_file_to_link_to(tmp_path: Path, written: str) -> None:
    files = {"notes/b.md": written, "notes/.h/p.md": "", "notes/.h/p.markdown": "", "notes/.h/p.MD": ""}
    assert loaded(tmp_path, files).assets == ()


def test_a_hidden_link_out_of_the_notes_is_not_followed(tmp_path: Path) -> None:
    on_disk(tmp_path, {"notes/b.md": "[x](.x/secret.txt) [y](../.y/z.txt)", ".y/z.txt": "", "notes/.x/q": ""})
    (tmp_path / "notes" / ".x" / "secret.txt").symlink_to(tmp_path / ".y" / "z.txt")
    assert load(tmp_path, Settings()).assets == ()


def test_a_hidden_file_that_is_named_is_published(tmp_path: Path) -> None:
    shown(
        tmp_path,
        {"notes/k.md": "# K\n\n![x](.gitbook/p.png)\n", "notes/.gitbook/p.png": "", "notes/.gitbook/q.png": ""},
    )
    assert (tmp_path / "site/.gitbook/p.png").is_file()
    assert not (tmp_path / "site/.gitbook/q.png").exists()


@pytest.mark.parametrize("key", ["excalidraw-plugin: parsed", "kanban-plugin: board", "kanban-plugin: basic"])
def test_a_drawing_or_a_board_is_not_published_as_text(tmp_path: Path, key: str) -> None:
    files = {"notes/a.md": "# A\n\n[[x]] ![[x]] [l](x.md)\n", "notes/x.md": f"---\n{key}\n---\n# Canary\n"}
    site = knowledge_base(files)
    assert [(each.path, each.code, each.severity) for each in found(site)] == [
        ("notes/x.md", "board-unpublished", "info")
    ]
    assert [page.path for page in site.pages if page.source == "notes/x.md"] == []


@pytest.mark.parametrize("name", ["README", "readme", "Readme", "ReadMe", "index", "Index", "_index"])
def test_a_folder_s_page_is_known_in_any_letter_case(name: str) -> None:
    files = {
        "notes/a.md": "# A\n\n[x](sub/) [y](sub) [[sub]] [[sub/index]] [[sub/README]]\n",
        f"notes/sub/{name}.md": "# Sub\n",
    }
    site = knowledge_base(files)
    assert found(site) == []
    assert [page.path for page in site.pages if page.source == f"notes/sub/{name}.md"] == [
        "fr/sub/index.md",
        "sub/index.md",
    ]
