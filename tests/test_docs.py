"""What the README and the documentation say of the program is what the program does."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
import yaml
from click.testing import CliRunner

from aikb.cli.main import Commands, main
from aikb.findings.codes.table import CODES
from aikb.settings import OPTIONS

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / "bench" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = script("reference")


@pytest.mark.parametrize("name", sorted(REFERENCE.PAGES))
def test_the_reference_is_the_programs(name: str) -> None:
    assert (REFERENCE.FOLDER / name).read_text(encoding="utf-8") == REFERENCE.PAGES[name](), "run `make docs`"


def test_the_reference_has_every_finding_setting_and_command() -> None:
    headings = {
        line.removeprefix("## ")
        for path in (ROOT / "docs" / "reference").glob("*.md")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("## ")
    }
    assert isinstance(main, Commands)
    assert {*CODES, *OPTIONS, *(f"aikb {name}" for name in main.SUMMARIES)} <= headings


def test_the_documentation_has_nothing_to_say_against(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, ["check", "--strict", "--no-cache", "-f", "docs.yml"])
    assert (result.exit_code, result.stdout) == (0, "")


def test_every_page_stands_in_the_navigation() -> None:
    def paths(entry: object) -> Iterator[str]:
        if isinstance(entry, str):
            yield entry
        for each in entry if isinstance(entry, list) else entry.values() if isinstance(entry, dict) else ():
            yield from paths(each)

    listed = set(paths(yaml.safe_load((ROOT / "docs.yml").read_text(encoding="utf-8"))["nav"]))
    assert listed == {path.relative_to(ROOT / "docs").as_posix() for path in PAGES if ".fr." not in path.name}


def test_the_readme_is_one_page_and_its_links_lead_somewhere() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) <= 80
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", readme)
    assert targets
    assert [each for each in targets if not (ROOT / each).exists()] == []


@pytest.mark.parametrize("path", [ROOT / "README.md", *PAGES], ids=lambda path: path.name)
def test_commands_and_options_that_are_named_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert isinstance(main, Commands)
    for name, options in re.findall(r"(?:^    |^\$ |`)aikb ([a-z]+)\b([^\n`#|]*)", text, re.MULTILINE):
        command = main.get_command(click.Context(main), name)
        assert command, name
        known = {each for parameter in command.params for each in parameter.opts} | {"--help", "-h"}
        below = set(command.commands) if isinstance(command, click.Group) else set()
        assert below or set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", options)) <= known, f"aikb {name}{options}"


def test_every_option_of_every_command_has_help() -> None:
    assert isinstance(main, Commands)
    for name in main.SUMMARIES:
        command = main.get_command(click.Context(main), name)
        assert command
        for each in command.params:
            if isinstance(each, click.Option):
                assert each.help, f"aikb {name} {each.opts[0]}"


@pytest.mark.parametrize(
    "name", [name for name in Commands.SUMMARIES if name not in {"cache", "explain", "headers", "new"}]
)
def test_every_command_finds_the_configuration_upwards(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes" / "sub").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("docs_dir: notes\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "notes" / "sub")
    assert isinstance(main, Commands)
    command = main.get_command(click.Context(main), name)
    assert command
    arguments = {"language": [str(tmp_path / "mkdocs.yml")], "search": ["x"], "stage": ["x"]}.get(name, [])
    assert command.make_context(name, arguments).params["config_file"] == Path("../../mkdocs.yml")


@pytest.mark.skipif(sys.platform == "win32", reason="the tutorial is written for a POSIX shell")
@pytest.mark.parametrize("page", ["tutorial.md", "tutorial.fr.md"])
def test_the_tutorial_is_what_happens(page: str, tmp_path: Path) -> None:
    assert script("tutorial").run(ROOT / "docs" / page, tmp_path, Path(sys.executable).parent) == ""
