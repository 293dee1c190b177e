"""`aikb stage`: what another engine makes of the staged folder is the site that we build."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner

from aikb.cli.main import main
from conftest import on_disk

PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
NOTE = """---
tags: [one, two/three]
---
# A & <b> `code`

The sea is here, see [b](sub/b.md#part-two), [[été]] and [[sub/b|B]]. ![pic](img/a%20b.png)

| x | y |
| - | - |
| a\\|b | `c|d` |

- one
  - two

    ```python
    def f():

        return "```"
    ```
- [x] done

Term
:   Its definition.

A note.[^1]

[^1]: The note, with a [link](sub/b.md).

> [!tip] T
> ![[sub/b]]

    indented code

*[HTML]: Hyper

<details><summary>S</summary>

More **bold** HTML

</details>

Formula $a_b$ and

$$
x^2
$$
"""
OTHER = """# B

## Part one

```
!!! note

    --8<-- "x"
[^1]: no
\t*[HTML]: no
~~~
```

## Part two

See [[a]] and `|`. Large Language Models (LLM) again :smile:.

=== "Tab"

    text
"""
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "site_name: 'A & B <c>'\nsite_url: https://example.org/x/\ndocs_dir: notes\ntheme: material\n"
    "markdown_extensions: [def_list, abbr, pymdownx.emoji]\nplugins:\n- aikb: {languages: [en, fr]}\n",
    "notes/a.md": NOTE,
    "notes/img/a b.png": PICTURE,
    "notes/sub/b.md": OTHER,
    "notes/sub/index.md": "# Sub\n\n[b](b.md), [up](../a.md)\n",
    "notes/été.md": "---\nlang: fr\n---\n# Été\n\nLa mer est ici, et nous y allons chaque année. Voir [a](a.md).\n",
    "notes/a.fr.md": "# Un titre\n\nLa mer est ici, voir [b](sub/b.md#part-two) et bien d'autres choses que nous aimons.\n",
    "notes/glossary.md": "# Glossary\n\n**LLM**: a large language model. See [a](a.md).\n\n**Sea**: much water.\n",
    "notes/index.md": "# Home <here>\n\nWelcome to [a](a.md).\n",
}


def _run(*command: str, folder: Path) -> str:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    ended = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def _pages(site: Path) -> dict[str, dict[str, object]]:
    """What the contract names of each page: ids, links, languages, what is said; the engine's own 404 page is its own."""
    return {
        path.relative_to(site).as_posix(): _facts(path, site)
        for path in sorted(site.rglob("*.html"))
        if path.name != "404.html"
    }


def _facts(path: Path, site: Path) -> dict[str, object]:
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    base = f"http://site/{path.relative_to(site).parent.as_posix()}/".replace("/./", "/")
    article, nav = soup.select_one("article"), soup.select_one(".md-nav--primary .md-nav__list")
    assert article is not None
    assert nav is not None

    def addresses(within: Tag, selector: str, name: str) -> list[str]:
        return [unquote(urljoin(base, str(each[name]))) for each in within.select(selector)]

    return {
        "lang": soup.html.get("lang") if soup.html else "",
        "title": soup.title.get_text() if soup.title else "",
        "ids": [each["id"] for each in article.select("[id]") if not str(each["id"]).startswith("__")],
        "links": addresses(article, "a[href]", "href"),
        "pictures": addresses(article, "img[src]", "src"),
        "languages": [each["lang"] for each in article.select("[lang]")],
        "text": " ".join(article.get_text(" ").split()),
        "sidebar": addresses(nav, "a[href]", "href"),
        "translations": [(each["hreflang"], each["href"]) for each in soup.select("link[rel~=translation]")],
        "canonical": [each["href"] for each in soup.select("link[rel=canonical]")],
        "trees": sorted(set(addresses(soup, "a.aikb-switcher__link", "href"))),
        "description": [each["content"] for each in soup.select("meta[name=description]")],
    }


def _search(site: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted((site / "search").glob("*.json"))
        if path.name != "search_index.json"  # the engine's own
    }


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of notes with its site, and the same staged."""
    folder = on_disk(tmp_path_factory.mktemp("kb"), FILES)
    _run("mkdocs", "build", "--quiet", folder=folder)
    assert _staged(folder, str(folder / "out"))[0] == 0
    return folder


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs", "zensical"])
def test_another_engine_makes_the_same_site_of_it(staged: Path, engine: str) -> None:
    if find_spec(engine) is None:
        pytest.skip(f"{engine} is not installed")
    said = _run(engine, "build", folder=staged / "out")
    assert "WARNING" not in said
    expected, made = _pages(staged / "site"), _pages(staged / "out/site")
    assert len(made) > 20
    assert made == expected
    assert _search(staged / "out/site") == {
        name: data for name, data in _search(staged / "site").items() if not name.startswith("opensearch")
    }
    assert (staged / "out/site/img/a b.png").is_file()


def _staged(folder: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["stage", *arguments, "-f", str(folder / "mkdocs.yml")])
    return result.exit_code, result.output


def _base(folder: Path, **notes: str) -> Path:
    config = "site_name: KB\ndocs_dir: notes\ntheme: material\nplugins:\n- aikb: {languages: [en]}\n"
    return on_disk(folder, {"mkdocs.yml": config, **{f"notes/{name}.md": text for name, text in notes.items()}})


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    folder = _base(tmp_path, a="# A\n\nThe sea.\n", b="# B\n\nThe hills.\n")
    out = tmp_path / "out"
    assert _staged(folder, str(out))[0] == 0
    assert "0 of" in _staged(folder, str(out))[1]
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.md")}
    (folder / "notes/b.md").write_text("# B\n\nThe valleys.\n")
    (out / "docs/mine.txt").write_text("of somebody else")
    assert _staged(folder, str(out))[0] == 0
    assert (out / "docs/a.md").stat().st_mtime_ns == before[out / "docs/a.md"]
    assert (out / "docs/b.md").stat().st_mtime_ns > before[out / "docs/b.md"]
    (folder / "notes/b.md").unlink()
    assert _staged(folder, str(out))[0] == 0
    assert not (out / "docs/b.md").exists()
    assert (out / "docs/mine.txt").exists()
    listed = json.loads((out / ".aikb-staged.json").read_text(encoding="utf-8"))["files"]
    assert all((out / each).is_file() for each in listed)


@pytest.mark.parametrize(
    ("place", "there", "said"),
    [
        ("notes/out", None, "among the notes"),
        (".", None, "among the notes"),
        ("else", "mine.txt", "something else"),
        ("file", "", "something else"),
        ("glossary/out", None, "among the notes"),
    ],
)
def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path, place: str, there: str | None, said: str) -> None:
    folder = _base(tmp_path, a="# A\n")
    if there:
        on_disk(tmp_path, {f"{place}/{there}": "x"})
    elif there is not None:
        (tmp_path / place).write_text("x")
    code, output = _staged(folder, str(tmp_path / place))
    assert code == 2
    assert said in output


def test_a_damaged_list_removes_nothing(tmp_path: Path) -> None:
    folder = _base(tmp_path, a="# A\n")
    out = tmp_path / "out"
    _staged(folder, str(out))
    (tmp_path / "precious").write_text("x")
    (out / ".aikb-staged.json").write_text(
        json.dumps({"files": ["../precious", str(tmp_path / "precious"), "docs/a.md"]})
    )
    assert _staged(folder, str(out))[0] == 0
    assert (tmp_path / "precious").exists()
    (out / ".aikb-staged.json").write_text("{")
    assert _staged(folder, str(out))[0] == 2


def test_without_the_plugin_there_is_nothing_to_stage(tmp_path: Path) -> None:
    folder = on_disk(tmp_path, {"mkdocs.yml": "site_name: KB\ntheme: material\n", "docs/a.md": "# A\n"})
    code, output = _staged(folder, str(tmp_path / "out"))
    assert code == 2
    assert "aikb is not among them" in output


SECTIONS = (
    "<![x]",
    "<![`x",
    "<![",
    "<!['a'",
    "<![if x]>",
    "<![CDATA[x]]>",
    "<![endif]-->",
    "<!D [",
    "<!--",
    "<?x",
    "&lt;![x]",
)


def test_no_text_ends_the_build_of_another_engine(tmp_path: Path) -> None:
    places = (
        "`@`",
        "@",
        "    @",
        "> @",
        "- @",
        "```\n@\n```",
        "- ```\n  @\n  ```",
        "| a |\n|---|\n| `@` |",
        "[x](a.md '@')",
    )
    text = "\n\n".join(place.replace("@", each) for each in SECTIONS for place in places)
    _base(tmp_path, index=f"# Home\n\n{text}\n", b="# `<![x]`\n\nHere <![x] is.\n")
    extensions = "markdown_extensions: [md_in_html, attr_list]\n"
    with (tmp_path / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(extensions)
    assert _staged(tmp_path, str(tmp_path / "out"))[0] == 0
    _run("mkdocs", "build", "--quiet", folder=tmp_path / "out")
    shown = BeautifulSoup((tmp_path / "out/site/b/index.html").read_text(encoding="utf-8"), "lxml").select_one(
        "article"
    )
    assert shown is not None
    assert shown.select_one("h1 code").text == "<![x]"  # type: ignore[union-attr]
    assert "Here <![x] is." in shown.text
    assert "\ufdd4" not in (tmp_path / "out/site/index.html").read_text(encoding="utf-8")


def test_names_with_signs_of_html_are_addresses(tmp_path: Path) -> None:
    """A note about a limit was called “x-->0”: every link to it was shown as text."""
    names = ("x -->0", "a <b", "c “d” 'e'", "f `g`", "h & i", "j {k}", "l [m]")
    links = "\n".join(f"- [[{name}]]" for name in names if "[" not in name) + "\n\n![[x -->0]]\n"
    notes = {f"notes/{name}.md": f"# {name}\n\n[[here]]\n" for name in names}
    config = "site_name: N\ndocs_dir: notes\ntheme: material\nplugins: [aikb]\n"
    on_disk(tmp_path / "kb", {"mkdocs.yml": config, "notes/here.md": f"# Here\n\n{links}", **notes})
    done = CliRunner().invoke(main, ["stage", str(tmp_path / "staged"), "-f", str(tmp_path / "kb")])
    assert "html-refused" not in done.output
    text = (tmp_path / "staged/docs/here.md").read_text("utf-8")
    assert '<a href="x%20--%3E0.md"' in text
