"""What the README says of the program is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from aikb.cli.main import main
from aikb.findings.codes.table import CODES
from aikb.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def table() -> str:
    """The README's table of findings, as it should be."""
    return "".join(
        f"| `{code.name}` | {code.severity} | {re.split(r'(?<=[.;]) ', code.explanation)[0].rstrip('.;')} |\n"
        for code in CODES.values()
    )


def test_the_table_of_findings_is_the_programs() -> None:
    written = (
        README.partition("| finding | severity | what it means |\n| --- | --- | --- |\n")[2].partition("\n\n")[0] + "\n"
    )
    assert written == table(), f"write this table into README.md:\n\n{table()}"


def test_the_options_and_their_defaults_are_the_programs() -> None:
    for name, default in re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", README, re.MULTILINE):
        value = getattr(Settings(), name)
        shown = f"[{', '.join(value)}]" if isinstance(value, tuple) else str(value)
        assert shown == default


def test_the_commands_exist() -> None:
    for command in re.findall(r"^    aikb (\w+)", README, re.MULTILINE):
        assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0
