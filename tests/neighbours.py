"""The options and plugins that people have, each built with and without aikb; `python tests/neighbours.py` prints the table.

A row is right when aikb shows what plain Material shows, or says in one line at the start what it does not, and when no page
names another host that a browser would ask. A row whose plugin is not installed is passed over, and says so. With `--browser`,
Chromium opens every page of every row, wide and as on a phone, and the table says how many, and what other hosts it asked.
"""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import yaml
from bs4 import BeautifulSoup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from playwright.sync_api import Browser

from chromium import launched
from elsewhere import asked_hosts, written_hosts

NOTES = {
    "notes/index.md": "# Home\n\nThe sea is here and it is [a](a.md).\n",
    "notes/a.md": (
        "---\ntags: [sea, shore]\ndate: 2024-03-01\nstatus: new\n---\n# Alpha\n\nThe sea rises and it falls. {{ word }} "
        "See [b](sub/b.md).\n\n:smile: ==marked== The HTML.\n\n## Part\n\nText of the part.\n\n*[HTML]: Hyper Text\n"
    ),
    "notes/sub/index.md": "# Sub\n\nThe index of the section.\n",
    "notes/sub/b.md": "---\ntags: [sea]\n---\n# Beta\n\nThe shore lives with it and that is that.\n",
    "notes/sub/deep/c.md": "# Gamma\n\nThe third one is the deepest of them all.\n",
    "notes/tags.md": "# Tags\n\n<!-- material/tags -->\n",
}
BASE = "site_name: KB\nsite_url: https://example.org/kb/\ndocs_dir: notes\n"
Look = Callable[["Built"], object]


@dataclass(frozen=True)
class Built:
    """What came of a build."""

    folder: Path
    log: str
    failed: bool
    """Whether it ended with an error of one line; a traceback is raised."""

    def page(self, path: str) -> BeautifulSoup:
        """A page of the site."""
        return BeautifulSoup((self.folder / "site" / path).read_text(encoding="utf-8"), "lxml")

    def texts(self, path: str, selector: str) -> list[str]:
        """The words of some elements of a page."""
        return [element.get_text(" ", strip=True) for element in self.page(path).select(selector)]

    def names(self, path: str, selector: str, attribute: str) -> list[str]:
        """An attribute of some elements of a page."""
        return [str(element.get(attribute)) for element in self.page(path).select(selector)]


@dataclass(frozen=True)
class Row:
    """An option or a plugin."""

    name: str
    configuration: str
    """Without `plugins: aikb`, which is added; `PLUGINS` is where the row's own are."""
    look: Look
    """What must be seen; it is called with the build with aikb."""
    same: bool = False
    """Whether plain Material must show the same; else the value must be true."""
    plugins: tuple[str | dict[str, object], ...] = ()
    module: str = ""
    """What must be installed."""
    files: Mapping[str, str] = field(default_factory=dict)
    git: bool = False
    says: str = ""
    """What the log must say."""
    options: Mapping[str, object] = field(default_factory=dict)
    """Aikb's own."""
    asks: frozenset[str] = frozenset()
    """The other hosts that pages ask, which the log says."""


def features(*names: str) -> str:
    """A theme with features of Material's."""
    return f"theme: {{name: material, features: [{', '.join(names)}]}}\n"


MATERIAL = "theme: material\n"
MACROS = "def define_env(env):\n    @env.macro\n    def shown(text):\n        return text\n"
EXTENSION = """
import re
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
class Ours(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Read(md), 'ours', 100)
class Read(Preprocessor):
    def run(self, lines):
        return [re.sub(r'[$]?[{]\\W?( ?a[^{}]+?)\\W?[}]', r'READ', line) for line in lines]
def on_config(config):
    config.markdown_extensions.append(Ours())
"""
LINKS = "[a](a.md) [part](a.md#part) ![i](img/p.svg) [f](img/p.svg)\n"
LINKING = f"def on_page_markdown(markdown, **_):\n    return markdown.replace('HERE', {LINKS!r})\n"
PICTURED = {"notes/img/p.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n'}
MANY = {f"notes/many/{number}.md": f"# Note {number}\n\nWords of it.\n" for number in range(40)}
OWN_SIGNS = {
    f"j2_{kind}_{end}_string": sign
    for kind, signs in {"variable": ("[[", "]]"), "block": ("[[%", "%]]")}.items()
    for end, sign in zip(("start", "end"), signs, strict=True)
}
ROWS = (
    *(
        Row(
            f"theme.language: {lang}",
            f"theme: {{name: material, language: {lang}}}\n",
            look=search,
            same=True,
            says=said,
        )
        for lang, said in (
            ("de", "no words in “de”"),
            ("pt-BR", "no words in “pt-BR”"),
            ("zh-Hant", "no words"),
            ("fr", ""),
        )
        for search in (lambda built: built.names("index.html", "[name=query]", "placeholder"),)
    ),
    Row("languages unset", MATERIAL, lambda built: not (built.folder / "site/fr").exists()),
    Row(
        "navigation.tabs", features("navigation.tabs"), lambda built: "Sub" in built.texts("a/index.html", ".md-tabs a")
    ),
    Row(
        "navigation.tabs.sticky",
        features("navigation.tabs", "navigation.tabs.sticky"),
        lambda built: built.page("a/index.html").select(".md-header .md-tabs"),
    ),
    Row(
        "navigation.sections",
        features("navigation.sections"),
        lambda built: built.page("sub/b/index.html").select(".md-nav__item--section"),
    ),
    Row(
        "navigation.path",
        features("navigation.path", "navigation.indexes"),
        lambda built: built.texts("sub/deep/c/index.html", ".md-path li")[:2] == ["Home", "Sub"],
    ),
    Row(
        "navigation.expand",
        features("navigation.expand"),
        lambda built: built.page("index.html").select(".md-toggle--indeterminate") or True,
    ),
    Row("navigation.prune", features("navigation.prune"), lambda _: True, says="navigation.prune has no effect"),
    Row(
        "toc.title",
        f"{MATERIAL}markdown_extensions:\n- toc: {{title: On this page}}\n",
        lambda built: set(built.texts("a/index.html", ".md-nav--secondary > .md-nav__title")) == {"On this page"},
    ),
    Row(
        "extra.alternate",
        f"{MATERIAL}extra: {{alternate: [{{name: X, link: /x/, lang: xx}}]}}\n",
        lambda built: built.texts("a/index.html", ".md-select__link"),
        same=True,
    ),
    Row(
        "extra.homepage",
        f"{MATERIAL}extra: {{homepage: https://example.org/home}}\n",
        lambda built: built.names("a/index.html", ".md-logo", "href"),
        same=True,
    ),
    Row(
        "status, extra.status",
        f"{MATERIAL}extra: {{status: {{new: fresh}}}}\n",
        lambda built: set(built.names("index.html", ".md-status--new", "title")),
        same=True,
    ),
    Row(
        "user's own nav",
        f"{MATERIAL}nav: [index.md, {{Group: [a.md, {{Bee: sub/b.md}}]}}]\n",
        lambda built: "Bee" in built.texts("a/index.html", ".md-nav--primary a"),
    ),
    Row(
        "nav that names a file",
        f"{MATERIAL}nav: [index.md, {{Paper: img/p.svg}}, {{Group: [a.md, {{Drawn: img/p.svg}}]}}]\n",
        lambda built: (
            (built.folder / "site/img/p.svg").exists(),
            "not found" in built.log,
            [each for each in built.names("index.html", ".md-nav--primary a", "href") if each.endswith(".svg")],
        ),
        same=True,
        files=PICTURED,
        options={"languages": ["en"]},
    ),
    Row(
        "emoji",
        f"{MATERIAL}markdown_extensions: [pymdownx.emoji]\n",
        lambda built: "😄" in built.page("a/index.html").get_text() and not built.page("a/index.html").select("img"),
    ),
    *(
        Row(
            f"emoji by {name}",
            f"{MATERIAL}markdown_extensions:\n- pymdownx.emoji: {{emoji_index: !!python/name:{index} '',"
            f" emoji_generator: !!python/name:{generator} '', options: {{attributes: {{align: middle}}}}}}\n",
            lambda built: (
                "😄" in built.page("a/index.html").get_text() and not built.page("a/index.html").select("img")
            ),
            says="they are characters here",
        )
        for name, index, generator in (
            ("Material", "material.extensions.emoji.twemoji", "material.extensions.emoji.to_svg"),
            ("Material of before", "materialx.emoji.twemoji", "materialx.emoji.to_svg"),
            ("Twemoji", "pymdownx.emoji.twemoji", "pymdownx.emoji.to_svg"),
            ("EmojiOne", "pymdownx.emoji.emojione", "pymdownx.emoji.to_png"),
            ("GitHub", "pymdownx.emoji.gemoji", "pymdownx.emoji.to_png"),
        )
    ),
    Row(
        "offline",
        MATERIAL,
        lambda built: "rises and it falls" in built.page("a.html").get_text(),
        same=True,
        plugins=("offline",),
    ),
    Row(
        "offline, with Material's search",
        MATERIAL,
        lambda built: (built.folder / "site/search/search_index.js").exists(),
        plugins=({"search": {"pipeline": ["stemmer"]}}, "offline"),
        says="offline: pages ask unpkg.com",
        asks=frozenset({"unpkg.com"}),
    ),
    *(
        Row(
            f"snippets: {name}",
            f"{MATERIAL}markdown_extensions:\n- abbr\n- pymdownx.superfences\n"
            f"- pymdownx.snippets: {{base_path: [!relative $config_dir/inc], {options}}}\n",
            look,
            same=True,
            files={
                "inc/abbr.md": "*[HTML]: Hyper Text Markup\n",
                "inc/code.py": "# --8<-- [start:f]\ndef f():\n\treturn 1\n# --8<-- [end:f]\n",
                "inc/part.md": "Included *words* and [Alpha](a.md).\n",
                "notes/s.md": '# S\n\n--8<-- "part.md"\n\n```py\n--8<-- "code.py:f"\n```\n\n;--8<-- "part.md"\n\nThe HTML.\n',
            },
            options={"snippets": True},
        )
        for name, options, look in (
            (
                "auto_append",
                "auto_append: [abbr.md]",
                lambda built: built.names("s/index.html", "article abbr", "title"),
            ),
            ("words", "check_paths: true", lambda built: built.texts("s/index.html", "article > p")),
            ("code", "dedent_subsections: true", lambda built: built.texts("s/index.html", "article pre code")),
        )
    ),
    Row(
        "def_list of several blocks",
        f"{MATERIAL}markdown_extensions: [def_list, pymdownx.superfences]\n",
        lambda built: [
            *built.texts("d/index.html", "article dl pre code"),
            *built.texts("d/index.html", "article dd p"),
        ],
        same=True,
        files={
            "notes/d.md": "# D\n\nTerm\n\n:   It is\n\n    ```sh\n    a < b\n    ```\n\n    and *so* `x < y`.\n\n"
            "    ~~~\n    c\n    ~~~\n"
        },
    ),
    Row(
        "def_list with links in it",
        f"{MATERIAL}markdown_extensions: [def_list, pymdownx.mark]\n",
        lambda built: built.names("d/index.html", "article dd a", "href"),
        same=True,
        files={
            "notes/d.md": "# D\n\nTerm\n\n:   ==It== is [a](a.md)\n\n    - [b](sub/b.md)\n\n        [c](sub/deep/c.md)\n\n"
            "    !!! note\n        [a](a.md#part)\n\n    | a |\n    | - |\n    | [a](a.md) |\n"
        },
    ),
    *(
        Row(
            f"links to files, by {name}",
            f"{MATERIAL}markdown_extensions: [pymdownx.blocks.html, attr_list]\n{configuration}",
            lambda built: (
                built.names("m/index.html", "article a:not(.headerlink)", "href"),
                built.names("m/index.html", "article img", "src"),
            ),
            same=True,
            plugins=(plugin,) if plugin else (),
            module=module,
            files={
                "hook.py": LINKING,
                "main.py": MACROS,
                "inc/p.md": LINKS,
                "notes/m.md": f"# M\n\n{text}\n",
                **PICTURED,
            },
            options={"languages": ["en"]},
        )
        for name, configuration, plugin, module, text in (
            ("a hook", "hooks: [hook.py]\n", "", "", "[own](sub/b.md) HERE\n\n- HERE"),
            (
                "a macro",
                "",
                "macros",
                "mkdocs_macros",
                '{{ shown("LINKS") }} [own](sub/b.md)\n'.replace("LINKS", LINKS[:-1]),
            ),
            (
                "an included file",
                "",
                "include-markdown",
                "mkdocs_include_markdown_plugin",
                '{% include-markdown "../inc/p.md" rewrite-relative-urls=false %}',
            ),
            ("a block with options", "", "", "", f"/// html | div.x\n    attrs: {{title: y}}\n{LINKS}///"),
        )
    ),
    Row(
        "a dead link of a hook's",
        f"{MATERIAL}hooks: [hook.py]\n",
        lambda built: built.log.count("no such file: gone.md") == 2,
        says="notes/m.md:1:1: error: link-missing: no such file: gone.md",
        files={"hook.py": LINKING.replace("a.md", "gone.md"), "notes/m.md": "# M\n\nHERE\n"},
        options={"languages": ["en", "fr"]},
    ),
    Row(
        "blocks.caption, numbered",
        f"{MATERIAL}markdown_extensions: [pymdownx.blocks.caption]\n",
        lambda built: (
            built.names("m/index.html", "article figure", "id"),
            built.texts("m/index.html", "article figcaption"),
            "refused" in built.log,
        ),
        same=True,
        files={
            "notes/m.md": "# M\n\n| a |\n| - |\n| b |\n\n/// table-caption\nOf a [table](a.md).\n///\n\nText\n\n"
            "/// figure-caption\nOf a figure.\n///\n"
        },
    ),
    Row(
        "the title of a home",
        MATERIAL,
        lambda built: built.texts("index.html", "title"),
        same=True,
        files={"notes/index.md": "---\ntitle: Welcome & co\n---\n# Home\n\nThe sea is here.\n"},
    ),
    Row("blog", MATERIAL, lambda built: built.failed, plugins=("blog",), says="plugins.material/blog"),
    Row(
        "monorepo",
        f"{MATERIAL}nav: [index.md, {{Part: '!include part/mkdocs.yml'}}]\n",
        lambda built: built.failed,
        plugins=("monorepo",),
        module="mkdocs_monorepo_plugin",
        files={"part/mkdocs.yml": "site_name: part\nnav: [index.md]\n", "part/docs/index.md": "# Part\n"},
        says="docs_dir: another plugin",
    ),
    *(
        Row(f"hooks: docs_dir {how}", f"{MATERIAL}hooks: [hook.py]\n", look, files={"hook.py": hook}, says=said)
        for how, hook, look, said in (
            (
                "elsewhere",
                "def on_config(config):\n    config.docs_dir += '/sub'\n",
                lambda built: built.failed,
                "docs_dir: another plugin",
            ),
            (
                "the same in other words",
                "def on_config(config):\n    config.docs_dir += '/sub/..'\n",
                lambda built: (built.folder / "site/a/index.html").exists(),
                "",
            ),
        )
    ),
    Row(
        "static-i18n",
        MATERIAL,
        lambda built: built.failed,
        plugins=({"i18n": {"languages": [{"locale": "en", "name": "English", "default": True, "build": True}]}},),
        module="mkdocs_static_i18n",
        says="plugins.i18n",
    ),
    Row(
        "rss",
        MATERIAL,
        lambda built: "Alpha" in (built.folder / "site/feed_rss_created.xml").read_text(encoding="utf-8"),
        plugins=({"rss": {"use_git": False}},),
        module="mkdocs_rss_plugin",
    ),
    Row(
        "print-site",
        MATERIAL,
        lambda built: "deepest of them all" in built.page("print_page/index.html").get_text(),
        plugins=("print-site",),
        module="mkdocs_print_site_plugin",
    ),
    Row(
        "tags",
        MATERIAL,
        lambda built: [
            name for name in built.names("tags/index.html", "article a:not(.headerlink)", "href") if name[0] != "#"
        ],
        same=True,
        plugins=("tags",),
    ),
    Row(
        "tags, in two trees",
        MATERIAL,
        lambda built: (
            built.names("a/index.html", ".md-tags a", "href") == ["../tags/#tag:sea", "../tags/#tag:shore"]
            and built.names("fr/a/index.html", ".md-tags a", "href") == ["../tags/#tag:sea", "../tags/#tag:shore"]
            and not built.page("fr/a/index.html").select(".aikb-meta .aikb-tag")
            and built.texts("a/index.html", ".md-nav--primary a").count("Tags") == 1
            and built.names("tags/index.html", "article li a", "href") == ["../a/", "../sub/b/", "../a/"]
            and built.names("fr/tags/index.html", "article li a", "href") == ["../a/", "../sub/b/", "../a/"]
        ),
        plugins=("tags",),
        options={"languages": ["en", "fr"]},
    ),
    Row(
        "macros",
        f"{MATERIAL}extra: {{word: EXPANDED}}\n",
        lambda built: "EXPANDED" in built.page("a/index.html").get_text(),
        same=True,
        plugins=("macros",),
        module="mkdocs_macros",
    ),
    *(
        Row(
            f"{plugin}, {name}",
            f"{MATERIAL}markdown_extensions: [admonition, pymdownx.details, pymdownx.superfences]\n",
            lambda built: [
                *built.texts("m/index.html", "article > *:not(h1, h2)"),
                *built.texts("m/index.html", "article pre"),
            ],
            same=True,
            plugins=({plugin: dict(options)},),
            module=module,
            files={
                "main.py": MACROS,
                "inc/p.md": "Included *p* `a_b`.\n",
                "notes/m.md": f"# M\n\n{text}\n\nEnd [a](a.md).\n",
            },
            options={"languages": ["en"]},
        )
        for plugin, module, name, options, text in (
            ("macros", "mkdocs_macros", "a call over lines", {}, '{{ shown("\n- *one*\n\n    more_of it\n") }}'),
            (
                "macros",
                "mkdocs_macros",
                "in a box",
                {},
                '!!! note\n    A.\n\n    {{ shown("\n    ??? tip\n        ~~~\n        1\n        ~~~\n    ")}}',
            ),
            ("macros", "mkdocs_macros", "in an item", {}, '- item\n\n    {{ shown("\n    inner *x*\n    ") }}'),
            ("macros", "mkdocs_macros", "a statement", {}, "{% if true\n   and true %}\nyes\n{% endif %}"),
            ("macros", "mkdocs_macros", "a heading", {}, '## Part {{ shown("x") }}\n\nText.'),
            ("macros", "mkdocs_macros", "own signs", OWN_SIGNS, '[[ shown("a_b") ]] [[% if true %]]yes[[% endif %]]'),
            ("macros", "mkdocs_macros", "own signs over lines", OWN_SIGNS, '[[ shown("\n- *a*\n- b\n") ]]'),
            (
                "include-markdown",
                "mkdocs_include_markdown_plugin",
                "own signs",
                {"opening_tag": "{!", "closing_tag": "!}"},
                '{! include-markdown "../inc/p.md" !}',
            ),
            (
                "include-markdown",
                "mkdocs_include_markdown_plugin",
                "over lines",
                {},
                '{%\n  include-markdown "../inc/p.md"\n  heading-offset=1\n%}',
            ),
            (
                "include-markdown",
                "mkdocs_include_markdown_plugin",
                "own signs over lines",
                {"opening_tag": "[%", "closing_tag": "%]"},
                '[%\n  include-markdown "../inc/p.md"\n%]',
            ),
        )
    ),
    Row(
        "mkdocstrings",
        MATERIAL,
        lambda built: [
            *built.texts("m/index.html", ".doc-contents > p"),
            *built.texts("m/index.html", "article h3 code"),
        ],
        same=True,
        plugins=("mkdocstrings",),
        module="mkdocstrings",
        files={
            "pkg_a.py": 'def of_it() -> None:\n    """Do *it*."""\n',
            "notes/m.md": "# M\n\n::: pkg_a.of_it\n    options:\n      show_root_heading: true\n      heading_level: 3\n",
        },
    ),
    Row(
        "autorefs",
        MATERIAL,
        lambda built: [
            (built.texts(page, ".autorefs"), built.names(page, ".autorefs", "href"))
            for page in ("m/index.html", "index.html")
        ],
        same=True,
        plugins=("mkdocstrings",),
        module="mkdocstrings",
        files={
            "pkg_a.py": 'def of_it():\n    """Do it, not [to_it][pkg_a.to_it]."""\n\n\ndef to_it():\n    """Do."""\n',
            "notes/m.md": "# M\n\n::: pkg_a\n",
            "notes/index.md": "# Home\n\nSee [pkg_a.of_it][], [it is][pkg_a.to_it] and `[x][pkg_a.to_it]`.\n",
        },
    ),
    *(
        Row(
            f"an extension that nobody knows, {mark}",
            f"{MATERIAL}hooks: [hook.py]\n",
            lambda built: built.texts("m/index.html", "article p"),
            same=True,
            files={"hook.py": EXTENSION, "notes/m.md": f"# M\n\n{mark}\n\nText {mark} text.\n\n- {mark}\n"},
        )
        for mark in ("{* a_b/c.py hl[1] *}", "{! a_b.md !}", "{{ a_b }}", "${a_b}", "{% a_b %}", "{=a_b=}")
    ),
    Row(
        "blocks with options",
        f"{MATERIAL}markdown_extensions: [pymdownx.blocks.details, pymdownx.blocks.tab, pymdownx.blocks.admonition]\n",
        lambda built: (
            built.names("m/index.html", "article details", "class"),
            built.names("m/index.html", "article details", "open"),
            built.texts("m/index.html", "article details *, article .tabbed-set *"),
        ),
        same=True,
        files={
            "notes/m.md": "# M\n\n/// details | Title\n    type: warning\n    open: true\n\ncontent *x*\n///\n\n"
            "/// tab | One\n    new: true\n\none\n///\n\n/// tab | Two\n\ntwo\n///\n"
        },
    ),
    Row(
        "awesome-nav",
        MATERIAL,
        lambda built: [
            name.rstrip("/")
            for name in built.names("index.html", ".md-nav--primary > .md-nav__list a", "href")
            if name[0] != "#"
        ],
        same=True,
        plugins=("awesome-nav",),
        module="mkdocs_awesome_nav",
        files={"notes/.nav.yml": "nav:\n  - sub/b.md\n  - a.md\n  - index.md\n"},
    ),
    Row(
        "literate-nav",
        MATERIAL,
        lambda built: [
            name for name in built.names("a/index.html", ".md-nav--primary a", "href") if name.startswith("../")
        ],
        plugins=("literate-nav",),
        module="mkdocs_literate_nav",
        files={"notes/SUMMARY.md": "* [Bee](sub/b.md)\n* [Ay](a.md)\n"},
    ),
    Row(
        "awesome-pages, no page that aikb makes",
        features("navigation.tabs"),
        lambda built: built.texts("a/index.html", ".md-tabs a")[1:],
        same=True,
        plugins=("awesome-pages",),
        module="mkdocs_awesome_pages_plugin",
        files={"notes/.pages": "nav:\n  - index.md\n  - sub\n  - ...\n", **MANY},
    ),
    *(
        Row(
            f"{plugin}, titles",
            MATERIAL,
            lambda built: (
                {"Bee & co", "Group", "Ay"}
                <= set(built.texts("index.html", ".md-nav--primary a, .md-nav--primary label"))
            ),
            plugins=(plugin,),
            module=module,
            files=files,
        )
        for plugin, module, files in (
            (
                "awesome-nav",
                "mkdocs_awesome_nav",
                {"notes/.nav.yml": "nav:\n  - index.md\n  - Bee & co: sub/b.md\n  - Group:\n    - Ay: a.md\n"},
            ),
            (
                "literate-nav",
                "mkdocs_literate_nav",
                {"notes/SUMMARY.md": "* [Start](index.md)\n* [Bee & co](sub/b.md)\n* Group\n    * [Ay](a.md)\n"},
            ),
        )
    ),
    Row(
        "section-index",
        MATERIAL,
        lambda built: "Sub" in built.texts("index.html", ".md-nav--primary a"),
        plugins=("section-index",),
        module="mkdocs_section_index",
    ),
    Row(
        "git-revision-date-localized",
        MATERIAL,
        lambda built: "May 5, 2021" in built.page("a/index.html").get_text(),
        same=True,
        plugins=("git-revision-date-localized",),
        module="mkdocs_git_revision_date_localized_plugin",
        git=True,
    ),
    Row(
        "git-authors",
        MATERIAL,
        lambda built: "None has not been committed" not in built.log,
        plugins=("git-authors",),
        module="mkdocs_git_authors_plugin",
        git=True,
    ),
    Row(
        "hooks: the navigation of a page",
        f"{MATERIAL}hooks: [hook.py]\n",
        lambda built: "rises and it falls" in built.page("a/index.html").get_text(),
        same=True,
        files={
            "hook.py": "def on_page_context(context, nav, **_):\n    assert len(list(context['nav'])) == len(context['nav'])\n"
        },
    ),
    *(
        Row(
            name,
            MATERIAL,
            lambda built: "rises and it falls" in built.page("a/index.html").get_text(),
            True,
            (name,),
            module,
        )
        for name, module in (
            ("minify", "mkdocs_minify_plugin"),
            ("glightbox", "mkdocs_glightbox"),
            ("include-markdown", "mkdocs_include_markdown_plugin"),
            ("meta", ""),
        )
    ),
    *(
        Row(
            f"hooks: {name}",
            f"{MATERIAL}hooks: [hook.py]\n",
            lambda built, selector=selector: (
                sorted(
                    {" ".join(each.decode_contents().split()) for each in built.page("h/index.html").select(selector)}
                )
                or ["seen nowhere"]
            ),
            same=True,
            files={
                "hook.py": f"def on_page_markdown(markdown, **_):\n    return markdown.replace({mark!r}, {written!r})\n",
                "notes/h.md": f"# H\n\nBefore {mark} after.\n\n{mark}\n\n- `{mark}x`\n",
            },
            options={"languages": ["en"]},
        )
        for name, mark, written, selector in (
            ("braces", "{{ word }}", "*EXPANDED*", "article p > em"),
            ("dollar", "${word}", "*EXPANDED*", "article p > em"),
            ("comment", "<!-- md:word 1 -->", "EXPANDED", "article > p"),
            ("a tag", "{{ word }}", "<span class='since' title=x>**3**</SPAN>", "article p > span"),
            (
                "a link",
                "{{ word }}",
                "<https://x.example/>, [r] and a  \nbreak\n\n[r]: https://r.example/",
                "article p > a",
            ),
            ("a block", "{{ word }}", "\n\n<div class='card'>\n<i>in it</i>\n</div>\n\n", "article div.card"),
            ("a list", "{{ word }}", "\n\n1. one\n2. two\n\n    * three\n\n", "article ol ul li"),
            ("code", "{{ word }}", "\n\n    x = 1\n\n", "article pre > code"),
            ("a table", "{{ word }}", "\n\na | b\n- | -\n1<br>2 | `x`\n\n", "article td"),
            ("a heading", "{{ word }}", "\n\n## New part\n\n", ".md-nav--secondary .md-ellipsis"),
        )
    ),
    Row(
        "hooks: a comment that none of them takes",
        f"{MATERIAL}hooks: [hook.py]\n",
        lambda built: (
            "secret" not in (built.folder / "site/h/index.html").read_text(encoding="utf-8")
            and built.texts("h/index.html", "article p, article li")
            == ["Before  after.", "<!-- shown -->", "item", "more"]
        ),
        files={
            "hook.py": "def on_page_markdown(markdown, **_):\n    return markdown.replace('more', 'more')\n",
            "notes/h.md": "# H\n\n<!-- a secret\n\nin two -->\n\nBefore <!-- secret --> after.\n\n`<!-- shown -->`\n\n"
            "- item <!-- secret\n  still -->\n\nmore\n",
        },
        options={"languages": ["en"]},
    ),
    *(
        Row(
            extension,
            f"{MATERIAL}markdown_extensions: [{extension}]\n",
            lambda built, name=element: built.texts(
                "a/index.html",
                f"article {name}:not([class^=aikb-] {name})",  # pages that link here are quoted
            ),
            same=True,
        )
        for extension, element in (("abbr", "abbr"), ("pymdownx.mark", "mark"))
    ),
)


MIXES = (
    "theme: {name: material, language: de, features: [navigation.tabs, toc.follow]}\nmarkdown_extensions: [abbr, footnotes]",
    "theme: {name: material, palette: {scheme: slate}, font: false}\nextra: {generator: false}\ncopyright: me",
    "theme: {name: material, features: [navigation.instant, navigation.prune, navigation.sections]}\nuse_directory_urls: false",
    "theme: {name: material, logo: img/l.svg, favicon: img/l.svg}\nextra_css: [x.css]\nextra_javascript: [x.js]",
    "theme: {name: material, language: pt-BR}\nmarkdown_extensions: [pymdownx.critic, pymdownx.caret, pymdownx.tilde]",
    "theme: {name: material, icon: {repo: fontawesome/brands/git}}\nrepo_url: https://example.org/r\nedit_uri: edit/main/",
    "theme: material\nmarkdown_extensions:\n- toc: {permalink: '#', title: Here, toc_depth: 3}\n- pymdownx.keys\n- attr_list",
    "theme: material\nmarkdown_extensions:\n- toc: {baselevel: 2}\n- md_in_html\n- def_list",
    "theme: material\nmarkdown_extensions:\n- pymdownx.arithmatex: {generic: true}\n- pymdownx.smartsymbols\n- smarty",
    "theme: material\nmarkdown_extensions:\n- pymdownx.blocks.admonition\n- pymdownx.blocks.tab\n- nl2br",
    "theme: material\nmarkdown_extensions:\n- pymdownx.progressbar\n- pymdownx.escapeall\n- pymdownx.magiclink",
    "theme: material\nmarkdown_extensions: [extra, codehilite]\nextra: {social: [{icon: simple/rss, link: /}]}",
    "theme: material\nnav: [index.md, {A: [a.md, {B: sub/b.md}, https://example.org/]}]\nnot_in_nav: tags.md",
    "theme: {name: material, features: [navigation.tabs, navigation.path]}\nnav: [{Home: index.md}, {S: [sub/b.md]}]",
    "theme: {name: material, features: [navigation.tabs, navigation.tabs.sticky, navigation.indexes, navigation.expand]}",
    "theme: {name: material, features: [toc.integrate, header.autohide, announce.dismiss]}\nexclude_docs: tags.md",
    "theme: {name: material, features: [content.code.annotate, content.tabs.link, content.action.edit]}\nstrict: false",
    "theme: {name: material, language: ja}\nextra: {alternate: [{name: J, link: /ja/, lang: ja}]}",
    "theme: {name: material, language: ar, direction: rtl}\nsite_description: some words",
    "theme: {name: material, language: fr}\nextra: {homepage: https://example.org/}\ndraft_docs: tags.md",
    "theme: {name: material, palette: [{scheme: default, toggle: {icon: material/eye, name: dark}}, {scheme: slate}]}",
    "theme: material\nextra: {consent: {title: t, description: d}, annotate: {json: [.s2]}}",
    "theme: material\nvalidation: {links: {anchors: warn}, omitted_files: info}\nsite_author: me\nremote_branch: x",
    "theme: material\nmarkdown_extensions:\n- tables\n- pymdownx.tabbed\n- pymdownx.tasklist: {clickable_checkbox: true}",
)
"""Whole configurations as people publish them, each another mix; none may end in a traceback or lose a page."""


def made(row: Row, folder: Path, *, with_aikb: bool) -> Built:
    """Build a row's knowledge base. Raises whatever `mkdocs build` would show a traceback of."""
    for name, text in {**NOTES, **row.files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    own = {"aikb": dict(row.options)} if row.options else "aikb"
    plugins = [own if with_aikb else "search", *row.plugins]
    (folder / "mkdocs.yml").write_text(
        BASE + row.configuration + yaml.safe_dump({"plugins": plugins}), encoding="utf-8"
    )
    if row.git:
        author = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        for arguments in (
            ("init", "-q"),
            ("add", "."),
            (*author, "commit", "-q", "-m", "x", "--date", "2021-05-05T12:00:00Z"),
        ):
            environment = {**os.environ, "GIT_COMMITTER_DATE": "2021-05-05T12:00:00Z"}
            subprocess.run(["git", *arguments], cwd=folder, check=True, env=environment)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    before = logger.level
    logger.setLevel(logging.INFO)  # by its method, which clears what loggers below remember of it
    failed = False
    try:
        config = load_config(str(folder / "mkdocs.yml"))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except (MkDocsException, Abort) as error:
        failed = True
        stream.write(str(error))
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
    return Built(folder, stream.getvalue(), failed)


def mixed(configuration: str, folder: Path) -> str:
    """Say what is wrong with a mix; empty where every note has its page."""
    built = made(Row("mix", f"{configuration}\n", bool), folder, with_aikb=True)
    pages = {path.stem for path in (folder / "site").rglob("*.html")} | {
        path.parent.name for path in (folder / "site").rglob("index.html")
    }
    hidden = {"tags"} if "_docs" in configuration else set()
    missing = {"a", "b", "c", "sub", "tags"} - pages - hidden
    return built.log if built.failed else f"no page: {sorted(missing)}" if missing else ""


def verdict(row: Row, folder: Path) -> str:
    """Say what is wrong with a row; empty where it is right."""
    ours = made(row, folder / "with", with_aikb=True)
    if row.says and row.says not in ours.log:
        return f"the log does not say “{row.says}”"
    if hosts := written_hosts(folder / "with/site") - row.asks:
        return f"pages ask {', '.join(sorted(hosts))}"
    seen = row.look(ours)
    if not row.same:
        return "" if seen else "it is not seen"
    plain = row.look(made(row, folder / "without", with_aikb=False))
    return "" if seen == plain else f"{seen} instead of {plain}"


def installed(row: Row) -> bool:
    """Whether a row's plugin is here."""
    return not row.module or find_spec(row.module) is not None


def _asked(site: Path, browser: Browser | None, known: frozenset[str]) -> tuple[str, str]:
    """What Chromium did with a site: what is wrong, and what was looked at."""
    if browser is None or not site.is_dir():
        return "", ""
    opened, hosts = asked_hosts(site, browser)
    hosts -= known
    return f"pages ask {', '.join(sorted(hosts))}" if hosts else "", f"{opened} pages opened"


def _tried(
    build: Callable[[Path], str], site: str, browser: Browser | None, known: frozenset[str] = frozenset()
) -> tuple[str, str]:
    """Build in a folder of its own; what is wrong, and what a browser looked at."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            problem = build(Path(folder))
            asked, looked = _asked(Path(folder) / site, browser, known)
        except Exception as error:  # noqa: BLE001 - it is what the table shows
            return f"traceback: {error!r}", ""
        return problem or asked, looked


def table(browser: Browser | None) -> int:
    """Print the table; how many rows are wrong."""
    wrong = 0
    for row in ROWS:
        if not installed(row):
            print(f"| – | {row.name} | not installed |")  # noqa: T201
            continue
        problem, looked = _tried(lambda folder, row=row: verdict(row, folder), "with/site", browser, row.asks)
        wrong += bool(problem)
        mark = "✗" if problem else "!" if row.says else "✓"
        print(f"| {mark} | {row.name} | {problem or '; '.join(filter(None, [row.says, looked]))} |", flush=True)  # noqa: T201
    for number, configuration in enumerate(MIXES, 1):
        problem, looked = _tried(lambda folder, text=configuration: mixed(text, folder), "site", browser)
        wrong += bool(problem)
        print(f"| {'✗' if problem else '✓'} | mix {number} | {problem or looked} |", flush=True)  # noqa: T201
    return wrong


def main() -> int:
    """Print the table, with a browser's look where it is asked for."""
    if "--browser" not in sys.argv:
        return table(None)
    with launched() as browser:
        return table(browser)


if __name__ == "__main__":
    sys.exit(main())
