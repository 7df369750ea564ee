"""What page templates get under a new name since the last release.

The old names work for one release, with a warning; `environment` looks here for what a template asks for in vain.
"""

from __future__ import annotations

from collections.abc import Mapping

RENAMED: Mapping[str, tuple[str, ...]] = {
    "rungs": ("match_levels",),
    "holds": ("contents",),
    "shelves": ("page_links", "publishers"),
    "sayers": ("speaker_names",),
    "jumps": ("year_links",),
    "related_by": ("reported_by",),
    "passed": ("passed_on",),
}
"""By the old name of a variable or of an attribute of one: the new ones, of which a page has one."""
