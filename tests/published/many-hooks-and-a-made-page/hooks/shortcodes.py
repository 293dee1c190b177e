"""Short codes in comments and braces, as large manuals have them."""

import re
from typing import Any

from mkdocs.plugins import event_priority


@event_priority(75)
def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Any) -> str:
    """Write `<!-- md:version -->` and the release, and say which file a page is of."""
    markdown = re.sub(r"<!-- md:version (\S+) -->", r'<span class="since">since \1</span>', markdown)
    markdown = markdown.replace("{{ release }}", config.extra["release"])
    assert files.get_file_from_path(page.file.src_uri) is not None
    return markdown


def on_page_content(html: str, *, page: Any, **_: Any) -> str:
    """Add a line below every page."""
    return f"{html}<p>Written for {page.file.src_uri.replace('/', ' ')}</p>"
