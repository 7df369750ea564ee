"""The navigation of the theme as one page shows it: the pages of its briefing are in it, and its place is marked.

Only the briefing that a reader is in has its pages listed. Every page holds all of the navigation, so listing those of
all briefings would make a site grow with the square of their number.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from typing import TypeVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from briefing.pipeline.built import Outline
from briefing.render.messages import messages
from briefing.render.routes import PARTS

Item = TypeVar("Item", Section, Page)


def name_folders(items: list[StructureItem], generated: Mapping[str, Outline | None], briefings: str) -> None:
    """Give the sections of a navigation that made itself names that readers understand, in place of folders' names.

    One that holds a single page, which we generate, gives way to that page and its title; one of nothing but briefings
    gets the name `briefings`. Sections of the author's own pages keep theirs. `generated` has the pages by path.
    """
    for at, item in enumerate(items):
        if not isinstance(item, Section):
            continue
        name_folders(item.children, generated, briefings)
        ours = [one for one in item.children if isinstance(one, Page) and one.file.src_uri in generated]
        if len(ours) < len(item.children):
            continue
        if len(ours) == 1:
            items[at], ours[0].parent = ours[0], item.parent
        elif all(generated[one.file.src_uri] for one in ours):
            item.title = briefings


def order_parts(items: list[StructureItem], generated: Collection[str]) -> None:
    """Put the pages across briefings behind what a site is about, as readers look for them: people first, data last."""
    last = [f"{part}/index.md" for part in PARTS if f"{part}/index.md" in generated]

    def rank(item: StructureItem) -> int:
        path = item.file.src_uri if isinstance(item, Page) else ""
        return last.index(path) + 1 if path in last else 0

    items.sort(key=rank)


def navigation_of(
    page: Page, briefing: Outline | None, nav: Navigation, files: Files, features: Collection[str]
) -> Navigation:
    """Return the navigation that a generated page shows; `briefing` is the one that it is of, if any.

    Its pages are listed at its overview, or at the end where the navigation does not have that. A page across
    briefings, of which the navigation has the index alone, is marked there. `features` are those of the theme.
    """
    folder = briefing.path if briefing else page.file.src_uri.split("/")[0]
    file = files.get_file_from_path(f"{folder}/index.md")
    if file is None or file.page is None:
        return nav
    if briefing is None:
        return _copied(nav, _replaced(nav.items, file.page, lambda item: _as_active(item))[0])
    links = [_link(files, f"{folder}/{name}.md", label, page) for name, label in briefing.labels]
    # with this feature the heading of a section is its overview, which is then not listed below it
    children: list[StructureItem] = [file.page if "navigation.indexes" in features else links[0], *links[1:]]
    items, found = _replaced(nav.items, file.page, lambda item: _as_active(Section(item.title or "", children)))
    named = messages(briefing.language)("page.tabs")
    return _copied(nav, items if found else [*items, _as_active(Section(named, children))])


def show_place(
    context: TemplateContext, page: Page, briefing: Outline | None, nav: Navigation, files: Files, config: MkDocsConfig
) -> None:
    """Give a generated page, of a briefing or across all, the navigation that says where it is."""
    features = config.theme.get("features", ())
    keep_navigation(page, features)
    context["nav"] = navigation_of(page, briefing, nav, files, features)


def keep_navigation(page: Page, features: Collection[str]) -> None:
    """Have the theme show the navigation beside a page that hides it, where it has no tabs and so no other."""
    if "navigation.tabs" not in features:
        page.meta["hide"] = [part for part in page.meta.get("hide", ()) if part != "navigation"]


def _link(files: Files, path: str, label: str, here: Page) -> Link:
    file = files.get_file_from_path(path)
    made = Link(label, file.url if file else "")
    made.active = path == here.file.src_uri
    return made


def _replaced(
    items: Sequence[StructureItem], page: Page, made: Callable[[Page], StructureItem]
) -> tuple[list[StructureItem], bool]:
    """Return items with another in place of a page, and whether it was there; the sections that hold it are active."""
    shown: list[StructureItem] = []
    found = False
    for item in items:
        if item is page:
            shown.append(made(page))
            found = True
        elif isinstance(item, Section):
            children, inside = _replaced(item.children, page, made)
            shown.append(_holding(item, children) if inside else item)
            found = found or inside
        else:
            shown.append(item)
    return shown, found


def _holding(section: Section, children: list[StructureItem]) -> Section:
    """Return a section with other children; one that holds nothing but a section is not one within another."""
    made = _as_active(copy(section))
    only = children[0] if len(children) == 1 else None
    made.children = only.children if isinstance(only, Section) else children
    return made


def _as_active(item: Item) -> Item:
    """Return a copy that is marked, which leaves those that all pages share as they are."""
    made = copy(item)
    made.parent = None
    made.active = True
    return made


def _copied(nav: Navigation, items: list[StructureItem]) -> Navigation:
    made = Navigation(items, nav.pages)
    made.homepage = nav.homepage
    return made
