"""Templates of the user's own, in place of aikb's."""

from __future__ import annotations

from pathlib import Path

import pytest

from aikb.render.furniture import THEME
from conftest import built, on_disk, soup

CONFIG = (
    "site_name: KB\ndocs_dir: notes\ntheme:\n  name: material\n  custom_dir: mine\n"
    "plugins:\n  - aikb: {languages: [en, fr]}\n"
)
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


MORE = """repo_url: https://example.org/x
copyright: Me
extra:
  homepage: https://example.org
  social:
    - icon: material/home
      link: https://example.org
"""


def texts(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


@pytest.mark.parametrize("mine", [{}, {"mine/partials/copyright.html": "{{ page.title }}"}], ids=["ours", "replaced"])
@pytest.mark.parametrize("extra", ["", MORE], ids=["plain", "more"])
def test_what_is_remembered_is_what_each_page_would_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mine: dict[str, str], extra: str
) -> None:
    notes = {
        **NOTES,
        "notes/deep/er/c.md": "---\ntitle: <b>C</b> & co\nhide: [toc]\ntags: [x]\n---\nLe chat dort sur le tapis.\n",
        "notes/index.md": "# Home\n\nThe cat and the dog.\n",
        "notes/a.fr.md": "# Ah\n\nLe chat est sur le tapis.\n",
    }
    folder = on_disk(tmp_path, {**notes, **mine, "mkdocs.yml": CONFIG + extra, "mine/empty.txt": ""})
    remembered = texts(built(folder))
    monkeypatch.setattr("aikb.adapters.mkdocs.remembered.Remembered._is_remembered", lambda *_: False)
    monkeypatch.setattr("aikb.adapters.mkdocs.templates.Templates.once", lambda _self, _name, _page, caller: caller())
    assert texts(built(folder)) == remembered
    assert len(remembered) > 10
