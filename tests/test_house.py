"""The maps of the packages say what is there, in the order of the floors."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import aikb
from conftest import ROOT

SOURCE = Path(aikb.__file__).parent
PACKAGES = sorted(path.parent for path in SOURCE.rglob("__init__.py"))


def inside(package: Path) -> set[str]:
    """The modules and packages of a package, by name; a folder with a slash."""
    files = {path.stem for path in package.glob("*.py")} - {"__init__"}
    return files | {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}


def named(package: Path) -> list[str]:
    """What a package's docstring names in the first column of its table, in order."""
    text = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    cells = re.findall(r"^\| ((?:`[\w/]+`(?:, )?)+)", text, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([\w/]+)`", cell)]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_package_is_mapped(package: Path) -> None:
    names = named(package)
    if len(inside(package)) > 1 or names:
        assert sorted(names) == sorted(inside(package))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_package_holds_no_code_of_its_own(package: Path) -> None:
    body = ast.parse((package / "__init__.py").read_text(encoding="utf-8")).body
    assert [type(node).__name__ for node in body if not isinstance(node, (ast.Expr, ast.Assign))] == []


def test_the_map_of_the_house_has_the_floors_in_the_order_of_the_contract() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(each["layers"] for each in contract["contracts"] if each["type"] == "layers")
    floors = [name.removeprefix("aikb.") for layer in layers for name in layer.split(" | ")]
    assert [name.rstrip("/") for name in named(SOURCE)] == floors


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_file_and_a_function_fit_a_reader(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    assert "render" in path.parts or not re.search(r"<[a-z]+ class=", text)  # markup is written in one room
    functions = (
        node for node in ast.walk(ast.parse(text)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    assert [each.name for each in functions if (each.end_lineno or 0) - each.lineno >= 40] == []


@pytest.mark.parametrize(
    ("word", "file"),
    [
        ("atomic", "system/atomic_write.py"),
        ("cache", "online/external/cache.py"),
        ("dedupe", "read/exports/normalise.py"),
        ("detect", "read/exports/detect.py"),
        ("fold", "text/folding.py"),
        ("lint", "check/lint.py"),
        ("merge", "relate/works.py"),
        ("mentions", "relate/glossary/mentions.py"),
        ("normalise", "read/exports/normalise.py"),
        ("parallel", "system/parallel.py"),
        ("parse front matter", "read/front_matter/parse.py"),
        ("resolve", "relate/links/resolve.py"),
        ("sanitize", "text/sanitize.py"),
        ("slug", "text/slug.py"),
        ("sniff", "read/exports/sniff.py"),
        ("throttle", "online/external/hosts.py"),
        ("tokenize", "text/tags.py"),
    ],
)
def test_a_search_for_the_fields_word_finds_its_place(word: str, file: str) -> None:
    docstring = ast.get_docstring(ast.parse((SOURCE / file).read_text(encoding="utf-8"))) or ""
    assert word in f"{Path(file).stem} {docstring.partition(chr(10))[0]}".casefold()
