"""What a user has set that makes pages ask another host is said, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config

from aikb.adapters.mkdocs.elsewhere import tell_hosts
from conftest import on_disk

BASE = "site_name: KB\ndocs_dir: notes\nplugins: []\n"
THEME = "theme: {name: material, font: false}\n"


@pytest.mark.parametrize(
    ("configuration", "files", "told"),
    [
        (THEME, {}, []),
        (THEME + "extra_css: [x.css, https://cdn.example/x.css, //cdn.example/y]", {}, ["extra_css: pages ask cdn.example"]),
        (THEME + "extra_javascript: [https://a.example/x.js, {path: https://b.example/y.js, defer: true}]", {}, [
            "extra_javascript: pages ask a.example, b.example"
        ]),
        ("theme: {name: material, font: {code: R}}", {}, ["theme.font: pages ask fonts.googleapis.com, fonts.gstatic.com"]),
        ("theme: {name: material, font: false, logo: https://l.example/l.svg}", {}, ["theme.logo: pages ask l.example"]),
        (THEME + "extra: {analytics: {provider: google, property: G-1}}", {}, [
            "extra.analytics: pages ask www.googletagmanager.com"
        ]),
        (THEME + "extra: {analytics: {feedback: {title: x}}}", {}, []),
        (THEME + "extra: {polyfills: [https://p.example/p.js, own.js]}", {}, ["extra.polyfills: pages ask p.example"]),
        (THEME + "extra: {polyfills: https://p.example}", {}, []),
        (THEME + "repo_url: https://github.com/a/b", {}, ["repo_url: pages ask api.github.com"]),
        (THEME + "repo_url: https://example.org/a/b", {}, []),
        (THEME + "extra_javascript: [x.js]", {"notes/x.js": "// see https://docs.example\nfetch('https://api.example/y')"}, [
            "x.js: pages ask api.example"
        ]),
        ("theme: {name: material, font: false, custom_dir: own}", {
            "own/partials/comments.html": '<a href="https://no.example">x</a><script src="https://giscus.app/client.js"></script>'
        }, ["comments.html: pages ask giscus.app"]),
        (THEME.replace("}", ", custom_dir: own}"), {"own/main.html": '<link rel="x" href="https://c.example/a.css">'}, [
            "main.html: pages ask c.example"
        ]),
        (THEME.replace("}", ", custom_dir: own}"), {"own/main.html": '{% extends "base.html" %}'}, []),
    ],
)  # fmt: skip
def test_settings_that_ask_other_hosts_are_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, configuration: str, files: dict[str, str], told: list[str]
) -> None:
    caplog.set_level("INFO", logger="mkdocs.plugins.aikb")
    on_disk(tmp_path, {"mkdocs.yml": BASE + configuration + "\n", "notes/a.md": "# A\n", **files})
    tell_hosts(load_config(str(tmp_path / "mkdocs.yml")))
    assert [message.removeprefix("aikb: ") for message in caplog.messages] == told
