"""What a briefing holds and is about, in words: for its overview, lists of briefings and the heads of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing.messages import Messages
from briefing.model import Briefing
from briefing.pages.escape import Markup, in_markdown, link
from briefing.pages.readings import in_words


def counter(briefing: Briefing, say: Messages) -> Callable[[str], str]:
    """What `[#comments]` and `[#theme]` print: a count with its noun, as the language's grammar has it."""
    sizes = {theme.id: len({member.comment for member in theme.members}) for theme in briefing.themes}
    sizes |= {old: sizes[theme.id] for theme in briefing.themes for old in theme.was} | {
        "comments": len(briefing.comments)
    }
    return lambda id: say("count.comments", n=sizes.get(id, 0))


def description(briefing: Briefing, say: Messages) -> str:
    """The summary without its citations, as one text that says what in it is the author's reading."""
    return in_words(briefing, briefing.summary, say, counter(briefing, say)) if briefing.summary else ""


def holds(briefing: Briefing, say: Messages) -> list[str]:
    """What a briefing holds, in words, without what it does not."""
    return [words for _, words in _holdings(briefing, say)]


def shelves(briefing: Briefing, say: Messages, folder: str = "") -> list[Markup]:
    """The same as links to the pages; `folder` leads there, with a slash at its end."""
    return [link(in_markdown(words), f"{folder}{page}.md") for page, words in _holdings(briefing, say)]


def _holdings(briefing: Briefing, say: Messages) -> Iterator[tuple[str, str]]:
    sizes = {
        "quotations": ("quotes", len(briefing.quotations)),
        "figures": ("figures", len(briefing.figures)),
        "context": ("context", len(briefing.context)),
        "comments": ("comments", len(briefing.comments)),
    }
    return ((page, say(f"count.{kind}", n=size)) for kind, (page, size) in sizes.items() if size)
