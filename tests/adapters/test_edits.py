"""A site kept up by `serve` edit by edit is the site of a fresh build, byte for byte."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from aikb.adapters.mkdocs import search_files
from aikb.adapters.mkdocs.draw import Drawing
from aikb.compose.search.index import build_search
from aikb.system.atomic_write import replace_files
from conftest import contents, on_disk

CONFIGURATION = (
    "site_name: Notes\nsite_url: https://example.org/\ndocs_dir: notes\ntheme: material\n"
    "plugins:\n  - aikb: {languages: [en, fr]}\n"
)
ADDRESS = "http://127.0.0.1:8000/"
EXPORT = """\
# A Book

![rw-book-cover](https://example.org/cover.jpg)

## Metadata
- Author: [[Ann Author]]
- Full Title: A Book
- Category: #books

## Highlights
- {0} is what a reader marks. ([Location 12](https://readwise.io/to_kindle?action=open&asin=B0&location=12)) ^rw1
"""
START = {
    "notes/a.md": "# Attention\n\nWords about [b](b.md#part) and tokens.\n",
    "notes/b.md": "# Beta\n\n## Part\n\nMore on [a](a.md).\n\n![x](x.png)\n",
    "notes/sub/c.md": "# Gamma\n\nPlain.\n",
    "notes/sub/d.fr.md": "# Delta\n\nDu texte en français, avec des mots.\n",
    "notes/book.md": EXPORT.format("A sentence that is long enough to be told from any other one"),
    "notes/x.png": "a picture",
    "glossary/terms.md": "# Glossary\n\n## Token\n\nA piece of text.\n",
}


class Serving:
    """`mkdocs serve` whose server answers nobody: one plugin, which MkDocs keeps, and a build after each edit."""

    def __init__(self, root: Path, files: dict[str, str], configuration: str = CONFIGURATION) -> None:
        self.root, self.site = root / "kb", root / "mkdocs_site"
        on_disk(self.root, {**files, "mkdocs.yml": configuration})
        self.drawn: list[str] = []
        config = self._config(self.site)
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url=ADDRESS)
        self.server = LiveReloadServer(self._build, "127.0.0.1", 0, str(self.site))
        self.server.server_close()
        config.plugins.on_serve(self.server, config=config, builder=self._build)

    def _build(self) -> None:
        build(self._config(self.site), serve_url=ADDRESS)

    def _config(self, site: Path) -> Any:
        return load_config(str(self.root / "mkdocs.yml"), site_dir=str(site))

    def edit(self, path: str, content: str | None) -> None:
        target = self.root / path
        if content is None:
            target.unlink(missing_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8")

    def rename(self, old: str, new: str) -> None:
        if (self.root / old).exists():
            (self.root / new).parent.mkdir(parents=True, exist_ok=True)
            (self.root / old).replace(self.root / new)

    def rebuild(self) -> None:
        self.drawn.clear()
        draw, drawn = Drawing._drawn, self.drawn

        def noted(drawing: Drawing, page: Any) -> bytes:
            drawn.append(page.file.src_uri)
            return draw(drawing, page)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Drawing, "_drawn", noted)
            self.server.builder()

    def fresh(self) -> dict[str, bytes]:
        """The site of a build that knows nothing, as `serve` would make it."""
        site = self.root.parent / "mkdocs_site_fresh"
        shutil.rmtree(site, ignore_errors=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(MkDocsConfig.plugins, "plugin_cache", {})
            config = self._config(site)
            config.plugins.on_startup(command="serve", dirty=False)
            build(config, serve_url=ADDRESS)
        return contents(site)

    def check(self) -> None:
        """Build after an edit, and compare."""
        self.rebuild()
        kept, fresh = contents(self.site), self.fresh()
        assert sorted(kept) == sorted(fresh)
        assert [path for path in kept if kept[path] != fresh[path]] == []


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[..., Serving]]:
    """Serve a knowledge base: `serving(files, configuration)`."""
    with kept_plugin():
        yield lambda files=START, configuration=CONFIGURATION: Serving(tmp_path, files, configuration)


@contextlib.contextmanager
def kept_plugin() -> Iterator[None]:
    """A memory of MkDocs' own for the plugin of one server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MkDocsConfig.plugins, "plugin_cache", {})
        yield


def test_the_pages_that_change_are_drawn_and_no_others(serving: Callable[..., Serving]) -> None:
    server = serving()
    server.edit("notes/sub/c.md", "# Gamma\n\nOther words.\n")
    server.check()
    server.rebuild()
    assert server.drawn == []
    server.edit("notes/sub/c.md", "# Gamma\n\nWords once more.\n")
    server.rebuild()
    assert sorted(server.drawn) == ["fr/sub/c.md", "sub/c.md"]


def test_a_file_that_does_not_change_is_not_written(serving: Callable[..., Serving]) -> None:
    server = serving()
    server.rebuild()
    before = {path: path.stat().st_ino for path in server.site.rglob("*") if path.is_file()}
    server.edit("notes/sub/c.md", "# Gamma\n\nOther words.\n")
    server.rebuild()
    after = {path: path.stat().st_ino for path in server.site.rglob("*") if path.is_file()}
    changed = {path.relative_to(server.site).as_posix() for path in after if after[path] != before.get(path)}
    assert {name for name in changed if not name.startswith(("search/", "previews/"))} == {
        "sub/c/index.html",
        "fr/sub/c/index.html",
    }
    searched = {name for name in changed if name.startswith("search/")}
    assert "search/meta.json" in searched
    assert len(searched) <= 3  # a file of stems and one of records beside it


def test_no_file_of_search_is_written_where_its_text_is_as_it_was(serving: Callable[..., Serving]) -> None:
    server = serving()
    made: list[str] = []

    def noted(folder: Path, files: Mapping[str, bytes | None]) -> None:
        made.extend(path for path, data in files.items() if data is not None)
        replace_files(folder, files)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_files, "replace_files", noted)
        server.rebuild()
        assert made == []
        server.edit("notes/sub/c.md", "# Gamma\n\nOther words.\n")
        server.rebuild()
    assert "search/meta.json" in made
    there = [path for folder in ("search", "previews") for path in (server.site / folder).iterdir()]
    assert len(made) < len(there)
    server.check()


def test_a_page_is_shown_before_search_is_made(serving: Callable[..., Serving]) -> None:
    server, shown = serving(), []

    def noted(*arguments: Any) -> dict[str, str]:
        page = (server.site / "sub/c/index.html").read_text(encoding="utf-8")
        shown.append((server.server._visible_epoch, "Other words" in page))
        return build_search(*arguments)

    server.edit("notes/sub/c.md", "# Gamma\n\nOther words.\n")
    server.server._wanted_epoch = 7  # as the server says when it begins
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_files, "build_search", noted)
        server.rebuild()
    assert shown == [(7, True)]


EDITS: dict[str, Callable[[Serving], None]] = {
    "text": lambda on: on.edit("notes/a.md", "# Attention\n\nOther words, tokens.\n"),
    "heading": lambda on: on.edit("notes/b.md", "# Beta\n\n## Piece\n\nMore on [a](a.md).\n"),
    "title": lambda on: on.edit("notes/b.md", "# Beta two\n\n## Part\n\nMore on [a](a.md).\n"),
    "home": lambda on: on.edit("notes/index.md", "# A home of its own\n\nWords.\n"),
    "new note": lambda on: on.edit("notes/sub/e.md", "# Epsilon\n\nSee [c](c.md).\n"),
    "deleted": lambda on: on.edit("notes/b.md", None),
    "renamed": lambda on: on.rename("notes/sub/c.md", "notes/other/c2.md"),
    "a file where a folder was": lambda on: (
        on.edit("notes/sub/c.md", None),
        on.edit("notes/sub/d.fr.md", None),
        on.edit("notes/sub.css", "a {}"),
    ),
    "term": lambda on: on.edit("glossary/terms.md", "# Glossary\n\n## Token\n\nOther.\n\n## Attention\n\nIt is.\n"),
    "no glossary": lambda on: on.edit("glossary/terms.md", None),
    "export": lambda on: on.edit(
        "notes/book.md", EXPORT.format("Another sentence, long enough to be told from others")
    ),
    "front matter": lambda on: on.edit("notes/a.md", "---\ntitle: Named\ntags: [x]\n---\n# Attention\n\nWords.\n"),
    "draft": lambda on: on.edit("notes/a.md", "---\ndraft: true\n---\n# Attention\n\nWords.\n"),
    "what is embedded": lambda on: (
        on.edit("notes/a.md", "# A\n\n![[book#^rw1]]\n\n[tip](book.md#^rw1)\n"),
        on.rebuild(),
        on.edit("notes/book.md", EXPORT.format("Another sentence, long enough to be told from others")),
    ),
    "what a tooltip says": lambda on: (
        on.edit("notes/a.md", "# A\n\n[tip](book.md#^rw1)\n"),
        on.rebuild(),
        on.edit("notes/book.md", EXPORT.format("Another sentence, long enough to be told from others")),
    ),
    "the place of what is linked": lambda on: (
        on.edit("notes/a.fr.md", "# Attention\n\nDes mots en [français](b.md#part) sur le sujet.\n"),
        on.rebuild(),
        on.edit("notes/b.fr.md", "# Bêta\n\n## Partie\n\nDes mots en français.\n"),
    ),
    "translation": lambda on: on.edit("notes/a.fr.md", "# Attention\n\nDes mots en français sur le sujet.\n"),
    "picture": lambda on: on.edit("notes/x.png", "another picture"),
    "picture of the same size": lambda on: on.edit("notes/x.png", "A PICTURE"),
    "no picture": lambda on: on.edit("notes/x.png", None),
    "style": lambda on: on.edit("notes/extra.css", "a { color: red }"),
    "site name": lambda on: on.edit("mkdocs.yml", CONFIGURATION.replace("site_name: Notes", "site_name: Other")),
    "one language": lambda on: on.edit(
        "mkdocs.yml", CONFIGURATION.replace("  - aikb: {languages: [en, fr]}", "  - aikb: {languages: [en]}")
    ),
    "theme": lambda on: on.edit(
        "mkdocs.yml", CONFIGURATION.replace("material\n", "{name: material, features: [toc.integrate]}\n")
    ),
    "extra": lambda on: on.edit("mkdocs.yml", CONFIGURATION + "copyright: Somebody\n"),
    "extension": lambda on: on.edit("mkdocs.yml", CONFIGURATION + "markdown_extensions: [def_list]\n"),
    "acronym": lambda on: on.edit("notes/a.md", "# Attention\n\nOn retrieval augmented generation (RAG), tokens.\n"),
    "names of a term": lambda on: on.edit(
        "glossary/terms.md", "# Glossary\n\n## Token\n\nA piece of text.\n\n- fr: Jeton\n"
    ),
    "much longer": lambda on: on.edit("notes/a.md", "# Attention\n\n" + "Many words about tokens. " * 200),
    "nothing": lambda on: None,
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_gives_what_a_fresh_build_gives(serving: Callable[..., Serving], kind: str) -> None:
    server = serving()
    EDITS[kind](server)
    server.check()


def test_a_build_that_failed_leaves_what_is_known_right(serving: Callable[..., Serving]) -> None:
    server = serving()
    server.edit("notes/a.md", "# Attention\n\nLost words.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Drawing, "_drawn", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            build(server._config(server.site), serve_url="http://127.0.0.1:8000/")
    server.check()
    server.edit("notes/a.md", START["notes/a.md"])
    server.check()


CUSTOM = CONFIGURATION.replace("theme: material", "theme: {name: material, custom_dir: over}")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("partials/copyright.html", "By {{ config.site_name }}, on {{ page.title }}"),
        ("partials/copyright.html", "{% for file in pages %}{{ file.page.title }}{% endfor %}"),
        ("partials/copyright.html", "{% if page and page.next_page %}{{ page.next_page.meta.description }}{% endif %}"),
        ("partials/copyright.html", "{% if page %}{{ page['previous_page'].meta }}{% endif %}"),
    ],
)
def test_what_templates_of_the_user_show_is_followed(serving: Callable[..., Serving], template: str, text: str) -> None:
    server = serving({**START, f"over/{template}": "Old"}, CUSTOM)
    server.edit(f"over/{template}", text)
    server.check()
    server.edit("notes/sub/c.md", "---\ndescription: Told\ndate: 2024-01-02\n---\n# Other\n\nWords.\n")
    server.check()
    server.edit(f"over/{template}", None)
    server.check()


HOOK = "def on_post_page(output, **_):\n    return output + f'<!-- {len(output)} -->'\n"


def test_with_a_hook_that_sees_pages_every_page_is_made(serving: Callable[..., Serving]) -> None:
    server = serving({**START, "hook.py": HOOK}, CONFIGURATION + "hooks: [hook.py]\n")
    server.edit("notes/a.md", "# Attention\n\nOther words.\n")
    server.check()
    assert all(b"<!-- " in content for path, content in contents(server.site).items() if path.endswith("/index.html"))


def test_a_hook_that_comes_and_goes_is_followed(serving: Callable[..., Serving]) -> None:
    server = serving({**START, "hook.py": HOOK})
    server.edit("mkdocs.yml", CONFIGURATION + "hooks: [hook.py]\n")
    server.check()
    server.edit("mkdocs.yml", CONFIGURATION)
    server.check()


PATHS = (
    "notes/a.md",
    "notes/b.md",
    "notes/sub/c.md",
    "notes/sub/e.md",
    "notes/a.fr.md",
    "notes/index.md",
    "notes/book.md",
)
TEXTS = (
    "# Attention\n\nWords about [b](b.md#part) and tokens.\n",
    "# Attention\n\nOther words.\n\n## Part\n\nMore.\n",
    "# Title\n\n## Piece\n\nSee [c](sub/c.md) and [[b]], a token.\n\n![x](x.png)\n",
    "---\ntitle: Named\naliases: [Alias]\n---\n\nNo heading, [gone](nowhere.md).\n",
    "# Shown\n\n![[book#^rw1]]\n\nand [what it says](book.md#^rw1), [[a#Attention]].\n",
    "# Français\n\nUn texte en français, avec un [lien](a.md) et des mots.\n",
    EXPORT.format("A sentence that is long enough to be told from any other one"),
)
TERMS = ("# Glossary\n\n## Token\n\nA piece.\n", "# Glossary\n\n## Word\n\nA token.\n\n## Token\n\nA word.\n")
STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(PATHS), st.sampled_from(TEXTS)),
    st.tuples(st.just("write"), st.just("glossary/terms.md"), st.sampled_from(TERMS)),
    st.tuples(st.just("write"), st.sampled_from(("notes/x.png", "notes/sub/y.png")), st.sampled_from(("one", "two"))),
    st.tuples(st.just("delete"), st.sampled_from((*PATHS, "glossary/terms.md", "notes/x.png")), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(PATHS), st.sampled_from(PATHS)),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(edits=st.lists(st.lists(STEPS, min_size=1, max_size=2), min_size=1, max_size=4))
def test_after_any_edits_the_site_is_that_of_a_fresh_build(edits: list[list[tuple[str, str, str]]]) -> None:
    with tempfile.TemporaryDirectory() as scratch, kept_plugin():
        server = Serving(Path(scratch), START)
        for steps in edits:
            for step, path, argument in steps:
                if step == "rename":
                    server.rename(path, argument)
                else:
                    server.edit(path, argument if step == "write" else None)
            server.check()
