"""What the configuration of a site means for the HTML of generated pages, as far as that is known for certain."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import markdown
from markdown.extensions import toc
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import meta
from pymdownx import slugs

from briefing.model import Page
from briefing.render.page_html import HtmlRules, TocEntry, page_html

HARMLESS: Mapping[str, frozenset[str] | None] = {
    **dict.fromkeys(
        (
            *("admonition", "attr_list", "codehilite", "def_list", "fenced_code", "md_in_html", "meta", "sane_lists"),
            *("footnotes", "tables", "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic"),
            *("pymdownx.details", "pymdownx.emoji", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys"),
            *("pymdownx.mark", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
        )
    ),
    "abbr": frozenset(),
    "extra": frozenset(),
    "pymdownx.snippets": frozenset(
        ("base_path", "check_paths", "dedent_subsections", "encoding", "restrict_base_path", "url_download")
    ),
}
"""Extensions that do nothing without characters that generated pages never have, with the options that they may have;
None where any."""

_TOC = frozenset(("permalink", "permalink_class", "permalink_title", "slugify", "separator", "toc_depth"))
_LINKED = "headerlink"
"""The class by which MkDocs knows what is not part of a title."""


EXTENSIONS = ("attr_list", "md_in_html")
"""Extensions that our pages need: without them a page would show `markdown="1"` to its readers."""


def html_rules(config: MkDocsConfig) -> HtmlRules | str:
    """Return the rules by which Python-Markdown, as a site has configured it, makes HTML of generated pages.

    Otherwise return the reason why they are not known, as words for the site's author.
    """
    options = {_short(name): given or {} for name, given in (config.mdx_configs or {}).items()}
    for name in map(_short, config.markdown_extensions):
        if name == "toc":
            continue
        if name not in HARMLESS:
            return f"the Markdown extension {name} may change them"
        if unknown := set(options.get(name, ())).difference(*_allowed(name, options)):
            return f"the option {min(unknown)} of the Markdown extension {name} may change them"
    rules = _rules(config.use_directory_urls, options.get("toc", {}))
    if isinstance(rules, HtmlRules) and (reason := _difference(config, rules)):
        return reason
    return rules


def _short(name: str) -> str:
    return name.removeprefix("markdown.extensions.")


def _allowed(name: str, options: Mapping[str, Mapping[str, Any]]) -> Iterator[frozenset[str]]:
    known = HARMLESS[name]
    yield frozenset(options.get(name, ())) if known is None else known


def _rules(directory_urls: bool, options: Mapping[str, Any]) -> HtmlRules | str:
    if unknown := options.keys() - _TOC:
        return f"the option {min(unknown)} of the Markdown extension toc may change them"
    if options.get("permalink_class", _LINKED) != _LINKED:
        return "the option permalink_class of the Markdown extension toc may change them"
    slug, separator = _slug(options.get("slugify", toc.slugify)), options.get("separator", "-")
    if not slug or separator not in ("-", "_"):
        return "the option slugify or separator of the Markdown extension toc makes ids in a way of its own"
    levels = _levels(options.get("toc_depth", 6))
    if not levels:
        return "the option toc_depth of the Markdown extension toc is not known"
    return HtmlRules(directory_urls, _permalink(options), levels, slug, separator)


def _slug(make: Any) -> str:
    if make is toc.slugify:
        return "ascii"
    if make is toc.slugify_unicode:
        return "unicode"
    plain = slugs.slugify()
    if isinstance(make, functools.partial) and make.func is plain.func and not make.args:
        if make.keywords == plain.keywords:
            return "pymdownx"
        if make.keywords == {**plain.keywords, "case": "lower"}:
            return "pymdownx lower"
    return ""


def _levels(depth: Any) -> tuple[int, int] | None:
    first, _, last = str(depth).rpartition("-")
    try:
        return int(first or 1), int(last)
    except ValueError:
        return None


def _permalink(options: Mapping[str, Any]) -> tuple[str, str] | None:
    wanted = options.get("permalink", False)
    shown = toc.parseBoolValue(wanted, False)
    if shown is False or wanted in (0, None):
        return None
    text = "&para;" if shown else toc.escape_cdata(str(wanted))
    title = str(options.get("permalink_title", "Permanent link"))
    named = f' title="{escape(title, quote=False).replace(chr(34), "&quot;")}"' if title else ""
    return f'<a class="{_LINKED}" href="#', f'"{named}>{text}</a>'


# --- proof ------------------------------------------------------------------------------------------------------

SPECIMEN = Page(
    "briefings/specimen/quotes.md",
    """---
title: "Specimen"
template: "briefing.html"
---

# <span class="bf-unseen">All&#58; </span>A heading, with words {: .bf-headline }

<dl class="bf-origin" data-search-exclude markdown="1">
<div markdown="1">
<dt>Source</dt>
<dd markdown="span">Words · [to another page](method.md#_checks) and [out](https://www.example.org/a_b#:~:text=c)</dd>
</div>
</dl>

<p class="bf-skip" data-search-exclude><a href="#p1">Skip</a></p>
<nav class="bf-tabs" aria-label="Pages" data-search-exclude markdown="1">
[Overview](index.md)
<strong aria-current="page">Statements</strong>
[Everything](../../people/index.md "A title&#58; “words”")
</nav>

<p class="bf-intro" id="raw">Words &#91;…&#93; as they are.</p>

## A speaker {: #_by-speaker .bf-section data-search-exclude="" }

<article class="bf-card" markdown="1">
<h3 id="one" data-toc-label="“One&#58;” &#38; two"><a class="bf-permalink" href="#one" hidden></a><span>One</span></h3>
<span id="old"></span>

<figure class="bf-quoted"><blockquote lang="en" dir="auto"><p>one</p><p>two &#62; one</p></blockquote>"""
    """<figcaption><span>Ada</span></figcaption></figure>

<p class="bf-value" lang="en" dir="auto" title="&#34;&#60;&#38;">1 (2)</p>

Words&#46; <em>More</em> <span class="bf-cite">[1](quotes.md#one "Quotation&#58; one"), [2](#one)</span>&#46;

<table aria-labelledby="one" markdown="1">
<thead><tr><th scope="col">Period</th></tr></thead>
<tbody markdown="1">
<tr markdown="1"><th scope="row">2018</th><td>41&#37;</td><td markdown="span">[R1](method.md#r1)</td></tr>
</tbody>
</table>
</article>

- first, second
- [third](text.md)

<pre><code>briefing check</code></pre>
""",
)
"""A page with what generated pages have."""


def _difference(config: MkDocsConfig, rules: HtmlRules) -> str:
    """Return what is wrong if this site's Python-Markdown renders the specimen otherwise."""
    here = page_html(SPECIMEN, rules)
    there = _rendered(config)
    if here is None or there is None:
        return "a specimen of them cannot be rendered"
    same = (
        here.filled(lambda _: "") == there.content
        and here.title == there.title
        and here.toc == toc_entries(there.toc)
        and here.anchors == frozenset(there.present_anchor_ids or ())
    )
    return "" if same else f"Python-Markdown {markdown.__version__} renders a specimen of them otherwise"


def _rendered(config: MkDocsConfig) -> MkDocsPage | None:
    """Return the specimen as this site's Python-Markdown renders it."""
    ours = [name for name in EXTENSIONS if name not in config.markdown_extensions]
    paths = (SPECIMEN.path, *(f"briefings/specimen/{name}.md" for name in ("index", "method", "text")))
    files = Files([_file(path, config) for path in (*paths, "people/index.md")])
    page = MkDocsPage(None, next(iter(files)), config)
    page.markdown, page.meta = meta.get_data(SPECIMEN.markdown)
    asked = config.markdown_extensions
    try:
        config.markdown_extensions = [*asked, *ours]
        page.render(config, files)
    except Exception:  # an extension may raise anything, and says so itself when it renders the site's own pages
        return None
    finally:
        config.markdown_extensions = asked
    return page


def _file(path: str, config: MkDocsConfig) -> File:
    return File(path, config.docs_dir, config.site_dir, config.use_directory_urls)


def toc_entries(entries: Any) -> tuple[TocEntry, ...]:
    """Return a table of contents, ours or MkDocs', as ours."""
    return tuple(
        TocEntry(
            each.level, each.id, each.title if isinstance(each, AnchorLink) else each.name, toc_entries(each.children)
        )
        for each in entries
    )
