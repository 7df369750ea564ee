"""An annotation, derived figure or theme in words: what its card says wherever it is shown.

The cards on a briefing's own pages, in ordinary pages of the site and on the pages across briefings are made from it.

Withdrawn: what was withdrawn, as its old addresses show it: on the page where it stood and, by its mark, on the text
page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from briefing.model import Briefing, ContextNote, Derived, Figure, Origin, Quotation, Theme, Withdrawn
from briefing.render import statements
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.excerpts import slices
from briefing.render.figures import as_said, with_unit
from briefing.render.index import Kind, location, speaker_of
from briefing.render.messages import Messages
from briefing.render.summary_counts import page_message
from briefing.render.text_pages import text_page_of
from briefing.render.verdicts import verdict_badge

NOTHING = Markup()

Record = Quotation | Figure | Derived | ContextNote | Theme
"""What has a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """A record in the words of one language of the interface."""

    kind: Kind
    title: str
    """What it is called; of a reported statement whose it is, empty for a quotation, whose words say it."""
    value: str
    """Of a figure, stated or derived."""
    parts: tuple[Markup, ...] = ()
    """The annotated words, a part for each passage: HTML on one line; empty for a theme or a derived figure."""
    language: str
    """Of the words, where there are any; else of the briefing."""
    speaker: str = ""
    """Who says a statement or states a figure; empty where nobody is named."""
    role: str = ""
    """What the speaker of a statement was then."""
    statement: str = ""
    """What kind of statement it is, where it is no whole quotation of its speaker."""
    via: str = ""
    """Who passes a statement on."""
    reporter: str = ""
    """Who reports in other words what the speaker said; empty where the words are the speaker's own."""
    basis: str = ""
    period: str = ""
    verdict: Markup = NOTHING
    """On a claim, as it is shown; empty for all that is not assessed."""
    status: str
    """Words that say so where it is not published; empty otherwise."""
    more: Markup
    """The link to its canonical place."""
    in_text: Markup = NOTHING
    """The link to its words in the source or the comment that has them; empty without words."""
    in_comment: bool = False


def view_record(briefing: Briefing, record: Record, say: Messages, folder: str = "") -> RecordView:
    """Return a record in words; `folder` leads to its briefing's pages, with a slash at its end."""
    if folder:
        return _view(briefing, record, say, folder)
    found, key = briefing.derive(_views), (record.id, say)
    if key not in found:
        found[key] = _view(briefing, record, say, "")
    return found[key]


def _views(briefing: Briefing) -> dict[tuple[str, Messages], RecordView]:
    """Those for the briefing's own pages that have been made so far; several pages and files show the same ones."""
    return {}


def _view(briefing: Briefing, record: Record, say: Messages, folder: str) -> RecordView:
    entry = location(briefing, record.id)
    view = RecordView(
        kind=entry.kind,
        title=_title(briefing, record, say),
        value=_value(briefing, record, say),
        language=briefing.language,
        verdict=verdict_badge(record, say),
        status=status_words(record.status, say),
        more=link(in_markdown(say("text.more")), f"{folder}{entry.href}"),
    )
    if isinstance(record, Derived | Theme):
        return view
    comment = briefing.anchors[record.id].comment
    label, href = (
        ("in_comment", location(briefing, comment).href)
        if comment
        else ("in_text", f"{text_page_of(briefing, record)}.md#t-{record.id}")
    )
    in_text = link(in_markdown(say(f"card.{label}")), f"{folder}{href}")
    view = replace(
        view,
        parts=slices(briefing, record, away=bool(folder)),
        language=briefing.source.language,
        in_text=in_text,
        in_comment=bool(comment),
    )
    if isinstance(record, Quotation):
        return _statement(view, briefing, record, say)
    return _figure(view, briefing, record, say) if isinstance(record, Figure) else view


def status_words(status: str, say: Messages, what: str = "item") -> str:
    """Return words that say so where something is not published; `what` is `item` or `briefing`."""
    return "" if status == "published" else say(f"{status}.{what}")


def _statement(view: RecordView, briefing: Briefing, quotation: Quotation, say: Messages) -> RecordView:
    reported = statements.is_reported(quotation)
    names = say.list([briefing.people[person].name for person in quotation.via if person in briefing.people])
    return replace(
        view,
        speaker=briefing.people[quotation.speaker].name if quotation.speaker else "",
        role=briefing.roles.get(quotation.speaker, ""),
        statement=say(f"quotes.kind.{quotation.kind}") if quotation.kind != "direct" else "",
        via=say("reported.via" if reported else "quotes.via", names=names) if names else "",
        reporter=statements.reporter(briefing, quotation, say) if reported else "",
    )


def _figure(view: RecordView, briefing: Briefing, figure: Figure, say: Messages) -> RecordView:
    told = figure.speaker and not briefing.anchors[figure.id].spoken
    return replace(
        view,
        speaker=statements.sayer(briefing, figure, say),
        reporter=statements.reporter(briefing, figure, say) if told else "",
        basis=say(f"figures.basis.{figure.basis}") if figure.basis else "",
        period=say.date(figure.period),
    )


def _title(briefing: Briefing, record: Record, say: Messages) -> str:
    if isinstance(record, Quotation):
        reported = statements.is_reported(record)
        return say("reported.heading", speaker=speaker_of(briefing, record, say)) if reported else ""
    return record.label if isinstance(record, Figure | Derived) else record.title


def _value(briefing: Briefing, record: Record, say: Messages) -> str:
    if isinstance(record, Derived):
        return with_unit(say.number(record.value), record.unit, say)
    return as_said(briefing, record) if isinstance(record, Figure) else ""


# --- withdrawn -------------------------------------------------------------------------------------------------------


PAGES: Mapping[Origin, str] = {
    "quotes": "quotes",
    "figures": "figures",
    "derived": "figures",
    "context": "context",
    "themes": "comments",
}
"""The page on which each list of the annotation files is shown."""


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """One withdrawn annotation on one page."""

    ids: tuple[Markup, ...]
    """Every fragment that led to it here."""
    words: str
    """When and why."""
    more: Markup
    """The link to the page where it stood; empty there."""


def withdrawn_views(briefing: Briefing, page: str, say: Messages) -> tuple[WithdrawnView, ...]:
    """What was withdrawn from a page; empty for most."""
    return tuple(_tombstones(briefing, page, say))


def _tombstones(briefing: Briefing, page: str, say: Messages) -> Iterator[WithdrawnView]:
    for entry in briefing.withdrawn:
        words = withdrawn_words(entry, say)
        own = PAGES[entry.origin]
        if page == own:
            yield WithdrawnView(tuple(Markup(id) for id in _ids(entry)), words, Markup())
        elif page == "text" and entry.origin not in ("derived", "themes"):
            marks = (Markup(f"{prefix}{id}") for id in _ids(entry) for prefix in ("t-", "_"))
            more = link(in_markdown(say(page_message(briefing, own, f"page.{own}"))), f"{own}.md#{entry.id}")
            yield WithdrawnView(tuple(marks), words, more)


def withdrawn_words(entry: Withdrawn, say: Messages) -> str:
    """Return when something was withdrawn, and why; of what is under review, that it is."""
    if not entry.date:
        return say("withdrawn.review")
    return say("withdrawn.item", date=say.date(entry.date), reason=entry.reason)


def _ids(entry: Withdrawn) -> tuple[str, ...]:
    return (entry.id, *entry.was)
