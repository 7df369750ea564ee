"""What readers are shown differently than before, in words: for cards, the page on methods, feeds and metadata.

Former words are in no other place, and never where something is quoted: each is within an element `bf-change`, beside
what took its place, and is named as former for those who do not see how it is struck out. What a correction withholds
is in nothing that is published, nor are words of a comment, or of a part of the source that may not be published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.anchor.quoting import letters
from briefing.check.rules.corrections import PROSE, removed_comments
from briefing.check.shown_texts import former_ids, is_withheld, shown_texts
from briefing.model import Briefing, CorrectedField, Correction, CorrectionKind, Withdrawn
from briefing.reanchor.follow import difference
from briefing.render.context import RenderContext
from briefing.render.escape import Markup, in_html, in_markdown, link
from briefing.render.excerpts import restricted
from briefing.render.index import Index, index
from briefing.render.messages import Messages, messages
from briefing.render.names import CORRECTION_FRAGMENT
from briefing.render.record_view import PAGES, withdrawn_words
from briefing.render.text_pages import shown_spans
from briefing.text import language, sentences

_CITED = re.compile(r"\[@([a-z0-9-]+)\]")
_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_LONGEST_RUN = 10
"""Words of a part of the source that is not published which a correction may show."""
_FEWEST = 3
"""Words of a sentence that is looked for in it: “Yes.” may be anywhere."""
_LABELS: Mapping[str, str] = {
    "verdict": "verdict.{}",
    "kind": "quotes.group.{}",
    "basis": "figures.basis.{}",
    "type": "figures.type.{}",
    "from": "kind.{}",
}
"""Fields whose values have names."""
_SINGULAR: Mapping[str, str] = {
    "quotes": "quotation", "figures": "figure", "themes": "theme", "references": "reference"
}  # fmt: skip
_DATES = ("published", "source_published")


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One field before and after, in the words that readers get."""

    id: str
    """Of what it is a field of, its present one; empty for the briefing itself."""
    field: str
    before: str
    after: str
    hidden: str
    """Why words of it are not shown; empty where all are."""


@dataclass(frozen=True, slots=True)
class ToldCorrection:
    """A correction as readers are told of it."""

    number: int
    date: str
    kind: CorrectionKind
    reason: str
    withheld: str
    """Why former words are not repeated, as a sentence; empty where they are."""
    changes: tuple[ToldChange, ...]


def told_corrections(briefing: Briefing) -> tuple[ToldCorrection, ...]:
    """Return all corrections in the words that readers get, the oldest first."""
    return briefing.derive(_told_corrections) if briefing.corrections else ()


def _told_corrections(briefing: Briefing) -> tuple[ToldCorrection, ...]:
    entries, say = index(briefing), messages(briefing.language)
    return tuple(
        ToldCorrection(
            number,
            one.date,
            one.kind,
            one.reason,
            say("corrections.withheld", reason=one.withheld) if one.withheld else "",
            tuple(_told_change(briefing, one, change, entries, say) for change in one.changes),
        )
        for number, one in enumerate(briefing.corrections, 1)
    )


def _told_change(
    briefing: Briefing, correction: Correction, change: CorrectedField, entries: Index, say: Messages
) -> ToldChange:
    id = briefing.derive(former_ids).get(change.id, change.id)
    former = _Former(briefing, id, change.field, bool(correction.withheld))
    kept, now = (
        [_in_words(briefing, change.field, text, entries, say) for text in texts if not former.is_hidden(text)]
        for texts in (change.before, change.after)
    )
    comma = say("list.comma")
    before, after, hidden = comma.join(kept), comma.join(now), ""
    if correction.withheld:
        before = ""  # its own sentence says why
    elif len(kept) < len(change.before) or len(now) < len(change.after):
        hidden = say("corrections.of_comment")
    for texts in (change.before, change.after):  # what a later correction took back is former, too
        if any(former.is_former(text) and _is_unpublished(briefing, text) for text in texts):
            before, after = ("", after) if texts is change.before else (before, "")
            hidden = say("corrections.unpublished")
    return ToldChange(id, change.field, before, after, hidden)


class _Former:
    """Which words of a field readers are not shown any more, and which of them they must not be shown."""

    def __init__(self, briefing: Briefing, id: str, field: str, withheld: bool) -> None:
        self._shown = frozenset(briefing.derive(shown_texts).get(id, {}).get(field, ()))
        self._withheld = withheld or (field in PROSE and bool(removed_comments(briefing, id)))

    def is_former(self, text: str) -> bool:
        return text not in self._shown

    def is_hidden(self, text: str) -> bool:
        """Whether words are withheld, by a checksum or because they may be of a comment that was removed."""
        return is_withheld(text) or (self._withheld and self.is_former(text))


def _in_words(briefing: Briefing, field: str, text: str, entries: Index, say: Messages) -> str:
    if field in _LABELS:
        key = _LABELS[field].format(_SINGULAR.get(text, text))
        return say(key) if key in say.catalogue else text
    if field in _DATES:
        return say.date(text)
    if field == "members":
        _, _, stance = text.partition(" ")
        text = text.replace(stance, f"({say(f'stance.{stance}')})") if f"stance.{stance}" in say.catalogue else text
    works = {work.id: work.title for work in briefing.references}

    def named(id: str) -> str:
        return works.get(id) or (entries[id].label if id in entries else id)

    return _CITED.sub(lambda found: named(found[1]), text)


def _is_unpublished(briefing: Briefing, text: str) -> bool:
    """Return whether a text has a sentence of the source of which nothing is shown, or a longer run of its words."""
    if not restricted(briefing):
        return False
    words, (source, shown, hidden) = _words(text), briefing.derive(_of_source)
    runs = (" ".join(words[at : at + _LONGEST_RUN]) for at in range(len(words) - _LONGEST_RUN + 1))
    own = f" {' '.join(words)} "
    return any(f" {one} " in own for one in hidden) or any(
        f" {run} " in source and f" {run} " not in shown for run in runs
    )


def _words(text: str) -> list[str]:
    """Return the words of a text as they are compared, without the marks between them."""
    return _WORD.findall(letters(text))


def _of_source(briefing: Briefing) -> tuple[str, str, tuple[str, ...]]:
    """Return the words of the source, those of it that are shown, and the sentences of which none is."""
    text, rules = briefing.source.text, language(briefing.source.language)
    spans = [span for each in shown_spans(briefing) for span in each]
    hidden = (
        " ".join(_words(sentence.of(text)))
        for line, shown in zip(briefing.source.lines, shown_spans(briefing), strict=True)
        for sentence in sentences(text, rules, line)
        if not any(span.overlaps(sentence) for span in shown)
    )
    words = " | ".join(" ".join(_words(span.of(text))) for span in spans)
    return f" {' '.join(_words(text))} ", f" {words} ", tuple(one for one in hidden if one.count(" ") >= _FEWEST - 1)


def correction_comments(briefing: Briefing, say: Messages) -> list[Mapping[str, str]]:
    """Return all corrections as schema.org has them (https://schema.org/CorrectionComment), the latest first."""
    return [
        {"@type": "CorrectionComment", "text": _as_text(one, say), "datePublished": one.date}
        for one in reversed(told_corrections(briefing))
    ]


def _as_text(one: ToldCorrection, say: Messages) -> str:
    """Return a correction as plain text, with each field before and after."""
    told = [title(one, say)]
    for change in one.changes:
        words = " → ".join(filter(None, (change.before, change.after)))
        told.append(f"{field_name(change, say)}: {words or change.hidden}")
    return "\n".join(filter(None, (*told, one.withheld)))


# --- as pages show it ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One field before and after."""

    name: Markup
    """What it is a field of, as a link, and the field; on its own card the field alone."""
    words: Markup
    """The former words struck out and the new ones beside them; empty where neither is shown."""
    hidden: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction on a page."""

    id: Markup
    """Its fragment on the page on methods."""
    kind: CorrectionKind
    title: str
    """When, and what was wrong."""
    withheld: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class WithdrawnEntry:
    """Something that was withdrawn, in the list of corrections."""

    words: str
    link: Markup
    """To its former address."""


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """All that was changed since a briefing was first released."""

    released: str
    """When that was, as a sentence; empty where nothing was released."""
    all: tuple[CorrectionView, ...]
    """The latest first."""
    withdrawn: tuple[WithdrawnEntry, ...]
    latest: CorrectionView | None
    """The latest that corrects something wrong, for the overview."""

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.released or self.all)


def corrections_view(context: RenderContext) -> CorrectionsView:
    """Return what the page on methods and the overview say of corrections."""
    briefing, say = context.briefing, context.say
    views = tuple(_view(context, one, one.changes) for one in reversed(told_corrections(briefing)))
    dates = briefing.releases.dates if briefing.releases else ()
    withdrawn = tuple(_withdrawn(entry, say) for entry in briefing.withdrawn) if dates or views else ()
    released = ""
    if dates:
        nothing = "" if views or withdrawn else f" {say('corrections.none')}"
        released = say("corrections.released", date=say.date(dates[0])) + nothing
    latest = next((view for view in views if view.kind == "correction"), None)
    return CorrectionsView(released, views, withdrawn, latest)


def corrections_of(context: RenderContext, id: str) -> tuple[CorrectionView, ...]:
    """Return the corrections of something that has an id, for its card, the latest first."""
    found = []
    for one in reversed(told_corrections(context.briefing)):
        if changes := [change for change in one.changes if change.id == id]:
            found.append(_view(context, one, changes, own=True))
    return tuple(found)


def title(one: ToldCorrection, say: Messages) -> str:
    """Return when something was corrected, and what was wrong."""
    return say(f"corrections.item.{one.kind}", date=say.date(one.date), reason=one.reason)


def field_name(change: ToldChange, say: Messages) -> str:
    """Return what readers call a field."""
    return say(f"corrections.field.{change.field}")


def _view(
    context: RenderContext, one: ToldCorrection, changes: Sequence[ToldChange], own: bool = False
) -> CorrectionView:
    shown = tuple(
        ChangeView(_name(context, change, own), _diff(change, number, one.number, context.say), change.hidden)
        for number, change in enumerate(one.changes, 1)
        if change in changes
    )
    return CorrectionView(
        Markup(CORRECTION_FRAGMENT.format(one.number)), one.kind, title(one, context.say), one.withheld, shown
    )


def _name(context: RenderContext, change: ToldChange, own: bool) -> Markup:
    say = context.say
    field = in_markdown(field_name(change, say))
    if own:
        return field
    if not change.id:
        about = link(in_markdown(say("corrections.whole")), "index.md")
    else:
        about = context.link_by_name(change.id) if change.id in context.index else in_markdown(change.id)
    before, _, rest = say("corrections.change", about="\ue000", field="\ue001").partition("\ue000")
    between, _, after = rest.partition("\ue001")
    return Markup("").join([in_markdown(before), about, in_markdown(between), field, in_markdown(after)])


def _diff(change: ToldChange, number: int, correction: int, say: Messages) -> Markup:
    """Return both words as HTML on one line, what differs marked; for those who do not see it, in words."""
    if not (change.before or change.after):
        return Markup()
    parts = "".join(_marked(change, say))
    return Markup('<span class="bf-change" data-correction="{}.{}" dir="auto">{}</span>').format(
        Markup(correction), Markup(number), Markup(parts)
    )


def _marked(change: ToldChange, say: Messages) -> Iterator[Markup]:
    for number, one in enumerate(difference(change.before, change.after)):
        if number:
            yield Markup(" ")
        if one.same:
            yield in_html(one.now)
            continue
        if one.was:
            yield _DEL.format(in_html(say("corrections.before")), in_html(one.was))
        if one.was and one.now:
            yield Markup(" ")
        if one.now:
            yield _INS.format(in_html(say("corrections.after")), in_html(one.now))


_DEL = Markup('<del><span class="bf-unseen">{}: </span>{}</del>')
_INS = Markup('<ins><span class="bf-unseen">{}: </span>{}</ins>')


def _withdrawn(entry: Withdrawn, say: Messages) -> WithdrawnEntry:
    page = PAGES[entry.origin]
    return WithdrawnEntry(withdrawn_words(entry, say), link(in_markdown(entry.id), f"{page}.md#{entry.id}"))
