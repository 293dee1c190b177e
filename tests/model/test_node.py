"""The table of kinds in Node's docstring has every kind."""

from __future__ import annotations

import re
from typing import get_args

from aikb.model.node import Node, NodeKind


def test_the_table_of_kinds_is_complete() -> None:
    rows = re.findall(r"^ *\| (`.*?) \|", Node.__doc__ or "", re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([\w-]+)`", row)]
    assert sorted(named) == sorted(get_args(NodeKind))
