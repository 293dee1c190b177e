"""What an extension of the user's reads reaches it as it was written: the same as in plain Material."""

from __future__ import annotations

from typing import Any

import markdown
import pytest
from bs4 import BeautifulSoup
from material.extensions.emoji import to_svg, twemoji
from mkdocs.config import load_config

from aikb.adapters.mkdocs.render import Converter, Rewriters, options_of
from aikb.model.source import Asset
from aikb.pipeline import build
from aikb.render.furniture import Furniture
from aikb.render.kept import PLACEHOLDERS
from aikb.render.options import Permalink
from aikb.render.renderer import Renderer
from aikb.settings import Settings
from conftest import page, sources

NOBODY = Rewriters()
OPTIONS: dict[str, dict[str, Any]] = {
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.emoji": {"emoji_index": twemoji, "emoji_generator": to_svg},
}
TEXT = "This is a line of text.\n\n"
WITH_MARK = [
    ("abbr", "The HTML of W3C.\n\n*[HTML]: Hyper Text\n*[W3C]: World *Wide*"),
    ("pymdownx.critic", "{++added++}, {--removed--}, {~~old~>new~~}, {==this_is==}{>>a note_of<<} {++a *b*++}"),
    ("toc", "[TOC]\n\n## One\n\n## Two"),
    ("pymdownx.progressbar", '[=50% "half_way"]'),
    ("pymdownx.progressbar", '[=85% "85%"]{: .candystripe}'),
    ("pymdownx.mark", "==marked== text\n==and more=="),
    ("pymdownx.arithmatex", r"\(x_1 + x_2\) and \(a_b\), not \* or \_"),
    ("pymdownx.arithmatex", r"before \[x_1 < y\] after"),
    ("pymdownx.keys", '++ctrl+alt+arrow-up++ and ++"a_b"++'),
    (
        "pymdownx.emoji",
        ':material-check:{ .lg .middle } and :octicons-eye-16:{: .red title="an eye" } or :simple-git: {x}',
    ),
    ("pymdownx.emoji", "**:material-check:{ .lg }** [:material-close:{ .lg }](https://a.org)"),
    ("pymdownx.keys", "++ctrl+c++{ .key } and ++a++ {b}"),
    ("pymdownx.mark", "==marked=={ .green }"),
    ("pymdownx.caret", "^^inserted^^ H^2^O"),
    ("pymdownx.caret", "^^inserted^^{ .green } H^2^{.small}O"),
    ("pymdownx.tilde", "~~gone~~{ .red } H~2~{.small}O"),
    ("pymdownx.tilde", "~~gone~~ H~2~O"),
    ("pymdownx.smartsymbols", "(c) --> <-- <--> 1/2"),
    ("smarty", '"quoted" -- said ...'),
]


def plain(name: str, text: str) -> str:
    """A text as Material without aikb shows it."""
    return markdown.markdown(text, extensions=[name, "attr_list"], extension_configs={name: OPTIONS.get(name, {})})


def with_aikb(name: str, text: str, tmp_path: Any, others: Rewriters = NOBODY) -> tuple[str, str]:
    """The same with aikb, and the Markdown that it wrote for that; nothing where it took the other road."""
    file = tmp_path / "mkdocs.yml"
    extra = ", ".join(f"{key}: {_in_yaml(value)}" for key, value in OPTIONS.get(name, {}).items())
    file.write_text(
        f"site_name: A\ntheme: material\nmarkdown_extensions: [attr_list, {{{name}: {{{extra}}}}}]\n", encoding="utf-8"
    )
    (tmp_path / "docs").mkdir(exist_ok=True)
    config = load_config(str(file))
    settings = Settings(addresses="sources")
    files = sources({"notes/a.md": f"# A\n\n{text}"}, settings)
    site = build(files, settings, list[Asset](), renderer=Renderer(options_of(config, others)))
    body = page(site, "a.md").body
    converter = Converter(config)
    furniture = Furniture(mark=Permalink(text=""), convert=lambda each: converter.convert(each).html)
    return furniture.page(page(site, "a.md"), ""), body.markdown


def _in_yaml(value: Any) -> str:
    return f"!!python/name:{value.__module__}.{value.__name__} ''" if callable(value) else str(value).lower()


def told(html: str) -> list[str]:
    """Elements and words, without headings, ids and languages, which differ by design."""
    tree = BeautifulSoup(html, "lxml")
    out: list[str] = []
    for element in (tree.body or tree).descendants:
        if element.name is None:
            out += str(element).split()
        elif element.name not in ("div", "h1", "body"):
            out.append(f"<{element.name} {' '.join(element.get('class', []))}>")
    return out


@pytest.mark.parametrize(("name", "text"), WITH_MARK)
def test_with_its_mark_an_extension_does_what_it_does_in_plain_material(name: str, text: str, tmp_path: Any) -> None:
    html, written = with_aikb(name, text, tmp_path)
    assert written, "the text took the other road"
    wanted, got = told(plain(name, text)), told(html)
    assert got[len(got) - len(wanted) :] == wanted, written


@pytest.mark.parametrize("name", sorted({name for name, _ in WITH_MARK} - {"smarty"}))
def test_without_its_mark_a_text_does_not_take_the_road(name: str, tmp_path: Any) -> None:
    assert with_aikb(name, TEXT, tmp_path)[1] == ""


@pytest.mark.parametrize(
    "text",
    [
        "{{ name_of }}",
        "{{ d[0] }} and {{ f('a_b_c') }}",
        "{% if x_y %}yes{% endif %}",
        "*x* {{ a_b }} [y]",
    ],
)
def test_what_a_template_plugin_fills_in_is_left_alone(text: str, tmp_path: Any) -> None:
    _, written = with_aikb("tables", text, tmp_path, Rewriters(marks=(r"\{[{%#]",), kept=(PLACEHOLDERS,)))
    assert all(part in written for part in text.replace("*x* ", "").replace(" [y]", "").split(" and "))


def test_what_is_kept_puts_no_markup_aside(tmp_path: Any) -> None:
    text = "{{ '<!--html--><img src=x onerror=a><!--/html-->' }}"
    html, _ = with_aikb("tables", text, tmp_path, Rewriters(marks=(r"\{\{",), kept=(PLACEHOLDERS,)))
    assert "<img" not in html


def test_the_comment_of_a_listing_reaches_its_plugin(tmp_path: Any) -> None:
    listing = Rewriters(marks=("<!--",), comments=(r"<!--\s*material/tags.*?-->",))
    _, written = with_aikb("tables", "<!-- material/tags { scope: true } -->\n\n<!-- secret -->", tmp_path, listing)
    assert "<!-- material/tags { scope: true } -->" in written
    assert "secret" not in written


@pytest.mark.parametrize(
    "given", ['{ onclick="a" }', "{ style=color:red }", "{ #__search }", "{ .md-header }", "{ src=x }"]
)
def test_behind_what_is_kept_an_author_may_set_no_more_than_elsewhere(given: str, tmp_path: Any) -> None:
    html, _ = with_aikb("pymdownx.keys", f"++a++{given}", tmp_path)
    keys = BeautifulSoup(html, "lxml").select_one(".keys")
    assert keys is not None
    assert keys.attrs == {"class": ["keys"]}
