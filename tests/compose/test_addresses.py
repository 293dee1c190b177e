"""From one page to another: what a browser makes of the address is the page that was meant."""

from __future__ import annotations

import itertools
from typing import get_args
from urllib.parse import unquote, urljoin

import pytest

from aikb.compose.addresses import page_url, to_page
from aikb.settings import Addresses, Settings

PATHS = (
    "index.md",
    "a.md",
    "a/index.md",
    "a/b.md",
    "a/b/index.md",
    "a/b/c.md",
    "ab/c.md",
    "a/bc.md",
    "déjà vu/x y.md",
    "a:b/c.md",
    "a/b/c/d/e.md",
    "z/a/b.md",
)


@pytest.mark.parametrize("kind", get_args(Addresses))
def test_an_address_leads_from_every_page_to_every_other(kind: Addresses) -> None:
    settings = Settings(addresses=kind)
    for target, origin in itertools.product(PATHS, PATHS):
        shown = to_page(target, origin, settings)
        assert urljoin(f"https://example.org/{page_url(origin, kind)}", shown) == (
            f"https://example.org/{page_url(target, kind)}"
        ), (target, origin)
        assert "." in shown or "/" in unquote(shown)


def test_a_place_on_the_same_page_is_a_fragment_alone() -> None:
    assert to_page("a.md", "a.md", Settings(), "x y") == "#x%20y"
    assert to_page("a.md", "b.md", Settings(), "x y") == "../a/#x%20y"
