"""What a briefing is about and what it is itself: the source with its own date, and the briefing with its."""

from __future__ import annotations

from briefing.model import Briefing
from briefing.render.escape import Markup, in_markdown, linked
from briefing.render.messages import Messages
from briefing.render.statements import inner_marks

_BETWEEN = Markup(" · ")


def source_line(briefing: Briefing, say: Messages) -> Markup:
    """Return what the source is, its title, author, publisher and date, and the link to it, on one line of Markdown.

    What is not known is left out; that it has no date is said, because the briefing's own would be taken for it.
    """
    source = briefing.source
    facts = (
        say(f"method.kind.{source.kind}"),
        _headline(briefing, say),
        source.author,
        source.publisher,
        say.date(source.published) or say("source.undated"),
    )
    original = linked(say("source.original"), source.read_at) if source.read_at else Markup()
    return _BETWEEN.join(filter(None, (*map(in_markdown, facts), original)))


def _headline(briefing: Briefing, say: Messages) -> str:
    """Return the source's title in quotation marks, or that it stands above, as the title of the briefing."""
    title = briefing.source.title
    if title and briefing.has_source_title:
        return say("source.titles_briefing")
    return say("quotes.quoted", words=inner_marks(title, say)) if title else ""


def dateline(briefing: Briefing, say: Messages) -> str:
    """Return the briefing's own date and who wrote it."""
    return " · ".join(filter(None, (say.date(briefing.date), authors(briefing, say))))


def authors(briefing: Briefing, say: Messages) -> str:
    """Return who wrote the briefing, as words; empty where that is not said."""
    return say("index.by", names=say.list(briefing.authors)) if briefing.authors else ""
