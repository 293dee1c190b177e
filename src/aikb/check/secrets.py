"""Find keys and passwords in a text that is published, by the shapes that well-known services give them.

gitleaks and detect-secrets were looked at: the one is a program by itself, the other guesses by entropy, which names and
hashes in notes have as well. Only shapes that can be nothing else are listed.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from aikb.findings.finding import finding
from aikb.model.document import Document
from aikb.model.finding import Diagnostic, Severity

_SHAPES = {
    "a private key": r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----",
    "a key of age": r"AGE-SECRET-KEY-1[0-9A-Z]{58}",
    "an access key of AWS": r"(?:AKIA|ASIA)[0-9A-Z]{16}",
    "a token of GitHub": r"gh[pousr]_[0-9A-Za-z]{36,255}|github_pat_[0-9A-Za-z_]{60,255}",
    "a token of GitLab": r"gl(?:pat|dt|rt|cbt|ptt|ft|imt|soat)-[0-9A-Za-z_-]{20,255}",
    "a token of Slack": r"xox[abeoprs]-(?:\d[0-9A-Za-z-]{15,250})|xapp-\d-[0-9A-Za-z-]{30,250}",
    "a webhook of Slack": r"hooks\.slack\.com/services/T[0-9A-Z]{6,12}/B[0-9A-Z]{6,12}/[0-9A-Za-z]{20,30}",
    "a webhook of Discord": r"discord(?:app)?\.com/api/webhooks/\d{15,21}/[0-9A-Za-z_-]{60,80}",
    "a key of Stripe": r"[sr]k_live_[0-9A-Za-z]{20,250}|whsec_[0-9A-Za-z+/]{30,90}",
    "a key of OpenAI": r"sk-(?:proj|svcacct|admin)-[0-9A-Za-z_-]{40,250}|sk-[0-9A-Za-z]{48}(?![0-9A-Za-z])",
    "a key of Anthropic": r"sk-ant-[0-9A-Za-z_-]{40,250}",
    "a token of Hugging Face": r"hf_[0-9A-Za-z]{34,40}",
    "a key of Google": r"AIza[0-9A-Za-z_-]{35}|ya29\.[0-9A-Za-z_-]{40,250}|GOCSPX-[0-9A-Za-z_-]{28}",
    "a token of npm": r"npm_[0-9A-Za-z]{36}",
    "a token of PyPI": r"pypi-AgEIcHlwaS5vcmc[0-9A-Za-z_-]{50,250}",
    "a key of SendGrid": r"SG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}",
    "a key of Twilio": r"SK[0-9a-f]{32}(?![0-9a-f])",
    "a token of Telegram": r"\d{8,10}:AA[0-9A-Za-z_-]{33}",
    "a token of DigitalOcean": r"do[oprt]_v1_[0-9a-f]{64}",
    "a token of Shopify": r"shp(?:at|ca|pa|ss)_[0-9a-f]{32}",
    "a token of Notion": r"(?:secret_|ntn_)[0-9A-Za-z]{43,50}",
    "a token of Atlassian": r"ATATT3[0-9A-Za-z_=-]{100,250}",
    "a token of Dropbox": r"sl\.[0-9A-Za-z_-]{130,250}",
    "a token of Linear": r"lin_api_[0-9A-Za-z]{40}",
    "a token of Vault": r"hvs\.[0-9A-Za-z_-]{90,250}",
    "a signed token (JWT)": r"eyJ[0-9A-Za-z_-]{15,2000}\.eyJ[0-9A-Za-z_-]{15,4000}\.[0-9A-Za-z_-]{20,700}",
}
_SECRET = re.compile(
    "(?<![0-9A-Za-z])(?:" + "|".join(f"(?P<s{number}>{shape})" for number, shape in enumerate(_SHAPES.values())) + ")"
)
_NAMES = tuple(_SHAPES)
_HINT = re.compile(
    r"PRIVATE KEY|AGE-SECRET|A[KS]IA|gh[pousr]_|github_pat|gl[a-z]{2,4}-|xox|xapp-|hooks\.slack|/webhooks/|k_live_|whsec_|sk-"
    r"|hf_|AIza|ya29|GOCSPX|npm_|pypi-|SG\.|SK[0-9a-f]|:AA|do[oprt]_v1|shp|secret_|ntn_|ATATT3|sl\.|lin_api|hvs\.|eyJ"
)
_EXAMPLE = re.compile(r"EXAMPLE|example|[xX*]{6}|0{8}|1234567|abcdefg|ABCDEFG|your|YOUR|(.)\1{7}")
"""What manuals write in the place of a secret."""
_IN_ADDRESS = re.compile(r"https?://[^\s<>\"'()]*\Z")
"""What stands before a signed token in a gift link or a counted click, which are made to be passed on."""

_GRANT = re.compile(
    r"^(?:sub|aud|iss|azp|act)$"
    r"|user|mail|name|role|scope|scp|perm|access|auth|group|account|tenant|client",
    re.IGNORECASE,
)
"""What the claims of a token are called that say who may do what."""


def secrets(document: Document) -> Iterator[Diagnostic]:
    """Find what looks like a key that opens something, which would be read by everybody. The message does not repeat it."""
    text = document.source.text
    if document.metadata.draft or not _HINT.search(text):
        return
    hidden = _comments(text)
    for match in _SECRET.finditer(text):
        if _EXAMPLE.search(match[0]) or any(start <= match.start() < end for start, end in hidden):
            continue
        what = _NAMES[int((match.lastgroup or "s0")[1:])]
        found = finding("secret-published", document.source, match.start(), match.end(), what=what, start=match[0][:4])
        shared = match[0].startswith("eyJ") and _IN_ADDRESS.search(text, max(0, match.start() - 2000), match.start())
        if shared:
            found = replace(found, severity=Severity.INFO if _opens_nothing(match[0]) else Severity.WARNING)
        yield found


def _opens_nothing(token: str) -> bool:
    """Tell whether the claims of a signed token name nobody and grant nothing, as those of a counted click (RFC 7519)."""
    claims = token.split(".")[1]
    try:
        read = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    except (ValueError, RecursionError):
        return False
    return isinstance(read, dict) and not any(_GRANT.search(name) for name in read)


def _comments(text: str) -> list[tuple[int, int]]:
    return (
        [match.span() for match in re.finditer(r"<!--.*?-->", text, re.DOTALL)]
        if "<!--" in text and "-->" in text
        else []
    )
