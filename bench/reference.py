"""Write the pages of the documentation that are made of the program: settings, findings, commands, formats.

python bench/reference.py           writes docs/reference/; `make docs` runs it, and tests/test_docs.py compares
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from aikb.cli.main import Commands, main
from aikb.findings.codes.code import Code
from aikb.findings.codes.table import CODES
from aikb.read.exports.formats import FORMATS
from aikb.settings import OPTIONS, Option

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
_SEEN_IN_CODE = frozenset({"secret-published"})
"""Findings that the check makes of code, too, and so of their own examples."""
_MARKS = str.maketrans({"\\": r"\\", "[": r"\[", "*": r"\*", "<": "&lt;"})
"""What Markdown would take for a mark of its own."""
WRITTEN = "<!-- written by bench/reference.py from the program; `make docs` writes it anew -->\n\n"


def settings() -> str:
    """Make the page of settings, a section each."""
    head = (
        "# Settings\n\n"
        "They stand under the plugin in `mkdocs.yml`; a name that is none of them is an error, with the one that was meant.\n\n"
        "```yaml\nplugins:\n  - aikb:\n      languages: [en, fr]\n      evidence: 6\n```\n\n"
    )
    return WRITTEN + head + "\n".join(map(_setting, OPTIONS.values()))


def _setting(option: Option) -> str:
    expected = f"one of {', '.join(f'`{each}`' for each in option.choices)}" if option.choices else option.expected
    text = f"{option.doc[0].upper()}{option.doc[1:].rstrip('.')}."
    return f"## {option.name}\n\n{text}\n\nDefault: {_default(option.default)}. Expected: {expected}.\n"


def _default(value: object) -> str:
    if value in ("", ()):
        return "none"
    if isinstance(value, tuple):
        return f"`[{', '.join(value)}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def findings() -> str:
    """Make the page of findings: a table of all, then a section each."""
    head = (
        "# Findings\n\n"
        "An *error* is something broken, unsafe or private that readers would get; a *warning* is worse than meant, or\n"
        "ambiguous; *info* is mended or advice, and listed with `--verbose`. [How to check notes](../guides/check.md) says\n"
        "how to rank, mend and accept them.\n\n"
        "| finding | severity |\n| --- | --- |\n"
    )
    rows = "".join(f"| [{code.name}](#{code.name}) | {code.severity.value} |\n" for code in CODES.values())
    return WRITTEN + head + rows + "\n" + "\n".join(map(_finding, CODES.values()))


def _finding(code: Code) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in _runs(code.example)), default=0))
    shown = "".join(each if each.isprintable() or each == "\n" else f"\\u{ord(each):04x}" for each in code.example)
    example = f"{fence}text\n{shown.rstrip()}\n{fence}"
    hidden = f"<!-- aikb: ignore {code.name} -->\n\n" if code.name in _SEEN_IN_CODE else ""
    severity = f"*{code.severity.value.capitalize()}.*"
    return f"## {code.name}\n\n{severity} {_escaped(code.explanation)}\n\n{_escaped(code.cure)}\n\n{hidden}{example}\n"


def _runs(text: str) -> list[str]:
    """List the runs of backticks in a text."""
    return ["`" * len(run) for run in "".join(each if each == "`" else " " for each in text).split()]


def commands() -> str:
    """Make the page of commands: what each does, how it is called, every option."""
    assert isinstance(main, Commands)
    context = click.Context(main, info_name="aikb")
    sections = [_command(context, name) for name in sorted(main.list_commands(context))]
    head = (
        "# Commands\n\n"
        "Each finds the nearest `mkdocs.yml` (or `.aikb/mkdocs.yml`), here or in a folder above. Exit codes: 0, nothing at or\n"
        "above the threshold; 1, findings; 2, usage or configuration; 3, a fault of aikb's own.\n\n"
    )
    return WRITTEN + head + "\n".join(sections)


def _command(above: click.Context, name: str) -> str:
    command = above.command.get_command(above, name) if isinstance(above.command, click.Group) else None
    assert command
    context = click.Context(command, info_name=name, parent=above)
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    text = "\n\n".join(" ".join(each.split()) for each in (command.help or "").split("\n\n"))
    options = [each.get_help_record(context) for each in command.params if isinstance(each, click.Option)]
    rows = "".join(
        f"| `{_cell(names)}` | {_cell(' '.join(words.split()))} |\n" for names, words in filter(None, options)
    )
    table = f"\n| option | what it does |\n| --- | --- |\n{rows}" if rows else ""
    below = ""
    if isinstance(command, click.Group):
        below = "".join(f"\n{_command(context, each)}" for each in command.list_commands(context))
    level = "#" * (2 + context.command_path.count(" ") - 1)
    return f"{level} {context.command_path}\n\n{_escaped(text)}\n\n    {usage}\n{table}{below}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _escaped(text: str) -> str:
    """Write a text of the command line as Markdown; what stands in backticks stays."""
    parts = text.split("`")
    parts[::2] = [part.translate(_MARKS) for part in parts[::2]]
    return "`".join(parts)


def formats() -> str:
    """Make the page of formats of highlights, with the first sentence that each one's reader says of itself."""
    rows = "".join(
        f"| {each.name} | {', '.join(f'`{suffix}`' for suffix in each.suffixes)} | {_said(each.read.__module__)} |\n"
        for each in FORMATS
    )
    return (
        WRITTEN + "# Formats of highlights\n\n"
        "A file is known by what it says, not by its name; these are asked in this order. "
        "[How highlights are read and used](../guides/highlights.md) says what becomes of them.\n\n"
        f"| format | files | what is read |\n| --- | --- | --- |\n{rows}"
    )


def _said(module: str) -> str:
    """Take the first paragraph of a module's docstring."""
    text = (import_module(module).__doc__ or "").split("\n\n")[0]
    return _cell(" ".join(text.split()).removeprefix("Read ").removeprefix("Write and read ").rstrip(":"))


PAGES = {"settings.md": settings, "findings.md": findings, "commands.md": commands, "formats.md": formats}


def write() -> int:
    """Write the pages that differ, and name them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        path = FOLDER / name
        text = make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(write())
