"""The stylesheet of Material for our own pages: without the rules for what no such page has.

It is the second heaviest file of a page, and a third of it is for what only Markdown extensions make: admonitions,
highlighted code, content tabs, task lists and the icons of all those. Nothing on a page that we make has them: an
author's prose has a dialect of its own. A rule is left out where it asks for a class that neither a template nor a
script names, or for a colour that the site has not chosen; what is in doubt stays. Pages of other templates keep the
theme's own file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from briefing import resources

FILE = "assets/briefing/theme.css"
"""Where it is in a site."""

_SHEET = re.compile(r"assets/stylesheets/(main|palette)\.[0-9a-f]{8}\.min\.css")
_SCRIPT = re.compile(r"assets/javascripts/bundle\.[0-9a-f]{8}\.min\.js")
_KNOWN_PLUGINS = frozenset(
    {"search", "briefing", "meta", "tags", "offline", "privacy", "social", "blog", "optimize", "info", "projects"}
)
"""Plugins that put no markup into our pages but through templates of the theme."""
_MADE_BY_MARKDOWN = frozenset({"headerlink"})
"""Classes that the extensions of our pages make."""
_OF_OTHER_EXTENSIONS = frozenset(
    {"admonition", "annotate", "arithmatex", "cards", "codehilite", "critic", "emojione", "footnote", "footnotes"}
    | {"footnote-ref", "footnote-backref", "grid", "highlight", "highlighttable", "keys", "linenodiv", "mermaid"}
    | {"tabbed-alternate", "tabbed-block", "tabbed-button", "tabbed-content", "tabbed-control", "tabbed-labels"}
    | {"tabbed-set", "task-list", "task-list-control", "task-list-indicator", "task-list-item", "twemoji"}
    | {"abstract", "bug", "danger", "example", "failure", "info", "note", "question", "success", "tip", "warning"}
    | {"md-annotation", "md-annotation-list"}
)
"""Classes that others put into a page, and that the theme's script looks for there."""

_NAME = re.compile(r"[A-Za-z_][\w-]+")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_COLOUR = re.compile(r"\[data-md-color-(scheme|primary|accent)=[\"']?([\w-]+)")
_FUNCTION = re.compile(r":(?:not|is|where|has)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_IMAGE = re.compile(r"(--[\w-]+):url\((?:\"[^\"]*\"|'[^']*'|[^)\"']*)\);?")
_NESTING = ("@media", "@supports", "@container", "@layer")


def used_styles(config: MkDocsConfig, files: Files, templates: Path | None) -> str | None:
    """Return the rules of the theme's stylesheets that our pages may need; `templates` is the site's own folder of
    page templates.

    Return None where that cannot be told and the pages use the theme's own files: with another theme, with instant
    navigation, where pages of both kinds take each other's place, or where hooks, plugins or scripts that are not known
    may put markup into a page.
    """
    sheets = {found[1]: file for file in files if (found := _SHEET.fullmatch(file.src_uri))}
    script = next((file for file in files if _SCRIPT.fullmatch(file.src_uri)), None)
    if "main" not in sheets or script is None or not _is_known(config):
        return None
    added = [_text(files, str(path)) for path in (*config.extra_javascript, *config.extra_css)]
    if None in added:
        return None
    named = _named(config, templates, script.content_string) | _names(filter(None, added))
    colours = frozenset(_colours(config))
    used = ("main", "palette") if config.theme.get("palette") else ("main",)
    try:
        kept = "".join(_kept(sheets[name].content_string, named, colours) for name in used if name in sheets)
    except ValueError:
        return None
    return _without_images(kept, named)


def _named(config: MkDocsConfig, templates: Path | None, script: str) -> set[str]:
    """Return the words that may be classes of a page: in templates, the theme's and the site's own, and in scripts."""
    own = [str(folder) for folder in (config.theme.custom_dir, templates) if folder]
    shipped = [*(str(folder) for folder in config.theme.dirs if folder not in own), str(resources.templates())]
    named = _names([script, *_texts(shipped)]) - _OF_OTHER_EXTENSIONS
    return named | _names(_texts(own)) | _MADE_BY_MARKDOWN


def _is_known(config: MkDocsConfig) -> bool:
    """Whether nothing that is not known may put markup into a page."""
    plugins = {name.rpartition("/")[2] for name in config.plugins}
    instant = any(str(name).startswith("navigation.instant") for name in config.theme.get("features") or ())
    return not (config.hooks or instant or plugins - _KNOWN_PLUGINS)


def _text(files: Files, path: str) -> str | None:
    """Return a file that the site adds to every page; None where it is none of its own."""
    file = files.get_file_from_path(path)
    return file.content_string if file else None


def _names(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in _NAME.findall(text)}


def _texts(folders: Iterable[str]) -> Iterator[str]:
    """Yield the templates and scripts below folders; the theme's icons, thousands, are in a folder with a dot."""
    for folder in folders:
        for path, below, names in os.walk(folder):
            below[:] = [name for name in below if not name.startswith(".")]
            for name in names:
                if name.endswith((".html", ".jinja", ".js")) and not name.endswith(".min.js"):
                    yield Path(path, name).read_text("utf-8", "replace")


def _colours(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Yield what a page can be drawn in: pairs of `scheme`, `primary` or `accent` and the name that it has there."""
    palette = config.theme.get("palette") or ()
    yield from (("scheme", "default"), ("scheme", "slate"))
    for one in [palette] if isinstance(palette, dict) else palette:
        yield from ((part, str(one[part]).replace(" ", "-")) for part in ("scheme", "primary", "accent") if part in one)


def _kept(sheet: str, named: Collection[str], colours: Collection[tuple[str, str]]) -> str:
    """Return the rules of a stylesheet that may apply; raise ValueError where it cannot be read."""
    kept: list[str] = []
    for head, body in _rules(sheet):
        if body is None:
            kept.append(head)
        elif head.startswith(_NESTING):
            inner = _kept(body, named, colours)
            kept += [f"{head}{{{inner}}}"] if inner else []
        elif head.startswith("@"):
            kept.append(f"{head}{{{body}}}")
        elif selectors := [one for one in _selectors(head) if _may_apply(one, named, colours)]:
            kept.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(kept)


def _rules(sheet: str) -> Iterator[tuple[str, str | None]]:
    """Yield the rules at the top of a stylesheet: what is before the braces, and what is in them; statements that have
    no braces come with their semicolon."""
    start = depth = opened = 0
    for found in re.finditer(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|/\*.*?\*/|\\.|[{};]", sheet, re.DOTALL):
        mark, at = found[0], found.start()
        if mark == "{":
            opened = at if depth == 0 else opened
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth == 0:
                yield sheet[start:opened].strip(), sheet[opened + 1 : at]
                start = at + 1
        elif mark == ";" and depth == 0:
            yield sheet[start : at + 1].strip(), None
            start = at + 1
        if depth < 0:
            break
    if depth or sheet[start:].strip():
        raise ValueError("braces do not match")


def _selectors(head: str) -> list[str]:
    """Return the alternatives of a selector: commas within brackets divide none."""
    return re.findall(r"(?:[^,(\[\"']|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[[^\]]*\]|\"[^\"]*\"|'[^']*')+", head)


def _may_apply(selector: str, named: Collection[str], colours: Collection[tuple[str, str]]) -> bool:
    """Whether a selector asks for nothing that no page has; what is in brackets is not looked at, as it may choose."""
    if "\\" in selector:
        return True
    plain = _FUNCTION.sub("", selector)
    classes = all(_is_named(name, named) for name in _CLASS.findall(plain))
    return classes and all(colour in colours for colour in _COLOUR.findall(plain))


def _is_named(name: str, named: Collection[str]) -> bool:
    """Whether a class is named, or how it begins is: templates join `md-status--` and a word."""
    return name in named or ("--" in name and f"{name.partition('--')[0]}--" in named)


def _without_images(sheet: str, named: Collection[str]) -> str:
    """Return a stylesheet without the variables that hold images and that nothing shows."""
    shown = set(re.findall(r"var\((--[\w-]+)", sheet))
    return _IMAGE.sub(lambda found: found[0] if found[1] in shown or found[1][2:] in named else "", sheet)
