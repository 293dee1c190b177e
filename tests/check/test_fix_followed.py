"""Every edit that `--fix` makes in folders of other people leads somewhere, in the dialect that it is written in.

Links are followed here by what GitHub and Obsidian do, and not by any code of the program.
"""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from aikb.analysis import analyse, read_all
from aikb.check.fix import apply_fixes, fixes
from aikb.model.finding import Fix
from aikb.read.files.disk import load
from aikb.settings import Settings

FOLDERS = ("seeds", "jardin-fr", "ai-notes", "readwise-obsidian", "readwise-custom", "kindle-clippings")
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
ANCHOR = re.compile(r"<a\s+(?:name|id)=\"([^\"]+)\"", re.IGNORECASE)
EXTERNAL = re.compile(r"https?://[^\s\[\]()<>]+\.[^\s\[\]()<>]+\Z")

# How a link is followed ------------------------------------------------------------------------------------------------


def visible(heading: str) -> str:
    """A heading's words without marks: links are their text, emphasis and code lose their signs."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return html.unescape(re.sub(r"(\*\*|__|`|(?<!\w)_|_(?!\w)|\*|<[^>]*>)", "", text))


def slugs(text: str) -> list[str]:
    """The ids that GitHub gives a note's headings."""
    counts, found = dict[str, int](), []
    for heading in HEADING.findall(text):
        slug = re.sub(r"[^\w\- ]", "", visible(heading).strip().lower()).replace(" ", "-")
        found.append(f"{slug}-{counts[slug]}" if slug in counts else slug)
        counts[slug] = counts.get(slug, 0) + 1
    return found


def plain(heading: str) -> str:
    """A heading as Obsidian compares it: punctuation is a blank, runs of blanks are one, case does not matter."""
    return " ".join(re.sub(r"[^\w\s]|_", " ", heading.lower()).split())


def leads_on_github(address: str, path: str, files: Mapping[str, str]) -> bool:
    """Whether GitHub finds the file and the place of an address in a note."""
    target, _, fragment = address.partition("#")
    target = unquote(target.partition("?")[0])
    full = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
    if full.endswith(".html"):  # a page as Jekyll makes it of a note
        full = full.removesuffix(".html") + ".md"
    if full not in files:
        return False
    places = [*slugs(files[full]), *ANCHOR.findall(files[full])]
    return not fragment or unicodedata.normalize("NFC", unquote(fragment)) in places


def leads_in_obsidian(written: str, path: str, files: Mapping[str, str]) -> bool:
    """Whether Obsidian finds the file and the heading of what stands in a wikilink."""
    target, _, fragment = written.partition("|")[0].rstrip("\\").partition("#")
    name = target.strip().lower().removesuffix(".md") + ".md"
    found = [each for each in files if f"/{each.lower()}".endswith(f"/{name}")] if target.strip() else [path]
    heading = fragment.rpartition("#")[2]
    return any(
        not heading or plain(heading) in (plain(each) for each in HEADING.findall(files[file])) for file in found
    )


def follow(edit: Fix, text: str, path: str, files: Mapping[str, str]) -> bool:
    """Whether the text of an edit leads somewhere where it is written; `text` is the note before."""
    if EXTERNAL.match(edit.text):
        return text[: edit.start].endswith(("](", "](<", '="', "='", "]: ", "<"))
    line = text[: edit.start].rpartition("\n")[2]
    inside = line.rpartition("[[")[2]
    if "[[" in line and "]]" not in inside:
        return leads_in_obsidian(inside + edit.text, path, files)
    start = max(text.rfind(sign, 0, edit.start) + len(sign) for sign in ("](", "](<", '="', "='", "]: "))
    return leads_on_github(text[start : edit.start].strip("<") + edit.text.strip("<>"), path, files)


# Folders of others -----------------------------------------------------------------------------------------------------


LINK = re.compile(
    r"(?<=\]\()(?!\w+:)(?P<file>[^()#\s:]*)(?P<fragment>#[^()\s%]+)?(?=\))|(?<=\[\[)[^\[\]|#\n]*#[^\[\]|#^\n]+"
)
"""The address of a Markdown link to a note, or a wikilink to a heading."""


def broken(found: re.Match[str]) -> str:
    """A link as somebody may have written it who follows neither GitHub nor Obsidian; the ways take turns."""
    if found["file"] is None:
        target, _, heading = found[0].partition("#")
        return f"{target}#{slugs(f'# {heading}')[0]}"
    file, fragment, way = found["file"], found["fragment"] or "", found.start() % 4
    if file.endswith(".md"):
        file = (file, file.upper().removesuffix(".MD") + ".md", posixpath.basename(file), f"/{file}")[way]
    return file + (fragment.upper(), re.sub(r"[-_]+", "-", fragment), fragment.upper(), fragment)[way]


@pytest.mark.parametrize("name", FOLDERS)
def test_each_edit_leads_somewhere_and_none_is_left(corpus: Path, name: str) -> None:
    settings = Settings(docs_dir=name)
    loaded = load(corpus, settings)

    def edits(texts: Mapping[str, str]) -> Mapping[str, tuple[Fix, ...]]:
        sources = [replace(each, text=texts[each.path]) for each in loaded.sources]
        return fixes(analyse(read_all(sources, settings), settings, loaded.assets)[1])

    files = {each.path: LINK.sub(broken, each.text) for each in loaded.sources}
    made = edits(files)
    assert [
        (path, edit.text, files[path][edit.start : edit.end])
        for path, found in made.items()
        for edit in found
        if not follow(edit, files[path], path, files)
    ] == []
    after = {path: apply_fixes(text.encode(), made.get(path, ())).decode() for path, text in files.items()}
    assert edits(after) == {}
