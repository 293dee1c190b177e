"""What the README says of the program is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from aikb.cli.main import main
from aikb.findings.codes.table import CODES
from aikb.settings import OPTIONS

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


def options() -> str:
    """The README's table of options, as it should be."""
    return "".join(f"| `{option.name}` | `{_shown(option.default)}` | {option.doc} |\n" for option in OPTIONS.values())


def _shown(default: object) -> str:
    return f"[{', '.join(default)}]" if isinstance(default, tuple) else str(default).replace("False", "false") or "none"


def test_the_table_of_options_is_the_programs() -> None:
    head = "| option of the plugin | default | what it does |\n| --- | --- | --- |\n"
    written = README.partition(head)[2].partition("\n\n")[0] + "\n"
    assert written == options(), f"write this table into README.md:\n\n{options()}"


def test_the_commands_exist() -> None:
    for command in re.findall(r"^    aikb (\w+)", README, re.MULTILINE):
        assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0
