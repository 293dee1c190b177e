"""A hook, as people have them: it changes a word on every page."""

from typing import Any


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Rename the keepers."""
    return markdown.replace("Keepers", "Wardens")
