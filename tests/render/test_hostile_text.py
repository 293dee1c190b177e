"""Text from outside stays text: code is code on both roads, no mark can be forged, no id or class of the theme's is taken."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup, Tag
from test_roads import both, shown

from aikb.model.site import Site
from conftest import html_of, knowledge_base
from conftest import shown as shown_text

SCRIPT = "<script>alert(1)</script>"
FORGED = f"<!--html-->{SCRIPT}<!--/html-->"


def pages(text: str) -> list[Tag]:
    """A note's page by both roads."""
    ((tree, by_markdown), *_) = both({"notes/a.md": text, "notes/b.md": "# B\n"}, ["i.png"])
    return [BeautifulSoup(shown(each), "lxml") for each in (tree, by_markdown)]


BEGINNINGS = [
    f"```\n{FORGED}\n```",
    f"    {FORGED}",
    f"> ```\n> {FORGED}\n> ```",
    f"- ```\n  {FORGED}\n  ```",
    f"1. ~~~ py\n   {FORGED}\n   ~~~",
    f"> - ```\n>   {FORGED}\n>   ```",
    f"- > ```\n  > {FORGED}\n  > ```",
    f"- - ```\n    {FORGED}\n    ```",
    f"> [!NOTE]\n> ```\n> {FORGED}\n> ```",
    f"!!! note\n    ```\n    {FORGED}\n    ```",
    f'=== "t"\n    ```\n    {FORGED}\n    ```',
    f"```\n{FORGED}\n```\n\n```\nmore\n```",
]


def indented(text: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in text.split("\n"))


# A2 a of the hostile input: code as the first block of a footnote
@pytest.mark.parametrize("block", BEGINNINGS)
@pytest.mark.parametrize("around", ["A[^1]\n\n[^1]:\n{}", "A[^1]\n\n[^1]: words\n\n{}", "- A\n\n{}", "{}"])
def test_code_is_code_wherever_it_stands(block: str, around: str) -> None:
    text = around.format(block if around == "{}" else indented(block))
    for made in pages(f"# A\n\n{text}\n"):
        assert made.find("script") is None
        assert FORGED in made.get_text()
        assert made.find(lambda tag: tag.name == "pre" and FORGED in tag.get_text()) is not None


# A2 b: options that superfences refuses
@pytest.mark.parametrize(
    "options",
    [
        'py hl_lines="1,3"',
        "py linenums=1",
        'py linenums="true"',
        "py title=foo.py",
        "py title='a",
        'py title="a" b',
        "py {linenums=1}",
        "{.py linenums=1 title=x}",
        "{ .py #x-1 onclick=alert(1) }",
        "{.py}{.x}",
        "py hl_lines=1-3 linenums=yes",
        'py title="<b>"',
        "py:title.py",
        "py,linenums",
        "=html",
        "{python echo=FALSE}",
        "mermaid linenums=1",
        '"',
        "py \ufdd9x\ufddb",
        "py &#xFDD9;x",
    ],
)
@pytest.mark.parametrize("fence", ["```", "~~~~", "``````"])
def test_code_is_code_whatever_its_options(options: str, fence: str) -> None:
    for made in pages(f"# A\n\n{fence}{options}\n{FORGED}\n# no heading\n[x](b.md)\n{fence}\n"):
        assert made.find("script") is None
        assert [each.get_text() for each in made.find_all("h1")] == ["A"]
        assert made.select_one("pre > code").get_text().strip("\n").endswith(f"{FORGED}\n# no heading\n[x](b.md)")


# an entity spells the characters that marks are made of
MARKS = [f"&#x{number:X};" for number in range(0xFDD0, 0xFDF0)]
PLACES = [
    "@", "`@`", "# @", "[@](b.md)", "![@](i.png)", '[x](b.md "@")', "[x](https://a.org/@)", '<p title="@">x</p>',
    "<p>@</p>", '<a id="@">x</a>', "$\\text{@}$", "$$\\text{@}$$", '```py title="@"\nx\n```', "```@\nx\n```",
    '!!! note "@"\n    x', '??? tip "@"\n    x', '=== "@"\n    x', "[^@]\n\n[^@]: x", "| @ |\n|---|\n| @ |",
    '[x](b.md){: title="@" }', "x\n{: .@ }", '<img src="https://a.org/i.png" alt="@">', "[[b|@]]", "*@*", "- @", "~~@~~",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_mark_can_be_forged(place: str) -> None:
    forms = [f"{mark}{number}{mark}" for mark in MARKS for number in ("0", "1", "99999999999999999999")]
    forms += [f"{MARKS[9]}{SCRIPT}{MARKS[11]}", f"{MARKS[10]}{SCRIPT}{MARKS[11]}", f"{MARKS[11]}{SCRIPT}"]
    for form in ("".join(forms[:48]), "".join(forms[48:]), *forms[-3:]):
        ((tree, by_markdown), *_) = both(
            {"notes/a.md": f"{place.replace('@', form)}\n", "notes/b.md": "# B\n"}, ["i.png"]
        )
        for html in (shown(tree), shown(by_markdown)):
            made = BeautifulSoup(html, "lxml")
            assert made.find("script") is None
            assert len(made.find_all("h1")) == 1
            assert not any("\ufdd0" <= char <= "\ufdef" for char in html)


# A3: ids that begin with `__` are the theme's
IDS = [
    "```{.json #__config}\n{}\n```",
    "``` { .json #__config title=x }\n{}\n```",
    "~~~{#__config}\n{}\n~~~",
    "x\n{: #__config }",
    "*x*{#__config}",
    "[x](b.md){: #__config }",
    "`x`{: #__config }",
    "![x](i.png){ #__config }",
    "| a |\n| --- |\n| b {: #__config } |",
    '<div id="__config">x</div>',
    "<a name=__config>x</a>",
    "<a id='&#95;_config'>x</a>",
    '<p id="__config" id="x">x</p>',
    "# x {#__config}",
    "## \\_\\_config",
    "## __config",
    "x[^__config]\n\n[^__config]: y",
    "x ^__config",
    '<input id="__search">',
    "!!! note #__config\n    x",
    "## x { id=__config }",
    "x\n{: id=__config }",
]


@pytest.mark.parametrize("text", IDS)
def test_no_text_takes_an_id_of_the_themes(text: str) -> None:
    for made in pages(f"# A\n\n{text}\n"):
        taken = [each[name] for name in ("id", "name") for each in made.find_all(attrs={name: True})]
        assert not [each for each in taken if each.startswith("__") and not each.startswith(("__span-", "__codeli"))]


@pytest.mark.parametrize(
    "text",
    [
        '# x {#"}',
        '# x {#a"b}',
        "# x {#a\\b}",
        '## "x"',
        "## a\\\\b",
        "<p id='\"'>x</p>",
        "<a id='a\\'>x</a>",
        '<a name="&quot;">x</a>',
        "<p id='a&#10;b'>x</p>",
        "<h2 id='&#34;'>x</h2>",
        'x[^"]\n\n[^"]: y',
        'x\n{: #a"b }',
        '```{.py #a"b}\nx\n```',
        'x ^a"b',
    ],
)
def test_no_id_breaks_the_selector_that_material_asks_by(text: str) -> None:
    for made in pages(f"# A\n\n{text}\n"):
        taken = [each[name] for name in ("id", "name") for each in made.find_all(attrs={name: True})]
        assert not [each for each in taken if any(char in each for char in '"\\\n')]


@pytest.mark.parametrize("name", ["__span-0-1", "__codelineno-0-1", "__tabbed_1_1", "__nav_1", "__toc", "__palette_0"])
def test_ids_that_are_made_for_a_page_are_not_its_authors(name: str) -> None:
    text = f'# A\n\n<p id="{name}">x</p>\n\nx\n{{: #{name} }}\n\n```{{.py #{name}}}\nx\n```\n\n=== "t"\n    x\n'
    for made in pages(text):
        assert len(made.find_all(id=name)) <= 1
        assert not [each for each in made.find_all(id=name) if each.name in ("p", "div")]


# A4: names and data by which scripts find things
@pytest.mark.parametrize("tag", ["img", "p", "div", "span", "h2", "table", "details"])
@pytest.mark.parametrize("name", ["querySelector", "getElementById", "body", "forms", "cookie"])
def test_only_an_anchor_has_a_name(tag: str, name: str) -> None:
    html = shown_text(f'<{tag} name="{name}" src="i.png">x</{tag}>', ["i.png"])
    assert " name=" not in html
    assert f'name="{name}"' in shown_text(f"<a name={name}></a>x")


@pytest.mark.parametrize(
    "written",
    [
        "data-tabs=y", "data-md-component=search", "data-md-toggle=x", "data-aikb-alternates=x", "data-term=x",
        "data-md-color-scheme=x", "data-filter=x", "data-copied=x", "data-clipboard-text=x", "data-base=x",
        ".tabbed-set", ".tabbed-labels", ".md-search", ".md-ellipsis", ".mermaid", ".aikb-evidence", ".footnote-ref",
        "onclick=alert(1)", "style=color:red", "srcdoc=x", "formaction=x", "href=x", "src=x", "is=x", "slot=x", "autofocus=x",
        "contenteditable=true", "accesskey=x", "tabindex=1", "popovertarget=x", "ping=x", "download=x", "target=__search",
    ],
)  # fmt: skip
def test_an_attribute_list_says_what_is_on_the_list(written: str) -> None:
    name, _, value = written.partition("=")
    for made in pages(f"# A\n\n[x](b.md){{: {written} }}\n\n*x*{{{written}}}\n\nx\n{{: {written} }}\n"):
        for tag in (made.find("a"), made.find("em"), made.find_all("p")[-1]):
            assert tag.get(name) != value if value else written[1:] not in tag.get("class", [])


@pytest.mark.parametrize(
    ("written", "attributes"),
    [
        (".md-button .md-button--primary", {"class": ["md-button", "md-button--primary"]}),
        ("data-preview=x", {"data-preview": "x"}),
        ("target=_blank", {"target": "_blank"}),
        ("#mine .big title='a b'", {"id": "mine", "class": ["big"], "title": "a b"}),
    ],
)
def test_what_authors_write_is_kept(written: str, attributes: dict[str, object]) -> None:
    for made in pages(f"# A\n\n[x](b.md){{: {written} }}\n"):
        assert {name: made.a[name] for name in attributes} == attributes


@pytest.mark.parametrize(
    "header", ["```{.json #__config}", "``` {.json #__config title=x}", "~~~ {#__config}", "```json #__config"]
)
def test_a_highlight_cannot_take_the_themes_configuration(header: str) -> None:
    passage = f'{header}\n{{"base": "https://evil.example/"}}\n{header[:3]}'
    book = {"user_book_id": 1, "title": "B", "source": "kindle", "category": "books", "author": "A"}
    export = [{**book, "highlights": [{"id": 1, "text": passage, "book_id": 1}]}]
    site = knowledge_base({"notes/a.md": "# A\n", "notes/readwise.json": json.dumps(export)})
    (work,) = (each for each in site.pages if each.kind == "source" and each.tree == "en")
    made = BeautifulSoup(html_of(work), "lxml")
    assert "evil.example" in made.get_text()
    assert made.find(id="__config") is None


@pytest.mark.parametrize(
    ("options", "unread"),
    [
        ("py", []),
        ("py title=foo.py linenums=1 hl_lines=1,3-5", []),
        ('py title="a b" linenums="true"', []),
        ("{.py #x linenums=1}", []),
        ("py linenums=false", []),
        ("py linenums=first", ["linenums=first"]),
        ("py hl_lines=a-b", ["hl_lines=a-b"]),
        ("{.py onclick=alert(1) title=x}", ["onclick=alert(1)"]),
        ("js {cmd=node}", ["cmd=node"]),
        ("{python echo=FALSE}", ["echo=FALSE"]),
        ("a=b", []),
    ],
)
def test_an_option_that_is_left_out_is_told(options: str, unread: list[str]) -> None:
    site = knowledge_base({"notes/a.md": f"# A\n\n> ```{options}\n> x\n> ```\n"})
    told = [each for each in site.diagnostics if each.code == "fence-option"]
    assert [each.message.partition("”")[0].removeprefix("“") for each in told] == unread
    assert [(each.line, each.column) for each in told] == [(3, 6 + options.index(each)) for each in unread]


@pytest.mark.parametrize(
    "text",
    [
        '## Term <a id="{}"></a>\n\nx\n',
        '## Term\n\n<a name="{}"></a>x\n',
        "## Term\n\nx <span id='{}'>y</span>\n",
        "**Term** <a id='{}'></a>: x\n",
        "- **Term**: x <b id={}>y</b>\n",
        "| Term | Definition |\n| - | - |\n| T | <i id='{}'>y</i> |\n",
        "Term\n: <kbd id={}>y</kbd>\n",
        "## Term {{#{}}}\n\nx\n",
        "## {}\n\nx\n",
        "**`{}`**: x\n",
    ],
)
@pytest.mark.parametrize("name", ["__config", "__proto__", 'a"b'])
def test_no_term_takes_an_id_of_the_themes(text: str, name: str) -> None:
    written = text.format(name.replace('"', "&quot;") if "<" in text else name)
    site = knowledge_base({"notes/a.md": "# A\n", "glossary/g.md": f"# Glossary\n\n{written}"})
    for page in site.pages:
        made = BeautifulSoup(html_of(page), "lxml")
        taken = [each[key] for key in ("id", "name") for each in made.find_all(attrs={key: True})]
        assert not [each for each in taken if each.startswith("__") or '"' in each]


@pytest.mark.parametrize(
    "text", ['<a id="__x"></a>', "<a name='__x'></a>", "<p id=__x>y</p>", "<h2 id='__x'>y</h2>", "> <b id=__x>y</b>"]
)
def test_a_link_to_an_id_that_is_not_written_is_told(text: str) -> None:
    site = knowledge_base({"notes/a.md": f"# A\n\n[x](#__x)\n\n{text}\n"})
    assert "anchor-missing" in {each.code for each in site.diagnostics}


CONTROLS = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F]
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def spoken(site: Site) -> str:
    """All that is said of the pages of a site: their HTML, titles, metadata and search records."""
    return "\n".join(
        f"{html_of(each)}{each.title}{each.metadata}{each.summary}{each.updated}".replace("\\x", "\x01")
        for each in site.pages
    )


@pytest.mark.parametrize("place", PLACES)
def test_no_entity_spells_a_control_character(place: str) -> None:
    form = "".join(f"a&#{number};&#x{number:X};" for number in CONTROLS)
    site = knowledge_base({"notes/a.md": f"{place.replace('@', form)}\n", "notes/b.md": "# B\n"}, ["i.png"])
    assert CONTROL.search(spoken(site)) is None


@pytest.mark.parametrize(
    "key", ["title", "description", "author", "tags", "aliases", "date", "lang", "status", "url", "kind", "series"]
)
def test_no_escape_of_yaml_spells_a_control_character(key: str) -> None:
    form = "".join(f"a\\x{number:02x}" for number in CONTROLS)
    files = {
        "notes/a.md": f'---\n{key}: "{form}"\n---\nx [b](b.md)\n',
        "notes/c.md": f'---\n{key}: ["{form}", "a\\ex"]\n---\nx\n',
        "notes/b.md": "# B\n\n[[a]]\n",
    }
    assert CONTROL.search(spoken(knowledge_base(files))) is None


@pytest.mark.parametrize(
    "key", ["title", "author", "source_url", "cover_image_url", "summary", "document_note", "category", "asin"]
)
def test_no_escape_of_json_spells_a_control_character(key: str) -> None:
    form = "".join(f"a{chr(number)}&#{number};" for number in CONTROLS)
    highlight = {"id": 1, "text": f"A passage {form}", "note": form, "tags": [{"name": form}], "url": form}
    book = {"user_book_id": 1, "title": "B", "author": "A", "category": "books", "highlights": [highlight]}
    site = knowledge_base({"notes/w.json": json.dumps([{**book, key: f"x {form}", "book_tags": [{"name": form}]}])})
    assert CONTROL.search(spoken(site)) is None


@pytest.mark.parametrize("number", [0x01, 0x1B, 0x7F])
def test_no_export_holds_a_control_character(number: int) -> None:
    sign = f"x{chr(number)}y"
    texts = {
        "notes/w.md": f"# W{sign}\n\n## Metadata\n- Author: [[A{sign}]]\n- Full Title: T{sign}\n- Category: #books\n\n"
        f"## Highlights\n- One {sign} ([View Highlight](https://read.readwise.io/read/1))\n    - Note: n{sign}\n",
        "notes/My Clippings.txt": f"B{sign} (A{sign})\n- Your Highlight on page 1 | Added on Monday, January 1, 2024 "
        f"10:00:00 AM\n\nText {sign}\n==========\n",
        "notes/r.csv": "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
        f"Highlighted at,Document tags\nh{sign},B{sign},A{sign},,n{sign},,t{sign},page,1,2024-01-01 10:00:00,x{sign}\n",
    }
    assert CONTROL.search(spoken(knowledge_base(texts))) is None
