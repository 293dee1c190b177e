"""Where people hide words: each place holds a word of its own, which must be in no file of a site.

A place is a file of a knowledge base with `@` where its word stands. The word is letters only, so that neither escapes nor the
forms that search files take can change what is looked for.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from hiding_pictures import pictures, png
from hiding_texts import DRAFTS, IN_TEXT

_LETTERS = "bcdfgjkmpt"


def word(number: int) -> str:
    """The word of a place."""
    return "qzx" + "".join(_LETTERS[int(digit)] for digit in f"{number:03}") + "vow"


HEAD = "# A note with a word\n\nThe harbour lies in the north of the bay.\n\n"

_FOLDERS = (
    "private/@.md _private/@.md Private/@.md privé/@.md _drafts/@.md drafts/@.md Brouillons/@.md .trash/@.md trash/@.md "
    "deep/private/deeper/@.md .obsidian/@.md .git/@.md .@.md @~ @.bak @.orig @.swp @.docx @.pdf @.zip @.env @.html @.js @.css "
    "@.woff2 @.ipynb @.canvas @.excalidraw @.base @.db @.log .env .DS_Store Thumbs.db node_modules/@/README.md "
    "Templates/@.md .stversions/@.md .stfolder/@ #@# .#@.md @.md.bak @.md~ @.tmp"
).split()
_REMARKS = "Private Email Reading-Progress Rating Document-Note-Private Archived Location-Of-Reader"


def _note(text: str) -> str:
    return f"{HEAD}{text}\n\nThe harbour has a lamp.\n"


def _readwise(**fields: object) -> dict[str, object]:
    """A highlight of Readwise's API."""
    return {
        "id": 1, "text": "A sentence that somebody marked in a book", "note": "", "location": 1, "location_type": "page",
        "color": "", "highlighted_at": "2024-01-02T10:00:00Z", "url": None, "tags": [], **fields,
    }  # fmt: skip


_UNSAID = ("asin external_id readwise_url unique_url cover_image_url bookreview_url open_in_reader_url private_note "
           "email user user_id reader_note document_path is_private_note").split()  # fmt: skip


def _books() -> Iterator[tuple[str, dict[str, object]]]:
    """Exports of Readwise's API by the place where their word is."""
    highlights: dict[str, dict[str, object]] = {
        "highlight that is deleted": {"text": "@", "is_deleted": True},
        "highlight that was discarded": {"text": "@", "is_discard": True},
        "highlight with the tag discard": {"text": "@", "tags": [{"name": "discard"}]},
        "tag of a deleted highlight": {"is_deleted": True, "tags": [{"name": "@"}], "note": "@"},
        "address of a highlight": {"url": "https://readwise.io/open/@", "readwise_url": "https://readwise.io/open/@"},
        "comment in a highlight": {"text": "A passage <!-- @ --> of a book"},
        "unknown keys of a highlight": dict.fromkeys((*_UNSAID, "book_id"), "@"),
    }
    for number, (name, fields) in enumerate(highlights.items()):
        yield name, {
            "user_book_id": 7000 + number, "title": f"Work {number}", "author": "Ann", "category": "books",
            "highlights": [_readwise(id=70000 + 2 * number), _readwise(id=70001 + 2 * number, **fields)],
        }  # fmt: skip
    works: dict[str, dict[str, object]] = {
        "book that is deleted": {"is_deleted": True, "title": "@", "document_note": "@"},
        "book without highlights that is deleted": {"is_deleted": True, "title": "@", "highlights": []},
        "unknown keys of a book": dict.fromkeys(_UNSAID, "@"),
        "address of a book in Readwise": {"readwise_url": "https://readwise.io/bookreview/@"},
        "source in Reader": {"source_url": "https://read.readwise.io/read/@"},
        "private file in Reader": {"source_url": "https://readwise.io/reader/document_raw_content/@"},
        "mail in Reader": {"source_url": "mailto:reader-forwarded-email/@", "unique_url": "mailto:@"},
        "cover": {"cover_image_url": "https://readwise-assets.example/@.png"},
    }
    for number, (name, fields) in enumerate(works.items()):
        yield name, {
            "user_book_id": 8000 + number, "title": f"Book {number}", "author": "Ann", "category": "books",
            "highlights": [_readwise(id=80000 + number)], **fields,
        }  # fmt: skip


_MARKDOWN_EXPORT = """# Work of remarks

![rw-book-cover](https://example.org/@.png)

## Metadata
- Author: [[Ann]]
- Full Title: Work of remarks
- Category: #books
{remarks}

## Highlights
- A passage that somebody marked ([View](https://readwise.io/open/776))
- Another passage of the book ([View Highlight](https://read.readwise.io/read/777))
- A third passage ([Location 5](https://readwise.io/open/778))
"""


CONFIGURATION = """\
# @
site_name: Harbour notes
site_url: https://notes.example/
site_description: About harbours
docs_dir: notes
theme: material
extra:
  note: "@"
  deep: {secret: "@"}
not_in_nav: "@"
exclude_docs: |
  excluded/
  @.md
draft_docs: |
  drafts-of-mkdocs/
plugins:
  - aikb:
      languages: [en, fr]
      search_bundle: true
      typography: true
      mentions: all
      evidence: 5
      ignore: ["orphan in @/**"]
"""
_AROUND = {
    "front matter's unknown keys": ("notes/keys.md", "---\nunknown: '@'\nreadwise_id: '@'\ncssclasses: [x, '@']\nup: '[[@]]'\n"
     "id: '@'\nuuid: '@'\nemail: '@'\nsource_file: '/home/@'\nzotero-key: '@'\n---\n" + HEAD),
    "front matter's remarks": ("notes/remarks.md", "---\n# @\ntitle: Remarks # @\n# @\n---\n" + HEAD),
    "front matter that is broken": ("notes/broken.md", "---\nremark: [@\n---\n" + HEAD),
    "front matter of TOML": ("notes/toml.md", '+++\ntitle = "Toml"\nnote = "@"\n+++\n' + HEAD),
    "title of a draft": ("notes/untitled.md", "---\ntitle: '@'\naliases: ['@']\ntags: ['@']\ndraft: true\n---\n# @\n\n## @\n"),
    "tags of a draft": ("notes/tagged.md", "---\ntags: ['@', 'x/@']\ndraft: true\n---\n# Tagged\n\n#@\n"),
    "sentence of a draft": ("notes/speaks.md", "---\ndraft: true\n---\n# Speaks\n\nThe @ leads to [B](b.md), [[b]].\n"),
    "term of a draft": ("notes/defines.md", "---\ndraft: true\n---\n# Glossary\n\n## @\n\nA thing of the sea, @.\n"),
    "term of a draft in the glossary": ("glossary/drafted.md", "---\ndraft: true\n---\n# Glossary\n\n## @\n\nA thing of @.\n"),
    "comment in a definition": ("glossary/terms.md", "# Glossary\n\n## Harbour\n\nA place for ships. <!-- @ --> %%@%%\n"),
    "alias in a comment": ("glossary/more.md", "# Glossary\n\n## Lamp\n\n<!-- also called @ -->\nA light.\n\n%% alias: @ %%\n"),
    "translation that is a draft": ("notes/b.fr.md", "---\ndraft: true\ntitle: '@'\n---\n# @\n\nLe port @.\n"),
    "paper of a draft": ("notes/papers-of.md", "---\ndraft: true\n---\n# Papers\n\n[@](https://arxiv.org/abs/2401.00001)\n"),
    "quotation in a draft": ("notes/quotes.md", "---\ndraft: true\n---\n> A sentence that somebody marked in a book @\n"),
    "post of a draft": ("notes/posts.md", "---\ndraft: true\n---\n## 2024-01-01\n\n@\n\n---\n\n## 2024-01-02\n\n@\n"),
    "template of Obsidian": ("notes/templates/daily.md", "# {{title}}\n\n@\n"),
    "template of Templater": ("notes/modèles/x.md", "# <% tp.file.title %>\n\n@\n"),
    "excluded note": ("notes/excluded/x.md", "# @\n\n@\n"),
    "draft of MkDocs": ("notes/drafts-of-mkdocs/x.md", "# @\n\n@\n"),
    "note of a hidden folder": ("notes/.hidden/x.md", "# @\n\n@\n"),
    "ignored note": ("notes/ignored/x.md", "# @\n\n@\n"),
    "Git's list of what it ignores": ("notes/.gitignore", "ignored/\n# @\n"),
    "anchors": ("anchors.json", '{"version": 1, "pages": {"notes/untitled.md": {"@": {"id": "@", "title": "@"}}}}'),
    "translations": ("translations.json", '{"version": 1, "translations": {"notes/b.fr.md": {"of": "@", "title": "@"}}}'),
    "a file beside mkdocs.yml": ("@.txt", "@"),
    "environment": (".env", "TOKEN=@"),
    "cache": (".aikb-cache/@.json", "@"),
    "settings of Obsidian": ("notes/.obsidian/app.json", '{"userIgnoreFilters": ["@"], "attachmentFolderPath": "@"}'),
    "workspace of Obsidian": ("notes/.obsidian/workspace.json", '{"lastOpenFiles": ["@"]}'),
    "navigation's remark": ("notes/sub/.nav.yml", "# @\ntitle: Sub\n"),
    "navigation of a draft": ("notes/SUMMARY.md", "- [B](b.md)\n<!-- @ -->\n"),
}  # fmt: skip


def places() -> Iterator[tuple[str, str, str, str | bytes]]:
    """Each place with its word: the name, the word, a file's path, and what is in it."""
    number = 0

    def fill(name: str, path: str, text: str) -> tuple[str, str, str, str]:
        nonlocal number
        number += 1
        return name, word(number), path.replace("@", word(number)), text.replace("@", word(number))

    for name, text in IN_TEXT.items():
        yield fill(name, f"notes/text/{number:03}.md", _note(text))
        if "drafted/@" in text:
            yield (
                name,
                word(number),
                f"notes/text/drafted/{word(number)}.md",
                f"---\ndraft: true\n---\n# {word(number)}\n",
            )
    for name, text in DRAFTS.items():
        yield fill(
            name, f"notes/drafted/{number:03}.md", f"{text}# @\n\nThe @ of the [harbour](../b.md). **@**: a thing.\n"
        )
    for path in _FOLDERS:
        text = "# {{title}}\n\n@\n" if path.startswith("Templates/") else "# @\n\n@\n"
        yield fill(f"file {path}", f"notes/{path}", text)
    yield from (fill(name, f"notes/exports/{number}.json", json.dumps([book])) for name, book in _books())
    remarks = "\n".join(f"- {each.replace('-', ' ')}: @" for each in _REMARKS.split())
    yield fill("remarks of an export", "notes/exports/work.md", _MARKDOWN_EXPORT.format(remarks=remarks))
    for name, (path, text) in _AROUND.items():
        yield fill(name, path, text)
    yield fill("configuration", "mkdocs.yml", CONFIGURATION)
    for name in pictures(b""):
        number += 1
        yield f"picture {name}", word(number), f"notes/pictures/{name}", pictures(word(number).encode())[name]


def knowledge_base() -> dict[str, str | bytes]:
    """All places as files, and notes that show the pictures and link to drafts."""
    found = list(places())
    files: dict[str, str | bytes] = {path: content for _, _, path, content in found}
    shown = "".join(f"![x]({path.removeprefix('notes/')})\n" for path in files if path.startswith("notes/pictures/"))
    drafts = "".join(
        f"[a draft](drafted/{path.rpartition('/')[2]})\n" for path in files if path.startswith("notes/drafted/")
    )
    files["notes/index.md"] = f"# Home\n\nThe harbour. [B](b.md)\n\n{shown}\n{drafts}"
    files["notes/b.md"] = f"---\ndate: 2024-01-01\ntags: [sea]\n---\n# B\n\nThe harbour and its {SEEN} lamp.\n"
    files["notes/text/shown.png"] = png()
    return files


SEEN = "qzxseenvow"
"""A word that nobody hid."""


def unpacked(data: bytes) -> Iterator[bytes]:
    """A file as it is, and whatever is packed in it: gzip, zip, tar, streams in pictures, base64."""
    yield data
    if data.startswith(b"\x1f\x8b"):
        yield from unpacked(gzip.decompress(data))
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from (each for name in packed.namelist() for each in unpacked(packed.read(name)))
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            yield from (opened.read() for member in tar if (opened := tar.extractfile(member)))
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data if len(data) < 1_000_000 else b""):
        try:
            yield zlib.decompressobj().decompress(data[match.start() :])
        except zlib.error:
            continue
    for packed_text in re.findall(rb"base64,([A-Za-z0-9+/]{40,}={0,2})", data):
        yield base64.b64decode(packed_text + b"=" * (-len(packed_text) % 4))


def words_in(data: bytes) -> set[str]:
    """The words of places that a file holds, in whatever form."""
    found = set[str]()
    for each in unpacked(data):
        lowered = each.lower()
        for form in (lowered, lowered.replace(b"\0", b"")):
            found |= {match.decode() for match in re.findall(rb"qzx[bcdfgjkmpt]{3}", form)}
    return found
