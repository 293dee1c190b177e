"""Find keys and passwords in a text, by the shapes that well-known services give them, and mask them.

gitleaks and detect-secrets were looked at: the one is a program by itself, the other guesses by entropy, which names and
hashes in notes have as well. Only shapes that can be nothing else are listed.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Secret:
    """What looks like a key that opens something."""

    start: int
    end: int
    what: str
    """What it is, with its article: `a token of GitHub`."""
    first: str
    """Its first characters, which say nothing of it."""
    shared: bool
    """Whether it is part of an address that is made to be passed on: a gift link, a counted click."""


_SHAPES = {
    "a private key": r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d",
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
_SHOWN = 4
"""Characters of a secret that are repeated."""
_HINT = re.compile(
    r"PRIVATE KEY|PuTTY-|AGE-SECRET|A[KS]IA|gh[pousr]_|github_pat|gl[a-z]{2,4}-|xox|xapp-|hooks\.slack|/webhooks/|k_live_"
    r"|whsec_|sk-|hf_|AIza|ya29|GOCSPX|npm_|pypi-|SG\.|SK[0-9a-f]|:AA|do[oprt]_v1|shp|secret_|ntn_|ATATT3|sl\.|lin_api|hvs\.|eyJ"
)
_EXAMPLE = re.compile(r"EXAMPLE|example|[xX*]{6}|0{8}|1234567|abcdefg|ABCDEFG|your|YOUR|(.)\1{7}")
"""What manuals write in the place of a secret."""
_KEY_FOLLOWS = re.compile(
    r"(?=[\"']?(?:\\[nr]|[ \t>]*\n|-----END))(?:\\[nr]|[\s\"'`>|+\\])*(?P<first>[^\s\"'`\\]{0,24})"
)
"""What stands in the lines behind the head of a private key; a program breaks them with quotes and signs."""
_KEY = re.compile(r"[A-Za-z0-9+/=]*|[A-Z][A-Za-z-]*:")
"""The first of a key, or of the lines about it; the end of the block, a call or a pair of brackets holds its place."""
_IN_ADDRESS = re.compile(r"https?://[^\s<>\"'()]*\Z")
"""What stands before a signed token in a gift link or a counted click, which are made to be passed on."""


_SPELLED = re.compile(r"\\(?=[!-/:-@\[-`{-~])|[\u00ad\u200b-\u200d\u2060\ufeff]+|&#?\w{2,32};|[\uff01-\uff5e]")
"""What stands for nothing, or for another sign: an escape, a blank of no width, an entity, a full-width letter."""
_INVISIBLE = "\\\u00ad\u200b\u200c\u200d\u2060\ufeff"


def find_secrets(text: str) -> Iterator[Secret]:
    """Find the secrets that a text spells out, and those that its reader sees in spite of escapes and entities."""
    places = set[int]()
    for secret in _find(text):
        places.add(secret.start)
        yield secret
    if not _SPELLED.search(text):
        return
    plain, starts, shifts = _as_read(text)

    def written(at: int) -> int:
        index = bisect_right(starts, at) - 1
        return at + shifts[index]

    for secret in _find(plain):
        if (start := written(secret.start)) not in places:
            yield Secret(start, written(secret.end - 1) + 1, secret.what, secret.first, secret.shared)


def mask_secrets(text: str) -> str:
    """Mask the secrets in a message but for their first characters."""
    if not _HINT.search(text):
        return text
    return _SECRET.sub(lambda match: f"{match[0][:_SHOWN]}…" if not _EXAMPLE.search(match[0]) else match[0], text)


def _find(text: str) -> Iterator[Secret]:
    if not _HINT.search(text):
        return
    for match in _SECRET.finditer(text):
        if _EXAMPLE.search(match[0]) or (match[0].startswith("-----") and not _has_key(text, match.end())):
            continue
        what = _NAMES[int((match.lastgroup or "s0")[1:])]
        shared = match[0].startswith("eyJ") and _IN_ADDRESS.search(text, max(0, match.start() - 2000), match.start())
        yield Secret(match.start(), match.end(), what, match[0][:_SHOWN], bool(shared))


def _has_key(text: str, end: int) -> bool:
    """Tell whether a key follows its head; where nothing does, it may be anywhere."""
    match = _KEY_FOLLOWS.match(text, end)
    first = match["first"] if match else ""
    return bool(_KEY.fullmatch(first)) and not _EXAMPLE.search(first) and not (len(first) > 2 and len(set(first)) == 1)


def _as_read(text: str) -> tuple[str, list[int], list[int]]:
    """Write a text as its reader sees it; and, by offsets in it, how far the same sign in the text is from there."""
    pieces, starts, shifts = list[str](), [0], [0]
    done = size = 0
    for match in _SPELLED.finditer(text):
        pieces.append(text[done : match.start()])
        size += match.start() - done
        done = match.end()
        sign = html.unescape(match[0]) if match[0][0] == "&" else match[0]
        if sign and sign[0] not in _INVISIBLE:  # `&#1;` stands for nothing
            shown = unicodedata.normalize("NFKC", sign)
            starts.append(size)
            shifts.append(match.start() - size)
            pieces.append(shown)
            size += len(shown)
        starts.append(size)
        shifts.append(done - size)
    return "".join([*pieces, text[done:]]), starts, shifts
