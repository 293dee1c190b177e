"""The rows of the fault corpus that a folder of notes can hold: what is in it, what is found, what is shown and what is not.

Every row is a folder of notes named by its id. `found` lists what is found above info, and the infos that the row asks for, as
`file:line:column severity code`; `shows` and `hides` are about the HTML of the row's pages. What a row asks for and aikb does
otherwise is said beside it. `ELSEWHERE` names the tests of the rows that are about more than a folder.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

CANARY = "CANARYWORD"


@dataclass(frozen=True)
class Row:
    """A fault: what is in the folder, and what has to come out."""

    id: str
    files: dict[str, str]
    """Texts by path in the row's folder; `-> target` is a symbolic link."""
    found: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    """What is in the messages."""
    elsewhere: dict[str, str] = field(default_factory=dict)
    """Texts by path in the notes folder."""
    broken: str = ""
    """A known fault of aikb's, and where."""


def export(title: str, *items: str, group: str = "Highlights", address: str = "") -> str:
    """An export of highlights; each row has a title of its own, else they would be one work."""
    about = f"- Author: [[Ann]]\n- URL: {address or f'https://example.org/{title.lower()}'}\n"
    return f"# {title}\n\n## Metadata\n{about}\n## {group}\n" + "".join(f"- {item}\n" for item in items)


def view(identifier: str) -> str:
    """The label of a highlight."""
    return f"([View Highlight](https://read.readwise.io/read/{identifier}))"


LATER = "## New highlights added October 14, 2024 at {} AM\n"
FULL = [f"The passage of number {number}. {view(f'01full{number:02}')}" for number in range(67)]

NFC, NFD = (unicodedata.normalize(form, "Été à Sète") for form in ("NFC", "NFD"))

ROWS = (
    # Links and anchors ---------------------------------------------------------------------------------------------------
    Row(
        # the link leads to the heading, `glossaire_lmsys`, and not to the case-only match: that is where it was meant to land
        "LNK-01",
        {"a.md": "# A\n\n## Glossaire_LMSYS <a name='GlossaireLMSYS'></a>\n\nText\n\nSee [LMSYS](#glossairelmsys).\n"},
        found=("a.md:7:5 warning anchor-case",),
        shows=('href="#glossaire_lmsys"', 'id="glossaire_lmsys"', 'name="GlossaireLMSYS"'),
        says=("no anchor “glossairelmsys” on this page (did you mean “glossaire_lmsys” or “GlossaireLMSYS”?)",),
    ),
    Row(
        "LNK-02",
        {"a.md": "# Nape\n\n## Nopes\n\n## None\n\n## Nole\n\n## Far from it\n\n[x](#nope)\n"},
        found=("a.md:11:1 error anchor-missing",),
        shows=(">x<",),
        says=("no anchor “nope” on this page (did you mean “#nopes” (Nopes) or “#n",),
    ),
    Row(
        "LNK-04",
        {"a.md": "### [LLaMA with block expansion]()\n\n[X.ai official blogpost]()\n"},
        found=("a.md:1:5 warning link-empty", "a.md:3:1 warning link-empty"),
        shows=("LLaMA with block expansion", "X.ai official blogpost"),
        hides=("<a ",),
    ),
    Row(
        "LNK-05",
        {"a.md": "![the alternative]()\n"},
        found=("a.md:1:1 error image-empty",),
        shows=("the alternative",),
        hides=("<img", "src="),
    ),
    Row(
        "LNK-07",
        {"a.md": "See [the text][nope] here.\n"},
        found=("a.md:1:5 error reference-undefined",),
        shows=("the text",),
        hides=("<a ",),
    ),
    Row(
        "LNK-08",
        {"a.md": "[a] and [A]\n\n[a]: https://example.org/first\n[A]: https://example.org/second\n"},
        found=("a.md:4:2 warning reference-duplicate",),
        shows=('<a href="https://example.org/first">a</a>', '<a href="https://example.org/first">A</a>'),
        hides=("second",),
    ),
    Row(
        "LNK-10",
        {"a.md": "[Mixup](/self-supervised-learning/MixMatch/readme.md)\n"},
        found=("a.md:1:1 error link-root-absolute",),
        shows=("Mixup",),
        hides=("<a ", "self-supervised-learning"),
    ),
    Row(
        "LNK-11",
        {"a.md": "![fig](/img/lnk11.png)\n"},
        found=("a.md:1:1 info link-root-relative",),
        shows=('src="../img/lnk11.png"',),
        elsewhere={"img/lnk11.png": ""},
    ),
    Row(
        "LNK-13",
        {"a.md": 'Text <a href="lnk13.md">a link</a> here\n\n<img src="lnk13.png" alt="a picture">\n'},
        found=("a.md:1:6 error link-missing", "a.md:3:1 error image-missing"),
        shows=("a link", "a picture"),
        hides=("href=", "src="),
    ),
    Row(
        "LNK-14",
        {
            "a.md": 'Use `<a name="ghost">` here.\n\n    <a name="ghost">\n\n```html\n<a name="ghost">\n```\n\n[a](#ghost)\n'
        },
        found=("a.md:9:1 error anchor-missing",),
        hides=('<a name="ghost"', '<a id="ghost"', 'id="ghost"'),
    ),
    Row(
        # no snippet is ever included, so an id in one is on no page: the directive is shown, and the link to the id is dead
        "LNK-16",
        {
            "a.md": '[a](#) [b](#top) [c](#:~:text=foo) [d](b.md#:~:text=foo)\n\n--8<-- "b.md"\n\n[e](#inside)\n',
            "b.md": "# B\n\n<a id='inside'></a>\n",
        },
        found=("a.md:3:1 warning include-ignored", "a.md:5:1 error anchor-missing"),
        shows=('href="#:~:text=foo"', 'href="b.md#:~:text=foo"', "--8&lt;--"),
    ),
    Row(
        "LNK-17",
        {"a.md": "See [here](https://www.example.org/search?q=x for (more) words.\n\n## Next\n\nText\n"},
        found=("a.md:1:5 warning link-unterminated",),
        shows=("See [here](", "https://www.example.org/search?q=x", "for (more) words.", '<h2 id="next">Next</h2>'),
    ),
    Row(
        "LNK-19",
        {"a.md": "# Alone\n", "b.md": "[c](c.md)\n", "c.md": "[b](b.md)\n"},
        found=("a.md:1:1 info orphan",),
    ),
    Row(
        "LNK-20",
        {
            "a.md": "[the plan](secret.md) [another](hidden.md#x) <a href='secret.md'>html</a> [[secret]]\n",
            "secret.md": f"---\ndraft: true\n---\n# {CANARY}\n",
            "hidden.md": f"---\npublish: false\ntitle: {CANARY}\n---\n# {CANARY}\n",
        },
        found=(
            "a.md:1:1 error link-to-private",
            "a.md:1:23 error link-to-private",
            "a.md:1:46 error link-to-private",
            "a.md:1:75 error link-to-private",
        ),
        shows=("the plan", "another", "html"),
        hides=(CANARY, "<a ", "href"),
    ),
    # Ids -----------------------------------------------------------------------------------------------------------------
    Row(
        "SLG-01",
        {"a.md": "- [x](#avantages-)\n- [y](#avantages--1)\n\n#### Avantages :\n\n#### Avantages :\n"},
        shows=('id="avantages-"', 'id="avantages--1"', 'href="#avantages-"', 'href="#avantages--1"'),
    ),
    Row(
        "SLG-02",
        {
            "a.md": "[x](#caractéristiques-principales-du-fine-tuning-)\n\n"
            "## Caractéristiques principales du fine-tuning :\n\n[y](#caract%C3%A9ristiques-principales-du-fine-tuning-)\n"
        },
        shows=('id="caractéristiques-principales-du-fine-tuning-"',),
    ),
    Row(
        "SLG-04",
        {
            "a.md": "[x](#itscomplicated) [y](#attention-is-all-you-need-to-build)\n\n## It’s…complicated\n\n"
            "## Attention is all you need… to build\n"
        },
        shows=('id="itscomplicated"', 'id="attention-is-all-you-need-to-build"'),
    ),
    Row(
        "SLG-05",
        {
            "a.md": "[x](#20-are-neuro-symbolic-systems-making-a-comeback)\n\n## Neuro-symbolic systems\n\n"
            "## 20 Are [neuro-symbolic systems](#neuro-symbolic-systems) making a comeback?\n"
        },
        shows=('id="20-are-neuro-symbolic-systems-making-a-comeback"', 'href="#neuro-symbolic-systems"'),
    ),
    Row(
        "SLG-07",
        {"a.md": "# Foo\n\n# Foo\n\n# Foo-1\n\n[x](#foo) [y](#foo-1) [z](#foo-1-1)\n"},
        shows=('id="foo"', 'id="foo-1"', 'id="foo-1-1"'),
    ),
    Row(
        # a finding for each place after the first, with the first's line in it, so that all lines are named
        "SLG-08",
        {"a.md": '# A {#k}\n\n# B {#k}\n\n<a id="k"></a>\n\n[x](#k)\n'},
        found=("a.md:3:1 error id-duplicate", "a.md:5:1 error id-duplicate"),
        shows=('<h1 id="k">A', '<h1 id="b">B'),
        hides=('<a id="k"',),
        says=("id “k” is already used in line 1",),
    ),
    Row(
        "SLG-10",
        {"a.md": "# 𝗧𝗵𝗲 𝗘𝗻𝗱\n\n[x](#the-end)\n"},
        found=("a.md:1:1 info text-styled-unicode",),
        shows=('id="the-end"', "𝗧𝗵𝗲 𝗘𝗻𝗱"),
    ),
    Row(
        "SLG-11",
        {
            "a.md": f"# {NFD}\n\n[x](#{NFC.lower().replace(' ', '-')}) [y](b.md#{NFD.lower().replace(' ', '-')})\n",
            "b.md": f"# {NFC}\n\n[a](a.md)\n",
        },
        shows=(f'id="{NFC.lower().replace(" ", "-")}"', f'href="b.md#{NFC.lower().replace(" ", "-")}"'),
        hides=(f'id="{NFD.lower().replace(" ", "-")}"',),
    ),
    # Highlights ----------------------------------------------------------------------------------------------------------
    Row(
        # the ids and the groups are counted in a test of their own
        "RW-01",
        {
            "a.md": "---\nauthor: [[Ann]]\ndate: 2024-10-11\n---\n"
            + export("Full", *FULL[:8]).rstrip("\n")
            + f"\n{LATER.format('9:56')}- {FULL[8]}\n{LATER.format('11:56')}"
            + "".join(f"- {each}\n" for each in FULL[9:])
        },
        shows=("The passage of number 0.", 'id="h-01full66"'),
        hides=("author:", "Metadata", "View Highlight"),
    ),
    Row(
        "RW-03",
        {"a.md": export("Bullets", "Intro:\n  ● one\n  ● ● two, and more ● three")},
        shows=("<p>Intro:</p>", "<li>one</li>", "<li>two, and more</li>", "<li>three</li>"),
        hides=("●",),
    ),
    Row(
        "RW-04",
        {
            "a.md": export(
                "Cut", "odels built for mobile.", "ll representation of it.", "terprise automation.", "Whole."
            )
        },
        found=tuple(f"a.md:{line}:1 info highlight-truncated" for line in (8, 9, 10)),
        shows=("<p>odels built for mobile.</p>", "<p>ll representation of it.</p>", "<p>terprise automation.</p>"),
    ),
    Row(
        "RW-06",
        {
            "a.md": export("Again", f"As it was. {view('01again')}")
            + LATER.format("9:56")
            + f"- As it became. {view('01again')}\n"
        },
        found=("a.md:10:1 info highlight-duplicate",),
        shows=("As it became.", 'id="h-01again"'),
        hides=("As it was.",),
    ),
    Row(
        "RW-07",
        {
            "a.md": export("Titres", "Un.", group="Nouveaux surlignages ajoutés le 14 octobre 2024 à 9:56")
            + "## My own heading\n- Deux.\n"
        },
        found=("a.md:9:1 warning readwise-heading",),
        shows=("Nouveaux surlignages ajoutés le 14 octobre 2024 à 9:56</h2>", "My own heading</h3>", "Un.", "Deux."),
    ),
    Row(
        "RW-09",
        {"a.md": export("Furniture", "A title\n  #stateofai | 23 →\n  The text.", "#tag at the start of a line")},
        shows=('<span class="aikb-place">p. 23</span>', "<p>#tag at the start of a line</p>"),
        hides=("stateofai", "<h1>tag", 'id="tag'),
    ),
    Row(
        "RW-10",
        {"a.md": export("Open", "```\n  code", "Before <!-- never closed\n  after.", "The last one.")},
        found=("a.md:8:1 warning fence-unclosed", "a.md:10:1 warning html-malformed"),
        shows=("code", "&lt;!-- never closed", "after.", "<p>The last one.</p>"),
        hides=("<!--",),
    ),
    Row(
        # once for a file, whatever the number of addresses
        "RW-12",
        {
            "a.md": export(
                "Private",
                *(f"Passage {number}. {view(f'01private{number}')}" for number in range(67)),
                address="https://readwise.io/reader/document_raw_content/1",
            )
        },
        found=("a.md:1:1 info private-source-url",),
        hides=("readwise.io",),
    ),
    Row(
        "RW-13",
        {"a.md": export("Sizes", view("01empty"), "word " * 40_000, "The last one.")},
        found=("a.md:8:1 info highlight-empty", "a.md:9:1 warning highlight-long"),
        shows=("<details><summary>", "<p>The last one.</p>"),
        hides=("01empty",),
    ),
    # Structure -----------------------------------------------------------------------------------------------------------
    Row(
        "MD-01",
        {"a.md": "Summary\n- item one\n- item two\n  - inner\n"},
        shows=("<p>Summary</p>", "<li>item one</li>", "<li>inner</li>"),
        hides=("- item",),
    ),
    Row(
        "MD-02",
        {"a.md": "Text\n\n#AI #ScalingLaws #LLM"},
        shows=("#ScalingLaws</a>", "<h1>A</h1>"),
        hides=('<h1 id="ai', "<h1>AI"),
    ),
    Row(
        "MD-04",
        {"a.md": "It starts with <bot> and ends with <eot>.\n"},
        found=("a.md:1:16 info html-unknown", "a.md:1:36 info html-unknown"),
        shows=("&lt;bot&gt; and ends with &lt;eot&gt;",),
        hides=("<bot>", "<eot>"),
    ),
    Row(
        "MD-05",
        {"a.md": "The <2.5B parameter models, where a < b && c > d.\n"},
        shows=("The &lt;2.5B parameter models, where a &lt; b &amp;&amp; c &gt; d.",),
    ),
    Row(
        "MD-07",
        {"a.md": "Text\n\n```python\nprint(1)\n\n## lost heading\n"},
        found=("a.md:3:1 warning fence-unclosed",),
        shows=("lost heading",),
        hides=('id="lost-heading"',),
    ),
    Row(
        "MD-08",
        {"a.md": "Before\n\n<!-- oops\n\nAfter\n\n## Heading\n"},
        found=("a.md:3:1 warning html-malformed",),
        shows=("&lt;!-- oops", "<p>After</p>", '<h2 id="heading">'),
        hides=("<!--",),
    ),
    Row(
        "MD-10",
        {"a.md": "0. Initialize\n1. Go\n\nand\n\n- one\n- \n- two\n\ntext\n-> line\n^ note\n"},
        found=("a.md:7:1 info list-item-empty",),
        shows=('start="0"', "text\n-&gt; line\n^ note"),
    ),
    Row(
        "MD-11",
        {"a.md": "# Intro\n\n### Deep\n\n# FrontierMath\n\n## Next\n"},
        found=("a.md:3:1 info heading-order",),
        shows=('<h3 id="deep"', '<h1 id="frontiermath"'),
    ),
    Row(
        # includes are never run, so there is no cycle: the directive is text, and a warning says so
        "MD-13",
        {
            "a.md": 'A\n\n--8<-- "b.md"\n',
            "b.md": 'B\n\n--8<-- "a.md"\n',
            "c.md": '--8<-- "c.md"\n',
            **{f"chain{number}.md": f'--8<-- "chain{number + 1}.md"\n' for number in range(40)},
        },
        found=(
            "a.md:3:1 warning include-ignored",
            "b.md:3:1 warning include-ignored",
            "c.md:1:1 warning include-ignored",
            *sorted(f"chain{number}.md:1:1 warning include-ignored" for number in range(40)),
        ),
        shows=("--8&lt;-- &quot;b.md&quot;".replace("&quot;", '"'),),
    ),
    Row(
        # the same: whether the file is there or not makes no difference
        "MD-14",
        {"a.md": '--8<-- "gone.md"\n\nText\n\n--8<--\ngone.md\n--8<--\n'},
        found=(
            "a.md:1:1 warning include-ignored",
            "a.md:5:1 warning include-ignored",
            "a.md:7:1 warning include-ignored",
        ),
        shows=("--8&lt;--", "Text"),
    ),
    # Files and paths -----------------------------------------------------------------------------------------------------
    Row(
        # the alternative text is info: on the notes this was made for, nothing else may be above it
        "FIL-01",
        {"a.md": "![alt text](./img/fil01.png) and ![A cat](cat01.png)\n"},
        found=(
            "a.md:1:1 info image-alt",
            "a.md:1:1 error image-missing",
            "a.md:1:34 error image-missing",
        ),
        shows=("alt text", "A cat"),
        hides=("<img",),
    ),
    Row(
        # `....` is a folder's name like another one, and not two steps up: nothing is there
        "FIL-02",
        {
            "a.md": "![x](../../../secret.png) [y](..%2f..%2f..%2fx) [z](....//x) <img src='../../../secret.png' alt='w'>\n"
        },
        found=(
            "a.md:1:1 error path-escape",
            "a.md:1:27 error path-escape",
            "a.md:1:49 error link-missing",
            "a.md:1:62 error path-escape",
        ),
        hides=("src=", "href=", "secret.png"),
    ),
    Row(
        "FIL-04",
        {"a/b.md": "# B\n\n[c](c.md)\n", "a/c.md": "# C\n\n[b](b.md)\n", "a/loop": "-> .."},
        found=("a/loop:1:1 warning symlink-loop",),
    ),
    Row(
        # a file that goes away during the build, and one that may not be read: see below
        "FIL-05",
        {"a.md": "# A\n\nText\n", "d.md": "-> nowhere.md"},
        found=("d.md:1:1 error file-unreadable",),
        shows=("Text",),
        says=("cannot be read: a symbolic link to nothing",),
    ),
    Row(
        "FIL-07",
        {"README.md": "# One\n\nFirst\n", "index.md": "# Two\n\nSecond\n"},
        found=("README.md:1:1 error output-collision",),
        shows=("Second",),
        hides=("First",),
        says=("would be the same page as notes/FIL-07/index.md; this file is left out",),
    ),
    Row(
        "FIL-07b",
        {"a.md": "# One\n\nFirst\n", "a/index.md": "# Two\n\nSecond\n"},
        found=("a.md:1:1 error output-collision",),
        shows=("Second",),
        hides=("First",),
    ),
    Row(
        "FIL-08",
        {
            "index.md": "[1](a%20b.md) [2](<a b.md>) [3](c%23d.md) [4](e%3Ff.md) [5](g%2520h.md) [6](100%25.md) [7](100%.md)\n",
            **{name: f"# {name}\n\n[i](index.md)\n" for name in ("a b.md", "c#d.md", "e?f.md", "g%20h.md", "100%.md")},
        },
        found=(
            "100%.md:1:1 info file-name",
            "c#d.md:1:1 info file-name",
            "e?f.md:1:1 info file-name",
            "g%20h.md:1:1 info file-name",
        ),
        shows=('href="a%20b.md"', 'href="c%23d.md"', 'href="e%3Ff.md"', 'href="g%2520h.md"', 'href="100%25.md"'),
    ),
    Row(
        # what is hidden is not even named: it is never looked at
        "FIL-10",
        {
            "a.md": "[the paper](used10.pdf)\n",
            "used10.pdf": "",
            "tax10.pdf": CANARY,
            ".env": CANARY,
            ".obsidian/workspace.md": f"# {CANARY}",
        },
        found=("tax10.pdf:1:1 info asset-unpublished",),
        hides=(CANARY,),
    ),
    # Front matter --------------------------------------------------------------------------------------------------------
    Row(
        "FM-01",
        {"a.md": "---\nauthor: [[Nathan Benaich]]\n---\n# Fm01\n"},
        shows=("Fm01",),
        hides=("[[", "['"),
    ),
    Row(
        # a name in brackets and words around them are read as people mean them: nothing is broken, and nothing is told
        "FM-02",
        {"a.md": "---\nauthor: [[A]] and [[B]]\nunknown: KEPTOUT\n---\nThe text.\n"},
        shows=("The text.",),
        hides=("KEPTOUT", "[["),
    ),
    Row(
        # the line is in the finding; what it says is in no page
        "FM-04",
        {"a.md": "---\ntitle: Open\nunknown: KEPTOUT\n\n# Fm04\n\nThe text.\n"},
        found=("a.md:1:1 error frontmatter-unclosed",),
        shows=("The text.",),
    ),
    Row(
        # a key without a value is what a template leaves there, and the heading is the title: nothing is told
        "FM-05",
        {
            "a.md": "---\ntitle: 2024\n---\nText\n",
            "b.md": "---\ntitle: [a, b]\n---\n# The heading\n",
            "c.md": "---\ntitle:\n---\n# The other heading\n",
        },
        found=("b.md:2:1 error frontmatter-type",),
        shows=("<h1>2024</h1>", "The heading", "The other heading"),
        hides=("['a'",),
    ),
    Row(
        "FM-07",
        {
            "a.md": "---\ntags: fm07a\n---\n# A\n",
            "b.md": "---\ntags: \n  - fm07b\n  - fm07c\n---\n# B\n",
            "c.md": "---\ntags: [FM07D, fm07d, Fm07d ]\n---\n# C\n",
        },
        hides=("fm07",),  # tags are no text of the note; tests/read/test_front_matter.py compares them
    ),
    Row(
        "FM-08",
        {"a.md": "---\ntitle: The first\ntitle: The second\n---\nText\n"},
        found=("a.md:3:1 warning frontmatter-duplicate-key",),
    ),
    Row(
        "FM-10",
        {
            "a.md": "---\n"
            + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * 9)}]\n" for n in range(9))
            + "---\nText A\n",
            "b.md": "---\nx: " + "[" * 3_000 + "\n---\nText B\n",
            "c.md": "---\nx: " + "y" * 5_000_000 + "\n---\nText C\n",
        },
        found=tuple(f"{name}.md:1:1 error frontmatter-limit" for name in "abc"),
        shows=("Text A", "Text B", "Text C"),
    ),
    Row(
        # what is clear, `yes`, is taken as it is said; of what is not the author is told, and all three are private
        "FM-11",
        {
            "a.md": f'---\ndraft: "false"\n---\n# {CANARY}\n',
            "b.md": f"---\ndraft: non\n---\n# {CANARY}\n",
            "c.md": f"---\ndraft: yes\n---\n# {CANARY}\n",
            "d.md": "# Shown\n",
        },
        found=("a.md:2:1 error frontmatter-type", "b.md:2:1 error frontmatter-type"),
        shows=("Shown",),
        hides=(CANARY,),
    ),
    Row(
        # other programs keep keys of their own in front matter, and no reader misses one: nothing is told
        "FM-13",
        {"a.md": "---\ntaggs: [x]\nTitre: y\n---\n# Fm13\n"},
        shows=("Fm13",),
    ),
    # Encoding ------------------------------------------------------------------------------------------------------------
    Row(
        "ENC-02",
        {
            "a.md": "\udcff\udcfe" + "".join(f"{char}\0" for char in "# Sixteen\n"),
            "b.md": "\udc89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "c.md": "# Shown\n",
        },
        found=("a.md:1:1 error encoding", "b.md:1:1 error encoding"),
        shows=("Sixteen", "Shown"),
        hides=("IHDR",),
    ),
    Row("ENC-03", {"a.md": "\ufeff---\ntitle: After a mark\n---\nText\n"}, shows=("After a mark",), hides=("title:",)),
    Row(
        "ENC-05",
        {"a.md": f"[x]({NFC.replace(' ', '%20')}.md)\n", f"{NFD}.md": "# Composed\n\n[a](a.md)\n"},
        shows=("Composed", "<a "),
    ),
    Row("ENC-06", {"a.md": "It is signi\ufb01cant.\n"}, shows=("signi\ufb01cant",)),
    Row(
        "ENC-08",
        {"a.md": "a\x1bb and c\x0cd\n"},
        found=("a.md:1:2 warning text-control", "a.md:1:10 warning text-control"),
        hides=("\x1b", "\x0c"),
    ),
    Row(
        "ENC-09",
        {"a.md": "Turned \u202e round, [a](b\u200b.md)\n", "b.md": "# B\n"},
        found=("a.md:1:8 warning text-invisible", "a.md:1:17 error link-missing", "a.md:1:22 warning text-invisible"),
        says=("U+202E", "U+200B"),
    ),
    Row(
        "ENC-11",
        {"a.md": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001d538 [x](gone11.md)\n"},
        found=("a.md:1:9 error link-missing",),
    ),
    # Languages and the glossary ------------------------------------------------------------------------------------------
    Row(
        "LNG-01",
        {
            "a.en.md": "# Both\n\nThe weather was fine when we left the house and walked down to the sea with them.\n\n"
            "Le temps était beau quand nous avons quitté la maison pour descendre avec eux vers la mer.\n"
        },
        shows=('lang="fr"',),
    ),
    Row(
        "GLO-01",
        {"a.md": "# Glossary\n\n## Glossaire_LMSYS\n\nOne.\n", "b.md": "# Glossary\n\n## Glossaire_LMSYS\n\nTwo.\n"},
        found=("b.md:3:1 error term-duplicate",),
        says=("GLO-01/a.md:3",),
    ),
    Row(
        "GLO-06",
        {
            "a.md": "# Glossary\n\n## Alphaterm\n\nSee Betaterm.\n\n## Betaterm\n\nSee Alphaterm.\n\n"
            "## Gammaterm\n\nAnother.\n\nAliases: alphaterm\n"
        },
        found=("a.md:11:1 error alias-conflict",),
    ),
    Row(
        "GLO-07",
        {
            "a.md": '# Glossary\n\n## Deltaterm\n\nA thing "><img src=i.png onerror=alert(1)> of it.\n\n# T\n\nThe deltaterm.\n'
        },
        found=("a.md:5:11 warning html-unsafe", "a.md:5:11 error image-missing"),
        hides=("onerror", "<img"),
    ),
    # Security ------------------------------------------------------------------------------------------------------------
    Row(
        "SEC-01",
        {
            "a.md": export(
                "Runs",
                "<script>alert(1)</script> one",
                "<img src=x onerror=alert(1)> two",
                "<details open ontoggle=alert(1)>three</details>",
            )
        },
        found=(
            "a.md:8:3 warning html-unsafe",
            "a.md:9:3 warning html-unsafe",
            "a.md:9:3 error image-missing",
            "a.md:10:3 warning html-unsafe",
        ),
        hides=("<script", "<img", "ontoggle"),
    ),
    Row(
        "SEC-03",
        {
            "a.md": "".join(
                f"{key}: '<img src=x onerror=alert(1)>{key}'\n" for key in ("---\ntitle", "author", "description")
            )
            + "tags: ['<script>alert(1)</script>']\n---\nText\n"
        },
        hides=("<img", "<script"),
    ),
    Row(
        "SEC-04",
        {"a.md": 'Text\n{: onclick="alert(1)" style="position:fixed" }\n\n**x**{ onmouseover=alert(1) }\n'},
        found=("a.md:2:1 warning html-unsafe", "a.md:4:6 warning html-unsafe"),
        hides=("onclick=", "position:fixed", "onmouseover="),
    ),
    Row("SEC-06", {"a.md": "## `<img src=x onerror=alert(1)>`\n"}, shows=("&lt;img",), hides=("<img",)),
    Row(
        "SEC-07",
        {
            "a.md": "![p](p07.svg)\n\n<svg><a><set attributeName=href to=javascript:alert(1)></a></svg>\n",
            "p07.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        },
        found=("a.md:3:1 warning html-unsafe",),
        shows=("<img",),
        hides=("<svg", "<set"),
    ),
    Row(
        # no snippet is ever run, so nothing is read: a warning, and the line is shown
        "SEC-09",
        {"a.md": '--8<-- "/etc/hostname"\n\n--8<-- "../mkdocs.yml"\n\n--8<-- "../docs_secret/x"\n'},
        found=tuple(f"a.md:{line}:1 warning include-ignored" for line in (1, 3, 5)),
        hides=("site_name",),
    ),
    Row(
        "SEC-10",
        {"a.md": f"---\ndraft: true\ntags: [{CANARY}]\n---\n# {CANARY}\n\n{CANARY}\n", "b.md": "# Shown\n"},
        shows=("Shown",),
        hides=(CANARY,),
    ),
    Row(
        # told by `aikb check --external` alone, which is tested where it asks; here they are links like others
        "SEC-12",
        {"a.md": "[a](http://169.254.169.254/) [b](http://127.0.0.1/) [c](http://[::1]/) [d](http://0x7f.1/)\n"},
    ),
    Row(
        "SEC-13",
        {"a.md": "[x](https://user:pass@host.example/)\n"},
        found=("a.md:1:1 error url-credentials",),
        hides=("user:pass",),
    ),
    Row(
        "SEC-16",
        {"x%0A::error::boo.md": "# Named\n\n[a\x1b[31mb](gone16.md)\n"},
        found=(
            "x%0A::error::boo.md:3:3 warning text-control",
            "x%0A::error::boo.md:3:4 error link-missing",
        ),
        shows=("Named",),
        hides=("\x1b",),
    ),
    # Pairs, and the author's own comments --------------------------------------------------------------------------------
    Row(
        "I18-02",
        {
            "a.fr.md": "# Le premier\n\nVoir [la page](b.en.md) du texte.\n",
            "b.en.md": "# The second\n\nThe words of it are here.\n",
            "b.fr.md": "# Le second\n\nLes mots en sont ici.\n",
        },
        found=("a.fr.md:3:6 warning locale-mismatch",),
    ),
    Row(
        "CFG-07",
        {"a.md": "<!-- aikb: ignore link-missing -->\nText\n\n<!-- aikb: ignore -->\n[x](gone07.md)\n"},
        found=(
            "a.md:1:1 info suppression-unused",
            "a.md:4:1 error suppression-invalid",
            "a.md:5:1 error link-missing",
        ),
    ),
)

ELSEWHERE = {
    "LNK-22": "online/test_external.py", "LNK-23": "online/test_external.py", "LNG-03": "adapters/test_search.py",
    "LNG-04": "adapters/test_search.py", "LNG-06": "test_locales.py", "GLO-03": "relate/test_mentions.py",
    "GLO-04": "relate/test_mentions.py", "SEC-15": "adapters/test_browser.py", "SCL-01": "bench/bench.py",
    "SCL-02": "read/test_disk.py", "SCL-04": "bench/bench.py", "SCL-05": "adapters/test_search.py",
    "SCL-07": "adapters/test_kills.py", "SCL-08": "adapters/test_serve.py", "I18-03": "adapters/test_browser_languages.py",
    "I18-05": "relate/test_pairs.py", "I18-06": "check/test_translations.py", "CFG-01": "test_settings.py",
    "CFG-02": "cli/test_cli.py", "CFG-04": "findings/test_report.py", "CFG-05": "adapters/test_mkdocs.py",
    "CFG-08": "adapters/test_mkdocs.py",
}  # fmt: skip
"""Rows about the web, the machine, the browser, the configuration, or more than one build, and where they are tested."""


def write(rows: Iterable[Row], folder: Path) -> None:
    """The knowledge base of some rows."""
    (folder / "notes").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(
        "site_name: Faults\ndocs_dir: notes\ntheme: material\nplugins: [aikb]\n", encoding="utf-8"
    )
    for row in rows:
        for path, text in {**{f"{row.id}/{path}": text for path, text in row.files.items()}, **row.elsewhere}.items():
            file = folder / "notes" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if text.startswith("-> "):
                file.symlink_to(text.removeprefix("-> "))
            else:
                file.write_bytes(text.encode("utf-8", "surrogateescape"))  # bytes that are no UTF-8 are surrogates
