"""`aikb new`, and that MkDocs builds what it writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs.commands.build import build
from mkdocs.config import load_config

from aikb.cli.main import main
from aikb.cli.starter_files import Start, starter_files
from aikb.read.files.layout import survey
from conftest import contents, on_disk

EN = "The tide comes in twice a day, and the harbour fills with water that the wall keeps still. " * 3
FR = "La marée monte deux fois par jour, et le port se remplit d’une eau que le mur garde tranquille. " * 3


def new(folder: Path, *options: str) -> Result:
    result = CliRunner().invoke(main, ["new", str(folder), *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def built(folder: Path, site: Path) -> set[str]:
    config = folder / ("mkdocs.yml" if (folder / "mkdocs.yml").exists() else ".aikb/mkdocs.yml")
    build(load_config(str(config), site_dir=str(site)))
    return {path.relative_to(site).as_posix() for path in site.rglob("index.html")}


@pytest.mark.parametrize(
    ("files", "config", "page"),
    [
        ({}, "mkdocs.yml", "fr/keeping/index.html"),
        ({"a.md": EN}, ".aikb/mkdocs.yml", "a/index.html"),
        ({".obsidian/app.json": "{}", "Sea/Tides.md": f"{EN}[[Home]]", "a.md": EN}, ".aikb/mkdocs.yml", "Sea/Tides/index.html"),
        ({"README.md": EN, "pkg/a/README.md": EN, "pkg/b/README.md": EN}, ".aikb/mkdocs.yml", "pkg/a/index.html"),
        ({"docs/en/a.md": EN, "docs/fr/a.md": FR}, "mkdocs.yml", "fr/a/index.html"),
        ({"hugo.toml": "", "content/posts/a.md": EN}, "mkdocs.yml", "posts/a/index.html"),
        ({"it's a \"note\": #1/é.md": EN}, "mkdocs.yml", "é/index.html"),
        ({"a.md": "---\n: [\n---\n", "b.md": "\0", "c.md": "[x](gone.md)"}, ".aikb/mkdocs.yml", "c/index.html"),
    ],
)  # fmt: skip
def test_every_folder_becomes_a_site(tmp_path: Path, files: dict[str, str], config: str, page: str) -> None:
    folder = on_disk(tmp_path / "my notes", dict(files))
    folder.mkdir(exist_ok=True)
    new(folder)
    assert (folder / config).is_file()
    assert page in built(folder, tmp_path / "site")
    assert {path: data for path, data in contents(folder).items() if path in files} == {
        path: text.encode() for path, text in files.items()
    }


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = on_disk(tmp_path / "notes", {"a.md": "[x](gone.md)"})
    result = new(folder, "--dry-run")
    assert list(contents(folder)) == ["a.md"]
    assert "would be written: .aikb/mkdocs.yml, " in result.stdout
    assert "aikb-baseline.json" in result.stdout


def test_a_second_run_overwrites_nothing(tmp_path: Path) -> None:
    folder = on_disk(tmp_path / "notes", {"a.md": EN, ".pre-commit-config.yaml": "repos: []\n", ".gitignore": "x"})
    new(folder)
    before = contents(folder)
    assert before[".gitignore"].startswith(b"x\nsite/\n")
    assert before[".pre-commit-config.yaml"] == b"repos: []\n"
    assert "nothing to write" in new(folder).stdout
    assert contents(folder) == before


def test_a_configuration_of_mkdocs_stays_and_is_told_what_to_add(tmp_path: Path) -> None:
    folder = on_disk(tmp_path, {"mkdocs.yml": "site_name: x\n", "docs/a.md": EN})
    result = new(folder)
    assert (folder / "mkdocs.yml").read_text() == "site_name: x\n"
    assert "add to mkdocs.yml" in result.stdout
    (folder / "mkdocs.yml").write_text("site_name: x\ntheme: material\nplugins: [aikb]\n")
    assert "add to mkdocs.yml" not in new(folder).stdout


PLUGIN, THEME, INSTEAD = "      - aikb", "    theme: material", "and take out the plugin "


@pytest.mark.parametrize(
    ("configuration", "told", "untold"),
    [
        ("site_name: X\n", [PLUGIN, THEME], [INSTEAD]),
        ("theme: readthedocs\n", [PLUGIN, THEME], [INSTEAD]),
        ("theme: material\nplugins: [search]\n", [PLUGIN], [THEME, INSTEAD]),
        ("theme: {name: material}\nplugins: [search, i18n: {languages: []}]\n", [PLUGIN, f"{INSTEAD}i18n"], [THEME]),
        ("plugins: {blog: {}, search: {}}\n", [PLUGIN, THEME, f"{INSTEAD}blog"], []),
        ("plugins: [aikb]\n", [], [PLUGIN, THEME, INSTEAD]),
        ("plugins: {search: {}, aikb: {}}\n", [], [PLUGIN, THEME, INSTEAD]),
        ("INHERIT: base.yml\n", [], [PLUGIN, THEME, INSTEAD]),
    ],
)
def test_what_a_configuration_lacks_is_told_and_no_more(
    tmp_path: Path, configuration: str, told: list[str], untold: list[str]
) -> None:
    base = "theme: material\nplugins: [aikb]\n"
    said = new(on_disk(tmp_path, {"mkdocs.yml": configuration, "base.yml": base, "docs/a.md": EN})).stdout
    assert [each for each in told if each not in said] == []
    assert [each for each in untold if each in said] == []


@pytest.mark.parametrize("count", [1, 2])
def test_what_is_accepted_can_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    said = new(on_disk(tmp_path, {"a.md": "# A\n" + "\n[x](gone.md)\n" * count})).stdout
    assert ("accepts it for now" if count == 1 else "accepts them for now") in said
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
    listed = CliRunner().invoke(main, ["check", "--no-baseline"])
    assert (listed.exit_code, listed.stdout.count("link-missing")) == (1, count)
    assert CliRunner().invoke(main, ["check", "--no-baseline", "--write-baseline"]).exit_code == 2


def test_what_is_wrong_already_is_accepted_and_the_next_error_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = on_disk(tmp_path / "notes", {"a.md": f"{EN}\n\n[x](gone.md)", "sub/b.md": EN})
    new(folder)
    monkeypatch.chdir(folder / "sub")
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
    (folder / "sub" / "b.md").write_text("[y](nowhere.md)")
    result = CliRunner().invoke(main, ["check"])
    assert (result.exit_code, result.stdout) == (1, "../sub/b.md:1:1: error: link-missing: no such file: nowhere.md\n")


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_repository_says_where_its_site_will_be(tmp_path: Path) -> None:
    folder = on_disk(tmp_path, {"notes/a.md": EN, "notes/drafts/b.md": EN, ".gitignore": "drafts/\n"})
    for command in ("init -q -b trunk", "remote add origin https://secret@github.com/ada/notes.git"):
        subprocess.run(["git", "-C", str(folder), *command.split()], check=True)
    new(folder)
    config = yaml.safe_load((folder / "mkdocs.yml").read_text())
    assert config["site_url"] == "https://ada.github.io/notes/"
    assert config["exclude_docs"] == "/drafts/\n"
    assert not any(b"secret" in data for path, data in contents(folder).items() if not path.startswith(".git/"))
    workflow = yaml.safe_load((folder / ".github/workflows/site.yml").read_text())
    assert workflow[True]["push"]["branches"] == ["trunk"]
    assert not (folder / ".gitlab-ci.yml").exists()
    assert "run `aikb new` in" in new(folder / "notes").stdout
    assert not (folder / "notes/.github").exists()


def test_what_is_written_is_yaml_and_names_the_configuration(tmp_path: Path) -> None:
    folder = on_disk(tmp_path, {"a.md": EN})
    new(folder)
    for name in (".github/workflows/site.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml", ".aikb/mkdocs.yml"):
        assert yaml.safe_load((folder / name).read_text())
    assert "aikb check --format github -f .aikb/mkdocs.yml" in (folder / ".github/workflows/site.yml").read_text()
    assert "$${{" not in (folder / ".github/workflows/site.yml").read_text()


def test_the_example_has_nothing_to_say_against(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new(tmp_path)
    monkeypatch.chdir(tmp_path / "notes")
    result = CliRunner().invoke(main, ["check", "--strict"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert CliRunner().invoke(main, ["translations"]).stdout.startswith("index.md (en) = index.fr.md (fr)\n")
    linked = [line for line in CliRunner().invoke(main, ["mentions"]).stdout.splitlines() if line.endswith(": linked")]
    assert [line.partition(":")[0] for line in linked] == [
        f"{name}.md" for name in ("index.fr", "index", "keeping.fr", "keeping")
    ]


def test_a_build_says_nothing_of_what_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = on_disk(tmp_path / "notes", {"a.md": f"{EN}\n\n[x](gone.md)", "b.md": EN})
    new(folder)
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(main, ["build", "--strict", "-d", str(tmp_path / "site")])
    assert (done.exit_code, "link-missing" in done.stderr) == (0, False)
    (folder / "b.md").write_text("[y](nowhere.md)")
    done = CliRunner().invoke(main, ["build", "--strict", "-d", str(tmp_path / "site")])
    assert (done.exit_code, "nowhere.md" in done.stderr, "gone.md" in done.stderr) == (1, True, False)


def test_a_secret_is_accepted_by_no_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    password = "[x](https://ada:pass@example.org/)\n\n"
    folder = on_disk(tmp_path / "notes", {f"{name}.md": EN + "\n\n" + password for name in "abcde"})
    lines = [line for line in new(folder).stdout.splitlines() if line.startswith("secret ")]
    assert [line.split()[1] for line in lines] == ["notes/a.md:3:", "notes/b.md:3:", "notes/c.md:3:", "…"]


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    assert "not read   1 file of MDX" in new(on_disk(tmp_path, {"a.md": EN, "b.mdx": "import x"})).stdout


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    folder = on_disk(tmp_path / "notes", {"a.md": EN, "sub/b.md": EN})
    os.mkfifo(folder / "pipe.md")
    (folder / "gone.md").symlink_to("nowhere.md")
    (folder / "loop").symlink_to(".")
    (folder / "itself.md").symlink_to("itself.md")
    (folder / "folder.md").mkdir()
    (Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md"))).write_text(EN, encoding="utf-8")
    assert "notes      2 files" in new(folder).stdout


def test_a_configuration_that_cannot_be_read_is_told_before_anything_is_written(tmp_path: Path) -> None:
    folder = on_disk(tmp_path / "notes", {"mkdocs.yml": "a: [\n", "docs/a.md": EN})
    before = contents(folder)
    result = CliRunner().invoke(main, ["new", str(folder)])
    assert (result.exit_code, "mkdocs.yml:2:1: not YAML" in result.stderr) == (2, True)
    assert contents(folder) == before


def test_what_it_writes_builds_under_strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new(tmp_path)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["build", "--strict"])
    assert (done.exit_code, done.stderr.count("site_url is not set")) == (0, 1)


DE = "Das Wasser steigt zweimal am Tag, und der Hafen füllt sich mit dem, was die Mauer noch still hält. " * 3


@pytest.mark.parametrize(
    ("files", "languages"),
    [
        ({"a.md": EN, "b.md": EN}, ["en"]),
        ({"a.md": EN, "b.md": FR}, ["en", "fr"]),
        ({"a.md": DE, "b.md": DE}, ["de"]),
        ({"a.md": "# One\n\nHello.\n"}, ["en", "fr"]),
        ({"a.md": "# Eins\n", "b.md": DE}, ["de"]),
        ({"a.md": "# Tide\n\nIt rises and it falls.\n", "fr/a.md": "# Marée\n\n" + FR}, ["en", "fr"]),
    ],
)
def test_the_languages_are_those_of_a_build(tmp_path: Path, files: dict[str, str], languages: list[str]) -> None:
    new(on_disk(tmp_path / "notes", files))
    configuration = yaml.safe_load((tmp_path / "notes/.aikb/mkdocs.yml").read_text("utf-8"))
    assert sorted(configuration["plugins"][0]["aikb"]["languages"]) == languages


def test_a_reader_that_has_gone_is_no_fault(tmp_path: Path) -> None:
    folder = on_disk(tmp_path / "notes", {"a.md": EN})
    reader, writer = os.pipe()
    os.close(reader)
    program = "from aikb.cli.main import main; main()"
    command = [sys.executable, "-u", "-c", program, "new", "--dry-run", str(folder)]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("files", "row"),
    [
        ({"docs/a.md": EN, "README.md": EN}, "outside    README.md, beside docs/: no part of the site"),
        ({"docs/a.md": EN, "docs/b.md": EN}, ""),
        ({"a.md": EN, "README.md": EN}, ""),
    ],
)
def test_what_stands_beside_the_notes_is_said(tmp_path: Path, files: dict[str, str], row: str) -> None:
    output = new(on_disk(tmp_path, dict(files)), "--dry-run").output
    assert ("outside" in output) == bool(row)
    assert row in output


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("glossary", True),
        ("Lexique", True),
        ("my-glossary", True),
        ("terminologie", True),
        ("terms", False),
        ("a", False),
    ],
)
def test_a_glossary_is_what_a_build_takes_for_one(tmp_path: Path, name: str, *, named: bool) -> None:
    folder = on_disk(tmp_path, {f"{name}.md": "**Tide**: the sea that comes.\n", "b.md": EN, "c.md": EN})
    assert (f"glossary   {name}.md" in new(folder, "--dry-run").output) == named


@pytest.mark.parametrize(
    ("said", "text", "lang"),
    [
        ("Your Highlight on Location 1-2 | Added on Monday, 1 January 2024 10:00:00", EN, "en"),
        ("Votre surlignement à l’emplacement 1-2 | Ajouté le lundi 1 janvier 2024 10:00:00", FR, "fr"),
    ],
)
def test_highlights_alone_tell_their_language(tmp_path: Path, said: str, text: str, lang: str) -> None:
    clipping = f"A Book (An Author)\n- {said}\n\n{text}\n==========\n"
    folder = on_disk(tmp_path, {"My Clippings.txt": clipping * 3})
    new(folder)
    assert f"languages: [{lang}]" in next(folder.rglob("mkdocs.yml")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("site_name: A\n", "2 files in docs/"),
        ("site_name: A\ndocs_dir: ./docs/sub\n", "1 file in docs/sub/"),
        ("site_name: A\ndocs_dir: nowhere\n", "4 files"),
        ("site_name: A\ndocs_dir: ..\n", "4 files"),
        ("site_name: A\nextra: !ENV [X, y]\ndocs_dir: docs\n", "2 files in docs/"),
    ],
)
def test_of_a_site_that_is_there_its_own_notes_are_counted(tmp_path: Path, config: str, told: str) -> None:
    for name in ("docs/a.md", "docs/sub/b.md", "includes/c.md", "d.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(EN, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    result = CliRunner().invoke(main, ["new", str(tmp_path), "--dry-run"])
    assert result.exit_code == 0
    assert [line.removeprefix("notes").strip() for line in result.stdout.splitlines() if line.startswith("notes")] == [
        told
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize(
    "name",
    [".gitignore", ".obsidian/templates.json", ".obsidian/plugins/templater-obsidian/data.json", "x.json", "y.md"],
)
def test_no_pipe_is_waited_for(tmp_path: Path, name: str) -> None:
    folder = on_disk(tmp_path / "notes", {"a.md": EN, ".obsidian/app.json": "{}"})
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(folder / name)
    done = subprocess.run(
        [sys.executable, "-c", "from aikb.cli.main import main; main()", "new", str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == (2 if name == ".gitignore" else 0)


@pytest.mark.parametrize(
    "link",
    [
        ".gitignore",
        ".github",
        ".github/workflows",
        ".aikb",
        ".aikb/mkdocs.yml",
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
    ],
)
@pytest.mark.parametrize("there", [True, False])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, link: str, there: bool) -> None:
    folder = on_disk(tmp_path / "notes", {"a.md": EN})
    outside = tmp_path / "outside"
    if (there and "." in link.rpartition("/")[2][1:]) or link == ".gitignore":
        outside.write_text("theirs\n")
    elif there:
        outside.mkdir()
    (folder / link).parent.mkdir(parents=True, exist_ok=True)
    (folder / link).symlink_to(outside)
    result = CliRunner().invoke(main, ["new", str(folder)])
    assert result.exit_code in (0, 2), result.output
    assert not outside.is_file() or outside.read_text() == "theirs\n"
    assert not outside.is_dir() or list(outside.iterdir()) == []
    assert outside.exists() == (there or link == ".gitignore")
    assert (result.exit_code == 0) or not (folder / "mkdocs.yml").exists()


@pytest.mark.parametrize(
    "branch", ["main", "a,b", "a]b", "1.0", "no", "null", "{x}", "'q'", '"q"', "#x", "&x", "x/y", "é", "%x"]
)
def test_a_branch_of_any_name_is_one_branch(branch: str) -> None:
    start = Start(name="x", layout=survey(["notes/a.md"], {}, [], []), languages=["en"], branch=branch)
    workflow = yaml.safe_load(starter_files(start)[".github/workflows/site.yml"])
    assert workflow[True]["push"]["branches"] == [branch]  # YAML reads `on` as true
