"""Collect the table of findings: the one place that names, ranks, words and explains them, one file a room of the program.

`aikb explain CODE` prints a row of it, `report/sarif.py` hands the rows to code scanning, and the documentation lists them.
"""

from __future__ import annotations

from aikb.findings.codes import external, files, glossary, highlights, languages, links, text
from aikb.findings.codes.code import Code

_ROWS = (code for room in (external, files, glossary, highlights, languages, links, text) for code in room.TABLE)
CODES: dict[str, Code] = {code.name: code for code in sorted(_ROWS, key=lambda code: code.name)}
