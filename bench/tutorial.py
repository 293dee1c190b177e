"""Run the tutorial word by word, in English and French: each file it writes, each command, each answer as it is printed.

python bench/tutorial.py [--wheel]      `--wheel`: with the wheel that is built of this folder, in an environment of its own
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path

from aikb.adapters.mkdocs.command import free_address

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("tutorial.md", "tutorial.fr.md")
_FENCE = re.compile(r'^```(\w+)(?: title="([^"\n]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_SECONDS = re.compile(r"\d+\.\d s\b")


def run(page: Path, folder: Path, programs: Path) -> str:
    """Follow a page in an empty folder, with the programs of an environment; where it differs from it, or nothing."""
    variables = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "200",
        "PYTHONUTF8": "1",
    }
    variables |= {"HOME": str(folder), "AIKB_CACHE_DIR": str(folder / ".cache")}
    said, heard = [], []
    for kind, title, text in _FENCE.findall(page.read_text(encoding="utf-8")):
        if title:
            (folder / title).write_text(text, encoding="utf-8", newline="\n")
        elif kind == "console":
            for command, answer in _steps(text):
                said += [f"$ {command}", *answer]
                folder, answer = _answer(command, folder, variables)
                heard += [f"$ {command}", *answer]
    return "\n".join(difflib.unified_diff(_timeless(said), _timeless(heard), page.name, "printed", lineterm="", n=2))


def _steps(text: str) -> Iterator[tuple[str, list[str]]]:
    """Split a block into commands and their answers."""
    for step in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *answer = step.rstrip("\n").split("\n")
        yield command, answer


def _answer(command: str, folder: Path, variables: dict[str, str]) -> tuple[Path, list[str]]:
    """Run a command; the folder in which one stands after it, and what it printed."""
    words = shlex.split(command)
    if words[0] == "cd":
        return folder / words[1], []
    if words[:2] == ["aikb", "serve"]:
        return folder, _served(words, folder, variables)
    done = subprocess.run(
        words, cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return folder, done.stdout.splitlines()


def _served(words: list[str], folder: Path, variables: dict[str, str]) -> list[str]:
    """Start a server, open its home page, and end it as Ctrl-C does; its line with the port that the page names."""
    port = free_address("127.0.0.1", None).partition(":")[2]
    with subprocess.Popen(
        [*words, "--port", port], cwd=folder, env=variables, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr
        line = next((each for each in server.stderr if each.startswith("Serving on ")), "")
        if line:
            with urllib.request.urlopen(line.split()[2]) as answer:
                assert answer.status == 200
        server.send_signal(signal.SIGINT)
        server.stderr.read()
    return [line.rstrip("\n").replace(f":{port}/", ":8000/")]


def _timeless(lines: list[str]) -> list[str]:
    return [_SECONDS.sub("0.0 s", line).rstrip() for line in lines]


def _wheel(folder: Path) -> Path:
    """Build the wheel, and install it into an environment of its own; its programs."""
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)],
        check=True,
    )
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / "bin"
    wheel = str(next(folder.glob("aikb-*.whl")))
    constraints = str(ROOT / "constraints.txt")
    subprocess.run([programs / "pip", "install", "--quiet", "--constraint", constraints, wheel], check=True)
    return programs


def main() -> int:
    """Run both pages, and print where they are not what happens."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it in what it runs in the background
    wrong = 0
    with tempfile.TemporaryDirectory() as above:
        programs = _wheel(Path(above)) if "--wheel" in sys.argv else Path(sys.executable).parent
        for name in PAGES:
            folder = Path(above) / name
            folder.mkdir()
            difference = run(ROOT / "docs" / name, folder, programs)
            print(difference or f"docs/{name}: as it is written")
            wrong += bool(difference)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
