"""What a briefing holds and is about, in words: for its overview, lists of briefings and the heads of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from briefing.model import Annotation, Briefing, Quotation
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages
from briefing.render.prose_markdown import in_words
from briefing.render.statements import is_reported


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


def summary_counts(briefing: Briefing, say: Messages) -> list[str]:
    """What a briefing holds, in words, without what it does not."""
    return [words for _, words in _holdings(briefing, say)]


def page_links(briefing: Briefing, say: Messages, folder: str = "") -> list[Markup]:
    """The same as links to the pages, one for each; `folder` leads there, with a slash at its end."""
    pages: dict[str, list[str]] = {}
    for page, words in _holdings(briefing, say):
        pages.setdefault(page, []).append(words)
    return [link(in_markdown(say("list.comma").join(words)), f"{folder}{page}.md") for page, words in pages.items()]


def statement_counts(quotations: Iterable[Quotation], say: Messages) -> list[str]:
    """How many quotations and how many reported statements there are, in words, without what there is not."""
    reported = [is_reported(quotation) for quotation in quotations]
    counts = {"quotations": reported.count(False), "reported": reported.count(True)}
    return [say(f"count.{name}", n=n) for name, n in counts.items() if n]


def page_message(briefing: Briefing, name: str, message: str) -> str:
    """The key of what a page is called or says of itself; `message` is that of its name: `page.quotes`.

    The page of what people said is called after what it holds: quotations, reported statements, or both.
    """
    reported = [is_reported(quotation) for quotation in briefing.quotations] if name == "quotes" else []
    if True not in reported:
        return message
    return f"{message}.both" if False in reported else f"{message}.reported"


def _holdings(briefing: Briefing, say: Messages) -> Iterator[tuple[str, str]]:
    said = statement_counts(briefing.quotations, say)
    if said:
        said[-1] += _drafts(briefing.quotations, say)
    yield from (("quotes", words) for words in said)
    annotations = {"figures": briefing.figures, "context": briefing.context}
    for page, records in annotations.items():
        if records:
            yield (
                page,
                say(f"count.{page}", n=len(records)) + _on_comments(briefing, records, say) + _drafts(records, say),
            )
    if briefing.comments:
        yield "comments", say("count.comments", n=len(briefing.comments))


def _drafts(records: Iterable[Annotation], say: Messages) -> str:
    """Return how many annotations are drafts, which only a preview shows and counts; empty where none is."""
    found = sum(record.status != "published" for record in records)
    return f" ({say('count.drafts', n=found)})" if found else ""


def _on_comments(briefing: Briefing, records: Iterable[Annotation], say: Messages) -> str:
    """Return how many annotations are of comments, so that no text has them; empty where all are of the source."""
    found = sum(bool(briefing.anchors[record.id].comment) for record in records if record.id in briefing.anchors)
    return f" ({say('count.on_comments', n=found)})" if found else ""
