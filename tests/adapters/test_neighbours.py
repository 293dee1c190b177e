"""Beside the options and plugins that people have: what plain Material shows, or one line that says what is not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from neighbours import MIXES, ROWS, Row, installed, mixed, verdict


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_neighbour_works_or_is_named(row: Row, tmp_path: Path) -> None:
    if not installed(row):
        pytest.skip(f"{row.module} is not installed")
    assert verdict(row, tmp_path) == ""


@pytest.mark.parametrize("configuration", MIXES)
def test_a_configuration_as_people_have_it_loses_nothing(configuration: str, tmp_path: Path) -> None:
    assert mixed(configuration, tmp_path) == ""
