"""The plugin: MkDocs' events, in their order."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Literal

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import get_relative_url

from aikb.adapters.mkdocs import draw
from aikb.adapters.mkdocs.cause import say_cause_of
from aikb.adapters.mkdocs.configuration import (
    AikbConfig,
    in_language,
    loaded_notes,
    set_markdown,
    set_theme,
    settings_of,
    tell_no_address,
    written_in,
)
from aikb.adapters.mkdocs.diagrams import diagram_script, set_diagrams
from aikb.adapters.mkdocs.documents import Documents
from aikb.adapters.mkdocs.drawn import Drawn
from aikb.adapters.mkdocs.elsewhere import drop_shim, tell_hosts
from aikb.adapters.mkdocs.feeds import write_feeds
from aikb.adapters.mkdocs.live import LiveSite
from aikb.adapters.mkdocs.navigation import Shape as NavigationShape
from aikb.adapters.mkdocs.navigation import (
    hide_pages,
    in_pages,
    put_back_pages,
    shape_of_navigation,
    use_navigation,
)
from aikb.adapters.mkdocs.neighbours import (
    in_order,
    lists_tags,
    names_navigation,
    refuse,
    refuse_other_folder,
    rewriters,
    settings_of_navigation,
    shield,
    tags_of_tree,
    tell_without_effect,
)
from aikb.adapters.mkdocs.notes_folder import NotesFolder, add_files, list_notes_folder
from aikb.adapters.mkdocs.others_links import OthersLinks
from aikb.adapters.mkdocs.output import Output
from aikb.adapters.mkdocs.pages import SiteFiles, SitePage, Surroundings, TreeNavigation
from aikb.adapters.mkdocs.render import Converter, drawn, options_of, plain_html, report_refused
from aikb.adapters.mkdocs.report import report, tell
from aikb.adapters.mkdocs.search_files import SearchFiles, is_ours, set_search
from aikb.adapters.mkdocs.security import PagePolicy, reason_against
from aikb.adapters.mkdocs.shape import Shape, shape_of
from aikb.adapters.mkdocs.sidebar import Sidebar
from aikb.adapters.mkdocs.static_files import Copies, published, static_files
from aikb.adapters.mkdocs.templates import Bytecode, Templates, light_env, shared_env
from aikb.adapters.mkdocs.tree_files import robots, write_files, write_packed_sitemap, write_tree_sitemap
from aikb.ledgers.baseline import unaccepted
from aikb.model.site import Feed, Site
from aikb.model.source import Source
from aikb.pipeline import LastBuild
from aikb.read.files.disk import Loaded
from aikb.read.language import model as language_model
from aikb.read.language.site import KeptWords, with_languages
from aikb.read.plain import SECONDS, failure
from aikb.render.furniture import Furniture
from aikb.render.options import Options
from aikb.settings import Settings
from aikb.system.cache import user_cache
from aikb.system.time_limit import limited

log = get_plugin_logger("aikb")


class AikbPlugin(BasePlugin[AikbConfig]):  # type: ignore[no-untyped-call]  # mkdocs' own is untyped
    """`plugins: [aikb]`."""

    def __init__(self) -> None:
        """Start without a site; everything that outlives one build of `serve` is made here."""
        self._serving = False
        self._alone = False
        """Whether nobody else listens to what happens to pages."""
        self._documents = Documents()
        self._converter: Converter | None = None
        self._furniture = Furniture()
        self._output: Output | None = None
        self._notes_folder: NotesFolder | None = None
        self._nav: Navigation
        self._nav_given: Any = None
        """The `nav` that pages were composed with."""
        self._nav_shape: NavigationShape = ()
        """The navigation before other plugins changed it."""
        self._listed: Sequence[File] | None = None
        """The pages, where they are taken out of MkDocs' hands."""
        self._stale: Sequence[SitePage] = ()
        """The pages that must be drawn."""
        self._around = Surroundings(self._translate, self.render)
        self._shape, self._same = Shape(), False
        self._bytecode, self._furniture_code = Bytecode(), Bytecode()
        self._last, self._counted = LastBuild(), KeptWords()
        self._keeps = False
        """Whether pages need not be drawn again that are as they were."""
        self._drawn, self._copies, self._search = Drawn(), Copies(), SearchFiles()
        self._custom: Sequence[Path] = ()
        """The folder of the user's own templates, if there is one."""
        self._sidebar, self.settings = Sidebar(self._around), Settings()
        self._loaded = Loaded((), (), (), Settings())
        """What is on disk, from `on_config`, whose theme speaks the languages of the notes, to `on_files`."""
        self._home = Path()
        self._texts: Mapping[str, Source] = {}
        """What was read, by path."""
        self._policy: PagePolicy | None = None
        """None for pages without a policy."""
        self._files: Mapping[str, str] = {}
        self._feeds: tuple[Feed, ...] = ()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Know what the site is for. Its presence makes MkDocs keep this object, and so the parsed notes, while serving."""
        self._serving = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Fill in what the user left open, and have the site built beside the one that is there."""
        written = written_in(config)
        refuse(config)
        tell_without_effect(written)
        shield(config)
        settings = settings_of(self.config, config, written, serving=self._serving)
        language_model.keep_in(user_cache())
        self._loaded = loaded_notes(Path(config.config_file_path).parent, settings)
        self.settings = with_languages(self._loaded.settings, self._loaded.sources, self._counted)
        self._custom = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
        set_theme(config, self.settings, written)
        set_markdown(config)
        set_diagrams(config, self.settings)
        tell_hosts(config)
        set_search(config, written)
        tell_no_address(config, self.settings)
        last, self._shape = self._shape, shape_of(config, self.settings)
        self._same = self._shape.configuration == last.configuration
        self._alone = draw.alone(config, self) and not self._shape.reaching
        make = partial(light_env, config.theme) if self._alone else config.theme.get_env  # others might want the icons
        config.theme.get_env = partial(shared_env, make, self._bytecode)  # type: ignore[method-assign]
        self._output = Output(config, sparse=self._alone, stop=draw.end)
        language_model.prepare(self.settings.languages)
        return config

    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Keep MkDocs from walking the notes: it follows symbolic links for ever, and knows names in UTF-8 only."""
        refuse_other_folder(config, Path(config.config_file_path).parent / self.settings.docs_dir)
        self._notes_folder = NotesFolder(config)

    @event_priority(100)
    def _list_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """List the notes folder in MkDocs' place, for the other plugins."""
        assert self._notes_folder is not None  # noqa: S101 - on_pre_build has made it
        self._notes_folder.put_back()
        if not self._alone:
            add_files(files, list_notes_folder(Path(config.docs_dir)), config)
        return files

    @event_priority(-50)
    def _take_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Build the site from the notes, and take the place of the Markdown files MkDocs found."""
        started = time.monotonic()
        gc.disable()  # a site is a hundred thousand values without a cycle; looking for one takes a tenth of the build
        output = self._output
        assert output is not None  # noqa: S101 - on_config has made it
        # the offline plugin changes it after our on_config
        self.settings = replace(self.settings, addresses="directories" if config.use_directory_urls else "files")
        drop_shim(config, needed=not is_ours(config))
        options = replace(options_of(config, rewriters(config)), diagrams=bool(self.settings.mermaid))
        self._choose_policy(options, config)
        loaded = self._loaded
        # other plugins have had what is not hidden, and may have taken something out
        wanted = (asset for asset in loaded.assets if self._alone or f"/{asset.path}".count("/."))
        add_files(files, (Path(asset.location) for asset in wanted), config)
        site = self._built(loaded, Path(config.config_file_path).parent, options, started)
        kept = static_files(files, site, config, keep_metadata=self.settings.picture_metadata)
        kept += [*settings_of_navigation(config), *diagram_script(config, self.settings)]
        self._copies.start(output)
        reads = bool(options.road.unknown)
        self._furnish(site, options, config, anew=reads)
        self._search.take(site)
        self._feeds = site.feeds
        self._files, self._sidebar = {**site.files, **robots(config, kept)}, Sidebar(self._around)
        self._keeps = self._serving and self._alone and not reads  # an extension that reads files may read any
        self._take(site, config, output)
        self._show_to_others(site, config)
        gc.freeze()  # and a forked process would copy what the collector touches
        every = SiteFiles([*kept, *in_order(self._around.pages.values(), alone=self._alone)], self._copies.has)
        publish = partial(published, files, every, {each.path for each in loaded.assets}, config)
        self._others = OthersLinks(self._around, self._texts, publish, partial(tell, home=self._home), site.diagnostics)
        return every

    def _furnish(self, site: Site, options: Options, config: MkDocsConfig, *, anew: bool) -> None:
        """Make what draws; extensions that may read other files are loaded `anew`, and read a text when its page is drawn."""
        converter = self._converter
        if converter is None or anew or not converter.serves(config):
            converter = self._converter = Converter(config)
        converter.start(() if anew else site.pages)
        self._furniture = Furniture(
            config.theme.dirs,
            options.permalink,
            lambda text: converter.convert(text).html,
            self._furniture_code,
            extended=options.road.foreign,
            tags_above=lists_tags(config),
            report=partial(report_refused, self._home),
        )

    def _show_to_others(self, site: Site, config: MkDocsConfig) -> None:
        """Let other plugins, and the user's `nav`, see the pages of the first tree."""
        first = self.settings.languages[0]
        if not draw.alone(config, self):
            for page in self._around.pages.values():
                if page.kb.tree == first and (page.kb.page.source or page.kb.page.kind != "list"):
                    page.file.inclusion = InclusionLevel.UNDEFINED
        sources = sorted((each for each in site.pages if each.source), key=lambda each: each.tree != first)
        paths = {self.settings.in_notes(each.source): self.settings.tree_path(each.address, first) for each in sources}
        config.nav = self._nav_given = in_pages(config.nav, paths)

    def _choose_policy(self, options: Options, config: MkDocsConfig) -> None:
        reason = reason_against(self.settings, options, config)
        self._policy = None if reason else PagePolicy(options, config)
        if reason and self.settings.security_policy == "auto" and not self._serving:
            log.info("pages carry no Content-Security-Policy: %s (plugins.aikb.security_policy)", reason)

    @event_priority(-100)
    def on_post_page(self, output: str, /, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Say in a page what it may run and load; what other plugins have added is seen."""
        return output if self._policy is None else self._policy.page(output, page)

    @event_priority(-100)
    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """The same in pages that show no note, `404.html` among them."""
        policy = self._policy if template_name.endswith(".html") else None
        return policy.template(output_content) if policy else output_content

    def _built(self, loaded: Loaded, folder: Path, options: Options, started: float) -> Site:
        """Build the site of what was loaded, and tell what was found."""
        self._home, self._texts = folder, {source.path: source for source in loaded.sources}
        site = self._documents.site(loaded, folder, self.settings, options, self._last if self._serving else None)
        if not self._serving:
            self._documents = Documents()  # the trees are composed; a build of 16 MB of text holds 250 MB of them
        found = unaccepted(folder, self.settings.baseline, site.diagnostics, self._texts)
        report(found, folder, len(site.pages), len(loaded.sources), time.monotonic() - started)
        return site

    def _take(self, site: Site, config: MkDocsConfig, output: Output) -> None:
        """Take over the Site's pages, those that are as in the last build as they are, and see which must be drawn."""
        last = self._around.pages if self._keeps and self._same else {}
        self._around.settings, self._around.pages = self.settings, {}
        for page in site.pages:
            known = last.get(page.path)
            same = known is not None and known.kb.page == page
            self._around.pages[page.path] = known if known and same else SitePage(page, site, self._around, config)
        pages = self._around.pages.values()
        self._stale = self._drawn.stale(self._around, self._shape, output.has) if self._keeps else list(pages)

    on_files = CombinedEvent(_list_files, _take_files)

    def _see_navigation(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> None:
        self._nav_shape = () if self._alone else shape_of_navigation(nav)
        if config.nav != self._nav_given:  # literate-nav makes it of a file
            self._nav_shape = ("",)
        hide_pages(self._around, config)

    def _take_navigation(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> None:
        """Keep what pages are drawn with, and take the pages out of MkDocs' hands where nobody would miss an event."""
        self._nav = nav
        put_back_pages(self._around)
        if not self._alone and shape_of_navigation(nav) != self._nav_shape and names_navigation(config):
            use_navigation(nav, self._around, config)
        self._listed = files.take_pages() if self._alone and isinstance(files, SiteFiles) else None

    on_nav = CombinedEvent(event_priority(1000)(_see_navigation), event_priority(-100)(_take_navigation))

    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Let our templates reach Material's of the same name, and keep what is the same on every page."""
        self._env, self._templates = env, Templates(env, self._bytecode)
        if isinstance(files, SiteFiles):
            files.settle()
        return env

    def on_template_context(self, context: Any, /, *, template_name: str, config: MkDocsConfig) -> Any:
        """Let the site's own templates, its map and its 404 page, list the pages that MkDocs does not draw."""
        if self._listed is not None:
            context["pages"] = self._listed
        return context

    def _take_context(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Give Material's templates the page's own tree: its home, its root, its twins."""
        if not isinstance(page, SitePage):
            return context
        kb = page.kb.page
        page.kb = replace(page.kb, navigation=self._sidebar.entries(kb.navigation, page))
        home = self._around.pages[self.settings.tree_path("index.md", kb.tree)]
        context["nav"] = TreeNavigation(home)
        if self.settings.titles:
            context["config"] = in_language(config, self.settings, kb.tree)
        context["base_url"] = get_relative_url(home.url or ".", page.url)
        canonical = self._around.pages.get(kb.canonical)
        if canonical is not None and canonical.canonical_url:
            page.canonical_url = canonical.canonical_url
        return context

    def _see_context(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Let what other plugins have put into it lead to the page's own tree."""
        if isinstance(page, SitePage) and lists_tags(config):
            tags_of_tree(context.get("tags") or (), page.kb.tree, self.settings)
        return context

    on_page_context = CombinedEvent(_take_context, event_priority(-100)(_see_context))

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what each tree needs of its own, and put the new site in the old one's place."""
        site_dir, pages, output = Path(config.site_dir), self._around.pages, self._output
        assert output is not None  # noqa: S101 - on_config has made it
        search = partial(self._search.write, config, self.settings, pages, output, serving=self._serving)
        if self._listed is None:
            search()
        else:
            draw.Drawing(self._env, config, self._nav, self._listed).draw(self._stale, output, search)
            write_packed_sitemap(site_dir, list(pages.values()))
        for lang in self.settings.languages[1:]:
            write_tree_sitemap(site_dir, lang, pages)
        write_files(site_dir, self._files)
        write_feeds(site_dir, self._feeds, pages, self._furniture, config)
        drawn = {page.file.dest_uri for page in pages.values()} if self._alone else set()
        if output.finish(config, drawn | self._copies.kept | self._search.kept) and self._serving:
            self._copies.published()
            self._search.published()
            if self._keeps:
                self._drawn.published(self._shape, self._env)
            else:
                self._drawn = Drawn()
        gc.unfreeze()
        gc.enable()

    @event_priority(-100)
    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        """Leave the previous site as it was, and have what the build died of said in a line."""
        if self._notes_folder is not None:
            self._notes_folder.put_back()
        if self._output is not None:
            self._output.discard()
        gc.unfreeze()
        gc.enable()
        if not isinstance(error, MkDocsException):  # of its own errors MkDocs makes a line
            log.debug("what happened:", exc_info=error)
            say_cause_of(error)

    def on_serve(self, server: Any, /, *, config: MkDocsConfig, builder: Callable[..., None]) -> Any:
        """Stay up when a build fails, and watch whatever the configuration names at the time."""
        folder, self._search.waits = Path(config.config_file_path).parent, True
        LiveSite(
            server,
            lambda: (folder / self.settings.docs_dir, folder / self.settings.glossary_dir, *self._custom),
            self._search.catch_up,
        )
        return server

    def _translate(self, tree: str, key: str) -> str:
        return self._templates.translate(tree, key)

    def render(self, page: SitePage) -> tuple[str, TableOfContents]:
        """A page's HTML and table of contents."""
        assert self._converter is not None  # noqa: S101 - set in on_files, before any page is rendered
        relink = partial(self._others.relinked, page)
        try:
            with limited(SECONDS):
                return drawn(page.kb.page, page.markdown, page.url, self._furniture, self._converter, relink)
        except Exception as error:  # noqa: BLE001 - a page costs no other
            source = self._texts.get(page.kb.page.source)
            tell(failure(source or page.kb.page.path, "drawn", error), self._home)
            title = f"<h1>{escape(page.kb.page.title)}</h1>"  # a page that aikb makes has no text but that
            return plain_html(source, self.settings) if source else title, TableOfContents([])
