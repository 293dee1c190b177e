"""Where links lead: one table of what is written, what is linked to, and what is found."""

from __future__ import annotations

import posixpath
import unicodedata
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from aikb.cli.knowledge import Knowledge
from aikb.model.document import Link
from aikb.model.finding import Severity
from aikb.model.source import Asset, Span
from aikb.read.document import parse
from aikb.relate.index import Index, build_index
from aikb.relate.links.resolution import Resolution
from aikb.relate.links.resolve import resolve
from aikb.relate.relations import relate
from aikb.settings import Settings
from conftest import Build, body_html, document, found, html_of, knowledge_base, on_disk, page, sources

NOTES = {
    "notes/a.md": "# Here\n\n## H\n",
    "notes/b.md": "# Bee\n\n## Glossaire_LMSYS\n\n## Avantages :\n\n## Avantages :\n\n<a name='Old'></a> [^n]\n\n[^n]: x\n",
    "notes/sub/c.md": "# See",
    "notes/sub/README.md": "# Sub",
    "notes/draft.md": "---\ndraft: true\ntitle: Secret\n---\nx",
    "notes/é.md": "# É\n\n## Été\n",
    "notes/x y.md": "# XY",
    "notes/one/dup.md": "# Dup",
    "notes/two/dup.md": "# Dup",
    "notes/al.md": "---\naliases: [Other Name]\n---\n# Al",
    "notes/twin.md": "---\nlang: en\n---\n# Twin",
    "notes/twin.fr.md": "# Jumeau",
    "glossary/t.md": "# Glossary\n\n## LoRA\n\ny",
}
ASSETS = ("i.png", "img/i.png", "paper.pdf")


def index(files: dict[str, str] = NOTES) -> Index:
    settings = Settings()
    documents = [parse(source, settings) for source in sources(files, settings)]
    return build_index(documents, [Asset(path, "") for path in ASSETS], settings)[0]


INDEX = index()


def to(target: str, kind: str = "inline", *, image: bool = False, origin: str = "notes/a.md") -> Resolution:
    return resolve(Link(target, Span(0, 1), kind, image), INDEX.documents[origin], INDEX)


def described(resolution: Resolution) -> str:
    place = resolution.url or resolution.path + (f"#{resolution.fragment}" if resolution.fragment else "")
    return (
        " ".join([resolution.kind, place, *(each.code for each in resolution.diagnostics)]).replace("  ", " ").strip()
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("b.md", "page notes/b.md"),
        ("./b.md", "page notes/b.md"),
        ("sub/../b.md", "page notes/b.md"),
        ("../notes/b.md", "page notes/b.md"),
        ("/b.md", "page notes/b.md link-root-relative"),
        ("b", "page notes/b.md"),
        ("b.html", "page notes/b.md"),
        ("b.md?raw=1", "page notes/b.md"),
        ("sub/", "page notes/sub/README.md"),
        ("sub", "page notes/sub/README.md"),
        ("x%20y.md", "page notes/x y.md"),
        ("x y.md", "page notes/x y.md"),
        ("%C3%A9.md", "page notes/é.md"),
        (unicodedata.normalize("NFD", "é.md"), "page notes/é.md"),
        ("../glossary/t.md#lora", "page glossary/t.md#lora"),
        ("i.png", "asset i.png"),
        ("img/i.png", "asset img/i.png"),
        ("/img/i.png", "asset img/i.png link-root-relative"),
        ("paper.pdf#page=2", "asset paper.pdf#page=2"),
        ("nope.md", "broken link-missing"),
        ("c.md", "page notes/sub/c.md link-moved"),
        ("B.md", "page notes/b.md link-case"),
        ("b.md/", "page notes/b.md link-dialect"),
        ("B.md/", "page notes/b.md link-case"),
        ("nope.md/", "broken link-missing"),
        ("../img/i.png", "asset img/i.png link-dialect"),
        ("../i.png", "asset i.png link-dialect"),
        ("../paper.pdf#page=2", "asset paper.pdf#page=2 link-dialect"),
        ("../nope.png", "broken link-missing"),
        ("%ZZ.md", "broken link-missing"),
        ("%00.md", "broken link-missing"),
        ("....//x", "broken link-missing"),
        ("/nope.md", "broken link-root-absolute"),
        ("/self-supervised/readme.md", "broken link-root-absolute"),
        ("../../secret.png", "broken path-escape"),
        ("..%2f..%2fx", "broken path-escape"),
        ("draft.md", "broken link-to-private"),
        ("draft", "broken link-to-private"),
        ("", "empty link-empty"),
        ("  ", "empty link-empty"),
    ],
)
def test_a_path_leads_to_a_page_or_a_file(target: str, expected: str) -> None:
    assert described(to(target)) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("b.md#glossaire_lmsys", "page notes/b.md#glossaire_lmsys"),
        ("b.md#avantages-", "page notes/b.md#avantages-"),
        ("b.md#avantages--1", "page notes/b.md#avantages--1"),
        ("b.md#avantages", "page notes/b.md#avantages- anchor-dialect"),
        ("b.md#Old", "page notes/b.md#Old"),
        ("b.md#fn:n", "page notes/b.md#fn:n"),
        ("é.md#été", "page notes/é.md#été"),
        ("é.md#%C3%A9t%C3%A9", "page notes/é.md#été"),
        ("é.md#" + unicodedata.normalize("NFD", "été"), "page notes/é.md#été"),
        ("#h", "page notes/a.md#h"),
        ("#", "page notes/a.md"),
        ("#top", "page notes/a.md"),
        ("b.md#", "page notes/b.md"),
        ("#:~:text=foo", "page notes/a.md#:~:text=foo"),
        ("b.md#:~:text=foo", "page notes/b.md#:~:text=foo"),
        ("b.md#glossairelmsys", "page notes/b.md#glossaire_lmsys anchor-case"),
        ("b.md#Glossaire-LMSYS", "page notes/b.md#glossaire_lmsys anchor-case"),
        ("b.md#old", "page notes/b.md#Old anchor-case"),
        ("é.md#ete", "page notes/é.md#été anchor-dialect"),
        ("#H", "page notes/a.md#h anchor-case"),
        ("b.md#nope", "page notes/b.md anchor-missing"),
        ("#%E9", "page notes/a.md anchor-missing"),
    ],
)
def test_a_fragment_leads_to_an_anchor(target: str, expected: str) -> None:
    assert described(to(target)) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("[[b]]", "page notes/b.md link-dialect"),
        ("[[x y#XY]]", "page notes/x y.md#xy link-dialect"),
        ("[[b|words]]", "page notes/b.md link-dialect"),
        ("[[i.png]]", "asset i.png link-dialect"),
        ("[[nope]]", "broken wikilink-unresolved"),
        ("[https://a.org/x](https://a.org/x)", "external https://a.org/x url-malformed"),
        ("[a.org/x](https://t.co/y", "external https://t.co/y url-malformed"),
        ("[url](javascript:alert(1))", "broken link-missing"),
        ("[url](x.md)", "broken link-missing"),
        ("{{ site.baseurl }}/b", "page notes/b.md link-root-relative"),
        ("{{site.url}}{{site.baseurl}}/img/i.png", "asset img/i.png link-root-relative"),
        ("{{ '/b.md#old' | relative_url }}", "page notes/b.md#Old anchor-case link-root-relative"),
        ('{{ "b.md" | absolute_url }}', "page notes/b.md"),
        ("{{ site.baseurl }}/2020/01/02/post/", "broken link-root-absolute"),
        ("{{ note.url }}", "broken link-missing"),
        ("img/{{ name }}.png", "broken link-missing"),
        ("<%= url %>", "broken link-missing"),
        ("{% post_url 2020-01-02-b %}", "broken link-missing"),
        ("{{ 'javascript:alert(1)' | relative_url }}", "broken link-scheme"),
        ("@site/" * 9000 + "b.md", "page notes/b.md"),
        ("@site/docs/b.md", "page notes/b.md link-moved"),
        ("pathname:///paper.pdf", "asset paper.pdf link-root-relative"),
        ("b.md#L3", "page notes/b.md#glossaire_lmsys"),
        ("b.md#L1-L9", "page notes/b.md#bee"),
        ("b.md?plain=1#L5C2-L7C3", "page notes/b.md#avantages-"),
        ("sub/c.md#L400", "page notes/sub/c.md#see"),
    ],
)
def test_an_address_of_another_tool_leads_where_that_leads(target: str, expected: str) -> None:
    resolution = to(target)
    assert described(resolution) == expected
    told = [each.severity for each in resolution.diagnostics if each.code not in ("url-malformed", "link-scheme")]
    assert set(told) <= ({Severity.ERROR} if target.startswith("[url]") else {Severity.INFO})


def test_a_link_as_an_address_is_mended_by_its_own() -> None:
    text = "See [a]([https://a.org/x](https://a.org/x)) and [b]([https://b.org](https://b.org)).\n"
    site = knowledge_base({"notes/a.md": text})
    fixes = [each.fix for each in found(site) if each.code == "url-malformed"]
    for fix in reversed(fixes):
        assert fix is not None
        text = text[: fix.start] + fix.text + text[fix.end :]
    assert text == "See [a](https://a.org/x) and [b](https://b.org).\n"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://example.org/a?b#c", "external https://example.org/a?b#c"),
        ("HTTPS://example.org", "external HTTPS://example.org"),
        ("//example.org/a", "external https://example.org/a"),
        ("mailto:a@b.org", "external mailto:a@b.org"),
        ("obsidian://open", "external obsidian://open"),
        ("zotero://select/x", "external zotero://select/x"),
        ("http://[x", "external http://%5Bx"),
        ("https://a℀b.org/x y", "external https://a%E2%84%80b.org/x%20y"),
        ("javascript:alert(1)", "broken link-scheme"),
        ("JavaScript:alert(1)", "broken link-scheme"),
        ("data:text/html,x", "broken link-scheme"),
        ("vbscript:x", "broken link-scheme"),
        ("file:///etc/passwd", "broken link-scheme"),
        ("java\nscript:alert(1)", "broken link-missing"),
        ("java\tscript:alert(1)", "broken link-missing"),
        ("https://user:word@example.org/x", "broken url-credentials"),
        ("https://example.org/@user:word", "external https://example.org/@user:word"),
    ],
)
def test_an_address_of_another_host_is_linked_if_its_scheme_is_known(target: str, expected: str) -> None:
    assert described(to(target)) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("i.png", "asset i.png"),
        ("gone.png", "broken image-missing"),
        ("b.md", "broken image-missing"),
        ("", "empty image-empty"),
        ("https://example.org/i.png", "external https://example.org/i.png image-remote"),
        ("data:image/png;base64,AA", "broken image-inline"),
        ("../../../secret.png", "broken path-escape"),
    ],
)
def test_an_image_leads_to_a_file_of_the_notes(target: str, expected: str) -> None:
    assert described(to(target, image=True)) == expected


@pytest.mark.parametrize(
    ("target", "origin", "expected"),
    [
        ("b", "a.md", "page notes/b.md"),
        ("Bee", "a.md", "page notes/b.md"),
        ("bee#Avantages :", "a.md", "page notes/b.md#avantages-"),
        ("b#glossaire lmsys", "a.md", "page notes/b.md#glossaire_lmsys"),
        ("b#Bee#Avantages :", "a.md", "page notes/b.md#avantages-"),
        ("Other Name", "a.md", "page notes/al.md"),
        ("sub/c", "a.md", "page notes/sub/c.md"),
        ("c", "a.md", "page notes/sub/c.md"),
        ("x y", "a.md", "page notes/x y.md"),
        ("../b", "sub/c.md", "page notes/b.md"),
        ("img/i.png", "sub/c.md", "asset img/i.png"),
        ("#H", "a.md", "page notes/a.md#h"),
        ("dup", "a.md", "page notes/one/dup.md link-ambiguous"),
        ("dup", "two/dup.md", "page notes/two/dup.md"),
        ("twin", "a.md", "page notes/twin.md"),
        ("Jumeau", "a.md", "page notes/twin.fr.md"),
        ("b#nope", "a.md", "page notes/b.md anchor-missing"),
        ("nowhere yet", "a.md", "broken wikilink-unresolved"),
        ("draft", "a.md", "broken link-to-private"),
    ],
)
def test_a_wikilink_leads_to_a_path_a_name_a_title_or_an_alias(target: str, origin: str, expected: str) -> None:
    assert described(to(target, "wikilink", origin=f"notes/{origin}")) == expected


@pytest.mark.parametrize(
    ("target", "code", "suggestion"),
    [
        ("#glossairelmsys", "anchor-case", "#glossaire_lmsys"),
        ("#avantage", "anchor-missing", "#avantages-"),
        ("#nothing-like-it", "anchor-missing", ""),
        ("é.md#étè", "anchor-case", "#été"),
        ("c.md", "link-moved", "sub/c.md"),
        ("B.md", "link-case", "b.md"),
        ("zzz.md", "link-missing", ""),
    ],
)
def test_a_finding_says_what_was_meant(target: str, code: str, suggestion: str) -> None:
    (only,) = to(target, origin="notes/b.md").diagnostics
    assert (only.code, only.suggestion) == (code, suggestion)
    assert suggestion.removeprefix("#") in only.message


def test_a_heading_and_a_name_that_fold_alike_are_both_named() -> None:
    text = '### Glossaire_LMSYS\n\n<a name="GlossaireLMSYS"></a>\n\n[x](#glossairelmsys)\n'
    (only,) = found(knowledge_base({"notes/a.md": text}))
    assert (only.line, only.column, only.end_column) == (5, 1, 21)
    assert only.message.endswith("(did you mean “glossaire_lmsys” or “GlossaireLMSYS”?)")


@pytest.mark.parametrize(
    "text",
    [
        "use `<a name='ghost'>` here and [a](#ghost)",
        "    <a name='ghost'>\n\n[a](#ghost)",
        "```\n<a id='ghost'>\n```\n[a](#ghost)",
    ],
)
def test_an_anchor_in_code_is_none(text: str) -> None:
    assert [each.code for each in found(knowledge_base({"notes/a.md": text}))] == ["anchor-missing"]


def test_the_title_of_a_draft_is_not_disclosed() -> None:
    site = knowledge_base({**NOTES, "notes/a.md": "[text](draft.md) [[draft]]\n"})
    assert {each.code for each in site.diagnostics} >= {"link-to-private"}
    assert not any("Secret" in each.message for each in site.diagnostics)
    assert not any("Secret" in html_of(page) + page.title for page in site.pages)


def test_columns_count_code_points() -> None:
    (only,) = found(knowledge_base({"notes/a.md": "é 👩‍👩‍👧 𝗧 [x](#nope)"}))
    assert (only.line, only.column, only.end_column) == (1, 11, 21)


def test_backlinks_name_the_section_that_links() -> None:
    files = {
        "notes/a.md": "# A\n\n[b](b.md)\n\n## S\n\n[b](b.md) and [b](b.md#bee)\n",
        "notes/b.md": "# Bee\n\n[self](b.md)\n",
    }
    backlinks = relate(index(files)).backlinks
    assert {
        path: [(each.path, each.section and each.section.id, each.link.start, each.fragment) for each in places]
        for path, places in backlinks.items()
    } == {"notes/b.md": [("notes/a.md", None, 5, ""), ("notes/a.md", "s", 22, ""), ("notes/a.md", "s", 36, "bee")]}


def test_only_files_that_a_note_shows_are_published() -> None:
    site = knowledge_base({"notes/a.md": "![x](i.png) [p](paper.pdf)"}, ["i.png", "paper.pdf", "tax.pdf"])
    assert [asset.path for asset in site.assets] == ["i.png", "paper.pdf"]


def test_resolving_needs_no_known_place() -> None:
    lonely = document("x", "notes/lonely.md")
    assert resolve(Link("b.md", Span(0, 0)), lonely, INDEX).path == "notes/b.md"


def test_notes_beside_the_configuration_are_not_outside_themselves() -> None:
    site = knowledge_base({"../there/a.md": "[x](gone.md) [y](../gone.md)"}, docs_dir="../there")
    assert [each.code for each in found(site)] == ["link-missing", "path-escape"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[x](tides.md#vive-eau)", []),
        ("[x](tides.md)", []),
        ("[x](tides.md#nowhere)", ["error anchor-missing"]),
        ("[x](tides.md#spring)", []),
        ("[x](tides.fr.md#vive-eau)", []),
        ("[x](tides.fr.md#spring)", ["error anchor-missing"]),
        ("[[tides#vive-eau]]", []),
        ("[[tides#Spring]]", []),
        ("[[tides#nowhere]]", ["error anchor-missing"]),
        ("[x](../notes/tides.md#vive-eau)", []),
        ("[x](tides.md#Vive-eau)", ["warning anchor-case"]),
    ],
)
def test_one_fault_of_a_link_to_another_language_is_told_once(written: str, expected: list[str]) -> None:
    files = {
        "notes/tides.md": "---\nlang: en\n---\n# Tides\n\n## Spring\n",
        "notes/tides.fr.md": "# Marées\n\n## Vive-eau\n",
        "notes/lune.fr.md": f"# Lune\n\n{written}\n",
    }
    findings = [each for each in found(knowledge_base(files)) if each.severity != "info"]
    assert [f"{each.severity} {each.code}" for each in findings] == expected


def test_what_lies_behind_a_link_out_of_the_notes_is_told_once(tmp_path: Path) -> None:
    text = "# A\n\n[x](gone.md) [[gone]] [y](out/b.md) ![z](out/p.png) [q](other.md)\n"
    on_disk(tmp_path, {"notes/a.md": text, "elsewhere/b.md": "# B\n", "mkdocs.yml": "site_name: X\ndocs_dir: notes\n"})
    (tmp_path / "notes" / "gone.md").symlink_to(tmp_path / "elsewhere" / "b.md")
    (tmp_path / "notes" / "out").symlink_to(tmp_path / "elsewhere")
    findings = Knowledge.read(tmp_path / "mkdocs.yml", no_cache=True).diagnostics
    assert [(each.path, each.code) for each in findings if each.severity == "error"] == [
        ("notes/a.md", "link-missing"),
        ("notes/gone.md", "path-escape"),
        ("notes/out", "path-escape"),
    ]


@pytest.mark.parametrize("docs_dir", [".", "notes", ".."])
@pytest.mark.parametrize("link", ["../", "..", "../README.md", "../#home", "./..", "../sub/", "/"])
def test_the_folder_of_all_notes_is_led_to(docs_dir: str, link: str) -> None:
    prefix = "" if docs_dir == "." else f"{docs_dir}/"
    site = knowledge_base(
        {f"{prefix}README.md": "# Home\n", f"{prefix}sub/README.md": f"# Sub\n\n[x]({link})\n"}, docs_dir=docs_dir
    )
    assert [each.code for each in found(site) if each.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("docs_dir", "link", "code"),
    [
        ("..", "../../else/a.md", "path-escape"),
        ("..", "../../../a.md", "path-escape"),
        ("..", "../gone.md", "link-missing"),
        ("../docs", "../../else/a.md", "path-escape"),
        ("../docs", "../gone.md", "link-missing"),
        ("notes", "../../../else/a.md", "path-escape"),
        ("notes", "../../gone.md", "link-missing"),
        (".", "../../else/a.md", "path-escape"),
        (".", "../gone.md", "link-missing"),
    ],
)
def test_a_link_out_of_the_notes_is_called_one_wherever_they_are(docs_dir: str, link: str, code: str) -> None:
    prefix = "" if docs_dir == "." else f"{docs_dir}/"
    site = knowledge_base({f"{prefix}sub/a.md": f"# A\n\n[x]({link})\n"}, docs_dir=docs_dir)
    assert [each.code for each in found(site)] == [code]


@pytest.mark.parametrize(
    ("text", "fragment", "expected"),
    [
        ("## :material-eye: Views", "views", "material-eye-views"),
        ("## :material-order-bool: Check *list*", "check-list", "material-order-bool-check-list"),
        ("## Views :octicons-eye-16:", "views", "views-octicons-eye-16"),
        ("## :rocket: Launch :smile: it", "launch-it", "rocket-launch-smile-it"),
        ("## At 10:30:45 it", "at-103045-it", "at-103045-it"),
        ("## Demo\n\n## Demo", "demo_1", "demo-1"),
        ("## Demo\n\n## Demo\n\n## Demo", "demo_2", "demo-2"),
        ("## Demo_1\n\n## Demo_1", "demo_2", "demo_1-1"),
        ("## 日本\n\n## 中国", "_2", "中国"),
        ("## 日本\n\n## A\n\n## 中国", "_1", "日本"),
        ("## :material-a: One\n\n## :material-b: One", "one_1", "material-b-one"),
    ],
)
def test_an_id_that_python_markdown_gives_is_found_without_a_warning(text: str, fragment: str, expected: str) -> None:
    places = index({"notes/a.md": f"# Top\n\n{text}\n"})
    found = resolve(Link(f"#{fragment}", Span(0, 1)), places.documents["notes/a.md"], places)
    assert found.fragment == expected
    assert {each.severity for each in found.diagnostics} <= {Severity.INFO}


def test_a_thousand_headings_of_one_name_are_named_in_one_pass() -> None:
    places = index({"notes/a.md": "# Top\n\n" + "## Same\n\n" * 5000})
    found = resolve(Link("#same_4999", Span(0, 1)), places.documents["notes/a.md"], places)
    assert found.fragment == "same-4999"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/en/b/", "en b"),
        ("/en/b/#h", "en b"),
        ("/en/sub/c/", "en sub/c"),
        ("/fr/b/", "fr b"),
        ("/fr/sub/c/", "fr sub/c"),
        ("/fr/", "fr index"),
        ("/b/", "en b"),
        ("/de/b/", ""),
        ("/en/nowhere/", ""),
        ("/fr/only/", ""),
        ("/english/b/", ""),
    ],
)
@pytest.mark.parametrize("suffix", [False, True])
def test_an_address_of_a_site_in_several_languages_leads_to_its_note(link: str, expected: str, *, suffix: bool) -> None:
    def path(lang: str, name: str) -> str:
        return f"notes/{name}.{lang}.md" if suffix else f"notes/{lang}/{name}.md"

    names = {"en": ("a", "b", "sub/c", "only", "index"), "fr": ("a", "b", "sub/c", "index")}
    files = {path(lang, name): f"# {name}\n\n## H\n" for lang, each in names.items() for name in each}
    origin = path("en", "a")
    site = knowledge_base(files | {origin: f"# A\n\n[x]({link})\n"}, languages=("en", "fr"))
    told = [each for each in found(site) if each.path == origin]
    assert [each.severity for each in told] == [Severity.INFO if expected else Severity.ERROR]
    if expected:
        meant = posixpath.relpath(path(*expected.split()), posixpath.dirname(origin))
        assert told[0].suggestion in (meant, posixpath.dirname(meant))  # a folder's page by the folder


@pytest.mark.parametrize(
    ("image", "severity"),
    [
        ("![]()", "info"),
        ("![ ]()", "info"),
        ("![](<>)", "info"),
        ("[![]()](b.md)", "info"),
        ("![a cat]()", "error"),
        ("[a]()", "warning"),
    ],
)
def test_a_picture_without_address_and_words_is_nothing_that_is_missed(image: str, severity: str) -> None:
    site = knowledge_base({"notes/a.md": f"# A\n\n{image}\n", "notes/b.md": "# B\n"})
    assert [each.severity for each in found(site) if each.code.endswith("-empty")] == [severity]


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        ("/tides/", "b.md"),
        ("/tides", "b.md"),
        ("/tides/#h", "b.md"),
        ("/de/eb%C3%A9/", "c.md"),
        ("/c/", "c.md"),
        ("/fr/marees/", "d.fr.md"),
        ("/shared/", "e.md"),
        ("/none/", ""),
        ("/tides/x/", ""),
        ("tides/", ""),
    ],
)
def test_a_permalink_of_front_matter_is_an_address(link: str, meant: str) -> None:
    def note(permalink: str) -> str:
        return f"---\npermalink: {permalink}\n---\n# T\n\n## H\n"

    files = {"b.md": note("/tides/"), "c.md": note("/de/ebé"), "d.fr.md": note("/fr/marees/")}
    files |= {"e.md": note("/shared/"), "e.fr.md": note("/shared/"), "a.md": f"# A\n\n[x]({link})\n"}
    site = knowledge_base({f"notes/{name}": text for name, text in files.items()}, languages=("en", "fr"))
    told = [each for each in found(site) if each.path == "notes/a.md"]
    assert [each.severity for each in told] == [Severity.INFO if meant else Severity.ERROR]
    assert told[0].suggestion == meant


BELOW = {"notes/index.md": "# Home\n", "notes/b.md": "# B\n\n## Part\n\nx\n"}


@pytest.mark.parametrize(
    ("address", "expected", "told"),
    [
        ("/project/b/", "b.md", ["info link-dialect"]),
        ("/project/b/#part", "b.md#part", ["info link-dialect"]),
        ("/project/b.md", "b.md", ["info link-root-relative"]),
        ("/project/", "index.md", ["info link-root-relative"]),
        ("/project", "index.md", ["info link-root-relative"]),
        ("/project/gone/", "", ["error link-root-absolute"]),
        ("/project/gone.md", "", ["error link-root-absolute"]),
        ("/project/sitemap.xml", "https://e.org/project/sitemap.xml", ["info link-root-absolute"]),
        ("/other/b/", "https://e.org/other/b/", ["info link-root-absolute"]),
        ("/other/b/#part", "https://e.org/other/b/#part", ["info link-root-absolute"]),
        ("/projects/", "https://e.org/projects/", ["info link-root-absolute"]),
        ("/b/", "b.md", ["info link-dialect"]),
    ],
)
def test_a_site_below_a_path_is_linked_to_by_the_whole_path(
    kb: Build, address: str, expected: str, told: list[str]
) -> None:
    site = kb({**BELOW, "notes/a.md": f"# A\n\n[x]({address})\n"}, site_url="https://e.org/project/")
    assert [f"{each.severity.value} {each.code}" for each in found(site)] == told
    link = BeautifulSoup(body_html(page(site, "a.md")), "lxml").select_one("p a")
    assert (link["href"] if link else "") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a.de.md: [x](b.md)", "b.de.md"),
        ("a.en.md: [x](b.md)", "b.en.md"),
        ("a.de.md: [x](b.md#teil)", "b.de.md#teil"),
        ("a.en.md: [x](sub/c.md)", "sub/c.de.md"),
        ("sub/c.de.md: [x](../b.md)", "b.de.md"),
        ("a.de.md: [x](./b.md)", "b.de.md"),
    ],
)
def test_a_name_without_a_language_is_that_of_the_notes_in_each(written: str, expected: str) -> None:
    where, _, text = written.partition(": ")
    files = {
        "notes/a.de.md": "# Eins\n",
        "notes/a.en.md": "# One\n",
        "notes/b.de.md": "# Zwei\n\n## Teil\n",
        "notes/b.en.md": "# Two\n",
        "notes/sub/c.de.md": "# Drei\n",
    }
    files[f"notes/{where}"] += f"\n{text}\n"
    site = knowledge_base(files, languages=("de", "en"))
    told = [each for each in found(site) if each.path.startswith("notes/")]
    assert [(each.code, each.severity.value) for each in told] == [("link-dialect", "info")]
    assert told[0].suggestion == posixpath.relpath(expected.partition("#")[0], posixpath.dirname(where))
