"""What all pages of a site show apart from their own content: one hash of configuration, navigation and theme.

Two builds with the same hash give a page with the same content and facts the same bytes. Whatever is met that this
module does not know raises DoubtfulError, and then no page of an earlier build is used.
"""

from __future__ import annotations

import datetime
import enum
import hashlib
import re
from collections import UserDict
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import PurePath
from types import FunctionType, ModuleType
from typing import Any

from jinja2 import BaseLoader, Environment, TemplateNotFound
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.runtime import Context
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.theme import Theme
from mkdocs.utils import get_build_date

from briefing.pipeline.fingerprints import program

UNSEEN = ("site_dir", "plugins", "hooks", "watch", "dev_addr", "strict")
"""Settings that no page shows, or that are looked at otherwise."""


class DoubtfulError(Exception):
    """Something may decide what a page shows, and there is no way to tell whether it is the same again."""


def digest(*parts: object) -> str:
    """Return a hash of texts, bytes and other simple values, each with its kind and length."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        content = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        made.update(f"{type(part).__name__} {len(content)}\0".encode())
        made.update(content)
    return made.hexdigest()


# --- configuration ---------------------------------------------------------------------------------------------------


def configuration_digest(config: MkDocsConfig) -> str:
    """Return a hash of all settings that a theme can show, and of all programs that render it.

    Raises DoubtfulError.
    """
    settings = {key: value for key, value in config.items() if key not in UNSEEN}
    plugins = {name: getattr(plugin, "config", None) for name, plugin in config.plugins.items()}  # hooks have none
    return digest(program(), simple(settings), simple(plugins), list(config.plugins))


def simple(value: object) -> object:
    """Return a setting as tuples, texts and numbers whose `repr` is the same in every process. Raises DoubtfulError."""
    if value is None or isinstance(value, bool | int | float | str | bytes | datetime.date):
        return _single(value)
    if isinstance(value, enum.Enum | PurePath):
        return str(value)
    if isinstance(value, FunctionType | type | ModuleType):
        return (value.__name__, getattr(value, "__module__", ""), getattr(value, "__qualname__", ""))
    if isinstance(value, Theme):
        return (value.name, simple(dict(value)))
    if isinstance(value, Mapping | UserDict | list | tuple | set | frozenset):
        return _several(value)
    if hasattr(value, "patterns"):  # of a .gitignore
        return tuple(str(getattr(one, "pattern", one)) for one in value.patterns)
    if type(value).__module__.split(".")[0] in ("mkdocs", "babel", "re") and hasattr(value, "__dict__"):
        return (type(value).__qualname__, simple(vars(value)))
    raise DoubtfulError(f"a setting is a {type(value).__name__}")


def _single(value: object) -> object:
    # a text of a class of its own, such as a path of a script, may have fields of its own
    more = simple(vars(value)) if hasattr(value, "__dict__") else ()
    return (str(value) if isinstance(value, str) else value, more) if more else value


def _several(values: Mapping[Any, object] | UserDict[Any, object] | Iterable[object]) -> tuple[object, ...]:
    if isinstance(values, Mapping | UserDict):
        kind = type(values).__qualname__ if isinstance(values, Config) else "mapping"
        return (kind, tuple((str(key), simple(one)) for key, one in values.items()))
    if isinstance(values, set | frozenset):
        return tuple(sorted(repr(simple(one)) for one in values))
    return tuple(map(simple, values))


# --- navigation ------------------------------------------------------------------------------------------------------


def navigation_digest(nav: Navigation, with_content: bool) -> str:
    """Return a hash of the navigation that all pages share, `with_content` with what is in its pages.

    Raises DoubtfulError.
    """
    home = nav.homepage.file.src_uri if nav.homepage else None
    items = tuple(_item(item, with_content) for item in nav.items)
    return digest(items, [page.file.src_uri for page in nav.pages], home)


def _item(item: StructureItem, with_content: bool) -> object:
    facts: tuple[object, ...] = (type(item).__name__, item.title)
    if isinstance(item, MkDocsPage):
        facts += (*page_facts(item), simple(item.meta))
        if with_content:
            facts += (digest(item.content), str(item.toc), digest(item.markdown))
    else:
        facts += (getattr(item, "url", None),)
    return (*facts, tuple(_item(child, with_content) for child in getattr(item, "children", None) or ()))


def page_facts(page: MkDocsPage) -> tuple[object, ...]:
    """Return what a page shows of itself besides its content: title where that is given otherwise, addresses, place in
    the site."""
    around = (page.previous_page, page.next_page)
    places = tuple((other.url, other.title) if other else None for other in around)
    above = tuple(one.title for one in page.ancestors)
    file = page.file
    named = (file.src_uri, file.dest_uri, file.url, file.edit_uri, file.inclusion.name, file.generated_by)
    return (
        vars(page).get("title"),
        page.canonical_url,
        page.abs_url,
        page.edit_url,
        page.is_homepage,
        places,
        above,
        named,
    )


# --- theme -----------------------------------------------------------------------------------------------------------


_OTHER_PAGES = re.compile(r"\b(?!page\b|mdx_configs\b|listing\b|post\b)\w+\.(?:content|markdown|toc)\b")
"""A theme that looks into other pages than the one it shows."""
_DATED = re.compile(r"\bupdate_date\b")
_BY_CHANCE = re.compile(r"\|\s*random\b|\blipsum\b|\bplugins\b")
_OF_PLUGINS = re.compile(
    r"""["'][^"']*["']\s+in\s+config\.plugins\b(?!\s*[.\[])|config\.plugins(?:\.\w+|\[[^\]]*\])(?:\.config|\s*\|\s*attr\("config"\))"""
    r"""|config\.plugins\.mike\b|config\.plugins\["git-authors"\]"""
)
"""What is known of plugins: whether there is one, and its settings. The last two are Material's own: a page that they
change has been given to them."""


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A template of a theme: its hash, and what it may show that is in no other hash."""

    digest: str
    """Empty where there is no such template."""
    other_pages: bool = False
    dated: bool = False
    doubtful: bool = False

    def as_text(self) -> str:
        """Return it for a note."""
        return f"{self.digest} {self.other_pages:d}{self.dated:d}{self.doubtful:d}"

    @classmethod
    def from_text(cls, text: str) -> TemplateSource:
        """Return what `as_text` has noted; of anything else a template that is none."""
        known, _, flags = text.partition(" ")
        return cls(known, *(flag == "1" for flag in flags[:3]))


NO_SOURCE = TemplateSource("")


def source_of(name: str, text: str) -> TemplateSource:
    """Return what is known of a template by its name and text."""
    if name.endswith(".xml"):  # of the site, never of a page
        return TemplateSource(digest(text))
    doubtful = bool(_BY_CHANCE.search(_OF_PLUGINS.sub("", text)))
    return TemplateSource(digest(text), bool(_OTHER_PAGES.search(text)), bool(_DATED.search(text)), doubtful)


class NotedLoader(BaseLoader):
    """Loads a theme's templates and notes each that was asked for, those that are not there as well."""

    def __init__(self, loader: BaseLoader) -> None:
        self.loader = loader
        self.noted: dict[str, TemplateSource] = {}

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template as the theme's own loader does. Raises TemplateNotFound."""
        try:
            found = self.loader.get_source(environment, template)
        except TemplateNotFound:
            self.noted[template] = NO_SOURCE
            raise
        self.noted[template] = source_of(template, found[0])
        return found

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return self.loader.list_templates()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.loader, name)


def note_templates(env: Environment) -> NotedLoader:
    """Have the templates of a theme noted from now on."""
    assert env.loader is not None
    loader = NotedLoader(env.loader)
    env.loader = loader
    if env.cache is not None:
        env.cache.clear()
    return loader


def unchanged(sources: Mapping[str, str], env: Environment) -> bool:
    """Return whether all templates, given by name with their hashes, are the same in this theme."""
    return all(_current(name, env) == known for name, known in sources.items())


def _current(name: str, env: Environment) -> str:
    assert env.loader is not None
    try:
        return digest(env.loader.get_source(env, name)[0])
    except TemplateNotFound:
        return ""


class SiteView:
    """What all pages of a build show of their site, as it is before the first of them is rendered.

    `with_content` says that a theme is known to show what is in the pages of the navigation. Raises DoubtfulError.
    """

    def __init__(self, config: MkDocsConfig, nav: Navigation, env: Environment, with_content: bool) -> None:
        names = {name: value for name, value in env.globals.items() if name not in DEFAULT_NAMESPACE}
        self._names = simple({name: _name_of(value) if callable(value) else value for name, value in names.items()})
        self._settings = configuration_digest(config)
        self._plain = navigation_digest(nav, False)
        self._whole = navigation_digest(nav, True) if with_content else ""
        self._dates = sorted({get_build_date(), *(page.update_date for page in nav.pages)})

    def digest(self, sources: Iterable[TemplateSource]) -> str:
        """Return the hash of all that pages show which are rendered with these templates. Raises DoubtfulError."""
        known = list(sources)
        if any(source.doubtful for source in known):
            raise DoubtfulError("a template shows something by chance or of a plugin")
        content = any(source.other_pages for source in known)
        if content and not self._whole:
            raise DoubtfulError("a template that was not known shows what is in other pages")
        dates = self._dates if any(source.dated for source in known) else ()
        return digest(self._settings, self._names, self._whole if content else self._plain, dates)


def _name_of(function: Any) -> str:
    return f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', type(function).__qualname__)}"


# --- what only some pages show ---------------------------------------------------------------------------------------


PASSING = frozenset(["pages", "build_date_utc"])
"""What a template has at hand that differs from build to build, or with every page that is added to the site."""


class NotedContext(Context):
    """The names that templates see; notes when one of them looks at what passes."""

    looked = False

    def resolve_or_missing(self, key: str) -> Any:
        """Return the value of a name as any template gets it."""
        if key in PASSING:
            NotedContext.looked = True
        return super().resolve_or_missing(key)


class _QuickContext(NotedContext):
    """The same without a set of all global names, which Jinja makes for each of the fifty templates that a page
    includes: it is made where a template asks for it, which only those that are imported do."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Any],
        globals: MutableMapping[str, Any] | None = None,
    ) -> None:
        self._globals = globals
        super().__init__(environment, parent, name, blocks)

    @property
    def globals_keys(self) -> set[str]:
        """The names of all that is global."""
        return set(self._globals or ())

    @globals_keys.setter
    def globals_keys(self, names: set[str]) -> None:
        """Take none: Jinja gives an empty set at the beginning, because it has been told of none."""


def note_names(env: Environment) -> None:
    """Have it noted from now on when templates look at what passes."""
    given = env.context_class
    env.context_class = _QuickContext if given is Context else type("Noted", (NotedContext, given), {})
