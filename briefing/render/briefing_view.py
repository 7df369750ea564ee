"""Everything that the page templates of a briefing may show; templates/README.md documents the same names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from typing import TypeVar

from briefing import __version__
from briefing.model import Annotation, Briefing
from briefing.render import cards, method, routes
from briefing.render import comments as remarks
from briefing.render.charts.bars import FEWEST, Chart
from briefing.render.citations import ready_citation
from briefing.render.comments import SectionView, ThemesView
from briefing.render.context import RenderContext
from briefing.render.corrections import CorrectionsView, corrections_view
from briefing.render.data.listing import DataFileView, annotations_link, data_views, table_links
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.figures import DateLine, charts, date_of, timeline
from briefing.render.index import in_text_order
from briefing.render.messages import Messages
from briefing.render.method import AllowedView, allowed_views
from briefing.render.note_groups import NoteGroup, by_topic
from briefing.render.origin import authors, dateline, source_line
from briefing.render.pagination import PagerStep
from briefing.render.places import recording_link
from briefing.render.record_view import status_words
from briefing.render.source_text import (
    KindView,
    ParagraphView,
    claims,
    direction,
    drafts,
    kinds,
    owner,
    paragraphs,
    speaker_names,
)
from briefing.render.statements import credit
from briefing.render.summary_counts import page_links, page_message, summary_counts
from briefing.render.tables import FigureTable, Table, basis_keys, figure_table
from briefing.render.themes import ThemeView, largest_themes, theme_view

_Found = TypeVar("_Found", bound=Annotation)


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingView:
    """A briefing as all of its page templates get it."""

    briefing: Briefing
    say: Messages
    """The words of the interface."""
    source_line: Markup
    """What the source is, who published it and when, and the link to it, on one line."""
    dateline: str
    """The briefing's own date and who wrote it."""
    date: str
    authors: str
    """Who wrote the briefing, as words; empty where that is not said."""
    status: str
    """Words that say so where it is not published; empty otherwise."""
    summary: Markup
    key_points: Sequence[tuple[Markup, Markup]]
    """Pairs of a fragment and prose."""
    highlights: Sequence[cards.Card]
    read: Markup
    """The link to the annotated text."""
    page_links: Sequence[Markup]
    """Links to its pages, by what is on each."""
    contents: str
    """What the briefing has, as one list in words."""
    topics: Sequence[Markup]
    """Its tags, as links where there are pages of them."""
    speakers: Sequence[cards.SpeakerView]
    statements_intro: str
    """What is on the page of quotations and reported statements, as a sentence."""
    figures: Sequence[cards.Card]
    derived: Sequence[cards.DerivedView]
    notes: Sequence[cards.Card]
    """Context notes."""
    note_groups: Sequence[NoteGroup]
    """The same by topic, where they are many; else empty."""
    corrections: CorrectionsView
    """What has been changed since it was released."""
    grounding: method.Grounding
    checked: Sequence[str]
    """For the overview, sentences: what was found in the source, whose the notes are, how much is a reading."""
    figure_table: FigureTable
    bases: Sequence[str]
    """What each basis that the figures have means, in a sentence each."""
    charts: Sequence[Chart]
    """What the figures show together: those that share a unit."""
    dates: Sequence[cards.Card]
    """The figures that are dates, in the order of time; `figures` has all figures in the order of the text."""
    timeline: Sequence[DateLine]
    """The same dates as an overview, from four up."""
    downloads: Sequence[Markup]
    """Links to the CSV files of figures."""
    annotations_file: Markup
    """A link to all annotations as W3C Web Annotations; empty where nothing is annotated."""
    data: Sequence[DataFileView]
    """All files with the briefing's records, for other programs."""
    data_page: Markup
    """The link to what explains them; empty where the site has no such page."""
    paragraphs: Sequence[ParagraphView]
    """Of the source, as far as they may be shown; where the text is on several pages, those of this one."""
    text_parts: Sequence[Sequence[ParagraphView]]
    """The same for each page of the text."""
    kinds: Sequence[KindView]
    """The kinds of annotation in the text, each with its count in words and whether it is marked at first."""
    claims: str
    """How many annotations of the text have a verdict, in words; empty where none has."""
    drafts: str
    """How drafts are marked in the text, in words; empty where there is none, as on every published page."""
    credit: str
    """Where the words of the source come from."""
    owner: str
    recording: Markup
    """A link to the recording of the source; empty where there is none."""
    """Who wrote and who published the source; empty where neither is known."""
    direction: str
    """Which way the source is read: `ltr` or `rtl`."""
    speaker_names: Sequence[tuple[Markup, str]]
    """Everybody who says something in the source: pairs of id and name."""
    themes: Sequence[ThemeView]
    largest_themes: Sequence[ThemeView]
    """The themes for the overview: all of up to twelve, else those with the most comments."""
    comments: Sequence[remarks.CommentView]
    comments_first: bool
    """Whether they are so few that they are read before the themes."""
    ledger: str
    """Where every comment went, as a sentence."""
    names_hidden: str
    """In how many comments a name is not shown, as a sentence; empty where in none."""
    ledger_sum: remarks.LedgerSum
    theme_choices: Sequence[remarks.ThemeChoice]
    """Where all comments are on one page, the buttons that narrow them."""
    set_aside: Table
    """The comments that were set aside: `reason`, `count` and `comments` of each row."""
    references: Sequence[method.ReferenceView]
    references_note: str
    """What holds for all of them; may be empty."""
    provenance: Sequence[tuple[str, Markup]]
    """Pairs of name and value."""
    original: str
    """Whether the original was read again and agrees, as a sentence; empty where there is none."""
    exports: Sequence[method.ExportView]
    """The exported files that comments were imported from."""
    exports_checked: str
    """What of them was compared when the page was built, as a sentence; empty without exports."""
    match_levels: str
    """How exactly the annotated words match, with the number of passages of each level."""
    anchored: str
    """How many passages were found, as a sentence."""
    speakers_checked: str
    """Whether speakers were compared with the source's credit; empty where its turns say who speaks."""
    coverage: method.CoverageView
    allowed: Sequence[AllowedView]
    citation: Markup
    """How the briefing is cited, as HTML on one line."""
    version: str
    """Of this program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """What one page's template gets besides."""

    page: str
    """Its name: `index`, `text`, …"""
    title: str
    tabs: Sequence[tuple[Markup, str, bool]]
    """For each page of the briefing: the link, the label, and whether it is this one."""
    following: Markup
    """The link at the end of the page to the next one."""
    goes_back: bool = False
    """Whether that leads back to the first page."""
    preview: bool = False
    """Whether its author alone sees the page, with what helps to annotate."""
    works: Sequence[tuple[int, Markup]] = ()
    """The references that it cites, for paper: pairs of the number and the link."""
    pager: Sequence[PagerStep] = ()
    """On the pages of many comments: the way to the others."""
    overview: ThemesView | None = None
    """On the first of them: the overview of the themes."""
    sections: Sequence[SectionView] = ()
    """On the others: the themes with their comments."""
    contents_links: Sequence[Markup] = ()
    """On the first page of a long text: links to the first paragraphs of all its pages."""
    headings: Sequence[Markup] = ()
    """On a page of the text: links to its headings, where there are several."""
    copies: Markup | None = None
    """On the overview: links to the copies in one file, where the site has such."""


def variables(*views: BriefingView | PageView) -> Mapping[str, object]:
    """Return views as the variables of a template."""
    return {field.name: getattr(view, field.name) for view in views for field in fields(view)}


def make_view(context: RenderContext) -> BriefingView:
    """Return what the pages of a briefing show."""
    briefing, say = context.briefing, context.say
    quotations = [cards.quotation_card(context, quotation) for quotation in _anchored(briefing, briefing.quotations)]
    numbers = _anchored(briefing, briefing.figures)
    undated = [figure for figure in numbers if not date_of(figure)]
    dates = list(timeline(briefing, numbers, say))
    figures = [cards.figure_card(context, figure) for figure in numbers]
    noted = [(note, cards.context_card(context, note)) for note in _anchored(briefing, briefing.context)]
    notes = [card for _, card in noted]
    by_id = {str(card.id): card for card in (*quotations, *figures, *notes)}
    themes = [theme_view(context, theme) for theme in briefing.themes]
    parts = paragraphs(context, by_id)
    shown = list(chain.from_iterable(parts))
    grounds = method.grounding(briefing, say)
    return BriefingView(
        briefing=briefing,
        say=say,
        source_line=source_line(briefing, say),
        dateline=dateline(briefing, say),
        date=say.date(briefing.date),
        authors=authors(briefing, say),
        status=status_words(briefing.status, say, "briefing"),
        summary=context.prose(briefing.summary, verdicts=True),
        key_points=_key_points(context),
        highlights=list(filter(None, map(by_id.get, briefing.highlights))),
        read=link(in_markdown(say("home.read")), "text.md"),
        page_links=page_links(briefing, say),
        contents=say.list(summary_counts(briefing, say)),
        topics=routes.topic_links(context.routes, briefing, briefing.tags),
        speakers=list(cards.by_speaker(context, quotations)),
        statements_intro=say(page_message(briefing, "quotes", "quotes.intro")),
        figures=figures,
        derived=[cards.derived_card(context, derived) for derived in briefing.derived],
        notes=notes,
        note_groups=by_topic(context, noted),
        corrections=corrections_view(context),
        grounding=grounds,
        checked=list(filter(None, (say("index.verified"), say("index.notes"), grounds.here))),
        figure_table=figure_table(briefing, undated, say),
        bases=list(map(say, basis_keys(numbers))),
        charts=list(charts(briefing, numbers, say)),
        dates=[by_id[str(line.id)] for line in dates],
        timeline=dates if len(dates) >= FEWEST else (),
        downloads=table_links(context, ("figures", "series", "derived")),
        annotations_file=annotations_link(context),
        data=data_views(context),
        data_page=routes.data_link(context.routes, briefing, say),
        paragraphs=shown,
        text_parts=parts,
        kinds=kinds(context, shown, shown),
        claims=claims(shown, say),
        drafts=drafts(shown, say),
        credit=credit(briefing, say),
        owner=owner(briefing),
        recording=recording_link(briefing.source, say),
        direction=direction(context),
        speaker_names=speaker_names(briefing, say),
        themes=themes,
        largest_themes=largest_themes(briefing, themes),
        comments=remarks.comment_views(context),
        comments_first=len(briefing.comments) <= remarks.FEW,
        ledger=remarks.ledger(briefing, say),
        names_hidden=remarks.names_hidden(briefing, say),
        ledger_sum=remarks.ledger_sum(briefing, say),
        theme_choices=remarks.theme_choices(briefing, say),
        set_aside=remarks.aside_table(context),
        references=[method.reference_view(context, reference) for reference in briefing.references],
        references_note=briefing.references_note,
        provenance=method.provenance_facts(briefing, say),
        original=method.original_compared(briefing, say),
        exports=method.exports(briefing, say),
        exports_checked=method.exports_checked(briefing, say),
        match_levels=method.match_levels(briefing, say),
        anchored=say("method.anchored", n=len(in_text_order(briefing))),
        speakers_checked=method.speakers_checked(briefing, say),
        coverage=method.coverage_view(briefing, say),
        allowed=allowed_views(briefing, context.index, say),
        citation=ready_citation(briefing, context.site, say),
        version=__version__,
    )


def _anchored(briefing: Briefing, records: Iterable[_Found]) -> list[_Found]:
    """Return the annotations that were found in the source or a comment, in the order of the text."""
    order = {record.id: at for at, record in enumerate(in_text_order(briefing))}
    return sorted((record for record in records if record.id in order), key=lambda record: order[record.id])


def _key_points(context: RenderContext) -> list[tuple[Markup, Markup]]:
    points = enumerate(context.briefing.key_points, 1)
    return [(Markup(f"_k{n}"), context.prose(point, verdicts=True)) for n, point in points]
