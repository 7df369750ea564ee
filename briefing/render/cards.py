"""What the templates show of each annotation, theme, comment and reference, worked out beforehand.

Templates decide looks, never facts: a field is either text, which Jinja makes safe, or Markup made by `emit`, `marks`
and `escape`. What each field holds is documented for authors of templates in templates/README.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from briefing.check.grounds import without_excerpt
from briefing.model import (
    Assessment,
    Briefing,
    Comment,
    ContextNote,
    Figure,
    Member,
    Quotation,
    Reference,
    Series,
    Theme,
)
from briefing.model.places import Span
from briefing.render import collection_links, statements
from briefing.render.allowances import on_card
from briefing.render.charts import stances
from briefing.render.charts.bars import Chart
from briefing.render.charts.stances import Share
from briefing.render.dissent import SideView, sides
from briefing.render.escape import Markup, in_html, in_markdown, link
from briefing.render.excerpts import crediting, excerpts, restricted, with_gaps
from briefing.render.figures import as_said, series_chart, short
from briefing.render.index import Index, brief, heading, kind_of, short_name, speaker_of
from briefing.render.marks import Highlight, marked
from briefing.render.messages import Messages
from briefing.render.pagination import layout
from briefing.render.prose_markdown import Emit
from briefing.render.readings import label, sign
from briefing.render.routes import NO_ROUTES, Routes
from briefing.render.slots import elsewhere
from briefing.text import language, sentences

AT_A_GLANCE = 8
"""Members of a theme among whom a reader sees at once who disagrees."""

LISTED = 25
"""Members that a theme's card lists with their words; of a larger theme the first few, and links to the others."""

EditUrl = Callable[[str], str]
"""From a file, relative to the docs folder, to the address where it is edited; empty where there is none."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What every card is made with."""

    briefing: Briefing
    index: Index
    cited: Mapping[str, tuple[Markup, ...]]
    """By id: links to where it is cited."""
    say: Messages
    prose: Emit
    edit_url: EditUrl
    signs: Routes = NO_ROUTES


@dataclass(frozen=True, slots=True)
class Judgement:
    """An assessment as it is shown."""

    verdict: str
    title: str
    by: str
    evidence: tuple[Markup, ...]
    reading: Markup
    """The sign that it rests on the author's reading alone; empty otherwise."""
    response: Markup
    note: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationDetail:
    """What only quotations have."""

    speaker: str
    role: str
    kind: str
    heading: str
    """What kind of statement it is and whose."""
    brief: str
    """Its first words: a quotation's in quotation marks."""
    via: str
    reporter: str
    """Who reports a statement in their own words; empty for a quotation."""
    attribution: str
    translation: str
    translator: str
    copied: str
    """What is copied of it: a quotation in quotation marks, a reported statement with who reports it."""
    credit: str
    """What is copied below: who says a quotation, and where it is from. Empty where the words are a commenter's."""


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One comparable value of a figure's series."""

    period: str
    value: str
    """Without its unit, but for a percent sign."""
    source: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDetail:
    """What only figures have."""

    value: str
    type: str
    basis: str
    period: str
    speaker: str
    resolved: str
    series: tuple[SeriesRow, ...]
    series_label: str
    series_unit: str
    chart: Chart | None
    """Of the series, from four values up."""
    measure: Markup
    """The link to all values of its measure in all briefings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An annotation as it is shown on its canonical page."""

    id: Markup
    was: tuple[Markup, ...]
    number: int
    kind: str
    heading: str
    name: str
    """The heading without what every heading of its kind says: a quotation's words without their speaker."""
    parts: tuple[Markup, ...]
    """The annotated words, a part for each passage that the source interrupts; of a figure or note the sentence that
    they stand in with the words marked. Each is HTML on one line."""
    language: str
    note: Markup
    status: str
    """Words that say so where it is not published; empty otherwise."""
    tags: tuple[str, ...]
    by: str
    """Who annotated it, as words."""
    judgement: Judgement | None
    more: Markup
    """The link to its card, for its note on the text page."""
    title: str
    """What its number in the text is called: "Note 7, figure: …"."""
    in_text: Markup
    in_comment: bool
    """Whether its words stand in a comment and not in the source."""
    in_original: Markup
    edit: Markup
    cited: tuple[Markup, ...]
    allowed: tuple[str, ...] = ()
    """What was found of it and its author lets pass, with the reason."""
    topics: tuple[Markup, ...] = ()
    """Its tags, as links to their pages where there are such pages."""
    people: tuple[Markup, ...] = ()
    """Links to all that its speakers say in all briefings; without those that the heading above it has."""
    elsewhere: tuple[Markup, ...] = ()
    """Links to the same words in other briefings."""
    quotation: QuotationDetail | None = None
    figure: FigureDetail | None = None


@dataclass(frozen=True, slots=True)
class MemberView:
    """A comment in a theme, with the words that show that it belongs."""

    link: Markup
    stance: str
    stance_label: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeView:
    """A theme as it is shown."""

    id: Markup
    was: tuple[Markup, ...]
    title: str
    label: str
    count: str
    number: str
    """The count without its noun."""
    stances: str
    """The count and how the comments stand to `about`, as a sentence."""
    shares: tuple[tuple[Markup, Share], ...]
    """The legend of the chart: a sample and a `Share` for each stance; empty without a chart."""
    chart: Chart | None
    """From ten comments up."""
    about: str
    summary: Markup
    members: tuple[MemberView, ...]
    """Empty where all of its comments stand below it."""
    evidenced: str
    """How many of them have words that show that they belong."""
    rest: tuple[tuple[str, tuple[Markup, ...]], ...]
    """Of a large theme the further comments: by stance, short links to each; empty where `members` has all."""
    dissent: tuple[SideView, ...]
    """The smaller side in its own words; both where the theme is divided; empty where nobody disagrees."""
    crowded: bool
    """Whether there are too many members to see at a glance who disagrees."""
    status: str
    edit: Markup
    cited: tuple[Markup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    """A reader's comment as it is shown."""

    id: Markup
    number: int
    label: str
    title: str
    text: Markup
    """HTML on one line; empty where the text is not shown."""
    author: str
    date: str
    reply_to: Markup
    votes: str
    stance: str
    """What the commenter chose where it was written; empty where nobody asked."""
    themes: tuple[Markup, ...]
    theme_ids: Markup
    """Ids of its themes, separated by spaces; `_none` for one that is in none."""
    aside: str
    """Why it was set aside; empty where it was not."""
    annotated: tuple[Markup, ...]
    cited: tuple[Markup, ...]
    """Without its own themes, which are named already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceView:
    """An outside work as it is shown."""

    id: Markup
    label: str
    title: str
    link: Markup
    details: str
    """Authors, publisher, date."""
    excerpts: tuple[tuple[str, str], ...]
    """Words and where they stand."""
    checked: str
    archived: Markup
    note: str
    edit: Markup
    cited: tuple[Markup, ...]


def quotation_card(desk: RenderContext, quotation: Quotation) -> Card:
    """A quotation or reported statement with its speaker and the source's crediting words."""
    briefing, say = desk.briefing, desk.say
    reported = statements.is_reported(quotation)
    names = say.list([briefing.people[person].name for person in quotation.via])
    attribution = briefing.attributions.get(quotation.id)
    translation = quotation.translation
    who = [speaker_of(briefing, quotation, say), briefing.roles.get(quotation.speaker, "")]
    via = say("reported.via" if reported else "quotes.via", names=names) if names else ""
    reporter = statements.reporter(briefing, quotation, say) if reported else ""
    copied, credit = _copied(desk, quotation, say("list.comma").join(filter(None, (*who, via, reporter))))
    detail = QuotationDetail(
        speaker=who[0],
        role=who[1],
        kind=say(f"quotes.kind.{quotation.kind}"),
        heading=say("reported.heading" if reported else "quotes.heading", speaker=who[0]),
        brief=brief(briefing, quotation, say),
        via=via,
        reporter=reporter,
        attribution=crediting(briefing, attribution.of(briefing.source.text)) if attribution else "",
        translation=translation.text if translation else "",
        translator=say("quotes.translation", by=translation.by) if translation else "",
        copied=copied,
        credit=credit,
    )
    judgement = _judgement(desk, quotation.assessment)
    return _card(desk, quotation, slices(briefing, quotation), judgement, quotation=detail)


def _copied(desk: RenderContext, quotation: Quotation, who: str) -> tuple[str, str]:
    """What is copied of a statement: its words, and on a line of its own where they come from."""
    briefing, say = desk.briefing, desk.say
    if briefing.anchors[quotation.id].comment:
        return "", ""
    credit = statements.credit(briefing, say)
    if statements.is_reported(quotation):
        words = statements.told_words(briefing, quotation)
        return say("reported.copied", who=who, words=words), f"{credit}."
    return statements.quoted_words(briefing, quotation, say), f"{who}. {credit}."


def figure_card(desk: RenderContext, figure: Figure) -> Card:
    """A figure with its value, who says so, and comparable values."""
    say, resolved, series = desk.say, figure.resolved, figure.series
    detail = FigureDetail(
        value=as_said(desk.briefing, figure),
        type=say(f"figures.type.{figure.type}"),
        basis=say(f"figures.basis.{figure.basis}") if figure.basis else "",
        period=say.date(figure.period),
        speaker=statements.sayer(desk.briefing, figure, say),
        resolved=say("figures.resolved", value=say.date(resolved.value), because=resolved.because) if resolved else "",
        series=tuple(_rows(desk, series)) if series else (),
        series_label=series.label if series else "",
        series_unit=series.unit if series else "",
        chart=series_chart(desk.briefing, figure, say),
        measure=collection_links.measure_link(desk.signs, desk.briefing, figure),
    )
    return _card(desk, figure, (_sentence(desk.briefing, figure),), _judgement(desk, figure.assessment), figure=detail)


def _rows(desk: RenderContext, series: Series) -> Iterator[SeriesRow]:
    """The values of a series; the last of those that nobody but the author has compared says so in words."""
    say, unseen = desk.say, without_excerpt(desk.briefing)
    last = next((point for point in reversed(series.points) if point.cite in unseen), None)
    for point in series.points:
        mark = label(say) if point is last else sign(say) if point.cite in unseen else Markup()
        yield SeriesRow(say.date(point.period), short(point.value, series.unit, say), cite(desk, point.cite) + mark)


def context_card(desk: RenderContext, note: ContextNote) -> Card:
    """A context note with the sentence that it is about."""
    return _card(desk, note, (_sentence(desk.briefing, note),), None)


def theme_view(desk: RenderContext, theme: Theme) -> ThemeView:
    """A theme with its computed count and stances."""
    say = desk.say
    drawn = stances.chart(theme, say)
    listed = () if layout(desk.briefing).by_theme else theme.members  # else they stand below the card in full
    return ThemeView(
        id=Markup(theme.id),
        was=tuple(map(Markup, theme.was)),
        title=theme.title,
        label=desk.index[theme.id].label,
        count=say("count.comments", n=len(theme.members)),
        number=say.number(len(theme.members)),
        stances=stances.sentence(theme.members, say),
        shares=tuple((stances.swatch(share), share) for share in stances.shares(theme.members, say)) if drawn else (),
        chart=drawn,
        about=theme.about,
        summary=desk.prose(theme.summary),
        members=tuple(
            MemberView(cite(desk, m.comment), m.stance, say(f"stance.{m.stance}") if m.stance else "", m.words)
            for m in listed[: None if len(listed) <= LISTED else AT_A_GLANCE]
        ),
        evidenced=_evidenced(desk, theme),
        rest=_rest(desk, listed[AT_A_GLANCE:]) if len(listed) > LISTED else (),
        dissent=tuple(sides(desk.briefing, theme, {m.comment: cite(desk, m.comment) for m in theme.members}, say)),
        crowded=len(theme.members) > AT_A_GLANCE or bool(theme.dissent_withheld),
        status=_status(desk, theme.status),
        edit=edit_link(desk, theme.at.file),
        cited=desk.cited.get(theme.id, ()),
    )


def _evidenced(desk: RenderContext, theme: Theme) -> str:
    """How many of a theme's comments have words that show that they belong, found letter for letter."""
    given = {member.comment: member.words for member in theme.members}
    found = sum(bool(words) and (theme.id, id) in desk.briefing.words for id, words in given.items())
    return desk.say("comments.evidenced", shown=found, all=len(given))


def comment_views(desk: RenderContext) -> list[CommentView]:
    """All comments in their order."""
    briefing = desk.briefing
    aside = {entry.comment: entry.reason for entry in reversed(briefing.set_aside)}
    own: defaultdict[str, list[Quotation | Figure | ContextNote]] = defaultdict(list)
    for annotation in briefing.annotations:
        if annotation.id in briefing.anchors:
            own[briefing.anchors[annotation.id].comment].append(annotation)
    themes: defaultdict[str, list[Theme]] = defaultdict(list)
    for theme in briefing.themes:
        for id in dict.fromkeys(member.comment for member in theme.members):
            themes[id].append(theme)
    return [
        _comment_view(desk, number, comment, aside.get(comment.id, ""), own[comment.id], themes[comment.id])
        for number, comment in enumerate(briefing.comments, 1)
    ]


def _comment_view(
    desk: RenderContext,
    number: int,
    comment: Comment,
    aside: str,
    own: Sequence[Quotation | Figure | ContextNote],
    themes: Sequence[Theme],
) -> CommentView:
    """A comment with its themes; its text is left out where it was set aside."""
    briefing, say = desk.briefing, desk.say
    highlights = [Highlight(a.id, kind_of(a), briefing.anchors[a.id].spans, Markup(), a.was) for a in own]
    text = marked(comment.text, Span(0, len(comment.text)), highlights)
    named = {_named(desk, theme.id) for theme in themes}
    return CommentView(
        id=Markup(comment.id),
        number=number,
        label=desk.index[comment.id].label,
        title=say("comment.title", n=number),
        text=Markup() if aside else text,
        author=comment.author if briefing.show_authors and not aside else "",
        date=say.date(comment.date),
        reply_to=cite(desk, comment.reply_to) if comment.reply_to else Markup(),
        votes=say.number(comment.votes) if comment.votes is not None else "",
        stance=say("comments.stance", stance=say(f"stance.word.{comment.stance}"))
        if comment.stance and not aside
        else "",
        themes=tuple(link(in_markdown(theme.title), desk.index[theme.id].href) for theme in themes),
        theme_ids=Markup(" ".join(theme.id for theme in themes) or "_none"),
        aside=say(f"reason.{aside}") if aside else "",
        annotated=tuple(_named(desk, a.id) for a in own),
        cited=tuple(place for place in desk.cited.get(comment.id, ()) if place not in named),
    )


def reference_view(desk: RenderContext, reference: Reference) -> ReferenceView:
    """An outside work with the words in it that are relied on."""
    say = desk.say
    details = [*reference.authors, reference.publisher, say.date(reference.published)]
    return ReferenceView(
        id=Markup(reference.id),
        label=desk.index[reference.id].label,
        title=reference.title,
        link=link(in_markdown(reference.title), reference.url) if reference.url else in_markdown(reference.title),
        details=", ".join(filter(None, details)),
        excerpts=tuple((excerpt.exact, excerpt.where) for excerpt in reference.excerpts),
        checked=say("method.checked", date=say.date(reference.checked)) if reference.checked else "",
        archived=link(in_markdown(say("method.archived")), reference.archived) if reference.archived else Markup(),
        note=reference.note,
        edit=edit_link(desk, reference.at.file),
        cited=desk.cited.get(reference.id, ()),
    )


def cite(desk: RenderContext, id: str) -> Markup:
    """A link to something citable, by its label."""
    entry = desk.index[id]
    return link(in_markdown(entry.label), entry.href, entry.name)


def _rest(desk: RenderContext, members: Sequence[Member]) -> tuple[tuple[str, tuple[Markup, ...]], ...]:
    """Short links to comments, by their stance."""
    say = desk.say
    entries = [(member.stance, desk.index[member.comment]) for member in members if member.comment in desk.index]
    links = [(stance, link(in_markdown(entry.label), entry.href)) for stance, entry in entries]
    found = ((stance, tuple(each for own, each in links if own == stance)) for stance in stances.ORDER)
    return tuple((say(f"stance.{stance or 'none'}"), own) for stance, own in found if own)


def note_title(desk: RenderContext, id: str) -> str:
    """What the number of an annotation in the text is called."""
    entry = desk.index[id]
    kind = desk.say(f"kind.word.{entry.kind}")
    return desk.say("text.note", n=entry.number, kind=kind, heading=entry.name.partition(": ")[2])


def _named(desk: RenderContext, id: str) -> Markup:
    entry = desk.index[id]
    return link(in_markdown(entry.name), entry.href)


def _card(
    desk: RenderContext,
    annotation: Quotation | Figure | ContextNote,
    parts: tuple[Markup, ...],
    judgement: Judgement | None,
    quotation: QuotationDetail | None = None,
    figure: FigureDetail | None = None,
) -> Card:
    briefing, say = desk.briefing, desk.say
    comment, entry = briefing.anchors[annotation.id].comment, desk.index[annotation.id]
    if comment:
        in_text = link(in_markdown(say("card.in_comment")), desk.index[comment].href)
    else:
        in_text = link(in_markdown(say("card.in_text")), f"text.md#t-{annotation.id}")
    return Card(
        id=Markup(annotation.id),
        was=tuple(map(Markup, annotation.was)),
        number=entry.number,
        kind=entry.kind,
        heading=heading(briefing, annotation, say),
        name=short_name(briefing, annotation, say),
        parts=parts,
        language=briefing.source.language,
        note=desk.prose(annotation.note),
        status=_status(desk, annotation.status),
        tags=annotation.tags,
        by=say("card.by", names=say.list(annotation.by)) if annotation.by else "",
        judgement=judgement,
        more=link(in_markdown(say("text.more")), entry.href),
        title=note_title(desk, annotation.id),
        in_text=in_text,
        in_comment=bool(comment),
        in_original=_in_original(desk, annotation),
        edit=edit_link(desk, annotation.at.file),
        cited=desk.cited.get(annotation.id, ()),
        allowed=on_card(annotation, say),
        topics=collection_links.topic_links(desk.signs, briefing, annotation.tags),
        people=collection_links.people_links(desk.signs, briefing, annotation, say),
        elsewhere=(elsewhere(annotation.id),) if desk.signs.elsewhere else (),
        quotation=quotation,
        figure=figure,
    )


def _judgement(desk: RenderContext, assessment: Assessment | None) -> Judgement | None:
    if assessment is None:
        return None
    say = desk.say
    by = say("verdict.by", by=assessment.by, date=say.date(assessment.date)) if assessment.by else ""
    return Judgement(
        verdict=assessment.verdict,
        title=say(f"verdict.{assessment.verdict}"),
        by=by,
        evidence=tuple(cite(desk, id) for id in assessment.evidence if id in desk.index),
        reading=label(say) if without_excerpt(desk.briefing).issuperset(assessment.evidence) else Markup(),
        response=desk.prose(assessment.response),
        note=desk.prose(assessment.note),
    )


def slices(briefing: Briefing, annotation: Quotation | Figure | ContextNote) -> tuple[Markup, ...]:
    """The words as slices of what they stand in: a part for each passage; within it the gap is always shown."""
    text = statements.text_of(briefing, annotation)
    gap = Markup(' <span class="bf-gap">[…]</span> ')
    parts = briefing.anchors[annotation.id].parts
    return tuple(gap.join(in_html(span.of(text)) for span in spans) for spans in parts)


def _sentence(briefing: Briefing, annotation: Figure | ContextNote) -> Markup:
    """The sentence or sentences that the target stands in, or as much of them as may be shown, the target marked."""
    text, anchor = statements.text_of(briefing, annotation), briefing.anchors[annotation.id]
    around = [s for s in _sentences(briefing, text, anchor.whole) if s.overlaps(anchor.whole)]
    within = Span(around[0].start, around[-1].end) if around else anchor.whole
    within = Span(min(within.start, anchor.whole.start), max(within.end, anchor.whole.end))
    pieces = excerpts(text, within, anchor.spans) if restricted(briefing, anchor.comment) else [within]
    return with_gaps(within, pieces, [_emphasised(text, piece, anchor.spans) for piece in pieces])


def _emphasised(text: str, within: Span, spans: Sequence[Span]) -> Markup:
    out, at = Markup(), within.start
    for span in (Span(max(s.start, within.start), min(s.end, within.end)) for s in spans if s.overlaps(within)):
        out += in_html(text[at : span.start]) + Markup("<mark>{}</mark>").format(in_html(span.of(text)))
        at = span.end
    return out + in_html(text[at : within.end])


def _sentences(briefing: Briefing, text: str, whole: Span) -> tuple[Span, ...]:
    """The sentences of the lines that a span touches: no need to look at the rest of a long source."""
    start = text.rfind("\n", 0, whole.start) + 1
    end = text.find("\n", whole.end)
    return sentences(text, language(briefing.source.language), Span(start, end if end >= 0 else len(text)))


def _in_original(desk: RenderContext, annotation: Quotation | Figure | ContextNote) -> Markup:
    """A link that shows the words in place in the original page, where that is known (WICG text fragments)."""
    briefing = desk.briefing
    if not briefing.source.url or briefing.anchors[annotation.id].comment:
        return Markup()
    words = briefing.anchors[annotation.id].spans[0].of(briefing.source.text).split()
    ends = [" ".join(words)] if len(words) <= 12 else [" ".join(words[:5]), " ".join(words[-5:])]
    fragment = ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
    return link(in_markdown(desk.say("card.in_original")), f"{briefing.source.url.split('#')[0]}#:~:text={fragment}")


def edit_link(desk: RenderContext, file: str) -> Markup:
    """A link to the file that holds a record, or its name where the site has no address for editing."""
    name = file.removeprefix(f"{desk.briefing.path}/")
    address = desk.edit_url(file)
    label = in_markdown(f"{desk.say('card.edit')} {name}")
    return link(label, address) if address else Markup("<code>{}</code>").format(in_markdown(name))


def _status(desk: RenderContext, status: str) -> str:
    return "" if status == "published" else desk.say(f"{status}.item")
