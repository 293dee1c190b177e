"""A few of the kills of `make kills`: the site is the old one or the new one, whole, and nothing stays behind."""

from __future__ import annotations

import time

import pytest

import kills


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> kills.Base:
    return kills.Base(tmp_path_factory.mktemp("kills"), 5)


def test_builds_that_are_killed_leave_a_whole_site_and_nothing_else(base: kills.Base) -> None:
    assert kills.kills(base, 3, seed=3) == []


def test_three_builds_at_once_are_one_whole_site(base: kills.Base) -> None:
    assert kills.at_once(base, 0.1) == []


def test_the_watch_sees_a_process_that_stays_and_a_site_that_is_a_mix(
    base: kills.Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kills, "_PATIENCE", 0.1)
    base.write(0)
    process = base.start()
    deadline = time.monotonic() + 20
    while (
        not (left := base.left_processes()) and time.monotonic() < deadline
    ):  # it may not have got its environment yet
        time.sleep(0.01)
    assert left == [process.pid]
    process.communicate()
    assert base.left_processes() == []
    assert base.next_is_clean(0) == ""
    assert base.next_is_clean(1) == "the next build is not the whole new site"
    (base.site / ".aikb-1").mkdir()
    assert base.left_files() == [".aikb-1"]
