"""Keys that stand in a note are told, and not repeated."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from aikb.findings.report.text import line
from aikb.pipeline import build
from aikb.read.files.disk import load
from aikb.settings import Settings
from conftest import RENDERER, Build, on_disk

LETTERS = "Zq8Wm3Kx7Vt2Rb9Nc4Lj6Hd1Gf5SpYeUaTiOoQwErTyUiPlKjHgFdSaZxCvBnM" * 3
SECRETS = [
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN OPENSSH PRIVATE KEY-----",
    "-----BEGIN RSA PRIVATE KEY-----",
    "-----BEGIN PGP PRIVATE KEY BLOCK-----",
    "AKIAQ3EGWXZP5LT7VNRB",
    f"ghp_{LETTERS[:36]}",
    f"github_pat_{LETTERS[:82]}",
    f"glpat-{LETTERS[:20]}",
    f"xoxb-2837465190-{LETTERS[:24]}",
    f"sk_live_{LETTERS[:24]}",
    f"sk-ant-api03-{LETTERS[:60]}",
    f"sk-proj-{LETTERS[:60]}",
    f"hf_{LETTERS[:34]}",
    f"AIza{LETTERS[:35]}",
    f"npm_{LETTERS[:36]}",
    f"SG.{LETTERS[:22]}.{LETTERS[:43]}",
    f"8273645190:AA{LETTERS[:33]}",
    f"eyJhbGciOiJIUzI1NiJ9{LETTERS[:10]}.eyJzdWIiOiIx{LETTERS[:20]}.{LETTERS[:43]}",
    f"https://hooks.slack.com/services/T02Q8KX7Z/B07N3M5VR/{LETTERS[:24]}",
    f"dop_v1_{'3fa9c1e7' * 8}",
]
KEYS = [
    f"-----BEGIN PRIVATE KEY-----\n{LETTERS[:64]}\n-----END PRIVATE KEY-----",
    f"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n{LETTERS[:64]}",
    f"-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n{LETTERS[:64]}",
    f'"private_key": "-----BEGIN PRIVATE KEY-----\\n{LETTERS[:64]}\\n"',
    f'"-----BEGIN EC PRIVATE KEY-----\\n" +\n  "{LETTERS[:64]}"',
    f"    -----BEGIN EC PRIVATE KEY-----\n    {LETTERS[:64]}",
]


@pytest.mark.parametrize("key", KEYS)
def test_a_private_key_is_told_however_its_lines_are_broken(kb: Build, key: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n```\n{key}\n```\n"})
    assert [each.code for each in site.diagnostics if each.code == "secret-published"] == ["secret-published"]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "around", ["{}", "Use `{}` here.", "```\nKEY={}\n```", "> {}", "| a |\n|-|\n| {} |", "[x](https://a.b/?k={})"]
)
def test_a_secret_is_told_and_not_repeated(kb: Build, secret: str, around: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n{around.format(secret)}\n"})
    told = [each for each in site.diagnostics if each.code == "secret-published"]
    assert len(told) == 1
    assert secret[:12] not in line(told[0])


@pytest.mark.parametrize(
    "text",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sk-ant-...",
        "The prefix `ghp_` marks a token.",
        "hf_hub_download(repo)",
        "-----BEGIN PUBLIC KEY-----",
        "```\n-----BEGIN RSA PRIVATE KEY-----\nxxxxxxxxxxxxxxxx\nxxxxxx\n-----END RSA PRIVATE KEY-----\n```",
        "```\n-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n```",
        "```\n-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----\n```",
        "```\n-----BEGIN PRIVATE KEY-----\nMIIEvQ...\n```",
        "```\n-----BEGIN PRIVATE KEY-----\n[key]\n```",
        "`-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----`",
        '```\nString pem = "-----BEGIN PRIVATE KEY-----\\n"\n    + Base64.getEncoder().encodeToString(key)\n```',
        '```\n"private_key": "-----BEGIN PRIVATE KEY-----\\nYOUR_KEY\\n-----END PRIVATE KEY-----\\n"\n```',
        "```\n-----BEGIN PRIVATE KEY-----\n${KEY}\n```",
        "```\n-----BEGIN OPENSSH PRIVATE KEY-----\n0000\n```",
        "task-management-and-a-long-name-that-goes-on-and-on-for-ever",
        "eyJhbGciOiJIUzI1NiJ9",
        "12345678:AA",
        f"<!-- ghp_{LETTERS[:36]} -->",
        f"xghp_{LETTERS[:36]}",
    ],
)
def test_what_is_no_secret_is_not_told(kb: Build, text: str) -> None:
    assert "secret-published" not in {each.code for each in kb({"notes/a.md": f"# A\n\n{text}\n"}).diagnostics}


JWT = next(each for each in SECRETS if each.startswith("eyJ"))


def signed(claims: str) -> str:
    """A signed token with claims."""
    return ".".join(
        (
            *(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in ('{"alg":"HS256"}', claims)),
            LETTERS[:43],
        )
    )


CLICK = signed('{"url":"https://a.b/","post_id":"1f"}')
GIFT = signed('{"source":"GiftedArticle","exp":1}')
USER = signed('{"userId":7,"exp":1}')
KEY = signed('{"iss":"a.b","role":"anon"}')


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (f"[x](https://a.b/?accessToken={JWT})", "warning"),
        (f"https://click.a.b/v2/{JWT}/x", "warning"),
        (f"https://click.a.b/v2/{CLICK}", "info"),
        (f"[x](https://click.a.b/v2/{GIFT})", "info"),
        (f"https://a.b/?key={KEY}", "warning"),
        (f"https://a.b/?t={USER}", "warning"),
        (f"Click: {CLICK}", "error"),
        (f"Token: {JWT}, see https://a.b", "error"),
        (f"https://a.b {JWT}", "error"),
        (f"[x](https://a.b/?k=ghp_{LETTERS[:36]})", "error"),
    ],
)
def test_a_signed_token_in_a_link_that_is_passed_on_is_a_warning(kb: Build, text: str, severity: str) -> None:
    told = [each for each in kb({"notes/a.md": f"# A\n\n{text}\n"}).diagnostics if each.code == "secret-published"]
    assert [each.severity for each in told] == [severity]


KEY = f"ghp_{LETTERS[:36]}"
REST = LETTERS[:36]


@pytest.mark.parametrize(
    "text",
    [
        f"```html\n<!-- a\n```\n\n{KEY}\n\n```mermaid\nA --> B\n```",
        f"`<!--` {KEY} `-->`",
        f"$<!--$ {KEY} $-->$",
        f"\\<!-- {KEY} -->",
        f"```html\n<!-- {KEY} -->\n```",
        f"`<!-- {KEY} -->`",
        f"    <!-- {KEY} -->",
        f"<!-- a -->\n\n{KEY}\n\n<!-- b -->",
        f"<p>a <!-- b --> {KEY} <!-- c --></p>",
        f"- <!-- a -->\n- {KEY}\n- <!-- b -->",
        f"> <!-- a --> {KEY}",
        f"| <!-- a --> | {KEY} |\n|---|---|\n| b | <!-- c --> |",
    ],
)
def test_no_comment_reaches_further_than_it_does(kb: Build, text: str) -> None:
    assert [each.code for each in kb({"notes/a.md": text}).diagnostics].count("secret-published") == 1


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- {KEY} -->",
        f"<div>\n<!-- a\n{KEY}\n-->\n</div>",
        f"words <!-- {KEY} --> words",
        f"<!-- a --> words <!-- {KEY} -->",
        f"- item <!-- {KEY} -->",
        f"> <!--\n> {KEY}\n> -->",
        f"## Heading <!-- {KEY} -->",
        f"%% {KEY} %%",
        f"<p hidden>{KEY}</p>",
        f"[//]: # ({KEY})",
    ],
)
def test_what_is_hidden_is_not_told(kb: Build, text: str) -> None:
    assert "secret-published" not in [each.code for each in kb({"notes/a.md": text}).diagnostics]


@pytest.mark.parametrize(
    "spelled",
    [
        f"ghp\\_{REST}",
        f"gh&#112;_{REST}",
        f"ghp&#x5f;{REST}",
        f"ghp&lowbar;{REST}",
        f"ghp\u200b_{REST}",
        f"ghp\u00ad_{REST[:9]}\u00ad{REST[9:]}",
        f"\ufeffghp_\u2060{REST}",
        f"\uff47\uff48\uff50\uff3f{REST}",
        f"ghp_{REST[:12]}&shy;{REST[12:]}",
        f"ghp_{REST[:12]}&ZeroWidthSpace;{REST[12:]}",
        f"ghp_{REST[:12]}&#8203;{REST[12:]}",
    ],
)
@pytest.mark.parametrize("around", ["{}", "é \\* & {} \\*", "| a |\n|-|\n| {} |"])
def test_a_secret_is_told_as_its_reader_sees_it(kb: Build, spelled: str, around: str) -> None:
    text = around.format(spelled)
    found = [each for each in kb({"notes/a.md": text}).diagnostics if each.code == "secret-published"]
    assert len(found) == 1
    line_of, column = text.count("\n") + 1, text.splitlines()[-1].index(spelled.lstrip("\ufeff")) + 1
    assert (found[0].line, found[0].column) == (line_of, column)


def _book(**fields: object) -> str:
    highlight = {"id": 1, "text": "A sentence that was marked", "note": "", **fields}
    return json.dumps(
        [{"user_book_id": 1, "title": "T", "author": "A", "category": "books", "highlights": [highlight]}]
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("notes/x.json", _book(text=f"The key {KEY} of it")),
        ("notes/x.json", _book(note=f"mine: {KEY}")),
        ("notes/x.json", _book(text=f"The key ghp\\_{REST} of it")),
        (
            "notes/x.md",
            f"# W\n\n## Metadata\n- Author: [[A]]\n\n## Highlights\n- {KEY} ([View Highlight](https://a.b))\n",
        ),
        (
            "notes/x.txt",
            f"T (A)\n- Your Highlight on page 1 | Added on Monday, 1 January 2024\n\nkey {KEY}\n==========\n",
        ),
        (f"notes/{KEY}.md", "# T\n"),
        (f"notes/{KEY}/b.md", "# T\n"),
        ("glossary/x.md", f"# Glossary\n\n## Key\n\nIt is {KEY}.\n"),
    ],
)
def test_a_secret_is_told_wherever_it_would_be_published(kb: Build, path: str, text: str) -> None:
    told = [each for each in kb({path: text, "notes/b.md": "# B\n"}).diagnostics if each.code == "secret-published"]
    assert [each.path for each in told] == [path]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("config.json", f'{{"token": "{KEY}"}}', 1),
        ("x.env", f"TOKEN={KEY}", 1),
        ("id_rsa", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n", 1),
        ("key.ppk", "PuTTY-User-Key-File-3: ssh-rsa\n", 1),
        ("deploy.sh", f"export K={KEY}\n", 1),
        ("run.log", f"\xff {KEY}", 1),
        ("wide.txt", f"k {KEY}".encode("utf-16"), 1),
        ("data.csv", "a,b\n1,2\n", 0),
        ("p.png", f"\x89PNG {KEY}", 0),
        ("x.json", '{"token": "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}', 0),
    ],
)
def test_a_file_that_a_note_links_to_is_looked_into(tmp_path: Path, name: str, content: str | bytes, told: int) -> None:
    for linked in (True, False):
        note = f"# A\n\n[x]({name})\n" if linked else "# A\n"
        loaded = load(on_disk(tmp_path / str(linked), {"notes/a.md": note, f"notes/{name}": content}), Settings())
        found = build(loaded.sources, Settings(), loaded.assets, renderer=RENDERER).diagnostics
        assert [each.path for each in found if each.code == "secret-published"] == [f"notes/{name}"] * (told * linked)


@pytest.mark.parametrize(
    "text", ["[[{}]]", "[x]({}.md)", "![x]({}.png)", "[x][{}]", "[x](#{})", "---\n{}: x\n---\n", "<a href='{}'>x</a>"]
)
def test_no_finding_repeats_a_secret(kb: Build, text: str) -> None:
    site = kb({"notes/a.md": text.format(KEY), "notes/b.md": "# B\n"})
    assert [each for each in site.diagnostics if REST in each.message + each.suggestion] == []


@pytest.mark.parametrize(
    "entity", ["&#1;", "&#0;", "&#xFDD0;", "&#xFFFE;", "&#x110000;", "&#xD800;", "&none;", "&#;", "&#x;", "&;"]
)
def test_an_entity_that_stands_for_no_sign_costs_no_page(kb: Build, entity: str) -> None:
    site = kb({"notes/a.md": f"# A\n\nwords {entity} \\_ {KEY}\n"})
    assert [each.code for each in site.diagnostics].count("secret-published") == 1
    assert "page-failed" not in {each.code for each in site.diagnostics}
