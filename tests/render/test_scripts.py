"""The scripts of a page are one file; nothing of the theme's is left out."""

from __future__ import annotations

from rjsmin import jsmin

from aikb.render.furniture import THEME
from aikb.render.scripts import PAGE, scripts


def test_every_script_of_the_theme_is_published_once() -> None:
    published = b"\n".join(scripts().values())
    written = [jsmin(each.read_bytes()) for each in sorted((THEME / "assets").glob("*.js"))]
    assert [published.count(each) for each in written] == [1] * len(written)


def test_what_every_page_loads_is_one_file_of_whole_statements() -> None:
    whole = scripts()[PAGE].decode()
    assert whole.count('"use strict"') == 7
    assert whole.count("})();\n(()=>{") == 6, "else a program would call the one before it"
