"""Group the commands, one file each; `knowledge` and `output` are what they share.

Exit codes: 0 nothing at or above the threshold, 1 findings, or a run that another host did not let finish, 2 usage or
configuration, 3 a fault of ours.
"""

from __future__ import annotations

import click

from aikb import __version__
from aikb.cli.check import check
from aikb.cli.evidence import evidence
from aikb.cli.explain import explain
from aikb.cli.glossary import glossary
from aikb.cli.language import language
from aikb.cli.mentions import mentions
from aikb.cli.pull import pull
from aikb.cli.search import search


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aikb")
def main() -> None:
    """Check a folder of notes; `mkdocs build` and `mkdocs serve` publish it."""


for command in (check, evidence, explain, glossary, language, mentions, pull, search):
    main.add_command(command)
