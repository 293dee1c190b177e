"""A filter, a value for the templates, and words after the page is drawn."""

from pathlib import Path
from typing import Any


def on_config(config: Any) -> Any:
    """Change what is written below each page."""
    config.copyright = "Kept since 1823"
    return config


def on_env(env: Any, **_: Any) -> Any:
    """Add a filter."""
    env.filters["shout"] = str.upper
    return env


def on_page_context(context: Any, *, page: Any, **_: Any) -> Any:
    """Mark a page."""
    page.meta.setdefault("description", "Of lighthouses")
    return context


def on_post_page(output: str, **_: Any) -> str:
    """Say who keeps the page."""
    return output.replace("</article>", "<p>Ask the wardens</p></article>")


def on_post_build(config: Any) -> None:
    """Leave a file for the host."""
    (Path(config.site_dir) / "CNAME").write_text("l.example.org\n", encoding="utf-8")
