"""Write the site of a knowledge base as a folder that another engine builds: all trees, furniture, assets, configuration."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from aikb.adapters.mkdocs.command import Say, listening
from aikb.adapters.mkdocs.configuration import (
    AikbConfig,
    loaded_notes,
    set_markdown,
    set_theme,
    settings_of,
    written_in,
)
from aikb.adapters.mkdocs.documents import Documents
from aikb.adapters.mkdocs.neighbours import rewriters
from aikb.adapters.mkdocs.render import Converter, options_of, report_refused
from aikb.adapters.mkdocs.report import report
from aikb.adapters.staged.folder import Written, claim, write_folder
from aikb.adapters.staged.page_file import PageFiles
from aikb.adapters.staged.project import DOCS, project
from aikb.adapters.staged.static import static_files
from aikb.ledgers.baseline import unaccepted
from aikb.model.site import Site
from aikb.read.files.disk import Loaded
from aikb.read.language import model as language_model
from aikb.read.language.site import with_languages
from aikb.render.furniture import Furniture
from aikb.render.options import Options
from aikb.settings import Settings, SettingsError
from aikb.system.cache import user_cache


@dataclass(frozen=True, slots=True)
class Staged:
    """What was staged, and how many errors and warnings there were."""

    written: Written
    pages: int
    wrong: int


def stage(config_file: Path, folder: Path, say: Say) -> Staged:
    """Stage a knowledge base into a folder. Raises SettingsError."""
    started = time.monotonic()
    with listening(say) as listener:
        config = load_config(str(config_file.resolve()))
        name = next((name for name, plugin in config.plugins.items() if isinstance(plugin.config, AikbConfig)), "")
        if not name:
            raise SettingsError(f"{config_file}: plugins: aikb is not among them")
        written = written_in(config)
        own = config.plugins[name].config
        assert isinstance(own, AikbConfig)  # noqa: S101 - that is how it was found
        settings = settings_of(own, config, written, serving=False)
        _refuse_inside(folder, config, settings)
        earlier = claim(folder)
        language_model.keep_in(user_cache())
        home = Path(config.config_file_path).parent
        loaded = loaded_notes(home, settings)
        settings = with_languages(loaded.settings, loaded.sources)
        set_theme(config, settings, written)
        set_markdown(config)
        settings = replace(settings, addresses="directories" if config.use_directory_urls else "files")
        language_model.prepare(settings.languages)
        options = options_of(config, rewriters(config))
        site = _site(loaded, home, replace(settings, addresses="sources"), options)
        files = _page_files(site, config, settings, options)
        files |= static_files(site, config, settings)
        files["mkdocs.yml"] = project(config, settings, written).encode()
        sources = {source.path: source for source in loaded.sources}
        found = unaccepted(home, settings.baseline, site.diagnostics, sources)
        report(found, home, len(site.pages), len(sources), time.monotonic() - started)
        _tell_dropped(config, name, say)
        return Staged(write_folder(folder, earlier, files), len(site.pages), len(listener.wrong))


def _tell_dropped(config: MkDocsConfig, own: str, say: Say) -> None:
    """Say which plugins and hooks the staged folder does without: another engine has others, or none."""
    dropped = [each for each in config.plugins if each != own and not each.endswith("search")]
    if dropped or config.hooks:
        names = ", ".join([*dropped, *(["hooks"] if config.hooks else [])])
        say("warning", f"the staged mkdocs.yml is without what another engine may not have: {names}")


def _site(loaded: Loaded, home: Path, settings: Settings, options: Options) -> Site:
    """Make the Site with every text as Markdown."""
    road = replace(options.road, every=True)
    return Documents().site(loaded, home, settings, replace(options, road=road))


def _page_files(site: Site, config: MkDocsConfig, settings: Settings, options: Options) -> dict[str, bytes]:
    converter = Converter(config)
    furniture = Furniture(
        config.theme.dirs,
        options.permalink,
        lambda text: converter.convert(text).html,
        extended=options.road.foreign,
        report=partial(report_refused, Path(config.config_file_path).parent),
    )
    writer = PageFiles({page.path: page for page in site.pages}, settings, furniture, config)
    return {f"{DOCS}/{page.path}": writer.text(page).encode("utf-8", "surrogatepass") for page in site.pages}


def _refuse_inside(folder: Path, config: MkDocsConfig, settings: Settings) -> None:
    """Refuse a folder whose files would be read as notes the next time. Raises SettingsError."""
    home, place = Path(config.config_file_path).parent, folder.resolve()
    for notes in (Path(config.docs_dir), home / settings.glossary_dir):
        if place.is_relative_to(notes.resolve()) or notes.resolve().is_relative_to(place):
            raise SettingsError(f"{folder}: it would stand among the notes; name a folder outside {notes.name}/")
