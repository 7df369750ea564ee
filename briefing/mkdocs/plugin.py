"""The MkDocs plugin: hooks of a few lines that call the functions of the other stages.

With this package's commands (`commands`), the only place that imports mkdocs.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from html import escape
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from jinja2 import Environment
from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from briefing import load, render, report, resources
from briefing.mkdocs.deferred_pages import DeferredPages
from briefing.mkdocs.fast_pages import FastPages
from briefing.mkdocs.generated_pages import GeneratedAttachment, GeneratedFile
from briefing.mkdocs.html_rules import EXTENSIONS
from briefing.mkdocs.navigation import name_folders, order_parts, show_place
from briefing.mkdocs.page_events import unrepeatable_plugin
from briefing.mkdocs.page_renderer import Presentation
from briefing.mkdocs.preview import PURE, Preview, guard, quicken
from briefing.mkdocs.site_manifest import SiteInputs, write_site_manifest
from briefing.mkdocs.site_search import CHOICES, Pages, SiteSearch
from briefing.mkdocs.theme_markup import add_filters
from briefing.mkdocs.theme_styles import FILE as THEME_STYLES
from briefing.mkdocs.theme_styles import used_styles
from briefing.model.places import Problem, several_lines
from briefing.model.publication import Publication
from briefing.pipeline import fingerprints
from briefing.pipeline.briefing_build import EditLinks, PageSettings
from briefing.pipeline.built import BuiltBriefing, Outline, SearchedPage
from briefing.pipeline.dask_executor import ClusterUnusableError
from briefing.pipeline.encoding import digest
from briefing.pipeline.executor import search_of, searched_of, searched_pages
from briefing.pipeline.kept_files import KeptFiles
from briefing.pipeline.pdf_copies import PdfFailedError
from briefing.pipeline.publish import Published, SiteSettings, publish
from briefing.pipeline.site_build import Site
from briefing.pipeline.site_pages import Facts, SitePage
from briefing.pipeline.store import FOLDER, DiskStore, MemoryStore, Store
from briefing.pipeline.timing import BuildObserver, GivingWay
from briefing.preview.hosts import is_loopback
from briefing.render.assets import WORKER, assets, search_assets, worker
from briefing.render.environment import PageTemplateError, Templates, read_templates
from briefing.render.messages import messages
from briefing.render.names import COPIES
from briefing.report import is_todo, todo_sum
from briefing.report.ci import LocatedProblem
from briefing.site import pagefind
from briefing.site.feeds import FeedChannel, channels_of_page
from briefing.site.page_filler import OrdinaryPages
from briefing.site.search import SearchRecord

log = get_plugin_logger("briefing")

SHOWN = 5
"""Briefings that one line names."""
NEW_OBJECTS = 50_000
"""After which a build looks for garbage, as our commands do: at every 700, each briefing that is read from the store
has all of the site gone through."""
THEIR_WORKER = "https://unpkg.com/iframe-worker/shim"
"""Where the plugin `offline` has it from."""


class BriefingConfig(Config):
    """The settings under `plugins: - briefing:` in mkdocs.yml."""

    templates = options.Optional(options.Dir(exists=True))
    """A folder of page templates that replace or extend the shipped ones, file by file."""
    library = options.ListOfItems(options.Choice(render.PARTS), default=list(render.PARTS))
    """What is shown across briefings."""
    on_error = options.Choice(("fail", "notice"), default="fail")
    """What a build does about a broken briefing: fail, or publish a notice in its place and fail at the end."""
    require_review = options.Type(bool, default=False)
    """Whether what is published must have been read by somebody other than its authors."""
    copies = options.ListOfItems(options.Choice(tuple(COPIES)), default=[])
    """The formats in which each briefing can be downloaded whole."""
    feeds = options.Choice((True, False, "site"), default=True)
    """Which feeds there are, where the site has an address: of the site and of every person and topic, or none, or of
    the site alone."""
    search = options.Choice(CHOICES, default="auto")
    """Which engine Material's search box has, `auto` by the size of the site; or the theme's own box."""
    theme_styles = options.Choice(("used", "all"), default="used")
    """Whether our pages have the stylesheets of Material without what they cannot show, or whole."""
    cache = options.Type(bool, default=True)
    """Whether results are kept in `.cache/briefing` beside mkdocs.yml: the next build makes only what has changed."""
    fast = options.Type(bool, default=True)
    """Whether the pages of briefings are made without MkDocs' loops over all pages, where nothing stands against it."""


def _escape_message(record: logging.LogRecord) -> bool:
    """Let nothing that MkDocs itself logs, such as a path, be obeyed by a terminal or log; plugins may use colour."""
    if not record.name.startswith("mkdocs.plugins."):
        record.msg, record.args = several_lines(record.getMessage()), ()
    return True


class BriefingPlugin(BasePlugin[BriefingConfig]):
    """Generates the pages of every briefing below the docs folder."""

    def __init__(self) -> None:
        self.serving = False
        self.listed = Facts()
        self.generated: Mapping[str, Outline | None] = {}
        self.files = Files([])
        self.extensions: list[str] = []
        self.preview = Preview()
        self.kept: Store | None = None
        self.kept_beside: Path | None = None
        self.published: Published | None = None
        self.ordinary: OrdinaryPages | None = None
        self.asking: set[str] = set()
        self.channels: Mapping[str, FeedChannel] = {}
        self.failed = ""
        self.site_dir = ""
        self.env: Environment | None = None
        self.nav: Navigation | None = None
        self.give_way: Callable[[], None] = lambda: None
        """Called now and then in a long build: it returns when nothing more urgent is to be done."""
        self.executor: Callable[[], AbstractContextManager[Executor | None]] = nullcontext
        """Makes what builds the briefings; None for this process and its own."""
        self.observer = BuildObserver()
        """Is told how a build goes."""
        self.dirty = False
        self.deferring = False
        """Whether pages of briefings are rendered when they are asked for: our own preview does that."""
        self.told: set[str] = set()
        self.fast: FastPages | None = None
        self.site_files: KeptFiles | None = None
        self.search_files: KeptFiles | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is a preview; that this hook exists keeps the plugin alive across rebuilds."""
        self.serving, self.dirty, self.told = command == "serve", dirty, set()
        self.deferring, self.give_way = False, lambda: None
        if not self.serving:
            gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
        for handler in logging.getLogger("mkdocs").handlers:
            handler.removeFilter(_escape_message)
            handler.addFilter(_escape_message)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig | None:
        """Make our theme block available, behind the user's own; pages that do not ask for it stay as they are."""
        behind_the_users_own = 1 if config.theme.custom_dir else 0
        ours = resources.templates() / "theme"
        for folder in (ours,) if _is_material(config) else (ours, ours / "portable"):
            config.theme.dirs.insert(behind_the_users_own, str(folder))
        self.extensions = list(config.markdown_extensions)
        _ask_no_other_host(config)
        self.site_dir = config.site_dir
        if "i18n" in config.plugins:
            # It runs last and makes every file anew from the disk, where ours are not: ours come after it.
            config.plugins.events["files"].sort(key=lambda hook: getattr(hook, "__self__", None) is self)
        if self.config.templates:
            config.watch.append(self.config.templates)
        return config

    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Set aside what the last build wrote, before MkDocs empties the folder of the site."""
        self.observer.stage("configuration")
        self.site_files = self.search_files = None
        if self.config.fast and self.config.cache and not self.serving and not self.dirty and config.config_file_path:
            site, cache = Path(config.site_dir), Path(config.config_file_path).parent / FOLDER
            self.site_files, self.search_files = KeptFiles(site, cache), KeptFiles(site, cache / "search")
            self.site_files.set_aside()
            self.search_files.set_aside()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files | None:
        """Check all briefings and what other pages cite of them, keep raw files out of the site, and add the pages."""
        self.observer.stage("list of files")
        self.preview.next_generation()
        self.asking = set()  # MkDocs keeps a plugin from one build to the next
        made_by = DeferredPages if self.deferring else FastPages
        looped = self.dirty or (self.serving and not self.deferring)
        self.fast = fast = made_by(config, self, self.config.fast, self.site_files, looped=looped)
        with as_plugin_error(), self.executor() as executor:
            published = publish(
                Path(config.docs_dir),
                self._texts(files),
                self.settings(config),
                self.templates(),
                edit_links(config),
                taken={file.src_uri for file in files.documentation_pages()},
                preview=self.serving,
                whole=self.serving and is_loopback(config.dev_addr.host),
                html=None if looped else fast.rules,
                store=self.store(config),
                executor=executor,
                observer=GivingWay(self.give_way) if self.serving else self.observer,
            )
        self.published = published
        self._report(published, config)
        _exclude(files, published.raw)
        self.listed, self.ordinary, self.channels = published.site.listed, published.ordinary, published.channels
        self.files, of_folder = files, {path: build.outline for path, build in self.listed.builds.items()}
        self.generated = {page.path: of_folder.get(page.path.rpartition("/")[0]) for page in published.pages}
        self._add_to(files, config, published)
        fast.offer(published.pages)
        self._tell_slow(published)
        self.observer.stage("files beside pages")
        return files

    def _add_to(self, files: Files, config: MkDocsConfig, published: Published) -> None:
        """Add the pages, what belongs to them and what they load to the files of the site; what is there stays."""
        for page in published.pages:
            _add(files, config, page, in_navigation=page.path in published.site.navigation and not config.nav)
        for attached in published.attachments:
            if not files.get_file_from_path(attached.path):
                files.append(GeneratedAttachment.made(config, attached))
        for path, content in self._assets(files, config).items():
            if not files.get_file_from_path(path):
                files.append(File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED))

    def _assets(self, files: Files, config: MkDocsConfig) -> Mapping[str, bytes]:
        """Return the styles, scripts and other files that the site's pages load, by path."""
        own = {**assets(self.serving), **self._theme_styles(config, files)} if self.generated else {}
        if self.listed and self.search(config).has_own_box(config):
            own |= search_assets()
        return {**own, **worker()} if WORKER in config.extra.get("polyfills", ()) else own

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer | None:
        """Have a preview notice an edit sooner than MkDocs does by itself, and answer under its own name alone."""
        quicken(server)
        guard(server, config.dev_addr.host)
        return None

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation | None:
        """Learn what pages can link to, now that all plugins have added theirs, and name sections for readers."""
        self.nav = nav
        if not config.nav:
            name_folders(nav.items, self.generated, messages(site_language(config))("llms.briefings"))
            order_parts(nav.items, self.generated)
        if self.serving:
            self.preview.surround(config, files)
        if self.fast:
            self.fast.begin(files, config)
        self.observer.stage("navigation")
        return None

    @event_priority(100)
    def _on_env_first(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment | None:
        """Keep the theme's compiled templates from one rebuild of a preview to the next, and put our search box into
        them."""
        self.observer.stage("pages that MkDocs reads")
        if self.serving and env.bytecode_cache is None:
            env.bytecode_cache = self.preview.compiled
        if self.listed and self.search(config).has_own_box(config):
            self.search(config).put_box(env, config)
        add_filters(env)
        env.globals["theme_styles"] = THEME_STYLES if files.get_file_from_path(THEME_STYLES) else ""
        self.env = env
        if self.fast:
            self.fast.pause()
        return None

    @event_priority(-100)
    def _on_env_last(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment | None:
        if self.fast:
            self.fast.resume(files, env)
        return None

    on_env = CombinedEvent(_on_env_first, _on_env_last)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext | None:
        """Have the theme's own pages, such as the sitemap, know all pages."""
        if self.fast:
            self.fast.complete(context)
        return context

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
        """Put what a page asks for in its place, and give our pages the extensions that they need.

        The site's other pages are rendered with its own extensions alone, so that not a byte of them changes.
        """
        self.give_way()
        here = page.file.src_uri
        with as_plugin_error():
            filled = self.ordinary.fill(markdown, here) if self.ordinary and here not in self.generated else None
        asked = filled is not None and filled.asked
        self._prepare(page, config, EXTENSIONS if asked or here in self.generated else ())
        if filled is None or self.ordinary is None or not asked:
            return None
        self._fail_late(self.ordinary.new_problems(markdown, here))
        if self.listed:
            self.asking.add(here)
            page.meta.setdefault("template", "briefing.html")
        return filled.markdown

    def _prepare(self, page: MkDocsPage, config: MkDocsConfig, needed: Collection[str]) -> None:
        """Have a page rendered with the extensions that it needs besides the site's, or its HTML taken."""
        config.markdown_extensions = [*self.extensions, *(name for name in needed if name not in self.extensions)]
        if self.fast:
            self.fast.take(page, config)
        if self.serving and (page.file.src_uri in self.generated or PURE.issuperset(config.markdown_extensions)):
            self.preview.keep_html(page)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext | None:
        """Give our pages a navigation that has the pages of their briefing and says where they are."""
        self.give_way()
        here = page.file.src_uri
        if self.fast:
            self.fast.complete(context)
        if here in self.generated:
            show_place(context, page, self.generated[here], nav, self.files, config)
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        """Give a page that asks for something our stylesheet and script, where its own template does not; and say
        where the feeds are."""
        here = page.file.src_uri
        if here not in self.generated and here not in self.asking:
            return None
        output = with_assets(output, root_of(page)) if here in self.asking else output
        return with_feeds(output, root_of(page), channels_of_page(here, self.channels))

    @event_priority(100)
    def _on_post_build_first(self, *, config: MkDocsConfig) -> None:
        """Write the pages that are ready, before other plugins look at what was written."""
        self.observer.stage("files and pages that MkDocs writes")
        fast, nav = self.fast, self.nav
        if fast is None or nav is None:
            return

        def finish(output: str, page: MkDocsPage) -> str:
            made = self.on_post_page(output, page=page, config=config)
            return output if made is None else made

        def present(context: TemplateContext, page: MkDocsPage) -> object:
            return self.on_page_context(context, page=page, config=config, nav=nav)

        recorded = recorded_pages(self.published.site) if self.published and not self.deferring else {}
        presentation = Presentation(present, finish, self._facts, recorded.__contains__)
        fast.write(self.files, config, nav, presentation, not unrepeatable_plugin(config, self))
        self.observer.stage("pages of briefings, with the theme")

    @event_priority(-50)
    def _on_post_build_late(self, *, config: MkDocsConfig) -> None:
        """Have the site's search find annotations: its index is written by now, and `offline` packs it afterwards."""
        self.observer.stage("other plugins")
        if self.published and self.listed and not self.deferring:
            site = self.published.site
            recorded = recorded_pages(site)
            pages = Pages(recorded, self._address, digest(fingerprints.program(), sorted(recorded.items())))
            self.search(config).write(config, partial(records_of, site), pages)
        self.observer.stage("search")

    @event_priority(-1000)
    def _on_post_build_last(self, *, config: MkDocsConfig) -> None:
        """Write the manifest of the site, after whatever other plugins write."""
        if self.listed and not self.serving:
            write_site_manifest(Path(config.site_dir), self._inputs(config), self._cache(config))
        self.observer.stage("manifest")

    on_post_build = CombinedEvent(_on_post_build_first, _on_post_build_late, _on_post_build_last)

    def _inputs(self, config: MkDocsConfig) -> SiteInputs:
        """Return what the site is made from, apart from its briefings."""
        docs, own = Path(config.docs_dir), [file for file in self.files.documentation_pages() if not file.generated_by]
        read = {f"docs/{name}": docs / name for name in load.register_files(docs)}
        if config.config_file_path:
            read["mkdocs.yml"] = Path(config.config_file_path)
        pages = {f"docs/{file.src_uri}": file.content_bytes for file in own}
        inputs = {name: path.read_bytes() for name, path in read.items() if path.is_file()} | pages
        folders = tuple(f"{path}/" for path in self.listed.builds)
        made = (path for path in self.generated if not path.startswith(folders))
        files = [file for path in (*made, *self.asking) if (file := self.files.get_file_from_path(path))]
        citing = {file.dest_uri: "" if file.src_uri in self.generated else file.content_string for file in files}
        return SiteInputs(
            site_language(config), inputs, citing, tuple(filter(None, (config.site_name, config.site_author)))
        )

    def _cache(self, config: MkDocsConfig) -> Path | None:
        """Return the folder for what is kept from build to build; None where nothing is."""
        if not config.config_file_path or not self.config.cache:
            return None
        return Path(config.config_file_path).resolve().parent / FOLDER

    def _tell_slow(self, published: Published) -> None:
        """Say once why pages of briefings go through MkDocs' loops."""
        reason = self.fast.reason if self.fast else ""
        if reason and published.pages and not self.serving and reason not in self.told:
            self.told.add(reason)
            log.info("pages of briefings are built the slower way: %s", reason)

    def _facts(self, path: str) -> object:
        """Return what a page shows besides its content and what all pages of the site do."""
        briefing, folder = self.generated[path], path.rpartition("/")[0]
        about = (briefing.language, briefing.labels) if briefing else ()
        pages = (f"{folder}/{name}.md" for name, _ in briefing.labels) if briefing else ()
        channels = [(one.title, [file.path for file in one.files]) for one in channels_of_page(path, self.channels)]
        return channels, about, [self._address(page) for page in (*pages, f"{path.split('/')[0]}/index.md")]

    def _address(self, path: str) -> str | None:
        return address_in(self.files, path)

    def on_build_error(self, *, error: Exception) -> None:
        """Say what the system refuses a build, and where, instead of a traceback: a full disk, a read-only folder."""
        if isinstance(error, OSError):
            told = report.reason_of(error, self.site_dir)
            raise Abort(f"the site is not complete: {told}") from error

    def on_shutdown(self) -> None:
        """After everything is written, say that not all of it could be published."""
        if self.kept:
            self.kept.close()
            self.kept = None
        failed, self.failed = self.failed, ""
        if failed and not self.serving:
            raise PluginError(failed)

    def page_settings(self, config: MkDocsConfig) -> PageSettings:
        """Return how a preview makes the pages of a briefing."""
        whole, html = is_loopback(config.dev_addr.host), self.fast.rules if self.fast and self.deferring else None
        library = frozenset(self.config.library)
        return PageSettings(self.templates(), edit_links(config), library, True, whole, html, publication(config))

    def search(self, config: MkDocsConfig) -> SiteSearch:
        """Return which search this site wants."""
        beside = Path(config.config_file_path).resolve().parent if config.config_file_path else None
        kept = beside / FOLDER / pagefind.KEPT if beside and self.config.cache else None
        return SiteSearch(self.config.search, site_language(config), self.serving, kept, self.search_files)

    def settings(self, config: MkDocsConfig) -> SiteSettings:
        """Return what this site wants of its briefings."""
        own = self.config
        configuration = Path(config.config_file_path) if config.config_file_path else None
        return SiteSettings(
            publication(config),
            own.library,
            own.feeds,
            own.require_review,
            own.on_error,
            configuration,
            copy_formats(own.copies),
        )

    def store(self, config: MkDocsConfig) -> Store:
        """Return where the results of earlier builds are: one store from one rebuild of a preview to the next."""
        beside = Path(config.config_file_path).parent if config.config_file_path and self.config.cache else None
        if self.kept is None or self.kept_beside != beside:
            self.kept_beside = beside
            self.kept = DiskStore(beside / FOLDER, log.info) if beside else MemoryStore()
        return self.kept

    def templates(self) -> Templates:
        """Return the page templates of this site."""
        own = Path(self.config.templates) if self.config.templates else None
        return read_templates(resources.templates() / "pages", own)

    def _theme_styles(self, config: MkDocsConfig, files: Files) -> Mapping[str, bytes]:
        """Return the theme's stylesheet for our pages by its path; none in a preview, which is not sent far."""
        own = Path(self.config.templates) if self.config.templates else None
        sheet = None if self.serving or self.config.theme_styles == "all" else used_styles(config, files, own)
        return {} if sheet is None else {THEME_STYLES: sheet.encode()}

    def _texts(self, files: Files) -> dict[str, str]:
        """Return the pages that this build has, as they were written."""
        shown = [file for file in files.documentation_pages() if file.generated_by is None]
        kept = (f for f in shown if f.inclusion.is_included() or (self.serving and f.inclusion.is_in_serve()))
        return {file.src_uri: file.content_bytes.decode("utf-8-sig", "replace") for file in kept}

    def _fail_late(self, problems: Iterable[Problem]) -> None:
        """What another plugin wrote into a page, wrong, is found when the page is built."""
        for problem in problems:
            log.error("%s", report.as_text(problem, {}))
            self.failed = self.failed or "a page cites what is not there"

    def _report(self, published: Published, config: MkDocsConfig) -> None:
        """Log every problem; a build then fails once, at the end if notices are published, a preview shows them."""
        briefings = published.briefings.briefings
        summary = report_problems(published, docs_prefix(Path(config.docs_dir)))
        self.failed = ""
        if summary and not self.serving:
            if self.config.on_error == "fail":
                raise PluginError(summary)
            self.failed = summary
        if not self.serving:
            _log_unpublished(each.outline for each in briefings if each.outline.readable)
        if published.site.listed:
            self._log_unset(config)

    def _log_unset(self, config: MkDocsConfig) -> None:
        """Log what the site's configuration does not say and readers miss: its address, and a name of its own."""
        file = Path(config.config_file_path or "mkdocs.yml").name
        if self.config.feeds and not publication(config).complete:
            log.info("there are no feeds, because their addresses must be complete: set site_url in %s", file)
        if config.site_name == resources.SITE_NAME and not self.serving:
            log.info("readers see “%s” as the name of this site: set site_name in %s", config.site_name, file)


def address_in(files: Files, path: str) -> str | None:
    """Return the address of a file of a site; None where there is none."""
    file = files.src_uris.get(path)
    return file.url if file else None


def records_of(site: Site) -> Iterator[tuple[str, tuple[SearchRecord, ...]]]:
    """Yield what a search finds, with the folder that its pages are in."""
    for path, build in site.listed.builds.items():
        yield path, search_of(build)
    yield "", site.records


def recorded_pages(site: Site) -> Mapping[str, SearchedPage]:
    """Return what a search has of the pages that have records, by their paths among the documents."""
    own = {f"{path}/{one.page}": one for path, build in site.listed.builds.items() for one in searched_of(build)}
    return {**own, **{one.page: one for one in searched_pages(site.records)}}


def _is_material(config: MkDocsConfig) -> bool:
    """Return whether the theme is Material, or one that is made of it, whose markup our templates know."""
    return any(Path(folder, "partials/content.html").is_file() for folder in config.theme.dirs)


def _ask_no_other_host(config: MkDocsConfig) -> None:
    """Have Material's plugin `offline` find the worker that it needs in the site itself: it names a copy on another
    host, which a page that is opened from a disk would ask."""
    offline = [plugin for name, plugin in config.plugins.items() if name.rpartition("/")[2] == "offline"]
    scripts = [script for script in config.extra.get("polyfills", ()) if script != THEIR_WORKER]
    if any(plugin.config.get("enabled", True) for plugin in offline):
        if not any("iframe-worker" in str(script) for script in scripts):
            scripts.append(WORKER)
        config.extra["polyfills"] = scripts


@contextmanager
def as_plugin_error() -> Iterator[None]:
    """What is wrong in a page template, with a cluster or a browser stops the build with its message alone."""
    try:
        yield
    except (PageTemplateError, ClusterUnusableError, PdfFailedError) as error:
        raise PluginError(str(error)) from None


def log_problems(build: BuiltBriefing, docs: Path) -> None:
    """Log what is wrong in one briefing."""
    prefix = docs_prefix(docs)
    _log_problems([(problem, build.files, prefix) for problem in build.problems])


def report_problems(published: Published, prefix: str) -> str:
    """Log everything that is wrong; return it in one sentence if there are errors, else nothing.

    `prefix` leads to the docs folder in messages.
    """
    located = [(problem, files, prefix) for problem, files in published.located()]
    _log_problems(located)
    if not published.broken:
        return ""
    return report.summary([problem for problem, _, _ in located], len(published.briefings.briefings))


def _log_problems(located: Collection[LocatedProblem]) -> None:
    """Log each problem; TODOs in one line, and no warning: a draft is not published, so it stops no strict build."""
    for found in located:
        level = log.error if found[0].severity == "error" else log.warning
        level = log.debug if is_todo(found) else level
        level("%s", report.as_text(*found))
    if todos := [found for found in located if is_todo(found)]:
        log.info("%s; `briefing check` names each", todo_sum(todos))


def _log_unpublished(briefings: Iterable[Outline]) -> None:
    """Log in one line which briefings a build leaves out, each with its status."""
    names = [f"{each.path} ({each.status})" for each in briefings if each.status != "published"]
    if len(names) > SHOWN:
        names = [*names[: SHOWN - 1], f"{len(names) - SHOWN + 1:,} more"]
    if names:
        log.info("not published: %s", ", ".join(names))


def publication(config: MkDocsConfig) -> Publication:
    """Return what feeds say of the site."""
    author = str(config.site_author or config.site_name)
    language = site_language(config)
    return Publication(config.site_name, config.site_url or "", author, language, config.use_directory_urls)


def copy_formats(wanted: Collection[str]) -> tuple[str, ...]:
    """Return the formats of copies that a site has, in one order; a PDF is printed from the HTML file, which is then
    there, too."""
    return tuple(name for name in COPIES if name in wanted or (name == "html" and "pdf" in wanted))


def root_of(page: MkDocsPage) -> str:
    """Return what leads from a page to the top of its site."""
    return page.url.count("/") * "../" if page.url else ""


def with_assets(output: str, root: str) -> str:
    """Return a page of another template with the stylesheet and the script of previews."""
    if "assets/briefing/briefing.css" in output:
        return output
    sheets = (f'<link rel="stylesheet" href="{root}assets/briefing/{name}.css">' for name in ("briefing", "cards"))
    script = f'<script src="{root}assets/briefing/later.js" defer></script>'
    return output.replace("</head>", f"{''.join(sheets)}{script}</head>", 1)


def with_feeds(output: str, root: str, found: Iterable[FeedChannel]) -> str:
    """Return a page whose head says where the feeds are, and what each is of."""
    kinds = {".xml": "application/atom+xml", ".json": "application/feed+json"}
    # Material takes what is exactly `alternate` for a translation and asks for a sitemap beside it; a list of one word
    # with a space is the same to whoever reads it as HTML's.
    links = "".join(
        f'<link rel="alternate " type="{kinds[Path(file.path).suffix]}" title="{escape(channel.title)}" '
        f'href="{root}{quote(file.path)}">'
        for channel in found
        for file in channel.files
    )
    return output.replace("</head>", f"{links}</head>", 1) if links else output


def edit_links(config: MkDocsConfig) -> EditLinks:
    """Return where the files below the docs folder are edited."""
    return EditLinks(config.repo_url or "", config.edit_uri or "", config.edit_uri_template or "")


def site_language(config: MkDocsConfig) -> str:
    """Return the language of the site's own interface, for what belongs to no briefing."""
    return str(config.theme.get("language") or config.theme.get("locale") or "en")


def docs_prefix(docs: Path) -> str:
    """What leads from the working directory to the docs folder in a message, so that editors can open the place."""
    try:
        return docs.resolve().relative_to(Path.cwd()).as_posix() + "/"
    except ValueError:
        return docs.as_posix() + "/"


def _exclude(files: Files, names: Collection[str]) -> None:
    """The raw files of briefings are not part of the site."""
    for file in files:
        if file.src_uri in names:
            file.inclusion = InclusionLevel.EXCLUDED


def _add(files: Files, config: MkDocsConfig, page: SitePage, in_navigation: bool) -> None:
    """A page as a file of the site; what is not in the navigation is not said to be missing there.

    The site's own patterns are about files that lie in its folder: whatever `exclude_docs` says, what is made of them
    is published.
    """
    if files.get_file_from_path(page.path):
        return  # the author's own file stays; `page-collision` has said so
    unnamed = not in_navigation or (config.not_in_nav is not None and config.not_in_nav.match_file(page.path))
    inclusion = InclusionLevel.NOT_IN_NAV if unnamed else InclusionLevel.INCLUDED
    file = GeneratedFile.of(config, page.path, inclusion, lambda: page.markdown)
    # Generated files have neither: the edit link then leads to the YAML, and plugins that look at the file find one.
    file.edit_uri = page.edit or None
    file.abs_src_path = str(Path(config.docs_dir) / page.edit)
    files.append(file)
