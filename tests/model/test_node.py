"""The table of kinds in Node's docstring has every kind."""

from __future__ import annotations

import re
from typing import get_args

from aikb.model.node import Node, NodeKind


def test_the_table_of_kinds_is_complete() -> None:
    rows = re.findall(r"^ *\| (`.*?) \|", Node.__doc__ or "", re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([\w-]+)`", row)]
    assert sorted(named) == sorted(get_args(NodeKind))


def test_other_children_make_another_node_and_the_same_do_not() -> None:
    one, two = Node("text", 0, 1, text="a"), Node("text", 1, 2, text="b")
    node = Node("paragraph", 0, 2, (one, two), info="kept")
    assert node.with_children([one, two]) is node
    assert node.with_children([one]) == Node("paragraph", 0, 2, (one,), info="kept")
    assert node.with_children([two, one]).children == (two, one)
