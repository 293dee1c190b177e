"""The tree of a note, its spans, and where the reading is GitHub's rather than the parser's."""

from __future__ import annotations

import pytest

from aikb.model.document import Kind
from aikb.model.node import Node
from aikb.model.source import Span
from conftest import document, nodes

LINKS = [
    ("a [b](c.md) d", "c.md", "[b](c.md)"),
    ('[b](<c d.md> "t")', "c d.md", '[b](<c d.md> "t")'),
    ("![alt](i.png)", "i.png", "![alt](i.png)"),
    ("[a][r]\n\n[r]: x.md", "x.md", "[a][r]"),
    ("<https://a.org>", "https://a.org", "<https://a.org>"),
    ("[[Note|label]]", "Note", "[[Note|label]]"),
    ("![[i.png]]", "i.png", "![[i.png]]"),
    ("[[1]](https://a.org)", "https://a.org", "[[1]](https://a.org)"),
    ("x <a href='x.md'>t</a>", "x.md", "<a href='x.md'>"),
    ('<div>\n<a href="x.md">y</a>\n</div>', "x.md", '<a href="x.md">'),
    ("  <p>\n <a href='x.md'>", "x.md", "<a href='x.md'>"),
    ("> - é\n>\n>    <p>\n>   é <a href='x.md'>", "x.md", "<a href='x.md'>"),
    ("é🎉👩‍👩‍👧 𝗧 [b](c.md)", "c.md", "[b](c.md)"),
    ("> - é [b](c.md)", "c.md", "[b](c.md)"),
    ("| é |\n|---|\n| [b](c.md) |", "c.md", "[b](c.md)"),
    ("[^1]\n\n[^1]: é [b](c.md)", "c.md", "[b](c.md)"),
    ("---\ntitle: é\n---\n[b](c.md)", "c.md", "[b](c.md)"),
    ('!!! note "é"\n    é [b](c.md)', "c.md", "[b](c.md)"),
    ('!!! note "é [b](c.md)"\n    é', "c.md", "[b](c.md)"),
    ("- é\n\n    ??? tip\n\n        é [b](c.md)", "c.md", "[b](c.md)"),
    ('=== "é"\n    !!! note\n\t\té [b](c.md)', "c.md", "[b](c.md)"),
    ("$1 [b](c.md) $2", "c.md", "[b](c.md)"),
    ("<!-- never closed\n\n[b](c.md)", "c.md", "[b](c.md)"),
    ("é | b\n-\t|-\n[b](c.md) | d", "c.md", "[b](c.md)"),
    ("\x00é [b](c.md)", "c.md", "[b](c.md)"),
    ("[a\nb](c&amp;d.md)", "c&d.md", "[a\nb](c&amp;d.md)"),
]


@pytest.mark.parametrize(("text", "target", "raw"), LINKS)
def test_a_link_knows_its_target_and_its_place(text: str, target: str, raw: str) -> None:
    links = document(text).links
    assert [(link.target, text[link.span.start : link.span.end]) for link in links] == [(target, raw)]


@pytest.mark.parametrize(
    ("text", "address", "raw"),
    [
        ("see https://a.org/x.", "https://a.org/x", "https://a.org/x"),
        ("(https://a.org/x_(y))", "https://a.org/x_(y)", "https://a.org/x_(y)"),
        ("www.a.org, and more", "http://www.a.org", "www.a.org"),
        ("a.b@c-d.org", "mailto:a.b@c-d.org", "a.b@c-d.org"),
        ("*https://a.org*", "https://a.org", "https://a.org"),
        ("~~https://a.org~~", "https://a.org", "https://a.org"),
        ("https://a.org/_b_*c*", "https://a.org/_b_*c", "https://a.org/_b_*c"),
        ("https://a.org/?q=a;b;", "https://a.org/?q=a;b", "https://a.org/?q=a;b"),
        ("https://a.org/x&amp;y", "https://a.org/x&y", "https://a.org/x&amp;y"),
        ("http://a.org<b>", "http://a.org", "http://a.org"),
        ("!!! note\n    https://a.org/x_y_z", "https://a.org/x_y_z", "https://a.org/x_y_z"),
        ("« https://a.org »", "https://a.org", "https://a.org"),
    ],
)
def test_a_bare_address_is_a_link_by_githubs_rule(text: str, address: str, raw: str) -> None:
    links = document(text).links
    assert [(link.target, text[link.span.start : link.span.end]) for link in links] == [(address, raw)]


@pytest.mark.parametrize(
    "text",
    [
        "\\* https://a.org, R&amp;D b@c.org; www.d.org/x&amp;y.",
        "\\\\&amp;\\&amp; https://a.org, &NotEqualTilde;&#233; b@c.org; www.d.org/x&amp;y.",
        "> - é\\_ &lt; https://a.org, \\é b@c.org; www.d.org/x&amp;y.",
        "!!! note\n    a\\_b https://a.org, b@c.org; www.d.org/x&amp;y.",
    ],
)
def test_addresses_behind_escapes_have_places_of_their_own(text: str) -> None:
    links = document(text).links
    assert [text[link.span.start : link.span.end] for link in links] == [
        "https://a.org",
        "b@c.org",
        "www.d.org/x&amp;y",
    ]
    assert [link.target for link in links] == ["https://a.org", "mailto:b@c.org", "http://www.d.org/x&y"]


@pytest.mark.parametrize(
    "text",
    [
        "xhttp://a.org",
        "https://a_b.org",
        "`https://a.org`",
        "    https://a.org",
        "www.",
        "a@b",
        "http://",
        "awww.a.org",
    ],
)
def test_what_is_no_address_is_no_link(text: str) -> None:
    assert document(text).links == ()


@pytest.mark.parametrize(
    "text", ["`[a](b.md)`", "    [a](b.md)", "```\n[a](b.md)\n```", "\\[a](b.md)", "<!-- [a](b.md) -->", "$[a](b.md)$"]
)
def test_what_is_no_text_holds_no_link(text: str) -> None:
    assert document(text).links == ()


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$x$ and $y$", ["x", "y"]),
        ("$5$ and $O(n^2)$", ["5", "O(n^2)"]),
        ("$n$ tokens at $2 each", ["n"]),
        ("$3\\times 4$", ["3\\times 4"]),
        ("$2^{10}$ costs $5", ["2^{10}"]),
        ("\\$5 and $x$", ["x"]),
        ("$5 and $6", []),
        ("costs $5, then $6.", []),
        ("from $5M to $6M", []),
        ("$1,000 – $2,000", []),
        ("$30 (or $40)", []),
        ("US$5 or A$6", []),
        ("$ x $", []),
        ("a$b$c", []),
        ("`$x$`", []),
        ("objects $0, 1$ and $i$", ["0, 1", "i"]),
        ("the pair $1, 2$, then", ["1, 2"]),
        ("($3/4$)", ["3/4"]),
        ("$0$-$1$", ["0", "1"]),
    ],
)
def test_amounts_of_money_are_no_formula(text: str, formulas: list[str]) -> None:
    assert [node.text for node in nodes(text, "math")] == formulas


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("export PATH=$PYENV_ROOT/bin:$PATH", []),
        ('[[ -d $PYENV_ROOT/bin ]] && export PATH="$PYENV_ROOT/bin:$PATH"', []),
        ('echo "A = $CI_COMMIT_SHA"\nif [ "$CI_TAG" ]; then', []),
        ('NAME="tf_${TF_VERSION}_${TF_ARCH}.zip"', []),
        ("${var/abc/& } and ${x}", []),
        ("$(cat id.pub) then $(date)", []),
        ('"$@" is not "$*"', []),
        ("$my_dir/$my_file", []),
        ("for $HOME, see $HOME.", []),
        ("$HOME and $x$", ["x"]),
        ("$ABC$ and $AB$", ["ABC", "AB"]),
        ("$NP_{n}$ and $x$", ["NP_{n}", "x"]),
        ("$x_1$ and ${a}_b$", ["x_1", "{a}_b"]),
        (r"$\mathbb{R}$s and $n$th", [r"\mathbb{R}"]),
        ("$f(x)$ and $(a)$", ["f(x)", "(a)"]),
    ],
)
def test_variables_of_a_shell_are_no_formula(text: str, formulas: list[str]) -> None:
    assert [node.text for node in nodes(text, "math")] == formulas


@pytest.mark.parametrize("text", ["$$x$$", "$$\nx\n$$"])
def test_two_dollars_make_a_block(text: str) -> None:
    assert [node.text.strip() for node in nodes(text, "math-block")] == ["x"]


def outline(node: Node) -> str:
    inner = " ".join(outline(child) for child in node.children if child.kind not in ("text", "soft-break"))
    return f"{node.kind}({inner})" if inner else node.kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('!!! note "T"\n    a\n\n    b\nc', "material(caption paragraph paragraph) paragraph"),
        ("??? note\n    - a", "material(list(item(plain)))"),
        ('=== "A"\n    a\n\n=== "B"\n    b', "material(caption paragraph) material(caption paragraph)"),
        ('=== "A"\n    a\n=== "B"\n    b', "material(caption paragraph) material(caption paragraph)"),
        ("- x\n\n    !!! note\n        a\n- y", "list(item(paragraph material(paragraph)) item(paragraph))"),
        ("!!! note\n    !!! tip\n        a", "material(material(paragraph))"),
        ("!!! note\n    ```\n    a\n    ```\n    # b", "material(code heading)"),
        ("!!! note\nnot indented", "paragraph"),
        ("text\n!!! note\n    a", "paragraph material(paragraph)"),
        ("text\n!!! note\n    - a\n    - b\nc", "paragraph material(list(item(plain) item(plain))) paragraph"),
        ('text\n??? tip "T"\n    a\n!!! x\n    b', "paragraph material(caption paragraph) material(paragraph)"),
        ('text\n=== "A"\n    a\n=== "B"\n    b', "paragraph material(caption paragraph) material(caption paragraph)"),
        ("- x\n  !!! note\n      a", "list(item(plain material(paragraph)))"),
        ("text\n    !!! note\n        a", "paragraph"),
        ("text !!! note\n    a", "paragraph"),
        ("> text\n!!! note\n    a", "quote(paragraph) material(paragraph)"),
        ("- text\n!!! note\n    a", "list(item(plain)) material(paragraph)"),
        ("text\n!!! note\na", "paragraph"),
        ("# H\n!!! note\n    a", "heading material(paragraph)"),
        ("```\n!!! note\n    a\n```", "code"),
        ("    !!! note\n        a", "code"),
        ("[^1]:<!--\n??? tip\n    a", "footnote(paragraph) material(paragraph)"),
        ("> [!TIP]\n> a", "alert(paragraph)"),
        ("> [!OTHER]\n> a", "callout(paragraph)"),
    ],
)
def test_materials_blocks_are_blocks(text: str, expected: str) -> None:
    assert " ".join(outline(block) for block in document(text).blocks) == expected


def test_references_and_footnotes_reach_into_materials_blocks() -> None:
    text = "!!! note\n    [a][r] and [^1]\n\n[r]: https://example.org\n[^1]: Note\n"
    assert [link.target for link in document(text).links] == ["https://example.org"]
    assert len(nodes(text, "footnote-ref")) == 1
    assert len(nodes(text, "footnote")) == 1


@pytest.mark.parametrize(
    "text", ["> " * 2_000 + "deep", "- " * 2_000 + "deep", "*a _b " * 2_000 + "b_ a* " * 2_000 + "deep"]
)
def test_no_nesting_is_too_deep(text: str) -> None:
    assert "deep" in "".join(block.plain_text for block in document(text).blocks)


def depth(node: Node) -> int:
    return 1 + max((depth(child) for child in node.children), default=0)


def test_lists_of_twenty_levels_nest() -> None:
    assert depth(document("\n".join("  " * level + "- a" for level in range(20))).blocks[0]) == 2 * 20 + 2


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("# A\n\n## B", ["heading a", "heading b"]),
        ("## A {#k .x}", ["heading k"]),
        ("## A {: #k }", ["heading k"]),
        ("## A {#k", ["heading a-k"]),
        ('<a name="X"></a>y', ["name X"]),
        ('<div id="d">\n</div>', ["name d"]),
        ("[^n]\n\n[^n]: x", ["footnote fn:n"]),
        ('`<a name="ghost">`', []),
        ('    <a name="ghost">', []),
        ("> # In a quote", ["heading in-a-quote"]),
        ("!!! note\n    # Inside", ["heading inside"]),
    ],
)
def test_what_a_fragment_can_point_at(text: str, anchors: list[str]) -> None:
    assert [f"{anchor.kind} {anchor.id}" for anchor in document(text).anchors] == anchors


def test_a_section_reaches_to_the_next_heading() -> None:
    text = "# A\n\ntext\n\n## B\n\nmore\n"
    sections = document(text).sections
    assert [text[section.span.start : section.end] for section in sections] == ["# A\n\ntext\n\n", "## B\n\nmore\n"]


@pytest.mark.parametrize(
    ("text", "title", "titled"),
    [
        ("# One\n\ntext", "One", True),
        ("# One\n\n# Two", "A", False),
        ("## Sub\n\n# Late", "A", False),
        ("text only", "A", False),
        ("---\ntitle: Front\n---\n# One", "Front", True),
        ("---\ntitle: one\n---\n# One", "One", True),
        ("# *One* `two` [three](x.md)", "One two three", True),
        ("#AI #LLM", "A", False),
        ("intro\n\n# One", "A", False),
    ],
)
def test_a_page_is_titled_by_its_one_first_heading(text: str, title: str, titled: bool) -> None:
    read = document(text)
    assert (read.title, read.titled) == (title, titled)


@pytest.mark.parametrize(
    ("path", "address", "lang"),
    [
        ("notes/a/b.md", "a/b.md", "en"),
        ("notes/a/b.fr.md", "a/b.md", "fr"),
        ("notes/fr/a/b.md", "a/b.md", "fr"),
        ("notes/b.en.md", "b.md", "en"),
        ("notes/a/README.md", "a/index.md", "en"),
        ("notes/a/_index.md", "a/index.md", "en"),
        ("notes/README.fr.md", "index.md", "fr"),
        ("notes/a/b.markdown", "a/b.md", "en"),
        ("notes/v1.2.md", "v1.2.md", "en"),
        ("notes/.fr.md", ".fr.md", "en"),
    ],
)
def test_a_path_gives_address_and_language(path: str, address: str, lang: str) -> None:
    read = document("The quick brown fox jumps over the lazy dog.", path)
    assert (read.address, read.lang) == (address, lang)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The cat sat on the mat and looked at the dog.", "en"),
        ("Le chat est assis sur le tapis et regarde le chien.", "fr"),
        ("---\nlang: en\n---\nLe chat est assis sur le tapis.", "en"),
        ("---\nlang: de\n---\nLe chat est assis sur le tapis et regarde le chien.", "en"),
        ("12345", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_page_is_that_of_its_prose(text: str, lang: str) -> None:
    assert document(text).lang == lang


@pytest.mark.parametrize(
    ("text", "path", "kind"),
    [
        ("# A", "notes/a.md", Kind.NOTE),
        ("# A", "glossary/a.md", Kind.GLOSSARY),
        ("## Highlights of the year\n", "notes/a.md", Kind.NOTE),
        ("---\nkind: note\n---\n## Metadata\n\n## Highlights\n- a", "notes/a.md", Kind.NOTE),
        ("---\nkind: source\n---\n# A", "notes/a.md", Kind.SOURCE),
    ],
)
def test_a_kind_is_recognised_by_content(text: str, path: str, kind: Kind) -> None:
    assert document(text, path).kind == kind


def test_terms_are_the_headings_of_a_glossary() -> None:
    read = document("# Glossary\n\n## LoRA\n\nLow-rank.\n\n### Detail\n\nmore\n\n## MoE\n\nExperts.\n", "glossary/t.md")
    assert [(term.label, term.id, len(term.blocks)) for term in read.terms] == [("LoRA", "lora", 3), ("MoE", "moe", 1)]


def test_a_section_called_glossary_defines_terms() -> None:
    text = (
        "# Note\n\n## Glossaire\n\n### Glossaire_MMLU\n\nUn test.\n\n### Neuro-symbolic-systems\n\nx\n\n## After\n\ny\n"
    )
    terms = document(text).terms
    assert [term.label for term in terms] == ["MMLU", "Neuro-symbolic systems"]
    assert text[terms[1].span.start : terms[1].span.end] == "### Neuro-symbolic-systems\n\nx\n\n"


def test_a_position_counts_code_points() -> None:
    source = document("é🎉x\n[a](b)").source
    assert [source.position(offset) for offset in (0, 2, 3, 4)] == [(1, 1), (1, 3), (1, 4), (2, 1)]
    assert document("é🎉x\n[a](b)").links[0].span == Span(4, 10)


def test_styled_and_control_characters_keep_their_places() -> None:
    text = "a\x07b\ufdd0c [d](e.md)"
    read = document(text)
    assert read.blocks[0].plain_text == "a b c d"
    assert [finding.column for finding in read.diagnostics] == [2, 4]
