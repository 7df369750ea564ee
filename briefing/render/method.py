"""What the method page says: where a source is from, what was checked and how, and the works that are relied on.

Allowances: what an author lets pass, in words: on the method page all of it, and on a card what its readers have to
know.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.anchor.quoting import letters
from briefing.check.rules import imported_comments, provenance, speakers
from briefing.check.rules.cited_numbers import judged
from briefing.check.rules.quantifiers import RUBRIC, counted
from briefing.coverage import KINDS, Coverage, CoverageItem, coverage
from briefing.model import Allow, Annotation, Briefing, Comment, Derived, MatchLevel, Reference, Source, Theme
from briefing.model.codes import CODES
from briefing.render.context import RenderContext
from briefing.render.corrections import CorrectionView, corrections_of
from briefing.render.escape import Markup, in_markdown, link, linked
from briefing.render.index import Index
from briefing.render.messages import Messages
from briefing.render.places import excerpt_link, recording_address
from briefing.render.prose_markdown import SIGN, onward
from briefing.render.text_pages import shown_spans
from briefing.render.works import print_place
from briefing.text import language
from briefing.text.filing import untitled

# --- allowances ------------------------------------------------------------------------------------------------------


_Record = Annotation | Derived | Theme | Reference | Comment

ON_CARDS = ("wrong-speaker", "speaker-not-named", "not-in-quotation-marks", "value-not-in-target")
"""What would mislead who sees the card alone."""
OF_SPEAKERS = ("wrong-speaker", "speaker-not-named", "via-missing", "attribution-missing", "attribution-misplaced")
"""What authors allow of the comparison of speakers."""


@dataclass(frozen=True, slots=True)
class AllowedView:
    """An exception that the author allowed, as the method page lists it."""

    place: Markup
    """A link to the record that it is about; empty for the whole briefing."""
    passage: str
    """The words that it is about; empty for all of the record."""
    words: str
    """What was found, and the author's reason."""

    def __iter__(self) -> Iterator[str]:
        """What it is about and the words, for templates of the last release."""
        yield from (self.place or self.passage, self.words)


def allowed_views(briefing: Briefing, entries: Index, say: Messages) -> list[AllowedView]:
    """Return every exception that the author allowed, with its reason."""
    return [
        AllowedView(_place(briefing, record, allow, entries, say), allow.passage, _words(allow, say))
        for record, allow in _given(briefing)
    ]


def on_card(annotation: Annotation, say: Messages) -> tuple[str, ...]:
    """What the card of an annotation says of the findings about it that its author lets pass."""
    return tuple(_words(allow, say) for allow in annotation.allow if allow.code in ON_CARDS and allow.reason)


def exceptions(briefing: Briefing, codes: Collection[str], say: Messages) -> str:
    """How often the author lets pass what a check finds, as a sentence to follow what it says; empty for never."""
    n = sum(allow.code in codes for _, allow in _given(briefing))
    return say("method.exceptions", n=n) if n else ""


def _given(briefing: Briefing) -> Iterator[tuple[_Record | None, Allow]]:
    """Every allowance that has a reason and can be one, with its record; None for the whole briefing."""
    records = (*briefing.annotations, *briefing.derived, *briefing.themes, *briefing.references, *briefing.comments)
    for record in (None, *records):
        for allow in record.allow if record else briefing.allow:
            if allow.reason and CODES[allow.code].allowable != "never":
                yield record, allow


def _words(allow: Allow, say: Messages) -> str:
    return say("allowed.line", what=say(f"allowed.{allow.code}"), reason=allow.reason)


def _place(briefing: Briefing, record: _Record | None, allow: Allow, entries: Index, say: Messages) -> Markup:
    if record:
        entry = entries.get(record.id)
        return link(in_markdown(entry.name), entry.href) if entry else Markup()
    own = (each.sentence.words for each in judged(briefing) if each.at.file == briefing.at.file)
    if allow.passage and any(letters(allow.passage) in letters(words) for words in own):
        return link(in_markdown(say("tab.index")), "index.md")
    return Markup()


# --- method ----------------------------------------------------------------------------------------------------------


# --- the source and what was compared ---------------------------------------------------------------------------------


def provenance_facts(briefing: Briefing, say: Messages) -> list[tuple[str, Markup]]:
    """Return what is known of the source, and in one line what is not."""
    source = briefing.source
    facts = {
        "title": in_markdown(source.title),
        "author": in_markdown(source.author),
        "publisher": in_markdown(source.publisher),
        "url": _where(source, say),
        "archived_at": linked(source.archived, source.archived),
        "recording": link(in_markdown(source.recording), recording_address(source)) if source.recording else Markup(),
        "published": in_markdown(say.date(source.published)),
        "retrieved": in_markdown(say.date(source.retrieved)),
        "kind": in_markdown(say(f"method.kind.{source.kind}")),
        "language": in_markdown(say.language(source.language)),
        "rights": in_markdown(source.rights),
    }
    optional = ("archived_at", "recording", "retrieved")
    missing = (key for key, value in facts.items() if not value and key not in optional)
    unknown = say("list.comma").join(say(f"method.{key}") for key in missing)
    facts["unknown"] = in_markdown(unknown)
    return [(say(f"method.{key}"), value) for key, value in facts.items() if value]


def _where(work: Source | Reference, say: Messages) -> Markup:
    """Return the address of a work, with a link unless it is gone; then that is said."""
    if work.url_status == "dead":
        return in_markdown(say("method.gone", url=work.url))
    return linked(work.url, work.url)


def original_compared(briefing: Briefing, say: Messages) -> str:
    """Return a sentence on the original, whether it was read again and agrees; empty where there is none."""
    return say(f"method.{told}") if (told := provenance.compared(briefing)) else ""


def match_levels(briefing: Briefing, say: Messages) -> str:
    """Return a sentence on how exactly the annotated words match, with the number of passages of each level."""
    found = [max(match.level for match in anchor.matches) for anchor in briefing.anchors.values()]
    counted = [(say(f"method.rung.{level.value}"), found.count(level)) for level in MatchLevel if level in found]
    if len(counted) < 2:
        return "".join(say("method.rungs.all", n=n, how=how) for how, n in counted)
    return f"{say('method.rungs')}: {say.list([say('method.rung', n=n, how=how) for how, n in counted])}."


def speakers_checked(briefing: Briefing, say: Messages) -> str:
    """Return whether speakers were compared with what the source credits; nothing where its turns say who speaks."""
    if briefing.source.turns or not briefing.quotations:
        return ""
    if speakers.speakers_checked(briefing):
        return " ".join(filter(None, (say("method.speakers"), exceptions(briefing, OF_SPEAKERS, say))))
    return say("method.speakers_unchecked", language=say.language(briefing.source.language))


# --- coverage ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AsideView:
    """What was set aside for one reason."""

    reason: str
    words: tuple[str, ...]
    """The words that may be shown."""
    places: tuple[str, ...]
    """For each of the others what it is, and in which paragraph."""

    def __iter__(self) -> Iterator[str | tuple[str, ...]]:
        """The reason and the words, for templates of the last release."""
        yield from (self.reason, self.words)


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What the method page says of a briefing's coverage."""

    counted: str
    """How many of how many are annotated; empty where the source quotes and counts nothing."""
    set_aside: str
    """How many are set aside; empty where none is."""
    reasons: tuple[AsideView, ...]
    """What was set aside, by its reason."""
    notes: tuple[str, ...]
    """What is left open, and what was not counted."""


def coverage_view(briefing: Briefing, say: Messages) -> CoverageView:
    """Return the coverage of an anchored briefing as sentences."""
    found = coverage(briefing)
    aside = [item for item in found.items if item.state == "set-aside"]
    by_reason: dict[str, list[CoverageItem]] = {}
    for item in aside:
        by_reason.setdefault(item.reason, []).append(item)
    return CoverageView(
        counted=_annotated_counts(found, say),
        set_aside=say("coverage.set_aside", n=len(aside)) if aside else "",
        reasons=tuple(_aside_view(briefing, reason, items, say) for reason, items in by_reason.items()),
        notes=tuple(_coverage_notes(briefing, found, say)),
    )


def _aside_view(briefing: Briefing, reason: str, items: Sequence[CoverageItem], say: Messages) -> AsideView:
    shown = [span for spans in shown_spans(briefing) for span in spans]
    hidden = [item for item in items if not any(span.holds(item.span) for span in shown)]
    starts = [line.start for line in briefing.source.lines]
    return AsideView(
        reason,
        tuple(item.span.of(briefing.source.text) for item in items if item not in hidden),
        tuple(say(f"coverage.aside.{item.kind}", paragraph=bisect_right(starts, item.span.start)) for item in hidden),
    )


def _annotated_counts(found: Coverage, say: Messages) -> str:
    counts = [
        say(f"coverage.{kind}s", n=len(found.of(kind)), annotated=len(found.of(kind, "annotated")))
        for kind in KINDS
        if found.of(kind)
    ]
    return say("coverage.annotated", items=say.list(counts)) if counts else ""


def _coverage_notes(briefing: Briefing, found: Coverage, say: Messages) -> list[str]:
    left = sum(item.state in ("uncovered", "draft") for item in found.items)
    notes = []
    covered = found.of("passage", "annotated")
    published = {each.id for each in briefing.quotations if each.status == "published"}
    takers = published.intersection(id for item in covered for id in item.annotations)
    if len(takers) != len(covered):
        notes.append(say("coverage.quotations", n=len(takers)))
    if left:
        notes.append(say("coverage.open", n=left))
    if found.named:
        notes.append(say("coverage.named", n=len(found.named)))
    if not language(briefing.source.language).known:
        notes.append(say("coverage.generic"))
    return notes


# --- the grounds of the prose -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grounding:
    """What the method page says of the prose."""

    numbers: str
    """How many numbers were found in what they rest on, as a sentence."""
    readings: str
    """How many sentences are the author's reading, cite nothing, and rest on what ends their paragraph, in a sentence
    each."""
    here: str
    """The same where the marked sentences themselves are; empty where there is none."""
    means: str
    """What marked sentences rest on, and how they are marked; empty where there are none."""
    rubric: tuple[str, ...]
    """What each word for how many means that the prose has."""


def grounding(briefing: Briefing, say: Messages) -> Grounding:
    """Return what was checked of the prose, in sentences."""
    sentences, rules = judged(briefing), language(briefing.language)
    words = {one.line for judgement in sentences for one in counted(briefing, judgement.sentence, rules)}
    # what an author allows was not found, and what is a draft was not looked for
    checked = [judgement for judgement in sentences if not judgement.draft]
    numbers = sum(len(one.stated) - len(one.unseen) - len(one.missing) for one in checked)
    uncited = sum(not judgement.sentence.cited for judgement in sentences)
    by_closing = sum(judgement.sentence.by_closing for judgement in sentences)
    by_author = sum(judgement.by_author for judgement in sentences)
    return Grounding(
        numbers=_join_sentences(say("method.numbers", n=numbers), exceptions(briefing, ("cited-number",), say)),
        readings=_join_sentences(
            *(
                say(f"method.{key}", n=n, all=len(sentences))
                for key, n in (("readings", by_author), ("uncited", uncited), ("by_closing", by_closing))
                if n
            ),
        ),
        here=say("index.readings", n=by_author, sign=SIGN) if by_author else "",
        means=_legend(by_author, by_closing, say),
        rubric=tuple(say(f"rubric.{line}") for line in RUBRIC if line in words - _PLAIN),
    )


def _legend(by_author: int, by_closing: int, say: Messages) -> str:
    """Return what the signs at sentences mean, of those that there are."""
    signs = (("readings_mean", SIGN, by_author), ("onward", onward(say), by_closing))
    return _join_sentences(*(say(f"method.{name}", sign=sign) for name, sign, n in signs if n))


_PLAIN = frozenset(("one", "two", "both", "neither"))
"""Lines of the rubric that say no more than the words themselves."""


def _join_sentences(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


# --- exported comments ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExportView:
    """An exported file as the method page shows it."""

    name: str
    sha256: str
    entries: str
    """How many entries it has, how many are comments here, and why the others are not; empty where it is not here."""


def exports(briefing: Briefing, say: Messages) -> tuple[ExportView, ...]:
    """Return the exported files, in the order of comments.yml."""
    reads = {one.original.at: one for one in imported_comments.read_exports(briefing)}
    ids = {comment.id for comment in briefing.comments}
    return tuple(
        ExportView(
            say("method.export_of", program=one.exported_from) if one.exported_from else say("method.export"),
            one.sha256,
            _export_entries(reads.get(one.at), ids, say),
        )
        for one in briefing.comment_originals
    )


def exports_checked(briefing: Briefing, say: Messages) -> str:
    """Return what was compared when the page was built."""
    if not briefing.comment_originals:
        return ""
    if imported_comments.unverified(briefing):
        return say("method.exports_private")
    ids = imported_comments.imported(briefing)
    allowed = (allow.code for comment in briefing.comments if comment.id in ids for allow in comment.allow)
    return say("method.exports_differ" if "not-in-original" in allowed else "method.exports_verified")


def _export_entries(read: imported_comments.ImportedExport | None, ids: set[str], say: Messages) -> str:
    if read is None:
        return ""
    here = {comment for comment in read.comments.values() if comment in ids}
    counts = [say("method.export_rows", all=len(read.records), n=len(here))]
    counts += [say("method.export_left", reason=left.reason, n=len(left.numbers())) for left in read.original.left_out]
    return say("list.comma").join(counts)


# --- works ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceView:
    """An outside work as it is shown."""

    id: Markup
    was: tuple[Markup, ...]
    label: str
    title: str
    link: Markup
    details: str
    """Authors, publisher, date."""
    quoted: tuple[Markup, ...]
    """Links to those of the speakers who have the name of one of its authors."""
    contents: str
    """What is behind it, in words: how many excerpts, and how often it is cited; empty where that is nothing."""
    excerpts: tuple[tuple[str, Markup], ...]
    """Words, and where they stand as HTML: with a link that leads there."""
    corrections: tuple[CorrectionView, ...]
    """What has been corrected in it, the latest first."""
    checked: str
    archived: Markup
    note: str
    edit: Markup
    cited: tuple[Markup, ...]


def authors_quoted(briefing: Briefing) -> Mapping[str, tuple[str, ...]]:
    """Return by the id of a reference the ids of those speakers who are called as one of its authors but for titles.

    That they are the same person is not known, so no page may say it.
    """
    return briefing.derive(_authors_quoted)


def _authors_quoted(briefing: Briefing) -> dict[str, tuple[str, ...]]:
    quoted = dict.fromkeys(each.speaker for each in briefing.quotations if each.speaker and each.id in briefing.anchors)
    names = {id: untitled(briefing.people[id].name).casefold() for id in quoted}
    written = {one.id: {untitled(author).casefold() for author in one.authors} for one in briefing.references}
    found = {id: tuple(who for who, name in names.items() if name in authors) for id, authors in written.items()}
    return {id: people for id, people in found.items() if people}


def _quoted_authors(context: RenderContext, reference: Reference) -> tuple[Markup, ...]:
    people = authors_quoted(context.briefing).get(reference.id, ())
    return tuple(link(in_markdown(context.briefing.people[id].name), f"quotes.md#_by-{id}") for id in people)


def reference_view(context: RenderContext, reference: Reference) -> ReferenceView:
    """Return an outside work with the words in it that are relied on."""
    say = context.say
    gone = say("method.gone", url=reference.url) if reference.url_status == "dead" and reference.url else ""
    printed = print_place(reference.volume, reference.issue, reference.pages, say)
    details = [*reference.authors, reference.publisher, *printed, say.date(reference.published), gone]
    return ReferenceView(
        id=Markup(reference.id),
        was=tuple(map(Markup, reference.was)),
        label=context.index[reference.id].label,
        title=reference.title,
        link=linked(reference.title, reference.read_at),
        details=", ".join(filter(None, details)),
        quoted=_quoted_authors(context, reference),
        contents=_behind(reference, context),
        excerpts=tuple((one.exact, excerpt_link(reference, one.exact, one.where, say)) for one in reference.excerpts),
        corrections=corrections_of(context, reference.id),
        checked=say("method.checked", date=say.date(reference.checked)) if reference.checked else "",
        archived=link(in_markdown(say("method.archived")), reference.archived) if reference.archived else Markup(),
        note=reference.note,
        edit=context.edit_link(reference.at.file),
        cited=context.cited.get(reference.id, ()),
    )


def _behind(reference: Reference, context: RenderContext) -> str:
    """Return how much a reference has that is shown when it is asked for."""
    counts = {"excerpts": len(reference.excerpts), "citations": len(context.cited.get(reference.id, ()))}
    counted = [context.say(f"count.{kind}", n=n) for kind, n in counts.items() if n]
    return context.say("list.comma").join(counted or filter(None, (reference.note and context.say("method.note"),)))
