"""The policy of a page: hashes as a browser computes them, origins, and where it stands."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from aikb.text.policy import Allowed, joined, needs, policy, policy_in, with_policy


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    ("html", "scripts", "styles"),
    [
        ("<p>x</p>", set(), set()),
        ("<script>a</script>", {hashed("a")}, set()),
        ("<script>a\r\nb</script>", {hashed("a\nb")}, set()),
        ("<script>é < b</script>", {hashed("é < b")}, set()),
        ('<script type="module">a</script>', {hashed("a")}, set()),
        ('<script type="importmap">a</script>', {hashed("a")}, set()),
        ('<script id=__config type="application/json">{}</script>', set(), set()),
        ('<script type="application/ld+json">{}</script>', set(), set()),
        ('<script src="a.js"></script>', set(), set()),
        ('<script src="https://cdn.example/a.js" defer></script>', {"https://cdn.example"}, set()),
        ("<script defer src='//cdn.example/a.js'></script>", {"https://cdn.example"}, set()),
        ("<script src=https://cdn.example/a.js></script>", {"https://cdn.example"}, set()),
        ("<style>a{}</style>", set(), {hashed("a{}")}),
        ('<link rel="stylesheet" href="https://cdn.example/a.css">', set(), {"https://cdn.example"}),
        ('<link rel="canonical" href="https://a.example/">', set(), set()),
        ("<scripted>a</scripted>", set(), set()),
        ("<script>a", set(), set()),
        ("<script>a</script><script>b</script>", {hashed("a"), hashed("b")}, set()),
        ('<script src="https://a.example;x/y"></script>', set(), set()),
    ],
)
def test_what_a_page_needs(html: str, scripts: set[str], styles: set[str]) -> None:
    assert needs(html) == Allowed(frozenset(scripts), frozenset(styles))


def test_nothing_runs_that_is_not_named() -> None:
    written = policy(Allowed())
    assert "script-src 'self';" in written
    assert "style-src 'self';" in written
    assert "unsafe" not in written
    assert all(f"{name} 'none'" in written for name in ("object-src", "base-uri"))


def test_hashes_of_styles_would_switch_off_what_others_need() -> None:
    styled = policy(Allowed(styles=frozenset({hashed("a")}), attributes=True))
    assert re.search(r"style-src 'self' 'unsafe-inline';", styled)


@pytest.mark.parametrize(
    ("html", "before"),
    [
        ('<html><head>\n<meta charset="utf-8">\n<script>a</script></head>', '<meta charset="utf-8">'),
        ("<html><head><script>a</script></head>", "<head>"),
        ('<head lang="en"><title>x</title>', '<head lang="en">'),
    ],
)
def test_it_stands_before_the_first_script_and_after_the_encoding(html: str, before: str) -> None:
    written = with_policy(html, needs(html))
    assert written.startswith(html.partition(before)[0] + before + "<meta http-equiv")
    assert policy_in(written) == policy(needs(html))
    assert written.index("Content-Security-Policy") < max(written.find("<script"), 10_000)


def test_a_page_without_a_head_is_left_alone() -> None:
    assert with_policy("<p>x</p>", Allowed()) == "<p>x</p>"


def test_the_policy_of_a_site_is_met_by_all_its_pages() -> None:
    pages = [policy(Allowed(frozenset({hashed(text)}))) for text in "abc"]
    one = joined(pages)
    assert all(hashed(text) in one for text in "abc")
    assert one.count("script-src") == 1
    assert one.startswith("default-src 'self'; script-src 'self' 'sha256-")
