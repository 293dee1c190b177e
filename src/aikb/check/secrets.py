"""Find keys and tokens in what is published: in notes, in names of files and in files beside the notes."""

from __future__ import annotations

import base64
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from aikb.findings.finding import finding
from aikb.model.document import Document
from aikb.model.finding import Diagnostic, Severity
from aikb.relate.relations import Relations
from aikb.text.secrets import find_secrets

_GRANT = re.compile(
    r"^(?:sub|aud|iss|azp|act)$"
    r"|user|mail|name|role|scope|scp|perm|access|auth|group|account|tenant|client",
    re.IGNORECASE,
)
"""What the claims of a token are called that say who may do what."""


def secrets(document: Document) -> Iterator[Diagnostic]:
    """Find what looks like a key that opens something, which would be read by everybody. The message does not repeat it."""
    if document.metadata.draft:
        return
    source = document.source
    comments: list[tuple[int, int]] | None = None
    for secret in find_secrets(source.text):
        comments = _comments(document) if comments is None else comments
        before = bisect_right(comments, (secret.start, len(source.text))) - 1
        if before >= 0 and secret.start < comments[before][1]:
            continue
        found = finding("secret-published", source, secret.start, secret.end, what=secret.what, start=secret.first)
        if secret.shared:
            opens_nothing = _opens_nothing(source.text[secret.start : secret.end])
            found = replace(found, severity=Severity.INFO if opens_nothing else Severity.WARNING)
        yield found


def _opens_nothing(token: str) -> bool:
    """Tell whether the claims of a signed token name nobody and grant nothing, as those of a counted click (RFC 7519)."""
    claims = token.partition(".")[2].partition(".")[0]
    try:
        read = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    except (ValueError, RecursionError):
        return False
    return isinstance(read, dict) and not any(_GRANT.search(name) for name in read)


def secrets_beside(relations: Relations) -> Iterator[Diagnostic]:
    """Find the same in names of notes and of published files, and in what these hold."""
    index = relations.index
    for path in index.documents:
        yield from _in_name(path)
    for asset in sorted(relations.assets):
        path = index.settings.note_path(asset)
        yield from _in_name(path)
        if asset in index.assets and (secret := index.assets[asset].secret):
            yield finding("secret-published", path, what=secret[0], start=secret[1])


def _in_name(path: str) -> Iterator[Diagnostic]:
    for secret in find_secrets(path):
        yield finding("secret-published", path, what=secret.what, start=secret.first)


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def _comments(document: Document) -> list[tuple[int, int]]:
    """Find where comments of HTML stand. What looks like one in code is shown, and so is what stands behind it."""
    text = document.source.text
    if "<!--" not in text:
        return []
    return [
        (node.start + match.start(), node.start + match.end())
        for block in document.blocks
        for node in block.walk()
        if node.kind in ("html", "tag")
        for match in _COMMENT.finditer(text[node.start : node.end])
    ]
