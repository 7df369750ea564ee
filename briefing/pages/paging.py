"""Comments on several pages, where one would be too long to read and too slow to open.

The first page has the themes and the first comments, the others are `comments-2.md` and so on. A comment stays on its
page as long as nobody takes one out before it; its fragment is its id on any page.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefing.messages import Messages
from briefing.model import Briefing
from briefing.pages.escape import in_markdown, link
from briefing.pages.index import COMMENTS_PER_PAGE, comment_page


@dataclass(frozen=True, slots=True)
class CommentPage:
    """A page of the list of comments."""

    name: str
    """Of the page, without its ending."""
    first: int
    """The number of its first comment, from 1."""
    last: int


def comment_pages(briefing: Briefing) -> tuple[CommentPage, ...]:
    """The pages of the list; one where there are few comments, none where there are none."""
    total = len(briefing.comments)
    firsts = range(1, total + 1, COMMENTS_PER_PAGE)
    return tuple(CommentPage(comment_page(first), first, min(first + COMMENTS_PER_PAGE - 1, total)) for first in firsts)


def further(briefing: Briefing) -> tuple[str, ...]:
    """The names of all but the first."""
    return tuple(page.name for page in comment_pages(briefing)[1:])


def pager(briefing: Briefing, name: str, say: Messages) -> tuple[tuple[Markup, str, bool], ...]:
    """Link, words and whether it is the one that is shown, for each page of the list; nothing where there is one."""
    pages = comment_pages(briefing)
    if len(pages) < 2:
        return ()
    labelled = ((page, say("comments.range", first=page.first, last=page.last)) for page in pages)
    return tuple(
        (link(in_markdown(label), f"{page.name}.md#_comments"), label, page.name == name) for page, label in labelled
    )
