"""Links by the addresses of another generator's site lead to the notes that its author means."""

from __future__ import annotations

import pytest

from aikb.model.document import Link
from aikb.model.source import Asset, Span
from aikb.read.document import parse
from aikb.relate.index import Index, build_index
from aikb.relate.links.resolve import resolve
from aikb.settings import Settings
from conftest import sources

NOTES = {
    "notes/index.md": "# Home",
    "notes/ja/entry/2021/03/21/hub.md": "# Hub",
    "notes/posts/_web/_js/timer.md": "# Timer",
    "notes/posts/_web/bundle/index.md": "# Bundle",
    "notes/_posts/2017-07-06-shortcuts.md": "# Shortcuts",
    "notes/_posts/2017-07-09-same.md": "# Same",
    "notes/blog/2018-07-09-same.md": "# Same again",
    "notes/01-guide/02-setup.md": "# Setup",
    "notes/01-guide/03-use.md": "# Use",
    "notes/01-guide/04b-keys.md": "---\nid: sign-keys\n---\n# Keys",
    "notes/01-guide/05-deep.md": "---\nslug: /somewhere/else\n---\n# Deep",
    "notes/hugo.md": "---\nurl: /old/place.html\n---\n# Old",
    "notes/clip.md": "---\nurl: https://example.org/clipped\n---\n# Clipped",
    "notes/x/manual.md": "---\nlang: fr\n---\n# Guide",
    "notes/y/manual.md": "---\nlang: en\n---\n# Guide",
    "notes/one/twice.md": "# Twice",
    "notes/two/twice.md": "# Twice",
    "notes/releases/7.0-notes.md": "# 7.0",
}
ASSETS = ("static/img/logo.png", "static/files/a.pdf", "x/img/two.png", "y/img/two.png")


def index() -> Index:
    settings = Settings()
    documents = [parse(source, settings) for source in sources(NOTES, settings)]
    return build_index(documents, [Asset(path, "") for path in ASSETS], settings)[0]


INDEX = index()


@pytest.mark.parametrize(
    ("target", "place"),
    [
        # from the root of a site
        ("/entry/2021/03/21/hub/", "ja/entry/2021/03/21/hub.md"),
        ("/entry/2021/03/21/hub", "ja/entry/2021/03/21/hub.md"),
        ("/entry/2021/03/21/hub.html", "ja/entry/2021/03/21/hub.md"),
        ("/posts/timer/", "posts/_web/_js/timer.md"),
        ("/posts/timer/index.html", "posts/_web/_js/timer.md"),
        ("/Posts/Timer/", "posts/_web/_js/timer.md"),
        ("/posts/bundle/", "posts/_web/bundle/index.md"),
        ("/timer/", "posts/_web/_js/timer.md"),
        ("/daily/2017/07/06/shortcuts/", "_posts/2017-07-06-shortcuts.md"),
        ("/2017/07/06/shortcuts.html", "_posts/2017-07-06-shortcuts.md"),
        ("/a/2017/07/09/same/", "_posts/2017-07-09-same.md"),
        ("/a/2018/07/09/same/", "blog/2018-07-09-same.md"),
        ("/guide/setup", "01-guide/02-setup.md"),
        ("/guide/sign-keys", "01-guide/04b-keys.md"),
        ("/somewhere/else", "01-guide/05-deep.md"),
        ("/old/place.html", "hugo.md"),
        ("/releases/7.0-notes/", "releases/7.0-notes.md"),
        # beside the note, as Docusaurus links
        ("./setup", "01-guide/02-setup.md"),
        ("setup", "01-guide/02-setup.md"),
        ("../guide/use", "01-guide/03-use.md"),
        ("./sign-keys", "01-guide/04b-keys.md"),
        # what nobody can know
        ("/two/2016/07/09/same/", ""),
        ("/other/timer/", ""),
        ("/twice/", ""),
        ("/nothing/", ""),
        ("/clipped", ""),
        ("/categories/", ""),
        ("./timer", "link-moved"),
    ],
)
def test_an_address_of_another_site_leads_to_its_note(target: str, place: str) -> None:
    origin = INDEX.documents["notes/01-guide/03-use.md"]
    resolution = resolve(Link(target, Span(0, 1)), origin, INDEX)
    codes = [each.code for each in resolution.diagnostics]
    if place.endswith(".md"):
        assert (resolution.path, codes) == (f"notes/{place}", ["link-dialect"])
    else:
        assert resolution.kind == "broken" or codes == [place]


@pytest.mark.parametrize(
    ("origin", "place"), [("notes/x/manual.md", "notes/x/manual.md"), ("notes/index.md", "notes/y/manual.md")]
)
def test_of_two_languages_that_of_the_note_is_meant(origin: str, place: str) -> None:
    resolution = resolve(Link("/docs/manual/", Span(0, 1)), INDEX.documents[origin], INDEX)
    assert resolution.kind == "broken"
    resolution = resolve(Link("/manual/", Span(0, 1)), INDEX.documents[origin], INDEX)
    assert resolution.path == place


@pytest.mark.parametrize(
    ("target", "image", "place"),
    [
        ("/img/logo.png", True, "static/img/logo.png"),
        ("/files/a.pdf", False, "static/files/a.pdf"),
        ("/logo.png", True, "static/img/logo.png"),
        ("/img/two.png", True, ""),
        ("/mg/logo.png", True, ""),
        ("/img/../img/logo.png", True, "static/img/logo.png"),
    ],
)
def test_a_file_from_the_root_of_a_site_is_found_in_the_folder_of_such_files(
    target: str, image: bool, place: str
) -> None:
    resolution = resolve(Link(target, Span(0, 1), image=image), INDEX.documents["notes/index.md"], INDEX)
    assert (resolution.kind, resolution.path) == (("asset", place) if place else ("broken", ""))


@pytest.mark.parametrize(
    ("target", "image", "near"),
    [
        ("../hgo.md", False, "../hugo.md"),
        ("../Hguo.md", False, "../hugo.md"),
        ("03-usee.md", False, ""),  # that is the note itself
        ("02-setpu.md", False, "02-setup.md"),
        ("02-setpu", False, "02-setup.md"),
        ("../posts/_web/_js/timr.md", False, "../posts/_web/_js/timer.md"),
        ("../static/img/lgo.png", True, "../static/img/logo.png"),
        ("../static/img/lgo.md", False, ""),
        ("../nothing/setpu.md", False, ""),
        ("zz.md", False, ""),
        ("2024-01-02.md", False, ""),
    ],
)
def test_a_slip_in_a_name_is_asked_about(target: str, image: bool, near: str) -> None:
    resolution = resolve(Link(target, Span(0, 1), image=image), INDEX.documents["notes/01-guide/03-use.md"], INDEX)
    assert [each.suggestion for each in resolution.diagnostics] == [near]
    assert resolution.kind == "broken"
