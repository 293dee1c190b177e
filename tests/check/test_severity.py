"""Findings ranked by the configuration."""

from __future__ import annotations

import pytest

from aikb.check.severity import read_rules
from aikb.settings import Settings, SettingsError
from conftest import Build, found

FILES = {"notes/a.md": "[x](gone.md)\n\n<bot>\n", "notes/old/b.md": "[x](gone.md)\n"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "a error link-missing, a info html-unknown, b error link-missing"),
        ({"ignore": ("link-missing",)}, "a info html-unknown"),
        ({"ignore": ("link-missing in notes/old/**",)}, "a error link-missing, a info html-unknown"),
        ({"ignore": ("link-missing in b.md",)}, "a error link-missing, a info html-unknown"),
        ({"ignore": ("html-unknown", "link-missing in a.md")}, "b error link-missing"),
        ({"warn": ("link-missing",)}, "a warning link-missing, a info html-unknown, b warning link-missing"),
        (
            {"warn": ("html-unknown in  notes/a.md",)},
            "a error link-missing, a warning html-unknown, b error link-missing",
        ),
        ({"fail": ("html-unknown",)}, "a error link-missing, a error html-unknown, b error link-missing"),
        (
            {"ignore": ("link-missing",), "fail": ("link-missing in notes/old/",)},
            "a info html-unknown, b error link-missing",
        ),
        ({"ignore": ("orphan",)}, "a error link-missing, a info html-unknown, b error link-missing"),
    ],
)
def test_the_configuration_ranks_findings(kb: Build, options: dict[str, tuple[str, ...]], expected: str) -> None:
    diagnostics = found(kb(FILES, **options))
    assert ", ".join(f"{each.path[-4]} {each.severity} {each.code}" for each in diagnostics) == expected


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("link-mising", "plugins.aikb.ignore: there is no finding “link-mising” (did you mean “link-missing”?)"),
        ("zzz", "plugins.aikb.ignore: there is no finding “zzz” (`aikb explain` lists them)"),
        ("", "plugins.aikb.ignore: there is no finding “” (`aikb explain` lists them)"),
        ("orphan at x", "plugins.aikb.ignore: “CODE” or “CODE in PATTERN” is expected, not “orphan at x”"),
        ("orphan in", "plugins.aikb.ignore: “CODE” or “CODE in PATTERN” is expected, not “orphan in”"),
    ],
)
def test_a_row_that_cannot_be_meant_is_told(row: str, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        read_rules(Settings(ignore=(row,)))
    assert str(error.value) == message
