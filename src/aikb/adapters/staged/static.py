"""What lies beside the pages of a staged folder: pictures, our scripts, the index of our search, and the templates."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig

from aikb.adapters.staged.project import DOCS, OVERRIDES
from aikb.compose.markdown_files import LIST
from aikb.compose.previews import previews
from aikb.compose.search.bridge import read_words
from aikb.compose.search.index import build_search
from aikb.model.site import Site
from aikb.pictures.clean import CLEANED, HEAD, clean_drawing, cleaned, cleaner_of
from aikb.render.furniture import THEME
from aikb.render.scripts import scripts
from aikb.settings import Settings

_OWN = Path(__file__).parent / "theme"


def static_files(site: Site, config: MkDocsConfig, settings: Settings) -> dict[str, bytes]:
    """Gather the files by path from the folder. Raises SettingsError for a word list that cannot be read."""
    files: dict[str, bytes] = {}
    for path, data in _notes_files(site, config, keep_metadata=settings.picture_metadata):
        files[f"{DOCS}/{path}"] = data
    for each in (*sorted((THEME / "assets").iterdir()), *sorted((_OWN / "assets").iterdir())):
        if each.suffix != ".js":
            files[f"{DOCS}/assets/{each.name}"] = each.read_bytes()
    files |= {f"{DOCS}/{path}": data for path, data in scripts().items()}
    dictionary = read_words(Path(config.config_file_path).parent, settings)
    # an engine would make pages of each text's clean Markdown, which lies beside its page
    texts = {path: text for path, text in site.files.items() if not path.endswith(".md") and path != LIST}
    texts |= build_search(site.records, site.names, settings, dictionary)
    texts |= previews(site.records, site.unsearched, site.leads, settings)
    files |= {f"{DOCS}/{path}": text.encode("utf-8", "surrogatepass") for path, text in texts.items()}
    for folder in (_OWN, *([Path(config.theme.custom_dir)] if config.theme.custom_dir else [])):
        for each in sorted(folder.rglob("*")):  # the user's own templates go before ours
            if each.is_file():
                files[f"{OVERRIDES}/{each.relative_to(folder).as_posix()}"] = each.read_bytes()
    return files


def _notes_files(site: Site, config: MkDocsConfig, *, keep_metadata: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the files that notes show or link to, and those that the configuration names, as they are published."""
    for asset in site.assets:
        data = _published(Path(asset.location), keep_metadata=keep_metadata)
        if data is not None:
            yield asset.path, data
    named = [*config.extra_css, *config.extra_javascript, config.theme.get("favicon"), config.theme.get("logo")]
    for name in map(str, named):
        path = Path(config.docs_dir) / unquote(name)
        if posixpath.normpath(name) == name and ".." not in name and path.is_file():
            yield name, path.read_bytes()


def _published(path: Path, *, keep_metadata: bool) -> bytes | None:
    """Read a file without what a camera wrote into it; None for a drawing that cannot be read, or a file that is gone."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if keep_metadata or path.suffix.lower() not in CLEANED:
        return data
    clean = cleaned(data)
    return data if clean is None and cleaner_of(data[:HEAD]) is not clean_drawing else clean
