"""Where everything that can be cited is (page, fragment, number and name), and where it is cited.

Fragments: an annotation, theme, comment or reference has its own id on its canonical page. On the text page an
annotation's first mark is `t-<id>` and its note `_<id>`; paragraphs are `p<number>`. No other fragment is promised.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from briefing.model import Annotation, Assessment, Briefing, ContextNote, Figure, Quotation, Reference
from briefing.model.prose import Prose, keys
from briefing.model.publication import Publication
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages, messages
from briefing.render.pagination import layout
from briefing.render.statements import SHORT, is_reported, quoted_words, shorten, told_words, written_or_words
from briefing.render.verdicts import verdict_badge

Kind = Literal["quotation", "reported", "figure", "derived", "context", "theme", "comment", "reference", "comments"]

PAGES: Mapping[Kind, str] = {
    "quotation": "quotes.md",
    "reported": "quotes.md",
    "figure": "figures.md",
    "derived": "figures.md",
    "context": "context.md",
    "theme": "comments.md",
    "comment": "comments.md",
    "comments": "comments.md",
    "reference": "method.md",
}
ALL_COMMENTS = "_comments"
"""Fragment of the list of all comments."""
NOTHING = Markup()
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EntryLocation:
    """Where something that can be cited is shown."""

    id: str
    kind: Kind
    page: str = ""
    """The file where it stands; empty for the one page of its kind."""

    @property
    def href(self) -> str:
        """The Markdown link from another page of the briefing."""
        return f"{self.page or PAGES[self.kind]}#{ALL_COMMENTS if self.kind == 'comments' else self.id}"


def location(briefing: Briefing, id: str) -> EntryLocation:
    """Return where something that can be cited is shown, by its id or a former one.

    Pages across briefings and feeds ask for little else of most briefings, and to name everything in them takes much
    longer.
    """
    return briefing.derive(_locations)[id]


def _locations(briefing: Briefing) -> Mapping[str, EntryLocation]:
    return _with_former(briefing, {one.id: one for one in _located(briefing)})


def _located(briefing: Briefing) -> Iterator[EntryLocation]:
    places = layout(briefing).places
    yield from (EntryLocation(one.id, kind_of(one)) for one in briefing.annotations if one.id in briefing.anchors)
    yield from (EntryLocation(one.id, "derived") for one in briefing.derived)
    yield from (EntryLocation(one.id, "theme", f"{places[one.id]}.md") for one in briefing.themes)
    yield from (EntryLocation(one.id, "comment", f"{places[one.id]}.md") for one in briefing.comments)
    yield from (EntryLocation(one.id, "reference") for one in briefing.references)
    if briefing.comments:
        yield EntryLocation("comments", "comments")


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One thing that prose can cite."""

    id: str
    kind: Kind
    number: int
    """From 1: annotations share one count in the order of the text, the other kinds have one each."""
    label: str
    """What a citation shows."""
    name: str
    """What a citation says when it is pointed at."""
    href: str
    """The Markdown link from another page of the briefing."""
    verdict: Markup = NOTHING
    """On a claim, as it is shown; empty for all that is not assessed."""


Index = Mapping[str, IndexEntry]


def index(briefing: Briefing) -> Index:
    """Return everything that can be cited by id, former ids included."""
    return briefing.derive(_index)


def permalink(briefing: Briefing, id: str, site: Publication) -> str:
    """Return where something that can be cited is shown; relative to the folder where the site has no address."""
    return site.page(location(briefing, id).href, site.folder(briefing.path))


def _index(briefing: Briefing) -> Index:
    return _with_former(briefing, {entry.id: entry for entry in _entries(briefing, messages(briefing.language))})


def _with_former(briefing: Briefing, entries: Mapping[str, T]) -> Mapping[str, T]:
    """Return what is known by id by former ids, too."""
    former = {old: record.id for record in briefing.citable for old in record.was}
    return {**entries, **{old: entries[new] for old, new in former.items() if old not in entries}}


def kind_of(annotation: Annotation) -> Literal["quotation", "reported", "figure", "context"]:
    """The kind of an annotation, as class names and messages call it."""
    if isinstance(annotation, Quotation):
        return "reported" if is_reported(annotation) else "quotation"
    return "figure" if isinstance(annotation, Figure) else "context"


def in_text_order(briefing: Briefing) -> tuple[Quotation | Figure | ContextNote, ...]:
    """Annotations that were found, in the order of their numbers: first the source's, then those in comments.

    A number is where the words end that it belongs to, so one inside a longer passage comes first: whoever reads on
    meets 1, 2, 3.
    """
    return briefing.derive(_in_text_order)


def _in_text_order(briefing: Briefing) -> tuple[Quotation | Figure | ContextNote, ...]:
    comments = {comment.id: number for number, comment in enumerate(briefing.comments, 1)}

    def place(annotation: Annotation) -> tuple[int, int, int]:
        anchor = briefing.anchors[annotation.id]
        return comments.get(anchor.comment, 0), anchor.whole.end, anchor.whole.start

    return tuple(sorted((a for a in briefing.annotations if a.id in briefing.anchors), key=place))


def heading(briefing: Briefing, annotation: Quotation | Figure | ContextNote, say: Messages) -> str:
    """A short name for an annotation, for headings, contents and search results."""
    if not isinstance(annotation, Quotation):
        return short_name(briefing, annotation, say)
    speaker, words = speaker_of(briefing, annotation, say), brief(briefing, annotation, say)
    return say("reported.named", speaker=speaker, words=words) if is_reported(annotation) else f"{speaker}: {words}"


def speaker_of(briefing: Briefing, quotation: Quotation, say: Messages) -> str:
    """The name of who says the words; in a draft that may not be known yet."""
    return briefing.people[quotation.speaker].name if quotation.speaker else say("quotes.unknown_speaker")


def short_name(briefing: Briefing, annotation: Quotation | Figure | ContextNote, say: Messages) -> str:
    """The same where it is clear who speaks."""
    if isinstance(annotation, Figure):
        return written_or_words(briefing, annotation, annotation.label, say)
    if isinstance(annotation, ContextNote):
        return written_or_words(briefing, annotation, annotation.title, say)
    words = brief(briefing, annotation, say)
    return say("reported.words", words=words) if is_reported(annotation) else words


def brief(briefing: Briefing, quotation: Quotation, say: Messages) -> str:
    """The first words of a statement: a quotation's in quotation marks, a reported one's without."""
    if is_reported(quotation):
        return told_words(briefing, quotation, SHORT)
    return quoted_words(briefing, quotation, say, SHORT)


def work_name(work: Reference, say: Messages) -> str:
    """Return what a work is called where it is cited: its authors, publisher, title and year, as far as is known."""
    publisher = "" if work.publisher in work.authors else work.publisher
    return say("list.comma").join(filter(None, (_authors(work, say), publisher, work.title, _year(work, say))))


def short_work_name(work: Reference, say: Messages) -> str:
    """Return the same where there is little room: who wrote or published it, and the year; else its title."""
    who = _authors(work, say) or work.publisher or shorten(work.title, SHORT)
    return " ".join(filter(None, (who, _year(work, say))))


def _authors(work: Reference, say: Messages) -> str:
    if len(work.authors) > _MOST_AUTHORS:
        return say("work.and_others", first=work.authors[0])
    return say.list(work.authors)


def _year(work: Reference, say: Messages) -> str:
    return say.date(work.published[:4])


_MOST_AUTHORS = 3
"""Authors that are named; of more the first is."""


def _entries(briefing: Briefing, say: Messages) -> Iterator[IndexEntry]:
    at = briefing.derive(_locations)

    def entry(id: str, number: int, label: str, name: str, verdict: Markup = NOTHING) -> IndexEntry:
        return IndexEntry(id, at[id].kind, number, label, name, at[id].href, verdict)

    for number, annotation in enumerate(in_text_order(briefing), 1):
        name = f"{say(f'kind.{at[annotation.id].kind}')}: {heading(briefing, annotation, say)}"
        yield entry(annotation.id, number, str(number), name, verdict_badge(annotation, say))
    for number, derived in enumerate(briefing.derived, 1):
        yield entry(derived.id, number, say("label.derived", n=number), f"{say('kind.derived')}: {derived.label}")
    for number, theme in enumerate(briefing.themes, 1):
        yield entry(theme.id, number, say("label.theme", n=number), f"{say('kind.theme')}: {theme.title}")
    aside = {one.comment for one in briefing.set_aside}
    for number, comment in enumerate(briefing.comments, 1):
        words = say("comments.set_aside") if comment.id in aside else shorten(comment.text, 80)
        name = f"{say('comment.title', n=number)}: {words}"
        yield entry(comment.id, number, say("label.comment", n=number), name)
    for number, reference in enumerate(briefing.references, 1):
        yield entry(reference.id, number, say("label.reference", n=number), work_name(reference, say))
    if briefing.comments:
        yield entry("comments", 1, say("label.comments"), say("comments.all"))


# --- where things are cited -------------------------------------------------------------------------------------


def backlinks(briefing: Briefing, index: Index, say: Messages) -> Mapping[str, tuple[Markup, ...]]:
    """Return by id: links to the places that cite it, in the order of the pages, each once."""
    found: defaultdict[str, dict[Markup, None]] = defaultdict(dict)
    for place, id in _citations(briefing, index, say):
        if id in index:
            found[index[id].id][place] = None
    return {id: tuple(places) for id, places in found.items()}


def _citations(briefing: Briefing, index: Index, say: Messages) -> Iterator[tuple[Markup, str]]:
    yield from _in_prose(briefing.summary, link(in_markdown(say("page.index")), "index.md"))
    for number, point in enumerate(briefing.key_points, 1):
        yield from _in_prose(point, link(in_markdown(say("index.key_point", n=number)), f"index.md#_k{number}"))
    for annotation in briefing.annotations:
        if annotation.id not in index:
            continue
        place = _place(index, annotation.id)
        yield from _in_prose(annotation.note, place)
        if isinstance(annotation, Quotation | Figure):
            yield from _in_assessment(annotation.assessment, place)
        if isinstance(annotation, Figure) and annotation.series:
            yield from ((place, point.cite) for point in annotation.series.points)
        if isinstance(annotation, Quotation):
            yield from ((place, wording.cite) for wording in annotation.wordings)
    for derived in briefing.derived:
        yield from _in_prose(derived.note, _place(index, derived.id))
        yield from ((_place(index, derived.id), given.cite) for given in derived.inputs)
    for theme in briefing.themes:
        yield from _in_prose(theme.summary, _place(index, theme.id))


def _in_prose(prose: Prose | None, place: Markup) -> Iterator[tuple[Markup, str]]:
    yield from ((place, key.id) for key in keys(prose)) if prose else ()


def _in_assessment(assessment: Assessment | None, place: Markup) -> Iterator[tuple[Markup, str]]:
    if assessment:
        yield from _in_prose(assessment.note, place)
        yield from _in_prose(assessment.response, place)
        yield from ((place, id) for id in assessment.evidence)


def _place(index: Index, id: str) -> Markup:
    return link(in_markdown(index[id].name), index[id].href)
