"""The manifest of a briefing: its texts and records for whoever checks the built site, see `model.manifest`.

It holds what the pages show and no more: of a source that may not be published whole the passages of the annotated
text, of a comment that is set aside no word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from briefing import __version__
from briefing.check.listed_passages import listed_passages
from briefing.model import (
    Annotation,
    Briefing,
    ContextNote,
    Figure,
    Quotation,
    Reference,
    Source,
    Theme,
    text_at,
)
from briefing.model.manifest import (
    VERSION,
    BriefingManifest,
    ManifestAnnotation,
    ManifestChange,
    ManifestComment,
    ManifestCorrection,
    ManifestDerived,
    ManifestMatch,
    ManifestMember,
    ManifestOriginal,
    ManifestPassage,
    ManifestQuoted,
    ManifestSource,
    ManifestTheme,
    ManifestWithdrawal,
    ManifestWork,
)
from briefing.model.places import Span
from briefing.render.corrections import told_corrections
from briefing.render.excerpts import restricted
from briefing.render.index import in_text_order, kind_of
from briefing.render.messages import messages
from briefing.render.record_view import PAGES
from briefing.render.text_pages import shown_around, shown_spans
from briefing.text import language
from briefing.text.marked_passages import marked

BESIDE = 32
"""Code points before and behind an annotation's words, at most; fewer than pages of excerpts show."""


def manifest(briefing: Briefing, inputs: Mapping[str, str]) -> BriefingManifest:
    """Return the manifest of what readers see of a briefing; `inputs` are the hashes of the files it is made of."""
    return BriefingManifest(
        format="briefing-manifest",
        version=VERSION,
        program=f"mkdocs-briefing {__version__}",
        path=briefing.path,
        title=briefing.title,
        language=briefing.language,
        date=briefing.date,
        inputs=dict(sorted(inputs.items())),
        source=_source(briefing.source, briefing),
        comments=tuple(_comments(briefing)),
        themes=tuple(map(_theme, briefing.themes)),
        works=tuple(map(_work, briefing.references)),
        annotations=tuple(_annotation(briefing, each) for each in in_text_order(briefing)),
        derived=tuple(
            ManifestDerived(id=one.id, label=one.label, value=str(one.value), unit=one.unit, formula=one.formula)
            for one in briefing.derived
        ),
        counts=counts(briefing),
        quoted=tuple(_quoted(briefing)),
        corrections=tuple(_corrections(briefing)),
        withdrawn=tuple(
            ManifestWithdrawal(id=one.id, page=PAGES[one.origin], date=one.date, reason=one.reason)
            for one in briefing.withdrawn
        ),
    )


def counts(briefing: Briefing) -> dict[str, int]:
    """Return how many there are of each kind; comments are in themes, set aside or in neither."""
    aside = {entry.comment for entry in briefing.set_aside}
    themed = {member.comment for theme in briefing.themes for member in theme.members}
    kinds = [kind_of(annotation) for annotation in briefing.annotations]
    named = {kind: kinds.count(kind) for kind in ("quotation", "reported", "figure", "context")}
    return {
        **named,
        "derived": len(briefing.derived),
        "theme": len(briefing.themes),
        "comment": len(briefing.comments),
        "in themes": len(themed - aside),
        "set aside": len(aside),
        "in neither": len({comment.id for comment in briefing.comments} - themed - aside),
        "work": len(briefing.references),
    }


def sha256(text: str) -> str:
    """Return the hash of a text as UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _source(source: Source, briefing: Briefing) -> ManifestSource:
    whole = source.publish == "full"
    shown = () if whole else [(at, span) for at, spans in enumerate(shown_spans(briefing)) for span in spans]
    original = source.original
    return ManifestSource(
        sha256=sha256(source.text),
        length=len(source.text),
        publish="full" if whole else "excerpts",
        text=source.text if whole else "",
        passages=tuple(ManifestPassage(start=s.start, end=s.end, text=s.of(source.text)) for _, s in shown),
        paragraphs=tuple(source.paragraphs[at].number for at, _ in shown),
        paragraph_spans=tuple((source.paragraphs[at].span.start, source.paragraphs[at].span.end) for at, _ in shown),
        paragraph_count=0 if whole else len(source.paragraphs),
        language=source.language,
        kind=source.kind,
        title=source.title,
        author=source.author,
        publisher=source.publisher,
        url=source.url,
        original=ManifestOriginal(sha256=original.sha256, held=original.held, reader=original.reader)
        if original
        else None,
    )


def _comments(briefing: Briefing) -> Iterator[ManifestComment]:
    aside = {entry.comment: entry.reason for entry in briefing.set_aside}
    for comment in briefing.comments:
        reason = aside.get(comment.id, "")
        text = "" if reason else comment.text
        yield ManifestComment(id=comment.id, sha256=sha256(text) if text else "", text=text, set_aside=reason)


def _theme(theme: Theme) -> ManifestTheme:
    members = (ManifestMember(comment=one.comment, stance=one.stance, words=one.words) for one in theme.members)
    return ManifestTheme(id=theme.id, title=theme.title, members=tuple(members))


def _work(work: Reference) -> ManifestWork:
    return ManifestWork(
        id=work.id,
        title=work.title,
        publisher=work.publisher,
        url=work.url,
        language=work.language,
        excerpts=tuple(excerpt.exact for excerpt in work.excerpts),
    )


def _annotation(briefing: Briefing, each: Quotation | Figure | ContextNote) -> ManifestAnnotation:
    anchor, text = briefing.anchors[each.id], text_at(briefing, briefing.anchors[each.id])
    who = "" if isinstance(each, ContextNote) else each.speaker
    speaker = briefing.people.get(who)
    credit = briefing.attributions.get(each.id)
    shown = credit is not None and not restricted(briefing, anchor.comment)
    via = each.via if isinstance(each, Quotation) else ()
    value, low, high = _value(each)
    around = Span(0, len(text)) if anchor.comment else shown_around(briefing, anchor.whole)
    return ManifestAnnotation(
        id=each.id,
        kind=kind_of(each),
        comment=anchor.comment,
        matches=tuple(
            ManifestMatch(start=m.span.start, end=m.span.end, text=m.span.of(text), level=int(m.level))
            for m in anchor.matches
        ),
        prefix=_lines(text, Span(max(around.start, anchor.whole.start - BESIDE), anchor.whole.start))[-1],
        suffix=_lines(text, Span(anchor.whole.end, min(around.end, anchor.whole.end + BESIDE)))[0],
        speaker=speaker.name if speaker else "",
        speaker_kind=speaker.kind if speaker else "",
        role=briefing.roles.get(who, ""),
        via=tuple(briefing.people[id].name for id in via if id in briefing.people),
        attribution=(credit.start, credit.end) if credit and shown else None,
        label=_label(each),
        value=value,
        low=low,
        high=high,
        unit=each.unit if isinstance(each, Figure) else "",
        verdict=_verdict(each),
        allowed=tuple(dict.fromkeys(allow.code for allow in each.allow if allow.reason)),
    )


def _value(each: Annotation) -> tuple[str, str, str]:
    """Return the value of a figure as it is written, and the numbers in it; nothing for words that are no number, since
    what their author takes them for is on no page."""
    if not isinstance(each, Figure) or each.value.words:
        return "", "", ""
    low, high = each.value.low, each.value.high
    return each.value.text, "" if low is None else str(low), "" if high is None else str(high)


def _verdict(each: Annotation) -> str:
    assessment = each.assessment if isinstance(each, Quotation | Figure) else None
    return assessment.verdict if assessment else ""


def _label(each: Annotation) -> str:
    if isinstance(each, Figure):
        return each.label
    return each.title if isinstance(each, ContextNote) else ""


def _lines(text: str, span: Span) -> list[str]:
    """Return the lines of a stretch of text: of what is beside a passage only its own paragraph counts."""
    return span.of(text).replace("\r", "\n").split("\n")


def _corrections(briefing: Briefing) -> Iterator[ManifestCorrection]:
    for one in told_corrections(briefing):
        changes = (
            ManifestChange(
                id=change.id,
                field=change.field,
                before=change.before,
                after=change.after,
                withheld=one.withheld or change.hidden,
            )
            for change in one.changes
        )
        yield ManifestCorrection(date=one.date, kind=one.kind, reason=one.reason, changes=tuple(changes))


def _quoted(briefing: Briefing) -> Iterator[ManifestQuoted]:
    listed = listed_passages(briefing)
    for each in listed:
        yield ManifestQuoted(
            words=each.words, found=each.found, reason="" if each.found else each.reason or "term", note=each.note
        )
    yield from interface_passages(briefing.language, {each.words for each in listed})


def interface_passages(tag: str, without: Collection[str]) -> Iterator[ManifestQuoted]:
    """Yield what the words of pages put in quotation marks themselves, in a language."""
    for words in _interface(messages(tag).tag):
        if words not in without:
            yield ManifestQuoted(words=words, found="", reason="interface", note="")


@cache
def _interface(tag: str) -> tuple[str, ...]:
    rules, say = language(tag), messages(tag)
    found = [passage.inner.of(text).strip() for text in say.texts() for passage in marked(text, rules)]
    verdicts = [text for key, text in say.catalogue.items() if key.startswith("verdict.") and isinstance(text, str)]
    shown = (*found, *verdicts, rules.hidden_name)
    return tuple(dict.fromkeys(words for words in shown if words and "{" not in words))
