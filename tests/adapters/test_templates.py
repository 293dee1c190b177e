"""Templates of the user's own, in place of aikb's."""

from __future__ import annotations

from pathlib import Path

import pytest

from aikb.render.furniture import THEME
from conftest import built, on_disk, soup

CONFIG = "site_name: KB\ndocs_dir: notes\ntheme:\n  name: material\n  custom_dir: mine\nplugins:\n  - aikb\n"
NOTES = {
    "notes/a.md": "# A\n\nThe cat sat on the mat. See [b](b.md).\n",
    "notes/b.md": "# B\n\nThe dog looked at the cat.\n",
}


def test_a_template_of_custom_dir_takes_the_place_of_ours(tmp_path: Path) -> None:
    mine = '<nav class="mine">{{ t("backlinks") }}: {{ pages | length }} <b>{{ "<i>" }}</b></nav>'
    site = built(on_disk(tmp_path, {**NOTES, "mkdocs.yml": CONFIG, "mine/partials/aikb/backlinks.html": mine}))
    english, french = (soup(site / path).select(".mine")[0].get_text() for path in ("b/index.html", "fr/b/index.html"))
    assert english == "Linked from: 1 <i>"
    assert french.endswith(": 1 <i>")
    assert french != english
    assert soup(site / "b/index.html").select(".aikb-backlinks") == []


def test_a_template_that_is_not_replaced_is_ours(tmp_path: Path) -> None:
    site = built(on_disk(tmp_path, {**NOTES, "mkdocs.yml": CONFIG, "mine/partials/aikb/title.html": "<h1>mine</h1>"}))
    assert soup(site / "b/index.html").select(".aikb-backlinks") != []


@pytest.mark.parametrize("template", sorted((THEME / "partials" / "aikb").glob("*.html")), ids=lambda path: path.stem)
def test_a_template_says_first_what_it_is_for(template: Path) -> None:
    assert template.read_text(encoding="utf-8").startswith("{#- ")
