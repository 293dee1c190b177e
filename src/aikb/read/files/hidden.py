"""Find the files in hidden folders that a note shows or links to: `.gitbook/assets/p.png`, `.attachments/plan.pdf`.

Hidden folders are not listed; only what a note names there is. Those that hold a program's settings, keys or history stay shut.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from aikb.model.source import Source
from aikb.settings import Settings
from aikb.system.regular_file import is_file

MARKDOWN = frozenset({".md", ".markdown"})
"""How the names of notes end."""
_HIDDEN = re.compile(r"(?:^|/)\.(?!\.?/)[^/]+/")
_SHUT = frozenset(
    ".git .hg .svn .obsidian .trash .ssh .gnupg .aws .azure .kube .docker .config .cache .venv .env .vscode .idea .npm".split()
)
_ADDRESS = re.compile(
    r"\]\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?:[^\s()]|\([^\s()]*\))+))"
    r"|\[\[(?P<wiki>[^\[\]|#\n]+)"
    r"|(?:src|href)\s*=\s*(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)')"
    r"|^ {0,3}\[[^\]\n]+\]:[ \t]*(?:<(?P<defined>[^<>\n]*)>|(?P<bare>\S+))",
    re.MULTILINE,
)


def hidden_files(sources: Iterable[Source], top: Path, settings: Settings) -> Iterator[tuple[str, Path]]:
    """List the files in hidden folders under the notes folder `top` that an address in a note names, each once.

    Notes are none of them: a page would be made of none.
    """
    inside = top.resolve()
    seen: set[str] = set()
    for source in sources:
        if "/." not in source.text and "." not in source.text[:1] and not re.search(r"[(<\[\"'\s]\.\w", source.text):
            continue
        folder = posixpath.dirname(settings.in_notes(source.path))
        for name in _named(source.text):
            for path in (posixpath.normpath(posixpath.join(folder, name)), posixpath.normpath(name.lstrip("/"))):
                if path in seen or not _HIDDEN.search(path) or _SHUT & set(path.lower().split("/")):
                    continue
                seen.add(path)
                file = top / path
                if file.suffix.lower() in MARKDOWN:
                    continue
                real = file.resolve()
                if inside in real.parents and not _SHUT & set(real.relative_to(inside).parts) and is_file(real):
                    yield path, file


def _named(text: str) -> Iterator[str]:
    """List what addresses of a text name, as they are written and percent-decoded."""
    for match in _ADDRESS.finditer(text):
        written = unicodedata.normalize("NFC", (match[match.lastgroup or 0] or "").partition("#")[0].partition("?")[0])
        if "." in written:
            yield from dict.fromkeys((written.strip(), unquote(written).strip()))
