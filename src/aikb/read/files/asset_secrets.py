"""Find a key in a file that is published as it is: a configuration, a script, a log that a note links to."""

from __future__ import annotations

from pathlib import Path

from aikb.system.regular_file import read_regular
from aikb.text.secrets import find_secrets

_TEXTS = frozenset(
    ".asc .bash .bat .bib .c .cfg .cmd .conf .cpp .crt .cs .css .csv .env .go .graphql .h .har .hcl .http .ics .ini .ipynb "
    ".java .js .json .jsonl .key .kt .log .lua .mjs .npmrc .pem .php .pl .plist .ppk .properties .ps1 .py .r .rb .rc .rs "
    ".rst .sh .sql .swift .tex .tf .tfvars .toml .ts .tsv .tsx .txt .vue .xml .yaml .yml .zsh".split()
)
"""Endings of files that people keep keys in, and those without one."""
_LARGEST = 256_000
"""Bytes of a file that is looked into; those that are larger are data."""


def secret_in(path: Path) -> tuple[str, str] | None:
    """Find the first key in a file: what it is, and its first characters."""
    if path.suffix.lower() not in _TEXTS and path.suffix:
        return None
    try:
        text = read_regular(path, _LARGEST).decode("latin-1")
    except OSError:
        return None
    found = next((secret for secret in find_secrets(text.replace("\0", "")) if not secret.shared), None)
    return (found.what, found.first) if found else None
