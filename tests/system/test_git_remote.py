"""Where a repository is published."""

from __future__ import annotations

import pytest

from aikb.system.git_remote import parse_remote


@pytest.mark.parametrize(
    ("address", "url", "pages"),
    [
        ("git@github.com:Ada/Notes.git", "https://github.com/Ada/Notes", "https://ada.github.io/Notes/"),
        ("https://github.com/ada/notes", "https://github.com/ada/notes", "https://ada.github.io/notes/"),
        ("https://github.com/ada/notes/", "https://github.com/ada/notes", "https://ada.github.io/notes/"),
        ("https://token:x@github.com/ada/notes.git", "https://github.com/ada/notes", "https://ada.github.io/notes/"),
        ("ssh://git@github.com:22/ada/notes.git", "https://github.com/ada/notes", "https://ada.github.io/notes/"),
        ("git@github.com:ada/ada.github.io.git", "https://github.com/ada/ada.github.io", "https://ada.github.io/"),
        ("git@gitlab.com:ada/notes.git", "https://gitlab.com/ada/notes", "https://ada.gitlab.io/notes/"),
        ("git@gitlab.com:team/sub/notes.git", "https://gitlab.com/team/sub/notes", "https://team.gitlab.io/sub/notes/"),
        ("https://git.example.org/ada/notes", "https://git.example.org/ada/notes", ""),
    ],
)
def test_an_address_of_a_remote_is_parsed_without_its_secrets(address: str, url: str, pages: str) -> None:
    remote = parse_remote(address)
    assert remote is not None
    assert (remote.url, remote.pages) == (url, pages)


@pytest.mark.parametrize("address", ["", "/srv/git/notes.git", "../notes", "file:///srv/notes", "C:/notes", "notes"])
def test_what_is_on_this_machine_is_published_nowhere(address: str) -> None:
    assert parse_remote(address) is None
