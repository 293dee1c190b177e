"""`aikb headers`: a host's configuration, of the policies that pages carry."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from aikb.cli.main import main
from aikb.text.policy import Allowed, with_policy


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    for name, script in (("index.html", "'sha256-b'"), ("a/index.html", "'sha256-a'")):
        page = with_policy("<html><head></head></html>", Allowed(frozenset({script})))
        (tmp_path / name).write_text(page, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("host", "first"),
    [
        ("netlify", "/*\n  Content-Security-Policy: default-src 'self'; script-src 'self' 'sha256-a' 'sha256-b'; "),
        ("nginx", "add_header Content-Security-Policy \"default-src 'self'; script-src 'self' 'sha256-a' 'sha256-b'; "),
        ("apache", "Header always set Content-Security-Policy \"default-src 'self'; script-src 'self' 'sha256-a' "),
    ],
)
def test_a_host_is_told_the_policy_of_all_pages(site: Path, host: str, first: str) -> None:
    result = CliRunner().invoke(main, ["headers", str(site), "--host", host])
    assert result.stdout.startswith(first)
    assert "frame-ancestors 'self'" in result.stdout
    assert "nosniff" in result.stdout


def test_pages_without_a_policy_are_told(site: Path) -> None:
    (site / "b.html").write_text("<html></html>", encoding="utf-8")
    result = CliRunner().invoke(main, ["headers", str(site)])
    assert (result.exit_code, "security_policy: always" in result.output) == (2, True)


def test_an_empty_folder_is_no_site(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["headers", str(tmp_path)]).exit_code == 2
