"""What our pages change in the markup of the theme's own blocks: filters of `templates/theme/default/briefing.html`.

They go through every line of every page, which is why they are no macros there.
"""

from __future__ import annotations

import re

from jinja2 import Environment

_SECTION = re.compile(r'md-nav__title" for="(__nav_[^"]*)"')


def add_filters(env: Environment) -> None:
    """Let the templates of a theme use these filters."""
    env.filters |= {"unindented": unindented, "with_named_sections": with_named_sections}


def unindented(markup: str) -> str:
    """Return markup without its indentation, which most of the theme's is, and without its empty lines.

    >>> unindented("  <nav>\\n\\n    <a>\\n")
    '<nav>\\n<a>\\n'
    """
    return "".join(f"{line}\n" for line in map(str.strip, markup.splitlines()) if line)


def with_named_sections(markup: str) -> str:
    """Return a navigation whose sections are named by their titles.

    The theme names a section after a label that is empty where the section has a page of its own, and sections without
    a name cannot be distinguished by those who hear them.
    """
    named = markup.replace('_label" aria-expanded', '_title" aria-expanded')
    return _SECTION.sub(r'md-nav__title" id="\1_title" for="\1"', named)
