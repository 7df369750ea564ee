"""The Jinja environment of the page templates: a user's own folder first, the shipped ones behind it."""

from __future__ import annotations

from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from briefing.pages.escape import finalize, in_html, in_lines


def environment(shipped: Path, own: Path | None = None) -> Environment:
    """Templates by name; the shipped ones are also `default/<name>`, so that an overriding one can extend them.

    Whatever a template prints is made safe for Markdown unless it is Markup already.
    """
    default = FileSystemLoader(shipped)
    loaders: list[BaseLoader] = [default, PrefixLoader({"default": default})]
    if own:
        loaders.insert(0, FileSystemLoader(own))
    templates = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"in_html": in_html, "in_lines": in_lines}
    return templates
