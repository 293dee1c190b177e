"""Keys that stand in a note are told, and not repeated."""

from __future__ import annotations

import base64

import pytest

from aikb.findings.report.text import line
from conftest import Build

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
